//! The score of a collocation.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::words::phrase_score;

exercise! {
    /// How much more often b follows a than by chance.
    "06_words/collocation_score": collocation_score(
        text: &[usize] as &Vec<usize>, a: usize as *usize, b: usize as *usize, delta: f32 as *f32
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("always together", [vec![0_usize, 1, 2, 0, 1, 3], 0_usize, 1_usize, 0.0_f32]),
        ("a discount of 1", [vec![0_usize, 1, 2, 0, 1, 3], 0_usize, 1_usize, 1.0_f32]),
        ("the other way round they never meet", [vec![0_usize, 1, 2, 0, 1, 3], 1_usize, 0_usize, 0.0_f32]),
        ("seldom, and the discount is larger", [vec![0_usize, 1, 0, 2, 0, 2], 0_usize, 1_usize, 2.0_f32]),
        ("a word that does not occur", [vec![0_usize, 1], 0_usize, 7_usize, 1.0_f32]),
        ("twice the same word", [vec![4_usize, 4, 4], 4_usize, 4_usize, 0.0_f32]),
    ],
    mistakes: [
        ("no N", "The factor N is missing: without it the score shrinks as the text grows.", no_n),
        ("no discount", "The discount is missing: subtract delta from n(ab).", no_discount),
        ("either order", "b before a is counted, too: only a directly followed by b is an occurrence.", either_order),
        ("anywhere", "This counts how often both occur, not how often b comes directly after a.", anywhere),
        ("discount outside", "The discount is subtracted at the end: subtract it from n(ab), before the product.", outside),
    ],
}

fn allowed(values: &[Value]) -> bool {
    get::<Vec<usize>>(values, 0).is_some()
        && get::<f32>(values, 3).is_some_and(|d| (0.0..=100.0).contains(&d) && d.fract() == 0.0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let text: Vec<usize> = (0..n + 1).map(|_| whole(rng, 0..=2)).collect();
    let (a, b) = (whole(rng, 0..=2), whole(rng, 0..=2));
    vec![
        text.to_value(),
        a.to_value(),
        b.to_value(),
        (whole(rng, 0..=2) as f32).to_value(),
    ]
}

/// n(ab), n(a), n(b), N.
fn counts(text: &[usize], a: usize, b: usize) -> [u64; 4] {
    let times = |word: usize| text.iter().filter(|w| **w == word).count() as u64;
    let pairs = (1..text.len())
        .filter(|&i| text[i - 1] == a && text[i] == b)
        .count();
    [pairs as u64, times(a), times(b), text.len() as u64]
}

fn scored([pairs, a, b, n]: [u64; 4], delta: f32) -> f32 {
    if a == 0 || b == 0 {
        0.0
    } else {
        phrase_score(pairs, a, b, n, delta as u64) as f32
    }
}

fn truth(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    scored(counts(text, a, b), delta)
}

fn no_n(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    let [pairs, n_a, n_b, _] = counts(text, a, b);
    scored([pairs, n_a, n_b, 1], delta)
}

fn no_discount(text: &[usize], a: usize, b: usize, _: f32) -> f32 {
    truth(text, a, b, 0.0)
}

fn either_order(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    let mut all = counts(text, a, b);
    all[0] += counts(text, b, a)[0];
    scored(all, delta)
}

fn anywhere(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    let [_, n_a, n_b, n] = counts(text, a, b);
    scored([n_a.min(n_b), n_a, n_b, n], delta)
}

fn outside(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    let all = counts(text, a, b);
    if all[1] == 0 || all[2] == 0 {
        0.0
    } else {
        scored(all, 0.0) - delta
    }
}
