//! Byte-pair encoding: a vocabulary built from the most frequent pairs, and texts encoded by the same merges.
//!
//! | what | where |
//! |---|---|
//! | learning, to read | [`bpe_plain`] |
//! | encoding and decoding, to read | [`bpe_encode_plain`], [`bpe_decode_plain`] |
//! | learning fast | [`Bpe::train`] |
//! | encoding | [`Bpe`] as a [`Tokenizer`](super::Tokenizer), [`Bpe::encode_bytes`] |
//! | the same with a smaller vocabulary | [`Bpe::first`] |
//! | special tokens, and what they open | [`Bpe::ids_with_special`] |
//! | another cut of the same text each time | [`Bpe::ids_with_dropout`] |
//! | the vocabularies of GPT | [`Gpt`] |

pub(super) mod cache;
mod encode;
#[cfg(feature = "nn")]
mod gpt;
pub(super) mod learn;
pub(super) mod merge;
pub(crate) mod plain;
mod plain_encode;
mod special;
pub(super) mod table;
mod train;

#[cfg(feature = "nn")]
pub use gpt::Gpt;
pub use plain::bpe_plain;
pub use plain_encode::{bpe_decode_plain, bpe_encode_plain};
pub use special::Special;
pub use train::{BpeTraining, Level};

use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

use super::Pattern;
use super::decode::Decoding;
use super::spaces::{Prefix, Spaces};
use super::unigram::trie::Trie;
use super::vocab::{Tokens, Vocab};
use crate::{Error, Result};
use cache::Pool;
use merge::{Merges, Part};
use table::{Key, PairMap, ShortMap, pair};

/// A byte-pair encoding.
///
/// At byte level every text and every string of bytes has an encoding, and decoding restores it. At character
/// level, a character that is not in the vocabulary becomes its bytes if the vocabulary has those, and
/// otherwise the unknown token.
///
/// ```
/// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
/// let texts = ["the cat sat on the mat", "the rat sat on the cat"];
/// let t = Bpe::train(&texts, &BpeTraining { vocab_size: 266, ..Default::default() })?;
/// assert_eq!(t.encode("the hat").written(), ["the", " ", "h", "at"]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Bpe {
    pub(super) scheme: Scheme,
    pub(super) vocab: Vocab,
    pub(super) merges: Merges,
    /// Short pieces that are a single token.
    words: ShortMap,
    pool: Pool,
}

/// All about a [`Bpe`] but its tokens.
#[derive(Clone)]
pub(super) struct Scheme {
    /// The merges in the order of their ranks: the two tokens, and the token that they become.
    pub(super) merges: Vec<(u32, u32, u32)>,
    pub(super) ranks: Ranks,
    pub(super) symbols: Symbols,
    pub(super) cut: Cut,
    pub(super) spaces: Spaces,
    pub(super) decoding: Decoding,
    /// The pieces that the user of SentencePiece gave. They are cut out of every text and never merge.
    pub(super) given: Option<Trie>,
    /// Whether a piece that is a token becomes that token, whatever the merges would make of it.
    pub(super) whole: bool,
    pub(super) special: Vec<(String, u32)>,
}

impl Scheme {
    /// These merges, in the order of their ranks. A text is one piece, and it is taken as it is.
    pub(super) fn new(merges: Vec<(u32, u32, u32)>, symbols: Symbols) -> Self {
        Self {
            merges,
            ranks: Ranks::Position,
            symbols,
            cut: Cut::Nowhere,
            spaces: Spaces::with(Prefix::None),
            decoding: Decoding::Fused { strip: false },
            given: None,
            whole: false,
            special: Vec::new(),
        }
    }
}

/// What a piece is before the first merge.
#[derive(Clone)]
pub(super) enum Symbols {
    /// Its bytes: the token of each.
    Bytes(Box<[u32; 256]>),
    /// Its characters.
    Chars {
        ids: HashMap<char, u32>,
        /// The tokens for the bytes of an unknown character.
        bytes: Option<Box<[u32; 256]>>,
        /// The token for a character that has none of these.
        unknown: Option<u32>,
        /// Whether several unknown characters side by side become one token.
        fuse: bool,
    },
}

/// Where a text is cut before any merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Pattern(Pattern),
    /// Before every space.
    Spaces,
    /// Nowhere: the text is one piece.
    Nowhere,
}

/// What decides which merge comes first: the lowest rank, and among equal ranks the leftmost pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ranks {
    /// Its position in the list.
    Position,
    /// The id of its token.
    Id,
    /// What this list gives for its token.
    OfToken(Vec<u32>),
}

