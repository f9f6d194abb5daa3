//! θ of a document from the topics of its positions.

use super::{is_positive, prior};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::{theta, topic_counts};

exercise! {
    /// How much of each topic a document has.
    "04_topics/theta_from_counts": theta_from_counts(
        topics: &[usize] as &Vec<usize>, n_topics: usize as *usize, alpha: f32 as *f32
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("three places, two topics", [vec![0_usize, 1, 0], 2_usize, 0.5_f32]),
        ("a topic without a place keeps a little", [vec![1_usize, 1], 3_usize, 1.0_f32]),
        ("a document without words", [Vec::<usize>::new(), 4_usize, 0.1_f32]),
    ],
    mistakes: [
        ("no alpha", "α is missing: it is added to the count of every topic.", no_alpha),
        ("alpha once", "The counts get α each, so their sum grows by K·α and not by α: divide by N + K·α.", alpha_once),
        ("counts", "These are the counts with α: divide by their sum.", only_counts),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (topics, k): (Option<Vec<usize>>, Option<usize>) = (get(values, 0), get(values, 1));
    matches!((topics, k), (Some(topics), Some(k)) if k > 0 && topics.iter().all(|z| *z < k))
        && is_positive(&values[2])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let k = 2 + n / 3;
    let topics: Vec<usize> = (0..n).map(|_| whole(rng, 0..=k - 1)).collect();
    vec![topics.to_value(), k.to_value(), prior(rng)]
}

fn share(topics: &[usize], k: usize, alpha: f32, whole: f32) -> Vec<f32> {
    let count = |z: usize| topics.iter().filter(|other| **other == z).count() as f32;
    (0..k).map(|z| (count(z) + alpha) / whole).collect()
}

fn truth(topics: &[usize], k: usize, alpha: f32) -> Vec<f32> {
    let numbers: Vec<u16> = topics.iter().map(|&z| z as u16).collect();
    let mut row = vec![0.0; k];
    theta(
        &mut row,
        &topic_counts(&numbers),
        topics.len(),
        &vec![alpha; k],
        k as f32 * alpha,
    );
    row
}

fn no_alpha(topics: &[usize], k: usize, _: f32) -> Vec<f32> {
    share(topics, k, 0.0, topics.len() as f32)
}

fn alpha_once(topics: &[usize], k: usize, alpha: f32) -> Vec<f32> {
    share(topics, k, alpha, topics.len() as f32 + alpha)
}

fn only_counts(topics: &[usize], k: usize, alpha: f32) -> Vec<f32> {
    share(topics, k, alpha, 1.0)
}
