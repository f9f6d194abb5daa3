//! Language models: what every one of them can do, whether it counts or is a network.
//!
//! A language model gives each token a probability, given the tokens before it. So by the chain rule it gives
//! a text a probability:
//!
//! ```text
//!     ln P(t₁ … t_n)  =  Σᵢ ln P(tᵢ | t₁ … tᵢ₋₁)
//!     perplexity      =  exp( −(1/N) Σ ln P )           over all N tokens of some texts
//!     P(v | context)  =  exp y_v / Σ_u exp y_u          y: the logits, a number for each token
//! ```
//!
//! | what | where |
//! |---|---|
//! | what a model must say, and what follows from it | [`LanguageModel`] |
//! | how a text becomes tokens; words as tokens | [`TokenSet`], [`WordTokens`] |
//! | counted sequences of words | [`NGram`] |
//! | Bengio's network | `predict::Nnlm` |
//! | the weighted mean of two models | [`Mixture`] |
//! | from logits to one token: temperature, top-k, top-p, min-p, repetition penalty | [`Sampling`] |
//! | a text, token by token | [`TokenStream`] |
//! | what may come next, as a table and as bars | [`NextTokens`] |
//! | several models on the same texts | [`perplexity_table`] |
//!
//! **Cost.** A perplexity needs one set of logits for each token, unless the model has a faster way.
//! Generating a text of n tokens needs n sets. It leaves out beam search, and keeping what a network has
//! computed for the context.

pub(crate) mod classes;
mod mixture;
mod next;
mod ngram;
mod sampling;
mod stream;
mod tokens;

pub use mixture::Mixture;
pub use next::NextTokens;
pub use ngram::{NGram, NGramModel};
pub use sampling::{Sampling, draw, min_p, repetition_penalty, softmax, top_k, top_p};
pub use stream::TokenStream;
pub use tokens::{TokenSet, WordTokens};

use crate::corpus::Texts;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// A model that says how probable each token is after the tokens before it.
///
/// A model implements the first two methods, and also [`log_probabilities`](Self::log_probabilities) if it
/// has a faster way; the others follow from them. The trait is object safe, so models of different kinds fit
/// into one list.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::{LanguageModel, NGram, Sampling};
/// let texts = ["The cat sat. The dog sat. The cat ran."];
/// let model = NGram { order: 2, ..NGram::default() }.train(&texts, &Vocabulary::of(&texts, 1)?)?;
/// let models: [&dyn LanguageModel; 1] = [&model];
/// assert!(models[0].perplexity(&texts)? < models[0].tokens().len() as f64);
/// assert_eq!(models[0].generate("the", 9, &Sampling::greedy(), 1)?, "cat sat");
/// # Ok::<(), course::Error>(())
/// ```
pub trait LanguageModel {
    /// The tokens that the model knows.
    fn tokens(&self) -> &dyn TokenSet;

    /// The logits `y` of the next token, one number for each token. A model that counts gives ln P.
    ///
    /// # Errors
    /// The context is empty and the model needs one; errors of the network.
    fn logits(&self, context: &[u32]) -> Result<Vec<f64>>;

    /// ln P of each token of each sequence, given the tokens before it in its sequence.
    ///
    /// # Errors
    /// As for [`logits`](Self::logits).
    fn log_probabilities(&self, sequences: &[Vec<u32>]) -> Result<Vec<Vec<f64>>> {
        let of_one = |sequence: &Vec<u32>| -> Result<Vec<f64>> {
            (0..sequence.len())
                .map(|at| {
                    let p = self.next_probabilities(&sequence[..at])?;
                    let right = p.get(sequence[at] as usize).ok_or_else(|| {
                        let (expected, got) = (format!("a number below {}", p.len()), sequence[at]);
                        Error::value("a token", expected, got)
                    })?;
                    Ok(right.ln())
                })
                .collect()
        };
        sequences.iter().map(of_one).collect()
    }

    /// P of each token after `context`; they sum to 1.
    ///
    /// # Errors
    /// As for [`logits`](Self::logits).
    fn next_probabilities(&self, context: &[u32]) -> Result<Vec<f64>> {
        softmax(&self.logits(context)?, 1.0)
    }

