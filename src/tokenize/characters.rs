//! Characters as tokens: the smallest vocabulary that a reader can spell out, and the longest texts.
//!
//! Each character of some texts is a token, numbered in the order of Unicode. Any other character becomes
//! `<unk>`, and is lost.

use std::collections::BTreeSet;

use super::vocab::{Tokens, Vocab};
use super::{Token, Tokenizer};
use crate::corpus::Texts;
use crate::{Error, Result};

/// How `<unk>` is written.
const UNKNOWN: &str = "<unk>";

/// A token for each character.
///
/// ```
/// use course::tokenize::{Characters, Tokenizer};
/// let t = Characters::of(&["abba"])?;
/// assert_eq!(t.ids("cab"), [2, 0, 1]);
/// assert_eq!(t.decode(&[1, 0, 1])?, "bab");
/// assert_eq!((t.vocab_size(), t.unknown_id()), (3, Some(2)));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Characters {
    characters: Vec<char>,
    vocab: Vocab,
}

impl Characters {
    /// The characters of these texts.
    ///
    /// # Errors
    /// There is none, or the texts cannot be read.
    pub fn of(texts: &dyn Texts) -> Result<Self> {
        let mut all = BTreeSet::new();
        texts.each(&mut |text| {
            all.extend(text.chars());
            Ok(())
        })?;
        if all.is_empty() {
            return Err(Error::value("the texts", "at least one character", "none"));
        }
        let characters: Vec<char> = all.into_iter().collect();
        let tokens = characters.iter().map(char::to_string).chain([UNKNOWN.to_owned()]);
        let unknown = characters.len() as u32;
        Ok(Self {
            vocab: Vocab::new("characters", Tokens::new(tokens), None, Some(unknown)),
            characters,
        })
    }

    /// The characters, in the order of their ids.
    pub fn characters(&self) -> &[char] {
        &self.characters
    }
}

impl Tokenizer for Characters {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        tokens.extend(text.char_indices().map(|(start, c)| {
            let found = self.characters.binary_search(&c);
            Token {
                id: found.unwrap_or(self.characters.len()) as u32,
                start,
                end: start + c.len_utf8(),
            }
        }));
    }
}

impl std::fmt::Display for Characters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} characters as tokens, and {UNKNOWN}", self.characters.len())
    }
}

crate::show::shown_as_line!(Characters);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_known_characters_comes_back() {
        let text = "Ça va? 12 × €, 日本 🎉";
        let t = Characters::of(&[text]).unwrap();
        let ids = t.ids(text);
        assert_eq!(ids.len(), text.chars().count());
        assert_eq!(t.decode(&ids).unwrap(), text);
        let encoding = t.encode("va z");
        assert_eq!(encoding.spans(), [0..1, 1..2, 2..3, 3..4]);
        assert_eq!(encoding.ids()[3], t.unknown_id().unwrap());
        assert_eq!(t.token_id("€"), Some(t.ids("€")[0]));
        assert!(t.decode(&[t.vocab_size() as u32]).is_err());
        assert!(Characters::of(&[""]).is_err());
    }
}
