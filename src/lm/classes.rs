//! Sentences as the classes that a language model predicts: the vocabulary's words, an unknown word, the end.

use crate::corpus::{Cut, Texts, Vocabulary, sentences};
use crate::{Error, Result};

/// With n words, class n is a word that is not in the vocabulary. Class n + 1 is the end of a sentence, which
/// is also used for the positions before its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    n_words: usize,
}

impl Classes {
    /// # Errors
    /// There is no word.
    pub(crate) fn of(vocabulary: &Vocabulary) -> Result<Self> {
        if vocabulary.is_empty() {
            return Err(Error::value("the vocabulary", "at least one word", "none"));
        }
        Ok(Self {
            n_words: vocabulary.len(),
        })
    }

    pub(crate) fn len(self) -> usize {
        self.n_words + 2
    }

    pub(crate) fn unknown(self) -> u32 {
        self.n_words as u32
    }

    pub(crate) fn end(self) -> u32 {
        self.n_words as u32 + 1
    }

    /// The words of a sentence; without the end.
    pub(crate) fn encode(self, sentence: &str, cut: Cut, vocabulary: &Vocabulary) -> Vec<u32> {
        let mut ids = Vec::new();
        vocabulary.each_id(sentence, cut, |id| ids.push(id.unwrap_or(self.unknown())));
        ids
    }

    /// All sentences of the texts, each with its end; sentences without a word are left out.
    pub(crate) fn read(self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<Vec<Vec<u32>>> {
        let cut = texts.cut();
        let mut read = Vec::new();
        texts.each(&mut |text| {
            let mut add = |sentence: &str| {
                let mut ids = self.encode(sentence, cut, vocabulary);
                if !ids.is_empty() {
                    ids.push(self.end());
                    read.push(ids);
                }
            };
            match cut {
                Cut::Spaces => text.lines().for_each(&mut add),
                Cut::Words => sentences(text).iter().for_each(|sentence| add(sentence)),
            }
            Ok(())
        })?;
        Ok(read)
    }

    /// The `n` classes before position `at` of a sentence; positions before its beginning are ends.
    pub(crate) fn context(self, sentence: &[u32], at: usize, n: usize) -> impl Iterator<Item = u32> {
        (0..n).map(move |i| {
            (at + i)
                .checked_sub(n)
                .map_or(self.end(), |position| sentence[position])
        })
    }

    /// The name of a class.
    pub(crate) fn name(self, class: u32, vocabulary: &Vocabulary) -> &str {
        vocabulary.word(class).unwrap_or(if class == self.end() {
            "(end)"
        } else {
            "(another word)"
        })
    }
}
