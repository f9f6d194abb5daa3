//! The triplet loss and its gradients.

use super::{is_margin, margin};
use crate::check::cases::{exercise, reals, same_length, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss::{self, Distance};
use crate::rng::Rng;

exercise! {
    /// The loss of a triplet, and its gradients by anchor, positive and negative.
    "08_ranking/triplet_gradient": triplet_gradient(
        anchor: &[f32] as &Vec<f32>, positive: &[f32] as &Vec<f32>, negative: &[f32] as &Vec<f32>, margin: f32 as *f32
    ) -> (f32, Vec<f32>, Vec<f32>, Vec<f32>),
    nearly, allowed, random,
    public: [
        ("distances 5 and 2", [vec![0.0_f32, 0.0], vec![3.0_f32, 4.0], vec![0.0_f32, 2.0], 1.0_f32]),
        ("wins by more than the margin", [vec![0.0_f32], vec![1.0_f32], vec![3.0_f32], 1.0_f32]),
        ("wins, but by too little", [vec![0.0_f32], vec![-1.0_f32], vec![1.5_f32], 1.0_f32]),
        ("exactly at the corner", [vec![0.0_f32], vec![1.0_f32], vec![2.0_f32], 1.0_f32]),
        ("anchor and positive are equal", [vec![1.0_f32, 1.0], vec![1.0_f32, 1.0], vec![1.0_f32, 1.5], 1.0_f32]),
        ("anchor and negative are equal", [vec![1.0_f32], vec![3.0_f32], vec![1.0_f32], 1.0_f32]),
        ("all are equal", [vec![2.0_f32], vec![2.0_f32], vec![2.0_f32], 0.5_f32]),
    ],
    mistakes: [
        ("zero over zero", "Where two vectors are equal this divides 0 by 0: their distance has the gradient 0 there.", unguarded),
        ("not of length one", "The gradient of a distance has length 1: divide the difference by the distance.", long),
        ("uphill", "All gradients have the wrong sign: the loss rises when the positive moves away.", uphill),
        ("wrong order", "This is d(anchor, negative) − d(anchor, positive) + margin: it pays for the right order. Turn the difference.", turned),
        ("half an anchor", "The anchor's gradient lacks the term of the negative: the anchor is in both distances.", half),
        ("not clipped", "A triplet that wins by more than the margin has a loss and gradients: both are 0 there.", not_clipped),
        ("gradients without a loss", "Where the loss is 0, nothing moves: the gradients are zeros there.", always),
        ("corner", "Exactly at the corner this has gradients: take zeros there.", corner),
        ("squared", "These are squared distances and their gradients: take the root.", squared),
        ("no margin", "The margin is missing.", no_margin),
    ],
}

type Answer = (f32, Vec<f32>, Vec<f32>, Vec<f32>);

fn allowed(values: &[Value]) -> bool {
    same_length(values) && same_length(&values[1..]) && is_margin(values, 3)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = 1 + n / 4;
    let margin = margin(rng);
    let anchor = vec![1.5_f32; width];
    if whole(rng, 0..=2) == 0 {
        // On a line, exactly at the corner, or nearer to it or farther by ½.
        let [near, by] = [0..=6, 0..=2].map(|range| whole(rng, range) as f32 / 2.0);
        let far = near + get::<f32>(std::slice::from_ref(&margin), 0).unwrap_or(0.0) + by - 0.5;
        let moved =
            |by: f32| -> Vec<f32> { (0..width).map(|k| if k == 0 { 1.5 + by } else { 1.5 }).collect() };
        return vec![
            anchor.to_value(),
            moved(-near).to_value(),
            moved(far).to_value(),
            margin,
        ];
    }
    // Some vectors are equal to the anchor.
    let anchor = reals(rng, width);
    let mut other = || match whole(rng, 0..=5) {
        0 => anchor.clone(),
        _ => reals(rng, width),
    };
    let (positive, negative) = (other(), other());
    vec![anchor, positive, negative, margin]
}

/// A distance and its gradient by the first vector.
type Measure = fn(&[f32], &[f32]) -> (f32, Vec<f32>);

fn differences(x: &[f32], y: &[f32]) -> Vec<f32> {
    x.iter().zip(y).map(|(a, b)| a - b).collect()
}

fn times(x: &[f32], factor: f32) -> Vec<f32> {
    x.iter().map(|x| x * factor).collect()
}

fn of_squares(x: &[f32], y: &[f32]) -> (f32, Vec<f32>) {
    let difference = differences(x, y);
    (difference.iter().map(|x| x * x).sum(), times(&difference, 2.0))
}

fn no_guard(x: &[f32], y: &[f32]) -> (f32, Vec<f32>) {
    let d = of_squares(x, y).0.sqrt();
    (d, differences(x, y).iter().map(|x| x / d).collect())
}

fn without_length(x: &[f32], y: &[f32]) -> (f32, Vec<f32>) {
    (no_guard(x, y).0, differences(x, y))
}

fn euclidean(x: &[f32], y: &[f32]) -> (f32, Vec<f32>) {
    if x == y {
        (0.0, vec![0.0; x.len()])
    } else {
        no_guard(x, y)
    }
}

/// The answer by a measure. `has_gradient` is asked about the loss before it is clipped.
fn answer(triplet: [&[f32]; 3], margin: f32, measure: Measure, has_gradient: fn(f32) -> bool) -> Answer {
    let [anchor, positive, negative] = triplet;
    let ((near, to_positive), (far, to_negative)) = (measure(anchor, positive), measure(anchor, negative));
    let loss = near - far + margin;
    if !has_gradient(loss) {
        let zeros = vec![0.0; anchor.len()];
        return (loss.max(0.0), zeros.clone(), zeros.clone(), zeros);
    }
    let by_positive = times(&to_positive, -1.0);
    (
        loss.max(0.0),
        differences(&to_positive, &to_negative),
        by_positive,
        to_negative,
    )
}

fn truth(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    let [near, far] = [positive, negative].map(|other| Distance::Euclidean.between(anchor, other));
    let [to_positive, to_negative] =
        [positive, negative].map(|other| Distance::Euclidean.gradient(anchor, other));
    let (slope, other_slope) = loss::triplet_gradient(near, far, margin);
    let (of_near, of_far) = (times(&to_positive.0, slope), times(&to_negative.0, other_slope));
    let by_anchor = of_near.iter().zip(&of_far).map(|(p, n)| p + n).collect();
    (
        loss::triplet(near, far, margin),
        by_anchor,
        times(&to_positive.1, slope),
        times(&to_negative.1, other_slope),
    )
}

fn unguarded(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    answer([anchor, positive, negative], margin, no_guard, |loss| loss > 0.0)
}

fn long(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    answer([anchor, positive, negative], margin, without_length, |loss| {
        loss > 0.0
    })
}

fn uphill(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    let (loss, a, p, n) = truth(anchor, positive, negative, margin);
    (loss, times(&a, -1.0), times(&p, -1.0), times(&n, -1.0))
}

fn turned(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    let (loss, by_anchor, by_negative, by_positive) = truth(anchor, negative, positive, margin);
    (loss, by_anchor, by_positive, by_negative)
}

fn half(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    let (loss, _, p, n) = truth(anchor, positive, negative, margin);
    (loss, times(&p, -1.0), p, n)
}

fn not_clipped(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    let (_, a, p, n) = always(anchor, positive, negative, margin);
    (
        euclidean(anchor, positive).0 - euclidean(anchor, negative).0 + margin,
        a,
        p,
        n,
    )
}

fn always(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    answer([anchor, positive, negative], margin, euclidean, |_| true)
}

fn corner(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    answer([anchor, positive, negative], margin, euclidean, |loss| {
        loss >= 0.0
    })
}

fn squared(anchor: &[f32], positive: &[f32], negative: &[f32], margin: f32) -> Answer {
    answer([anchor, positive, negative], margin, of_squares, |loss| {
        loss > 0.0
    })
}

fn no_margin(anchor: &[f32], positive: &[f32], negative: &[f32], _: f32) -> Answer {
    truth(anchor, positive, negative, 0.0)
}
