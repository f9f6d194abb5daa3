//! TF-IDF: a word says something about a document if it is frequent there and rare elsewhere.
//!
//! Counts are dominated by *the*, *of* and *and*, which occur in every document and do not tell documents
//! apart. Spärck Jones (1972, *A Statistical Interpretation of Term Specificity*) weights a word by the
//! logarithm of how few documents have it. With N documents, n of which have the word w, and tf the count of
//! w in document d:
//!
//! ```text
//!     X[d, w] = tf' · idf(n),     and then each row divided by its norm
//! ```
//!
//! | [`Tf`] | tf' | |
//! |---|---|---|
//! | `Raw` | tf | |
//! | `Log` | 1 + ln tf | scikit-learn's `sublinear_tf`: the tenth *tax* says less than the first |
//! | `Boolean` | 1 | |
//! | `Augmented` | ½ + ½ tf / max tf of the document | SMART's `a`: long documents get no advantage |
//!
//! | [`Idf`] | idf(n) | |
//! |---|---|---|
//! | `None` | 1 | |
//! | `Plain` | ln(N / n) | Spärck Jones; 0 for a word of all documents |
//! | `PlusOne` | ln(N / n) + 1 | scikit-learn's `smooth_idf=False`: words of all documents stay |
//! | `Smooth` | ln((1 + N) / (1 + n)) + 1 | scikit-learn's default: as if one more document had every word |
//! | `Probabilistic` | max(0, ln((N − n) / n)) | Robertson and Spärck Jones 1976: 0 from half of the documents on |
//!
//! | [`Norm`] | a row is divided by | |
//! |---|---|---|
//! | `None` | 1 | |
//! | `L1` | the sum of its values | shares |
//! | `L2` | the root of the sum of squares | then a dot product is a cosine |
//!
//! The default is scikit-learn's: `Raw`, `Smooth`, `L2`. Salton and Buckley (1988) compare hundreds of
//! combinations. It is a weight that works, with several derivations after the fact (Robertson 2004,
//! *Understanding Inverse Document Frequency*). Time O(entries), no memory but the result; it is computed in
//! `f64`, and stored as `f32`.
//!
//! It leaves out that different words can have the same meaning: that is what [`lsa`](super::lsa) is for.

use super::term_document::counts_of;
use super::{Sparse, TermDocument};
use crate::corpus::{Cut, Vocabulary, grouped};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// How a count is transformed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tf {
    /// The count itself.
    #[default]
    Raw,
    /// 1 + ln tf.
    Log,
    /// 1 for every word that occurs.
    Boolean,
    /// ½ + ½ tf / max tf.
    Augmented,
}

impl Tf {
    /// The weight of a word that occurs `tf` times in a document whose most frequent word occurs `most`
    /// times.
    pub fn weight(self, tf: f64, most: f64) -> f64 {
        match self {
            Tf::Raw => tf,
            Tf::Log => 1.0 + tf.ln(),
            Tf::Boolean => 1.0,
            Tf::Augmented => 0.5 + 0.5 * tf / most,
        }
    }
}

/// How the rarity of a word is weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Idf {
    /// 1.
    None,
    /// ln(N / n).
    Plain,
    /// ln(N / n) + 1.
    PlusOne,
    /// ln((1 + N) / (1 + n)) + 1.
    #[default]
    Smooth,
    /// max(0, ln((N − n) / n)).
    Probabilistic,
}

impl Idf {
    /// The weight of a word that occurs in `documents` of `n_documents`.
    ///
    /// ```
    /// use course::count::Idf;
    /// assert_eq!(Idf::Plain.weight(8, 8), 0.0);
    /// assert_eq!(Idf::Smooth.weight(8, 8), 1.0);
    /// assert!((Idf::Plain.weight(1, 8) - 8_f64.ln()).abs() < 1e-12);
    /// ```
    pub fn weight(self, documents: u64, n_documents: usize) -> f64 {
        let (n, all) = (documents as f64, n_documents as f64);
        match self {
            Idf::None => 1.0,
            Idf::Plain => (all / n).ln(),
            Idf::PlusOne => (all / n).ln() + 1.0,
            Idf::Smooth => ((1.0 + all) / (1.0 + n)).ln() + 1.0,
            Idf::Probabilistic => ((all - n) / n).ln().max(0.0),
        }
    }
}

