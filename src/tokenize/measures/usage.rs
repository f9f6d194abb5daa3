//! How much of a vocabulary a text uses, and how evenly.
//!
//! Each token costs a row of the embedding matrix and a row of the output matrix, whether it is used or not.
//! A token that hardly occurs in training has a row that was hardly trained. Such *glitch tokens* make models
//! talk nonsense. So there are three numbers: the share of the vocabulary that occurs at all; the share that
//! occurs often enough to be learned; and how even the counts are. The last is the entropy of the tokens
//! divided by the highest that it could be,
//!
//! ```text
//! efficiency = H(p) / log V,    H(p) = - Σ p(t) log p(t),    p(t) = n(t) / Σ n
//! ```
//!
//! which is 1 if all V tokens are equally frequent. Words follow Zipf's law, so no vocabulary of words comes
//! near 1.
//!
//! Source: Zouhar et al. (2023), *Tokenization and the Noiseless Channel*, who use Rényi's entropy besides
//! Shannon's; Rumbelow and Watkins (2023), *SolidGoldMagikarp*, for glitch tokens.

use super::fold::{fold, nothing, ratio};
use crate::Result;
use crate::corpus::Texts;
use crate::plot::{self, Cell, Column, Curves, Table};
use crate::tokenize::Tokenizer;

/// How often each token occurs. [`vocabulary_use`] counts it.
#[derive(Clone, PartialEq)]
pub struct VocabularyUse {
    name: String,
    counts: Vec<u64>,
    /// How each token is written; empty for ids without a token.
    written: Vec<String>,
}

/// Counts how often each token of the vocabulary occurs in `texts`.
///
/// ```
/// use course::tokenize::{Bpe, BpeTraining, measures::vocabulary_use};
/// let t = Bpe::train(&["aab"], &BpeTraining { vocab_size: 257, ..Default::default() })?;
/// let u = vocabulary_use(&t, &["aab", "b"])?;
/// assert_eq!((u.n_used(), u.vocab_size()), (2, 257)); // "aa" and "b"
/// assert_eq!(u.most_frequent(1), [("b".to_owned(), 2)]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts returns; texts that give no token.
pub fn vocabulary_use(tokenizer: &dyn Tokenizer, texts: &dyn Texts) -> Result<VocabularyUse> {
    let n = tokenizer.vocab_size();
    let count = |sum: &mut (Vec<u64>, Vec<u32>), text: &str| {
        let (counts, ids) = sum;
        counts.resize(n, 0);
        ids.clear();
        tokenizer.push_ids(text, ids);
        for &id in ids.iter() {
            if let Some(count) = counts.get_mut(id as usize) {
                *count += 1;
            }
        }
    };
    let (counts, _) = fold(texts, count, |all, part| {
        all.0.resize(n, 0);
        all.0.iter_mut().zip(part.0).for_each(|(sum, x)| *sum += x);
    })?;
    if counts.iter().all(|&n| n == 0) {
        return Err(nothing("at least one token"));
    }
    Ok(VocabularyUse {
        name: tokenizer.name().to_owned(),
        written: (0..n as u32)
            .map(|id| tokenizer.token_text(id).unwrap_or_default())
            .collect(),
        counts,
    })
}

impl VocabularyUse {
    /// How many different tokens occur.
    pub fn n_used(&self) -> usize {
        self.n_at_least(1)
    }

    /// How many different tokens occur `n` times or more.
    pub fn n_at_least(&self, n: u64) -> usize {
        self.counts.iter().filter(|&&count| count >= n).count()
    }

    /// How many ids there are.
    pub fn vocab_size(&self) -> usize {
        self.counts.len()
    }

    /// The share of the vocabulary that occurs, from 0 to 1.
    pub fn used_share(&self) -> f64 {
        ratio(self.n_used() as u64, self.vocab_size() as u64)
    }

    /// How often each token occurs, by its id.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The entropy of the tokens in bits: what an ideal code needs for a token drawn from the text.
    pub fn entropy(&self) -> f64 {
        let sum = self.counts.iter().sum::<u64>() as f64;
        let bits = |&n: &u64| -(n as f64 / sum) * (n as f64 / sum).log2();
        self.counts.iter().filter(|&&n| n > 0).map(bits).sum()
    }

    /// The entropy, divided by the highest that a vocabulary of this size could have, from 0 to 1.
    pub fn efficiency(&self) -> f64 {
        match self.vocab_size() {
            0 | 1 => 1.0,
            n => self.entropy() / (n as f64).log2(),
        }
    }

    /// The `k` most frequent tokens as the vocabulary writes them, with their counts. Of equally frequent
    /// tokens, the one with the lower id comes first.
    pub fn most_frequent(&self, k: usize) -> Vec<(String, u64)> {
        (self.by_count().into_iter().take(k))
            .map(|i| (self.written[i].clone(), self.counts[i]))
            .collect()
    }

    /// The tokens that do not occur, in the order of their ids.
    pub fn unused(&self) -> Vec<String> {
        (self.written.iter().zip(&self.counts))
            .filter(|(token, n)| **n == 0 && !token.is_empty())
            .map(|(token, _)| token.clone())
            .collect()
    }

    fn by_count(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.counts.len()).filter(|&i| self.counts[i] > 0).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(self.counts[i]), i));
        order
    }

    /// The numbers of this measure.
    pub fn table(&self) -> Table {
        let v = self.vocab_size() as u64;
        let row = |name: &'static str, n: usize| (name, n, Cell::from(ratio(n as u64, v)).percent(1));
        Table::new([
            Column::new(""),
            Column::new("tokens").grouped(),
            Column::new("share"),
        ])
        .title(format!("Use of the vocabulary of {}", self.name))
        .row(row("in the vocabulary", self.vocab_size()))
        .row(row("occur", self.n_used()))
        .row(row("occur 10 times or more", self.n_at_least(10)))
        .row(row("occur 100 times or more", self.n_at_least(100)))
        .note(format!(
            "entropy {:.2} bits of at most {:.2}: efficiency {:.3}",
            self.entropy(),
            (v as f64).log2(),
            self.efficiency()
        ))
    }

    /// Counts by rank, both axes logarithmic: Zipf's law would be a straight line.
    pub fn plot(&self) -> Curves {
        let order = self.by_count();
        // Ranks that can be told apart on a logarithmic axis.
        let mut ranks: Vec<usize> = (0..400)
            .map(|i| ((order.len() as f64).powf(f64::from(i) / 399.0)) as usize)
            .filter(|&rank| (1..=order.len()).contains(&rank))
            .collect();
        ranks.dedup();
        let point = |rank: usize| (rank as f64, self.counts[order[rank - 1]] as f64);
        plot::curves()
            .line(
                self.name.clone(),
                ranks.into_iter().map(point).collect::<Vec<_>>(),
            )
            .log_x()
            .log_y()
            .markers(false)
            .x_label("rank of the token")
            .y_label("how often it occurs")
            .title(format!(
                "{:.0} % of {} tokens occur",
                100.0 * self.used_share(),
                crate::corpus::grouped(self.vocab_size() as u64)
            ))
    }
}

crate::show::shown_as_table!(VocabularyUse);
