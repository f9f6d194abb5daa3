//! AdamW's step and clipping on plain numbers: to read, and to check others by. `optimiser/` and
//! `gradients.rs` do the same for all parameters of a network; the formulas and their sources are there.

/// What AdamW keeps for a parameter: the running means m of the gradient and v of its square, and how many
/// steps have been made.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AdamWNumbers {
    /// m.
    pub m: f64,
    /// v.
    pub v: f64,
    /// t, the number of steps made.
    pub steps: u32,
}

crate::plot::shown_as_record!(AdamWNumbers);

impl AdamWNumbers {
    /// x after a step along the gradient g, with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.
    ///
    /// ```
    /// use course::train::AdamWNumbers;
    /// // The first step is as long as the learning rate, however large the gradient is.
    /// let mut state = AdamWNumbers::default();
    /// assert!((state.step(1.0, 123.0, 0.1, 0.0) - 0.9).abs() < 1e-9);
    /// ```
    pub fn step(&mut self, x: f64, g: f64, learning_rate: f64, weight_decay: f64) -> f64 {
        let (b1, b2, epsilon) = (0.9, 0.999, 1e-8);
        self.steps = self.steps.saturating_add(1);
        self.m = b1 * self.m + (1.0 - b1) * g;
        self.v = b2 * self.v + (1.0 - b2) * g * g;
        let t = f64::from(self.steps);
        let (m, v) = (
            self.m / (1.0 - f64::powf(b1, t)),
            self.v / (1.0 - f64::powf(b2, t)),
        );
        x - learning_rate * weight_decay * x - learning_rate * m / (v.sqrt() + epsilon)
    }
}

/// Gradients, made no longer than `most`, with all of them taken as one vector.
///
/// ```
/// use course::train::clip_numbers;
/// let clipped = clip_numbers(&[vec![2.0, 3.0], vec![6.0]], 3.5); // the length is 7
/// assert!((clipped[1][0] - 3.0).abs() < 1e-5);
/// assert_eq!(clip_numbers(&[vec![3.0, 4.0]], 9.0), [[3.0, 4.0]]);
/// ```
pub fn clip_numbers(gradients: &[Vec<f32>], most: f32) -> Vec<Vec<f32>> {
    let squares = gradients.iter().flatten().map(|g| f64::from(*g).powi(2));
    // As for a network: 10⁻⁶ keeps the quotient finite.
    let factor = f64::from(most) / (squares.sum::<f64>().sqrt() + 1e-6);
    if factor >= 1.0 {
        return gradients.to_vec();
    }
    let clipped = |row: &Vec<f32>| row.iter().map(|g| (f64::from(*g) * factor) as f32).collect();
    gradients.iter().map(clipped).collect()
}

#[cfg(test)]
#[cfg(feature = "nn")]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Init, Parameters};
    use crate::train::{Adam, AdamW, Decays, Gradients, Optimiser};

    /// In f64 the two differ by roundings.
    #[test]
    fn steps_and_clipping_are_those_of_networks() {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let rng = &mut crate::rng::seeded(1);
        let x = parameters
            .scope("")
            .parameter("x", 2, Init::Constant(2.0), rng)
            .unwrap();
        let options = AdamW {
            adam: Adam::default(),
            weight_decay: 0.1,
            decays: Decays::All,
        };
        let mut optimiser = Optimiser::AdamW(options).begin();
        let (mut state, mut ours) = (AdamWNumbers::default(), 2.0);
        for _ in 0..5 {
            // The loss is Σ x³, its gradient 3x².
            let loss = x.powf(3.0).unwrap().sum_all().unwrap();
            let mut gradients = Gradients::of(&loss, &parameters).unwrap();
            optimiser.step(&parameters, &gradients, 0.25).unwrap();
            let of_one = 3.0 * ours * ours;
            let clipped = clip_numbers(&[vec![of_one as f32; 2]], 1.5);
            ours = state.step(ours, of_one, 0.25, 0.1);
            let got = x.to_vec1::<f64>().unwrap();
            assert!(got.iter().all(|x| (x - ours).abs() < 1e-9), "{got:?} {ours}");
            gradients.clip(1.5).unwrap();
            let got = gradients.get("x").unwrap().to_vec1::<f64>().unwrap();
            assert!(
                (got[0] - f64::from(clipped[0][0])).abs() < 1e-5,
                "{got:?} {clipped:?}"
            );
        }
    }
}
