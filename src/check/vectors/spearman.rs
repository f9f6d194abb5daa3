//! Spearman's rank correlation.

use crate::check::cases::{exercise, length, reals, same_length};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::embeddings;

exercise! {
    /// Spearman's rank correlation; equal values share the mean of their ranks.
    "01_vectors/spearman": spearman(x: &[f32] as &Vec<f32>, y: &[f32] as &Vec<f32>) -> f32,
    nearly, allowed,
    |rng, n| loop {
        let values = vec![reals(rng, n + 2), reals(rng, n + 2)];
        if allowed(&values) {
            return values;
        }
    },
    public: [
        ("the same order", [vec![1.0_f32, 2.0, 3.0], vec![10.0_f32, 100.0, 1000.0]]),
        ("the opposite order", [vec![1.0_f32, 2.0, 3.0], vec![3.0_f32, 2.0, 1.0]]),
        ("ties share a rank", [vec![1.0_f32, 2.0, 2.0, 3.0], vec![1.0_f32, 2.0, 3.0, 4.0]]),
    ],
    mistakes: [
        ("Pearson", "This correlates the values themselves (Pearson): correlate their ranks.", pearson),
        ("ties by order", "Equal values have got different ranks: they share the mean of their ranks.", ties_by_order),
        ("lowest rank", "Equal values have all got the lowest of their ranks: they share the mean of them.", lowest_rank),
        ("formula without ties", "The formula 1 − 6Σd²/(n³−n) holds only without ties: correlate the ranks.", short_formula),
    ],
}

/// At least two values in each, and not all the same: otherwise there is no order to compare.
fn allowed(values: &[Value]) -> bool {
    let varies = |value: &Value| matches!(value, Value::List(all) if all.iter().any(|x| *x != all[0]));
    same_length(values) && length(&values[0]) >= Some(2) && values.iter().all(varies)
}

fn truth(x: &[f32], y: &[f32]) -> f32 {
    embeddings::spearman(x, y).unwrap_or(0.0)
}

fn pearson(x: &[f32], y: &[f32]) -> f32 {
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let (mx, my) = (mean(x), mean(y));
    let sum = |f: &dyn Fn(f32, f32) -> f32| x.iter().zip(y).map(|(a, b)| f(a - mx, b - my)).sum::<f32>();
    let both = sum(&|a, _| a * a).sqrt() * sum(&|_, b| b * b).sqrt();
    if both == 0.0 {
        0.0
    } else {
        sum(&|a, b| a * b) / both
    }
}

fn ranks_by_order(x: &[f32]) -> Vec<f32> {
    let before = |i: usize| {
        (0..x.len())
            .filter(|&j| x[j] < x[i] || (x[j] == x[i] && j < i))
            .count()
    };
    (0..x.len()).map(|i| before(i) as f32).collect()
}

fn ties_by_order(x: &[f32], y: &[f32]) -> f32 {
    pearson(&ranks_by_order(x), &ranks_by_order(y))
}

fn lowest_rank(x: &[f32], y: &[f32]) -> f32 {
    let ranks = |x: &[f32]| -> Vec<f32> {
        x.iter()
            .map(|a| x.iter().filter(|b| *b < a).count() as f32)
            .collect()
    };
    pearson(&ranks(x), &ranks(y))
}

fn short_formula(x: &[f32], y: &[f32]) -> f32 {
    let shared = |x: &[f32]| -> Vec<f32> {
        let rank = |a: &f32| {
            let less = x.iter().filter(|b| *b < a).count() as f32;
            let same = x.iter().filter(|b| *b == a).count() as f32;
            less + (same + 1.0) / 2.0
        };
        x.iter().map(rank).collect()
    };
    let n = x.len() as f32;
    let squares: f32 = shared(x)
        .iter()
        .zip(shared(y))
        .map(|(a, b)| (a - b) * (a - b))
        .sum();
    1.0 - 6.0 * squares / (n * n * n - n)
}
