//! The senses of a word, and texts in which the word is marked by its sense.

use std::collections::BTreeMap;

use ndarray::Array2;

use super::contexts::{CutText, Occurrence, Vectors};
use crate::Result;
use crate::corpus::{Cut, Texts};
use crate::embeddings::{Neighbour, Vector, cosine};
use crate::math::Clusters;
use crate::plot::{Column, Table};

/// How many neighbours and examples a sense keeps.
const KEPT: usize = 10;

/// How many neighbours a table shows.
const SHOWN: usize = 6;

/// One sense of a word.
#[derive(Clone)]
pub struct Sense {
    /// The mean of its contexts, minus the mean of all contexts of the word.
    pub vector: Vector,
    /// The share of the occurrences with this sense.
    pub share: f64,
    /// How many of the clustered occurrences have this sense.
    pub n_occurrences: usize,
    /// The context words that are most typical of this sense and not of the others, the most typical first.
    pub clues: Vec<String>,
    /// The words nearest to `vector`, after the mean of all words is subtracted.
    pub neighbours: Vec<Neighbour>,
    /// The occurrences nearest to the centre of the cluster.
    pub examples: Vec<SenseExample>,
}

crate::show::shown_as_line!(Sense, |this| {
    format!(
        "{:.0} % of the occurrences: {}",
        100.0 * this.share,
        this.clues.join(" ")
    )
});

/// An occurrence of a word, as it is written in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct SenseExample {
    /// The text before it, within the window.
    pub left: String,
    /// The word as it is written there.
    pub word: String,
    /// The text after it.
    pub right: String,
    /// The cosine with the vector of the sense.
    pub score: f32,
}

crate::plot::shown_as_record!(SenseExample);

/// The senses of a word, the most frequent first.
#[derive(Clone)]
pub struct SenseModel {
    word: String,
    window: usize,
    vectors: Vectors,
    senses: Vec<Sense>,
    silhouettes: Vec<(usize, f64)>,
    n_occurrences: u64,
}