impl Bpe {
    pub(super) fn made(tokens: Vec<Vec<u8>>, written: Option<Vec<String>>, scheme: Scheme) -> Result<Self> {
        let (tokens, written) = (Tokens::new(tokens), written.map(Tokens::new));
        if let Some(token) = written.as_ref().unwrap_or(&tokens).twice() {
            let got = format!("{:?} twice", super::tokenizer::readable(token));
            return Err(Error::value("the vocabulary", "each token once", got));
        }
        let mut merges = PairMap::with_capacity(scheme.merges.len());
        for (place, &(a, b, new)) in (0_u64..).zip(&scheme.merges) {
            let rank = match &scheme.ranks {
                Ranks::Position => place,
                Ranks::Id => u64::from(new),
                Ranks::OfToken(ranks) => u64::from(ranks.get(new as usize).copied().unwrap_or(new)),
            };
            // A pair that was learned twice gets its last rank, as in the `tokenizers` library.
            *merges.entry(pair(a, b)) = rank << 32 | u64::from(new);
        }
        let unknown = match &scheme.symbols {
            Symbols::Chars {
                unknown, bytes: None, ..
            } => *unknown,
            _ => None,
        };
        let mut bpe = Self {
            words: ShortMap::with_capacity(tokens.len()),
            vocab: Vocab::new("BPE", tokens, written, unknown),
            merges: Merges(merges),
            scheme,
            pool: Pool::default(),
        };
        bpe.words = bpe.one_token_pieces();
        Ok(bpe)
    }

    /// The short pieces that are encoded as one token: every token, or those that the merges make from their
    /// own bytes.
    fn one_token_pieces(&self) -> ShortMap {
        let all: Vec<(u32, &[u8])> = (self.vocab.tokens.iter())
            .filter(|&(id, _)| !self.scheme.special.iter().any(|s| s.1 == id))
            .collect();
        let kept: Vec<(Key, u32)> = (all.par_iter())
            .filter_map(|&(id, bytes)| {
                let key = Key::of(bytes, 0, bytes.len())?;
                let text = std::str::from_utf8(bytes);
                if let (Symbols::Chars { .. }, Err(_)) = (&self.scheme.symbols, text) {
                    return None;
                }
                let (mut parts, mut ranks) = (Vec::<Part>::new(), Vec::new());
                if !self.scheme.whole {
                    self.start(bytes, &mut parts);
                    self.merges.apply(&mut parts, &mut ranks);
                }
                (self.scheme.whole || matches!(*parts, [part] if part.id == id)).then_some((key, id))
            })
            .collect();
        let mut words = ShortMap::with_capacity(kept.len());
        for (key, id) in kept {
            *words.entry(key) = u64::from(id);
        }
        words
    }

    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.vocab.name = name.into();
        self
    }

    /// The merges in the order in which they were learned: the ids of the two tokens and of the token that
    /// they become.
    pub fn merges(&self) -> &[(u32, u32, u32)] {
        &self.scheme.merges
    }

    /// The encoding that keeps the first `vocab_size` tokens of this one and the merges that make them. For a
    /// trained encoding the result is what training for that size would give, so one training is enough for
    /// all sizes.
    ///
    /// ```
    /// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
    /// let train = |vocab_size| Bpe::train(&["low lower lowest"], &BpeTraining { vocab_size, ..Default::default() });
    /// assert_eq!(train(262)?.first(258)?.merges(), train(258)?.merges());
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A size that is larger than this one's, or too small for the alphabet and the special tokens.
    pub fn first(&self, vocab_size: usize) -> Result<Self> {
        let all = self.vocab.tokens.len();
        let made: HashSet<u32> = self.scheme.merges.iter().map(|m| m.2).collect();
        let least = (0..all as u32)
            .rev()
            .find(|id| !made.contains(id))
            .map_or(0, |id| id as usize + 1);
        if !(least..=all).contains(&vocab_size) {
            let expected = format!("{least}, for alphabet and special tokens, to {all}");
            return Err(Error::value("the size of the vocabulary", expected, vocab_size));
        }
        let kept = |tokens: &Tokens| -> Vec<Vec<u8>> {
            let token = |id| tokens.get(id).unwrap_or_default().to_vec();
            (0..vocab_size as u32).map(token).collect()
        };
        let text = |token: Vec<u8>| String::from_utf8_lossy(&token).into_owned();
        let names = self
            .vocab
            .written
            .as_ref()
            .map(|written| kept(written).into_iter().map(text).collect());
        let mut scheme = self.scheme.clone();
        scheme.merges.retain(|m| (m.2 as usize) < vocab_size);
        Ok(Self::made(kept(&self.vocab.tokens), names, scheme)?.named(self.vocab.name.clone()))
    }

    /// The special tokens and their ids.
    pub fn special_tokens(&self) -> &[(String, u32)] {
        &self.scheme.special
    }
}

crate::show::shown_as_line!(Bpe, |this| {
    let level = match this.scheme.symbols {
        Symbols::Bytes(_) => "bytes",
        Symbols::Chars { .. } => "characters",
    };
    format!("{}, merged from {level}", this.vocab)
});

/// The bytes in the order in which byte-level vocabularies number them: first those that are printing
/// characters of Latin-1, then the others.
pub(super) fn byte_order() -> impl Iterator<Item = u8> {
    let printing = |b: &u8| matches!(b, 33..=126 | 161..=172 | 174..=255);
    (0..=255)
        .filter(printing)
        .chain((0..=255).filter(move |b| !printing(b)))
}
