//! InfoNCE's loss of one query, from similarities.

use super::{is_temperature, temperature};
use crate::check::cases::{exercise, length, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The loss of one query.
    "08_ranking/infonce": infonce(
        similarities: &[f32] as &Vec<f32>, partner: usize as *usize, temperature: f32 as *f32
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("two candidates that are equally similar: ln 2", [vec![1.0_f32, 1.0], 0_usize, 1.0_f32]),
        ("ahead by ½ at τ = ½: ln(1 + 1/e)", [vec![0.5_f32, 1.0], 1_usize, 0.5_f32]),
        ("ahead by 4 at τ = 2", [vec![4.0_f32, 0.0, 0.0], 0_usize, 2.0_f32]),
        ("one candidate", [vec![-1.0_f32], 0_usize, 0.5_f32]),
        ("e^(2/τ) is too large for an f32", [vec![2.0_f32, 2.0, 1.0], 0_usize, 0.015_625_f32]),
        ("e^(−2/τ) becomes 0", [vec![-2.0_f32, -2.0], 1_usize, 0.015_625_f32]),
        ("far behind", [vec![-2.0_f32, 2.0, 1.0], 0_usize, 0.015_625_f32]),
    ],
    mistakes: [
        ("no temperature", "The temperature is forgotten: the exponents are s/τ.", no_temperature),
        ("times the temperature", "The similarities are multiplied by τ: divide, a small τ makes differences larger.", times),
        ("partner not in the sum", "The sum runs over the other candidates: the partner is one of the N.", others),
        ("infinity by infinity", "e^(s/τ) is too large or 0, and the quotient is not a number: subtract the largest s/τ from all of them first.", quotient),
        ("infinite sum", "The sum of the exponentials is infinite or 0 before its logarithm is taken: subtract the largest s/τ first.", sum_first),
        ("base 2", "This takes the logarithm to base 2: use the natural one.", base_2),
        ("mean", "This divides the sum by N: then the loss of pure chance would be 0, and it is ln N.", mean),
        ("sign", "The sign is wrong: the logarithm of a probability is below 0, and a loss is not.", sign),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let partner = get::<usize>(values, 1);
    matches!((length(&values[0]), partner), (Some(n), Some(p)) if p < n) && is_temperature(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![reals(rng, n), whole(rng, 0..=n - 1).to_value(), temperature(rng)]
}

pub(super) fn truth(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    loss::info_nce(similarities, partner, temperature).unwrap_or(f32::NAN)
}

fn no_temperature(similarities: &[f32], partner: usize, _: f32) -> f32 {
    truth(similarities, partner, 1.0)
}

fn times(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    truth(similarities, partner, 1.0 / temperature)
}

fn others(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    let mut others = similarities.to_vec();
    let own = others.remove(partner) / temperature;
    let exponents: Vec<f32> = others.iter().map(|s| s / temperature).collect();
    loss::log_sum_exp(&exponents) - own
}

pub(super) fn quotient(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    let of = |s: &f32| (s / temperature).exp();
    -(of(&similarities[partner]) / similarities.iter().map(of).sum::<f32>()).ln()
}

fn sum_first(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    let sum: f32 = similarities.iter().map(|s| (s / temperature).exp()).sum();
    sum.ln() - similarities[partner] / temperature
}

fn base_2(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    truth(similarities, partner, temperature) / std::f32::consts::LN_2
}

fn mean(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    truth(similarities, partner, temperature) - (similarities.len() as f32).ln()
}

fn sign(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    -truth(similarities, partner, temperature)
}
