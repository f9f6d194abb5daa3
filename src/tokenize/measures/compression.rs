//! How much text is in a token: bytes, characters and words.
//!
//! A tokenizer is a compressor. Bytes per token compare tokenizers on the same text, whatever its language.
//! They also make the losses of different models comparable: a cross entropy of H nats per token is H / (ln 2
//! · bytes per token) bits per byte. Characters per token say the same to a reader, but a character is one
//! byte in English and three in Hindi, and much of the unfairness between languages begins there. Tokens per
//! word, with everything between the words counted, say what a word costs and how many words fit into a
//! context.
//!
//! Source: the measure is as old as the field. Gage (1994), *A New Algorithm for Data Compression*, is where
//! BPE comes from. Goldman et al. (2024), *Unpacking Tokenization*, find that better compression goes with
//! better models.

use super::fold::{fold, nothing, ratio};
use crate::Result;
use crate::corpus::{Cut, Texts};
use crate::plot::{Column, Table};
use crate::tokenize::Tokenizer;

/// How much text there is and how many tokens. [`compression`] counts it.
#[derive(Clone, PartialEq)]
pub struct Compression {
    name: String,
    size: Size,
}

/// Counts of one text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) bytes: u64,
    pub(super) chars: u64,
    pub(super) words: u64,
    pub(super) tokens: u64,
    pub(super) unknown: u64,
}

impl Size {
    pub(super) fn of(tokenizer: &dyn Tokenizer, text: &str, ids: &[u32]) -> Self {
        let unknown = tokenizer.unknown_id();
        Self {
            bytes: text.len() as u64,
            chars: text.chars().count() as u64,
            words: Cut::Words.places(text).count() as u64,
            tokens: ids.len() as u64,
            unknown: ids.iter().filter(|&&id| Some(id) == unknown).count() as u64,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.bytes += other.bytes;
        self.chars += other.chars;
        self.words += other.words;
        self.tokens += other.tokens;
        self.unknown += other.unknown;
    }
}

/// Counts the bytes, characters, words and tokens of `texts`.
///
/// ```
/// use course::tokenize::{WordPiece, measures::compression};
/// let c = compression(&WordPiece::bert(), &["Cats and dogs, dogs and cats"])?;
/// assert_eq!((c.n_tokens(), c.bytes_per_token()), (7, 4.0));
/// assert_eq!(c.tokens_per_word(), 7.0 / 6.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts returns; texts that give no token.
pub fn compression(tokenizer: &dyn Tokenizer, texts: &dyn Texts) -> Result<Compression> {
    let count = |sum: &mut (Size, Vec<u32>), text: &str| {
        let (size, ids) = sum;
        ids.clear();
        tokenizer.push_ids(text, ids);
        size.add(Size::of(tokenizer, text, ids));
    };
    let (size, _) = fold(texts, count, |all, part| all.0.add(part.0))?;
    if size.tokens == 0 {
        return Err(nothing("at least one token"));
    }
    Ok(Compression {
        name: tokenizer.name().to_owned(),
        size,
    })
}

impl Compression {
    /// Bytes of UTF-8 per token.
    pub fn bytes_per_token(&self) -> f64 {
        ratio(self.size.bytes, self.size.tokens)
    }

    /// Characters per token.
    pub fn chars_per_token(&self) -> f64 {
        ratio(self.size.chars, self.size.tokens)
    }

    /// Tokens per word, including the tokens of punctuation and numbers. 0 if there is no word.
    pub fn tokens_per_word(&self) -> f64 {
        ratio(self.size.tokens, self.size.words)
    }

    /// The share of tokens that only say that something is not in the vocabulary: text that is lost.
    pub fn unknown_share(&self) -> f64 {
        ratio(self.size.unknown, self.size.tokens)
    }

    /// How many tokens.
    pub fn n_tokens(&self) -> u64 {
        self.size.tokens
    }

    /// How many bytes.
    pub fn n_bytes(&self) -> u64 {
        self.size.bytes
    }

    /// How many characters.
    pub fn n_chars(&self) -> u64 {
        self.size.chars
    }

    /// How many words.
    pub fn n_words(&self) -> u64 {
        self.size.words
    }

    /// How much there is of each, in total and per token.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new(""),
            Column::new("in the text").grouped(),
            Column::new("for a token").decimals(2),
        ];
        let Size { tokens, .. } = self.size;
        let row = |name: &'static str, n: u64| (name, n, ratio(n, tokens));
        Table::new(columns)
            .title(format!("Compression by {}", self.name))
            .row(row("bytes", self.size.bytes))
            .row(row("characters", self.size.chars))
            .row(row("words", self.size.words))
            .row(row("tokens", tokens))
    }
}

crate::show::shown_as_table!(Compression);
