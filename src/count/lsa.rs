//! Latent semantic analysis: words and documents in the same few dimensions.
//!
//! A query finds no document that says the same in other words: *car* and *automobile* are two columns at a
//! right angle. But both occur in documents with *road*, *driver* and *wheel*. Deerwester, Dumais, Furnas,
//! Landauer and Harshman (1990, *Indexing by Latent Semantic Analysis*) take the best approximation of the
//! term-document matrix by `k` dimensions, some hundred:
//!
//! ```text
//!     X ≈ U Σ Vᵀ          documents U Σ: (N, k)      words V Σ: (V, k)      X: (N, V), mostly weighted by tf-idf
//! ```
//!
//! Words that occur in the same documents, or in documents with the same other words, fall together, because
//! one dimension for both keeps more of the matrix than two. What is lost is what occurs with nothing else,
//! and that is mostly noise. A new document, or a query, is **folded in**: `x V` are its coordinates among
//! the documents (Deerwester's `x V Σ⁻¹` are the same before the scaling by Σ). The dimensions stay as they
//! are, so compute them anew after many new documents.
//!
//! How many dimensions? The energy kept grows with each, and says nothing about meaning. Too few dimensions
//! lump different things together, and too many bring the noise back. A task with a gold answer decides, over
//! a curve of `k`: [`Lsa::first`] gives all smaller numbers of dimensions at once, and [`Lsa::energy_of`]
//! says how much they keep of documents that they have not seen.
//!
//! The decomposition is that of [`truncated_svd`]. With PPMI in place of tf-idf ([`Ppmi`](super::Ppmi)) the
//! same compression makes word vectors from neighbours. It leaves out the order of the words, and the fact
//! that one word can mean two things.

use std::fmt;

use ndarray::{Array2, ArrayView2};

use super::tfidf::best;
use super::{Svd, SvdOptions, Tfidf, truncated_svd};
use crate::Result;
use crate::corpus::Texts;
use crate::embeddings::Embeddings;

/// Words and documents in few dimensions.
///
/// ```
/// use course::count::{SvdOptions, Terms, Weighting, lsa, term_document};
/// let texts = ["car road driver", "automobile road driver", "whale sea ship", "sea ship harbour"];
/// let tfidf = term_document(&texts, Terms::default())?.tfidf(Weighting::default());
/// assert_eq!(tfidf.search("car", 2)?[1].1, 0.0); // only the first text has the word
/// let lsa = lsa(&tfidf, &SvdOptions::dimensions(2))?;
/// let found = lsa.search("car", 2)?;
/// assert!(found[1].0 == 1 && found[1].1 > 0.9);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Lsa {
    tfidf: Tfidf,
    svd: Svd,
}

/// The latent semantic analysis of weighted counts.
///
/// # Errors
/// As for [`truncated_svd`]: no dimension is wanted, or there is nothing to decompose.
pub fn lsa(tfidf: &Tfidf, options: &SvdOptions) -> Result<Lsa> {
    Ok(Lsa {
        svd: truncated_svd(tfidf.matrix(), options)?,
        tfidf: tfidf.clone(),
    })
}

impl Lsa {
    /// How many dimensions there are: as many as were asked for, or the rank of the matrix if that is less.
    pub fn dimensions(&self) -> usize {
        self.svd.k()
    }

    /// The singular values and vectors.
    pub fn svd(&self) -> &Svd {
        &self.svd
    }

    /// The word vectors, rows of V Σ.
    ///
    /// # Errors
    /// None for a matrix of finite numbers.
    pub fn embeddings(&self) -> Result<Embeddings> {
        Embeddings::new(self.tfidf.vocabulary().clone(), self.svd.scaled_right())
    }

