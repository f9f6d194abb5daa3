//! Byte-pair encodings in `tokenizer.json`.
//!
//! A byte-level encoding writes its tokens in letters for bytes (`letters.rs`), cuts by an expression, and decodes byte by
//! byte. One of characters writes `▁` for a space. The merges are listed in the order of their ranks. GPT's vocabularies
//! have no such list; it is recovered: the last merge of a token is what encoding its bytes with the earlier merges alone
//! leaves, two parts.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::bpe_shape::{Shape, metaspace};
use super::file::{File, Json, Vocab, shown};
use super::letters;
use crate::Result;
use crate::tokenize::bpe::{Cut, Made, Prefix, Symbols};
use crate::tokenize::{Bpe, Pattern};

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
    /// As a `tokenizer.json`, with which the `tokenizers` library gives the same numbers.
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
    /// None that is known; writing JSON may fail in principle.
    pub fn to_json(&self) -> Result<String> {
        let byte_level = matches!(self.symbols, Symbols::Bytes(_));
        let name = |id: u32| -> String {
            if let Some((content, _)) = self.special.iter().find(|s| s.1 == id) {
                return content.clone();
            }
            match (&self.written, self.tokens.get(id)) {
                (Some(written), _) => {
                    String::from_utf8_lossy(written.get(id).unwrap_or_default()).into_owned()
                }
                (None, Some(bytes)) => letters::written(bytes),
                (None, None) => String::new(),
            }
        };
        let names: Vec<String> = (0..self.tokens.len() as u32).into_par_iter().map(name).collect();
        let token = |id: u32| names.get(id as usize).cloned().unwrap_or_default();
        let merges = if self.rank_is_id {
            self.recovered_merges()
        } else {
            self.list.iter().map(|m| (m.0, m.1)).collect()
        };
        let (unk_token, byte_fallback, fuse_unk) = match &self.symbols {
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
                ignore_merges: self.whole,
                vocab: Vocab(vocab),
                merges: merges.into_iter().map(|(a, b)| (token(a), token(b))).collect(),
            },
            &self.special,
        );
        if byte_level {
            let byte_level = |use_regex| json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": use_regex});
            file.pre_tokenizer = match self.cut {
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
            match (self.cut, self.prefix) {
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
            let mut steps = vec![json!({"type": "Replace", "pattern": {"String": "▁"}, "content": " "})];
            if byte_fallback {
                steps.push(json!({"type": "ByteFallback"}));
            }
            steps.push(json!({"type": "Fuse"}));
            if self.prefix != Prefix::None {
                steps.push(json!({"type": "Strip", "content": " ", "start": 1, "stop": 0}));
            }
            file.decoder = json!({"type": "Sequence", "decoders": steps});
        }
        file.write()
    }

    /// The merge that makes each token, in the order of the tokens' numbers.
    fn recovered_merges(&self) -> Vec<(u32, u32)> {
        // For each token the ways to make it; the right one is what is left without those of its own rank.
        let mut of_token: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.tokens.len()];
        for &(a, b, new) in &self.list {
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

    /// Token `id` as the merges of lower ranks leave it, if these are two parts.
    fn parts_before(&self, id: u32) -> Option<(u32, u32)> {
        let mut parts = Vec::new();
        self.start(self.tokens.get(id)?, &mut parts);
        self.merges.apply_below(&mut parts, u64::from(id));
        match parts.as_slice() {
            [a, b] => Some((a.id, b.id)),
            _ => None,
        }
    }

    /// Reads a `tokenizer.json` with a BPE model.
    ///
    /// # Errors
    /// It is no JSON, or no BPE; a part is missing or asks for something that this type does not do (the message says
    /// which); a merge of tokens that are not there.
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
        let (names, added) = json.tokens()?;
        let merges = merges(&json, &names)?;
        let shape = Shape::of(&json)?;
        let is_added = |id: usize| added.iter().any(|a| a.1 as usize == id);
        let fallback = json.flag("model.byte_fallback")?;
        let (tokens, symbols, written) = if shape.byte_level {
            let mut tokens = Vec::with_capacity(names.len());
            for (id, name) in names.iter().enumerate() {
                tokens.push(if is_added(id) {
                    name.as_bytes().to_vec()
                } else {
                    letters::read(name).ok_or_else(|| {
                        json.wrong("model.vocab", "tokens in letters for bytes", format!("{name:?}"))
                    })?
                });
            }
            let mut ids = Box::new([0; 256]);
            let of_byte: HashMap<&[u8], u32> = (tokens.iter().zip(0..))
                .filter(|(t, id)| t.len() == 1 && !is_added(*id as usize))
                .map(|(t, id)| (t.as_slice(), id))
                .collect();
            for b in 0..=255_u8 {
                let missing = || json.wrong("model.vocab", "a token for each byte", format!("none for {b}"));
                ids[usize::from(b)] = *of_byte.get(&[b][..]).ok_or_else(missing)?;
            }
            (tokens, Symbols::Bytes(ids), None)
        } else {
            let (tokens, symbols) = characters(&json, &names, fallback)?;
            (tokens, symbols, Some(names))
        };
        Bpe::made(Made {
            name: "BPE".to_owned(),
            tokens,
            written,
            merges,
            rank_is_id: false,
            symbols,
            cut: shape.cut,
            prefix: shape.prefix,
            whole: json.flag("model.ignore_merges")?,
            special: added,
        })
    }
}

