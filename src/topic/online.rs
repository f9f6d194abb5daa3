//! Online variational Bayes: topics from a stream of documents, batch by batch.
//!
//! The posterior is approximated by a product of Dirichlet distributions with the parameters λ for the topics, `(V, K)`
//! here, and γ for a document, `K`. For a document with `n_w` times the word w, two steps are repeated until γ stands still:
//!
//! ```text
//! φ_wk ∝ exp(E[log θₖ] + E[log βₖw])        E[log θₖ] = Ψ(γₖ) − Ψ(Σγ),  E[log βₖw] = Ψ(λₖw) − Ψ(Σ_w λₖw)
//! γₖ   = α + Σ_w n_w φ_wk
//! ```
//!
//! After a batch of S of the D documents, λ moves towards what it would be if all documents were like these:
//!
//! ```text
//! λ ← (1 − ρ) λ + ρ (η + D/S · Σ n_w φ_wk)        ρ = (τ₀ + t)^−κ,  t = 1, 2, …
//! ```
//!
//! No place is drawn, so there is no randomness but the start; memory is that of λ, `8VK` bytes, and a batch. Source:
//! Hoffman, Blei and Bach 2010. Left out: learning α and η.

use rand_distr::{Distribution, Gamma};
use rayon::prelude::*;

use super::special::digamma;
use super::{TopicDocs, TopicModel};
use crate::{Error, Result, rng::seeded};

/// So that no division is by zero.
const TINY: f64 = 1e-100;

/// The settings of online variational Bayes.
///
/// ```
/// use course::topic::{OnlineLda, bars};
/// let docs = bars(100, 40, 1)?.docs;
/// let model = OnlineLda { n_topics: 10, batch: 20, passes: 5, ..OnlineLda::default() }.train(&docs)?;
/// assert_eq!(model.n_topics(), 10);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OnlineLda {
    /// `K`.
    pub n_topics: usize,
    /// As in [`Lda`](super::Lda).
    pub alpha: f32,
    /// As in [`Lda`](super::Lda).
    pub eta: f32,
    /// Documents in a batch.
    pub batch: usize,
    /// How often all documents are gone through.
    pub passes: usize,
    /// τ₀: the larger, the less the first batches count.
    pub offset: f64,
    /// κ, above 0.5 and at most 1: how fast the steps become smaller.
    pub decay: f64,
    /// The most rounds for a document.
    pub rounds: usize,
    /// A document's γ stands still when its numbers change by less than this on average.
    pub tolerance: f64,
    /// What λ is drawn from at the start.
    pub seed: u64,
}

impl Default for OnlineLda {
    fn default() -> Self {
        Self {
            n_topics: 50,
            alpha: 0.1,
            eta: 0.01,
            batch: 256,
            passes: 10,
            offset: 10.0,
            decay: 0.7,
            rounds: 100,
            tolerance: 1e-3,
            seed: 1,
        }
    }
}

/// Words of a document, each once, with how often it comes.
type Bag = Vec<(usize, f64)>;

/// λ, and what batches need of it.
struct State<'a> {
    settings: &'a OnlineLda,
    n_words: usize,
    lambda: Vec<f64>, // (V, K)
    /// exp(E[log β]), (V, K).
    expected: Vec<f64>,
    batches: usize,
}

impl OnlineLda {
    /// Trains a model; the documents' order is that of the stream.
    ///
    /// # Errors
    /// There is no word, or a setting is not what it must be.
    pub fn train(&self, docs: &TopicDocs) -> Result<TopicModel> {
        docs.require_words()?;
        super::lda::check(self.n_topics, f64::from(self.alpha), f64::from(self.eta))?;
        for (what, ok, expected, got) in [
            ("the batch", self.batch > 0, "at least 1", self.batch as f64),
            (
                "τ₀",
                self.offset >= 0.0 && self.offset.is_finite(),
                "not negative",
                self.offset,
            ),
            (
                "κ",
                self.decay > 0.5 && self.decay <= 1.0,
                "above 0.5 and at most 1",
                self.decay,
            ),
        ] {
            if !ok {
                return Err(Error::value(what, expected, got.to_string()));
            }
        }
        // As in Hoffman's program: a start near 1 that prefers no topic.
        let gamma =
            Gamma::new(100.0, 0.01).map_err(|e| Error::value("λ", "a gamma distribution", e.to_string()))?;
        let mut rng = seeded(self.seed);
        let n_words = docs.vocabulary().len();
        let lambda: Vec<f64> = (0..n_words * self.n_topics)
            .map(|_| gamma.sample(&mut rng))
            .collect();
        let bags: Vec<Bag> = docs.iter().map(bag).collect();
        let mut state = State {
            settings: self,
            n_words,
            expected: vec![0.0; lambda.len()],
            lambda,
            batches: 0,
        };
        state.expect();
        for _ in 0..self.passes {
            for batch in bags.chunks(self.batch) {
                state.step(batch, bags.len());
            }
        }
        state.model(docs, &bags)
    }
}

