//! The tokens of a language model: how a text becomes tokens, and tokens become a text.

use super::classes::Classes;
use crate::corpus::{Cut, Texts, Vocabulary};
use crate::{Error, Result};

/// The tokens of a language model: numbers below [`len`](Self::len).
pub trait TokenSet {
    /// How many tokens there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How a token is shown to a reader.
    fn text(&self, id: u32) -> String;

    /// The token at which a text ends, if there is one: generation stops there.
    fn end(&self) -> Option<u32>;

    /// The token that stands for whatever the vocabulary lacks, if there is one: generation never draws it.
    fn unknown(&self) -> Option<u32>;

    /// The tokens of a text that is to be continued, so without an end.
    fn ids(&self, text: &str) -> Vec<u32>;

    /// The text of some tokens.
    ///
    /// # Errors
    /// An id that is no token.
    fn decode(&self, ids: &[u32]) -> Result<String>;

    /// Texts as the sequences that a model scores. Each sequence is scored separately and has its end. None
    /// of them is empty.
    ///
    /// # Errors
    /// Errors of reading the texts.
    fn sequences(&self, texts: &dyn Texts) -> Result<Vec<Vec<u32>>>;
}

/// Words as tokens: the words of a vocabulary, one token for all other words, and one for the end of a
/// sentence.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::{TokenSet, WordTokens};
/// let words = WordTokens::new(Vocabulary::from_words(vec!["the".into(), "cat".into()])?)?;
/// assert_eq!(words.ids("The cat sat"), [0, 1, 2]);
/// assert_eq!(words.sequences(&["The cat. The dog."])?, [[0, 1, 3], [0, 2, 3]]);
/// assert_eq!(words.decode(&[0, 1])?, "the cat");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct WordTokens {
    vocabulary: Vocabulary,
    classes: Classes,
}

impl WordTokens {
    /// The words of `vocabulary`, an unknown word, and an end.
    ///
    /// # Errors
    /// There is no word.
    pub fn new(vocabulary: Vocabulary) -> Result<Self> {
        let classes = Classes::of(&vocabulary)?;
        Ok(Self { vocabulary, classes })
    }

    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn classes(&self) -> Classes {
        self.classes
    }
}

impl TokenSet for WordTokens {
    fn len(&self) -> usize {
        self.classes.len()
    }

    fn text(&self, id: u32) -> String {
        self.classes.name(id, &self.vocabulary).to_owned()
    }

    fn end(&self) -> Option<u32> {
        Some(self.classes.end())
    }

    fn unknown(&self) -> Option<u32> {
        Some(self.classes.unknown())
    }

    fn ids(&self, text: &str) -> Vec<u32> {
        self.classes.encode(text, Cut::Words, &self.vocabulary)
    }

    /// The words with spaces between them.
    fn decode(&self, ids: &[u32]) -> Result<String> {
        if let Some(wrong) = ids.iter().find(|&&id| id as usize >= self.len()) {
            let expected = format!("a number below {}", self.len());
            return Err(Error::value("a token", expected, wrong));
        }
        let words: Vec<&str> = (ids.iter())
            .map(|&id| self.classes.name(id, &self.vocabulary))
            .collect();
        Ok(words.join(" "))
    }

    fn sequences(&self, texts: &dyn Texts) -> Result<Vec<Vec<u32>>> {
        self.classes.read(texts, &self.vocabulary)
    }
}

crate::show::shown_as_line!(WordTokens, |this| {
    let n = this.vocabulary.len();
    format!("{n} words as tokens, and one each for other words and for the end")
});
