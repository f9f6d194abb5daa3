//! The company that a word keeps, and words that keep the same company.
//!
//! By plain counts the company of every word is *the*, *of* and *and*. Pointwise mutual information (Church
//! and Hanks 1990) instead asks how much more often two words occur together than they would by chance, if
//! neither depended on the other:
//!
//! ```text
//!                      P(w, c)              X[w, c] · ΣX
//!     PMI(w, c) = log₂ ───────── = log₂ ───────────────────
//!                      P(w) P(c)         ΣX[w, ·] · ΣX[·, c]
//! ```
//!
//! in bits: 0 is chance, 3 is eight times as often, and a negative number is less often. It is largest for
//! words that were seen only once, and with each other. That says little, so a minimum count is required.
//!
//! Two words are alike if they keep the same company: if the angle between their rows is small.

use ndarray::Array2;

use super::Cooccurrence;
use super::products::dot;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// The company of one word, and how it was chosen.
#[derive(Clone, PartialEq)]
pub struct Company {
    /// The word in the middle.
    pub word: String,
    /// What the companions are ordered by.
    pub by: By,
    /// The highest first.
    pub companions: Vec<Companion>,
}

/// What companions are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// How often they occur in the word's window.
    Count,
    /// How much more often than by chance.
    Pmi,
}

/// One word in the company of another word.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// The word.
    pub word: String,
    /// How often it occurs in the window, weighted as the window says.
    pub count: f32,
    /// Pointwise mutual information, in bits.
    pub pmi: f32,
}

crate::plot::shown_as_record!(Companion);

/// Words that keep the same company as another word.
#[derive(Clone, PartialEq)]
pub struct Alike {
    /// The other word.
    pub word: String,
    /// Words, each with the cosine of its row and the other word's row, the highest first.
    pub words: Vec<(String, f32)>,
}

impl Cooccurrence {
    /// The `k` words that occur most often in the window around `word`, or all if there are fewer. Among
    /// words that are equally frequent there, the one that is more frequent in the whole corpus comes first.
    ///
    /// # Errors
    /// The word is not in the vocabulary; `k` is larger than the vocabulary.
    pub fn company(&self, word: &str, k: usize) -> Result<Company> {
        self.best(word, k, By::Count, 0.0)
    }

    /// The `k` words that occur in the window around `word` more often than by chance: those with the highest
    /// [pointwise mutual information](Self::pmi) among the words with a count of at least `min_count`.
    ///
    /// ```
    /// use course::corpus::{Vocabulary, Window};
    /// use course::count::cooccurrence;
    /// let texts = ["the white whale", "the white whale", "the ship", "the sea", "the white ship"];
    /// let x = cooccurrence(&texts, &Vocabulary::of(&texts, 1)?, Window::symmetric(2)?)?;
    /// assert_eq!(x.company("white", 1)?.words(), ["the"]);
    /// assert_eq!(x.company_by_pmi("white", 1, 2.0)?.words(), ["whale"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`company`](Self::company).
    pub fn company_by_pmi(&self, word: &str, k: usize, min_count: f32) -> Result<Company> {
        self.best(word, k, By::Pmi, min_count)
    }

    fn best(&self, word: &str, k: usize, by: By, min_count: f32) -> Result<Company> {
        let row = self.vocabulary().require(word)? as usize;
        self.check_k(k)?;
        let (columns, counts) = self.matrix().row(row)?;
        let mut found: Vec<(u32, f32, f32)> = (columns.iter().zip(counts))
            .filter(|&(_, &count)| count >= min_count)
            .map(|(&column, &count)| (column, count, self.pmi_of(row, column as usize, count)))
            .collect();
        // The columns are in the order of frequency, and the sort is stable.
        match by {
            By::Count => found.sort_by(|a, b| b.1.total_cmp(&a.1)),
            By::Pmi => found.sort_by(|a, b| b.2.total_cmp(&a.2).then(b.1.total_cmp(&a.1))),
        }
        let companion = |(column, count, pmi)| Companion {
            word: self.name(column),
            count,
            pmi,
        };
        Ok(Company {
            word: word.to_owned(),
            by,
            companions: found.into_iter().take(k).map(companion).collect(),
        })
    }

