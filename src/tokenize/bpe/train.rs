//! Training a byte-pair encoding on texts.

use std::collections::{HashMap, HashSet};

use super::learn::{Words, learn};
use super::{Bpe, Cut, Scheme, Symbols, byte_order};
use crate::corpus::Texts;
use crate::tokenize::Pattern;
use crate::tokenize::count::count_pieces;
use crate::tokenize::decode::Decoding;
use crate::tokenize::spaces::{Prefix, Spaces};
use crate::{Error, Result};

/// What [`Bpe::train`] is to learn.
#[derive(Clone, Debug)]
pub struct BpeTraining {
    /// How many tokens in all, including the special ones and the alphabet.
    pub vocab_size: usize,
    /// A pair that occurs fewer times is not merged.
    pub min_count: u64,
    /// What the merges start from.
    pub level: Level,
    /// Where texts are cut at byte level. At character level they are cut before every space.
    pub pattern: Pattern,
    /// Special tokens. They get the first ids.
    pub special: Vec<String>,
}

crate::plot::shown_as_record!(BpeTraining);

/// What merges start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The 256 bytes: every text can be written.
    Bytes,
    /// The characters of the texts, with a space put in front of each text.
    Characters {
        /// Whether a character that is not in the texts becomes its bytes (which takes 256 more tokens) or
        /// `<unk>`.
        byte_fallback: bool,
    },
}

impl Default for BpeTraining {
    /// 8,000 tokens of bytes, cut as GPT-2 cuts; every pair counts.
    fn default() -> Self {
        Self {
            vocab_size: 8_000,
            min_count: 1,
            level: Level::Bytes,
            pattern: Pattern::Gpt2,
            special: Vec::new(),
        }
    }
}

impl Bpe {
    /// Learns the merges of `texts`, using all threads; the result does not depend on their number. It is the
    /// same, merge for merge, as that of the `tokenizers` library with a byte-level pre-tokenizer.
    ///
    /// # Errors
    /// What reading the texts returns; texts without a single piece; a `vocab_size` too small for the special
    /// tokens and the alphabet; a special token that is empty or given twice.
    pub fn train(texts: &dyn Texts, training: &BpeTraining) -> Result<Self> {
        let (cut, prefix) = match training.level {
            Level::Bytes => (Cut::Pattern(training.pattern), Prefix::None),
            Level::Characters { .. } => (Cut::Spaces, Prefix::IfMissing),
        };
        let spaces = Spaces::with(prefix);
        let pieces = count_pieces(texts, &|text, f| {
            Bpe::with_prefix(spaces, text, |text, _| {
                Bpe::each_piece(cut, text, |piece| f(text, piece));
            });
        })?;
        if pieces.is_empty() {
            return Err(Error::value("the texts", "at least one character", "none"));
        }
        let mut tokens: Vec<Vec<u8>> = training.special.iter().map(|s| s.as_bytes().to_vec()).collect();
        let special: Vec<(String, u32)> = training.special.iter().cloned().zip(0..).collect();
        if special.iter().any(|(s, _)| s.is_empty()) {
            return Err(Error::value("a special token", "a text", "an empty one"));
        }
        let mut words = Words::with_capacity(pieces.len());
        let mut written = None;
        let symbols = match training.level {
            Level::Bytes => {
                let mut ids = Box::new([0; 256]);
                for b in byte_order() {
                    ids[usize::from(b)] = tokens.len() as u32;
                    tokens.push(vec![b]);
                }
                for (piece, n) in &pieces {
                    words.push(piece.iter().map(|&b| ids[usize::from(b)]), *n);
                }
                Symbols::Bytes(ids)
            }
            Level::Characters { byte_fallback } => {
                let mut as_written = training.special.clone();
                let symbols = characters(&pieces, byte_fallback, &mut tokens, &mut as_written, &mut words);
                written = Some(as_written);
                symbols
            }
        };
        if training.vocab_size < tokens.len() {
            let expected = format!("at least {} for the alphabet and special tokens", tokens.len());
            return Err(Error::value("vocab_size", expected, training.vocab_size));
        }
        let mut merges = Vec::new();
        let mut known: HashMap<Vec<u8>, u32> = tokens.iter().cloned().zip(0..).collect();
        learn(words, training.min_count, |a, b| {
            if tokens.len() >= training.vocab_size {
                return None;
            }
            let joined = [tokens[a as usize].as_slice(), tokens[b as usize].as_slice()].concat();
            let id = *known.entry(joined).or_insert_with_key(|joined| {
                tokens.push(joined.clone());
                if let Some(written) = &mut written {
                    written.push(format!("{}{}", written[a as usize], written[b as usize]));
                }
                tokens.len() as u32 - 1
            });
            merges.push((a, b, id));
            Some(id)
        });
        let strip = spaces.prefix != Prefix::None;
        let scheme = Scheme {
            cut,
            spaces,
            decoding: Decoding::Fused { strip },
            special,
            ..Scheme::new(merges, symbols)
        };
        Bpe::made(tokens, written, scheme)
    }
}

/// The alphabet of `pieces`, and the words written in it. The unknown token or the bytes come first, then the
/// characters in Unicode's order.
fn characters(
    pieces: &[(Vec<u8>, u64)],
    byte_fallback: bool,
    tokens: &mut Vec<Vec<u8>>,
    written: &mut Vec<String>,
    words: &mut Words,
) -> Symbols {
    let (mut bytes, mut unknown) = (None, None);
    if byte_fallback {
        let first = tokens.len() as u32;
        bytes = Some(Box::new(std::array::from_fn(|b| first + b as u32)));
        for b in 0..=255_u8 {
            tokens.push(vec![b]);
            written.push(format!("<0x{b:02X}>"));
        }
    } else {
        unknown = Some(tokens.len() as u32);
        tokens.push("\u{2047}".into());
        written.push("<unk>".to_owned());
    }
    let text = |piece: &[u8]| String::from_utf8_lossy(piece).replace('▁', " ");
    let mut alphabet: Vec<char> = Vec::new();
    let mut seen = HashSet::new();
    for (piece, _) in pieces {
        alphabet.extend(text(piece).chars().filter(|&c| seen.insert(c)));
    }
    alphabet.sort_unstable_by_key(|&c| if c == ' ' { '▁' } else { c });
    let mut ids = HashMap::new();
    for c in alphabet {
        ids.insert(c, tokens.len() as u32);
        tokens.push(c.to_string().into_bytes());
        written.push(if c == ' ' { "▁".to_owned() } else { c.to_string() });
    }
    for (piece, n) in pieces {
        words.push(text(piece).chars().filter_map(|c| ids.get(&c).copied()), *n);
    }
    if let Some(&space) = ids.get(&' ') {
        ids.insert('▁', space);
    }
    Symbols::Chars {
        ids,
        bytes,
        unknown,
        fuse: true,
    }
}
