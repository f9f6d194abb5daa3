//! Sentences as the classes that a language model predicts: the vocabulary's words, an unknown word, the end.

use crate::corpus::{Cut, Texts, Vocabulary, sentences};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// With n words, class n is a word that is not in the vocabulary, and class n + 1 the end of a sentence, which also stands for
/// what is before its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Classes {
    n_words: usize,
}

impl Classes {
    /// # Errors
    /// There is no word.
    pub(super) fn of(vocabulary: &Vocabulary) -> Result<Self> {
        if vocabulary.is_empty() {
            return Err(Error::value("the vocabulary", "at least one word", "none"));
        }
        Ok(Self {
            n_words: vocabulary.len(),
        })
    }

    pub(super) fn len(self) -> usize {
        self.n_words + 2
    }

    pub(super) fn unknown(self) -> u32 {
        self.n_words as u32
    }

    pub(super) fn end(self) -> u32 {
        self.n_words as u32 + 1
    }

    /// The words of a sentence; without the end.
    pub(super) fn encode(self, sentence: &str, cut: Cut, vocabulary: &Vocabulary) -> Vec<u32> {
        let mut ids = Vec::new();
        vocabulary.each_id(sentence, cut, |id| ids.push(id.unwrap_or(self.unknown())));
        ids
    }

    /// All sentences of the texts, each with its end; those without a word are left out.
    pub(super) fn read(self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<Vec<Vec<u32>>> {
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

    /// The `n` classes before place `at` of a sentence, ends where there are none.
    pub(super) fn context(self, sentence: &[u32], at: usize, n: usize) -> impl Iterator<Item = u32> {
        (0..n).map(move |i| {
            (at + i)
                .checked_sub(n)
                .map_or(self.end(), |place| sentence[place])
        })
    }

    /// What a class is called.
    pub(super) fn name(self, class: u32, vocabulary: &Vocabulary) -> &str {
        vocabulary.word(class).unwrap_or(if class == self.end() {
            "(end)"
        } else {
            "(another word)"
        })
    }
}

/// The `k` most probable classes.
pub(super) fn table(context: &str, vocabulary: &Vocabulary, classes: Classes, p: &[f64], k: usize) -> Table {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    let columns = [
        Column::new("next word"),
        Column::new("probability").decimals(3).bars(),
    ];
    let table = Table::new(columns).title(format!("After “{context}”"));
    (order.into_iter().take(k)).fold(table, |table, i| {
        table.row((classes.name(i as u32, vocabulary).to_owned(), p[i]))
    })
}

/// exp(−mean ln P) of everything in `sentences`, whose ln P is what `log` returns for each sentence.
pub(super) fn perplexity(sentences: &[Vec<u32>], log: impl FnOnce() -> Result<f64>) -> Result<f64> {
    let n: usize = sentences.iter().map(Vec::len).sum();
    if n == 0 {
        return Err(Error::value("the texts", "at least one word", "none"));
    }
    Ok((-log()? / n as f64).exp())
}
