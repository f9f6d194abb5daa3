//! One step of skip-gram with negative sampling.

use crate::check::cases::{exercise, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::predict::is_positive;
use crate::check::value::{Crosses, Value};
use crate::loss::negative_sampling_gradient;
use crate::math::inner;
use crate::rng::Rng;

exercise! {
    /// The vectors after one step: the word's, then the others'.
    "05_predict/sgns_step": sgns_step(x: &[f32] as &Vec<f32>, y: &[Vec<f32>] as &Vec<Vec<f32>>, alpha: f32 as *f32) -> Vec<Vec<f32>>,
    nearly, allowed, random,
    public: [
        ("a product of 0: σ is ½", [vec![1.0_f32, 0.0], vec![vec![0.0_f32, 1.0]], 1.0_f32]),
        ("noise is pushed away", [vec![1.0_f32, 0.0], vec![vec![0.0_f32, 1.0], vec![0.0_f32, -2.0]], 0.5_f32]),
        ("a rate of 0.1", [vec![0.5_f32, -1.0], vec![vec![2.0_f32, 1.0], vec![1.0_f32, 1.0], vec![-1.0_f32, 0.5]], 0.1_f32]),
        ("zeros do not move", [vec![0.0_f32], vec![vec![0.0_f32], vec![0.0_f32]], 1.0_f32]),
    ],
    mistakes: [
        ("uphill", "The step goes uphill: subtract the gradient.", uphill),
        ("noise as truth", "The noise has been pulled nearer, too: its label is 0, and only the first row's is 1.", all_true),
        ("moved too early", "The word's gradient was taken from rows that had moved already: take all gradients first.", rows_first),
        ("the word moved first", "The rows' gradients were taken from a word that had moved already: take all gradients first.", word_first),
        ("no rate", "The step has the length of the gradient: multiply it by alpha.", no_rate),
        ("only the word", "Only the word has moved: the other rows have gradients, too.", only_word),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (x, y): (Option<Vec<f32>>, Option<Vec<Vec<f32>>>) = (get(values, 0), get(values, 1));
    let (Some(x), Some(y)) = (x, y) else { return false };
    !x.is_empty() && !y.is_empty() && y.iter().all(|row| row.len() == x.len()) && is_positive(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = 1 + n % 4;
    let x = reals(rng, width);
    let y = (0..1 + whole(rng, 0..=n.min(5)))
        .map(|_| reals(rng, width))
        .collect();
    let alpha = [0.1_f32, 0.5, 1.0][whole(rng, 0..=2)];
    vec![x, Value::List(y), alpha.to_value()]
}

/// A step by the derivative of each pair's loss, where the vectors may have been moved already.
fn steps(x: &[f32], y: &[Vec<f32>], rate: f32, labels: [f32; 2], early: [bool; 2]) -> Vec<Vec<f32>> {
    let g = |i: usize, x: &[f32], y: &[f32]| {
        rate * negative_sampling_gradient(inner(x, y) as f32, labels[i.min(1)])
    };
    let less =
        |to: &[f32], g: f32, by: &[f32]| -> Vec<f32> { to.iter().zip(by).map(|(t, b)| t - g * b).collect() };
    let move_x = |rows: &[Vec<f32>]| {
        (rows.iter().zip(y).enumerate())
            .fold(x.to_vec(), |moved, (i, (row, y))| less(&moved, g(i, x, y), row))
    };
    let move_y = |x_now: &[f32]| -> Vec<Vec<f32>> {
        (y.iter().enumerate())
            .map(|(i, y)| less(y, g(i, x, y), x_now))
            .collect()
    };
    let (x_new, y_new) = (move_x(y), move_y(x));
    let x_out = if early[0] { move_x(&y_new) } else { x_new.clone() };
    let y_out = if early[1] { move_y(&x_new) } else { y_new };
    std::iter::once(x_out).chain(y_out).collect()
}

pub(super) fn truth(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    steps(x, y, alpha, [1.0, 0.0], [false, false])
}

fn uphill(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    steps(x, y, -alpha, [1.0, 0.0], [false, false])
}

pub(super) fn all_true(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    steps(x, y, alpha, [1.0, 1.0], [false, false])
}

fn rows_first(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    steps(x, y, alpha, [1.0, 0.0], [true, false])
}

fn word_first(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    steps(x, y, alpha, [1.0, 0.0], [false, true])
}

fn no_rate(x: &[f32], y: &[Vec<f32>], _: f32) -> Vec<Vec<f32>> {
    truth(x, y, 1.0)
}

fn only_word(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    let moved = truth(x, y, alpha);
    moved.into_iter().take(1).chain(y.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// −ln σ(x·y₀) − Σ ln σ(−x·yᵢ); ln(1 + eˢ) is −ln σ(−s).
    fn loss(rows: &[Vec<f64>]) -> f64 {
        let Some((x, y)) = rows.split_first() else {
            return 0.0;
        };
        let score = |y: &[f64]| -> f64 { (0..x.len()).map(|j| x[j] * y[j]).sum() };
        let sign = |i: usize| if i == 0 { -1.0 } else { 1.0 };
        (y.iter().enumerate())
            .map(|(i, y)| (sign(i) * score(y)).exp().ln_1p())
            .sum()
    }

    fn by_differences(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
        const H: f64 = 1e-5;
        let wide = |row: &[f32]| -> Vec<f64> { row.iter().map(|&x| x.into()).collect() };
        let rows: Vec<Vec<f64>> = std::iter::once(wide(x))
            .chain(y.iter().map(|row| wide(row)))
            .collect();
        let mut moved = rows.clone();
        for i in 0..rows.len() {
            for j in 0..x.len() {
                let mut near = rows.clone();
                near[i][j] = rows[i][j] + H;
                let up = loss(&near);
                near[i][j] = rows[i][j] - H;
                moved[i][j] -= f64::from(alpha) * (up - loss(&near)) / (2.0 * H);
            }
        }
        moved
            .iter()
            .map(|row| row.iter().map(|&x| x as f32).collect())
            .collect()
    }

    /// Differences of the whole loss know no formula of the gradient.
    #[test]
    fn the_step_goes_down_the_loss() {
        for i in 0..100 {
            let values = random(&mut crate::rng::stream(5, i), 1 + i as usize % 12);
            let (x, y): (Vec<f32>, Vec<Vec<f32>>) = (get(&values, 0).unwrap(), get(&values, 1).unwrap());
            let alpha: f32 = get(&values, 2).unwrap();
            let (got, expected) = (truth(&x, &y, alpha), by_differences(&x, &y, alpha));
            nearly(&got.to_value(), &expected.to_value(), &values).unwrap();
        }
    }
}