fn bag(document: &[u32]) -> Bag {
    let mut words = document.to_vec();
    words.sort_unstable();
    words
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0] as usize, same.len() as f64))
        .collect()
}

impl State<'_> {
    /// exp(E[log β]) of all words.
    fn expect(&mut self) {
        let k = self.settings.n_topics;
        let mut sums = vec![0.0; k];
        for row in self.lambda.chunks(k) {
            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let sums: Vec<f64> = sums.into_iter().map(digamma).collect();
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

    /// γ of a document, and exp(E[log θ]) that belongs to it.
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

    /// One batch of `n_docs` documents.
    fn step(&mut self, batch: &[Bag], n_docs: usize) {
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
        let scale = n_docs as f64 / batch.len() as f64;
        let eta = f64::from(self.settings.eta);
        for ((lambda, n), beta) in self.lambda.iter_mut().zip(&counts).zip(&self.expected) {
            *lambda = (1.0 - rho) * *lambda + rho * (eta + scale * n * beta);
        }
        self.expect();
    }

    fn model(self, docs: &TopicDocs, bags: &[Bag]) -> Result<TopicModel> {
        let k = self.settings.n_topics;
        let gammas: Vec<Vec<f64>> = bags.par_iter().map(|bag| self.document(bag).0).collect();
        let mut share = vec![0.0; k];
        let mut theta = Vec::with_capacity(bags.len() * k);
        for (gamma, document) in gammas.iter().zip(docs.iter()) {
            let sum: f64 = gamma.iter().sum();
            theta.extend(gamma.iter().map(|x| (x / sum) as f32));
            share
                .iter_mut()
                .zip(gamma)
                .for_each(|(s, x)| *s += x / sum * document.len() as f64);
        }
        let mut sums = vec![0.0; k];
        for row in self.lambda.chunks(k) {
            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        debug_assert_eq!(self.lambda.len(), self.n_words * k);
        let phi = self
            .lambda
            .chunks(k)
            .flat_map(|row| row.iter().zip(&sums).map(|(x, sum)| (x / sum) as f32))
            .collect();
        let tokens = docs.tokens() as f64;
        let share = share.into_iter().map(|s| (s / tokens) as f32).collect();
        TopicModel::new(
            docs.vocabulary().clone(),
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

    const DOCS: [&[u32]; 6] = [
        &[0, 0, 1, 0],
        &[1, 0, 2, 1, 0],
        &[3, 4, 3, 4],
        &[4, 3, 4, 2],
        &[2, 0, 3],
        &[1, 1, 0, 4, 4, 3],
    ];

    /// By scikit-learn: tests/oracles/topics.py.
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
        let bags: Vec<Bag> = DOCS.iter().map(|d| bag(d)).collect();
        let start = |w: usize, k: usize| 0.5 + ((k * 5 + w) * 7 % 11) as f64 / 10.0;
        let lambda: Vec<f64> = (0..5).flat_map(|w| (0..2).map(move |k| start(w, k))).collect();
        let mut state = State {
            settings: &settings,
            n_words: 5,
            expected: vec![0.0; 10],
            lambda,
            batches: 0,
        };
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
            state.step(&bags, 6);
            for (k, row) in expected.iter().enumerate() {
                for (w, &x) in row.iter().enumerate() {
                    // α and η are f32 here: 0.3 and 0.2 to 1e-8.
                    assert!(
                        (state.lambda[w * 2 + k] - x).abs() < 1e-6,
                        "{k} {w} {}",
                        state.lambda[w * 2 + k]
                    );
                }
            }
        }
        let words = Vocabulary::from_words((0..5).map(|w| w.to_string()).collect()).unwrap();
        let docs = TopicDocs::new(words, DOCS.iter().map(|d| d.to_vec()).collect()).unwrap();
        let model = state.model(&docs, &bags).unwrap();
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
