//! WordPiece in `tokenizer.json`: BERT's normaliser, cuts and longest match.

use serde::Serialize;
use serde_json::{Value, json};

use super::file::{File, Json, Vocab, shown};
use crate::Result;
use crate::tokenize::wordpiece::LONGEST_WORD;
use crate::tokenize::{Normalization, Tokenizer, WordPiece};

/// The text as it is.
const NONE: Normalization = Normalization {
    clean: false,
    split_chinese: false,
    strip_accents: false,
    lowercase: false,
};

#[derive(Serialize)]
struct Model {
    r#type: &'static str,
    unk_token: &'static str,
    continuing_subword_prefix: &'static str,
    max_input_chars_per_word: usize,
    vocab: Vocab,
}

impl WordPiece {
    /// This tokenizer as a `tokenizer.json`, from which the `tokenizers` library gives the same ids.
    ///
    /// ```
    /// use course::tokenize::{Tokenizer, WordPiece};
    /// let again = WordPiece::from_json(&WordPiece::bert().to_json()?)?;
    /// assert_eq!(again.ids("Tokenization"), WordPiece::bert().ids("Tokenization"));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// None is known; writing JSON may fail in principle.
    pub fn to_json(&self) -> Result<String> {
        let vocab: Vec<(String, u32)> = (0..self.vocab_size() as u32)
            .filter_map(|id| Some((self.token_text(id)?, id)))
            .collect();
        let special: Vec<(String, u32)> = (vocab.iter())
            .filter(|(t, _)| matches!(t.as_str(), "[PAD]" | "[UNK]" | "[CLS]" | "[SEP]" | "[MASK]"))
            .cloned()
            .collect();
        let model = Model {
            r#type: "WordPiece",
            unk_token: "[UNK]",
            continuing_subword_prefix: "##",
            max_input_chars_per_word: self.longest_word(),
            vocab: Vocab(vocab),
        };
        let mut file = File::new(model, &special);
        let n = self.normalization();
        if n != NONE {
            file.normalizer = json!({
                "type": "BertNormalizer", "clean_text": n.clean, "handle_chinese_chars": n.split_chinese,
                "strip_accents": n.strip_accents, "lowercase": n.lowercase,
            });
        }
        file.pre_tokenizer = json!({"type": "BertPreTokenizer"});
        file.decoder = json!({"type": "WordPiece", "prefix": "##", "cleanup": self.cleans_up()});
        file.write()
    }

    /// Reads a `tokenizer.json` with a WordPiece model.
    ///
    /// # Errors
    /// The text is not JSON, or not a WordPiece model; a part is missing or asks for something that this type
    /// does not do (the message says which).
    pub fn from_json(text: &str) -> Result<Self> {
        Self::from_json_named("tokenizer.json", text)
    }

    /// The same; `name` is for errors.
    pub(super) fn from_json_named(name: &str, text: &str) -> Result<Self> {
        let json = Json::parse(name, text)?;
        json.expect_model("WordPiece")?;
        let marks = [
            ("model.unk_token", "[UNK]"),
            ("model.continuing_subword_prefix", "##"),
        ];
        for (path, expected) in marks {
            if json.text(path)? != expected {
                return Err(json.wrong(path, &format!("{expected:?}"), shown(json.at(path))));
            }
        }
        if json.at("pre_tokenizer.type") != "BertPreTokenizer" {
            let got = shown(json.at("pre_tokenizer"));
            return Err(json.wrong("pre_tokenizer", "BertPreTokenizer", got));
        }
        let normalization = match (json.at("normalizer"), json.at("normalizer.type").as_str()) {
            (Value::Null, _) => NONE,
            (_, Some("BertNormalizer")) => {
                let lowercase = json.flag("normalizer.lowercase")?;
                Normalization {
                    clean: json.flag("normalizer.clean_text")?,
                    split_chinese: json.flag("normalizer.handle_chinese_chars")?,
                    // Unless the file says otherwise, accents are stripped where text is put in lower case.
                    strip_accents: match json.at("normalizer.strip_accents") {
                        Value::Null => lowercase,
                        _ => json.flag("normalizer.strip_accents")?,
                    },
                    lowercase,
                }
            }
            (other, _) => return Err(json.wrong("normalizer", "BertNormalizer", shown(other))),
        };
        json.check_post_processor()?;
        let decoder = json.at("decoder");
        let text = |name: &str| decoder.get(name).and_then(Value::as_str);
        let cleanup = decoder.get("cleanup").and_then(Value::as_bool);
        let (Some("WordPiece"), Some("##"), Some(cleanup)) = (text("type"), text("prefix"), cleanup) else {
            return Err(json.wrong("decoder", "WordPiece with ##", shown(decoder)));
        };
        let path = "model.max_input_chars_per_word";
        let longest = match json.at(path) {
            Value::Null => LONGEST_WORD,
            n => (n.as_u64().and_then(|n| usize::try_from(n).ok()))
                .ok_or_else(|| json.wrong(path, "a number of characters", shown(n)))?,
        };
        let all = json.tokens()?;
        let made = WordPiece::with(all.names, normalization, &all.outside)?;
        Ok(made.of_file(longest, cleanup))
    }
}
