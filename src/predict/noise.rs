//! The noise that a word is told apart from: words at random, by their counts to the power 3/4.
//!
//! Negative sampling (Mikolov and others 2013, "Distributed Representations of Words and Phrases and their
//! Compositionality") asks of a pair of words whether it comes from the text or was made up. The made-up word is drawn
//! with probability
//!
//! ```text
//!     P(w) = count(w)^p / Σ_v count(v)^p          p = 3/4
//! ```
//!
//! With p = 1 the most frequent words would be drawn nearly always, with p = 0 the rarest as often as they. 3/4 is what
//! worked best for the authors.
//!
//! A draw takes the same short time for every vocabulary, by an [alias table](crate::math::AliasTable).

use crate::math::AliasTable;
use crate::rng::Rng;
use crate::{Error, Result};

/// Draws the numbers of words in the proportion of their counts to a power.
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
#[derive(Clone, Debug)]
pub struct Noise(AliasTable);

impl Noise {
    /// For words with these counts, by the power `power`, 0 to 1.
    ///
    /// # Errors
    /// All counts are 0, there are none, or the power is not between 0 and 1.
    pub fn new(counts: &[u64], power: f64) -> Result<Self> {
        if !(0.0..=1.0).contains(&power) {
            return Err(Error::value("the power", "0 to 1", power.to_string()));
        }
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

    /// The number of a word.
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
