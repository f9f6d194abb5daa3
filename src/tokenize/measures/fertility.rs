//! Fertility: how many tokens a word is split into, and how many words are split.
//!
//! ```text
//!               tokens that words are made of              words of two or more tokens
//! fertility  =  ─────────────────────────────    split  =  ───────────────────────────
//!                          words                                      words
//! ```
//!
//! Fertility is 1 where the vocabulary has every word. It grows with the words that must be put together from
//! parts: then texts are longer, reading is slower, the context holds less, and the parts mean little on
//! their own. Both numbers are needed: a vocabulary may split few words, but split those into many parts.
//!
//! A word is what [`words`](crate::corpus::words) finds. A token belongs to a word if it covers at least one
//! byte of it. So the space in front of a word, which GPT's tokens include, makes no difference, and
//! punctuation is not counted. [`compression`](super::compression) counts the tokens of everything.
//!
//! Source: Rust, Pfeiffer, Vulić, Ruder and Gurevych (2021), *How Good is Your Tokenizer? On the Monolingual
//! Performance of Multilingual Language Models*, section 3.2. The name comes from machine translation, where
//! it is the number of words that one word becomes. Left out: languages that put no spaces between words.

use std::collections::BTreeMap;

use super::fold::{fold, nothing, ratio};
use crate::Result;
use crate::corpus::{Cut, Texts};
use crate::plot::{self, Bars, Column, Table};
use crate::tokenize::{Token, Tokenizer};

/// How many of the most split words are kept.
const MOST_SPLIT: usize = 12;
/// Words with more tokens than this share one bar.
const LAST_BAR: usize = 8;

/// How many tokens words are split into. [`fertility`] counts it.
#[derive(Clone, PartialEq)]
pub struct Fertility {
    name: String,
    /// At index k: how many words have k tokens.
    by_tokens: Vec<u64>,
    most_split: Vec<(String, Vec<String>)>,
}

/// Counts how many tokens the words of `texts` are split into.
///
/// ```
/// use course::tokenize::{WordPiece, measures::fertility};
/// let f = fertility(&WordPiece::bert(), &["Tokenization isn't magic."])?;
/// // token|ization, isn|'|t, magic
/// assert_eq!((f.n_tokens(), f.n_words(), f.fertility()), (6, 3, 2.0));
/// assert_eq!(f.split_share(), 2.0 / 3.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts returns; texts without a word.
pub fn fertility(tokenizer: &dyn Tokenizer, texts: &dyn Texts) -> Result<Fertility> {
    let all = fold(
        texts,
        |count: &mut Count, text| count.add(tokenizer, text),
        Count::merge,
    )?;
    if all.by_tokens.iter().sum::<u64>() == 0 {
        return Err(nothing("at least one word"));
    }
    Ok(Fertility {
        name: tokenizer.name().to_owned(),
        by_tokens: all.by_tokens,
        most_split: (all.most_split.into_iter())
            .map(|((_, word), pieces)| (word, pieces))
            .collect(),
    })
}

/// Counts a word of `n` tokens.
fn count_word(by_tokens: &mut Vec<u64>, n: usize) {
    if by_tokens.len() <= n {
        by_tokens.resize(n + 1, 0);
    }
    by_tokens[n] += 1;
}

#[derive(Default)]
pub(super) struct Count {
    pub(super) by_tokens: Vec<u64>,
    /// Ordered by the number of tokens, the most first, and then alphabetically.
    most_split: BTreeMap<(std::cmp::Reverse<usize>, String), Vec<String>>,
    /// Working space for the tokens of a text.
    tokens: Vec<Token>,
}

