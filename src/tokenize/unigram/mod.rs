//! The unigram model: every token has a probability, and a text is cut in the most likely way.
//!
//! A cut x₁ … xₘ of a text has the probability p(x₁) · … · p(xₘ), with each token drawn independently. The
//! best cut is found by Viterbi over the lattice of all cuts (`lattice.rs`). Because each cut has a
//! probability, the n best cuts and random cuts can be computed too. A model that sees other cuts of the same
//! words is more robust (subword regularisation).
//!
//! Spaces belong to tokens: the space before a word is written `▁` and is the first character of the word's
//! first token, and a text is read as if it had a space in front. So to decode is to put the tokens side by
//! side.
//!
//! To read: [`unigram_train_plain`], [`unigram_encode_plain`].
//!
//! Source: Kudo (2018), *Subword Regularization: Improving Neural Network Translation Models with Multiple
//! Subword Candidates*; the program is SentencePiece (Kudo and Richardson 2018).

mod encode;
mod lattice;
pub(crate) mod plain_encode;
mod plain_train;
mod train;
pub(super) mod trie;

pub use plain_encode::unigram_encode_plain;
pub use plain_train::unigram_train_plain;
pub use train::UnigramTraining;

use super::bpe::cache::Pool;
use super::decode::Decoding;
use super::spaces::{Prefix, SPACE, Spaces};
use super::vocab::{Tokens, Vocab};
use crate::rng::Rng;
use crate::{Error, Result};
use lattice::{Edge, Model, Sums, n_best, sample};
use trie::Trie;

/// How much less likely an unknown character is than the least likely token, as in SentencePiece.
const UNKNOWN_PENALTY: f64 = 10.0;
/// The number of slots in the cache of words. It is larger than for a byte-pair encoding, because a word that
/// is not in it costs more: all its cuts are weighed.
const PLACES: usize = 1 << 16;

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
    vocab: Vocab,
    model: Model,
    /// The tokens of the 256 bytes, if the vocabulary has them.
    bytes: Option<Box<[u32; 256]>>,
    control: Vec<u32>,
    spaces: Spaces,
    /// Whether a space can only be the first character of a token, so that words can be cut one by one.
    by_word: bool,
    decoding: Decoding,
    pool: Pool,
}

/// A token of a vocabulary, as in files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) score: f64,
    pub(super) role: Role,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Normal,
    /// Given by the user: it is always cut out, whatever its score.
    Given,
    Unknown,
    Byte(u8),
    /// A mark for the model, which is never made from text.
    Control,
    /// Not to be used.
    Unused,
}

/// What else a model needs.
pub(super) struct Made {
    pub(super) pieces: Vec<Piece>,
    pub(super) unknown: u32,
    /// What the unknown token puts into a text.
    pub(super) unknown_text: String,
    pub(super) spaces: Spaces,
    /// Whether texts are always cut before each space. If not, only where SentencePiece's own cut is the
    /// same.
    pub(super) split: bool,
    pub(super) decoding: Decoding,
    /// Whether the model is from SentencePiece, whose sums have single precision.
    pub(super) single: bool,
    /// Whether text with the letters of the unknown token or of a byte's token becomes that token, as in the
    /// library.
    pub(super) by_letters: bool,
}

impl Unigram {
    /// The tokenizer with these tokens, which write `▁` for a space, each with its log-probability. The
    /// position in the list is the id, and `unknown` is the id for a character that has no token. If tokens
    /// `<0x00>` to `<0xFF>` are all there, they stand for the bytes of such a character.
    ///
    /// # Errors
    /// `unknown` is not in the list; a token is empty or listed twice; a score is not finite.
    pub fn new(pieces: Vec<(String, f32)>, unknown: u32) -> Result<Self> {
        let all_bytes = (0..=255_u8).all(|b| pieces.iter().any(|p| p.0 == byte_name(b)));
        let pieces = (pieces.into_iter().zip(0..))
            .map(|((text, score), id)| Piece {
                role: match (byte_of(&text).filter(|_| all_bytes), text.as_str()) {
                    _ if id == unknown => Role::Unknown,
                    (Some(b), _) => Role::Byte(b),
                    (_, "<s>" | "</s>" | "<pad>" | "<mask>" | "<cls>" | "<sep>" | "<eod>") => Role::Control,
                    _ => Role::Normal,
                },
                text,
                score: f64::from(score),
            })
            .collect();
        Self::made(Made {
            pieces,
            unknown,
            unknown_text: " \u{2047} ".to_owned(),
            spaces: Spaces::with(Prefix::IfMissing),
            split: false,
            decoding: Decoding::Pieces {
                strip: true,
                all: false,
            },
            single: false,
            by_letters: false,
        })
    }