    /// The pointwise mutual information of `word` and a `context` in the window around it, in bits; minus
    /// infinity if they never occur together.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn pmi(&self, word: &str, context: &str) -> Result<f32> {
        let (row, column) = self.places(word, context)?;
        Ok(self.pmi_of(row, column, self.matrix().get(row, column)?))
    }

    fn pmi_of(&self, row: usize, column: usize, count: f32) -> f32 {
        let (rows, columns, total) = self.sums();
        (f64::from(count) * total / (rows[row] * columns[column])).log2() as f32
    }

    /// How alike the company of two words is: the cosine of their rows, from 0 (nothing in common) to 1 (the
    /// same words in the same proportions). It is 0 for a word without company.
    ///
    /// ```
    /// # use course::{corpus::{Vocabulary, Window}, count::cooccurrence};
    /// let texts = ["a cat sleeps", "a dog sleeps", "a cat eats"];
    /// let x = cooccurrence(&texts, &Vocabulary::of(&texts, 1)?, Window::symmetric(1)?)?;
    /// // cat: a 2, sleeps 1, eats 1; dog: a 1, sleeps 1
    /// assert!((x.similarity("cat", "dog")? - 3.0 / 12_f32.sqrt()).abs() < 1e-6);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn similarity(&self, a: &str, b: &str) -> Result<f32> {
        let (a, b) = self.places(a, b)?;
        let dense = self.dense_row(a)?;
        let ((columns, values), (_, own)) = (self.matrix().row(b)?, self.matrix().row(a)?);
        Ok(cosine(dot(columns, values, &dense), norm(values), norm(own)))
    }

    /// The `k` words whose company is most like that of `word`, without the word itself.
    ///
    /// # Errors
    /// The word is not in the vocabulary; `k` is larger than the vocabulary.
    pub fn alike(&self, word: &str, k: usize) -> Result<Alike> {
        let row = self.vocabulary().require(word)?;
        self.check_k(k)?;
        let own = norm(self.matrix().row(row as usize)?.1);
        let products = self.matrix().times_vector(&self.dense_row(row as usize)?)?;
        let mut found: Vec<(u32, f32)> = (0..)
            .zip(products.iter().zip(self.matrix().row_norms()))
            .filter(|&(other, _)| other != row)
            .map(|(other, (&product, norm))| (other, cosine(product.into(), norm, own)))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        let words = found
            .into_iter()
            .take(k)
            .map(|(id, cosine)| (self.name(id), cosine))
            .collect();
        Ok(Alike {
            word: word.to_owned(),
            words,
        })
    }

    /// The counts of the words `contexts` (columns) in the company of `words` (rows), for a heat map.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn dense<W: AsRef<str>, C: AsRef<str>>(&self, words: &[W], contexts: &[C]) -> Result<Array2<f32>> {
        let mut dense = Array2::zeros((words.len(), contexts.len()));
        for (mut row, word) in dense.rows_mut().into_iter().zip(words) {
            for (count, context) in row.iter_mut().zip(contexts) {
                *count = self.count(word.as_ref(), context.as_ref())?;
            }
        }
        Ok(dense)
    }

    fn check_k(&self, k: usize) -> Result<()> {
        let n = self.vocabulary().len();
        if k <= n {
            return Ok(());
        }
        Err(Error::value(
            "k",
            format!("at most {n}, the size of the vocabulary"),
            k,
        ))
    }

    /// The word of a column.
    fn name(&self, column: u32) -> String {
        self.vocabulary().word(column).unwrap_or_default().to_owned()
    }

    /// A row with its zeros.
    fn dense_row(&self, row: usize) -> Result<Vec<f32>> {
        let mut dense = vec![0.0; self.matrix().n_columns()];
        let (columns, values) = self.matrix().row(row)?;
        for (&column, &value) in columns.iter().zip(values) {
            dense[column as usize] = value;
        }
        Ok(dense)
    }
}

fn norm(values: &[f32]) -> f64 {
    values
        .iter()
        .map(|&value| f64::from(value) * f64::from(value))
        .sum::<f64>()
        .sqrt()
}

fn cosine(product: f64, a: f64, b: f64) -> f32 {
    if a * b == 0.0 {
        0.0
    } else {
        (product / (a * b)) as f32
    }
}

impl Company {
    /// The companions alone, the highest first.
    pub fn words(&self) -> Vec<String> {
        self.companions
            .iter()
            .map(|companion| companion.word.clone())
            .collect()
    }

    fn table(&self) -> Table {
        let (mut count, mut pmi) = (Column::new("count"), Column::new("PMI").decimals(1));
        if self.companions.iter().all(|c| c.count.fract() == 0.0) {
            count = count.grouped();
        }
        match self.by {
            By::Count => count = count.bars(),
            By::Pmi => pmi = pmi.bars(),
        }
        Table::new([Column::new("word"), count, pmi])
            .title(format!("The company of {:?}", self.word))
            .rows(self.companions.iter().map(|c| (&c.word, c.count, c.pmi)))
    }
}

crate::show::shown_as_table!(Company);

impl Alike {
    fn table(&self) -> Table {
        Table::new([
            Column::new("word"),
            Column::new("cosine").decimals(3).bars().range(0.0, 1.0),
        ])
        .title(format!("Words that keep the company of {:?}", self.word))
        .rows(self.words.iter().map(|(word, cosine)| (word, *cosine)))
    }
}

crate::show::shown_as_table!(Alike);