impl Count {
    pub(super) fn add(&mut self, tokenizer: &dyn Tokenizer, text: &str) {
        self.tokens.clear();
        tokenizer.push_tokens(text, &mut self.tokens);
        let mut first = 0;
        for word in Cut::Words.places(text) {
            while self.tokens.get(first).is_some_and(|t| t.end <= word.start) {
                first += 1;
            }
            let of_word: Vec<&Token> = (self.tokens[first..].iter())
                .take_while(|t| t.start < word.end)
                .filter(|t| t.start < t.end && t.end > word.start)
                .collect();
            let n = of_word.len();
            count_word(&mut self.by_tokens, n);
            let fewest = (self.most_split.last_key_value()).map_or(1, |((n, _), _)| n.0);
            if n > 1 && (self.most_split.len() < MOST_SPLIT || n >= fewest) {
                let pieces = (of_word.iter())
                    .filter_map(|t| tokenizer.token_text(t.id))
                    .collect();
                let key = (std::cmp::Reverse(n), text[word].to_owned());
                self.most_split.insert(key, pieces);
                if self.most_split.len() > MOST_SPLIT {
                    self.most_split.pop_last();
                }
            }
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        let n = self.by_tokens.len().max(other.by_tokens.len());
        self.by_tokens.resize(n, 0);
        (self.by_tokens.iter_mut().zip(other.by_tokens)).for_each(|(sum, n)| *sum += n);
        self.most_split.extend(other.most_split);
        while self.most_split.len() > MOST_SPLIT {
            self.most_split.pop_last();
        }
    }
}

impl Fertility {
    /// Of words of so many tokens each.
    pub(crate) fn of_words(tokens: &[usize]) -> Self {
        let mut by_tokens = Vec::new();
        tokens.iter().for_each(|&n| count_word(&mut by_tokens, n));
        Self {
            name: String::new(),
            by_tokens,
            most_split: Vec::new(),
        }
    }

    /// Tokens per word: the number of tokens in words, divided by the number of words.
    pub fn fertility(&self) -> f64 {
        ratio(self.n_tokens(), self.n_words())
    }

    /// The share of words that have two or more tokens, from 0 to 1.
    pub fn split_share(&self) -> f64 {
        ratio(self.by_tokens.iter().skip(2).sum(), self.n_words())
    }

    /// How many words there are.
    pub fn n_words(&self) -> u64 {
        self.by_tokens.iter().sum()
    }

    /// How many tokens the words have.
    pub fn n_tokens(&self) -> u64 {
        self.by_tokens.iter().zip(0_u64..).map(|(n, k)| n * k).sum()
    }

    /// At index k: how many words have k tokens. Index 0 is for words that the tokenizer leaves out.
    pub fn by_tokens(&self) -> &[u64] {
        &self.by_tokens
    }

    /// The words with the most tokens, a dozen at most, each with its tokens.
    pub fn most_split(&self) -> &[(String, Vec<String>)] {
        &self.most_split
    }

    /// How many words have one token, two, three, …
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("tokens a word"),
            Column::new("words").grouped(),
            Column::new("share").percent(1).bars(),
        ];
        let rows = (self.by_tokens.iter().enumerate()).filter(|(_, n)| **n > 0);
        Table::new(columns)
            .title(format!("Fertility of {}", self.name))
            .rows(rows.map(|(k, &n)| (k, n, ratio(n, self.n_words()))))
            .note(format!(
                "fertility {:.3}; {:.1} % of the words are split",
                self.fertility(),
                100.0 * self.split_share()
            ))
    }

    /// The words with the most tokens, each with its tokens, as a table.
    pub fn most_split_table(&self) -> Table {
        Table::new(["word", "tokens", "written"])
            .title(format!("Most split by {}", self.name))
            .rows((self.most_split.iter()).map(|(word, pieces)| (word, pieces.len(), pieces.join(" "))))
    }

    /// The share of words that have one token, two, three, … as bars.
    pub fn plot(&self) -> Bars {
        let n_words = self.n_words();
        let first = usize::from(self.by_tokens.first() == Some(&0));
        let last = self.by_tokens.len().min(LAST_BAR);
        let mut names: Vec<String> = (first..last).map(|k| k.to_string()).collect();
        let mut shares: Vec<f64> = (first..last).map(|k| ratio(self.by_tokens[k], n_words)).collect();
        let more: u64 = self.by_tokens.iter().skip(last).sum();
        if more > 0 {
            names.push(format!("{last} or more"));
            shares.push(ratio(more, n_words));
        }
        plot::bars(names, shares)
            .percent(1)
            .title(format!(
                "{}: fertility {:.2}, {:.0} % of the words split",
                self.name,
                self.fertility(),
                100.0 * self.split_share()
            ))
            .x_label("share of the words")
            .y_label("tokens a word")
    }
}

crate::show::shown_as_table!(Fertility);
