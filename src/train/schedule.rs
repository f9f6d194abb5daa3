//! Schedules: how the learning rate changes during training, as a factor from 0 to 1.
//!
//! ```text
//!     constant      1
//!     linear        1 − (1 − to) p                             p the part of the way that is done, 0 to 1
//!     cosine        to + (1 − to) (1 + cos πp) / 2             (Loshchilov and Hutter 2017, "SGDR")
//!     warm-up       d / w                      for d < w, d the part of the training that is done;
//!                                              then one of the above with p = (d − w) / (1 − w)
//! ```
//!
//! Large steps find the region, and small ones settle in it. A warm-up (Goyal et al. 2017) is for optimisers
//! such as Adam, whose first steps depend on few gradients. Its very first step has length 0, as in the usual
//! libraries.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// How the learning rate changes: it rises for a part of the training, and then falls.
///
/// ```
/// use course::train::{Fall, Schedule};
/// let schedule = Schedule { warm_up: 0.2, fall: Fall::Cosine { to: 0.0 } };
/// let factors = [0.0, 0.1, 0.2, 0.6, 1.0].map(|done| schedule.factor(done));
/// assert_eq!(factors.map(|x| (1e6 * x).round() / 1e6), [0.0, 0.5, 1.0, 0.5, 0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// The part of the training in which the learning rate rises, 0 to 1.
    pub warm_up: f64,
    /// How it falls after that.
    pub fall: Fall,
}

crate::plot::shown_as_record!(Schedule);

/// How the learning rate falls.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fall {
    /// Not at all.
    Constant,
    /// Linearly.
    Linear {
        /// The factor at the end.
        to: f64,
    },
    /// In half a wave of the cosine: slowly, then fast, then slowly.
    Cosine {
        /// The factor at the end.
        to: f64,
    },
}

impl Default for Schedule {
    /// Linearly, to a tenth.
    fn default() -> Self {
        Self {
            warm_up: 0.0,
            fall: Fall::Linear { to: 0.1 },
        }
    }
}

impl Schedule {
    /// The learning rate stays what it is.
    pub const CONSTANT: Self = Self {
        warm_up: 0.0,
        fall: Fall::Constant,
    };

    /// The factor when the part `done` of the training is done, 0 to 1.
    pub fn factor(&self, done: f64) -> f64 {
        if done < self.warm_up {
            return done / self.warm_up;
        }
        let rest = 1.0 - self.warm_up;
        let p = match self.warm_up {
            0.0 => done,
            _ if rest <= 0.0 => 0.0,
            warm_up => (done - warm_up) / rest,
        };
        match self.fall {
            Fall::Constant => 1.0,
            Fall::Linear { to } => linear(p, to),
            Fall::Cosine { to } => cosine(p, to),
        }
    }
}

/// From 1 to `to`, linearly; `p` is the part of the way that is done.
///
/// ```
/// assert_eq!(course::train::linear(0.5, 0.0), 0.5);
/// ```
pub fn linear(p: f64, to: f64) -> f64 {
    1.0 - (1.0 - to) * p
}

/// From 1 to `to` in half a wave of the cosine; beyond the end it rises again.
///
/// ```
/// assert_eq!(course::train::cosine(1.0, 0.25), 0.25);
/// ```
pub fn cosine(p: f64, to: f64) -> f64 {
    to + (1.0 - to) * (1.0 + (PI * p).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: &[f64], expected: &[f64]) {
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 5e-6, "{got} {expected}");
        }
    }

    /// torch 2.15.0's `CosineAnnealingLR(T_max=4)` and transformers 5.24.0's
    /// `get_cosine_schedule_with_warmup(2, 10)`, printed by tests/oracles/optimisers.py.
    #[test]
    fn factors_are_those_of_torch_and_transformers() {
        let annealed: Vec<f64> = (0..6).map(|i| cosine(f64::from(i) / 4.0, 0.0)).collect();
        close(&annealed, &[1.0, 0.853_553, 0.5, 0.146_447, 0.0, 0.146_447]);
        let schedule = Schedule {
            warm_up: 0.2,
            fall: Fall::Cosine { to: 0.0 },
        };
        let warmed: Vec<f64> = (0..10).map(|i| schedule.factor(f64::from(i) / 10.0)).collect();
        close(&warmed[..4], &[0.0, 0.5, 1.0, 0.961_940]);
        close(&warmed[9..], &[0.038_060]);
    }

    #[test]
    fn a_schedule_ends_where_it_says_and_never_leaves_its_bounds() {
        for fall in [
            Fall::Constant,
            Fall::Linear { to: 0.25 },
            Fall::Cosine { to: 0.25 },
        ] {
            for warm_up in [0.0, 0.3, 1.0] {
                let schedule = Schedule { warm_up, fall };
                let factors: Vec<f64> = (0..=100).map(|i| schedule.factor(f64::from(i) / 100.0)).collect();
                assert!(factors.iter().all(|x| (0.0..=1.0).contains(x)), "{schedule:?}");
                let last = if fall == Fall::Constant || warm_up == 1.0 {
                    1.0
                } else {
                    0.25
                };
                assert!((factors[100] - last).abs() < 1e-12, "{schedule:?}");
                let top = (100.0 * warm_up) as usize;
                assert!(factors[..=top].is_sorted() && factors[top..].is_sorted_by(|a, b| a >= b));
            }
        }
    }
}
