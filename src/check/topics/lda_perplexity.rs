//! The perplexity of a document's words.

use super::distribution;
use crate::check::cases::{exercise, is_matrix, length, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::perplexity;

exercise! {
    /// The number of equally likely words that would be as hard for a topic model to predict.
    "04_topics/lda_perplexity": lda_perplexity(
        phi: &[Vec<f32>] as &Vec<Vec<f32>>, theta: &[f32] as &Vec<f32>, words: &[usize] as &Vec<usize>
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("a die with four sides", [vec![vec![0.25_f32; 4]], vec![1.0_f32], vec![0_usize, 3, 2]]),
        ("two topics, mixed", [vec![vec![0.5_f32, 0.5], vec![0.9_f32, 0.1]], vec![0.25_f32, 0.75], vec![0_usize, 1, 0]]),
        ("a sure thing", [vec![vec![1.0_f32, 0.0]], vec![1.0_f32], vec![0_usize, 0]]),
    ],
    mistakes: [
        ("no mean", "The logarithms are added up but not divided by the number of words: a longer text would be worse.", no_mean),
        ("base 2", "The logarithm is to base 2 and the power to base e: use the same base for both.", base_two),
        ("best topic", "Only the document's main topic is used: a word's probability is the sum over all topics.", best_topic),
        ("mean of probabilities", "This is one over the mean probability: take the mean of the logarithms.", arithmetic),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (phi, words): (Option<Vec<Vec<f32>>>, Option<Vec<usize>>) = (get(values, 0), get(values, 2));
    let Some((phi, words)) = phi.zip(words) else {
        return false;
    };
    let likely = |w: &usize| phi.iter().all(|row| row.get(*w).is_some_and(|p| *p > 0.0));
    is_matrix(&values[0])
        && length(&values[1]) == Some(phi.len())
        && !words.is_empty()
        && words.iter().all(likely)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (k, v) = (2 + n / 4, 2 + n / 2);
    let phi: Vec<Vec<f32>> = (0..k).map(|_| distribution(rng, v)).collect();
    let words: Vec<usize> = (0..n + 1).map(|_| whole(rng, 0..=v - 1)).collect();
    vec![phi.to_value(), distribution(rng, k).to_value(), words.to_value()]
}

fn probabilities(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> Vec<f64> {
    let p = |w: &usize| {
        phi.iter()
            .zip(theta)
            .map(|(row, t)| f64::from(row[*w]) * f64::from(*t))
            .sum()
    };
    words.iter().map(p).collect()
}

fn truth(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    perplexity(&probabilities(phi, theta, words)) as f32
}

fn no_mean(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    probabilities(phi, theta, words)
        .iter()
        .map(|p| 1.0 / p)
        .product::<f64>() as f32
}

fn base_two(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    let p = probabilities(phi, theta, words);
    (-p.iter().map(|p| p.log2()).sum::<f64>() / p.len() as f64).exp() as f32
}

fn best_topic(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    let best = (0..theta.len()).fold(0, |best, k| if theta[k] > theta[best] { k } else { best });
    truth(&phi[best..=best], &[1.0], words)
}

fn arithmetic(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    let p = probabilities(phi, theta, words);
    (p.len() as f64 / p.iter().sum::<f64>()) as f32
}
