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

mod lattice;
mod train;
mod trie;

pub use train::UnigramTraining;

use std::fmt;

use super::bpe::cache::Pool;
use super::bpe::merge::Part;
use super::bpe::table::Key;
use super::tokenizer::no_token;
use super::vocab::Tokens;
use super::{Token, Tokenizer};
use crate::corpus::grouped;
use crate::rng::Rng;
use crate::{Error, Result};
use lattice::{Edge, Model, n_best, sample, viterbi};
use trie::Trie;

/// How much less likely an unknown character is than the least likely token, as SentencePiece has it.
const UNKNOWN_PENALTY: f32 = 10.0;
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
            pool: Pool::default(),
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

    /// The text as it is cut, and for each byte of it where it came from, if asked for: with a space in front, and `▁` as a
    /// space, for both are the same to the model. Only where spaces are collapsed are they not quite: `▁` is left alone but
    /// at the end.
    fn prepare(&self, text: &str, with_places: bool) -> (String, Vec<usize>) {
        let (mut out, mut places) = (String::with_capacity(text.len() + 1), Vec::new());
        let text = if self.collapse {
            text.trim_end_matches([' ', SPACE])
        } else {
            text
        };
        if self.prefix && !text.is_empty() && (self.collapse || !text.starts_with([' ', SPACE])) {
            out.push(' ');
            if with_places {
                places.push(0);
            }
        }
        let mut after_space = true;
        for (i, c) in text.char_indices() {
            if self.collapse && c == ' ' && after_space {
                if with_places && let Some(last) = places.last_mut() {
                    *last = i;
                }
                continue;
            }
            after_space = c == ' ';
            out.push(if c == SPACE { ' ' } else { c });
            if with_places {
                places.resize(out.len(), i);
            }
        }
        if with_places {
            places.push(text.len());
        }
        (out, places)
    }

    /// Calls `f` with the place of each piece that is cut by itself.
    fn each_piece(&self, text: &str, mut f: impl FnMut(usize, usize)) {
        let mut start = 0;
        if self.by_word {
            for (i, _) in text.match_indices(' ') {
                if i > start {
                    f(start, i);
                }
                start = i;
            }
        }
        if start < text.len() {
            f(start, text.len());
        }
    }

    /// Calls `f` with each token of a path and how many bytes of the piece it stands for: unknown characters side by side
    /// are one token, or the bytes of all of them.
    fn each_token(&self, piece: &str, path: &[Edge], mut f: impl FnMut(u32, u32)) {
        let mut unknown: Option<(u32, u32)> = None;
        for edge in path {
            if edge.id != self.model.unknown {
                if let Some((start, end)) = unknown.take() {
                    f(self.model.unknown, end - start);
                }
                f(edge.id, edge.end - edge.start);
            } else if let Some(bytes) = &self.bytes {
                let here = piece.as_bytes().get(edge.start as usize..edge.end as usize);
                here.unwrap_or_default()
                    .iter()
                    .for_each(|&b| f(bytes[usize::from(b)], 1));
            } else {
                unknown = Some((unknown.map_or(edge.start, |u| u.0), edge.end));
            }
        }
        if let Some((start, end)) = unknown {
            f(self.model.unknown, end - start);
        }
    }

    fn parts(&self, piece: &str, room: &mut Room, parts: &mut Vec<Part>) {
        self.model.edges(piece, &mut room.edges);
        viterbi(&room.edges, piece.len(), &mut room.best, &mut room.path);
        parts.clear();
        self.each_token(piece, &room.path, |id, len| parts.push(Part { id, len }));
    }

    fn ids_of(&self, piece: &str, path: &[Edge]) -> Vec<u32> {
        let mut ids = Vec::new();
        self.each_token(piece, path, |id, _| ids.push(id));
        ids
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

impl Tokenizer for Unigram {
    fn name(&self) -> &str {
        &self.name
    }

    fn vocab_size(&self) -> usize {
        self.tokens.len()
    }

    fn token_bytes(&self, id: u32) -> Option<&[u8]> {
        self.tokens.get(id)
    }

    fn token_text(&self, id: u32) -> Option<String> {
        Some(String::from_utf8_lossy(self.written.get(id)?).into_owned())
    }

    fn token_id(&self, token: &str) -> Option<u32> {
        self.written.id(token.as_bytes())
    }

    fn unknown_id(&self) -> Option<u32> {
        self.bytes.is_none().then_some(self.model.unknown)
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        let (prepared, places) = self.prepare(text, true);
        let (mut room, mut parts) = (Room::default(), Vec::new());
        self.each_piece(&prepared, |start, end| {
            self.parts(
                prepared.get(start..end).unwrap_or_default(),
                &mut room,
                &mut parts,
            );
            let mut at = start;
            for part in &parts {
                let end = at + part.len as usize;
                let place = |i: usize| places.get(i).copied().unwrap_or(text.len());
                // The byte of a character has the whole character's place.
                let (from, to) = (
                    place(at),
                    (end..=prepared.len()).map(place).find(|&p| p > place(end - 1)),
                );
                tokens.push(Token {
                    id: part.id,
                    start: from,
                    end: to.unwrap_or(from),
                });
                at = end;
            }
        });
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        let (text, _) = self.prepare(text, false);
        let mut room = Room::default();
        self.pool.with(|cache| {
            self.each_piece(&text, |start, end| {
                let piece = text.get(start..end).unwrap_or_default();
                let key = Key::of(text.as_bytes(), start, end).map(|key| (key, key.hash()));
                if let Some((key, hash)) = key
                    && let Some(known) = cache.get(key, hash)
                {
                    ids.extend_from_slice(known);
                    return;
                }
                self.parts(piece, &mut room, &mut cache.parts);
                if let Some((key, hash)) = key {
                    cache.keep_parts(key, hash);
                }
                ids.extend(cache.parts.iter().map(|p| p.id));
            });
        });
    }

    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(ids.len() * 4);
        for &id in ids {
            let token = self.tokens.get(id);
            bytes.extend_from_slice(token.ok_or_else(|| no_token(self.tokens.len(), id))?);
        }
        if self.prefix && bytes.first() == Some(&b' ') {
            // The space in front of the sign for the unknown is the sign's own.
            let known = ids.iter().position(|&id| id == self.model.unknown);
            let sign = known.map_or(usize::MAX, |n| {
                ids.iter()
                    .take(n)
                    .filter_map(|&id| self.tokens.get(id))
                    .map(<[u8]>::len)
                    .sum()
            });
            let all = bytes.iter().take(sign.max(1)).take_while(|&&b| b == b' ').count();
            bytes.drain(..if self.collapse { all } else { 1 });
        }
        Ok(bytes)
    }
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
