//! Gradients, clipped by their common length.

use super::{is_positive, rows};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::train;

exercise! {
    /// The gradients, no longer than `most` together.
    "09_attention/clip_gradients": clip_gradients(gradients: &[Vec<f32>] as &Vec<Vec<f32>>, most: f32 as *f32) -> Vec<Vec<f32>>,
    nearly, |values| is_positive(values, 1), random,
    public: [
        ("of length 5, made 1 long", [vec![vec![3.0_f32, 4.0]], 1.0_f32]),
        ("two parameters, of length 7 together", [vec![vec![2.0_f32, 3.0], vec![6.0_f32]], 3.5_f32]),
        ("short enough: nothing changes", [vec![vec![3.0_f32], vec![-4.0_f32]], 6.0_f32]),
        ("zeros", [vec![vec![0.0_f32, 0.0]], 1.0_f32]),
        ("no gradient", [Vec::<Vec<f32>>::new(), 1.0_f32]),
    ],
    mistakes: [
        ("each by itself", "Each gradient is clipped by its own length: the length is that of all together.", each),
        ("each number", "Each number is cut at ±most: that turns the gradient. All are multiplied by one factor.", each_number),
        ("made longer", "A short gradient is made as long as `most`: leave it as it is.", longer),
        ("no root", "The length is the root of the sum of squares: the root is missing.", no_root),
        ("sum of sizes", "The length is taken as the sum of the absolute values: it is the root of the sum of squares.", absolute),
        ("mean", "The root is that of the mean of the squares: take their sum.", root_mean),
        ("thrown away", "A gradient that is too long becomes 0: keep its direction.", zeroed),
    ],
}

type Rows = [Vec<f32>];

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = whole(rng, 1..=3);
    let most = [0.5_f32, 2.0, 8.0, 32.0][whole(rng, 0..=3)];
    vec![rows(rng, 1 + n / 4, width), most.to_value()]
}

fn truth(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    train::clip_numbers(gradients, most)
}

fn times(gradients: &Rows, by: f32) -> Vec<Vec<f32>> {
    gradients
        .iter()
        .map(|row| row.iter().map(|g| by * g).collect())
        .collect()
}

fn squares(gradients: &Rows) -> f32 {
    gradients.iter().flatten().map(|g| g * g).sum()
}

fn to_length(gradients: &Rows, most: f32, length: f32) -> Vec<Vec<f32>> {
    if length > most {
        times(gradients, most / length)
    } else {
        gradients.to_vec()
    }
}

fn each(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    gradients
        .iter()
        .flat_map(|row| truth(std::slice::from_ref(row), most))
        .collect()
}

fn each_number(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    gradients
        .iter()
        .map(|row| row.iter().map(|g| g.clamp(-most, most)).collect())
        .collect()
}

fn longer(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    let length = squares(gradients).sqrt();
    if length == 0.0 {
        gradients.to_vec()
    } else {
        times(gradients, most / length)
    }
}

fn no_root(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    to_length(gradients, most, squares(gradients))
}

fn absolute(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    to_length(gradients, most, gradients.iter().flatten().map(|g| g.abs()).sum())
}

fn root_mean(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    let n = gradients.iter().flatten().count().max(1) as f32;
    to_length(gradients, most, (squares(gradients) / n).sqrt())
}

fn zeroed(gradients: &Rows, most: f32) -> Vec<Vec<f32>> {
    if squares(gradients).sqrt() > most {
        times(gradients, 0.0)
    } else {
        gradients.to_vec()
    }
}
