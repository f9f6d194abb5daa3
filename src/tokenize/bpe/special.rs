//! Special tokens: those that mean something to the model and that no text should be able to write.
//!
//! `<|endoftext|>` ends a document in training. If a program turns these thirteen characters in a user's text
//! into the special token, the user can end the document. Where a chat is marked by such tokens, the user can
//! pretend to be the system or the assistant. So here a text is only text
//! ([`Tokenizer::ids`](super::super::Tokenizer::ids)). Special tokens are made from text only where the
//! caller asks for it, and a caller that wants to know about them can refuse them.

use super::Bpe;
use crate::tokenize::Tokenizer;
use crate::{Error, Result};

/// What to do with text that looks like a special token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// It is text like any other.
    AsText,
    /// It is an error.
    Refuse,
    /// It is the special token.
    Allow,
}

impl Bpe {
    /// The tokens of `text`. What looks like a special token is treated as `special` says.
    ///
    /// ```
    /// use course::tokenize::{Bpe, BpeTraining, Special, Tokenizer};
    /// let training = BpeTraining { vocab_size: 260, special: vec!["<|end|>".to_owned()], ..Default::default() };
    /// let t = Bpe::train(&["one two"], &training)?;
    /// assert_eq!(t.ids_with_special("a<|end|>", Special::Allow)?, [t.token_id("a").unwrap(), 0]);
    /// assert_eq!(t.ids_with_special("a<|end|>", Special::AsText)?.len(), 8);
    /// let refused = t.ids_with_special("a<|end|>", Special::Refuse).unwrap_err();
    /// assert_eq!(refused.to_string(), r#"the text: expected no special token, got "<|end|>" at byte 1"#);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Special::Refuse`] was given, and some of the text looks like a special token.
    pub fn ids_with_special(&self, text: &str, special: Special) -> Result<Vec<u32>> {
        let mut ids = Vec::new();
        let (mut start, mut i) = (0, 0);
        while special != Special::AsText && i < text.len() {
            let found = (self.scheme.special.iter())
                .filter(|(token, _)| text.as_bytes()[i..].starts_with(token.as_bytes()))
                .max_by_key(|(token, _)| token.len());
            match found {
                Some((token, _)) if special == Special::Refuse => {
                    let got = format!("{token:?} at byte {i}");
                    return Err(Error::value("the text", "no special token", got));
                }
                Some((token, id)) => {
                    self.push_ids(&text[start..i], &mut ids);
                    ids.push(*id);
                    i += token.len();
                    start = i;
                }
                None => i += 1,
            }
        }
        self.push_ids(&text[start..], &mut ids);
        Ok(ids)
    }
}
