//! Skip-gram with negative sampling, to read from top to bottom.
//!
//! It holds the text in memory and leaves out subsampling and threads. The fast form learns the same, but its
//! numbers differ: it draws negative samples once a step, and this form once a pair.

use ndarray::Array2;
use rand::Rng as _;

use super::super::noise::Noise;
use super::{Output, Word2Vec};
use crate::loss::{negative_sampling, negative_sampling_gradient};
use crate::rng::seeded;
use crate::{Error, Result};

/// Trains on texts of word ids, which are below the length of `counts`. Returns the vectors, shape `(n_words,
/// d)`, and for each epoch the mean loss of a target; it is `ln 2` before anything is learned. The options
/// `min_count` and `subsample` are not used.
///
/// ```
/// use course::predict::{Word2Vec, sgns_plain};
/// let texts: Vec<Vec<u32>> = (0..100).map(|i| vec![0, 1 + 2 * (i % 2), 2]).collect();
/// let options = Word2Vec { dimension: 8, window: 2, ..Default::default() };
/// let (vectors, losses) = sgns_plain(&texts, &[100, 50, 100, 50], &options)?;
/// assert_eq!((vectors.dim(), losses.len()), ((4, 8), 5));
/// assert!(losses[4] < losses[0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// An id in the texts has no count, all counts are 0, or the output is not negative sampling.
pub fn sgns_plain(texts: &[Vec<u32>], counts: &[u64], options: &Word2Vec) -> Result<(Array2<f32>, Vec<f64>)> {
    if let Some(id) = texts.iter().flatten().find(|&&id| id as usize >= counts.len()) {
        let expected = format!("numbers below {}", counts.len());
        return Err(Error::value("the texts", expected, id));
    }
    let Output::Negative(k) = options.output else {
        return Err(Error::value("the output", "negative sampling", "another"));
    };
    let (noise, mut rng) = (Noise::new(counts, options.power)?, seeded(options.seed));
    let (d, most) = (options.dimension, 1.0 / options.dimension as f32);
    let mut x = Array2::from_shape_fn((counts.len(), d), |_| rng.random_range(-most..=most));
    let mut y = Array2::<f32>::zeros((counts.len(), d));
    let of = options.epochs * texts.iter().map(Vec::len).sum::<usize>();
    let (mut done, mut losses) = (0, Vec::new());
    for _ in 0..options.epochs {
        let (mut loss, mut targets) = (0.0, 0_u64);
        for (text, at) in texts
            .iter()
            .flat_map(|text| (0..text.len()).map(move |at| (text, at)))
        {
            // The learning rate falls linearly from the first word to the last.
            let (first, last) = (options.learning_rate, options.min_learning_rate);
            let learning_rate = first + (last - first) * done as f32 / of as f32;
            let centre = text[at];
            done += 1;
            let width = rng.random_range(1..=options.window);
            let window = at.saturating_sub(width)..(at + width + 1).min(text.len());
            for &word in window.filter(|&other| other != at).map(|other| &text[other]) {
                let mut update = vec![0.0; d];
                for sample in 0..=k {
                    let (other, label) = if sample == 0 {
                        (centre, 1.0)
                    } else {
                        (noise.draw(&mut rng), 0.0)
                    };
                    if sample > 0 && other == centre {
                        continue; // The centre word is no negative sample of itself.
                    }
                    let (x, mut y) = (x.row(word as usize), y.row_mut(other as usize));
                    let score = x.dot(&y);
                    let g = -learning_rate * negative_sampling_gradient(score, label);
                    update.iter_mut().zip(&y).for_each(|(u, y)| *u += g * y);
                    y.zip_mut_with(&x, |y, x| *y += g * x);
                    loss += f64::from(negative_sampling(score, label));
                    targets += 1;
                }
                x.row_mut(word as usize)
                    .iter_mut()
                    .zip(update)
                    .for_each(|(x, u)| *x += u);
            }
        }
        losses.push(loss / targets.max(1) as f64);
    }
    Ok((x, losses))
}