/// What a row is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// 1.
    None,
    /// The sum of the values.
    L1,
    /// The root of the sum of their squares.
    #[default]
    L2,
}

impl Norm {
    fn of(self, values: &[f64]) -> f64 {
        match self {
            Norm::None => 1.0,
            Norm::L1 => values.iter().map(|x| x.abs()).sum(),
            Norm::L2 => values.iter().map(|x| x * x).sum::<f64>().sqrt(),
        }
    }
}

/// One of the variants named at the head of the file; scikit-learn's by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weighting {
    /// How a count is transformed.
    pub tf: Tf,
    /// How the rarity of a word is weighted.
    pub idf: Idf,
    /// What a row is divided by.
    pub norm: Norm,
}

crate::plot::shown_as_record!(Weighting);

/// Weighted counts: a row for each document, a column for each word.
#[derive(Clone, PartialEq)]
pub struct Tfidf {
    vocabulary: Vocabulary,
    cut: Cut,
    weighting: Weighting,
    idf: Vec<f64>,
    matrix: Sparse,
}

impl TermDocument {
    /// The weighted counts, computed with all threads. A document without words remains a row of zeros.
    ///
    /// ```
    /// use course::count::{Idf, Norm, Terms, Weighting, term_document};
    /// let counts = term_document(&["the cat sat", "the dog sat sat"], Terms::default())?;
    /// let plain = Weighting { idf: Idf::Plain, norm: Norm::None, ..Weighting::default() };
    /// let x = counts.tfidf(plain);
    /// assert_eq!(x.value(1, "sat")?, 0.0); // it is in both documents
    /// assert_eq!(x.value(1, "dog")?, 2_f32.ln());
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn tfidf(&self, weighting: Weighting) -> Tfidf {
        let (idf, matrix) = weighed(&self.matrix, &self.document_frequencies, weighting);
        Tfidf {
            vocabulary: self.vocabulary.clone(),
            cut: self.cut,
            weighting,
            idf,
            matrix,
        }
    }
}

/// How much the rarity of each word weighs, and the weighted counts. `counts` has the shape (documents,
/// words), and `document_frequencies` says in how many documents each word occurs.
pub(crate) fn weighed(
    counts: &Sparse,
    document_frequencies: &[u64],
    weighting: Weighting,
) -> (Vec<f64>, Sparse) {
    let idf: Vec<f64> = (document_frequencies.iter())
        .map(|&documents| weighting.idf.weight(documents, counts.n_rows()))
        .collect();
    let mut matrix = counts.clone();
    matrix.map_rows(|columns, values| weigh(weighting, &idf, columns, values));
    (idf, matrix)
}

/// Weights one row; `values` has its counts.
fn weigh(weighting: Weighting, idf: &[f64], columns: &[u32], values: &mut [f32]) {
    let most = f64::from(values.iter().copied().fold(0.0, f32::max));
    let weighed: Vec<f64> = (columns.iter().zip(values.iter()))
        .map(|(&column, &tf)| weighting.tf.weight(tf.into(), most) * idf[column as usize])
        .collect();
    let norm = weighting.norm.of(&weighed);
    let norm = if norm == 0.0 { 1.0 } else { norm };
    values
        .iter_mut()
        .zip(weighed)
        .for_each(|(to, x)| *to = (x / norm) as f32);
}

impl Tfidf {
    /// The words of the columns.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The weighted counts: (documents, words).
    pub fn matrix(&self) -> &Sparse {
        &self.matrix
    }

    /// Which variant it is.
    pub fn weighting(&self) -> Weighting {
        self.weighting
    }

