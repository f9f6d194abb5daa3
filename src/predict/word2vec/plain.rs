//! Skip-gram with negative sampling, to read from top to bottom.
//!
//! It holds the text in memory and leaves out subsampling and threads. The fast form agrees with it in what it learns, not in
//! its numbers: it draws the noise once a window, and this one once a pair.

use ndarray::Array2;
use rand::Rng as _;

use super::super::noise::Noise;
use super::{Output, Word2Vec};
use crate::rng::seeded;
use crate::{Error, Result};

/// Vectors of shape `(n_words, d)` for texts of words' numbers, each below the length of `counts`; and for each pass the mean
/// loss of a question, `ln 2` for who knows nothing. Of `options` the words' (`min_count`, `subsample`) are not used.
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
/// A number in the texts that is no word's; all counts are 0; another output than negative sampling.
pub fn sgns_plain(texts: &[Vec<u32>], counts: &[u64], options: &Word2Vec) -> Result<(Array2<f32>, Vec<f64>)> {
    if let Some(id) = texts.iter().flatten().find(|&&id| id as usize >= counts.len()) {
        let expected = format!("numbers below {}", counts.len());
        return Err(Error::value("the texts", expected, id.to_string()));
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
        let (mut loss, mut questions) = (0.0, 0_u64);
        for (text, at) in texts
            .iter()
            .flat_map(|text| (0..text.len()).map(move |at| (text, at)))
        {
            // The step falls in a line from the first to the last word of all.
            let alpha = options.alpha + (options.min_alpha - options.alpha) * done as f32 / of as f32;
            let middle = text[at];
            done += 1;
            let reach = rng.random_range(1..=options.window);
            let around = at.saturating_sub(reach)..(at + reach + 1).min(text.len());
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
                    let p: f32 = 1.0 / (1.0 + (-x.dot(&y)).exp());
                    let g = alpha * (label - p);
                    move_x.iter_mut().zip(&y).for_each(|(m, y)| *m += g * y);
                    y.zip_mut_with(&x, |y, x| *y += g * x);
                    loss -= f64::from((1.0 - label - p).abs()).max(1e-30).ln();
                    questions += 1;
                }
                x.row_mut(word as usize)
                    .iter_mut()
                    .zip(move_x)
                    .for_each(|(x, m)| *x += m);
            }
        }
        losses.push(loss / questions.max(1) as f64);
    }
    Ok((x, losses))
}
