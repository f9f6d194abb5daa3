//! What the same text costs in other languages.
//!
//! The Universal Declaration of Human Rights says the same in every language. So its tokens can be compared,
//! while its letters cannot. For a language L and a tokenizer t the **premium** is
//!
//! ```text
//! premium(L, t) = tokens of the Declaration in L / tokens of it in English
//! ```
//!
//! For a language with premium 4, a reader pays four times the price for the same answer, waits four times as
//! long, and has a quarter of the context. There are three causes, which can be told apart: UTF-8 writes
//! Latin letters with one byte and Devanagari with three; the vocabulary was learned from text with little of
//! the language; and a language may say the same with fewer, longer words.
//!
//! A tokenizer that writes `[UNK]` for what it does not know looks cheap but has thrown the text away. So the
//! share of unknown tokens is kept, and a table leaves the number out where that share is more than one in
//! twenty.
//!
//! Source: Petrov, La Malfa, Torr and Bibi (2023), *Language Model Tokenizers Introduce Unfairness Between
//! Languages*; Ahia et al. (2023), *Do All Languages Cost the Same?* Both use FLORES instead of the
//! Declaration.

use super::fold::{nothing, ratio};
use crate::data::udhr::{Declaration, declarations};
use crate::plot::{self, Cell, Column, HeatMap, Table};
use crate::tokenize::Tokenizer;
use crate::{Error, Result};
use rayon::prelude::*;

/// The share of unknown tokens above which a count of tokens says nothing.
const MOST_UNKNOWN: f64 = 0.05;

/// The tokens of the Declaration in several languages. [`tokens_by_language`] counts them.
#[derive(Clone, PartialEq)]
pub struct ByLanguage {
    tokenizers: Vec<String>,
    languages: Vec<Language>,
}

#[derive(Clone, PartialEq)]
struct Language {
    name: String,
    script: String,
    bytes: u64,
    /// For each tokenizer, the number of all tokens and of unknown ones.
    tokens: Vec<(u64, u64)>,
}

/// Counts the tokens of the Declaration in all languages that the pack has, with English first.
///
/// ```
/// use course::tokenize::{WordPiece, measures::tokens_by_language};
/// let by_language = tokens_by_language(&[&WordPiece::bert()])?;
/// assert_eq!(by_language.premium("English", 0)?, 1.0);
/// assert!(by_language.premium("Finnish", 0)? > 1.5);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// No tokenizer, or one that gives no token for English.
pub fn tokens_by_language(tokenizers: &[&dyn Tokenizer]) -> Result<ByLanguage> {
    let all: Vec<&Declaration> = declarations().iter().collect();
    count(tokenizers, &all)
}

/// The same for some languages, given by name or code. English is always included, and comes first.
///
/// # Errors
/// Those of [`tokens_by_language`], and a language that the pack does not have.
pub fn tokens_by_language_of(tokenizers: &[&dyn Tokenizer], languages: &[&str]) -> Result<ByLanguage> {
    let mut chosen: Vec<&Declaration> = declarations().iter().take(1).collect();
    for language in languages {
        let code = crate::data::udhr::declaration(language)?.code;
        if let Some(d) = declarations().iter().find(|d| d.code == code)
            && !chosen.iter().any(|c| c.code == code)
        {
            chosen.push(d);
        }
    }
    count(tokenizers, &chosen)
}

fn count(tokenizers: &[&dyn Tokenizer], declarations: &[&Declaration]) -> Result<ByLanguage> {
    if tokenizers.is_empty() {
        return Err(Error::value("the tokenizers", "at least one", "none"));
    }
    let language = |d: &&Declaration| {
        let text = d.text();
        let count = |t: &&dyn Tokenizer| {
            let (ids, unknown) = (t.ids(&text), t.unknown_id());
            let n_unknown = ids.iter().filter(|&&id| Some(id) == unknown).count();
            (ids.len() as u64, n_unknown as u64)
        };
        Language {
            name: d.name.clone(),
            script: d.script.clone(),
            bytes: text.len() as u64,
            tokens: tokenizers.iter().map(count).collect(),
        }
    };
    let languages: Vec<Language> = declarations.par_iter().map(language).collect();
    match languages.first() {
        Some(english) if english.tokens.iter().all(|t| t.0 > 0) => Ok(ByLanguage {
            tokenizers: tokenizers.iter().map(|t| t.name().to_owned()).collect(),
            languages,
        }),
        _ => Err(nothing("at least one token in English")),
    }
}

impl ByLanguage {
    /// The names of the languages, with English first.
    pub fn languages(&self) -> Vec<&str> {
        self.languages.iter().map(|l| l.name.as_str()).collect()
    }

    /// The names of the tokenizers.
    pub fn tokenizers(&self) -> Vec<&str> {
        self.tokenizers.iter().map(String::as_str).collect()
    }

