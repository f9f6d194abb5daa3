//! The unigram model: every token has a probability, and a text is cut in the most likely way.
//!
//! A cut x₁ … xₘ of a text has the probability p(x₁) · … · p(xₘ), each token drawn by itself. The best cut is found by
//! Viterbi over the lattice of all cuts (`lattice.rs`). As a cut has a probability, the n best cuts and random cuts are
//! there for the asking: a model that sees other cuts of the same words is more robust (subword regularisation).
//!
//! Spaces belong to tokens: the space before a word is written `▁` and is the first character of the word's first
//! token, and a text is read as if it had a space in front. So decoding is putting tokens side by side.
//!
//! Source: Kudo (2018), *Subword Regularization: Improving Neural Network Translation Models with Multiple Subword
//! Candidates*; the program is SentencePiece (Kudo and Richardson 2018).

mod encode;
mod lattice;
mod train;
mod trie;

pub use train::UnigramTraining;

use std::fmt;

use super::bpe::cache::Pool;
use super::vocab::Tokens;
use crate::corpus::grouped;
use crate::rng::Rng;
use crate::{Error, Result};
use lattice::{Edge, Model, n_best, sample};
use trie::Trie;

/// How much less likely an unknown character is than the least likely token, as SentencePiece has it.
const UNKNOWN_PENALTY: f32 = 10.0;
/// Places of the cache of words. It is larger than a byte-pair encoding's, since a word that is not in it costs more: all its
/// cuts are weighed.
const PLACES: usize = 1 << 16;
/// The character that stands for a space in vocabularies.
const SPACE: char = '▁';

/// A unigram tokenizer.
///
/// ```
/// use course::tokenize::{Tokenizer, Unigram};
/// let pieces = [("<unk>", 0.0), ("▁", -3.0), ("h", -4.0), ("u", -4.0), ("g", -4.0), ("hug", -5.0), ("▁hu", -6.5)];
/// let t = Unigram::new(pieces.map(|(p, score)| (p.to_owned(), score)).into(), 0)?;
/// assert_eq!(t.encode("hug").written(), ["▁", "hug"]);
/// assert_eq!(t.n_best("hug", 2)[1].0, -10.5);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Unigram {
    name: String,
    /// What each token puts into a text.
    tokens: Tokens,
    /// How the vocabulary writes them.
    written: Tokens,
    model: Model,
    /// The tokens of the 256 bytes, if there are such.
    bytes: Option<Box<[u32; 256]>>,
    /// Whether a space is put in front of a text.
    prefix: bool,
    /// Whether spaces at the ends go and several are one, as SentencePiece does.
    collapse: bool,
    /// Whether a space is only ever the first character of a token, so that words can be cut one by one.
    by_word: bool,
    pool: Pool,
}

impl Unigram {
    /// The tokenizer of these tokens, `▁` for a space, each with its log-probability; the place in the list is the number,
    /// and `unknown` is the one for a character that has no token. Tokens `<0x00>` to `<0xFF>`, if all are there, stand for
    /// the bytes of such a character.
    ///
    /// # Errors
    /// `unknown` is not in the list, a token is empty or there twice, a score is not finite.
    pub fn new(pieces: Vec<(String, f32)>, unknown: u32) -> Result<Self> {
        Self::build(pieces, unknown, true)
    }

    fn build(pieces: Vec<(String, f32)>, unknown: u32, with_bytes: bool) -> Result<Self> {
        if unknown as usize >= pieces.len() {
            let expected = format!("a number below {}", pieces.len());
            return Err(Error::value("the unknown token", expected, unknown.to_string()));
        }
        if let Some((piece, score)) = pieces.iter().find(|p| p.0.is_empty() || !p.1.is_finite()) {
            let got = format!("{piece:?} with {score}");
            return Err(Error::value("a piece", "a text and a finite score", got));
        }
        let written = Tokens::new(pieces.iter().map(|p| &p.0));
        if let Some(token) = written.twice() {
            let got = format!("{:?} twice", String::from_utf8_lossy(token));
            return Err(Error::value("the pieces", "each piece once", got));
        }
        let byte = |b: usize| written.id(format!("<0x{b:02X}>").as_bytes());
        let mut bytes = Box::new([0; 256]);
        let all = with_bytes && (0..256).all(|b| byte(b).map(|id| bytes[b] = id).is_some());
        let bytes = all.then_some(bytes);
        let value = |(id, piece): (u32, &String)| -> Vec<u8> {
            if id == unknown {
                return " \u{2047} ".into();
            }
            let of_byte = bytes.as_ref().and_then(|b| b.iter().position(|&x| x == id));
            of_byte.map_or_else(|| piece.replace(SPACE, " ").into_bytes(), |b| vec![b as u8])
        };
        let tokens = Tokens::new((0..).zip(pieces.iter().map(|p| &p.0)).map(value));
        // What the lattice is made of: neither the unknown, nor bytes, nor what is written as control tokens are.
        let special = |id: u32, piece: &str| {
            id == unknown
                || bytes.as_ref().is_some_and(|b| b.contains(&id))
                || matches!(
                    piece,
                    "<s>" | "</s>" | "<pad>" | "<mask>" | "<cls>" | "<sep>" | "<eod>"
                )
        };
        let normal: Vec<(u32, &[u8])> = (tokens.iter())
            .filter(|&(id, _)| !special(id, &pieces[id as usize].0))
            .collect();
        let least = normal
            .iter()
            .map(|&(id, _)| pieces[id as usize].1)
            .reduce(f32::min);
        let by_word = normal.iter().all(|(_, t)| t.iter().skip(1).all(|&b| b != b' '));
        let trie = Trie::new(normal.into_iter().map(|(id, t)| (t, id)));
        Ok(Self {
            name: "Unigram".to_owned(),
            model: Model {
                trie,
                scores: pieces.iter().map(|p| p.1).collect(),
                unknown,
                unknown_score: least.unwrap_or(0.0) - UNKNOWN_PENALTY,
            },
            tokens,
            written,
            bytes,
            prefix: true,
            collapse: false,
            by_word,
            pool: Pool::with_places(PLACES),
        })
    }

