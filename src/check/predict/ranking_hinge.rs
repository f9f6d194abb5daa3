//! The ranking loss of Collobert and Weston.

use crate::check::cases::{any, exercise, real, reals};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::loss::{hinge, hinge_gradient};
use crate::rng::Rng;

exercise! {
    /// The loss, and its derivatives by the true score and by the corrupted ones.
    "05_predict/ranking_hinge": ranking_hinge(score: f32 as *f32, corrupted: &[f32] as &Vec<f32>) -> (f32, f32, Vec<f32>),
    nearly, any, random,
    public: [
        ("wins by 2: no loss", [3.0_f32, vec![1.0_f32]]),
        ("wins by ½: half a point is missing", [2.0_f32, vec![1.5_f32]]),
        ("wins by exactly 1: the corner", [2.0_f32, vec![1.0_f32]]),
        ("loses", [0.0_f32, vec![1.5_f32]]),
        ("three corrupted windows", [1.0_f32, vec![0.5_f32, -2.0, 2.0]]),
        ("none", [1.0_f32, Vec::<f32>::new()]),
    ],
    mistakes: [
        ("no margin", "This is max(0, s' − s): the true window has to win by 1.", no_margin),
        ("turned around", "The signs are turned around: the loss falls when the true score rises.", turned),
        ("not clipped", "A window that wins by more than 1 makes the loss smaller: stop at 0.", not_clipped),
        ("gradients everywhere", "Windows that win by more than 1 have a derivative: where the loss is 0, nothing moves.", gradients),
        ("mean", "This is the mean over the corrupted windows: L is their sum.", mean),
        ("one for all", "The derivative by s is −1 whatever the number of windows: each that has a loss adds −1.", one_for_all),
    ],
}

type Answer = (f32, f32, Vec<f32>);

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![real(rng), reals(rng, n)]
}

/// The answer, where `of(hinge)` gives the loss and the derivative for one corrupted window.
fn answer(score: f32, corrupted: &[f32], margin: f32, of: impl Fn(f32) -> (f32, f32)) -> Answer {
    let each: Vec<(f32, f32)> = corrupted.iter().map(|other| of(margin - score + other)).collect();
    (
        each.iter().map(|e| e.0).sum(),
        each.iter().map(|e| -e.1).sum(),
        each.iter().map(|e| e.1).collect(),
    )
}

fn clipped(hinge: f32) -> (f32, f32) {
    (hinge.max(0.0), f32::from(u8::from(hinge > 0.0)))
}

fn truth(score: f32, corrupted: &[f32]) -> Answer {
    let gradients: Vec<(f32, f32)> = corrupted
        .iter()
        .map(|&other| hinge_gradient(score, other))
        .collect();
    (
        corrupted.iter().map(|&other| hinge(score, other)).sum(),
        gradients.iter().map(|g| g.0).sum(),
        gradients.iter().map(|g| g.1).collect(),
    )
}

fn no_margin(score: f32, corrupted: &[f32]) -> Answer {
    answer(score, corrupted, 0.0, clipped)
}

fn turned(score: f32, corrupted: &[f32]) -> Answer {
    let negated: Vec<f32> = corrupted.iter().map(|x| -x).collect();
    let (loss, by_score, by_corrupted) = truth(-score, &negated);
    (loss, -by_score, by_corrupted.into_iter().map(|x| -x).collect())
}

fn not_clipped(score: f32, corrupted: &[f32]) -> Answer {
    answer(score, corrupted, 1.0, |hinge| (hinge, 1.0))
}

fn gradients(score: f32, corrupted: &[f32]) -> Answer {
    answer(score, corrupted, 1.0, |hinge| (hinge.max(0.0), 1.0))
}

fn mean(score: f32, corrupted: &[f32]) -> Answer {
    let n = corrupted.len().max(1) as f32;
    answer(score, corrupted, 1.0, |hinge| {
        let (loss, slope) = clipped(hinge);
        (loss / n, slope / n)
    })
}

fn one_for_all(score: f32, corrupted: &[f32]) -> Answer {
    let (loss, by_score, by_corrupted) = truth(score, corrupted);
    (loss, by_score.max(-1.0), by_corrupted)
}