    fn find(&self, language: &str, tokenizer: usize) -> Result<(&Language, (u64, u64))> {
        let found = (self.languages.iter().find(|l| l.name == language)).ok_or_else(|| {
            let names = self.languages.iter().map(|l| l.name.clone()).collect();
            Error::unknown("language", language, names)
        })?;
        let tokens = found.tokens.get(tokenizer).copied().ok_or_else(|| {
            let expected = format!("a place below {}", self.tokenizers.len());
            Error::value("the tokenizer", expected, tokenizer)
        })?;
        Ok((found, tokens))
    }

    /// How many tokens the Declaration in `language` has by `tokenizer`, counted from 0.
    ///
    /// # Errors
    /// No such language or tokenizer.
    pub fn tokens(&self, language: &str, tokenizer: usize) -> Result<u64> {
        Ok(self.find(language, tokenizer)?.1.0)
    }

    /// The number of tokens in `language`, divided by that in English.
    ///
    /// # Errors
    /// No such language or tokenizer.
    pub fn premium(&self, language: &str, tokenizer: usize) -> Result<f64> {
        let (_, (tokens, _)) = self.find(language, tokenizer)?;
        Ok(ratio(tokens, self.languages[0].tokens[tokenizer].0))
    }

    /// The share of tokens in `language` that only say that something is not in the vocabulary.
    ///
    /// # Errors
    /// No such language or tokenizer.
    pub fn unknown_share(&self, language: &str, tokenizer: usize) -> Result<f64> {
        let (_, (tokens, unknown)) = self.find(language, tokenizer)?;
        Ok(ratio(unknown, tokens))
    }

    /// The same, with the languages sorted by their premium for `tokenizer` (counted from 0). English stays
    /// first.
    ///
    /// # Errors
    /// No such tokenizer.
    pub fn sorted(mut self, tokenizer: usize) -> Result<Self> {
        self.find("English", tokenizer)?;
        let key = |l: &Language| l.tokens[tokenizer].0;
        if let Some(others) = self.languages.get_mut(1..) {
            others.sort_by_key(key);
        }
        Ok(self)
    }

    /// The premium as it is shown: `None` where too much is unknown.
    fn shown(&self, language: &Language, tokenizer: usize) -> Option<f64> {
        let (tokens, unknown) = language.tokens[tokenizer];
        (ratio(unknown, tokens) <= MOST_UNKNOWN).then(|| ratio(tokens, self.languages[0].tokens[tokenizer].0))
    }

    /// The premium of each language, with a column for each tokenizer.
    pub fn table(&self) -> Table {
        let mut columns = vec![
            Column::new("language"),
            Column::new("script"),
            Column::new("bytes").decimals(2),
        ];
        columns.extend(
            (self.tokenizers.iter()).map(|name| Column::new(name).decimals(2).shaded().range(0.0, 6.0)),
        );
        let english = self.languages[0].bytes;
        let row = |l: &Language| {
            let mut row: Vec<Cell> = vec![
                l.name.clone().into(),
                l.script.clone().into(),
                ratio(l.bytes, english).into(),
            ];
            row.extend((0..self.tokenizers.len()).map(|t| self.shown(l, t).into()));
            row
        };
        let lost =
            (self.languages.iter()).any(|l| (0..self.tokenizers.len()).any(|t| self.shown(l, t).is_none()));
        let table = Table::new(columns)
            .title("The Declaration, in relation to English")
            .rows(self.languages.iter().map(row));
        if lost {
            table.note("An empty place: more than one token in twenty is unknown there.")
        } else {
            table
        }
    }

    /// The premium of each language as a heat map with the numbers written in it.
    pub fn plot(&self) -> HeatMap {
        let row = |l: &Language| -> Vec<f64> {
            (0..self.tokenizers.len())
                .map(|t| self.shown(l, t).unwrap_or(f64::NAN))
                .collect()
        };
        plot::heat_map(self.languages.iter().map(row).collect::<Vec<_>>())
            .rows(self.languages())
            .columns(self.tokenizers())
            .decimals(1)
            .title("Tokens for one token of English")
    }

    /// How often the whole Declaration fits into a context of `context` tokens, with a column for each
    /// tokenizer.
    pub fn in_context(&self, context: usize) -> Table {
        let mut columns = vec![Column::new("language")];
        columns.extend((self.tokenizers.iter()).map(|name| Column::new(name).decimals(1).bars()));
        let row = |l: &Language| {
            let mut row: Vec<Cell> = vec![l.name.clone().into()];
            row.extend((l.tokens.iter().zip(0..)).map(|(&(n, _), t)| {
                let fits = self.shown(l, t).map(|_| ratio(context as u64, n));
                Cell::from(fits)
            }));
            row
        };
        Table::new(columns)
            .title(format!(
                "How often the Declaration fits into {} tokens",
                crate::corpus::grouped(context as u64)
            ))
            .rows(self.languages.iter().map(row))
    }
}

crate::show::shown_as_table!(ByLanguage);
