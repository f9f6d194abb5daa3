//! From text to tokens and back.

use std::ops::Range;

use super::cache::Cache;
use super::merge::Part;
use super::table::Key;
use super::{Bpe, Cut, Symbols};
use crate::tokenize::decode::Kind;
use crate::tokenize::spaces::Spaces;
use crate::tokenize::tokenizer::readable;
use crate::tokenize::vocab::Vocab;
use crate::tokenize::{Token, Tokenizer};
use crate::{Error, Result, rng};

/// A character for which the vocabulary has no token at all. It is left out.
const LEFT_OUT: u32 = u32::MAX;

impl Bpe {
    /// Calls `f` with the byte range of each piece of `text`.
    #[inline]
    pub(in super::super) fn each_piece(cut: Cut, text: &str, mut f: impl FnMut(Range<usize>)) {
        match cut {
            Cut::Pattern(pattern) => pattern.pieces(text).for_each(f),
            Cut::Nowhere if text.is_empty() => {}
            Cut::Nowhere => f(0..text.len()),
            Cut::Spaces => {
                let mut start = 0;
                for (i, _) in text.match_indices([' ', '▁']) {
                    if i > start {
                        f(start..i);
                    }
                    start = i;
                }
                if start < text.len() {
                    f(start..text.len());
                }
            }
        }
    }

    /// Calls `f` with the text that is to be cut, and with how many bytes were put in front of it.
    pub(super) fn with_prefix<T>(spaces: Spaces, text: &str, f: impl FnOnce(&str, usize) -> T) -> T {
        if spaces.in_front(text) {
            f(&format!(" {text}"), 1)
        } else {
            f(text, 0)
        }
    }

    /// Calls `f` with the text that is to be cut, how many bytes were put in front of it, and the position
    /// that each byte came from. The positions are empty if nothing else was changed.
    fn prepared<T>(&self, text: &str, with_entries: bool, f: impl FnOnce(&str, usize, &[usize]) -> T) -> T {
        if self.scheme.spaces.only_in_front() && self.scheme.given.is_none() {
            return Self::with_prefix(self.scheme.spaces, text, |text, added| f(text, added, &[]));
        }
        let (text, places) = self.scheme.spaces.prepare(text, with_entries);
        f(&text, 0, &places)
    }

    /// Calls `f` with the byte range of each piece of a prepared text. If the whole piece is a token that the
    /// user gave, `f` gets that token too.
    #[inline]
    fn each_part(&self, text: &str, mut f: impl FnMut(Range<usize>, Option<u32>)) {
        let Some(given) = &self.scheme.given else {
            return Self::each_piece(self.scheme.cut, text, |piece| f(piece, None));
        };
        let between = |from: usize, to: usize, f: &mut dyn FnMut(Range<usize>, Option<u32>)| {
            let text = text.get(from..to).unwrap_or_default();
            Self::each_piece(self.scheme.cut, text, |piece| {
                f(from + piece.start..from + piece.end, None)
            });
        };
        let (mut start, mut at) = (0, 0);
        while at < text.len() {
            let mut longest = None;
            given.each(&text.as_bytes()[at..], |len, id| longest = Some((len, id)));
            let Some((len, id)) = longest else {
                at += 1;
                continue;
            };
            between(start, at, &mut f);
            f(at..at + len, Some(id));
            at += len;
            start = at;
        }
        between(start, text.len(), &mut f);
    }

