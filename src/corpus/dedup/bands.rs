//! Bands: which pairs are worth comparing.
//!
//! Comparing all pairs of n documents takes n²/2 comparisons. So a signature is cut into b bands of r
//! numbers, and two documents are a candidate pair if they agree in all r numbers of some band. For two
//! documents of similarity s, this happens with probability
//!
//! ```text
//! P(s) = 1 - (1 - s^r)^b
//! ```
//!
//! an S-shaped curve that rises steeply near s = (1/b)^(1/r): more rows in a band move it to the right, more
//! bands to the left. Equal bands are found by sorting, n log n. A candidate pair that is not similar costs a
//! comparison; a similar pair that is not a candidate is lost. So where candidates are compared afterwards,
//! the bands are chosen to lose next to nothing.
//!
//! Source: Indyk and Motwani (1998), *Approximate Nearest Neighbors*; Leskovec, Rajaraman and Ullman, *Mining
//! of Massive Datasets*, section 3.4.

use crate::plot::{self, Curves};
use crate::{Error, Result};

/// The largest share of pairs at the threshold that [`Bands::for_threshold`] may lose.
const LOST: f64 = 0.01;

/// How a signature is cut: b bands of r numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    n: usize,
    rows: usize,
}

crate::plot::shown_as_record!(Bands);

impl Bands {
    /// `n` bands of `rows` numbers each.
    ///
    /// # Errors
    /// One of them is 0.
    pub fn new(n: usize, rows: usize) -> Result<Self> {
        if n == 0 || rows == 0 {
            let got = format!("{n} bands of {rows}");
            return Err(Error::value("bands and rows", "numbers above 0", got));
        }
        Ok(Self { n, rows })
    }

    /// For signatures of `len` numbers, the bands with the most rows that lose at most one pair in a hundred
    /// at similarity `threshold`. Among all bands that find nearly everything, these have the fewest
    /// candidates.
    ///
    /// ```
    /// use course::corpus::dedup::Bands;
    /// let bands = Bands::for_threshold(128, 0.7)?;
    /// assert_eq!((bands.n(), bands.rows()), (32, 4));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The length is 0, or the threshold is not above 0 and at most 1.
    pub fn for_threshold(len: usize, threshold: f64) -> Result<Self> {
        if !(threshold > 0.0 && threshold <= 1.0) {
            return Err(Error::value(
                "the threshold of similarity",
                "a number above 0 and at most 1",
                threshold,
            ));
        }
        let all = (1..=len.max(1)).map(|rows| Self::new(len / rows, rows));
        let found = all
            .rev()
            .flatten()
            .find(|b| b.probability(threshold) >= 1.0 - LOST);
        found.map_or_else(|| Self::new(len, 1), Ok)
    }

    /// How many bands there are.
    pub fn n(self) -> usize {
        self.n
    }

    /// How many numbers are in a band.
    pub fn rows(self) -> usize {
        self.rows
    }

    /// The probability that two documents of this similarity become a candidate pair: 1 - (1 - s^r)^b.
    pub fn probability(self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powf(self.rows as f64)).powf(self.n as f64)
    }

    /// The probability of becoming a candidate pair, against the similarity.
    pub fn plot(self) -> Curves {
        let points: Vec<(f64, f64)> = (0..=100)
            .map(|i| (f64::from(i) / 100.0, self.probability(f64::from(i) / 100.0)))
            .collect();
        plot::curves()
            .line("", points)
            .markers(false)
            .x_label("similarity s")
            .y_label("probability of being found")
            .title(format!("{} bands of {} rows", self.n, self.rows))
    }
}
