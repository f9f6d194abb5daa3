//! Negative samples: words drawn at random, in proportion to their counts to the power 3/4.
//!
//! Negative sampling (Mikolov, Sutskever, Chen, Corrado and Dean 2013, "Distributed Representations of Words
//! and Phrases and their Compositionality") decides whether a pair of words comes from the text, or whether
//! one of the two is noise: a word drawn with probability
//!
//! ```text
//!     P(w) = count(w)^p / Σ_v count(v)^p          p = 3/4
//! ```
//!
//! With p = 1, nearly all samples would be frequent words. With p = 0, rare words would be drawn as often as
//! frequent ones. 3/4 worked best for the authors.
//!
//! A draw takes the same short time for every vocabulary, by an [alias table](crate::math::AliasTable).

use crate::math::AliasTable;
use crate::rng::Rng;
use crate::{Error, Result};

/// Draws word ids in proportion to the counts of the words to a power.
///
/// ```
/// use course::predict::Noise;
/// let noise = Noise::new(&[16, 81], 0.75)?;
/// assert_eq!(noise.probabilities(), [8.0 / 35.0, 27.0 / 35.0]);
/// let mut rng = course::rng::seeded(1);
/// let ones = (0..3500).filter(|_| noise.draw(&mut rng) == 1).count();
/// assert!((2600..2800).contains(&ones));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Noise(AliasTable);

crate::show::shown_as_line!(Noise, |this| {
    format!("Negative samples from {} words", this.probabilities().len())
});

impl Noise {
    /// For words with these counts, raised to the power `power`, 0 to 1.
    ///
    /// # Errors
    /// All counts are 0, there is no count, or the power is not from 0 to 1.
    pub fn new(counts: &[u64], power: f64) -> Result<Self> {
        Error::from_0_to_1("the power", power)?;
        let weight = |&count: &u64| {
            if count == 0 {
                0.0
            } else {
                (count as f64).powf(power)
            }
        };
        if counts.iter().all(|&count| count == 0) {
            return Err(Error::value("the counts", "one above 0", "none"));
        }
        let weights: Vec<f64> = counts.iter().map(weight).collect();
        Ok(Self(AliasTable::new(&weights)?))
    }

    /// The probability of each word.
    pub fn probabilities(&self) -> &[f64] {
        self.0.probabilities()
    }

    /// The id of a random word.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> u32 {
        self.0.draw(rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_is_an_error() {
        let error = |counts: &[u64], power| Noise::new(counts, power).unwrap_err().to_string();
        assert_eq!(error(&[0, 0], 0.75), "the counts: expected one above 0, got none");
        assert_eq!(error(&[], 0.75), "the counts: expected one above 0, got none");
        assert_eq!(error(&[1], 2.0), "the power: expected 0 to 1, got 2");
    }
}
