//! P(topic | word) by Bayes' rule.

use super::distribution;
use crate::check::cases::{exercise, is_matrix, length, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic;

exercise! {
    /// What a word says about the topic.
    "04_topics/topic_given_word": topic_given_word(
        phi: &[Vec<f32>] as &Vec<Vec<f32>>, shares: &[f32] as &Vec<f32>, word: usize as *usize
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("a rare topic that loves the word", [vec![vec![0.5_f32, 0.5], vec![0.9_f32, 0.1]], vec![0.9_f32, 0.1], 0_usize]),
        ("a word of one topic only", [vec![vec![1.0_f32, 0.0], vec![0.5_f32, 0.5]], vec![0.75_f32, 0.25], 1_usize]),
        ("a word that no topic has may be of any", [vec![vec![1.0_f32, 0.0], vec![1.0_f32, 0.0]], vec![0.75_f32, 0.25], 1_usize]),
    ],
    mistakes: [
        ("no prior", "P(topic) is missing: a frequent topic is more probable even if it likes the word as much.", no_prior),
        ("not divided", "These are P(word | topic)·P(topic), which sum to P(word): divide by that.", joint),
        ("not a number", "Where no topic has the word this is 0 divided by 0: all topics are equally likely there.", not_a_number),
        ("not turned", "This is P(word | topic) as it is: Bayes' theorem turns it around.", as_it_is),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (Value::List(phi), Some(word)) = (&values[0], get::<usize>(values, 2)) else {
        return false;
    };
    is_matrix(&values[0])
        && length(&values[1]) == Some(phi.len())
        && phi.first().and_then(length).is_some_and(|width| word < width)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (k, v) = (2 + n / 3, 2 + n / 2);
    let phi: Vec<Vec<f32>> = (0..k).map(|_| distribution(rng, v)).collect();
    vec![
        phi.to_value(),
        distribution(rng, k).to_value(),
        whole(rng, 0..=v - 1).to_value(),
    ]
}

fn divided(weights: Vec<f32>) -> Vec<f32> {
    let (sum, flat) = (weights.iter().sum::<f32>(), 1.0 / weights.len() as f32);
    weights
        .into_iter()
        .map(|w| if sum > 0.0 { w / sum } else { flat })
        .collect()
}

fn joint(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    phi.iter()
        .zip(shares)
        .map(|(row, share)| row[word] * share)
        .collect()
}

fn truth(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    topic::topic_given_word(phi.iter().map(|row| &row[word]), shares)
}

fn no_prior(phi: &[Vec<f32>], _: &[f32], word: usize) -> Vec<f32> {
    divided(as_it_is(phi, &[], word))
}

fn not_a_number(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    let joint = || phi.iter().zip(shares).map(|(row, share)| row[word] * share);
    let sum: f32 = joint().sum();
    joint().map(|p| p / sum).collect()
}

fn as_it_is(phi: &[Vec<f32>], _: &[f32], word: usize) -> Vec<f32> {
    phi.iter().map(|row| row[word]).collect()
}
