//! The best so far, and what can still become better. This part keeps the search exact.
//!
//! A sum of `d` products in `f32`, in whatever order, is wrong by at most γ·‖x‖‖y‖, where γ = d·u/(1 − d·u)
//! and u = 2⁻²⁴ is the unit roundoff (Higham 2002, "Accuracy and Stability of Numerical Algorithms", §3.1).
//! Where products underflow, d·2⁻¹⁴⁹ is added.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Metric;

/// A vector and its exact score: the larger, the nearer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) key: f64,
    pub(super) id: u32,
}

/// The better one is less: it has a larger key, or the same key and a lower number. A heap then has the worst
/// at its top.
impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        // `partial_cmp` and not `total_cmp`: 0 and −0 are a tie.
        let by_key = other.key.partial_cmp(&self.key).unwrap_or(Ordering::Equal);
        by_key.then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Found {}

/// The `k` best of one query.
pub(super) struct Best {
    k: usize,
    /// The length of the query.
    pub(super) norm: f64,
    found: BinaryHeap<Found>,
}

impl Best {
    pub(super) fn new(k: usize, norm: f64) -> Self {
        Self {
            k,
            norm,
            found: BinaryHeap::with_capacity(k),
        }
    }

    /// Takes `new` if it is among the `k` best, and says whether it was.
    pub(super) fn offer(&mut self, new: Found) -> bool {
        if self.found.len() < self.k {
            self.found.push(new);
            return true;
        }
        match self.found.peek_mut() {
            Some(mut worst) if new < *worst => {
                *worst = new;
                true
            }
            _ => false,
        }
    }

    /// No vector of the block whose rounded score is below this can be among the `k` best.
    pub(super) fn least(&self, bounds: &Bounds) -> f32 {
        match self.found.peek() {
            Some(worst) if self.found.len() == self.k => bounds.least(worst.key, self.norm),
            _ => f32::NEG_INFINITY,
        }
    }

    /// The `k` best of several parts of the base for the same queries, sorted.
    pub(super) fn merged(parts: Vec<Vec<Self>>, k: usize) -> Vec<Vec<Found>> {
        let mut merged: Vec<Vec<Found>> = Vec::new();
        for part in parts {
            merged.resize(part.len(), Vec::new());
            for (all, best) in merged.iter_mut().zip(part) {
                all.extend(best.found);
            }
        }
        for all in &mut merged {
            all.sort_unstable();
            all.truncate(k);
        }
        merged
    }
}

/// What is known about a block of vectors: how to turn inner products into scores, and how wrong those can
/// be.
pub(super) struct Bounds {
    metric: Metric,
    /// For each vector, 1/‖b‖ (cosine) or ‖b‖²/2 (Euclidean).
    adjust: Vec<f32>,
    longest: f64,
    shortest: f64,
    /// Four times γ, which allows for the few roundings after the sum.
    gamma: f64,
    underflow: f64,
}

impl Bounds {
    pub(super) fn of(metric: Metric, norms: &[f64], d: usize) -> Self {
        let d = (d + 8) as f64;
        Self {
            metric,
            adjust: match metric {
                Metric::Dot => Vec::new(),
                Metric::Cosine => norms
                    .iter()
                    .map(|&b| if b == 0.0 { 0.0 } else { (1.0 / b) as f32 })
                    .collect(),
                Metric::Euclidean => norms.iter().map(|&b| (b * b / 2.0) as f32).collect(),
            },
            longest: norms.iter().copied().fold(0.0, f64::max),
            shortest: norms
                .iter()
                .copied()
                .filter(|&b| b > 0.0)
                .fold(f64::MAX, f64::min),
            gamma: d * 2_f64.powi(-22),
            underflow: d * 2_f64.powi(-149),
        }
    }

    /// Turns inner products q·b into scores: q·b, or q·b/‖b‖, or q·b − ‖b‖²/2, which is largest where ‖q−b‖
    /// is least.
    pub(super) fn adjust(&self, scores: &mut [f32]) {
        match self.metric {
            Metric::Dot => {}
            Metric::Cosine => scores.iter_mut().zip(&self.adjust).for_each(|(s, a)| *s *= a),
            Metric::Euclidean => scores.iter_mut().zip(&self.adjust).for_each(|(s, a)| *s -= a),
        }
    }

    /// The least score, rounded as scores are, that a vector with a key of `worst` or better can have.
    fn least(&self, worst: f64, q: f64) -> f32 {
        let b = self.longest;
        let (score, error) = match self.metric {
            Metric::Dot => (worst, self.gamma * q * b + self.underflow),
            Metric::Cosine => (worst * q, self.gamma * q + self.underflow / self.shortest),
            // −‖q−b‖² = 2(q·b − ‖b‖²/2) − ‖q‖²
            Metric::Euclidean => (
                (worst + q * q) / 2.0,
                self.gamma * (q * b + b * b) + 1e-12 * q * q + self.underflow,
            ),
        };
        // Far from overflow, the bound above is enough. Nearer to it, everything is scored exactly.
        match q * b < 1e30 && b * b < 1e30 && self.shortest > 1e-30 {
            true => ((score - error) as f32).next_down(),
            false => f32::NEG_INFINITY,
        }
    }
}
