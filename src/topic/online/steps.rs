//! The two steps at the head of `mod.rs`, for a document and for a batch, and the model that they end in.

use rayon::prelude::*;

use super::OnlineTopics;
use crate::Result;
use crate::math::digamma;
use crate::topic::{TopicDocs, TopicModel};

/// A small number that keeps divisors from being zero.
const TINY: f64 = 1e-100;

/// The words of a document, each once, with the number of its occurrences.
pub(super) type Bag = Vec<(usize, f64)>;

pub(super) fn bag(document: &[u32]) -> Bag {
    let mut words = document.to_vec();
    words.sort_unstable();
    words
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0] as usize, same.len() as f64))
        .collect()
}

impl OnlineTopics {
    /// Σ_w λₖw for each topic.
    pub(super) fn sums(&self) -> Vec<f64> {
        let k = self.settings.n_topics;
        let mut sums = vec![0.0; k];
        for row in self.lambda.chunks(k) {
            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        sums
    }

    /// exp(E[log β]) of all words.
    pub(super) fn expect(&mut self) {
        let k = self.settings.n_topics;
        let sums: Vec<f64> = self.sums().into_iter().map(digamma).collect();
        self.expected
            .par_chunks_mut(k)
            .zip(self.lambda.par_chunks(k))
            .with_min_len(64)
            .for_each(|(out, row)| {
                for ((out, &x), sum) in out.iter_mut().zip(row).zip(&sums) {
                    *out = (digamma(x) - sum).exp();
                }
            });
    }

    /// γ of a document, and the exp(E[log θ]) that belongs to it.
    fn document(&self, bag: &Bag) -> (Vec<f64>, Vec<f64>) {
        let k = self.settings.n_topics;
        let alpha = f64::from(self.settings.alpha);
        let mut gamma = vec![1.0; k];
        let mut theta = expect_theta(&gamma);
        for _ in 0..self.settings.rounds {
            let mut next = vec![0.0; k];
            for &(word, n) in bag {
                let beta = &self.expected[word * k..][..k];
                let norm: f64 = theta.iter().zip(beta).map(|(t, b)| t * b).sum::<f64>() + TINY;
                next.iter_mut().zip(beta).for_each(|(x, b)| *x += n * b / norm);
            }
            next.iter_mut().zip(&theta).for_each(|(x, t)| *x = alpha + *x * t);
            let change = next.iter().zip(&gamma).map(|(a, b)| (a - b).abs()).sum::<f64>() / k as f64;
            gamma = next;
            theta = expect_theta(&gamma);
            if change < self.settings.tolerance {
                break;
            }
        }
        (gamma, theta)
    }

    /// One batch.
    pub(super) fn step(&mut self, batch: &[Bag]) {
        let k = self.settings.n_topics;
        let thetas: Vec<Vec<f64>> = batch.par_iter().map(|bag| self.document(bag).1).collect();
        // Σ n_w φ_wk without the factor exp(E[log β]), which all documents share.
        let mut counts = vec![0.0; self.lambda.len()];
        for (bag, theta) in batch.iter().zip(&thetas) {
            for &(word, n) in bag {
                let beta = &self.expected[word * k..][..k];
                let norm: f64 = theta.iter().zip(beta).map(|(t, b)| t * b).sum::<f64>() + TINY;
                let row = &mut counts[word * k..][..k];
                row.iter_mut().zip(theta).for_each(|(x, t)| *x += n * t / norm);
            }
        }
        self.batches += 1;
        let rho = (self.settings.offset + self.batches as f64).powf(-self.settings.decay);
        let scale = self.n_docs as f64 / batch.len() as f64;
        let eta = f64::from(self.settings.eta);
        for ((lambda, n), beta) in self.lambda.iter_mut().zip(&counts).zip(&self.expected) {
            *lambda = (1.0 - rho) * *lambda + rho * (eta + scale * n * beta);
        }
        self.expect();
    }

    /// The model with the topics of these documents.
    pub(super) fn model_of(&self, docs: &TopicDocs) -> Result<TopicModel> {
        let k = self.settings.n_topics;
        let documents: Vec<&[u32]> = docs.iter().collect();
        let gammas: Vec<Vec<f64>> = (documents.par_iter())
            .map(|document| self.document(&bag(document)).0)
            .collect();
        let mut share = vec![0.0; k];
        let mut theta = Vec::with_capacity(docs.len() * k);
        for (gamma, document) in gammas.iter().zip(documents) {
            let sum: f64 = gamma.iter().sum();
            theta.extend(gamma.iter().map(|x| (x / sum) as f32));
            share
                .iter_mut()
                .zip(gamma)
                .for_each(|(s, x)| *s += x / sum * document.len() as f64);
        }
        let tokens = docs.tokens() as f64;
        self.finish(theta, share.into_iter().map(|s| (s / tokens) as f32).collect())
    }

    pub(super) fn finish(&self, theta: Vec<f32>, share: Vec<f32>) -> Result<TopicModel> {
        let (k, sums) = (self.settings.n_topics, self.sums());
        let phi = self
            .lambda
            .chunks(k)
            .flat_map(|row| row.iter().zip(&sums).map(|(x, sum)| (x / sum) as f32))
            .collect();
        TopicModel::new(
            self.vocabulary.clone(),
            vec![self.settings.alpha; k],
            phi,
            theta,
            share,
        )
    }
}

/// exp(E[log θ]) for γ.
fn expect_theta(gamma: &[f64]) -> Vec<f64> {
    let sum = digamma(gamma.iter().sum());
    gamma.iter().map(|&x| (digamma(x) - sum).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Vocabulary;
    use crate::topic::OnlineLda;

    const DOCS: [&[u32]; 6] = [
        &[0, 0, 1, 0],
        &[1, 0, 2, 1, 0],
        &[3, 4, 3, 4],
        &[4, 3, 4, 2],
        &[2, 0, 3],
        &[1, 1, 0, 4, 4, 3],
    ];

    /// Figures from scikit-learn: tests/oracles/topics.py.
    #[test]
    fn two_steps_are_scikit_learns() {
        let settings = OnlineLda {
            n_topics: 2,
            alpha: 0.3,
            eta: 0.2,
            batch: 6,
            rounds: 5000,
            tolerance: 1e-12,
            ..OnlineLda::default()
        };
        let start = |w: usize, k: usize| 0.5 + ((k * 5 + w) * 7 % 11) as f64 / 10.0;
        let lambda: Vec<f64> = (0..5).flat_map(|w| (0..2).map(move |k| start(w, k))).collect();
        let words = Vocabulary::from_words((0..5).map(|w| w.to_string()).collect()).unwrap();
        let docs = TopicDocs::new(words, DOCS.iter().map(|d| d.to_vec()).collect()).unwrap();
        let mut state = settings.begin(docs.vocabulary(), 6).unwrap();
        state.lambda = lambda;
        state.expect();
        let expected = [
            [
                [0.561320594, 1.073931064, 0.982801684, 2.08351008, 1.720427768],
                [1.795901748, 2.048685478, 1.115836339, 0.632430845, 1.426167291],
            ],
            [
                [0.533340808, 0.984801259, 1.100202109, 2.56997218, 2.295621271],
                [2.709492423, 2.537768587, 1.22698066, 0.617342282, 1.422335653],
            ],
        ];
        for expected in expected {
            state.learn(&docs).unwrap();
            for (k, row) in expected.iter().enumerate() {
                for (w, &x) in row.iter().enumerate() {
                    // α and η are f32 here: 0.3 and 0.2 are exact to 1e-8.
                    assert!(
                        (state.lambda[w * 2 + k] - x).abs() < 1e-6,
                        "{k} {w} {}",
                        state.lambda[w * 2 + k]
                    );
                }
            }
        }
        let model = state.model_of(&docs).unwrap();
        let theta = [
            0.066232446,
            0.055839123,
            0.932634539,
            0.930334782,
            0.488717717,
            0.421200782,
        ];
        for (d, &x) in theta.iter().enumerate() {
            assert!((model.document_topics()[[d, 0]] - x as f32).abs() < 1e-6);
        }
    }
}
