//! Draws from a fixed distribution in constant time, by Walker's alias method (1977; built in linear time as
//! by Vose 1991).
//!
//! The n outcomes share n cells of equal width. A cell belongs to at most two outcomes: up to a border to the
//! outcome with the cell's own number, and beyond it to the cell's alias. A draw picks a cell and a position
//! in it: two numbers, whatever n is.
//!
//! Worked example: the probabilities 1/4 and 3/4, in cells of 1/2. Cell 0 belongs to outcome 0 up to its
//! middle and to outcome 1 from there on; cell 1 belongs to outcome 1 alone. Outcome 0 has half of a half,
//! which is 1/4.
//!
//! A.J. Walker, *An efficient method for generating discrete random variables with general distributions*,
//! 1977; M.D. Vose, *A linear algorithm for generating random numbers with a given distribution*, 1991.

use rand::RngCore;

use crate::rng::Rng;
use crate::{Error, Result};

/// The width of a cell, 2³².
const WIDTH: f64 = 4_294_967_296.0;

/// A distribution over the numbers below n.
///
/// ```
/// use course::math::AliasTable;
/// let table = AliasTable::new(&[1.0, 0.0, 3.0])?;
/// assert_eq!(table.probabilities(), [0.25, 0.0, 0.75]);
/// let mut rng = course::rng::seeded(1);
/// let drawn: Vec<u32> = (0..4000).map(|_| table.draw(&mut rng)).collect();
/// assert!(!drawn.contains(&1));
/// assert!((900..1100).contains(&drawn.iter().filter(|i| **i == 0).count()));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct AliasTable {
    probabilities: Vec<f64>,
    cells: Vec<Cell>,
}

crate::show::shown_as_line!(AliasTable, |this| {
    format!("A distribution over {} numbers", this.probabilities.len())
});

#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Up to this part of [`WIDTH`], the cell belongs to the outcome of its own number.
    below: u32,
    /// The outcome that the rest of the cell belongs to.
    alias: u32,
}

impl AliasTable {
    /// Outcome `i` with a probability proportional to `weights[i]`. Cost: O(n) time, 16 n bytes.
    ///
    /// # Errors
    /// A weight is negative or not finite, or none is above 0.
    pub fn new(weights: &[f64]) -> Result<Self> {
        let total: f64 = weights.iter().sum();
        if weights.iter().any(|w| *w < 0.0) || !total.is_finite() || total <= 0.0 {
            let expected = "finite numbers of 0 or more, at least one above 0";
            return Err(Error::value("the weights", expected, format!("a sum of {total}")));
        }
        let probabilities: Vec<f64> = weights.iter().map(|w| w / total).collect();
        let n = weights.len();
        // What is left of each outcome, in cells. Outcomes with less than a cell are filled up by those with
        // more.
        let mut left: Vec<f64> = probabilities.iter().map(|p| p * n as f64).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| left[i] < 1.0);
        let mut cells: Vec<Cell> = (0..n as u32)
            .map(|alias| Cell {
                below: u32::MAX,
                alias,
            })
            .collect();
        while let (Some(&to), Some(&from)) = (small.last(), large.last()) {
            small.pop();
            cells[to] = Cell {
                below: (left[to] * WIDTH) as u32,
                alias: from as u32,
            };
            left[from] -= 1.0 - left[to];
            if left[from] < 1.0 {
                large.pop();
                small.push(from);
            }
        }
        Ok(Self { probabilities, cells })
    }

    /// The probability of each outcome, shape `(n)`.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The number of an outcome.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> u32 {
        let bits = rng.next_u64();
        let at = ((bits >> 32) * self.cells.len() as u64) >> 32;
        let cell = self.cells[at as usize];
        if (bits as u32) < cell.below {
            at as u32
        } else {
            cell.alias
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng as _;

    use super::*;

    /// The example of the module's doc.
    #[test]
    fn a_quarter_is_half_a_cell() {
        let table = AliasTable::new(&[1.0, 3.0]).unwrap();
        let cells: Vec<(u32, u32)> = table.cells.iter().map(|c| (c.below, c.alias)).collect();
        assert_eq!(cells, [(1 << 31, 1), (u32::MAX, 1)]);
    }

    /// The cells give each outcome its probability, to the 2⁻³² of a cell. The weights are random, and some
    /// are zero.
    #[test]
    fn the_cells_add_up() {
        let mut rng = crate::rng::seeded(1);
        for n in [1, 2, 3, 100, 1000] {
            let weights: Vec<f64> = (0..n)
                .map(|i| match i {
                    0 => 5.0,
                    _ => f64::from(rng.random_range(0..1000_u32)).powf(0.75),
                })
                .collect();
            let table = AliasTable::new(&weights).unwrap();
            let mut sums = vec![0.0; n];
            for (i, cell) in table.cells.iter().enumerate() {
                let share = f64::from(cell.below) / WIDTH;
                sums[i] += share;
                sums[cell.alias as usize] += 1.0 - share;
            }
            for (i, sum) in sums.iter().enumerate() {
                let p = sum / n as f64;
                assert!(
                    (p - table.probabilities[i]).abs() < 1e-9,
                    "{n} outcomes, number {i}"
                );
            }
        }
    }

    #[test]
    fn weights_that_are_no_distribution_are_errors() {
        for weights in [
            &[][..],
            &[0.0, 0.0],
            &[1.0, -0.5],
            &[1.0, f64::NAN],
            &[f64::INFINITY],
        ] {
            let error = AliasTable::new(weights).unwrap_err().to_string();
            assert!(
                error.starts_with("the weights: expected finite numbers of 0 or more"),
                "{error}"
            );
        }
    }
}
