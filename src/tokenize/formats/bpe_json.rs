//! Byte-pair encodings in `tokenizer.json`.
//!
//! A byte-level encoding writes its tokens in letters for bytes (`letters.rs`), cuts texts by a regular
//! expression, and decodes byte by byte. A character-level one writes `▁` for a space. The merges are listed
//! in the order of their ranks. GPT's vocabularies have no such list, so it is recovered: encode the bytes of
//! a token with the earlier merges alone, and the two parts that are left are the token's last merge.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::bpe_shape::{Shape, metaspace};
use super::file::{File, Json, Names, Vocab, shown};
use super::letters;
use super::parts::joining;
use crate::error::Location;
use crate::tokenize::bpe::{Cut, Ranks, Scheme, Symbols};
use crate::tokenize::decode::Decoding;
use crate::tokenize::spaces::{Prefix, SPACE, Spaces};
use crate::tokenize::unigram::byte_of;
use crate::tokenize::{Bpe, Pattern};
use crate::{Error, Result};

#[derive(Serialize)]
struct Model {
    r#type: &'static str,
    dropout: Option<f32>,
    unk_token: Option<String>,
    continuing_subword_prefix: Option<String>,
    end_of_word_suffix: Option<String>,
    fuse_unk: bool,
    byte_fallback: bool,
    ignore_merges: bool,
    vocab: Vocab,
    merges: Vec<(String, String)>,
}

impl Bpe {
    /// This tokenizer as a `tokenizer.json`, from which the `tokenizers` library gives the same ids.
    ///
    /// ```
    /// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
    /// let t = Bpe::train(&["low lower lowest"], &BpeTraining { vocab_size: 260, ..Default::default() })?;
    /// let again = Bpe::from_json(&t.to_json()?)?;
    /// assert_eq!(again.ids("slower"), t.ids("slower"));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A SentencePiece model that this form cannot hold: one with pieces given by the user, with spaces
    /// collapsed or put at the end, or with pieces of equal scores.
    pub fn to_json(&self) -> Result<String> {
        self.can_be_written()?;
        let byte_level = matches!(self.scheme.symbols, Symbols::Bytes(_));
        let name = |id: u32| -> String {
            if let Some((content, _)) = self.scheme.special.iter().find(|s| s.1 == id) {
                return content.clone();
            }
            match (&self.vocab.written, self.vocab.tokens.get(id)) {
                (Some(written), _) => {
                    String::from_utf8_lossy(written.get(id).unwrap_or_default()).into_owned()
                }
                (None, Some(bytes)) => letters::written(bytes),
                (None, None) => String::new(),
            }
        };
        let names: Vec<String> = (0..self.vocab.tokens.len() as u32)
            .into_par_iter()
            .map(name)
            .collect();
        let token = |id: u32| names.get(id as usize).cloned().unwrap_or_default();
        let merges = match self.scheme.ranks {
            Ranks::Position => self.scheme.merges.iter().map(|m| (m.0, m.1)).collect(),
            _ => self.recovered_merges(),
        };
        let (unk_token, byte_fallback, fuse_unk) = match &self.scheme.symbols {
            Symbols::Bytes(_) => (None, false, false),
            Symbols::Chars {
                bytes, unknown, fuse, ..
            } => (unknown.map(token), bytes.is_some(), *fuse),
        };
        let vocab = (names.iter().cloned().zip(0..))
            .filter(|(name, _)| !name.is_empty())
            .collect();
        let mut file = File::new(
            Model {
                r#type: "BPE",
                dropout: None,
                unk_token,
                continuing_subword_prefix: None,
                end_of_word_suffix: None,
                fuse_unk,
                byte_fallback,
                ignore_merges: self.scheme.whole,
                vocab: Vocab(vocab),
                merges: merges.into_iter().map(|(a, b)| (token(a), token(b))).collect(),
            },
            &self.scheme.special,
        );
        if byte_level {
            let byte_level = |use_regex| json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": use_regex});
            file.pre_tokenizer = match self.scheme.cut {
                Cut::Pattern(Pattern::Gpt2) => byte_level(true),
                Cut::Pattern(pattern) => {
                    let split = json!({
                        "type": "Split", "pattern": {"Regex": pattern.expression()}, "behavior": "Isolated",
                        "invert": false,
                    });
                    json!({"type": "Sequence", "pretokenizers": [split, byte_level(false)]})
                }
                Cut::Spaces | Cut::Nowhere => byte_level(false),
            };
            file.decoder = byte_level(true);
        } else {
            match (self.scheme.cut, self.scheme.spaces.prefix) {
                (Cut::Nowhere, prefix) => {
                    let replace = json!({"type": "Replace", "pattern": {"String": " "}, "content": "▁"});
                    file.normalizer = match prefix {
                        Prefix::None => replace,
                        _ => {
                            let prepend = json!({"type": "Prepend", "prepend": "▁"});
                            json!({"type": "Sequence", "normalizers": [prepend, replace]})
                        }
                    };
                }
                _ => file.pre_tokenizer = metaspace(),
            }
            file.decoder = joining(byte_fallback, self.scheme.spaces.prefix != Prefix::None);
        }
        file.write()
    }