    /// The document vectors, rows of U Σ: (documents, dimensions).
    pub fn documents(&self) -> ArrayView2<'_, f32> {
        self.svd.scaled_left()
    }

    /// The matrix as these dimensions see it, for some documents and words: (documents, words). A cell says
    /// how well the word would fit into the document, whether it occurs there or not.
    ///
    /// # Errors
    /// No such document; a word that is not in the vocabulary.
    pub fn approximation<W: AsRef<str>>(&self, documents: &[usize], words: &[W]) -> Result<Array2<f32>> {
        let mut out = Array2::zeros((documents.len(), words.len()));
        for (mut row, &document) in out.rows_mut().into_iter().zip(documents) {
            self.tfidf.matrix().row(document)?;
            let own = self.svd.scaled_left().row(document).to_owned();
            for (cell, word) in row.iter_mut().zip(words) {
                let id = self.tfidf.vocabulary().require(word.as_ref())? as usize;
                *cell = own.dot(&self.svd.right().row(id));
            }
        }
        Ok(out)
    }

    /// Where a new text lies among the documents.
    ///
    /// # Errors
    /// None: a text without a word of the vocabulary lies at the origin.
    pub fn fold_in(&self, text: &str) -> Result<Vec<f32>> {
        self.svd.fold_in(&self.tfidf.weigh(text))
    }

    /// The `k` documents nearest to `text` by the cosine of their vectors, with the cosine.
    ///
    /// # Errors
    /// The text has no word of the vocabulary.
    pub fn search(&self, text: &str, k: usize) -> Result<Vec<(usize, f32)>> {
        let query = self.fold_in(text)?;
        if query.iter().all(|&x| x == 0.0) {
            return Err(crate::Error::value(
                "the query",
                "at least one word of the vocabulary",
                format!("{text:?}"),
            ));
        }
        Ok(self.nearest_to(&query, k))
    }

    /// The `k` documents nearest to document number `document`, without the document itself.
    ///
    /// # Errors
    /// There is no such document.
    pub fn neighbours_of(&self, document: usize, k: usize) -> Result<Vec<(usize, f32)>> {
        self.tfidf.matrix().row(document)?;
        let query = self.svd.scaled_left().row(document).to_vec();
        let mut found = self.nearest_to(&query, k.saturating_add(1));
        found.retain(|&(other, _)| other != document);
        found.truncate(k);
        Ok(found)
    }

    fn nearest_to(&self, query: &[f32], k: usize) -> Vec<(usize, f32)> {
        let own = norm(query.iter());
        let cosine = |row: ndarray::ArrayView1<f32>| {
            let product: f64 = (row.iter().zip(query))
                .map(|(&x, &y)| f64::from(x) * f64::from(y))
                .sum();
            match own * norm(row.iter()) {
                0.0 => 0.0,
                norms => (product / norms) as f32,
            }
        };
        let cosines: Vec<f32> = self.svd.scaled_left().rows().into_iter().map(cosine).collect();
        best(&cosines, k)
    }

    /// The share of the sum of squares that the first dimensions keep, for 1, 2, … of them.
    pub fn energy_kept(&self) -> Vec<f64> {
        self.svd.energy_kept()
    }

    /// The same for texts that were not decomposed, as a held-out measure: how much of them the first
    /// dimensions keep. It is 0 if no text has a word of the vocabulary.
    ///
    /// # Errors
    /// Errors of reading the texts.
    pub fn energy_of(&self, texts: &dyn Texts) -> Result<Vec<f64>> {
        let mut kept = vec![0.0; self.dimensions()];
        let mut all = 0.0;
        texts.each(&mut |text| {
            let row = self.tfidf.weigh(text);
            all += row.iter().map(|&(_, x)| f64::from(x) * f64::from(x)).sum::<f64>();
            let folded = self.svd.fold_in(&row)?;
            kept.iter_mut()
                .zip(folded)
                .for_each(|(kept, x)| *kept += f64::from(x) * f64::from(x));
            Ok(())
        })?;
        let mut sum = 0.0;
        let share = |x: f64| {
            sum += x;
            if all == 0.0 { 0.0 } else { sum / all }
        };
        Ok(kept.into_iter().map(share).collect())
    }

    /// The same with at most `k` dimensions, without decomposing again.
    #[must_use]
    pub fn first(&self, k: usize) -> Self {
        Self {
            tfidf: self.tfidf.clone(),
            svd: self.svd.first(k),
        }
    }

    /// Shows the first singular values in a notebook.
    pub fn evcxr_display(&self) {
        self.svd.evcxr_display();
    }
}

fn norm<'a>(values: impl Iterator<Item = &'a f32>) -> f64 {
    values.map(|&x| f64::from(x) * f64::from(x)).sum::<f64>().sqrt()
}

impl fmt::Display for Lsa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.svd.fmt(f)
    }
}

crate::show::debug_shows!(Lsa);