/// The number of the sense with the largest cosine to `x`, and the cosine; among equal ones, the first.
pub(crate) fn nearest<'a>(x: &[f32], senses: impl Iterator<Item = &'a [f32]>) -> Option<(usize, f32)> {
    let all = (senses.enumerate()).map(|(i, sense)| (i, cosine(x, sense).unwrap_or(0.0)));
    all.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

impl SenseModel {
    pub(super) fn new(
        word: &str,
        window: usize,
        vectors: Vectors,
        clusters: &Clusters,
        silhouettes: Vec<(usize, f64)>,
        (occurrences, n_occurrences): (Vec<Occurrence>, u64),
        x: &Array2<f32>,
    ) -> Result<Self> {
        let centred = vectors.embeddings.centered()?;
        let mut senses = Vec::new();
        for cluster in 0..clusters.centres.nrows() as u32 {
            let members: Vec<usize> = (0..occurrences.len())
                .filter(|&i| clusters.labels[i] == cluster)
                .collect();
            if members.is_empty() {
                continue;
            }
            let mut middle = vec![0.0; x.ncols()];
            for &i in &members {
                let share = |(m, x): (&mut f32, &f32)| *m += x / members.len() as f32;
                middle.iter_mut().zip(x.row(i)).for_each(share);
            }
            let neighbours = centred.neighbours_of(&middle, KEPT.min(centred.len()))?;
            let mut near: Vec<(f32, usize)> = members
                .iter()
                .map(|&i| Ok((cosine(&x.row(i).to_vec(), &middle)?, i)))
                .collect::<Result<_>>()?;
            near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let example = |&(score, i): &(f32, usize)| SenseExample {
                left: occurrences[i].left.clone(),
                word: occurrences[i].word.clone(),
                right: occurrences[i].right.clone(),
                score,
            };
            senses.push(Sense {
                clues: clues(&occurrences, &members, &vectors),
                share: members.len() as f64 / occurrences.len().max(1) as f64,
                n_occurrences: members.len(),
                neighbours: neighbours.found().to_vec(),
                examples: near.iter().take(KEPT).map(example).collect(),
                vector: middle.into(),
            });
        }
        Ok(Self {
            word: word.to_owned(),
            window,
            vectors,
            senses,
            silhouettes,
            n_occurrences,
        })
    }

    /// The word.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Its senses, the most frequent first.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// How often the word occurs in the texts.
    pub fn n_occurrences(&self) -> u64 {
        self.n_occurrences
    }

    /// The numbers of senses that were tried, each with its silhouette; none if the number was given.
    pub fn silhouettes(&self) -> &[(usize, f64)] {
        &self.silhouettes
    }

    /// The number of the sense, from 0, that the word has in `text`, and the cosine to it. The first
    /// occurrence decides; if the text does not contain the word, the whole text does. None if no context
    /// word has a vector.
    pub fn sense_of(&self, text: &str) -> Option<(usize, f32)> {
        let text = CutText::new(text, Cut::Words, &self.word, self.vectors.embeddings.vocabulary());
        let first = text.occurrences(self.window).next();
        self.nearest(&first.map_or_else(|| text.ids(), |occurrence| occurrence.ids))
    }

    fn nearest(&self, ids: &[u32]) -> Option<(usize, f32)> {
        let senses = self.senses.iter().map(|sense| &*sense.vector);
        nearest(&self.vectors.of(ids)?, senses)
    }

    /// `texts` with each occurrence of the word marked by its sense, such as *bank_1* and *bank_2*, from 1.
    /// Embeddings trained on them have a vector for each sense. An occurrence whose context has no vector is
    /// not marked.
    pub fn texts<T: Texts>(&self, texts: T) -> SenseTexts<T> {
        let model = self.clone();
        SenseTexts { model, texts }
    }

    /// As a table, with a row for each sense.
    pub fn table(&self) -> Table {
        let share = Column::new("share").decimals(2).bars().range(0.0, 1.0);
        let columns = [
            Column::new("sense"),
            share,
            Column::new("words around"),
            Column::new("vectors near"),
        ];
        let rows = self.senses.iter().enumerate().map(|(i, sense)| {
            let near = sense.neighbours.iter().map(|n| n.word.as_str());
            let clues: Vec<&str> = sense.clues.iter().take(SHOWN).map(String::as_str).collect();
            let near: Vec<&str> = near.take(SHOWN).collect();
            (i + 1, sense.share, clues.join(" "), near.join(" "))
        });
        Table::new(columns).rows(rows).title(format!(
            "Senses of {}, {} occurrences",
            self.word, self.n_occurrences
        ))
    }

    /// The `k` occurrences nearest to the centre of each sense, as a table.
    pub fn examples(&self, k: usize) -> Table {
        let columns = [
            Column::new("sense"),
            Column::new("before"),
            Column::new("word"),
            Column::new("after"),
        ];
        let rows = self.senses.iter().enumerate().flat_map(|(i, sense)| {
            let row = move |e: &SenseExample| (i + 1, e.left.clone(), e.word.clone(), e.right.clone());
            sense.examples.iter().take(k).map(row)
        });
        Table::new(columns)
            .rows(rows)
            .title(format!("Places of {}", self.word))
    }
}

crate::show::shown_as_table!(SenseModel);

/// The context words that are most typical of `members`, by `g(c) n ln((n / T) / (n₀ / T₀))`. Here g(c) is
/// the weight of the word c; n is its count in the contexts of members, and n₀ in those of all occurrences; T
/// and T₀ are the counts of all words in these contexts.
fn clues(occurrences: &[Occurrence], members: &[usize], vectors: &Vectors) -> Vec<String> {
    let mut counts: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    let (mut in_members, mut in_all) = (0.0, 0.0);
    for id in occurrences.iter().flat_map(|occurrence| &occurrence.ids) {
        counts.entry(*id).or_default().1 += 1.0;
        in_all += 1.0;
    }
    for id in members.iter().flat_map(|&i| &occurrences[i].ids) {
        counts.entry(*id).or_default().0 += 1.0;
        in_members += 1.0;
    }
    let mut scores: Vec<(f64, u32)> = (counts.into_iter())
        .filter(|(_, (n, _))| *n > 0.0)
        .map(|(id, (n, all))| {
            (
                vectors.weight(id) * n * (n * in_all / (all * in_members)).ln(),
                id,
            )
        })
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let words = vectors.embeddings.vocabulary();
    (scores.into_iter().take(KEPT))
        .filter_map(|(_, id)| words.word(id).map(str::to_owned))
        .collect()
}

/// Texts in which a word is marked by its sense.
#[derive(Clone)]
pub struct SenseTexts<T> {
    model: SenseModel,
    texts: T,
}

impl<T: Texts> SenseTexts<T> {
    fn marked(&self, text: &str, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let cut = self.texts.cut();
        let model = &self.model;
        let vocabulary = model.vectors.embeddings.vocabulary();
        let occurrences = CutText::new(text, cut, &model.word, vocabulary);
        let mut senses = occurrences
            .occurrences(model.window)
            .map(|occurrence| model.nearest(&occurrence.ids));
        let mut out = String::with_capacity(text.len());
        for word in cut.iter(text) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word);
            if word == model.word
                && let Some(Some((sense, _))) = senses.next()
            {
                out.push_str(&format!("_{}", sense + 1));
            }
        }
        f(&out)
    }
}

impl<T: Texts> Texts for SenseTexts<T> {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.texts.each(&mut |text| self.marked(text, f))
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.texts.each_mixed(seed, &mut |text| self.marked(text, f))
    }

    fn cut(&self) -> Cut {
        Cut::Spaces
    }
}
