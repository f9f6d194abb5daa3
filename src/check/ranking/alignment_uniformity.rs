//! Alignment and uniformity of a space.

use crate::check::cases::{exercise, is_matrix, is_not_zero, matrix, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::contrast;
use crate::rng::Rng;

exercise! {
    /// How near partners are, and how evenly the vectors are spread.
    "08_ranking/alignment_uniformity": alignment_uniformity(
        x: &[Vec<f32>] as &Vec<Vec<f32>>, y: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> (f32, f32),
    nearly, allowed, random,
    public: [
        ("opposite ends, each with its partner", [vec![vec![1.0_f32, 0.0], vec![-1.0_f32, 0.0]], vec![vec![1.0_f32, 0.0], vec![-1.0_f32, 0.0]]]),
        ("all in one point", [vec![vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]], vec![vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]]]),
        ("one partner is a quarter turn away", [vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]]]),
        ("three vectors: three pairs", [
            vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0], vec![0.6_f32, 0.8]], vec![vec![0.8_f32, 0.6], vec![0.0_f32, 1.0], vec![0.6_f32, -0.8]]
        ]),
        ("lengths that are not 1", [vec![vec![2.0_f32, 0.0], vec![0.0_f32, 0.5]], vec![vec![0.5_f32, 0.0], vec![3.0_f32, 4.0]]]),
    ],
    mistakes: [
        ("distances", "These are distances: both numbers take their squares.", unsquared),
        ("itself counted", "Each vector is compared with itself as well, which adds e^0 = 1: only the pairs i < j count.", itself),
        ("logarithm inside", "This is the mean of the exponents −2d²: take e^ of each, their mean, and then the logarithm.", inside),
        ("no logarithm", "Uniformity is the logarithm of that mean.", no_logarithm),
        ("no factor 2", "The exponent is −2d²: the 2 is missing.", no_factor),
        ("base 2", "This takes the logarithm to base 2: use the natural one.", base_2),
        ("sum", "Alignment is a mean: divide by the number of pairs.", sum),
        ("not scaled", "The vectors are taken as they are: divide each by its length first.", unscaled),
        ("partners mixed in", "The partners are in the uniformity, too: it is about the vectors of `x`.", mixed),
    ],
}

type Rows = [Vec<f32>];

fn allowed(values: &[Value]) -> bool {
    let rows = |i: usize| get::<Vec<Vec<f32>>>(values, i).unwrap_or_default();
    let (x, y) = (rows(0), rows(1));
    let none_is_zero = |value: &Value| matches!(value, Value::List(rows) if rows.iter().all(is_not_zero));
    values.iter().all(|value| is_matrix(value) && none_is_zero(value))
        && x.len() >= 2
        && x.len() == y.len()
        && x[0].len() == y[0].len()
}

/// Multiples of vectors of length 1.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let vector = |rng: &mut Rng| {
        let [a, b] = [[1.0, 0.0], [0.6, 0.8], [0.8, 0.6]][whole(rng, 0..=2)];
        let [to_a, to_b] = [0, 1].map(|_| [0.5, 1.0, -1.0, -0.5][whole(rng, 0..=3)]);
        if whole(rng, 0..=1) == 0 {
            vec![a * to_a, b * to_a]
        } else {
            vec![b * to_b, -a * to_b]
        }
    };
    let n = 2 + n / 2;
    let x: Vec<Vec<f32>> = (0..n).map(|_| vector(rng)).collect();
    let y: Vec<Vec<f32>> = (0..n).map(|_| vector(rng)).collect();
    vec![x.to_value(), y.to_value()]
}

fn unit_rows(rows: &Rows) -> Vec<Vec<f32>> {
    let unit = |row: &Vec<f32>| -> Vec<f32> {
        let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
        row.iter().map(|x| x / length).collect()
    };
    rows.iter().map(unit).collect()
}

fn square(x: &[f32], y: &[f32]) -> f64 {
    x.iter().zip(y).map(|(a, b)| f64::from(a - b).powi(2)).sum()
}

/// The squared distances of the partners, and those of all pairs i < j of `x`, all scaled to length 1.
fn squares(x: &Rows, y: &Rows) -> (Vec<f64>, Vec<f64>) {
    let [x, y] = [x, y].map(unit_rows);
    squares_among(&x, &y, &x)
}

fn squares_among(x: &Rows, y: &Rows, among: &Rows) -> (Vec<f64>, Vec<f64>) {
    let partners = x.iter().zip(y).map(|(x, y)| square(x, y)).collect();
    let pairs = (among.iter().enumerate()).flat_map(|(j, b)| among[..j].iter().map(move |a| square(a, b)));
    (partners, pairs.collect())
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, n) = values
        .into_iter()
        .fold((0.0, 0.0_f64), |(sum, n), x| (sum + x, n + 1.0));
    sum / n
}

/// The mean of e^(factor · d²).
fn potential(squares: &[f64], factor: f64) -> f64 {
    mean(squares.iter().map(|s| (factor * s).exp()))
}

fn answer(partners: &[f64], potential: f64) -> (f32, f32) {
    (mean(partners.iter().copied()) as f32, potential.ln() as f32)
}

fn truth(x: &Rows, y: &Rows) -> (f32, f32) {
    let (x, y) = (matrix(x), matrix(y));
    let both = (
        contrast::alignment(x.view(), y.view()),
        contrast::uniformity(x.view()),
    );
    (
        both.0.map_or(f32::NAN, |a| a as f32),
        both.1.map_or(f32::NAN, |u| u as f32),
    )
}

fn unsquared(x: &Rows, y: &Rows) -> (f32, f32) {
    let (partners, pairs) = squares(x, y);
    let roots = |squares: &[f64]| -> Vec<f64> { squares.iter().map(|s| s.sqrt()).collect() };
    answer(&roots(&partners), potential(&roots(&pairs), -2.0))
}

fn itself(x: &Rows, y: &Rows) -> (f32, f32) {
    let (partners, pairs) = squares(x, y);
    let own = vec![0.0; x.len()];
    answer(
        &partners,
        potential(&[&pairs[..], &pairs[..], &own[..]].concat(), -2.0),
    )
}

fn inside(x: &Rows, y: &Rows) -> (f32, f32) {
    let (_, pairs) = squares(x, y);
    (truth(x, y).0, (-2.0 * mean(pairs)) as f32)
}

fn no_logarithm(x: &Rows, y: &Rows) -> (f32, f32) {
    let (alignment, uniformity) = truth(x, y);
    (alignment, uniformity.exp())
}

fn no_factor(x: &Rows, y: &Rows) -> (f32, f32) {
    let (partners, pairs) = squares(x, y);
    answer(&partners, potential(&pairs, -1.0))
}

fn base_2(x: &Rows, y: &Rows) -> (f32, f32) {
    let (alignment, uniformity) = truth(x, y);
    (alignment, uniformity / std::f32::consts::LN_2)
}

fn sum(x: &Rows, y: &Rows) -> (f32, f32) {
    let (alignment, uniformity) = truth(x, y);
    (alignment * x.len() as f32, uniformity)
}

fn unscaled(x: &Rows, y: &Rows) -> (f32, f32) {
    let (partners, pairs) = squares_among(x, y, x);
    answer(&partners, potential(&pairs, -2.0))
}

fn mixed(x: &Rows, y: &Rows) -> (f32, f32) {
    let [x, y] = [x, y].map(unit_rows);
    let (partners, pairs) = squares_among(&x, &y, &[&x[..], &y[..]].concat());
    answer(&partners, potential(&pairs, -2.0))
}