/// The merges by number.
fn merges(json: &Json, names: &[String]) -> Result<Vec<(u32, u32, u32)>> {
    let ids: HashMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let Some(list) = json.at("model.merges").as_array() else {
        return Err(json.wrong("model.merges", "a list", shown(json.at("model.merges"))));
    };
    let mut merges = Vec::with_capacity(list.len());
    for merge in list {
        // As a pair, or in older files as one text with a space.
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

/// The bytes of tokens that are written in characters, and what a text is before the first merge.
fn characters(json: &Json, names: &[String], fallback: bool) -> Result<(Vec<Vec<u8>>, Symbols)> {
    let unknown = match json.at("model.unk_token") {
        Value::Null => None,
        _ => {
            let name = json.text("model.unk_token")?;
            let id = names.iter().position(|n| n == name).map(|id| id as u32);
            Some(id.ok_or_else(|| {
                json.wrong(
                    "model.unk_token",
                    "a token of the vocabulary",
                    format!("{name:?}"),
                )
            })?)
        }
    };
    Ok(characters_of(
        names,
        unknown,
        fallback,
        json.flag("model.fuse_unk")?,
    ))
}

/// The same for a list of tokens from anywhere.
pub(super) fn characters_of(
    names: &[String],
    unknown: Option<u32>,
    fallback: bool,
    fuse: bool,
) -> (Vec<Vec<u8>>, Symbols) {
    let mut ids = HashMap::new();
    let mut of_byte = Box::new([u32::MAX; 256]);
    let mut tokens = Vec::with_capacity(names.len());
    for (name, id) in names.iter().zip(0_u32..) {
        let byte = (name.strip_prefix("<0x").and_then(|n| n.strip_suffix('>')))
            .filter(|n| fallback && n.len() == 2)
            .and_then(|n| u8::from_str_radix(n, 16).ok());
        if let Some(b) = byte {
            of_byte[usize::from(b)] = id;
            tokens.push(vec![b]);
            continue;
        }
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            ids.insert(c, id);
            if c == '▁' {
                ids.insert(' ', id);
            }
        }
        tokens.push(if Some(id) == unknown {
            "\u{2047}".into()
        } else {
            name.replace('▁', " ").into_bytes()
        });
    }
    let bytes = (fallback && of_byte.iter().all(|&id| id != u32::MAX)).then_some(of_byte);
    let symbols = Symbols::Chars {
        ids,
        bytes,
        unknown,
        fuse,
    };
    (tokens, symbols)
}
