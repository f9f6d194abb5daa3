//! The mean of the vectors of a text's words. Order is lost, but for "which text is about the same" a mean is
//! a strong beginning (Wieting et al. 2016, "Towards Universal Paraphrastic Sentence Embeddings").
//!
//! ```text
//!     v(text) = 1/n Σ W[word]           a word that is there twice counts twice; no known word: 0
//! ```
//!
//! A batch looks up each of its different words once, and multiplies by the matrix of their shares, shape
//! (texts, different words).

use std::collections::BTreeMap;

use super::{Encoder, check};
use crate::corpus::words;
use crate::embeddings::Embeddings;
use crate::nn::{Embedding, Init, Scope, Tensor};
use crate::rng::Rng;
use crate::{Error, Result};

/// Texts, each the average of its words.
///
/// ```
/// use course::contrast::{Encoder as _, WordAverage};
/// use course::embeddings::Embeddings;
/// use course::nn::{DType, Device, Parameters};
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// // The words begin as they are in GloVe.
/// let texts = ["the whale", "a whale, a sea"];
/// let encoder = WordAverage::starting_at(parameters.scope("words"), &Embeddings::glove(), &texts)?;
/// assert_eq!(encoder.vectors(&[0, 1])?.dim(), (2, 50));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct WordAverage {
    table: Embedding,
    texts: Vec<Vec<u32>>,
}

impl WordAverage {
    /// Texts as numbers of words below `n_words`; the words' vectors are drawn as `init` says. Parameter:
    /// `weight (n_words, dimension)`.
    ///
    /// # Errors
    /// A word is not below `n_words`; the name is taken; see [`Init::draw`].
    pub fn new(
        scope: Scope,
        texts: &[Vec<u32>],
        n_words: usize,
        dimension: usize,
        init: Init,
        rng: &mut Rng,
    ) -> Result<Self> {
        if let Some(word) = texts.iter().flatten().find(|&&word| word as usize >= n_words) {
            let expected = format!("below {n_words}");
            return Err(Error::value("the number of a word", expected, word.to_string()));
        }
        Ok(Self {
            table: Embedding::new(scope, n_words, dimension, init, rng)?,
            texts: texts.to_vec(),
        })
    }

    /// Texts, cut into [`words`]; those that `start` has begin with its vectors, the others are left out.
    ///
    /// # Errors
    /// The name is taken.
    pub fn starting_at<S: AsRef<str>>(scope: Scope, start: &Embeddings, texts: &[S]) -> Result<Self> {
        let ids = |text: &S| -> Vec<u32> {
            let known = words(text.as_ref()).into_iter();
            known
                .filter_map(|word| start.vocabulary().id(word.as_ref()))
                .collect()
        };
        let texts: Vec<Vec<u32>> = texts.iter().map(ids).collect();
        let (n, d) = start.matrix().dim();
        // Nothing is drawn.
        let made = Self::new(scope, &texts, n, d, Init::Zeros, &mut crate::rng::seeded(0))?;
        super::set(made.table.weight(), start.matrix().view())?;
        Ok(made)
    }
}

impl Encoder for WordAverage {
    fn n_examples(&self) -> usize {
        self.texts.len()
    }

    fn encode(&self, examples: &[u32]) -> Result<Tensor> {
        check(examples, self.texts.len())?;
        let texts = || examples.iter().map(|&i| &self.texts[i as usize]);
        // The different words of the batch, each with its column.
        let mut columns: BTreeMap<u32, usize> = texts().flatten().map(|&word| (word, 0)).collect();
        (0..)
            .zip(columns.values_mut())
            .for_each(|(column, at)| *at = column);
        let device = self.table.weight().device();
        let (n, n_words, d) = (examples.len(), columns.len(), self.table.weight().dim(1)?);
        if n_words == 0 {
            return Ok(Tensor::zeros((n, d), self.table.weight().dtype(), device)?);
        }
        let mut shares = vec![0_f32; n * n_words];
        for (row, text) in texts().enumerate() {
            for word in text {
                shares[row * n_words + columns[word]] += 1.0 / text.len() as f32;
            }
        }
        let shares = Tensor::from_vec(shares, (n, n_words), device)?;
        let ids = Tensor::new(columns.into_keys().collect::<Vec<u32>>(), device)?;
        Ok(shares
            .to_dtype(self.table.weight().dtype())?
            .matmul(&self.table.forward(&ids)?)?)
    }
}

crate::show::shown_as_line!(WordAverage, |this| {
    let (n, shape) = (this.texts.len(), this.table.weight().dims());
    format!("{n} texts as averages of their words' vectors, {shape:?}")
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Parameters};

    /// (a + b + b)/3 of a = (3, 0), b = (0, 6); a text without a known word is zero.
    #[test]
    fn a_word_that_is_there_twice_counts_twice() {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let vocabulary = crate::corpus::Vocabulary::from_words(vec!["a".to_owned(), "b".to_owned()]);
        let start = Embeddings::new(vocabulary.unwrap(), ndarray::array![[3.0, 0.0], [0.0, 6.0]]).unwrap();
        let texts = ["A b, b!", "c", "B"];
        let encoder = WordAverage::starting_at(parameters.scope("w"), &start, &texts).unwrap();
        let expected = ndarray::array![[1.0, 4.0], [0.0, 0.0], [0.0, 6.0]];
        let got = encoder.vectors(&[0, 1, 2]).unwrap();
        assert!((&got - &expected).iter().all(|x| x.abs() < 1e-6), "{got}");
        assert_eq!(encoder.vectors(&[1]).unwrap(), ndarray::array![[0.0, 0.0]]);
        let wrong = WordAverage::new(
            parameters.scope("v"),
            &[vec![2]],
            2,
            2,
            Init::Zeros,
            &mut crate::rng::seeded(1),
        );
        assert!(wrong.is_err());
    }
}
