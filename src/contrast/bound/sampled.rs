//! L_N by sampling: what training sees of it, with an interval that the truth is in 19 times out of 20.
//!
//! Each draw is a pair (x, c) from p(x,c), which is the positive, and N − 1 negatives from p(x). The draws
//! are independent, so their mean is normal around L_N, and its standard error is that of a mean.

use ndarray::Array2;
use rayon::prelude::*;

use super::{Bound, Joint};
use crate::math::AliasTable;
use crate::rng::stream;
use crate::{Error, Result};

/// Draws that one stream of the seed makes.
const PIECE: usize = 1024;
/// How many standard errors an interval of 95 % goes to each side.
const NORMAL_95: f64 = 1.96;

impl Joint {
    /// The bound of these scores with `n` samples, from `draws` sets of samples.
    ///
    /// # Errors
    /// The scores have another shape, a NaN or +∞; `n` is 0; fewer than 2 draws.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// let world = Joint::copies(10, 0.2)?;
    /// let s = world.optimal_scores();
    /// let (sampled, exact) = (world.sampled(&s, 8, 20_000, 1)?, world.bound(&s, 8)?);
    /// assert!((sampled.loss - exact.loss).abs() < 2.0 * sampled.half_width && sampled.half_width < 0.02);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn sampled(&self, scores: &Array2<f64>, n: usize, draws: usize, seed: u64) -> Result<Bound> {
        self.check(scores, n)?;
        let pairs = self.pairs()?;
        let negatives = AliasTable::new(&self.p_x().to_vec())?;
        let n_c = scores.ncols();
        let (loss, half_width) = mean_of(draws, PIECE, seed, |rng, n_draws| {
            let one = |_| {
                let pair = pairs.draw(rng) as usize;
                let (x, c) = (pair / n_c, pair % n_c);
                let others = (1..n).map(|_| scores[[negatives.draw(rng) as usize, c]]);
                cross_entropy(scores[[x, c]], others)
            };
            (0..n_draws).map(one).collect()
        })?;
        Ok(Bound {
            n,
            loss,
            half_width,
            mutual_information: self.mutual_information(),
        })
    }
}

/// `ln Σ eˢ − s⁺` over the positive and the others.
pub(super) fn cross_entropy(positive: f64, others: impl Iterator<Item = f64>) -> f64 {
    // The largest so far, and the sum of the exponentials below it.
    let (most, sum) = others.fold((positive, 1.0), |(most, sum): (f64, f64), s| match s <= most {
        true => (most, sum + (s - most).exp()),
        false => (s, 1.0 + sum * (most - s).exp()),
    });
    (most - positive) + sum.ln()
}

/// The mean of independent values, and half the width of its interval of 95 %. Piece i of them comes from
/// stream i of the seed.
pub(super) fn mean_of(
    n: usize,
    piece: usize,
    seed: u64,
    values: impl Fn(&mut crate::rng::Rng, usize) -> Vec<f64> + Sync,
) -> Result<(f64, f64)> {
    if n < 2 {
        return Err(Error::value("the number of draws", "2 or more", n.to_string()));
    }
    let pieces: Vec<Vec<f64>> = (0..n.div_ceil(piece))
        .into_par_iter()
        .map(|i| values(&mut stream(seed, i as u64), piece.min(n - i * piece)))
        .collect();
    let all = pieces.concat();
    let mean = all.iter().sum::<f64>() / n as f64;
    let variance = all.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
    Ok((mean, NORMAL_95 * (variance / n as f64).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 200 intervals, 190 are expected to hold the truth, with a standard deviation of 3.
    #[test]
    fn the_interval_holds_the_truth_19_times_out_of_20() {
        let world = Joint::copies(4, 0.3).unwrap();
        let s = world.optimal_scores();
        let exact = world.loss(&s, 6).unwrap();
        let held = (0..200).filter(|&seed| {
            let sampled = world.sampled(&s, 6, 400, seed).unwrap();
            (sampled.loss - exact).abs() <= sampled.half_width
        });
        let held = held.count();
        assert!((178..=199).contains(&held), "{held}");
    }

    #[test]
    fn the_sum_does_not_overflow() {
        let large = cross_entropy(1000.0, [1000.0, -1000.0].into_iter());
        assert!((large - 2_f64.ln()).abs() < 1e-15);
        assert_eq!(cross_entropy(-1000.0, [1000.0].into_iter()), 2000.0);
        assert_eq!(cross_entropy(5.0, [f64::NEG_INFINITY].into_iter()), 0.0);
    }

    #[test]
    fn one_draw_has_no_interval() {
        let world = Joint::copies(2, 0.5).unwrap();
        let e = world.sampled(&world.optimal_scores(), 2, 1, 1).unwrap_err();
        assert_eq!(e.to_string(), "the number of draws: expected 2 or more, got 1");
    }
}
