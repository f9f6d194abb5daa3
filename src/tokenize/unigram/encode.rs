//! From a text to its tokens and back: spaces, words, the best cut of each word, and the bytes of what is
//! unknown.
//!
//! In most models a space can only be the first character of a token. Then words can be cut one by one, and a
//! word that was cut before is looked up. A text that needs no replacement is copied as it is.

use super::lattice::{Edge, viterbi};
use super::{Unigram, Workspace};
use crate::Result;
use crate::tokenize::bpe::merge::Part;
use crate::tokenize::bpe::table::Key;
use crate::tokenize::decode::Kind;
use crate::tokenize::vocab::Vocab;
use crate::tokenize::{Token, Tokenizer};

impl Unigram {
    /// Calls `f` with the range of each piece that is cut separately.
    fn each_piece(&self, text: &str, mut f: impl FnMut(usize, usize)) {
        let mut start = 0;
        if self.by_word {
            // Words are short, so going byte by byte is faster than setting up a new search for each.
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

    /// Calls `f` with each token of a path and how many bytes of the piece it stands for. Unknown characters
    /// side by side become one token, or the bytes of all of them.
    fn each_token(&self, piece: &str, path: &[Edge], mut f: impl FnMut(u32, u32)) {
        let mut unknown: Option<(u32, u32)> = None;
        let end_run = |run: Option<(u32, u32)>, f: &mut dyn FnMut(u32, u32)| {
            let Some((start, end)) = run else { return };
            let text = piece.as_bytes().get(start as usize..end as usize);
            match &self.bytes {
                // A text may spell out the unknown token, if the file allows it.
                Some(bytes) if text != self.vocab.written().get(self.model.unknown) => {
                    let each = text.unwrap_or_default().iter();
                    each.for_each(|&b| f(bytes[usize::from(b)], 1));
                }
                _ => f(self.model.unknown, end - start),
            }
        };
        for edge in path {
            if edge.id == self.model.unknown {
                unknown = Some((unknown.map_or(edge.start, |u| u.0), edge.end));
            } else {
                end_run(unknown.take(), &mut f);
                f(edge.id, edge.end - edge.start);
            }
        }
        end_run(unknown, &mut f);
    }

    fn parts(&self, piece: &str, room: &mut Workspace, parts: &mut Vec<Part>) {
        self.model.edges(piece, &mut room.edges);
        viterbi(
            &room.edges,
            piece.len(),
            self.model.sums,
            &mut room.best,
            &mut room.path,
        );
        parts.clear();
        self.each_token(piece, &room.path, |id, len| parts.push(Part { id, len }));
    }

    fn kind(&self, id: u32) -> Kind {
        match &self.bytes {
            _ if id == self.model.unknown => Kind::Unknown,
            Some(bytes) if bytes.contains(&id) => Kind::Byte,
            _ if self.control.contains(&id) => Kind::Control,
            _ => Kind::Text,
        }
    }

    pub(super) fn ids_of(&self, piece: &str, path: &[Edge]) -> Vec<u32> {
        let mut ids = Vec::new();
        self.each_token(piece, path, |id, _| ids.push(id));
        ids
    }
}

impl Tokenizer for Unigram {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        let (prepared, places) = self.spaces.prepare(text, true);
        let (mut room, mut parts) = (Workspace::default(), Vec::new());
        self.each_piece(&prepared, |start, end| {
            let piece = prepared.get(start..end).unwrap_or_default();
            self.parts(piece, &mut room, &mut parts);
            let mut at = start;
            for part in &parts {
                let end = at + part.len as usize;
                let place = |i: usize| places.get(i).copied().unwrap_or(text.len());
                let from = place(at);
                let after = |i: usize| i + text[i..].chars().next().map_or(0, char::len_utf8);
                let to = match self.kind(part.id) {
                    // A byte of a character has the position of the whole character.
                    Kind::Byte => after(from),
                    _ if self.spaces.by_library => after(place(end.max(1) - 1)),
                    _ => place(end),
                };
                tokens.push(Token {
                    id: part.id,
                    start: from,
                    end: to,
                });
                at = end;
            }
        });
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        let (text, _) = self.spaces.prepare(text, false);
        let mut room = Workspace::default();
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
        self.decoding.bytes(ids, &self.vocab.tokens, |id| self.kind(id))
    }

    fn decode(&self, ids: &[u32]) -> Result<String> {
        self.decoding.text(ids, &self.vocab.tokens, |id| self.kind(id))
    }
}