    /// The parts of a piece before the first merge. Only at byte level can a piece be invalid UTF-8.
    pub(in super::super) fn start(&self, piece: &[u8], parts: &mut Vec<Part>) {
        parts.clear();
        let byte = |ids: &[u32; 256], b: u8| {
            let id = ids[usize::from(b)];
            Part { id, len: 1 }
        };
        match &self.scheme.symbols {
            Symbols::Bytes(ids) => {
                parts.extend(piece.iter().map(|&b| byte(ids, b)));
            }
            Symbols::Chars {
                ids,
                bytes,
                unknown,
                fuse,
            } => {
                let mut after_unknown = false;
                for c in std::str::from_utf8(piece).unwrap_or_default().chars() {
                    let len = c.len_utf8() as u32;
                    let known = ids.get(&c).copied();
                    let fused = known.is_none() && after_unknown && *fuse;
                    after_unknown = false;
                    match (known, bytes) {
                        (Some(id), _) => parts.push(Part { id, len }),
                        (None, Some(of_byte)) => {
                            let mut utf8 = [0; 4];
                            parts.extend(c.encode_utf8(&mut utf8).bytes().map(|b| byte(of_byte, b)));
                        }
                        (None, None) => {
                            after_unknown = true;
                            match parts.last_mut() {
                                Some(last) if fused => last.len += len,
                                _ => {
                                    let id = unknown.unwrap_or(LEFT_OUT);
                                    parts.push(Part { id, len });
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Puts the tokens of a piece into `cache.parts`.
    #[inline]
    fn merge(&self, piece: &[u8], cache: &mut Cache) {
        if self.scheme.whole
            && let Some(id) = self.vocab.tokens.id(piece)
            && !self.scheme.special.iter().any(|s| s.1 == id)
        {
            let len = piece.len() as u32;
            cache.parts.clear();
            cache.parts.push(Part { id, len });
            return;
        }
        self.start(piece, &mut cache.parts);
        self.merges.apply(&mut cache.parts, &mut cache.ranks);
    }

    fn kind(&self, id: u32) -> Kind {
        match &self.scheme.symbols {
            Symbols::Bytes(_) => Kind::Text,
            Symbols::Chars { unknown, .. } if *unknown == Some(id) => Kind::Unknown,
            Symbols::Chars { bytes: Some(all), .. } if all.contains(&id) => Kind::Byte,
            Symbols::Chars { .. } if self.scheme.special.iter().any(|s| s.1 == id) => Kind::Control,
            Symbols::Chars { .. } => Kind::Text,
        }
    }

    #[inline]
    fn push_piece(&self, text: &[u8], piece: Range<usize>, cache: &mut Cache, ids: &mut Vec<u32>) {
        let Some(key) = Key::of(text, piece.start, piece.end) else {
            self.merge(text.get(piece).unwrap_or_default(), cache);
            ids.extend(cache.parts.iter().map(|p| p.id).filter(|&id| id != LEFT_OUT));
            return;
        };
        let hash = key.hash();
        if let Some(id) = self.words.get(key, hash) {
            ids.push(id as u32);
        } else if let Some(known) = cache.get(key, hash) {
            ids.extend_from_slice(known);
        } else {
            self.merge(text.get(piece).unwrap_or_default(), cache);
            cache.parts.retain(|p| p.id != LEFT_OUT);
            cache.keep_parts(key, hash);
            ids.extend(cache.parts.iter().map(|p| p.id));
        }
    }

    /// The tokens of any string of bytes. What is not UTF-8 is encoded as its bytes.
    ///
    /// ```
    /// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
    /// let t = Bpe::train(&["café"], &BpeTraining { vocab_size: 258, ..Default::default() })?;
    /// let broken = b"caf\xc3";
    /// assert_eq!(t.decode_bytes(&t.encode_bytes(broken)?)?, broken);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The vocabulary is one of characters, and the bytes are not valid UTF-8.
    pub fn encode_bytes(&self, bytes: &[u8]) -> Result<Vec<u32>> {
        let mut ids = Vec::new();
        for chunk in bytes.utf8_chunks() {
            self.push_ids(chunk.valid(), &mut ids);
            if chunk.invalid().is_empty() {
                continue;
            }
            let Symbols::Bytes(_) = self.scheme.symbols else {
                let got = format!("the bytes {}", readable(chunk.invalid()));
                return Err(Error::value("a vocabulary of characters", "UTF-8", got));
            };
            let piece = chunk.invalid();
            self.pool
                .with(|cache| self.push_piece(piece, 0..piece.len(), cache, &mut ids));
        }
        Ok(ids)
    }

    /// The tokens of `text` when each merge is skipped with probability `p` whenever it comes up. With 0 this
    /// is the usual encoding, with 1 the characters. A model that is trained on a new cut each time learns
    /// how words are put together.
    ///
    /// Source: Provilkov, Emelianenko and Voita (2020), *BPE-Dropout: Simple and Effective Subword
    /// Regularization*.
    ///
    /// ```
    /// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
    /// let t = Bpe::train(&["the the the then"], &BpeTraining { vocab_size: 260, ..Default::default() })?;
    /// assert_eq!(t.ids_with_dropout("the then", 0.0, 1)?, t.ids("the then"));
    /// assert_eq!(t.ids_with_dropout("the then", 1.0, 1)?.len(), 8);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `p` is not between 0 and 1.
    pub fn ids_with_dropout(&self, text: &str, p: f32, seed: u64) -> Result<Vec<u32>> {
        if !(0.0..=1.0).contains(&p) {
            let what = "the probability of dropout";
            return Err(Error::value(what, "a number from 0 to 1", p));
        }
        let mut rng = rng::seeded(seed);
        let (mut ids, mut parts) = (Vec::new(), Vec::new());
        self.prepared(text, false, |text, _, _| {
            self.each_part(text, |piece, given| {
                if let Some(id) = given {
                    ids.push(id);
                    return;
                }
                self.start(text.as_bytes().get(piece).unwrap_or_default(), &mut parts);
                if p < 1.0 {
                    self.merges.apply_long(&mut parts, Some((p, &mut rng)));
                }
                ids.extend(parts.iter().map(|p| p.id).filter(|&id| id != LEFT_OUT));
            });
        });
        Ok(ids)
    }
}

impl Tokenizer for Bpe {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        let whole = text.len();
        self.prepared(text, true, |text, added, places| {
            let place = |i: usize| match places {
                [] => i.saturating_sub(added),
                places => places.get(i).copied().unwrap_or(whole),
            };
            self.pool.with(|cache| {
                self.each_part(text, |piece, given| {
                    let mut start = piece.start;
                    if let Some(id) = given {
                        let (start, end) = (place(start), place(piece.end));
                        tokens.push(Token { id, start, end });
                        return;
                    }
                    self.merge(text.as_bytes().get(piece).unwrap_or_default(), cache);
                    for part in &cache.parts {
                        let end = start + part.len as usize;
                        if part.id != LEFT_OUT {
                            tokens.push(Token {
                                id: part.id,
                                start: place(start),
                                end: place(end),
                            });
                        }
                        start = end;
                    }
                });
            });
        });
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        self.prepared(text, false, |text, _, _| {
            self.pool.with(|cache| {
                self.each_part(text, |piece, given| match given {
                    Some(id) => ids.push(id),
                    None => self.push_piece(text.as_bytes(), piece, cache, ids),
                });
            });
        });
    }

    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        self.scheme
            .decoding
            .bytes(ids, &self.vocab.tokens, |id| self.kind(id))
    }

    fn decode(&self, ids: &[u32]) -> Result<String> {
        if let Symbols::Bytes(_) = self.scheme.symbols {
            let bytes = self.decode_bytes(ids)?;
            return Ok(String::from_utf8(bytes)
                .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()));
        }
        self.scheme
            .decoding
            .text(ids, &self.vocab.tokens, |id| self.kind(id))
    }
}