    /// What a file says of a model: pieces, the unknown, whether it becomes bytes, whether spaces are collapsed, and
    /// whether words are cut one by one.
    pub(super) fn read(
        pieces: Vec<(String, f32)>,
        unknown: u32,
        bytes: bool,
        collapse: bool,
        split: bool,
    ) -> Result<Self> {
        let mut made = Self::build(pieces, unknown, bytes)?;
        made.collapse = collapse;
        made.by_word |= split;
        Ok(made)
    }

    /// Takes these pieces out of the lattice; they keep their numbers.
    pub(super) fn leave_out(&mut self, ids: &[u32]) {
        let of_byte = |id: u32| self.bytes.as_ref().is_some_and(|b| b.contains(&id));
        let kept: Vec<(u32, &[u8])> = (self.tokens.iter())
            .filter(|&(id, _)| id != self.model.unknown && !of_byte(id) && !ids.contains(&id))
            .collect();
        let least = (kept.iter().map(|&(id, _)| self.model.scores[id as usize])).reduce(f32::min);
        self.model.unknown_score = least.unwrap_or(0.0) - UNKNOWN_PENALTY;
        self.by_word = kept.iter().all(|(_, t)| t.iter().skip(1).all(|&b| b != b' '));
        self.model.trie = Trie::new(kept.into_iter().map(|(id, t)| (t, id)));
    }

    /// The same, but no space is put in front of a text.
    pub(super) fn without_prefix(mut self) -> Self {
        self.prefix = false;
        self
    }

    /// The number of the unknown piece.
    pub fn unknown(&self) -> u32 {
        self.model.unknown
    }

    pub(super) fn falls_back_on_bytes(&self) -> bool {
        self.bytes.is_some()
    }

    pub(super) fn collapses_spaces(&self) -> bool {
        self.collapse
    }

    pub(super) fn cuts_by_word(&self) -> bool {
        self.by_word
    }

    /// The same with another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same, but spaces at the ends of a text are left out and several side by side are one, which SentencePiece does
    /// unless it is told not to.
    #[must_use]
    pub fn collapsing_spaces(mut self) -> Self {
        self.collapse = true;
        self
    }

    /// The log-probability of token `id`.
    pub fn score(&self, id: u32) -> Option<f32> {
        self.model.scores.get(id as usize).copied()
    }

    /// The `n` most likely cuts of `text`, the best first, each with its log-probability. There may be fewer.
    pub fn n_best(&self, text: &str, n: usize) -> Vec<(f64, Vec<u32>)> {
        let (text, _) = self.prepare(text, false);
        let mut edges = Vec::new();
        self.model.edges(&text, &mut edges);
        let paths = n_best(&edges, text.len(), n);
        paths
            .iter()
            .map(|(score, path)| (*score, self.ids_of(&text, path)))
            .collect()
    }

    /// A random cut of `text`, drawn from all cuts with probability in proportion to P(cut)^`alpha`: 1 is the model's own
    /// distribution, 0 makes all cuts equally likely, and a large number leaves the best one.
    ///
    /// ```
    /// # use course::tokenize::{Tokenizer, Unigram};
    /// # let pieces = [("<unk>", 0.0), ("▁", -3.0), ("a", -4.0), ("aa", -5.0)];
    /// # let t = Unigram::new(pieces.map(|(p, score)| (p.to_owned(), score)).into(), 0)?;
    /// let mut rng = course::rng::seeded(1);
    /// let ids = t.sample("aaaa", 0.2, &mut rng);
    /// assert_eq!(t.decode(&ids)?, "aaaa");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn sample(&self, text: &str, alpha: f64, rng: &mut Rng) -> Vec<u32> {
        let (text, _) = self.prepare(text, false);
        let mut edges = Vec::new();
        self.model.edges(&text, &mut edges);
        let path = sample(&edges, text.len(), alpha, rng);
        self.ids_of(&text, &path)
    }
}

/// Room for Viterbi.
#[derive(Default)]
struct Room {
    edges: Vec<Edge>,
    best: Vec<(f32, u32)>,
    path: Vec<Edge>,
    sums: [Vec<f64>; 2],
}

impl fmt::Display for Unigram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} pieces", self.name, grouped(self.tokens.len() as u64))
    }
}

impl fmt::Debug for Unigram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
