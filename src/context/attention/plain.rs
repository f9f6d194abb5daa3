//! Attention written out: a loop over queries, in it a score for each key, a softmax, a weighted sum.
//!
//! ```text
//!     s_j = q · k_j / √d              for each key that the query may look at
//!     p_j = exp s_j / Σ exp s         0 for the others
//!     o   = Σ p_j v_j
//! ```
//!
//! Shapes: q `(n, d)`, k `(m, d)`, v `(m, e)`; weights `(n, m)`, output `(n, e)`. It takes 2 n m (d + e)
//! operations. Why √d: if the numbers of q and k are independent with variance 1, their dot product has
//! variance d, and a softmax of such large numbers would be almost 0 or 1, without a gradient.
//!
//! A query that may look at nothing gets weights of 0 and an output of 0. (By the formula it would be 0/0.)

use super::{AttentionMask, AttentionWeights};
use crate::{Error, Result};

/// What attention makes: how much each query looks at each key, and what it takes.
#[derive(Clone, PartialEq)]
pub struct Attended {
    /// P, a row for each query, a number for each key. A row sums to 1, or is 0.
    pub weights: Vec<Vec<f32>>,
    /// O, a row for each query, as wide as a value.
    pub output: Vec<Vec<f32>>,
}

/// Attention of the queries to the keys, in the order of the formula above.
///
/// The first query fits the first key; the second may look at both, which fit it equally well:
///
/// ```
/// use course::context::attention::{AttentionMask, attend};
/// let (q, k) = ([[1.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]);
/// let v = [[2.0], [4.0]];
/// let read = attend(&q, &k, &v, &AttentionMask::causal(2, 2))?;
/// assert_eq!(read.weights, [[1.0, 0.0], [0.5, 0.5]]);
/// assert_eq!(read.output, [[2.0], [3.0]]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The rows of q and k have different lengths, there are not as many keys as values, or the mask has another
/// shape than `(queries, keys)`.
pub fn attend<Q: AsRef<[f32]>, K: AsRef<[f32]>, V: AsRef<[f32]>>(
    q: &[Q],
    k: &[K],
    v: &[V],
    mask: &AttentionMask,
) -> Result<Attended> {
    let d = check(q, k, v, mask)?;
    let scale = 1.0 / (d.max(1) as f32).sqrt();
    let (mut weights, mut output) = (Vec::new(), Vec::new());
    for (i, q) in q.iter().enumerate() {
        let scores: Vec<f32> = k.iter().map(|k| dot(q.as_ref(), k.as_ref()) * scale).collect();
        let allowed: Vec<bool> = (0..k.len()).map(|j| mask.allows(i, j)).collect();
        let p = masked_softmax(&scores, &allowed)?;
        let mut o = vec![0.0; v.first().map_or(0, |v| v.as_ref().len())];
        for (p, v) in p.iter().zip(v) {
            o.iter_mut().zip(v.as_ref()).for_each(|(o, v)| *o += p * v);
        }
        weights.push(p);
        output.push(o);
    }
    Ok(Attended { weights, output })
}

/// The softmax of the scores that are allowed; 0 for the others, and for all if none is allowed.
///
/// ```
/// use course::context::attention::masked_softmax;
/// assert_eq!(masked_softmax(&[0.0, 9.0, 0.0], &[true, false, true])?, [0.5, 0.0, 0.5]);
/// assert_eq!(masked_softmax(&[1.0, 2.0], &[false, false])?, [0.0, 0.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many answers as scores.
pub fn masked_softmax(scores: &[f32], allowed: &[bool]) -> Result<Vec<f32>> {
    if scores.len() != allowed.len() {
        return Err(Error::shape("the mask of a softmax", scores.len(), allowed.len()));
    }
    let seen = scores.iter().zip(allowed).filter(|(_, may)| **may);
    // The largest score is subtracted, so that no exponential overflows.
    let most = seen.map(|(s, _)| *s).fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return Ok(vec![0.0; scores.len()]);
    }
    let of = |(s, may): (&f32, &bool)| if *may { (s - most).exp() } else { 0.0 };
    let exponentials: Vec<f32> = scores.iter().zip(allowed).map(of).collect();
    let sum: f32 = exponentials.iter().sum();
    Ok(exponentials.iter().map(|x| x / sum).collect())
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The length of a query.
fn check<Q: AsRef<[f32]>, K: AsRef<[f32]>, V: AsRef<[f32]>>(
    q: &[Q],
    k: &[K],
    v: &[V],
    mask: &AttentionMask,
) -> Result<usize> {
    let rows = q.iter().map(AsRef::as_ref).chain(k.iter().map(AsRef::as_ref));
    let d = rows.clone().next().map_or(0, <[f32]>::len);
    for row in rows {
        Error::same("the length of a query or key", d, row.len())?;
    }
    let e = v.first().map_or(0, |v| v.as_ref().len());
    v.iter()
        .try_for_each(|v| Error::same("the length of a value", e, v.as_ref().len()))?;
    Error::same("the number of values", k.len(), v.len())?;
    if (mask.queries(), mask.keys()) != (q.len(), k.len()) {
        return Err(Error::shape(
            "the mask of attention",
            format!("{:?}", (q.len(), k.len())),
            format!("{:?}", (mask.queries(), mask.keys())),
        ));
    }
    Ok(d)
}

