//! Precision at k.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The share of relevant answers among the first k.
    "01_vectors/precision_at_k": precision_at_k(
        found: &[usize] as &Vec<usize>, relevant: &[usize] as &Vec<usize>, k: usize as *usize
    ) -> f32,
    nearly, |values| values[2] != Value::Whole(0) && is_distinct(&values[0]) && is_distinct(&values[1]), random,
    public: [
        ("two of the first three", [vec![7_usize, 3, 9, 1], vec![9_usize, 7, 5], 3_usize]),
        ("the order within the first k does not matter", [vec![1_usize, 2], vec![2_usize], 2_usize]),
        ("fewer than k found: the missing ones are not relevant", [vec![4_usize], vec![4_usize], 2_usize]),
        ("nothing is relevant", [vec![1_usize, 2, 3], Vec::<usize>::new(), 2_usize]),
    ],
    mistakes: [
        ("recall", "This divides by the number of relevant answers (recall): divide by k.", recall),
        ("all found", "This looks at all answers: look at the first k.", all_found),
        ("divided by what was found", "Where fewer than k were found this divides by their number: divide by k.", by_found),
        ("a count", "This is how many are relevant: divide by k.", only_count),
    ],
}

fn is_distinct(value: &Value) -> bool {
    matches!(value, Value::List(all) if all.iter().enumerate().all(|(i, x)| !all[..i].contains(x)))
}

/// Numbers below 2n, each at most once.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut some = |n: usize| -> Value {
        let mut all: Vec<usize> = Vec::new();
        for _ in 0..n {
            let number = whole(rng, 0..=2 * n);
            if !all.contains(&number) {
                all.push(number);
            }
        }
        all.to_value()
    };
    let (found, relevant) = (some(n), some(n));
    vec![found, relevant, whole(rng, 1..=n + 1).to_value()]
}

fn hits(found: &[usize], relevant: &[usize]) -> f32 {
    found.iter().filter(|number| relevant.contains(number)).count() as f32
}

fn first(found: &[usize], k: usize) -> &[usize] {
    &found[..k.min(found.len())]
}

fn truth(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    hits(first(found, k), relevant) / k as f32
}

fn recall(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    hits(first(found, k), relevant) / relevant.len().max(1) as f32
}

fn all_found(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    hits(found, relevant) / k as f32
}

fn by_found(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    hits(first(found, k), relevant) / first(found, k).len().max(1) as f32
}

fn only_count(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    hits(first(found, k), relevant)
}
