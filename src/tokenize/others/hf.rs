//! The `tokenizers` library, which reads every `tokenizer.json`. It is here for models that need what this
//! pack's tokenizers do not do, and for comparison.
//!
//! The library gives strings. What a token puts into a text must be guessed from how the file decodes:
//! letters for bytes, `▁` for a space, `<0x0A>` for a byte, or `##` for the inside of a word. Several tokens
//! are decoded by the library itself. The exception is files that decode bytes, because there the library
//! cannot restore a text that was cut within a character.

use std::path::Path;

use serde_json::Value;

use crate::error::Location;
use crate::tokenize::formats::letters;
use crate::tokenize::tokenizer::no_token;
use crate::tokenize::vocab::{Tokens, Vocab};
use crate::tokenize::{Token, Tokenizer};
use crate::{Error, Result};

/// A tokenizer of the `tokenizers` library. The tokens that a model expects around a text (`[CLS]` and the
/// like) are not added. Special tokens of the file are made from text, as the library does it.
#[derive(Clone)]
pub struct Hf {
    vocab: Vocab,
    inner: tokenizers::Tokenizer,
    /// Whether tokens are letters for bytes, from which the text is rebuilt.
    decodes_bytes: bool,
}

impl Hf {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// The file cannot be read, or the library cannot make a tokenizer from it.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        Self::from_json(&text)
    }

    /// Reads the text of a `tokenizer.json`.
    ///
    /// ```
    /// use course::tokenize::{Hf, Tokenizer, WordPiece};
    /// let theirs = Hf::from_json(&WordPiece::bert().to_json()?)?;
    /// assert_eq!(theirs.ids("Tokenization"), WordPiece::bert().ids("Tokenization"));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The library cannot make a tokenizer from it.
    pub fn from_json(text: &str) -> Result<Self> {
        let broken = |e: String| Error::format("tokenizer.json", Location::Whole, e);
        let inner: tokenizers::Tokenizer = text
            .parse()
            .map_err(|e: tokenizers::Error| broken(e.to_string()))?;
        Self::new(inner)
    }

    /// Wraps a tokenizer. Files of finished models have a length to cut texts to and a length to pad them to;
    /// both are removed.
    ///
    /// # Errors
    /// The library cannot say how the tokenizer is made.
    pub fn new(mut inner: tokenizers::Tokenizer) -> Result<Self> {
        let broken = |e: String| Error::format("tokenizer.json", Location::Whole, e);
        inner.with_padding(None);
        inner.with_truncation(None).map_err(|e| broken(e.to_string()))?;
        let decoder = serde_json::to_value(inner.get_decoder()).unwrap_or(Value::Null);
        let decodes_bytes = decoder.get("type").and_then(Value::as_str) == Some("ByteLevel");
        let decoder = decoder.to_string();
        let pre = serde_json::to_value(inner.get_pre_tokenizer())
            .unwrap_or(Value::Null)
            .to_string();
        let has = |kind: &str| decoder.contains(&format!("\"{kind}\""));
        let byte_level = has("ByteLevel") || pre.contains("\"ByteLevel\"");
        let added = inner.get_added_tokens_decoder();
        let vocab = inner.get_vocab(true);
        let highest = vocab.values().max().map_or(0, |&id| u64::from(id) + 1);
        // An id far above the number of tokens would ask for memory that nothing needs.
        let most = 4 * vocab.len() as u64 + 65_536;
        if highest > most {
            return Err(broken(format!(
                "expected numbers below {most}, got {}",
                highest - 1
            )));
        }
        let highest = highest as u32;
        // An added token as the file has it, not in the form that is searched for in normalised texts.
        let name =
            |id: u32| (added.get(&id)).map_or_else(|| inner.id_to_token(id), |t| Some(t.content.clone()));
        let written: Vec<String> = (0..highest).map(|id| name(id).unwrap_or_default()).collect();
        let value = |(id, token): (u32, &String)| -> Vec<u8> {
            if decodes_bytes {
                let token = inner.id_to_token(id).unwrap_or_default();
                return letters::read(&token).unwrap_or_else(|| token.into_bytes());
            }
            if added.contains_key(&id) {
                return token.as_bytes().to_vec();
            }
            if byte_level {
                return letters::read(token).unwrap_or_else(|| token.as_bytes().to_vec());
            }
            let byte = token.strip_prefix("<0x").and_then(|t| t.strip_suffix('>'));
            if let Some(b) = byte
                .and_then(|b| u8::from_str_radix(b, 16).ok())
                .filter(|_| has("ByteFallback"))
            {
                return vec![b];
            }
            if has("WordPiece") {
                return token.strip_prefix("##").unwrap_or(token).as_bytes().to_vec();
            }
            token.replace('▁', " ").into_bytes()
        };
        let tokens = Tokens::new((0..).zip(&written).map(value));
        let model = serde_json::to_value(inner.get_model()).unwrap_or(Value::Null);
        let unknown = match (model.get("unk_token"), model.get("unk_id")) {
            (Some(Value::String(token)), _) => inner.token_to_id(token),
            (_, Some(id)) => id.as_u64().and_then(|id| u32::try_from(id).ok()),
            _ => None,
        };
        let falls_back = model.get("byte_fallback") == Some(&Value::Bool(true));
        Ok(Self {
            vocab: Vocab::new(
                "tokenizers",
                tokens,
                Some(Tokens::new(&written)),
                unknown.filter(|_| !falls_back),
            ),
            decodes_bytes,
            inner,
        })
    }

    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.vocab.name = name.into();
        self
    }
}

impl Tokenizer for Hf {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    /// A text that the library refuses, which happens with no published file, has no tokens.
    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        if let Ok(e) = self.inner.encode(text, false) {
            let token = |(&id, &(start, end)): (&u32, &(usize, usize))| Token { id, start, end };
            tokens.extend(e.get_ids().iter().zip(e.get_offsets()).map(token));
        }
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        if let Ok(e) = self.inner.encode_fast(text, false) {
            ids.extend_from_slice(e.get_ids());
        }
    }

    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(ids.len() * 4);
        for &id in ids {
            let token = (self.vocab.tokens.get(id)).ok_or_else(|| no_token(self.vocab.tokens.len(), id))?;
            bytes.extend_from_slice(token);
        }
        if self.decodes_bytes {
            return Ok(bytes);
        }
        let text = self.inner.decode(ids, false);
        text.map(String::into_bytes)
            .map_err(|e| Error::value("the numbers of tokens", "some that can be decoded", e))
    }
}

crate::show::shown_as_line!(Hf, |this| {
    format!("{}, by the tokenizers library", this.vocab)
});
