//! The pair loss of the lecture: the distance of a pair that is alike, a hinge for one that is not.

use super::{is_margin, margin};
use crate::check::cases::{exercise, same_length, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::loss::{self, Distance};
use crate::rng::Rng;

exercise! {
    /// The loss of two points that are alike or not.
    "08_ranking/pair_loss": pair_loss(
        x: &[f32] as &Vec<f32>, y: &[f32] as &Vec<f32>, alike: bool as *bool, margin: f32 as *f32
    ) -> f32,
    nearly, |values| same_length(values) && is_margin(values, 3), random,
    public: [
        ("alike, at distance 5", [vec![0.0_f32, 4.0], vec![3.0_f32, 0.0], true, 1.0_f32]),
        ("strangers within the margin: half is missing", [vec![1.0_f32, 0.0], vec![1.0_f32, 0.5], false, 1.0_f32]),
        ("strangers beyond the margin are left alone", [vec![0.0_f32, 4.0], vec![3.0_f32, 0.0], false, 1.0_f32]),
        ("strangers exactly at the margin", [vec![0.0_f32, 4.0], vec![3.0_f32, 0.0], false, 5.0_f32]),
        ("strangers at the same place", [vec![2.0_f32], vec![2.0_f32], false, 0.5_f32]),
        ("alike and at the same place", [vec![2.0_f32], vec![2.0_f32], true, 0.5_f32]),
    ],
    mistakes: [
        ("turned around", "The two kinds are turned around: a pair that is alike pays for its distance.", turned),
        ("not clipped", "Strangers beyond the margin have a loss below 0: stop at 0.", not_clipped),
        ("squared distance", "This is the squared distance: take the root.", squared),
        ("squared loss", "This squares the loss, as Hadsell does: here it is d itself, and max(0, margin − d) itself.", hadsell),
        ("half the square", "This is half the square, Hadsell's form: here it is d itself, and max(0, margin − d) itself.", half_square),
        ("margin for both", "A pair that is alike pays only beyond the margin: its loss is the whole distance.", both),
        ("city block", "This adds up the absolute differences: the Euclidean distance is the root of the sum of their squares.", city_block),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let x: Vec<f32> = (0..n).map(|_| whole(rng, 0..=8) as f32 / 2.0 - 2.0).collect();
    // Near x, so that strangers are often within the margin.
    let step = [0.5_f32, 0.25][whole(rng, 0..=1)];
    let y: Vec<f32> = (x.iter())
        .map(|x| x + step * (whole(rng, 0..=2) as f32 - 1.0))
        .collect();
    let alike = whole(rng, 0..=1) == 1;
    vec![x.to_value(), y.to_value(), alike.to_value(), margin(rng)]
}

/// ‖x − y‖².
fn square(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn of_distance(d: f32, alike: bool, margin: f32) -> f32 {
    if alike { d } else { (margin - d).max(0.0) }
}

fn truth(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    loss::pair_loss(Distance::Euclidean.between(x, y), alike, margin)
}

fn turned(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    truth(x, y, !alike, margin)
}

fn not_clipped(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    let d = square(x, y).sqrt();
    if alike { d } else { margin - d }
}

fn squared(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    of_distance(square(x, y), alike, margin)
}

fn hadsell(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    truth(x, y, alike, margin).powi(2)
}

fn half_square(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    hadsell(x, y, alike, margin) / 2.0
}

fn both(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    let d = square(x, y).sqrt();
    (if alike { d - margin } else { margin - d }).max(0.0)
}

fn city_block(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    let d = x.iter().zip(y).map(|(a, b)| (a - b).abs()).sum();
    of_distance(d, alike, margin)
}
