//! The unigram model in `tokenizer.json`: a list of pieces with their log-probabilities.

use serde::Serialize;
use serde_json::{Value, json};

use super::bpe_shape::metaspace;
use super::file::{File, Json, shown};
use crate::Result;
use crate::tokenize::{Tokenizer, Unigram};

#[derive(Serialize)]
struct Model {
    r#type: &'static str,
    unk_id: u32,
    vocab: Vec<(String, f64)>,
    byte_fallback: bool,
}

/// How [`Unigram::collapsing_spaces`] is written.
fn collapsing() -> Value {
    let replace = |regex: &str, content: &str| json!({"type": "Replace", "pattern": {"Regex": regex}, "content": content});
    let prepend = json!({"type": "Prepend", "prepend": "▁"});
    json!({"type": "Sequence", "normalizers": [
        replace("[ ▁]+$", ""), replace("^ +", ""), replace(" {2,}", " "), prepend,
    ]})
}

impl Unigram {
    /// As a `tokenizer.json`, with which the `tokenizers` library gives the same numbers.
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
    /// None that is known; writing JSON may fail in principle.
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
        if self.collapses_spaces() {
            file.normalizer = collapsing();
        }
        file.pre_tokenizer = metaspace();
        if self.collapses_spaces() {
            file.pre_tokenizer["prepend_scheme"] = json!("never");
        }
        file.pre_tokenizer["split"] = json!(self.cuts_by_word());
        file.decoder = json!({"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ]});
        file.write()
    }

    /// Reads a `tokenizer.json` with a unigram model.
    ///
    /// # Errors
    /// It is no JSON, or no unigram model; a part is missing or asks for something that this type does not do (the
    /// message says which).
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_json_named("tokenizer.json", text)
    }

    /// The same; `name` is for errors.
    pub(super) fn from_json_named(name: &str, text: &str) -> Result<Self> {
        let json = Json::parse(name, text)?;
        json.expect_model("Unigram")?;
        let collapse = match json.at("normalizer") {
            Value::Null => false,
            other if *other == collapsing() => true,
            other => return Err(json.wrong("normalizer", "none, or one for spaces", shown(other))),
        };
        let pre = json.at("pre_tokenizer");
        let never = json.at("pre_tokenizer.prepend_scheme").as_str() == Some("never");
        if pre.get("type").and_then(Value::as_str) != Some("Metaspace") || never != collapse {
            return Err(json.wrong("pre_tokenizer", "Metaspace with a space in front", shown(pre)));
        }
        let split = json.at("pre_tokenizer.split").as_bool() != Some(false);
        let vocab = json.at("model.vocab");
        let Some(list) = vocab.as_array() else {
            return Err(json.wrong("model.vocab", "a list of pieces with scores", shown(vocab)));
        };
        let mut pieces = Vec::with_capacity(list.len());
        for piece in list {
            match piece.as_array().map(Vec::as_slice) {
                Some([Value::String(text), score]) if score.is_number() => {
                    pieces.push((text.clone(), score.as_f64().unwrap_or(0.0) as f32));
                }
                _ => return Err(json.wrong("model.vocab", "a piece and its score", shown(piece))),
            }
        }
        let unknown = json.at("model.unk_id");
        let unknown = unknown
            .as_u64()
            .and_then(|id| u32::try_from(id).ok())
            .ok_or_else(|| json.wrong("model.unk_id", "the number of a piece", shown(unknown)))?;
        let bytes = json.flag("model.byte_fallback")?;
        Unigram::read(pieces, unknown, bytes, collapse, split)
    }
}