    fn can_be_written(&self) -> Result<()> {
        let not = match (&self.scheme.given, &self.scheme.ranks) {
            (Some(_), _) => "no pieces given by the user, got some",
            (None, Ranks::OfToken(_)) => "pieces in the order of their scores, got another order",
            _ if !self.scheme.spaces.only_in_front() => {
                "spaces as they are, got some taken away or put at the end"
            }
            _ => return Ok(()),
        };
        let problem = format!("expected {not}");
        Err(Error::format("tokenizer.json", Location::Whole, problem))
    }

    /// The merge that makes each token, in the order of the tokens' ids.
    fn recovered_merges(&self) -> Vec<(u32, u32)> {
        // For each token the ways to make it. The right one is what is left without the merges of its own
        // rank.
        let mut of_token: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.vocab.tokens.len()];
        for &(a, b, new) in &self.scheme.merges {
            of_token[new as usize].push((a, b));
        }
        (of_token.par_iter().enumerate())
            .filter_map(|(id, ways)| match ways.as_slice() {
                [] => None,
                [one] => Some(*one),
                _ => self.parts_before(id as u32),
            })
            .collect()
    }

    /// Token `id` as the merges of lower ranks leave it, if that is two parts.
    fn parts_before(&self, id: u32) -> Option<(u32, u32)> {
        let mut parts = Vec::new();
        self.start(self.vocab.tokens.get(id)?, &mut parts);
        self.merges.apply_below(&mut parts, u64::from(id));
        match parts.as_slice() {
            [a, b] => Some((a.id, b.id)),
            _ => None,
        }
    }

    /// Reads a `tokenizer.json` with a BPE model.
    ///
    /// # Errors
    /// The text is not JSON, or not a BPE; a part is missing or asks for something that this type does not do
    /// (the message says which); a merge names tokens that are not in the vocabulary.
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_json_named("tokenizer.json", text)
    }

    /// The same; `name` is for errors and tables.
    pub(super) fn from_json_named(name: &str, text: &str) -> Result<Self> {
        let json = Json::parse(name, text)?;
        json.expect_model("BPE")?;
        for path in ["model.continuing_subword_prefix", "model.end_of_word_suffix"] {
            if json.at(path).as_str().is_some_and(|s| !s.is_empty()) {
                return Err(json.wrong(path, "none", shown(json.at(path))));
            }
        }
        if json.at("model.dropout").as_f64().is_some_and(|p| p != 0.0) {
            return Err(json.wrong("model.dropout", "none", shown(json.at("model.dropout"))));
        }
        let all = json.tokens()?;
        let merges = merges(&json, &all.names)?;
        let shape = Shape::of(&json)?;
        json.check_post_processor()?;
        let whole = json.flag("model.ignore_merges")?;
        if whole && !shape.byte_level {
            return Err(json.wrong("model.ignore_merges", "false, unless tokens are bytes", "true"));
        }
        let pieces = |text: &str| {
            let mut n = 0;
            Self::each_piece(shape.cut, text, |_| n += 1);
            n
        };
        if let Some((content, _)) =
            (all.added.iter()).find(|(c, id)| whole && !all.outside.contains(id) && pieces(c) == 1)
        {
            let got = format!("{content:?}, which the model makes of a text (ignore_merges)");
            return Err(json.wrong("added_tokens", "tokens that no text becomes", got));
        }
        let (tokens, symbols, written, strip) = match shape.byte_level {
            true => {
                let (tokens, symbols) = bytes(&json, &all)?;
                (tokens, symbols, None, false)
            }
            false => {
                let (tokens, symbols) = characters(&json, &all)?;
                let strip = json.joins(&all.names, json.flag("model.byte_fallback")?)?;
                (tokens, symbols, Some(all.names), strip)
            }
        };
        let scheme = Scheme {
            cut: shape.cut,
            spaces: Spaces::with(shape.prefix),
            decoding: Decoding::Fused { strip },
            whole,
            special: all.added,
            ..Scheme::new(merges, symbols)
        };
        Bpe::made(tokens, written, scheme)
    }
}

/// The bytes of tokens that are written in letters for bytes, and the token for each byte.
fn bytes(json: &Json, all: &Names) -> Result<(Vec<Vec<u8>>, Symbols)> {
    let mut tokens = Vec::with_capacity(all.names.len());
    let is_added = |id: u32| all.added.iter().any(|a| a.1 == id);
    for (id, name) in (0..).zip(&all.names) {
        let bytes = letters::read(name).or_else(|| is_added(id).then(|| name.as_bytes().to_vec()));
        let missing = || json.wrong("model.vocab", "tokens in letters for bytes", format!("{name:?}"));
        tokens.push(bytes.ok_or_else(missing)?);
    }
    let of_byte: HashMap<&[u8], u32> = (tokens.iter().zip(0..))
        .filter(|(t, id)| t.len() == 1 && !is_added(*id))
        .map(|(t, id)| (t.as_slice(), id))
        .collect();
    let mut ids = Box::new([0; 256]);
    for b in 0..=255_u8 {
        let missing = || json.wrong("model.vocab", "a token for each byte", format!("none for {b}"));
        ids[usize::from(b)] = *of_byte.get(&[b][..]).ok_or_else(missing)?;
    }
    Ok((tokens, Symbols::Bytes(ids)))
}

