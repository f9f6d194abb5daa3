//! Training a score: any W is right that finds partners among new rows.
//!
//! Answers are not compared number by number. Each is tried on new rows, and has an outcome: partners are
//! found, or what looks wrong. An answer agrees with the truth or with a mistake if it has the same outcome.

use super::score_gradient;
use super::worlds::{Rows, common, is_world, new_rows, partners_found, turned_world, world};
use crate::check::cases::exercise;
use crate::check::exercise::get;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// A matrix W whose score xᵀWy is highest for partners.
    "08_ranking/train_score": train_score(x: &[Vec<f32>] as &Vec<Vec<f32>>, y: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    agrees, allowed, random,
    public: [
        ("four pairs, noise in y alone (any W is right that finds as many)", [world(0).0, world(0).1]),
        ("six pairs", [world(1).0, world(1).1]),
        ("noise in both", [world(2).0, world(2).1]),
        ("twelve pairs", [world(4).0, world(4).1]),
    ],
    mistakes: [
        ("not moved", "W is 0, and all scores are equal: subtract the gradient from W, and return what W has become.", zeros),
        ("uphill", "Partners have the lowest scores: the gradient is added. Subtract it.", uphill),
        ("not a number", "W has become infinite or not a number: subtract the largest score before taking exponentials, or take shorter steps.", not_finite),
        ("turned", "W is turned on its side: its rows belong to the columns of `x`, its columns to those of `y`.", turned),
        ("positives alone", "W is the sum of the products of partners: nothing pushes the others away, and the noise stays in.", positives),
        ("one step", "W is a single step downhill: take some hundred, each with the gradient at the W of that moment.", one_step),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let rows = |i: usize| get::<Vec<Vec<f32>>>(values, i).unwrap_or_default();
    is_world(&rows(0), &rows(1))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (x, y) = turned_world(rng, n);
    vec![x.to_value(), y.to_value()]
}

/// How W does on new rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    PartnersFound,
    Misshapen,
    NotFinite,
    AllEqual,
    Backwards,
    Turned,
    PositivesAlone,
    OneStep,
    TooFew,
}

/// The share of new rows that must find their partner.
const ENOUGH: f64 = 0.8;

/// How many partners W finds among new rows, and of how many.
fn found(w: &Rows, x: &Rows, y: &Rows) -> (usize, usize) {
    let tried = new_rows(x, y);
    let found = tried.iter().map(|pairs| partners_found(w, pairs)).sum();
    (found, tried.len() * x.len())
}

fn finds(w: &Rows, x: &Rows, y: &Rows) -> bool {
    let (found, all) = found(w, x, y);
    found as f64 >= ENOUGH * all as f64
}

/// Whether W is `other` times a number above 0, up to rounding.
fn parallel(w: &Rows, other: &Rows) -> bool {
    let product = |a: &Rows, b: &Rows| -> f64 {
        let cells = a.iter().flatten().zip(b.iter().flatten());
        cells.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    };
    product(w, other) > 0.9999 * (product(w, w) * product(other, other)).sqrt()
}

fn has_shape(w: &Rows, height: usize, width: usize) -> bool {
    w.len() == height && w.iter().all(|row| row.len() == width)
}

fn outcome(w: &Rows, x: &Rows, y: &Rows) -> Outcome {
    let (height, width) = (x[0].len(), y[0].len());
    if !has_shape(w, height, width) {
        let is_turned = has_shape(w, width, height) && finds(&transposed(w), x, y);
        return if is_turned {
            Outcome::Turned
        } else {
            Outcome::Misshapen
        };
    }
    if !w.iter().flatten().all(|cell| cell.is_finite()) {
        return Outcome::NotFinite;
    }
    if finds(w, x, y) {
        return Outcome::PartnersFound;
    }
    if w.iter().flatten().all(|cell| *cell == 0.0) {
        return Outcome::AllEqual;
    }
    // A W that is nearly symmetric, or nearly right, is not told to be turned or backwards.
    let (partners, all) = found(w, x, y);
    let is_poor = 2 * partners < all;
    match () {
        () if parallel(w, &positives(x, y)) => Outcome::PositivesAlone,
        () if parallel(w, &one_step(x, y)) => Outcome::OneStep,
        () if is_poor && found(&times(w, -1.0), x, y).0 > all / 2 => Outcome::Backwards,
        () if is_poor && height == width && finds(&transposed(w), x, y) => Outcome::Turned,
        () => Outcome::TooFew,
    }
}

/// The same outcome.
fn agrees(got: &Value, expected: &Value, arguments: &[Value]) -> Result<(), String> {
    let matrix = |value: &Value| <Vec<Vec<f32>>>::from_value(value);
    let known = (
        matrix(got),
        matrix(expected),
        get(arguments, 0),
        get(arguments, 1),
    );
    let (Some(got), Some(expected), Some(x), Some(y)) = known else {
        return Err("not a matrix".to_owned());
    };
    let (x, y): (Vec<Vec<f32>>, Vec<Vec<f32>>) = (x, y);
    let got_is = outcome(&got, &x, &y);
    if got_is == outcome(&expected, &x, &y) {
        return Ok(());
    }
    Err(match got_is {
        Outcome::Misshapen => format!("shape: expected {} rows of {}", x[0].len(), y[0].len()),
        Outcome::NotFinite => "not finite".to_owned(),
        Outcome::Turned => "turned on its side".to_owned(),
        _ => {
            let (found, all) = found(&got, &x, &y);
            let enough = (ENOUGH * all as f64).ceil();
            format!("finds {found} of {all} partners among new rows, and {enough} are asked for")
        }
    })
}