    /// The weight of the rarity of `word`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn idf(&self, word: &str) -> Result<f64> {
        Ok(self.idf[self.vocabulary.require(word)? as usize])
    }

    /// The weight of `word` in document number `document`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary; no such document.
    pub fn value(&self, document: usize, word: &str) -> Result<f32> {
        self.matrix.get(document, self.vocabulary.require(word)? as usize)
    }

    /// One more text, weighted by the document frequencies that were counted: (column, weight) in the order
    /// of the columns. Words without a column are left out.
    pub fn weigh(&self, text: &str) -> Vec<(u32, f32)> {
        let (columns, mut values): (Vec<u32>, Vec<f32>) =
            counts_of(&self.vocabulary, self.cut, text).into_iter().unzip();
        weigh(self.weighting, &self.idf, &columns, &mut values);
        columns.into_iter().zip(values).collect()
    }

    /// The `k` words with the largest weight in document number `document`: what it is about.
    ///
    /// # Errors
    /// There is no such document.
    pub fn characteristic(&self, document: usize, k: usize) -> Result<Vec<(String, f32)>> {
        let (columns, values) = self.matrix.row(document)?;
        let mut entries: Vec<(u32, f32)> = columns.iter().copied().zip(values.iter().copied()).collect();
        entries.sort_by(|a, b| b.1.total_cmp(&a.1));
        let name = |id| self.vocabulary.word(id).unwrap_or_default().to_owned();
        Ok(entries
            .into_iter()
            .take(k)
            .map(|(id, weight)| (name(id), weight))
            .collect())
    }

    /// The `k` documents nearest to `text` by the cosine of their rows, with the cosine; among equal ones,
    /// the first document comes first. Documents that share no word with it have cosine 0.
    ///
    /// ```
    /// use course::count::{Terms, Weighting, term_document};
    /// let texts = ["a ship at sea", "a whale at sea", "corn and wheat"];
    /// let x = term_document(&texts, Terms::default())?.tfidf(Weighting::default());
    /// assert_eq!(x.search("the whale", 1)?[0].0, 1);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The text has no word of the vocabulary.
    pub fn search(&self, text: &str, k: usize) -> Result<Vec<(usize, f32)>> {
        let query = self.weigh(text);
        if query.is_empty() {
            let expected = "at least one word of the vocabulary";
            return Err(Error::value("the query", expected, format!("{text:?}")));
        }
        let mut dense = vec![0.0; self.matrix.n_columns()];
        query.iter().for_each(|&(id, x)| dense[id as usize] = x);
        let own = query
            .iter()
            .map(|&(_, x)| f64::from(x) * f64::from(x))
            .sum::<f64>()
            .sqrt();
        let products = self.matrix.times_vector(&dense)?;
        let cosine = |(&product, norm): (&f32, f64)| match norm * own {
            0.0 => 0.0,
            norms => (f64::from(product) / norms) as f32,
        };
        let cosines: Vec<f32> = products.iter().zip(self.matrix.row_norms()).map(cosine).collect();
        Ok(best(&cosines, k))
    }

    fn table(&self) -> Table {
        let Weighting { tf, idf, norm } = self.weighting;
        let mut words: Vec<usize> = (0..self.idf.len()).collect();
        words.sort_by(|&a, &b| self.idf[a].total_cmp(&self.idf[b]));
        let row = |&id: &usize| {
            (
                &self.vocabulary.words()[id],
                self.vocabulary.counts()[id],
                self.idf[id],
            )
        };
        Table::new([
            Column::new("word"),
            Column::new("count").grouped(),
            Column::new("idf").decimals(3),
        ])
        .title(format!(
            "{} documents × {} words: tf {tf:?}, idf {idf:?}, norm {norm:?}",
            grouped(self.matrix.n_rows() as u64),
            grouped(self.vocabulary.len() as u64)
        ))
        .rows(words.iter().take(5).map(row))
        .note("The words that weigh least")
    }
}

/// The numbers of the `k` largest, the largest first; among equal ones, the first comes first.
pub(super) fn best(cosines: &[f32], k: usize) -> Vec<(usize, f32)> {
    let mut order: Vec<usize> = (0..cosines.len()).collect();
    order.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]));
    order.into_iter().take(k).map(|i| (i, cosines[i])).collect()
}

crate::show::shown_as_table!(Tfidf);