impl Attended {
    /// The weights over these tokens, to be looked at: a token for each key.
    ///
    /// # Errors
    /// There are not as many tokens as keys.
    pub fn over<S: AsRef<str>>(&self, tokens: impl IntoIterator<Item = S>) -> Result<AttentionWeights> {
        AttentionWeights::new(tokens, vec![self.weights.clone()])
    }
}

impl std::fmt::Display for Attended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys = self.weights.first().map_or(0, Vec::len);
        write!(f, "attention of {} queries to {keys} keys", self.weights.len())
    }
}

crate::show::shown_as_line!(Attended);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;
    use rand::Rng as _;

    fn rows(n: usize, d: usize, seed: u64) -> Vec<Vec<f32>> {
        let rng = &mut seeded(seed);
        (0..n)
            .map(|_| (0..d).map(|_| rng.random_range(-1.0..1.0)).collect())
            .collect()
    }

    #[test]
    fn a_query_with_nothing_to_look_at_gets_nothing() {
        let none = AttentionMask::from_fn(2, 2, |i, _| i == 1);
        let x = rows(2, 3, 1);
        let read = attend(&x, &x, &x, &none).unwrap();
        assert_eq!(read.weights[0], [0.0; 2]);
        assert_eq!(read.output[0], [0.0; 3]);
        assert!((read.weights[1].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(
            masked_softmax(&[f32::NEG_INFINITY; 2], &[true; 2]).unwrap(),
            [0.0; 2]
        );
        let nothing: [[f32; 3]; 0] = [];
        assert!(attend(&nothing, &x, &x, &AttentionMask::all(0, 2)).is_ok());
        let read = attend(&x, &nothing, &nothing, &AttentionMask::all(2, 0));
        assert!(read.is_ok_and(|read| read.weights == [[0.0; 0]; 2]));
    }

    /// Without positions, attention does not know an order: keys and values in another order give the same.
    #[test]
    fn the_order_of_the_keys_does_not_matter() {
        let (q, k, v) = (rows(3, 4, 1), rows(5, 4, 2), rows(5, 2, 3));
        let all = AttentionMask::all(3, 5);
        let read = attend(&q, &k, &v, &all).unwrap();
        let turned = |x: &[Vec<f32>]| x.iter().rev().cloned().collect::<Vec<_>>();
        let again = attend(&q, &turned(&k), &turned(&v), &all).unwrap();
        for (a, b) in read.output.concat().iter().zip(again.output.concat()) {
            assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
        let back: Vec<Vec<f32>> = again
            .weights
            .iter()
            .map(|p| p.iter().rev().copied().collect())
            .collect();
        for (a, b) in read.weights.concat().iter().zip(back.concat()) {
            assert!((a - b).abs() < 1e-6, "{a} {b}");
        }
    }

    #[cfg(feature = "nn")]
    #[test]
    fn the_plain_form_is_the_fast_one() {
        use crate::nn::{Device, Mask, Tensor, attention, attention_weights};
        let (n, m, d, e) = (4, 6, 3, 5);
        let (q, k, v) = (rows(n, d, 1), rows(m, d, 2), rows(m, e, 3));
        let tensor = |x: &[Vec<f32>]| Tensor::new(x.to_vec(), &Device::Cpu).unwrap();
        let holes = AttentionMask::from_fn(n, m, |i, j| i != 2 && (i + j) % 3 > 0);
        for (mask, theirs) in [
            (AttentionMask::all(n, m), Mask::None),
            (AttentionMask::causal(n, m), Mask::Causal),
            (holes.clone(), holes.tensor().unwrap()),
        ] {
            let read = attend(&q, &k, &v, &mask).unwrap();
            let (q, k, v) = (tensor(&q), tensor(&k), tensor(&v));
            let o = attention(&q, &k, &v, &theirs).unwrap().to_vec2::<f32>().unwrap();
            let p = attention_weights(&q, &k, &theirs)
                .unwrap()
                .to_vec2::<f32>()
                .unwrap();
            let ours = read.output.concat().into_iter().chain(read.weights.concat());
            for (a, b) in ours.zip(o.concat().into_iter().chain(p.concat())) {
                assert!((a - b).abs() < 1e-6, "{a} {b}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let (x, y) = (rows(2, 3, 1), rows(3, 2, 1));
        let told = |q: &[Vec<f32>], k: &[Vec<f32>], v: &[Vec<f32>], mask| {
            attend(q, k, v, &mask).unwrap_err().to_string()
        };
        let all = AttentionMask::all;
        assert_eq!(
            told(&x, &y, &y, all(2, 3)),
            "the length of a query or key: expected 3, got 2"
        );
        assert_eq!(
            told(&x, &x, &y, all(2, 2)),
            "the number of values: expected 2, got 3"
        );
        assert_eq!(
            told(&x, &x, &x, all(2, 3)),
            "the mask of attention: expected (2, 2), got (2, 3)"
        );
    }
}
