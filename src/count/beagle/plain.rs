//! BEAGLE as its authors write it: each n-gram is bound word by word, without spectra. It is for reading, and
//! for testing the fast form.

use super::binding::bind;
use super::{Beagle, BeagleModel};
use crate::Result;
use crate::corpus::{Texts, Vocabulary};

impl Beagle {
    /// The same as [`train`](Self::train), up to the rounding of the sums, but some hundred times slower:
    /// each n-gram takes one convolution per word.
    ///
    /// # Errors
    /// As [`train`](Self::train).
    pub fn train_plain(&self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<BeagleModel> {
        let mut model = self.empty(vocabulary)?;
        let (environment, placeholder) = (model.environment.clone(), model.placeholder.clone());
        let vector = |id: u32| environment.row(id as usize).to_vec();
        let cut = texts.cut();
        texts.each(&mut |text| {
            for sentence in super::sentences_of(text, cut, vocabulary) {
                let words: Vec<Option<u32>> = sentence
                    .iter()
                    .map(|&id| (id != super::UNKNOWN).then_some(id))
                    .collect();
                for (i, word) in words.iter().enumerate() {
                    let Some(word) = *word else { continue };
                    for (j, other) in words.iter().enumerate() {
                        if let Some(other) =
                            other.filter(|&other| j != i && other as usize >= self.stop_words)
                        {
                            model
                                .context
                                .row_mut(word as usize)
                                .scaled_add(1.0, &environment.row(other as usize));
                        }
                    }
                    for n in 2..=self.window {
                        for start in (i + 1).saturating_sub(n)..=i {
                            let Some(Some(gram)) = words
                                .get(start..start + n)
                                .map(|gram| gram.iter().copied().collect::<Option<Vec<u32>>>())
                            else {
                                continue;
                            };
                            let place = |k: usize| {
                                if start + k == i {
                                    placeholder.clone()
                                } else {
                                    vector(gram[k])
                                }
                            };
                            let bound = (1..n).try_fold(place(0), |bound, k| bind(&bound, &place(k)))?;
                            model
                                .order
                                .row_mut(word as usize)
                                .scaled_add(1.0, &ndarray::aview1(&bound));
                        }
                    }
                }
            }
            Ok(())
        })?;
        Ok(model)
    }
}
