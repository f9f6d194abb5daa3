//! From a text to its tokens and back: spaces, words, the best cut of each, and the bytes of what is unknown.
//!
//! A space is only ever the first character of a token, in most models; then words can be cut one by one, and a word that
//! was cut before is looked up. A text that needs no replacement is copied as it is.

use super::lattice::{Edge, viterbi};
use super::{Room, SPACE, Unigram};
use crate::Result;
use crate::tokenize::bpe::merge::Part;
use crate::tokenize::bpe::table::Key;
use crate::tokenize::{Token, Tokenizer};

impl Unigram {
    /// The text as it is cut, and for each byte of it where it came from, if asked for: with a space in front, and `▁` as a
    /// space, for both are the same to the model. Only where spaces are collapsed are they not quite: `▁` is left alone but
    /// at the end.
    pub(super) fn prepare(&self, text: &str, with_places: bool) -> (String, Vec<usize>) {
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
        // Most texts are copied as they are.
        if !with_places && self.is_plain(text) {
            out.push_str(text);
            return (out, places);
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

    /// Whether nothing in `text` is to be replaced: no `▁`, and where spaces are collapsed no two side by side.
    fn is_plain(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let doubles = || {
            let pairs = bytes.iter().zip(bytes.iter().skip(1));
            pairs.filter(|&(&a, &b)| a == b' ' && b == b' ').count()
        };
        (bytes.is_ascii() || !text.contains(SPACE))
            && (!self.collapse || bytes.first() != Some(&b' ') && doubles() == 0)
    }

    /// Calls `f` with the place of each piece that is cut by itself.
    fn each_piece(&self, text: &str, mut f: impl FnMut(usize, usize)) {
        let mut start = 0;
        if self.by_word {
            // Words are short: going byte by byte is faster than a search that is set up anew for each.
            for (i, &b) in text.as_bytes().iter().enumerate() {
                if b == b' ' {
                    if i > start {
                        f(start, i);
                    }
                    start = i;
                }
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

    pub(super) fn ids_of(&self, piece: &str, path: &[Edge]) -> Vec<u32> {
        let mut ids = Vec::new();
        self.each_token(piece, path, |id, _| ids.push(id));
        ids
    }
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
        let mut bytes = self.tokens.concat(ids)?;
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
