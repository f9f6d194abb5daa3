//! The loss of a batch by the score xᵀWy, and its gradient: the first step of the training.

use super::worlds::score;
use crate::check::cases::{exercise, is_matrix, length, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::Value;
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// InfoNCE's loss of a batch by the score xᵀWy, and its gradient by W.
    "08_ranking/score_gradient": score_gradient(
        w: &[Vec<f32>] as &Vec<Vec<f32>>, x: &[Vec<f32>] as &Vec<Vec<f32>>, y: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> (f32, Vec<Vec<f32>>),
    nearly, allowed, random,
    public: [
        ("W = 0: all are equally likely", [vec![vec![0.0_f32, 0.0]], vec![vec![1.0_f32], vec![-1.0_f32]], vec![vec![1.0_f32, 0.0], vec![0.0_f32, 2.0]]]),
        ("numbers instead of vectors", [vec![vec![1.0_f32]], vec![vec![1.0_f32], vec![0.0_f32]], vec![vec![2.0_f32], vec![1.0_f32]]]),
        ("W is not symmetric", [
            vec![vec![0.0_f32, 1.0], vec![0.0_f32, 0.0]], vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![vec![0.0_f32, 1.0], vec![1.0_f32, 0.5]]
        ]),
        ("one pair: nothing to learn", [vec![vec![1.0_f32, 2.0]], vec![vec![3.0_f32]], vec![vec![1.0_f32, -1.0]]]),
        ("e^100 is too large for an f32", [vec![vec![10.0_f32]], vec![vec![4.0_f32], vec![2.0_f32]], vec![vec![2.5_f32], vec![2.5_f32]]]),
    ],
    mistakes: [
        ("uphill", "The gradient has the wrong sign: it is (p − y) for each score, and p − 1 for the partner's.", uphill),
        ("positives alone", "Only the partners have a gradient, −x_i y_iᵀ: all the others are pushed away, each by its p.", positives),
        ("nothing pulled", "All are pushed away, the partners too: 1 is subtracted from the partner's p.", no_label),
        ("sum", "Loss and gradient are sums over the rows: divide both by N.", sum),
        ("gradient not divided", "The loss is a mean, the gradient a sum: divide it by N too.", gradient_sum),
        ("other direction", "The softmax runs over the x for each y: here each x_i looks for its y among all y_j.", columns),
        ("turned", "The gradient is turned on its side: x goes along the rows of W, y along its columns.", turned),
        ("W turned", "The score is computed as yᵀWx: the rows of W belong to x, its columns to y.", w_turned),
        ("infinity by infinity", "e^s is too large, and the quotient is not a number: subtract the largest score of the row first.", overflow),
    ],
}

type Rows = [Vec<f32>];
type Answer = (f32, Vec<Vec<f32>>);

fn allowed(values: &[Value]) -> bool {
    let rows = |i: usize| get::<Vec<Vec<f32>>>(values, i).unwrap_or_default();
    let (w, x, y) = (rows(0), rows(1), rows(2));
    values.iter().all(is_matrix)
        && length(&values[1]) == length(&values[2])
        && w.len() == x[0].len()
        && w[0].len() == y[0].len()
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (height, width) = (1 + whole(rng, 0..=n.min(2)), 1 + whole(rng, 0..=n.min(2)));
    let scale = [0.25, 0.25, 4.0][whole(rng, 0..=2)];
    let mut rows = |n: usize, width: usize| Value::List((0..n).map(|_| reals(rng, width)).collect());
    let (w, n) = (rows(height, width), 1 + n / 2);
    let small = |x: &Value| {
        if let Value::Real(x) = x {
            Value::Real(x * scale)
        } else {
            x.clone()
        }
    };
    let scaled = |row: &Value| match row {
        Value::List(cells) => Value::List(cells.iter().map(small).collect()),
        other => other.clone(),
    };
    let w = if let Value::List(rows) = &w {
        Value::List(rows.iter().map(scaled).collect())
    } else {
        w
    };
    vec![w, rows(n, height), rows(n, width)]
}

/// s_ij, shape `(N, N)`.
fn table(w: &Rows, x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    x.iter()
        .map(|x| y.iter().map(|y| score(w, x, y) as f32).collect())
        .collect()
}

/// Σ_ij force_ij x_i y_jᵀ.
fn outer(x: &Rows, y: &Rows, force: impl Fn(usize, usize) -> f64) -> Vec<Vec<f32>> {
    let cell = |a: usize, b: usize| {
        let pairs = (0..x.len()).flat_map(|i| (0..y.len()).map(move |j| (i, j)));
        pairs
            .map(|(i, j)| force(i, j) * f64::from(x[i][a]) * f64::from(y[j][b]))
            .sum::<f64>() as f32
    };
    let width = y[0].len();
    (0..x[0].len())
        .map(|a| (0..width).map(|b| cell(a, b)).collect())
        .collect()
}

/// Loss and gradient from a table of scores; a partner's force is p − `label`.
fn answer(scores: &[Vec<f32>], x: &Rows, y: &Rows, label: f32) -> Answer {
    let n = x.len() as f64;
    let losses = scores
        .iter()
        .enumerate()
        .map(|(i, row)| loss::info_nce(row, i, 1.0).unwrap_or(f32::NAN));
    let loss = losses.map(f64::from).sum::<f64>() / n;
    let forces: Vec<Vec<f32>> = (scores.iter().enumerate())
        .map(|(i, row)| loss::info_nce_gradient(row, i, 1.0).unwrap_or_default())
        .collect();
    let force = |i: usize, j: usize| f64::from(forces[i][j] + if i == j { 1.0 - label } else { 0.0 }) / n;
    (loss as f32, outer(x, y, force))
}

fn transposed(rows: &Rows) -> Vec<Vec<f32>> {
    (0..rows[0].len())
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect()
}

fn times(gradient: &Rows, factor: f32) -> Vec<Vec<f32>> {
    gradient
        .iter()
        .map(|row| row.iter().map(|x| x * factor).collect())
        .collect()
}

pub(super) fn truth(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    answer(&table(w, x, y), x, y, 1.0)
}

fn uphill(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let (loss, gradient) = truth(w, x, y);
    (loss, times(&gradient, -1.0))
}

fn positives(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let n = x.len() as f64;
    (
        truth(w, x, y).0,
        outer(x, y, |i, j| if i == j { -1.0 / n } else { 0.0 }),
    )
}

fn no_label(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    answer(&table(w, x, y), x, y, 0.0)
}

fn sum(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let ((loss, gradient), n) = (truth(w, x, y), x.len() as f32);
    (loss * n, times(&gradient, n))
}

fn gradient_sum(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let (loss, gradient) = truth(w, x, y);
    (loss, times(&gradient, x.len() as f32))
}

fn columns(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let (loss, gradient) = answer(&transposed(&table(w, x, y)), y, x, 1.0);
    (loss, transposed(&gradient))
}

fn turned(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let (loss, gradient) = truth(w, x, y);
    (loss, transposed(&gradient))
}

/// Where Wᵀ is not of W's shape, what is missing in it counts as 0.
fn w_turned(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let at = |a: usize, b: usize| w.get(b).and_then(|row| row.get(a)).copied().unwrap_or(0.0);
    let other: Vec<Vec<f32>> = (0..w.len())
        .map(|a| (0..w[0].len()).map(|b| at(a, b)).collect())
        .collect();
    truth(&other, x, y)
}

fn overflow(w: &Rows, x: &Rows, y: &Rows) -> Answer {
    let n = x.len() as f32;
    let weights: Vec<Vec<f32>> = (table(w, x, y).iter())
        .map(|row| row.iter().map(|s| s.exp()).collect())
        .collect();
    let p = |i: usize, j: usize| weights[i][j] / weights[i].iter().sum::<f32>();
    let loss = (0..x.len()).map(|i| -p(i, i).ln()).sum::<f32>() / n;
    let force = |i: usize, j: usize| f64::from((p(i, j) - if i == j { 1.0 } else { 0.0 }) / n);
    (loss, outer(x, y, force))
}

#[cfg(test)]
mod tests {
    use super::super::log_sum;
    use super::*;
    use crate::check::value::Crosses;

    /// Differences of the loss know no formula of the gradient. The loss here is in f64.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        // Exact beside the cells of W, which are multiples of 1/64.
        const H: f32 = 1.0 / 1024.0;
        for i in 0..60 {
            let values = random(&mut crate::rng::stream(5, i), 1 + i as usize % 12);
            let rows = |at: usize| get::<Vec<Vec<f32>>>(&values, at).unwrap();
            let (w, x, y) = (times(&rows(0), 0.125), rows(1), rows(2));
            let loss = |w: &Rows| {
                let scores: Vec<Vec<f64>> = (x.iter())
                    .map(|x| y.iter().map(|y| score(w, x, y)).collect())
                    .collect();
                let all = scores
                    .iter()
                    .enumerate()
                    .map(|(i, row)| log_sum(row.iter().copied()) - row[i]);
                all.sum::<f64>() / x.len() as f64
            };
            let slope = |a: usize, b: usize, h: f32| {
                let moved = |h: f32| {
                    let mut near = w.clone();
                    near[a][b] += h;
                    loss(&near)
                };
                (moved(h) - moved(-h)) / (2.0 * f64::from(h))
            };
            // Two steps cancel the error of the order h².
            let cell = |a: usize, b: usize| (4.0 * slope(a, b, H / 2.0) - slope(a, b, H)) / 3.0;
            let (_, gradient) = truth(&w, &x, &y);
            for (a, row) in gradient.iter().enumerate() {
                for (b, got) in row.iter().enumerate() {
                    nearly(&got.to_value(), &cell(a, b).to_value(), &values).unwrap();
                }
            }
        }
    }
}