/// The bytes of tokens that are written in characters, and what a text looks like before the first merge.
fn characters(json: &Json, all: &Names) -> Result<(Vec<Vec<u8>>, Symbols)> {
    let is_piece = |id: u32| !all.outside.contains(&id);
    let spaced = |(id, name): &(u32, &String)| is_piece(*id) && name.contains(' ');
    if let Some((_, name)) = (0..).zip(&all.names).find(spaced) {
        return Err(json.wrong("model.vocab", "spaces written ▁", format!("{name:?}")));
    }
    let unknown = match json.at("model.unk_token") {
        Value::Null => None,
        _ => {
            let name = json.text("model.unk_token")?;
            let id = (all.names.iter().zip(0..)).find(|(n, id)| *n == name && is_piece(*id));
            let missing = || {
                let got = format!("{name:?}");
                json.wrong("model.unk_token", "a token of the vocabulary", got)
            };
            Some(id.ok_or_else(missing)?.1)
        }
    };
    let unknown_text = unknown.map_or(String::new(), |id| all.names[id as usize].replace(SPACE, " "));
    let fallback = json.flag("model.byte_fallback")?;
    let (tokens, symbols) = characters_of(Characters {
        names: &all.names,
        unknown,
        unknown_text: &unknown_text,
        fallback,
        fuse: json.flag("model.fuse_unk")?,
        is_piece: &is_piece,
    });
    match &symbols {
        Symbols::Chars { bytes: None, .. } if fallback => Err(json.wrong(
            "model.byte_fallback",
            "a token for each of the 256 bytes",
            "fewer",
        )),
        Symbols::Chars { ids, .. } if !ids.contains_key(&' ') => {
            Err(json.wrong("model.vocab", "a token ▁ for a space", "none"))
        }
        Symbols::Chars {
            bytes: None,
            unknown: None,
            ..
        } => Err(json.wrong(
            "model.unk_token",
            "a token for what is unknown, or bytes",
            "neither",
        )),
        _ => Ok((tokens, symbols)),
    }
}

/// The merges, by token id.
fn merges(json: &Json, names: &[String]) -> Result<Vec<(u32, u32, u32)>> {
    let ids: HashMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let Some(list) = json.at("model.merges").as_array() else {
        return Err(json.wrong("model.merges", "a list", shown(json.at("model.merges"))));
    };
    let mut merges = Vec::with_capacity(list.len());
    for merge in list {
        // As a pair or, in older files, as one text with a space.
        let pair = match merge {
            Value::String(text) => text.split_once(' '),
            Value::Array(pair) => match pair.as_slice() {
                [Value::String(a), Value::String(b)] => Some((a.as_str(), b.as_str())),
                _ => None,
            },
            _ => None,
        };
        let (a, b) = pair.ok_or_else(|| json.wrong("model.merges", "pairs of tokens", shown(merge)))?;
        let id = |token: &str| {
            let missing = || {
                let got = format!("{token:?}, which is not in the vocabulary");
                json.wrong("model.merges", "tokens of the vocabulary", got)
            };
            ids.get(token).copied().ok_or_else(missing)
        };
        merges.push((id(a)?, id(b)?, id(&format!("{a}{b}"))?));
    }
    Ok(merges)
}

/// A vocabulary that is written in characters.
pub(super) struct Characters<'a> {
    pub(super) names: &'a [String],
    pub(super) unknown: Option<u32>,
    /// What the unknown token puts into a text.
    pub(super) unknown_text: &'a str,
    pub(super) fallback: bool,
    pub(super) fuse: bool,
    /// Whether a token can be made from text.
    pub(super) is_piece: &'a dyn Fn(u32) -> bool,
}

/// The bytes of its tokens, and what a text looks like before the first merge.
pub(super) fn characters_of(of: Characters<'_>) -> (Vec<Vec<u8>>, Symbols) {
    let mut ids = HashMap::new();
    let mut of_byte = Box::new([u32::MAX; 256]);
    let mut tokens = Vec::with_capacity(of.names.len());
    for (name, id) in of.names.iter().zip(0_u32..) {
        if let Some(b) = byte_of(name).filter(|_| of.fallback) {
            of_byte[usize::from(b)] = id;
            tokens.push(vec![b]);
            continue;
        }
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && (of.is_piece)(id)
        {
            ids.insert(c, id);
        }
        tokens.push(match Some(id) == of.unknown {
            true => of.unknown_text.as_bytes().to_vec(),
            false => name.replace(SPACE, " ").into_bytes(),
        });
    }
    match ids.get(&SPACE) {
        Some(&id) => ids.insert(' ', id),
        None => ids.remove(&' '),
    };
    let bytes = (of.fallback && of_byte.iter().all(|&id| id != u32::MAX)).then_some(of_byte);
    let symbols = Symbols::Chars {
        ids,
        bytes,
        unknown: of.unknown,
        fuse: of.fuse,
    };
    (tokens, symbols)
}
