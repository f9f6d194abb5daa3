//! The Gibbs sampler's conditional.

use super::{counts, is_positive, prior};
use crate::check::cases::{exercise, length};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::conditional;

exercise! {
    /// The probabilities of the topics for one position.
    "04_topics/gibbs_conditional": gibbs_conditional(
        n_dk: &[u32] as &Vec<u32>, n_wk: &[u32] as &Vec<u32>, n_k: &[u32] as &Vec<u32>,
        alpha: f32 as *f32, eta: f32 as *f32, n_words: usize as *usize
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("two topics", [vec![2_u32, 0], vec![1_u32, 3], vec![5_u32, 4], 1.0_f32, 0.5_f32, 2_usize]),
        ("a topic that nothing has yet", [vec![3_u32, 0], vec![2_u32, 0], vec![6_u32, 0], 0.1_f32, 0.5_f32, 4_usize]),
        ("nothing counted: all topics alike", [vec![0_u32, 0, 0], vec![0_u32, 0, 0], vec![0_u32, 0, 0], 0.1_f32, 0.1_f32, 9_usize]),
    ],
    mistakes: [
        ("not divided", "The weights are right: divide them by their sum to make them probabilities.", weights),
        ("eta once", "The denominator has η for each of the V words: n_k + V·η.", eta_once),
        ("no alpha", "α is missing: without it a topic that the document does not have yet never comes.", no_alpha),
        ("no denominator", "This does not divide by n_k + V·η: a large topic then takes every word.", no_denominator),
        ("priors exchanged", "α and η are exchanged: α goes with the document's counts, η with the word's.", exchanged),
        ("a sum", "Document and word are added: both must like the topic, so their factors are multiplied.", sum),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let n = length(&values[0]);
    n > Some(0)
        && length(&values[1]) == n
        && length(&values[2]) == n
        && values[3..5].iter().all(is_positive)
        && matches!(values[5], Value::Whole(n) if n > 0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let k = 1 + n;
    let n_wk = counts(rng, k);
    let n_k: Vec<u32> = n_wk
        .iter()
        .zip(counts(rng, k))
        .map(|(n, more)| n + more)
        .collect();
    vec![
        counts(rng, k).to_value(),
        n_wk.to_value(),
        n_k.to_value(),
        prior(rng),
        prior(rng),
        (2 + n).to_value(),
    ]
}

fn divided(weights: &[f64]) -> Vec<f32> {
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|w| (w / sum) as f32).collect()
}

type Counts = [u32];

fn truth(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, alpha: f32, eta: f32, n_words: usize) -> Vec<f32> {
    divided(&conditional(n_dk, n_wk, n_k, alpha.into(), eta.into(), n_words))
}

fn weights(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, alpha: f32, eta: f32, n_words: usize) -> Vec<f32> {
    conditional(n_dk, n_wk, n_k, alpha.into(), eta.into(), n_words)
        .into_iter()
        .map(|w| w as f32)
        .collect()
}

fn eta_once(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, alpha: f32, eta: f32, _: usize) -> Vec<f32> {
    truth(n_dk, n_wk, n_k, alpha, eta, 1)
}

fn exchanged(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, alpha: f32, eta: f32, n_words: usize) -> Vec<f32> {
    truth(n_dk, n_wk, n_k, eta, alpha, n_words)
}

fn no_alpha(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, _: f32, eta: f32, n_words: usize) -> Vec<f32> {
    truth(n_dk, n_wk, n_k, 0.0, eta, n_words)
}

fn no_denominator(
    n_dk: &Counts,
    n_wk: &Counts,
    _: &Counts,
    alpha: f32,
    eta: f32,
    n_words: usize,
) -> Vec<f32> {
    truth(n_dk, n_wk, &vec![0; n_dk.len()], alpha, eta, n_words)
}

fn sum(n_dk: &Counts, n_wk: &Counts, n_k: &Counts, alpha: f32, eta: f32, n_words: usize) -> Vec<f32> {
    let weight = |k: usize| {
        let word =
            (f64::from(n_wk[k]) + f64::from(eta)) / (f64::from(n_k[k]) + n_words as f64 * f64::from(eta));
        f64::from(n_dk[k]) + f64::from(alpha) + word
    };
    divided(&(0..n_dk.len()).map(weight).collect::<Vec<_>>())
}
