//! Skip-gram with negative sampling, to read from top to bottom.
//!
//! It leaves out subsampling, the shrinking window and threads, and holds the text in memory. The fast form agrees with it in
//! what it learns, not in its numbers: it draws the noise once a window, and this one once a pair.

use ndarray::Array2;
use rand::Rng as _;

use super::super::noise::Noise;
use crate::rng::seeded;
use crate::{Error, Result};

/// Vectors of shape `(n_words, d)` for a text of words' numbers, each below the length of `counts`: `k` negative samples,
/// step `alpha`, one pass.
///
/// ```
/// use course::predict::sgns_plain;
/// let text = [0, 1, 2, 0, 3, 2].repeat(50);
/// let vectors = sgns_plain(&text, &[100, 50, 100, 50], 8, 2, 5, 0.05, 1)?;
/// assert_eq!(vectors.dim(), (4, 8));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// A number in the text that is no word's; all counts are 0.
pub fn sgns_plain(
    text: &[u32],
    counts: &[u64],
    d: usize,
    window: usize,
    k: usize,
    alpha: f32,
    seed: u64,
) -> Result<Array2<f32>> {
    if let Some(id) = text.iter().find(|&&id| id as usize >= counts.len()) {
        return Err(Error::value(
            "the text",
            format!("numbers below {}", counts.len()),
            id.to_string(),
        ));
    }
    let (noise, mut rng) = (Noise::new(counts, 0.75)?, seeded(seed));
    let most = 1.0 / d as f32;
    let mut x = Array2::from_shape_fn((counts.len(), d), |_| rng.random_range(-most..=most));
    let mut y = Array2::<f32>::zeros((counts.len(), d));
    for (at, &middle) in text.iter().enumerate() {
        let around = at.saturating_sub(window)..(at + window + 1).min(text.len());
        for &word in around.filter(|&other| other != at).map(|other| &text[other]) {
            let mut move_x = vec![0.0; d];
            for sample in 0..=k {
                let (other, label) = if sample == 0 {
                    (middle, 1.0)
                } else {
                    (noise.draw(&mut rng), 0.0)
                };
                if sample > 0 && other == middle {
                    continue; // The right answer is no noise.
                }
                let (x, mut y) = (x.row(word as usize), y.row_mut(other as usize));
                let g = alpha * (label - 1.0 / (1.0 + (-x.dot(&y)).exp()));
                move_x.iter_mut().zip(&y).for_each(|(m, y)| *m += g * y);
                y.zip_mut_with(&x, |y, x| *y += g * x);
            }
            x.row_mut(word as usize)
                .iter_mut()
                .zip(move_x)
                .for_each(|(x, m)| *x += m);
        }
    }
    Ok(x)
}
