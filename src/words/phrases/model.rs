//! The phrases that were found, and texts in which they are joined.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::Result;
use crate::corpus::{Corpus, Cut, Document, Texts};
use crate::plot::{Column, Table};

/// Stands between the words of a phrase, as in gensim and word2vec.
const JOINT: char = '_';

/// How many phrases a table shows.
const SHOWN: usize = 30;

/// A phrase of two words, each of which may be a phrase itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// The word on the left.
    pub first: String,
    /// The word on the right.
    pub second: String,
    /// How often the second word follows the first directly, before this pass joins anything.
    pub count: u64,
    /// The score: the higher it is, the more firmly the two belong together.
    pub score: f64,
}

crate::plot::shown_as_record!(Phrase);

impl Phrase {
    /// Both words as one word, such as *new_york*.
    pub fn joined(&self) -> String {
        format!("{}{JOINT}{}", self.first, self.second)
    }
}

/// The phrases of one pass.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// The highest score first.
    phrases: Vec<Phrase>,
    /// The second words of each first word.
    index: HashMap<String, HashSet<String>>,
}

impl Pass {
    pub(super) fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.sort_by(|a, b| {
            let names = (&a.first, &a.second).cmp(&(&b.first, &b.second));
            b.score.total_cmp(&a.score).then(names)
        });
        let mut index: HashMap<String, HashSet<String>> = HashMap::new();
        for phrase in &phrases {
            let seconds = index.entry(phrase.first.clone()).or_default();
            seconds.insert(phrase.second.clone());
        }
        Self { phrases, index }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    fn joins(&self, first: &str, second: &str) -> bool {
        (self.index.get(first)).is_some_and(|seconds| seconds.contains(second))
    }

    /// Joins from left to right.
    fn join(&self, words: Vec<String>) -> Vec<String> {
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        // Whether the last word of `out` has not been joined yet.
        let mut open = false;
        for word in words {
            open = match out.last_mut() {
                Some(last) if open && self.joins(last, &word) => {
                    last.push(JOINT);
                    last.push_str(&word);
                    false
                }
                _ => {
                    out.push(word);
                    true
                }
            };
        }
        out
    }
}

/// Phrases, pass by pass.
#[derive(Clone, Default)]
pub struct PhraseModel {
    passes: Vec<Arc<Pass>>,
}

impl PhraseModel {
    pub(super) fn push(&mut self, pass: Pass) {
        self.passes.push(Arc::new(pass));
    }

    /// How many passes found something.
    pub fn n_passes(&self) -> usize {
        self.passes.len()
    }

    /// The phrases of a pass, counted from 0, the highest score first. A pass that found nothing has none.
    pub fn phrases(&self, pass: usize) -> &[Phrase] {
        self.passes.get(pass).map_or(&[], |pass| &pass.phrases)
    }

    /// The phrases of the first `n` passes only.
    #[must_use]
    pub fn first_passes(&self, n: usize) -> Self {
        let passes = self.passes.iter().take(n).cloned().collect();
        Self { passes }
    }

    /// The words of a text, with phrases joined.
    pub fn join(&self, text: &str) -> Vec<String> {
        self.join_words(Cut::Words.iter(text))
    }

    /// The same for a text that is already cut into words.
    pub fn join_words<S: Into<String>>(&self, words: impl IntoIterator<Item = S>) -> Vec<String> {
        let words = words.into_iter().map(Into::into).collect();
        self.passes.iter().fold(words, |words, pass| pass.join(words))
    }

    /// `texts` with phrases joined each time they are read. `texts` may be borrowed or owned.
    pub fn texts<T: Texts>(&self, texts: T) -> JoinedTexts<T> {
        let model = self.clone();
        JoinedTexts { model, texts }
    }

    /// The same corpus, titles included, with its texts cut into words and phrases joined.
    pub fn corpus(&self, corpus: &Corpus) -> Corpus {
        let join = |document: &Document| Document {
            text: self.join_words(corpus.cut().iter(&document.text)).join(" "),
            ..document.clone()
        };
        let documents = corpus.documents().iter().map(join).collect();
        Corpus::new(corpus.name(), documents).already_cut()
    }

    /// The phrases of all passes with the highest scores, as a table.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("expression"),
            Column::new("times"),
            Column::new("score").decimals(2),
            Column::new("pass"),
        ];
        let mut rows: Vec<(&Phrase, usize)> = (self.passes.iter().enumerate())
            .flat_map(|(pass, found)| found.phrases.iter().map(move |phrase| (phrase, pass + 1)))
            .collect();
        rows.sort_by(|a, b| b.0.score.total_cmp(&a.0.score));
        let all = rows.len();
        Table::new(columns)
            .rows(
                rows.into_iter()
                    .take(SHOWN)
                    .map(|(p, pass)| (p.joined(), p.count, p.score, pass)),
            )
            .title(format!("{all} expressions in {} passes", self.n_passes()))
    }
}

crate::show::shown_as_table!(PhraseModel);

/// Texts whose phrases are joined while they are read.
#[derive(Clone, Debug)]
pub struct JoinedTexts<T> {
    model: PhraseModel,
    texts: T,
}

impl<T: Texts> JoinedTexts<T> {
    fn joined(&self, text: &str, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        f(&self.model.join_words(self.texts.cut().iter(text)).join(" "))
    }
}

impl<T: Texts> Texts for JoinedTexts<T> {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.texts.each(&mut |text| self.joined(text, f))
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.texts.each_mixed(seed, &mut |text| self.joined(text, f))
    }

    fn cut(&self) -> Cut {
        Cut::Spaces
    }
}