    pub(super) fn made(of: Made) -> Result<Self> {
        let (pieces, unknown) = (of.pieces, of.unknown);
        if unknown as usize >= pieces.len() {
            let expected = format!("a number below {}", pieces.len());
            return Err(Error::value("the unknown token", expected, unknown));
        }
        if let Some(p) = pieces.iter().find(|p| p.text.is_empty() || !p.score.is_finite()) {
            let got = format!("{:?} with {}", p.text, p.score);
            return Err(Error::value("a piece", "a text and a finite score", got));
        }
        let written = Tokens::new(pieces.iter().map(|p| &p.text));
        if let Some(token) = written.twice() {
            let got = format!("{:?} twice", String::from_utf8_lossy(token));
            return Err(Error::value("the pieces", "each piece once", got));
        }
        let mut bytes = Box::new([u32::MAX; 256]);
        for (p, id) in pieces.iter().zip(0..) {
            if let Role::Byte(b) = p.role {
                bytes[usize::from(b)] = id;
            }
        }
        let value = |(id, p): (u32, &Piece)| -> Vec<u8> {
            match p.role {
                Role::Byte(b) => vec![b],
                _ if id == unknown => of.unknown_text.clone().into_bytes(),
                _ => p.text.replace(SPACE, " ").into_bytes(),
            }
        };
        let tokens = Tokens::new((0..).zip(&pieces).map(value));
        let of_role = |roles: fn(Role) -> bool| {
            let kept = (0_u32..).zip(&pieces).filter(move |(_, p)| roles(p.role));
            kept.collect::<Vec<(u32, &Piece)>>()
        };
        let usable = of_role(match of.by_letters {
            true => |r| !matches!(r, Role::Control | Role::Unused),
            false => |r| matches!(r, Role::Normal | Role::Given),
        });
        let spaced: Vec<(u32, String)> = (usable.iter())
            .map(|&(id, p)| (id, p.text.replace(SPACE, " ")))
            .collect();
        // SentencePiece scores the unknown token below the lowest normal piece, the library below the lowest
        // of all pieces.
        let counted = of_role(match of.single {
            true => |r| r == Role::Normal,
            false => |_| true,
        });
        let least = (counted.iter().map(|(_, p)| p.score)).fold(f64::INFINITY, f64::min);
        let score = |p: &Piece| match p.role {
            // More than any cut of it, and the more the longer it is, as SentencePiece 0.2.3 scores it.
            Role::Given => 0.1 * (p.text.len() as f64 - 1.0),
            _ => p.score,
        };
        let first_only = spaced.iter().all(|(_, t)| !t.chars().skip(1).any(|c| c == ' '));
        let bytes = bytes.iter().all(|&id| id != u32::MAX).then_some(bytes);
        let lost = bytes.is_none().then_some(unknown);
        Ok(Self {
            vocab: Vocab::new("Unigram", tokens, Some(written), lost),
            model: Model {
                trie: Trie::new(spaced.iter().map(|(id, t)| (t.as_bytes(), *id))),
                scores: pieces.iter().map(score).collect(),
                unknown,
                unknown_score: if least.is_finite() { least } else { 0.0 } - UNKNOWN_PENALTY,
                sums: match of.single {
                    true => Sums::KeptSingle,
                    false => Sums::Double,
                },
            },
            by_word: !of.spaces.suffix && (of.split || first_only),
            control: of_role(|r| r == Role::Control)
                .into_iter()
                .map(|(id, _)| id)
                .collect(),
            bytes,
            spaces: of.spaces,
            decoding: of.decoding,
            pool: Pool::with_entries(PLACES),
        })
    }

    /// The id of the unknown token.
    pub fn unknown(&self) -> u32 {
        self.model.unknown
    }

    pub(super) fn falls_back_on_bytes(&self) -> bool {
        self.bytes.is_some()
    }

    pub(super) fn spaces(&self) -> Spaces {
        self.spaces
    }

    pub(super) fn cuts_by_word(&self) -> bool {
        self.by_word
    }

    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.vocab.name = name.into();
        self
    }

    /// The same tokenizer, but it leaves out spaces at the ends of a text and makes several side by side one.
    /// SentencePiece does this unless it is told not to.
    #[must_use]
    pub fn collapsing_spaces(mut self) -> Self {
        self.spaces.collapse = true;
        self.decoding = Decoding::Pieces {
            strip: true,
            all: true,
        };
        self
    }

    /// The log-probability of token `id`.
    pub fn score(&self, id: u32) -> Option<f32> {
        self.model.scores.get(id as usize).map(|&score| score as f32)
    }

    /// The `n` most likely cuts of `text`, with the best first, each with its log-probability. There may be
    /// fewer.
    pub fn n_best(&self, text: &str, n: usize) -> Vec<(f64, Vec<u32>)> {
        let (text, _) = self.spaces.prepare(text, false);
        let mut edges = Vec::new();
        self.model.edges(&text, &mut edges);
        let paths = n_best(&edges, text.len(), n);
        paths
            .iter()
            .map(|(score, path)| (*score, self.ids_of(&text, path)))
            .collect()
    }

    /// A random cut of `text`, drawn from all cuts with probability proportional to P(cut)^`alpha`: 1 is the
    /// model's own distribution, 0 makes all cuts equally likely, and a large number leaves only the best
    /// one.
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
        let (text, _) = self.spaces.prepare(text, false);
        let mut edges = Vec::new();
        self.model.edges(&text, &mut edges);
        let path = sample(&edges, text.len(), alpha, rng);
        self.ids_of(&text, &path)
    }
}

/// Working space for Viterbi.
#[derive(Default)]
struct Workspace {
    edges: Vec<Edge>,
    best: Vec<(f64, u32)>,
    path: Vec<Edge>,
    sums: [Vec<f64>; 2],
}

/// How the token for a byte is written.
pub(crate) fn byte_name(b: u8) -> String {
    format!("<0x{b:02X}>")
}

/// The byte of a token that is written in this form.
pub(super) fn byte_of(token: &str) -> Option<u8> {
    let digits = token.strip_prefix("<0x")?.strip_suffix('>')?;
    let b = u8::from_str_radix(digits, 16).ok()?;
    (token == byte_name(b)).then_some(b)
}

crate::show::shown_as_line!(Unigram, |this| {
    format!("{}: {} pieces", this.vocab.name, this.vocab.size())
});
