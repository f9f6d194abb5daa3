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
//! A draw takes the same short time for every vocabulary, by Walker's alias method (1977; built in linear time as by Vose
//! 1991): n cells of equal width, each shared by at most two words. Draw a cell and a place in it.

use crate::rng::Rng;
use crate::{Error, Result};
use rand::RngCore;

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
pub struct Noise {
    probabilities: Vec<f64>,
    /// Up to `below` (of 2³²) a cell belongs to the word of its own number, and beyond it to `other`.
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    below: u32,
    other: u32,
}

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
        let total: f64 = counts.iter().map(weight).sum();
        if total == 0.0 {
            return Err(Error::value("the counts", "one above 0", "none"));
        }
        let probabilities: Vec<f64> = counts.iter().map(|count| weight(count) / total).collect();
        let n = counts.len();
        // What each word has, in cells; those with less than one are filled up by those with more.
        let mut left: Vec<f64> = probabilities.iter().map(|p| p * n as f64).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| left[i] < 1.0);
        let mut cells: Vec<Cell> = (0..n as u32)
            .map(|other| Cell {
                below: u32::MAX,
                other,
            })
            .collect();
        while let (Some(&to), Some(&from)) = (small.last(), large.last()) {
            small.pop();
            cells[to] = Cell {
                below: (left[to] * 4_294_967_296.0) as u32,
                other: from as u32,
            };
            left[from] -= 1.0 - left[to];
            if left[from] < 1.0 {
                large.pop();
                small.push(from);
            }
        }
        Ok(Self { probabilities, cells })
    }

    /// The probability of each word.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The number of a word.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> u32 {
        let bits = rng.next_u64();
        let at = ((bits >> 32) * self.cells.len() as u64) >> 32;
        let cell = self.cells[at as usize];
        if (bits as u32) < cell.below {
            at as u32
        } else {
            cell.other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells give each word its probability, to the 2⁻³² of a cell; for random counts, zeros among them.
    #[test]
    fn the_cells_add_up() {
        use rand::Rng as _;
        let mut rng = crate::rng::seeded(1);
        for n in [1, 2, 3, 100, 1000] {
            let counts: Vec<u64> = (0..n)
                .map(|i| if i == 0 { 5 } else { rng.random_range(0..1000) })
                .collect();
            let noise = Noise::new(&counts, 0.75).unwrap();
            let mut sums = vec![0.0; n];
            for (i, cell) in noise.cells.iter().enumerate() {
                let share = f64::from(cell.below) / 4_294_967_296.0;
                sums[i] += share;
                sums[cell.other as usize] += 1.0 - share;
            }
            for (i, sum) in sums.iter().enumerate() {
                assert!(
                    (sum / n as f64 - noise.probabilities[i]).abs() < 1e-9,
                    "{n} words, word {i}"
                );
            }
        }
    }

    #[test]
    fn bad_input_is_an_error() {
        let error = |counts: &[u64], power| Noise::new(counts, power).unwrap_err().to_string();
        assert_eq!(error(&[0, 0], 0.75), "the counts: expected one above 0, got none");
        assert_eq!(error(&[], 0.75), "the counts: expected one above 0, got none");
        assert_eq!(error(&[1], 2.0), "the power: expected 0 to 1, got 2");
    }
}
