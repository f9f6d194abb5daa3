//! Cross entropy of a batch, with its gradient.

use super::{shares, softmax};
use crate::check::cases::{exercise, is_matrix, length, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The mean loss, and its derivatives by the logits.
    "09_attention/batch_cross_entropy": batch_cross_entropy(
        logits: &[Vec<f32>] as &Vec<Vec<f32>>, targets: &[usize] as &Vec<usize>
    ) -> (f32, Vec<Vec<f32>>),
    nearly, allowed, random,
    public: [
        ("four equal logits: ln 4", [vec![vec![1.0_f32, 1.0, 1.0, 1.0]], vec![2_usize]]),
        ("two positions: each has half the gradient", [vec![vec![0.0_f32, 0.0], vec![0.0_f32, 0.0]], vec![0_usize, 1]]),
        ("one class: nothing to learn", [vec![vec![3.0_f32]], vec![0_usize]]),
        ("e^100 is too large for an f32", [vec![vec![100.0_f32, 100.0]], vec![0_usize]]),
        ("e^−200 becomes 0", [vec![vec![-200.0_f32, -200.0]], vec![1_usize]]),
        ("the target's probability becomes 0", [vec![vec![0.0_f32, 150.0]], vec![0_usize]]),
    ],
    mistakes: [
        ("sum", "These are sums over the positions: the loss is their mean, and so each derivative is divided by their number.", sum),
        ("gradient of the sum", "The loss is a mean, and the gradient is that of the sum: divide it by the number of positions.", gradient_of_sum),
        ("target not subtracted", "The gradient is p − y: 1 is subtracted at the target.", no_target),
        ("uphill", "The gradient has the wrong sign: p − y, not y − p.", uphill),
        ("base 2", "This takes the logarithm to base 2: use the natural one.", base_2),
        ("no minus", "The loss is minus the logarithm of the target's probability.", no_minus),
        ("overflow", "e^y is too large or 0: subtract the largest logit first.", overflow),
        ("logarithm of 0", "The target's probability is so small that it becomes 0, and its logarithm infinite: compute ln Σ e^y − y instead.", log_of_zero),
    ],
}

type Rows = [Vec<f32>];
type Answer = (f32, Vec<Vec<f32>>);

fn allowed(values: &[Value]) -> bool {
    let classes = match &values[0] {
        Value::List(rows) => rows.first().and_then(length).unwrap_or(0),
        _ => 0,
    };
    let targets: Vec<usize> = get(values, 1).unwrap_or_default();
    is_matrix(&values[0]) && length(&values[0]) == Some(targets.len()) && targets.iter().all(|t| *t < classes)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (positions, classes) = (1 + n / 4, 1 + whole(rng, 0..=n / 2));
    let logits = Value::List((0..positions).map(|_| reals(rng, classes)).collect());
    let targets: Vec<usize> = (0..positions).map(|_| whole(rng, 0..=classes - 1)).collect();
    vec![logits, targets.to_value()]
}

fn truth(logits: &Rows, targets: &[usize]) -> Answer {
    let n = targets.len() as f32;
    let pairs = || logits.iter().zip(targets);
    let losses = pairs().map(|(row, t)| loss::cross_entropy(row, *t).unwrap_or(f32::NAN));
    let of_row = |(row, t): (&Vec<f32>, &usize)| {
        let gradient = loss::cross_entropy_gradient(row, *t).unwrap_or_default();
        gradient.iter().map(|g| g / n).collect()
    };
    (losses.sum::<f32>() / n, pairs().map(of_row).collect())
}

fn times(gradient: &Rows, by: f32) -> Vec<Vec<f32>> {
    gradient
        .iter()
        .map(|row| row.iter().map(|g| by * g).collect())
        .collect()
}

fn sum(logits: &Rows, targets: &[usize]) -> Answer {
    let ((loss, gradient), n) = (truth(logits, targets), targets.len() as f32);
    (n * loss, times(&gradient, n))
}

fn gradient_of_sum(logits: &Rows, targets: &[usize]) -> Answer {
    let (loss, gradient) = truth(logits, targets);
    (loss, times(&gradient, targets.len() as f32))
}

fn no_target(logits: &Rows, targets: &[usize]) -> Answer {
    let p: Vec<Vec<f32>> = logits.iter().map(|row| softmax(row)).collect();
    (truth(logits, targets).0, times(&p, 1.0 / targets.len() as f32))
}

fn uphill(logits: &Rows, targets: &[usize]) -> Answer {
    let (loss, gradient) = truth(logits, targets);
    (loss, times(&gradient, -1.0))
}

fn base_2(logits: &Rows, targets: &[usize]) -> Answer {
    let (loss, gradient) = truth(logits, targets);
    (loss / std::f32::consts::LN_2, gradient)
}

fn no_minus(logits: &Rows, targets: &[usize]) -> Answer {
    let (loss, gradient) = truth(logits, targets);
    (-loss, gradient)
}

/// By a softmax.
fn by(logits: &Rows, targets: &[usize], softmax: fn(&[f32]) -> Vec<f32>) -> Answer {
    let n = targets.len() as f32;
    let (mut loss, mut gradient) = (0.0, Vec::new());
    for (row, &t) in logits.iter().zip(targets) {
        let mut p = softmax(row);
        loss -= p[t].ln() / n;
        p[t] -= 1.0;
        gradient.push(p.iter().map(|p| p / n).collect());
    }
    (loss, gradient)
}

fn overflow(logits: &Rows, targets: &[usize]) -> Answer {
    by(logits, targets, shares)
}

fn log_of_zero(logits: &Rows, targets: &[usize]) -> Answer {
    by(logits, targets, softmax)
}
