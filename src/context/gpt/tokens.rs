//! Any tokenizer as the tokens of a language model: its ids, and one more for the end of a text, if it has
//! none.
//!
//! The end of one text is the beginning of the next, so the model also sees it before the first token.

use std::sync::Arc;

use crate::corpus::Texts;
use crate::lm::TokenSet;
use crate::tokenize::{Tokenizer, encode_each};
use crate::{Error, Result};

/// The tokens of a tokenizer, with an end of a text.
///
/// ```
/// use course::context::TextTokens;
/// use course::lm::TokenSet;
/// use course::tokenize::{Bpe, BpeTraining};
/// let bytes = BpeTraining { vocab_size: 256, ..Default::default() };
/// let tokens = TextTokens::new(Bpe::train(&["a"], &bytes)?);
/// assert_eq!((tokens.len(), tokens.end()), (257, Some(256)));
/// assert_eq!(tokens.decode(&tokens.ids("Ça va?"))?, "Ça va?");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct TextTokens {
    tokenizer: Arc<dyn Tokenizer + Send>,
    end: u32,
    len: usize,
}

impl TextTokens {
    /// The tokens of `tokenizer`, and a new one for the end of a text, which has the next number.
    pub fn new(tokenizer: impl Tokenizer + Send + 'static) -> Self {
        let n = tokenizer.vocab_size();
        Self {
            tokenizer: Arc::new(tokenizer),
            end: n as u32,
            len: n + 1,
        }
    }

    /// The tokens of `tokenizer`, one of which is the end of a text, such as GPT-2's `<|endoftext|>`.
    ///
    /// # Errors
    /// There is no such token.
    pub fn with_end(tokenizer: impl Tokenizer + Send + 'static, end: &str) -> Result<Self> {
        let id = tokenizer
            .token_id(end)
            .ok_or_else(|| Error::unknown("token", end, Vec::new()))?;
        let len = tokenizer.vocab_size();
        Ok(Self {
            tokenizer: Arc::new(tokenizer),
            end: id,
            len,
        })
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> &dyn Tokenizer {
        self.tokenizer.as_ref()
    }

    /// The end of a text, which also stands before its first token.
    pub(super) fn boundary(&self) -> u32 {
        self.end
    }
}

impl TokenSet for TextTokens {
    fn len(&self) -> usize {
        self.len
    }

    fn text(&self, id: u32) -> String {
        match id == self.end {
            true => "(end)".to_owned(),
            false => self.tokenizer.token_text(id).unwrap_or_default(),
        }
    }

    fn end(&self) -> Option<u32> {
        Some(self.end)
    }

    fn unknown(&self) -> Option<u32> {
        self.tokenizer.unknown_id()
    }

    fn ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer.ids(text)
    }

    /// Ends are left out.
    fn decode(&self, ids: &[u32]) -> Result<String> {
        let ids: Vec<u32> = ids.iter().copied().filter(|&id| id != self.end).collect();
        self.tokenizer.decode(&ids)
    }

    fn sequences(&self, texts: &dyn Texts) -> Result<Vec<Vec<u32>>> {
        let mut all = Vec::new();
        encode_each(self.tokenizer.as_ref(), texts, &mut |ids| {
            if !ids.is_empty() {
                all.push([ids, &[self.end]].concat());
            }
            Ok(())
        })?;
        Ok(all)
    }
}

impl std::fmt::Display for TextTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = self.text(self.end);
        write!(f, "{} tokens of {}, with {end}", self.len, self.tokenizer.name())
    }
}

crate::show::shown_as_line!(TextTokens);
