//! WordPiece: BERT's tokens. A word is cut into the longest piece that the vocabulary has, then the longest
//! piece that fits the rest, and so on. Pieces that continue a word are written with `##` in front.
//!
//! If no piece fits at some position, the whole word is `[UNK]`: one unknown character costs the word.
//! Longest match is greedy, so the cut need not be the one with the fewest pieces.
//!
//! To read: [`wordpiece_train_plain`], [`wordpiece_encode_plain`].
//!
//! Cost: at most m look-ups per piece, where m is the length of the longest piece. Words that were cut before
//! are cached.
//!
//! Source: Schuster and Nakajima (2012), *Japanese and Korean Voice Search*; Wu et al. (2016), *Google's
//! Neural Machine Translation System*; Devlin et al. (2018), *BERT*.

mod normalize;
mod plain_encode;
mod plain_train;
mod train;

pub use normalize::Normalization;
pub use plain_encode::wordpiece_encode_plain;
pub use plain_train::wordpiece_train_plain;
pub use train::{Score, WordPieceTraining};

use std::collections::HashSet;

use super::bpe::cache::Pool;
use super::bpe::merge::Part;
use super::bpe::table::{Key, ShortMap};
use super::tokenizer::no_token;
use super::vocab::{Tokens, Vocab};
use super::{Token, Tokenizer};
use crate::data::bert_vocab;
use crate::{Error, Result};

/// A word with more characters than this is `[UNK]`, as in BERT's program.
pub(super) const LONGEST_WORD: usize = 100;

/// A WordPiece tokenizer.
///
/// ```
/// use course::tokenize::{Tokenizer, WordPiece};
/// let bert = WordPiece::bert();
/// let e = bert.encode("Tokenization isn't magic");
/// assert_eq!(e.written(), ["token", "##ization", "isn", "'", "t", "magic"]);
/// assert_eq!(bert.decode(&e.ids())?, "tokenization isn ' t magic");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct WordPiece {
    vocab: Vocab,
    unknown: u32,
    normalization: Normalization,
    /// Pieces that begin a word and pieces that continue one, by their text without `##`: the short ones.
    short: [ShortMap; 2],
    /// The length in bytes of the longest piece.
    longest: usize,
    /// Pieces that are never made from text.
    outside: HashSet<u32>,
    longest_word: usize,
    cleanup: bool,
    pool: Pool,
}

impl WordPiece {
    /// The vocabulary of BERT base uncased, which is built in.
    pub fn bert() -> Self {
        let tokens = bert_vocab::tokens().to_vec();
        // The built-in list has `[UNK]`, and has each piece once; tests of the texts check this.
        Self::build(tokens, 100, Normalization::default(), HashSet::new()).named("BERT uncased")
    }

    /// The tokenizer with these pieces; the position in the list is the id.
    ///
    /// # Errors
    /// The list lacks `[UNK]`, or has a piece twice.
    pub fn new(tokens: Vec<String>, normalization: Normalization) -> Result<Self> {
        Self::with(tokens, normalization, &HashSet::new())
    }

    /// The same; pieces with the ids `outside` are never made from text.
    pub(super) fn with(
        tokens: Vec<String>,
        normalization: Normalization,
        outside: &HashSet<u32>,
    ) -> Result<Self> {
        let Some(unknown) = tokens.iter().position(|t| t == "[UNK]") else {
            return Err(Error::value(
                "the pieces",
                "\"[UNK]\" among them",
                format!("{} others", tokens.len()),
            ));
        };
        let made = Self::build(tokens, unknown as u32, normalization, outside.clone());
        match made.vocab.tokens.twice() {
            Some(token) => {
                let got = format!("{:?} twice", String::from_utf8_lossy(token));
                Err(Error::value("the pieces", "each piece once", got))
            }
            None => Ok(made),
        }
    }

