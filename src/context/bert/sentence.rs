//! Sentence vectors by a BERT: the mean of the last states, as long as 1.
//!
//! ```text
//!     s = 1/n Σ Hᴸ[i]        v = s / |s|          over all n tokens of the text, [CLS] and [SEP] among them
//! ```
//!
//! The usual way pads the texts of a batch to the longest, and computes the states of the padding as well.
//! Here texts are sorted by length and laid one behind the other: see [`BertBatch`]. The order does not
//! matter to the result, and neither do the other texts.
//!
//! Source: Reimers and Gurevych (2019), *Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks*.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::model::matrix;
use super::{Bert, BertBatch};
use crate::Result;
use crate::tokenize::Tokenizer as _;

/// Tokens of a sentence, those that are added counted; what is longer is cut, as in the library that trained
/// MiniLM.
const LONGEST: usize = 256;

/// Rows that are computed at a time: enough for all threads, and the widest matrix stays below 10 MB.
const ROWS: usize = 1536;

impl Bert {
    /// A vector of length 1 for each text, `(texts, d)`. Of a text that is longer, only the first 254 tokens
    /// count; an empty text has the vector of `[CLS]` and `[SEP]` alone.
    ///
    /// # Errors
    /// The model has fewer positions than a text needs.
    ///
    /// ```
    /// use course::context::Bert;
    /// if let Ok(minilm) = Bert::minilm() {
    ///     let v = minilm.sentence_vectors(&["A cat sat.", "There was a cat.", "Taxes rose."])?;
    ///     assert!(v.row(0).dot(&v.row(1)) > v.row(0).dot(&v.row(2)) + 0.3);
    /// }
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn sentence_vectors<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Array2<f32>> {
        let texts: Vec<Vec<u32>> = texts.par_iter().map(|text| self.cut(text.as_ref())).collect();
        let d = self.encoder().sizes().hidden_size;
        let mut vectors = Array2::zeros((texts.len(), d));
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&i| texts[i].len());
        let mut rest = order.as_slice();
        while !rest.is_empty() {
            let mut rows = 0;
            let fits = |&&i: &&usize| {
                rows += texts[i].len();
                rows <= ROWS
            };
            let n = rest.iter().take_while(fits).count().max(1);
            let (now, later) = rest.split_at(n);
            let batch: Vec<&[u32]> = now.iter().map(|&i| texts[i].as_slice()).collect();
            let states = matrix(&self.encoder().encode(&BertBatch::packed(&batch))?)?;
            let mut start = 0;
            for (&i, text) in now.iter().zip(batch) {
                let of_text = states.slice(ndarray::s![start..start + text.len(), ..]);
                let sum = of_text.sum_axis(Axis(0));
                vectors
                    .row_mut(i)
                    .assign(&(&sum / sum.dot(&sum).sqrt().max(f32::MIN_POSITIVE)));
                start += text.len();
            }
            rest = later;
        }
        Ok(vectors)
    }

    /// The ids of a text, at most [`LONGEST`], with those that are added.
    fn cut(&self, text: &str) -> Vec<u32> {
        let mut ids = vec![self.special().begin];
        self.tokenizer().push_ids(text, &mut ids);
        ids.truncate(LONGEST - 1);
        ids.push(self.special().end);
        ids
    }
}