    /// ln P of a text, with the ends of its sequences: the sum over its sequences. A text without a token has
    /// probability 1, so its logarithm is 0.
    ///
    /// # Errors
    /// As for [`logits`](Self::logits).
    fn log_probability(&self, text: &str) -> Result<f64> {
        let logs = self.log_probabilities(&self.tokens().sequences(&[text])?)?;
        Ok(logs.iter().flatten().sum())
    }

    /// exp(−mean ln P) over all tokens of `texts`: the model is as undecided as between this many equally
    /// probable tokens.
    ///
    /// # Errors
    /// There is no token, or the texts cannot be read.
    fn perplexity(&self, texts: &dyn Texts) -> Result<f64> {
        let sequences = self.tokens().sequences(texts)?;
        let n: usize = sequences.iter().map(Vec::len).sum();
        if n == 0 {
            return Err(Error::value("the texts", "at least one word", "none"));
        }
        let logs = self.log_probabilities(&sequences)?;
        let sum: f64 = logs.iter().map(|logs| logs.iter().sum::<f64>()).sum();
        Ok((-sum / n as f64).exp())
    }

    /// The perplexity of the [`Mixture`] `share · P + (1 − share) · P of the other`. Two models are wrong at
    /// different positions, so together they are often better than either.
    ///
    /// # Errors
    /// The share is not from 0 to 1, or the other model has other tokens, or as for
    /// [`perplexity`](Self::perplexity).
    fn perplexity_with(&self, other: &dyn LanguageModel, share: f64, texts: &dyn Texts) -> Result<f64> {
        Mixture::new(self, other, share)?.perplexity(texts)
    }

    /// The `k` most probable next tokens after a text.
    ///
    /// # Errors
    /// As for [`next_by`](Self::next_by).
    fn next(&self, context: &str, k: usize) -> Result<NextTokens> {
        self.next_by(context, k, &Sampling::default())
    }

    /// The `k` most probable next tokens after a text, with the probabilities that `sampling` draws with.
    ///
    /// # Errors
    /// `k` is 0, a setting is out of range, or as for [`logits`](Self::logits).
    fn next_by(&self, context: &str, k: usize, sampling: &Sampling) -> Result<NextTokens> {
        let ids = self.tokens().ids(context);
        let p = sampling.probabilities(&self.logits(&ids)?, &ids)?;
        NextTokens::new(context, &p, k, self.tokens())
    }

    /// Continues a text by at most `most` tokens, or by fewer if the end comes before. The prompt is not
    /// repeated. The same seed gives the same text. [`TokenStream`] gives one token at a time.
    ///
    /// # Errors
    /// A setting of `sampling` is out of range, or as for [`logits`](Self::logits).
    fn generate(&self, prompt: &str, most: usize, sampling: &Sampling, seed: u64) -> Result<String> {
        let stream = TokenStream::new(self, prompt, sampling, seed)?;
        self.tokens()
            .decode(&stream.take(most).collect::<Result<Vec<u32>>>()?)
    }
}

/// The perplexity of each model on the same texts, as a table. Perplexities may be compared only between
/// models that cut texts into the same tokens, so the table also says how many tokens each has.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::{NGram, perplexity_table};
/// let texts = ["The cat sat. The dog sat. The cat ran."];
/// let words = Vocabulary::of(&texts, 1)?;
/// let pairs = NGram { order: 2, ..NGram::default() }.train(&texts, &words)?;
/// let triples = NGram { order: 3, ..NGram::default() }.train(&texts, &words)?;
/// let table = perplexity_table(&[("two words", &pairs), ("three words", &triples)], &texts)?;
/// assert!(table.to_string().contains("three words"));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// As for [`LanguageModel::perplexity`].
pub fn perplexity_table(models: &[(&str, &dyn LanguageModel)], texts: &dyn Texts) -> Result<Table> {
    let columns = [
        Column::new("model"),
        Column::new("tokens").grouped(),
        Column::new("perplexity").decimals(1).bars(),
    ];
    let mut table = Table::new(columns);
    for (name, model) in models {
        table.push((*name, model.tokens().len(), model.perplexity(texts)?));
    }
    Ok(table)
}

#[cfg(test)]
mod tests;