    fn build(tokens: Vec<String>, unknown: u32, normalization: Normalization, outside: HashSet<u32>) -> Self {
        let mut short = [
            ShortMap::with_capacity(tokens.len()),
            ShortMap::with_capacity(tokens.len()),
        ];
        let mut longest = 0;
        for (token, id) in tokens.iter().zip(0_u64..) {
            let (side, piece) = match token.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (1, rest),
                _ => (0, token.as_str()),
            };
            longest = longest.max(piece.len());
            if outside.contains(&(id as u32)) {
                continue;
            }
            if let Some(key) = Key::of(piece.as_bytes(), 0, piece.len()) {
                *short[side].entry(key) = id;
            }
        }
        Self {
            vocab: Vocab::new("WordPiece", Tokens::new(tokens), None, Some(unknown)),
            unknown,
            normalization,
            short,
            longest,
            outside,
            longest_word: LONGEST_WORD,
            cleanup: false,
            pool: Pool::default(),
        }
    }

    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.vocab.name = name.into();
        self
    }

    /// The steps before the cut into pieces.
    pub fn normalization(&self) -> Normalization {
        self.normalization
    }

    /// The same, with what a file says about long words and about decoding.
    pub(super) fn of_file(mut self, longest_word: usize, cleanup: bool) -> Self {
        self.longest_word = longest_word;
        self.cleanup = cleanup;
        self
    }

    /// How many characters a word may have; a longer one is `[UNK]`.
    pub(super) fn longest_word(&self) -> usize {
        self.longest_word
    }

    /// Whether decoding removes spaces before punctuation.
    pub(super) fn cleans_up(&self) -> bool {
        self.cleanup
    }

    /// The id of `[UNK]`.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    fn piece(&self, word: &str, start: usize, end: usize) -> Option<u32> {
        match Key::of(word.as_bytes(), start, end) {
            Some(key) => self.short[usize::from(start > 0)]
                .get(key, key.hash())
                .map(|id| id as u32),
            None => {
                let id = match start {
                    0 => self.vocab.tokens.id(word.get(..end)?.as_bytes()),
                    _ => self
                        .vocab
                        .tokens
                        .id(format!("##{}", word.get(start..end)?).as_bytes()),
                };
                id.filter(|id| !self.outside.contains(id))
            }
        }
    }

    /// The longest piece first, then the longest that fits the rest.
    fn cut(&self, word: &str, parts: &mut Vec<Part>) {
        parts.clear();
        let mut start = 0;
        if word.len() > self.longest_word && word.chars().count() > self.longest_word {
            start = usize::MAX;
        }
        while start < word.len() {
            let longest = word.len().min(start + self.longest);
            let found = (start + 1..=longest).rev().find_map(|end| {
                let is_whole = word.is_char_boundary(end);
                Some((is_whole.then(|| self.piece(word, start, end))??, end))
            });
            match found {
                Some((id, end)) => {
                    let len = (end - start) as u32;
                    parts.push(Part { id, len });
                    start = end;
                }
                None => start = usize::MAX,
            }
        }
        if start == usize::MAX {
            let (id, len) = (self.unknown, word.len() as u32);
            parts.clear();
            parts.push(Part { id, len });
        }
    }

    fn written(&self, id: u32) -> Option<&str> {
        std::str::from_utf8(self.vocab.tokens.get(id)?).ok()
    }
}

impl Tokenizer for WordPiece {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    /// Without `##`. The spaces between words belong to no token.
    fn token_bytes(&self, id: u32) -> Option<&[u8]> {
        let token = self.vocab.tokens.get(id)?;
        let rest = token.strip_prefix(b"##").filter(|rest| !rest.is_empty());
        Some(rest.unwrap_or(token))
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        let mut parts = Vec::new();
        self.normalization.words(text, true, |word, places| {
            self.cut(word, &mut parts);
            let mut at = 0;
            for part in &parts {
                let end = at + part.len as usize;
                if let (Some(first), Some(last)) = (places.get(at), places.get(end - 1)) {
                    tokens.push(Token {
                        id: part.id,
                        start: first.0,
                        end: last.1,
                    });
                }
                at = end;
            }
        });
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        self.pool.with(|cache| {
            self.normalization.words(text, false, |word, _| {
                let Some(key) = Key::of(word.as_bytes(), 0, word.len()) else {
                    self.cut(word, &mut cache.parts);
                    ids.extend(cache.parts.iter().map(|p| p.id));
                    return;
                };
                let hash = key.hash();
                if let Some(id) = self.short[0].get(key, hash)
                    && word.len() <= self.longest_word
                {
                    ids.push(id as u32);
                } else if let Some(known) = cache.get(key, hash) {
                    ids.extend_from_slice(known);
                } else {
                    self.cut(word, &mut cache.parts);
                    cache.keep_parts(key, hash);
                    ids.extend(cache.parts.iter().map(|p| p.id));
                }
            });
        });
    }

    /// The pieces, with a space before each that begins a word. What was normalised away does not come back.
    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        let mut text = String::new();
        for (i, &id) in ids.iter().enumerate() {
            let token = self
                .written(id)
                .ok_or_else(|| no_token(self.vocab.tokens.len(), id))?;
            let piece = match token.strip_prefix("##") {
                _ if i == 0 => token.to_owned(),
                Some(rest) => rest.to_owned(),
                None => format!(" {token}"),
            };
            text += &if self.cleanup { cleaned_up(&piece) } else { piece };
        }
        Ok(text.into_bytes())
    }
}

/// A piece without the space before punctuation and short forms, as in the `tokenizers` library.
fn cleaned_up(piece: &str) -> String {
    let short = [
        (" .", "."),
        (" ?", "?"),
        (" !", "!"),
        (" ,", ","),
        (" ' ", "'"),
        (" n't", "n't"),
        (" 'm", "'m"),
        (" do not", " don't"),
        (" 's", "'s"),
        (" 've", "'ve"),
        (" 're", "'re"),
    ];
    let replaced = |text: String, (long, short): &(&str, &str)| text.replace(long, short);
    short.iter().fold(piece.to_owned(), replaced)
}

crate::show::shown_as_line!(WordPiece, |this| {
    format!("{}: {} pieces", this.vocab.name, this.vocab.size())
});
