//! What a word costs to train on, as a function of the vocabulary's size, and the size at which it is
//! cheapest.
//!
//! A transformer of l layers and width h reads s tokens at once, from a vocabulary of V. Count its
//! multiplications and additions for one token in the forward pass (2 for each pair of numbers multiplied in
//! a matrix product):
//!
//! | part | numbers in its matrices, or products | forward |
//! |---|---|---|
//! | queries, keys, values and the output of attention | 4 h² | 8 h² a layer |
//! | the two layers of the feed-forward part, 4 h wide | 8 h² | 16 h² a layer |
//! | scores q·k with s tokens, and their weighted sum of values | 2 s h | 4 s h a layer |
//! | scores for all V tokens at the end | h V | 2 h V |
//!
//! The backward pass takes twice as much as the forward one. The layers are computed forward twice, because
//! training a large model throws activations away and computes them again; the scores at the end are computed
//! only once. So the cost is 4 times the layers and 3 times the end:
//!
//! ```text
//! C_token = 4 l (24 h² + 4 s h) + 6 h V = 96 l h² (1 + s/(6h) + V/(16 l h))
//! ```
//!
//! A word is F tokens (all tokens over all words), so it costs
//!
//! ```text
//! C(V) = 96 F(V) l h² (1 + s/(6h) + V/(16 l h))
//! ```
//!
//! F falls with V, and the last term grows with V, so there is a best V. There, the cost that the next tokens
//! add at the end equals what they save by shortening the text. With F(V) = f + a V^(-b), and A = 1 + s/(6h),
//! B = 16 l h, C'(V) = 0 is
//!
//! ```text
//! f V^(b+1) + a (1 - b) V = a b A B
//! ```
//!
//! which has one solution, because the left side falls at most once and after that only rises. It is found by
//! bisection. A larger model has a larger B, so its best vocabulary is larger.
//!
//! Source: Narayanan et al. (2021), *Efficient Large-Scale Language Model Training on GPU Clusters Using
//! Megatron-LM*, appendix: 96 B s l h² (1 + s/(6h) + V/(16 l h)) for a batch of B texts of s tokens. Tao et
//! al. (2024), *Scaling Laws with Vocabulary*, find the best V by the loss and not by the cost. Left out:
//! memory, and how longer tokens affect how well a model learns.

use super::FertilityCurve;
use crate::plot::{self, Column, Curves, Table};
use crate::{Error, Result};

/// The sizes among which the best one is searched. There are 256 bytes.
const SIZES: (f64, f64) = (256.0, 1e9);

/// The dimensions of a transformer that decide what a token costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelSize {
    /// Layers, l.
    pub layers: usize,
    /// Width, h: numbers in the embedding of a token.
    pub width: usize,
    /// Tokens that it reads at once, s.
    pub context: usize,
}

crate::plot::shown_as_record!(ModelSize);

/// What a word costs with a vocabulary of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VocabularyCost {
    /// The size, V.
    pub vocab_size: usize,
    /// Tokens per word, F(V).
    pub tokens_per_word: f64,
    /// Floating-point operations to train on a word, C(V).
    pub flops_per_word: f64,
    /// The shares of the matrices of the layers, of attention over the context, and of the scores for V
    /// tokens.
    pub shares: [f64; 3],
}

crate::plot::shown_as_record!(VocabularyCost);

/// The cost of a word by the size of the vocabulary. [`ModelSize::cost_by_vocabulary`] makes one.
#[derive(Clone, PartialEq)]
pub struct CostByVocabulary {
    transformer: ModelSize,
    best: VocabularyCost,
    rows: Vec<VocabularyCost>,
    line: Vec<(f64, f64)>,
}

impl ModelSize {
    /// A transformer with `layers` layers of width `width` that reads `context` tokens.
    ///
    /// # Errors
    /// One of them is 0.
    pub fn new(layers: usize, width: usize, context: usize) -> Result<Self> {
        if layers == 0 || width == 0 || context == 0 {
            let got = format!("{layers}, {width} and {context}");
            return Err(Error::value("layers, width and context", "numbers above 0", got));
        }
        Ok(Self {
            layers,
            width,
            context,
        })
    }

    /// The three parts of a token's cost: the layers' matrices, attention over the context, and the scores
    /// for V tokens.
    fn parts(self, vocab_size: f64) -> [f64; 3] {
        let [l, h, s] = [self.layers, self.width, self.context].map(|n| n as f64);
        [96.0 * l * h * h, 16.0 * l * h * s, 6.0 * h * vocab_size]
    }

