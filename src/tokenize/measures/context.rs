//! How many words fit into a context of a given number of tokens.
//!
//! A model's context is counted in tokens; a reader counts in words. With F tokens per word, s tokens are s /
//! F words. So a better vocabulary also gives a longer memory, for nothing.

use super::compression::{Compression, compression};
use crate::corpus::Texts;
use crate::plot::{Cell, Column, Table};
use crate::tokenize::Tokenizer;
use crate::{Error, Result};

/// Words on a printed page, as publishers count.
const WORDS_A_PAGE: f64 = 300.0;

/// How many words fit into some contexts, by several tokenizers. [`context_in_words`] makes one.
#[derive(Clone, PartialEq)]
pub struct Contexts {
    contexts: Vec<usize>,
    tokenizers: Vec<(String, f64)>,
}

/// How many words of text like `texts` fit into contexts of these numbers of tokens.
///
/// ```
/// use course::tokenize::{WordPiece, measures::context_in_words};
/// let c = context_in_words(&[&WordPiece::bert()], &["the cat sat on the mat , and then ."], &[512])?;
/// assert_eq!(c.words(0, 512), 512.0 / (10.0 / 8.0));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts returns; texts without a word.
pub fn context_in_words(
    tokenizers: &[&dyn Tokenizer],
    texts: &dyn Texts,
    contexts: &[usize],
) -> Result<Contexts> {
    let measured = |t: &&dyn Tokenizer| -> Result<(String, f64)> {
        let c: Compression = compression(*t, texts)?;
        if c.n_words() == 0 {
            return Err(Error::value("the texts", "at least one word", "none"));
        }
        Ok((t.name().to_owned(), c.tokens_per_word()))
    };
    Ok(Contexts {
        contexts: contexts.to_vec(),
        tokenizers: tokenizers.iter().map(measured).collect::<Result<_>>()?,
    })
}

impl Contexts {
    /// The words that fit into a context of `context` tokens, by the tokenizer at index `tokenizer`; not a
    /// number if there is none.
    pub fn words(&self, tokenizer: usize, context: usize) -> f64 {
        self.tokenizers
            .get(tokenizer)
            .map_or(f64::NAN, |(_, f)| context as f64 / f)
    }

    /// A row for each context: the words by each tokenizer, and pages by the first.
    pub fn table(&self) -> Table {
        let mut columns = vec![Column::new("context, tokens").grouped()];
        columns.extend(
            (self.tokenizers.iter()).map(|(name, _)| Column::new(format!("words, {name}")).grouped()),
        );
        columns.push(Column::new("pages").grouped());
        let row = |&context: &usize| {
            let mut row: Vec<Cell> = vec![context.into()];
            row.extend((0..self.tokenizers.len()).map(|t| self.words(t, context).into()));
            row.push((self.words(0, context) / WORDS_A_PAGE).into());
            row
        };
        Table::new(columns)
            .rows(self.contexts.iter().map(row))
            .note(format!("A page is {WORDS_A_PAGE} words, by the first tokenizer."))
    }
}

crate::show::shown_as_table!(Contexts);
