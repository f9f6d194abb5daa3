//! Learning α: how many topics a document has, and which topics are common.
//!
//! The larger αₖ, the more documents have some of topic k. Given the counts `n_dk`, we want the α that makes
//! them most likely. Minka's fixed point finds it (2000, "Estimating a Dirichlet distribution"). Wallach,
//! Mimno and McCallum (2009) show that different α for the topics help and different η for the words do not:
//!
//! ```text
//!            Σ_d Ψ(n_dk + αₖ) − Ψ(αₖ)
//! αₖ ← αₖ · ──────────────────────────          A = Σₖ αₖ
//!            Σ_d Ψ(N_d + A) − Ψ(A)
//! ```
//!
//! The counts are whole numbers, so Ψ(n + α) − Ψ(α) = Σ_{i<n} 1/(i + α), and documents with the same count
//! are taken together.

use serde::{Deserialize, Serialize};

/// Whether α is learned, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LearnAlpha {
    /// α stays as it was set.
    #[default]
    No,
    /// One α for all topics.
    One,
    /// An α for each topic.
    Each,
}

/// Sweeps before α is learned: the topics must have formed.
const BURN_IN: usize = 20;
/// Sweeps between two updates of α.
const EVERY: usize = 10;
/// The most rounds of the fixed point. It stops as soon as nothing changes by more than one part in ten
/// thousand.
const ROUNDS: usize = 100;
/// No α falls below this: a topic that no document has may still come back.
const LEAST: f64 = 1e-4;

pub(super) fn is_due(learn: LearnAlpha, sweeps: usize) -> bool {
    learn != LearnAlpha::No && sweeps >= BURN_IN && sweeps.is_multiple_of(EVERY)
}

/// How many documents have each count: `seen[n − 1]` have `n`.
fn histogram(counts: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut seen = Vec::new();
    for n in counts.filter(|&n| n > 0) {
        if seen.len() < n as usize {
            seen.resize(n as usize, 0);
        }
        seen[n as usize - 1] += 1;
    }
    seen
}

/// Σ_d Ψ(n_d + α) − Ψ(α).
fn differences(seen: &[u32], alpha: f64) -> f64 {
    let (mut psi, mut sum) = (0.0, 0.0);
    for (i, &documents) in seen.iter().enumerate() {
        psi += 1.0 / (i as f64 + alpha);
        sum += f64::from(documents) * psi;
    }
    sum
}

/// The most likely α for these counts; the search starts at `alpha`. The counts of a document are (topic, how
/// many).
pub(super) fn learn(learn: LearnAlpha, alpha: &[f32], counts: &[Vec<(u16, u32)>]) -> Vec<f32> {
    let k = alpha.len();
    let mut by_topic: Vec<Vec<u32>> = vec![Vec::new(); k];
    counts
        .iter()
        .flatten()
        .for_each(|&(topic, n)| by_topic[usize::from(topic)].push(n));
    let by_topic: Vec<Vec<u32>> = by_topic
        .into_iter()
        .map(|counts| histogram(counts.into_iter()))
        .collect();
    let lengths = histogram(
        counts
            .iter()
            .map(|document| document.iter().map(|&(_, n)| n).sum()),
    );
    let mut alpha: Vec<f64> = alpha.iter().map(|&x| f64::from(x)).collect();
    for _ in 0..ROUNDS {
        let below = differences(&lengths, alpha.iter().sum());
        let above: Vec<f64> = by_topic
            .iter()
            .zip(&alpha)
            .map(|(seen, &alpha)| differences(seen, alpha))
            .collect();
        if below == 0.0 {
            break;
        }
        let mean = above.iter().sum::<f64>() / k as f64;
        let mut change = 0.0_f64;
        for (alpha, above) in alpha.iter_mut().zip(above) {
            let above = if learn == LearnAlpha::One { mean } else { above };
            let next = (*alpha * above / below).max(LEAST);
            change = change.max((next / *alpha - 1.0).abs());
            *alpha = next;
        }
        if change < 1e-4 {
            break;
        }
    }
    alpha.into_iter().map(|x| x as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{digamma, ln_gamma};

    #[test]
    fn whole_counts_need_no_digamma() {
        let seen = histogram([3, 1, 3, 0].into_iter());
        assert_eq!(seen, [1, 0, 2]);
        let direct: f64 = [3.0, 1.0, 3.0]
            .map(|n| digamma(n + 0.7) - digamma(0.7))
            .iter()
            .sum();
        assert!((differences(&seen, 0.7) - direct).abs() < 1e-12);
    }

    /// No α nearby makes the counts more likely.
    #[test]
    fn the_fixed_point_is_a_maximum() {
        let counts: Vec<Vec<(u16, u32)>> = (0..60_u32)
            .map(|d| vec![(0, 1 + d % 5), (1, d * d % 7), (2, u32::from(d % 3 == 0))])
            .collect();
        let likelihood = |alpha: &[f64]| -> f64 {
            let sum: f64 = alpha.iter().sum();
            let of_one = |document: &Vec<(u16, u32)>| {
                let n: u32 = document.iter().map(|x| x.1).sum();
                let topics = document.iter().map(|&(k, n)| {
                    let a = alpha[usize::from(k)];
                    ln_gamma(f64::from(n) + a) - ln_gamma(a)
                });
                ln_gamma(sum) - ln_gamma(f64::from(n) + sum) + topics.sum::<f64>()
            };
            counts.iter().map(of_one).sum()
        };
        // The fixed point converges slowly, so each call starts from the answer of the last one.
        let mut found = vec![1.0; 3];
        for _ in 0..20 {
            found = learn(LearnAlpha::Each, &found, &counts);
        }
        let found: Vec<f64> = found.iter().map(|&x| f64::from(x)).collect();
        for k in 0..3 {
            for factor in [0.9, 1.1] {
                let mut other = found.clone();
                other[k] *= factor;
                assert!(likelihood(&other) < likelihood(&found), "{k} {factor} {found:?}");
            }
        }
        let one = learn(LearnAlpha::One, &[1.0; 3], &counts);
        assert!(one[0] == one[1] && one[1] == one[2] && one[0] != 1.0);
    }
}