    /// Floating-point operations to train on one token: 96 l h² (1 + s/(6h) + V/(16 l h)).
    ///
    /// ```
    /// use course::tokenize::measures::ModelSize;
    /// // One layer, two wide, three tokens, V = 8: 96·4 (1 + 3/12 + 8/32).
    /// assert_eq!(ModelSize::new(1, 2, 3)?.flops_per_token(8.0), 384.0 * 1.5);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn flops_per_token(self, vocab_size: f64) -> f64 {
        self.parts(vocab_size).iter().sum()
    }

    /// Floating-point operations to train on one word of `tokens_per_word` tokens.
    pub fn flops_per_word(self, vocab_size: f64, tokens_per_word: f64) -> f64 {
        tokens_per_word * self.flops_per_token(vocab_size)
    }

    /// The size of the vocabulary at which a word is cheapest, and what it costs there.
    ///
    /// ```
    /// use course::tokenize::measures::{FertilityCurve, ModelSize};
    /// let curve = FertilityCurve::new(1.1, 60.0, 0.6)?;
    /// let (small, large) = (ModelSize::new(12, 768, 1024)?, ModelSize::new(96, 12_288, 2048)?);
    /// assert!(small.best_vocabulary(&curve).vocab_size < large.best_vocabulary(&curve).vocab_size);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn best_vocabulary(self, curve: &FertilityCurve) -> VocabularyCost {
        let [l, h, s] = [self.layers, self.width, self.context].map(|n| n as f64);
        let (f, a, b) = (curve.limit(), curve.scale(), curve.exponent());
        let right = a * b * (1.0 + s / (6.0 * h)) * 16.0 * l * h;
        let rises = |v: f64| f * v.powf(b + 1.0) + a * (1.0 - b) * v >= right;
        let (mut low, mut high) = (SIZES.0.ln(), SIZES.1.ln());
        // Halving the interval, whose length is about 15, a hundred times leaves nothing that a double can
        // tell.
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if rises(middle.exp()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        self.cost(curve, high.exp().round())
    }

    fn cost(self, curve: &FertilityCurve, vocab_size: f64) -> VocabularyCost {
        let (parts, f) = (self.parts(vocab_size), curve.at(vocab_size));
        let sum: f64 = parts.iter().sum();
        VocabularyCost {
            vocab_size: vocab_size as usize,
            tokens_per_word: f,
            flops_per_word: f * sum,
            shares: parts.map(|part| part / sum),
        }
    }

    /// What a word costs with each of these sizes and with the best one.
    ///
    /// # Errors
    /// No size, or a size of 0.
    pub fn cost_by_vocabulary(self, curve: &FertilityCurve, sizes: &[usize]) -> Result<CostByVocabulary> {
        let mut sizes = sizes.to_vec();
        sizes.sort_unstable();
        sizes.dedup();
        let (low, high) = match (sizes.first(), sizes.last()) {
            (Some(&low), Some(&high)) if low > 0 => (low as f64, high as f64),
            _ => {
                let got = format!("{sizes:?}");
                return Err(Error::value(
                    "the sizes of the vocabulary",
                    "numbers above 0",
                    got,
                ));
            }
        };
        let best = self.best_vocabulary(curve);
        let at = |i: i32| low * (high / low).powf(f64::from(i) / 80.0);
        let point = |v: f64| (v, self.flops_per_word(v, curve.at(v)) / best.flops_per_word);
        Ok(CostByVocabulary {
            transformer: self,
            best,
            rows: sizes.iter().map(|&v| self.cost(curve, v as f64)).collect(),
            line: (0..=80).map(|i| point(at(i))).collect(),
        })
    }
}

impl CostByVocabulary {
    /// The best size, and what a word costs there.
    pub fn best(&self) -> VocabularyCost {
        self.best
    }

    /// The costs for the sizes that were asked for, by size.
    pub fn rows(&self) -> &[VocabularyCost] {
        &self.rows
    }

    /// A row for each size: tokens per word, the cost relative to the best one, and what the cost consists
    /// of.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("V").grouped(),
            Column::new("tokens/word").decimals(2),
            Column::new("cost/best").decimals(3).bars(),
            Column::new("layers").percent(0),
            Column::new("attention").percent(0),
            Column::new("output").percent(0),
        ];
        let row = |r: &VocabularyCost| {
            let [layers, attention, output] = r.shares;
            let cost = r.flops_per_word / self.best.flops_per_word;
            (r.vocab_size, r.tokens_per_word, cost, layers, attention, output)
        };
        let ModelSize {
            layers,
            width,
            context,
        } = self.transformer;
        Table::new(columns)
            .title(format!(
                "Cost of a word: {layers} layers, {width} wide, context {context}"
            ))
            .rows(self.rows.iter().map(row))
            .note(format!(
                "best: V = {}, {:.2} tokens a word, {:.3e} operations a word",
                crate::corpus::grouped(self.best.vocab_size as u64),
                self.best.tokens_per_word,
                self.best.flops_per_word
            ))
    }

    /// The cost of a word relative to the best, by the size of the vocabulary.
    pub fn plot(&self) -> Curves {
        let best = vec![(self.best.vocab_size as f64, 1.0)];
        plot::curves()
            .line("cost of a word", self.line.clone())
            .line("best", best)
            .log_x()
            .x_label("size of the vocabulary V")
            .y_label("cost / best cost")
            .title(format!(
                "{} layers, {} wide: best at V = {}",
                self.transformer.layers,
                self.transformer.width,
                crate::corpus::grouped(self.best.vocab_size as u64)
            ))
    }
}

crate::show::shown_as_table!(CostByVocabulary);
