//! The unigram model in `tokenizer.json`: a list of pieces with their log-probabilities.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::bpe_shape::metaspace;
use super::file::{File, Json, shown};
use super::parts::joining;
use crate::Result;
use crate::tokenize::decode::Decoding;
use crate::tokenize::spaces::{Prefix, SPACE, Spaces};
use crate::tokenize::unigram::{Made, Piece, Role, byte_of};
use crate::tokenize::{Tokenizer, Unigram};

#[derive(Serialize)]
struct Model {
    r#type: &'static str,
    unk_id: u32,
    vocab: Vec<(String, f64)>,
    byte_fallback: bool,
}

/// How the treatment of spaces is written: a normalizer, and what the pre-tokenizer puts in front.
fn written(spaces: Spaces) -> (Value, &'static str) {
    let replace = |regex: &str, content: &str| json!({"type": "Replace", "pattern": {"Regex": regex}, "content": content});
    let prepend = json!({"type": "Prepend", "prepend": "▁"});
    let sequence = |steps: &[Value]| json!({"type": "Sequence", "normalizers": steps});
    let collapsing = [replace("[ ▁]+$", ""), replace("^ +", ""), replace(" {2,}", " ")];
    match (spaces.collapse, spaces.prefix) {
        (false, Prefix::None) => (Value::Null, "never"),
        (false, Prefix::IfMissing) => (Value::Null, "always"),
        (false, Prefix::Always) => (prepend, "never"),
        (true, Prefix::None) => (sequence(&collapsing), "never"),
        (true, _) => (sequence(&[collapsing.as_slice(), &[prepend]].concat()), "never"),
    }
}

/// All settings that [`written`] can express.
fn all_spaces() -> impl Iterator<Item = Spaces> {
    let prefixes = [Prefix::None, Prefix::IfMissing, Prefix::Always];
    let with = move |collapse| {
        prefixes.map(|prefix| Spaces {
            collapse,
            ..Spaces::with(prefix)
        })
    };
    [false, true].into_iter().flat_map(with)
}

impl Unigram {
    /// This tokenizer as a `tokenizer.json`, from which the `tokenizers` library gives the same ids.
    ///
    /// ```
    /// use course::tokenize::{Tokenizer, Unigram};
    /// let pieces = [("<unk>", 0.0), ("▁", -3.0), ("h", -4.0), ("u", -4.0), ("g", -4.0), ("hug", -5.0)];
    /// let t = Unigram::new(pieces.map(|(p, score)| (p.to_owned(), score)).into(), 0)?;
    /// assert_eq!(Unigram::from_json(&t.to_json()?)?.ids("hug"), t.ids("hug"));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// None is known; writing JSON may fail in principle.
    pub fn to_json(&self) -> Result<String> {
        let vocab = (0..self.vocab_size() as u32)
            .filter_map(|id| Some((self.token_text(id)?, f64::from(self.score(id)?))))
            .collect();
        let model = Model {
            r#type: "Unigram",
            unk_id: self.unknown(),
            vocab,
            byte_fallback: self.falls_back_on_bytes(),
        };
        let mut file = File::new(model, &[]);
        let (normalizer, scheme) = written(self.spaces());
        file.normalizer = normalizer;
        file.pre_tokenizer = metaspace();
        file.pre_tokenizer["prepend_scheme"] = json!(scheme);
        file.pre_tokenizer["split"] = json!(self.cuts_by_word());
        file.decoder = joining(self.falls_back_on_bytes(), self.spaces().prefix != Prefix::None);
        file.write()
    }

    /// Reads a `tokenizer.json` with a unigram model.
    ///
    /// # Errors
    /// The text is not JSON, or not a unigram model; a part is missing or asks for something that this type
    /// does not do (the message says which).
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_json_named("tokenizer.json", text)
    }

    /// The same; `name` is for errors.
    pub(super) fn from_json_named(name: &str, text: &str) -> Result<Self> {
        let json = Json::parse(name, text)?;
        json.expect_model("Unigram")?;
        let (normalizer, pre) = (json.at("normalizer"), json.at("pre_tokenizer"));
        let mut as_written = pre.clone();
        let split = as_written.get("split").and_then(Value::as_bool).unwrap_or(true);
        let spaces = all_spaces().find(|spaces| {
            let (n, scheme) = written(*spaces);
            let mut expected = metaspace();
            expected["prepend_scheme"] = json!(scheme);
            as_written["split"] = json!(true);
            n == *normalizer && expected == as_written
        });
        let Some(spaces) = spaces else {
            return Err(
                match all_spaces().any(|spaces| written(spaces).0 == *normalizer) {
                    true => json.wrong("pre_tokenizer", "Metaspace with ▁ in front", shown(pre)),
                    false => json.wrong("normalizer", "none, or one for spaces", shown(normalizer)),
                },
            );
        };
        json.check_post_processor()?;
        let vocab = json.at("model.vocab");
        let Some(list) = vocab.as_array() else {
            return Err(json.wrong("model.vocab", "a list of pieces with scores", shown(vocab)));
        };
        let mut texts = Vec::with_capacity(list.len());
        for piece in list {
            match piece.as_array().map(Vec::as_slice) {
                Some([Value::String(text), score]) if score.is_number() => {
                    texts.push((text.as_str(), score.as_f64().unwrap_or(f64::NAN)));
                }
                _ => return Err(json.wrong("model.vocab", "a piece and its score", shown(piece))),
            }
        }
        let unknown = json.at("model.unk_id");
        let unknown = unknown
            .as_u64()
            .and_then(|id| u32::try_from(id).ok())
            .ok_or_else(|| json.wrong("model.unk_id", "the number of a piece", shown(unknown)))?;
        let fallback = json.flag("model.byte_fallback")?;
        let numbers: Vec<Value> = (0..texts.len()).map(Value::from).collect();
        let all = json.tokens_of(texts.len(), texts.iter().map(|t| t.0).zip(&numbers))?;
        if let Some((_, id)) = all.added.iter().find(|(_, id)| all.outside.contains(id)) {
            let got = shown(&json!(all.names.get(*id as usize)));
            return Err(json.wrong("added_tokens", "pieces of the model", got));
        }
        let strip = json.joins(&all.names, fallback)?;
        let bytes: HashSet<u8> = all.names.iter().filter_map(|n| byte_of(n)).collect();
        if fallback && bytes.len() < 256 {
            let got = format!("{} of them", bytes.len());
            return Err(json.wrong("model.byte_fallback", "a piece for each of the 256 bytes", got));
        }
        if fallback && !all.names.iter().any(|n| n.chars().eq([SPACE])) {
            return Err(json.wrong("model.vocab", "a piece ▁ for a space", "none"));
        }
        let role = |id: u32, text: &str| match byte_of(text).filter(|_| fallback) {
            // The library makes every piece from a text that has its letters, except for pieces that were
            // added as special.
            _ if all.added.iter().any(|a| a.1 == id) => Role::Control,
            Some(b) => Role::Byte(b),
            None => Role::Normal,
        };
        let pieces: Vec<Piece> = (0..)
            .zip(&texts)
            .map(|(id, &(text, score))| Piece {
                role: role(id, text),
                text: text.to_owned(),
                score,
            })
            .collect();
        let unknown_text = pieces
            .get(unknown as usize)
            .map_or(String::new(), |p| p.text.replace(SPACE, " "));
        Unigram::made(Made {
            pieces,
            unknown,
            unknown_text,
            spaces: Spaces {
                by_library: true,
                ..spaces
            },
            split,
            decoding: Decoding::Fused { strip },
            single: false,
            by_letters: true,
        })
    }
}
