//! A random index vector.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// A random index vector from drawn numbers.
    "03_indexing/index_row": index_row(dimension: usize as *usize, drawn: &[usize] as &Vec<usize>) -> Vec<f32>,
    exactly, |values| matches!(usize::from_value(&values[0]), Some(1..=10_000)), random,
    public: [
        ("two places", [5_usize, vec![3_usize, 1]]),
        ("numbers beyond the dimension", [4_usize, vec![6_usize, 9, 4]]),
        ("a place drawn twice: the second 2 is skipped, and 0 gets the −1", [4_usize, vec![2_usize, 2, 0]]),
        ("the same place by another number", [3_usize, vec![1_usize, 4, 2]]),
        ("nothing is drawn", [3_usize, Vec::<usize>::new()]),
    ],
    mistakes: [
        ("all plus", "All are +1: the second, fourth, … place gets −1.", all_plus),
        ("skipped numbers count", "A skipped number has changed the sign: only a place that is filled does.", counting),
        ("overwritten", "A place that was filled is filled again: skip it.", overwriting),
        ("added up", "A place that is drawn twice is added up: it keeps its first sign.", adding),
        ("too large", "Numbers from the dimension on are left out: take the remainder of the division.", dropping),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let dimension = whole(rng, 1..=2 + n);
    let drawn: Vec<usize> = (0..n).map(|_| whole(rng, 0..=3 * dimension)).collect();
    vec![dimension.to_value(), drawn.to_value()]
}

fn row(dimension: usize, drawn: &[usize], mut fill: impl FnMut(&mut f32, &mut f32)) -> Vec<f32> {
    let mut row = vec![0.0; dimension];
    let mut sign = 1.0;
    for number in drawn {
        fill(&mut row[number % dimension], &mut sign);
    }
    row
}

/// The library draws its own numbers and has all +1 first; here the signs alternate.
fn truth(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    row(dimension, drawn, |place, sign| {
        if *place == 0.0 {
            *place = *sign;
            *sign = -*sign;
        }
    })
}

fn all_plus(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    row(dimension, drawn, |place, _| *place = 1.0)
}

fn counting(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    row(dimension, drawn, |place, sign| {
        if *place == 0.0 {
            *place = *sign;
        }
        *sign = -*sign;
    })
}

fn overwriting(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    row(dimension, drawn, |place, sign| {
        *place = *sign;
        *sign = -*sign;
    })
}

fn adding(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    row(dimension, drawn, |place, sign| {
        *place += *sign;
        *sign = -*sign;
    })
}

fn dropping(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    let kept: Vec<usize> = drawn
        .iter()
        .copied()
        .filter(|number| *number < dimension)
        .collect();
    truth(dimension, &kept)
}
