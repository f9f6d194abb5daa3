//! The mix of layers: one vector of a token from those at all layers, by weights that a task learns.
//!
//! ```text
//!     ELMo = γ Σ_j s_j H^j        s = softmax(w)          w (layers), γ one number; H^j (n, d)
//! ```
//!
//! Low layers know more of grammar, high layers more of meaning: each task takes what it needs. With all w
//! equal it is the mean. The gradients, with g = ∂L/∂ELMo and m_j = Σ g ∘ H^j:
//!
//! ```text
//!     ∂L/∂w_j = γ s_j (m_j − Σ_i s_i m_i)        ∂L/∂γ = Σ_j s_j m_j
//! ```
//!
//! Source: Peters et al. (2018), *Deep contextualized word representations*, equation 1.

use ndarray::Array2;

use crate::context::States;
use crate::{Error, Result};

/// γ Σ softmax(w)_j H^j: one matrix `(n, d)` of the layers of a text. It works with the layers of any model.
///
/// ```
/// use course::context::{States, mix};
/// use ndarray::array;
/// let states = States::new("a", [("a", 0..1)], vec![array![[0.0, 4.0]], array![[8.0, 0.0]]])?;
/// assert_eq!(mix(&states, &[0.0, 0.0], 1.0)?, array![[4.0, 2.0]]); // equal weights: the mean
/// let twice = mix(&states, &[0.0, 3_f32.ln()], 2.0)?; // ¼ and ¾, twice
/// assert!((twice - array![[12.0, 2.0]]).iter().all(|x| x.abs() < 1e-5));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There is not a weight for each layer, or a number is not finite.
pub fn mix(states: &States, w: &[f32], gamma: f32) -> Result<Array2<f32>> {
    let s = shares(states, w)?;
    let mut mixed = Array2::zeros(states.layer(0)?.dim());
    for (j, s) in s.iter().enumerate() {
        mixed.scaled_add(gamma * s, states.layer(j)?);
    }
    Ok(mixed)
}

/// ∂L/∂w and ∂L/∂γ, of g = ∂L/∂ELMo, `(n, d)`.
///
/// # Errors
/// As [`mix`]; g has another shape.
pub fn mix_gradient(states: &States, w: &[f32], gamma: f32, g: &Array2<f32>) -> Result<(Vec<f32>, f32)> {
    let s = shares(states, w)?;
    let mut m = Vec::with_capacity(s.len());
    for j in 0..s.len() {
        let h = states.layer(j)?;
        if h.dim() != g.dim() {
            let (expected, got) = (format!("{:?}", h.dim()), format!("{:?}", g.dim()));
            return Err(Error::shape("the gradient of a mix", expected, got));
        }
        m.push((h * g).sum());
    }
    let mean: f32 = s.iter().zip(&m).map(|(s, m)| s * m).sum();
    let of_w = s.iter().zip(&m).map(|(s, m)| gamma * s * (m - mean));
    Ok((of_w.collect(), mean))
}

/// softmax(w).
fn shares(states: &States, w: &[f32]) -> Result<Vec<f32>> {
    if w.len() != states.n_layers() || w.is_empty() {
        let expected = format!("one for each of {} layers", states.n_layers());
        return Err(Error::shape("the weights of a mix", expected, w.len()));
    }
    if let Some(x) = w.iter().find(|x| !x.is_finite()) {
        return Err(Error::value("a weight of a mix", "a finite number", x));
    }
    let largest = w.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let e: Vec<f32> = w.iter().map(|w| (w - largest).exp()).collect();
    let sum: f32 = e.iter().sum();
    Ok(e.into_iter().map(|e| e / sum).collect())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn states() -> States {
        let layers = vec![
            array![[1.0, -2.0], [0.5, 0.0]],
            array![[0.0, 1.0], [2.0, -1.0]],
            array![[3.0, 1.0], [-1.0, 0.25]],
        ];
        States::new("a b", [("a", 0..1), ("b", 2..3)], layers).unwrap()
    }

    /// The loss Σ ELMo ∘ g is linear in ELMo. The step 2⁻⁷ leaves an error of its square.
    #[test]
    fn the_gradient_is_that_of_the_mix() {
        const H: f32 = 1.0 / 128.0;
        let (states, w, gamma) = (states(), [0.5, -1.0, 0.25], 1.5);
        let g = array![[1.0, -0.5], [2.0, 1.0]];
        let loss = |w: &[f32], gamma| (mix(&states, w, gamma).unwrap() * &g).sum();
        let (of_w, of_gamma) = mix_gradient(&states, &w, gamma, &g).unwrap();
        for j in 0..3 {
            let (mut up, mut down) = (w, w);
            up[j] += H;
            down[j] -= H;
            let numeric = (loss(&up, gamma) - loss(&down, gamma)) / (2.0 * H);
            assert!((of_w[j] - numeric).abs() < 1e-3, "{j}: {} {numeric}", of_w[j]);
        }
        let numeric = (loss(&w, gamma + H) - loss(&w, gamma - H)) / (2.0 * H);
        assert!((of_gamma - numeric).abs() < 1e-3);
        // The shares sum to 1 whatever w is, so a number added to all of w changes nothing.
        assert!(of_w.iter().sum::<f32>().abs() < 1e-6);
    }

    #[test]
    fn a_mix_has_a_weight_for_each_layer() {
        let e = mix(&states(), &[1.0], 1.0).unwrap_err().to_string();
        assert_eq!(
            e,
            "the weights of a mix: expected one for each of 3 layers, got 1"
        );
        assert!(mix(&states(), &[1.0, f32::NAN, 0.0], 1.0).is_err());
        // Very different weights choose one layer, without overflow.
        let one = mix(&states(), &[0.0, 500.0, -500.0], 1.0).unwrap();
        assert_eq!(&one, states().layer(1).unwrap());
        assert!(mix_gradient(&states(), &[0.0; 3], 1.0, &array![[1.0]]).is_err());
    }
}
