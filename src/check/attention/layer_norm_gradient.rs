//! The gradient of layer norm.

use super::{epsilon, is_positive, mean, spread};
use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::math::{inner, layers};
use crate::rng::Rng;

exercise! {
    /// The derivatives of the loss by the numbers of the row.
    "09_attention/layer_norm_gradient": layer_norm_gradient(
        x: &[f32] as &Vec<f32>, upstream: &[f32] as &Vec<f32>, epsilon: f32 as *f32
    ) -> Vec<f32>,
    nearly, |values| same_length(values) && is_positive(values, 2), random,
    public: [
        ("x̂ = ±½, r = ½", [vec![0.0_f32, 2.0], vec![1.0_f32, 0.0], 3.0_f32]),
        ("all equal: x̂ = 0, r = 2", [vec![1.0_f32, 1.0], vec![1.0_f32, 0.0], 0.25_f32]),
        ("the same push everywhere moves nothing", [vec![1.0_f32, -1.0, 4.0], vec![2.0_f32, 2.0, 2.0], 1.0_f32]),
        ("one number", [vec![5.0_f32], vec![1.0_f32], 0.25_f32]),
    ],
    mistakes: [
        ("r alone", "This is r h, as if mean and size did not depend on x: two terms are missing.", r_alone),
        ("no mean of h", "The mean moves with x, too: subtract the mean of h.", no_mean_term),
        ("no size", "The size r moves with x, too: subtract x̂ times the mean of h x̂.", no_size_term),
        ("sums", "These are sums over the row: both terms are means.", sums),
        ("not divided by the size", "The factor r in front is missing.", no_r),
        ("x for x̂", "The last term has the centred x, which is not divided by its size: it needs x̂.", raw),
        ("added", "Both means are added: they are subtracted.", added),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![reals(rng, n), reals(rng, n), epsilon(rng)]
}

fn truth(x: &[f32], upstream: &[f32], epsilon: f32) -> Vec<f32> {
    layers::layer_norm_gradient(x, upstream, epsilon).unwrap_or_default()
}

/// x̂ and r.
fn normed(x: &[f32], epsilon: f32) -> (Vec<f32>, f32) {
    let r = 1.0 / (spread(x, mean(x)) + epsilon).sqrt();
    (x.iter().map(|a| (a - mean(x)) * r).collect(), r)
}

/// r (h − a − b x̂).
fn by(h: &[f32], hat: &[f32], r: f32, a: f32, b: f32) -> Vec<f32> {
    h.iter().zip(hat).map(|(h, x)| r * (h - a - b * x)).collect()
}

fn along(h: &[f32], hat: &[f32]) -> f32 {
    inner(h, hat) as f32 / h.len() as f32
}

fn r_alone(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    by(h, &hat, r, 0.0, 0.0)
}

fn no_mean_term(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    by(h, &hat, r, 0.0, along(h, &hat))
}

fn no_size_term(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    by(h, &hat, r, mean(h), 0.0)
}

fn sums(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    let n = h.len() as f32;
    by(h, &hat, r, n * mean(h), n * along(h, &hat))
}

fn no_r(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, _) = normed(x, epsilon);
    by(h, &hat, 1.0, mean(h), along(h, &hat))
}

fn raw(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    let centred: Vec<f32> = hat.iter().map(|x| x / r).collect();
    by(h, &centred, r, mean(h), along(h, &centred))
}

fn added(x: &[f32], h: &[f32], epsilon: f32) -> Vec<f32> {
    let (hat, r) = normed(x, epsilon);
    by(h, &hat, r, -mean(h), -along(h, &hat))
}