fn transposed(w: &Rows) -> Vec<Vec<f32>> {
    let width = w.first().map_or(0, Vec::len);
    (0..width).map(|b| w.iter().map(|row| row[b]).collect()).collect()
}

fn times(w: &Rows, factor: f32) -> Vec<Vec<f32>> {
    w.iter()
        .map(|row| row.iter().map(|cell| cell * factor).collect())
        .collect()
}

/// What training should find: 1 where a column of x is one of y, −1 where it is so with the other sign, else
/// 0. No noise is in this score.
fn truth(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    let mut w = zeros(x, y);
    for (a, b, sign) in common(x, y) {
        w[a][b] = sign;
    }
    w
}

fn zeros(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    vec![vec![0.0; y[0].len()]; x[0].len()]
}

fn uphill(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    times(&truth(x, y), -1.0)
}

fn not_finite(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    times(&zeros(x, y), f32::NAN)
}

fn turned(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    transposed(&truth(x, y))
}

/// Σ_i x_i y_iᵀ.
fn positives(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    let cell = |a: usize, b: usize| x.iter().zip(y).map(|(x, y)| x[a] * y[b]).sum();
    (0..x[0].len())
        .map(|a| (0..y[0].len()).map(|b| cell(a, b)).collect())
        .collect()
}

fn one_step(x: &Rows, y: &Rows) -> Vec<Vec<f32>> {
    times(&score_gradient::truth(&zeros(x, y), x, y).1, -0.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::stream;

    const N_WORLDS: usize = 5;

    fn trained(x: &Rows, y: &Rows, rate: f32, steps: usize) -> Vec<Vec<f32>> {
        let mut w = zeros(x, y);
        for _ in 0..steps {
            let (_, gradient) = score_gradient::truth(&w, x, y);
            for (cell, slope) in w.iter_mut().flatten().zip(gradient.iter().flatten()) {
                *cell -= rate * slope;
            }
        }
        w
    }

    /// So the exercise does not ask for one rate or one number of steps.
    #[test]
    fn a_descent_passes_whatever_its_rate_and_length() {
        for i in 0..N_WORLDS {
            let (x, y) = world(i);
            assert!(is_world(&x, &y));
            for (rate, steps) in [
                (0.02, 300),
                (0.05, 100),
                (0.1, 100),
                (0.1, 300),
                (0.5, 100),
                (0.5, 600),
                (1.0, 300),
            ] {
                let (found, all) = found(&trained(&x, &y, rate, steps), &x, &y);
                assert!(
                    found as f64 > 0.87 * all as f64,
                    "world {i}, rate {rate}, {steps} steps: {found} of {all}"
                );
            }
        }
    }

    #[test]
    fn a_descent_passes_in_a_turned_world() {
        for i in 0..13 {
            let (x, y) = turned_world(&mut stream(3, i), i as usize);
            assert!(is_world(&x, &y));
            assert_eq!(
                outcome(&trained(&x, &y, 0.1, 150), &x, &y),
                Outcome::PartnersFound
            );
        }
    }

    /// A score (Px)ᵀ(Qy) by random projections to the plane is a W as well.
    #[test]
    fn random_projections_do_not_pass() {
        use rand::Rng as _;
        let rng = &mut stream(1, 1);
        let mut worst = [0; N_WORLDS];
        for _ in 0..200 {
            for (i, passes) in worst.iter_mut().enumerate() {
                let (x, y) = world(i);
                let mut projection = |n: usize| -> Vec<[f32; 2]> {
                    (0..n)
                        .map(|_| [0, 1].map(|_| rng.random_range(-1.0..1.0_f32)))
                        .collect()
                };
                let (p, q) = (projection(x[0].len()), projection(y[0].len()));
                let w: Vec<Vec<f32>> = (p.iter())
                    .map(|p| q.iter().map(|q| p[0] * q[0] + p[1] * q[1]).collect())
                    .collect();
                *passes += usize::from(finds(&w, &x, &y));
            }
        }
        // Among few pairs and little noise chance finds some; no chance passes all cases.
        assert!(
            worst[0] < 20 && worst[1] < 10 && worst[2..] == [0, 0, 0],
            "{worst:?}"
        );
    }

    /// In the worlds without noise in x its rows sum to 0, and then the first step has the direction of the
    /// positives alone.
    #[test]
    fn a_step_and_the_positives_are_not_enough() {
        for i in 0..N_WORLDS {
            let (x, y) = world(i);
            let has_noise = x[0].len() > 2;
            let step = if has_noise {
                Outcome::OneStep
            } else {
                Outcome::PositivesAlone
            };
            assert_eq!(outcome(&one_step(&x, &y), &x, &y), step, "world {i}");
            assert_eq!(
                outcome(&positives(&x, &y), &x, &y),
                Outcome::PositivesAlone,
                "world {i}"
            );
        }
    }
}
