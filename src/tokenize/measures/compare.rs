//! Several tokenizers on the same text, side by side.
//!
//! The numbers are comparable because the text is the same, and only then. Bytes per token on two different
//! texts say more about the texts than about the tokenizers.

use super::compression::Size;
use super::fertility::Count;
use super::fold::{fold, nothing, ratio};
use crate::Result;
use crate::corpus::Texts;
use crate::plot::{self, Bars, Column, Table};
use crate::tokenize::Tokenizer;

/// The measures of several tokenizers on one text. [`compare`] makes one.
#[derive(Clone, PartialEq)]
pub struct Comparison(Vec<Line>);

#[derive(Clone, PartialEq)]
struct Line {
    name: String,
    vocab_size: u64,
    size: Size,
    n_used: u64,
    n_tokens_of_words: u64,
    n_split: u64,
    n_words: u64,
}

#[derive(Default)]
struct Sums {
    size: Size,
    words: Count,
    seen: Vec<bool>,
    ids: Vec<u32>,
}

/// Measures each of `tokenizers` on `texts`.
///
/// ```
/// use course::tokenize::{Bpe, BpeTraining, Tokenizer, WordPiece, measures::compare};
/// let texts = ["the cat sat on the mat and the rat sat on the cat"];
/// let bpe = Bpe::train(&texts, &BpeTraining { vocab_size: 270, ..Default::default() })?;
/// let table = compare(&[&WordPiece::bert(), &bpe], &texts)?;
/// assert!(table.to_string().contains("BERT uncased"));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts returns; texts without a word.
pub fn compare(tokenizers: &[&dyn Tokenizer], texts: &dyn Texts) -> Result<Comparison> {
    tokenizers
        .iter()
        .map(|&t| line(t, texts))
        .collect::<Result<_>>()
        .map(Comparison)
}

fn line(t: &dyn Tokenizer, texts: &dyn Texts) -> Result<Line> {
    let vocab_size = t.vocab_size();
    let add = |sums: &mut Sums, text: &str| {
        sums.ids.clear();
        t.push_ids(text, &mut sums.ids);
        sums.size.add(Size::of(t, text, &sums.ids));
        sums.words.add(t, text);
        sums.seen.resize(vocab_size, false);
        for &id in &sums.ids {
            if let Some(seen) = sums.seen.get_mut(id as usize) {
                *seen = true;
            }
        }
    };
    let sums = fold(texts, add, |all: &mut Sums, part| {
        all.size.add(part.size);
        all.words.merge(part.words);
        all.seen.resize(vocab_size, false);
        all.seen.iter_mut().zip(part.seen).for_each(|(a, b)| *a |= b);
    })?;
    let by_tokens = &sums.words.by_tokens;
    let n_words = by_tokens.iter().sum();
    if n_words == 0 {
        return Err(nothing("at least one word"));
    }
    Ok(Line {
        name: t.name().to_owned(),
        vocab_size: vocab_size as u64,
        size: sums.size,
        n_used: sums.seen.iter().filter(|&&seen| seen).count() as u64,
        n_tokens_of_words: by_tokens.iter().zip(0_u64..).map(|(n, k)| n * k).sum(),
        n_split: by_tokens.iter().skip(2).sum(),
        n_words,
    })
}

impl Comparison {
    /// The names of the tokenizers.
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|l| l.name.as_str()).collect()
    }

    /// The fertility of each.
    pub fn fertility(&self) -> Vec<f64> {
        let of = |l: &Line| ratio(l.n_tokens_of_words, l.n_words);
        self.0.iter().map(of).collect()
    }

    /// The share of words that each splits.
    pub fn split_share(&self) -> Vec<f64> {
        self.0.iter().map(|l| ratio(l.n_split, l.n_words)).collect()
    }

    /// The bytes per token of each.
    pub fn bytes_per_token(&self) -> Vec<f64> {
        self.0
            .iter()
            .map(|l| ratio(l.size.bytes, l.size.tokens))
            .collect()
    }

    /// The tokens per word of each, counting all tokens.
    pub fn tokens_per_word(&self) -> Vec<f64> {
        self.0
            .iter()
            .map(|l| ratio(l.size.tokens, l.size.words))
            .collect()
    }

    /// A row for each tokenizer. Columns that are necessarily the same for all of them are left out.
    pub fn table(&self) -> Table {
        let lost = self.0.iter().any(|l| l.size.unknown > 0);
        let mut columns = vec![
            Column::new("tokenizer"),
            Column::new("vocabulary").grouped(),
            Column::new("tokens").grouped(),
            Column::new("fertility").decimals(2),
            Column::new("split").percent(0),
            Column::new("bytes/token").decimals(2),
            Column::new("used").percent(0),
        ];
        if lost {
            columns.push(Column::new("unknown").percent(1));
        }
        let row = |l: &Line| {
            let mut row: Vec<plot::Cell> = vec![
                l.name.clone().into(),
                l.vocab_size.into(),
                l.size.tokens.into(),
                ratio(l.n_tokens_of_words, l.n_words).into(),
                ratio(l.n_split, l.n_words).into(),
                ratio(l.size.bytes, l.size.tokens).into(),
                ratio(l.n_used, l.vocab_size).into(),
            ];
            if lost {
                row.push(ratio(l.size.unknown, l.size.tokens).into());
            }
            row
        };
        Table::new(columns).rows(self.0.iter().map(row))
    }

    /// Fertility, as bars.
    pub fn plot(&self) -> Bars {
        plot::bars(self.names(), self.fertility())
            .decimals(2)
            .title("Fertility")
            .x_label("tokens a word")
    }
}

crate::show::shown_as_table!(Comparison);
