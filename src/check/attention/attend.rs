//! One query that looks at keys.

use super::{rows, scaled, shares, softmax};
use crate::check::cases::{exercise, is_matrix, length, reals, whole};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::context::attention::{self, AttentionMask};
use crate::math::inner;
use crate::rng::Rng;

exercise! {
    /// The weights of the keys, and the weighted sum of the values.
    "09_attention/attend": attend(
        query: &[f32] as &Vec<f32>, keys: &[Vec<f32>] as &Vec<Vec<f32>>, values: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> (Vec<f32>, Vec<f32>),
    nearly, allowed, random,
    public: [
        ("both keys answer equally well", [vec![1.0_f32], vec![vec![2.0_f32], vec![2.0_f32]], vec![vec![0.0_f32, 4.0], vec![2.0_f32, 0.0]]]),
        ("scores 2/√4 = 1 and 0: e : 1", [
            vec![2.0_f32, 0.0, 0.0, 0.0], vec![vec![1.0_f32, 0.0, 0.0, 0.0], vec![0.0_f32, 1.0, 0.0, 0.0]], vec![vec![1.0_f32], vec![0.0_f32]]
        ]),
        ("one key gets all", [vec![0.5_f32, -3.0], vec![vec![1.0_f32, 1.0]], vec![vec![7.0_f32, 8.0, 9.0]]]),
        ("a score of 100", [vec![10.0_f32], vec![vec![10.0_f32], vec![10.0_f32]], vec![vec![1.0_f32], vec![3.0_f32]]]),
    ],
    mistakes: [
        ("no √d", "The scores are not divided by √d, where d is the length of the query.", no_root),
        ("divided by d", "The scores are divided by d: divide by its square root.", by_d),
        ("√ of the number of keys", "The scores are divided by the root of the number of keys: d is the length of the query.", by_keys),
        ("keys summed up", "The weighted sum is one of the keys: the weights belong to the values.", keys_summed),
        ("no softmax", "The scores are divided by their sum: the weights are their softmax.", no_softmax),
        ("plain mean", "All values have the same weight in the sum: multiply each by its weight.", plain_mean),
        ("scaled after the softmax", "The weights are divided by √d after the softmax: divide the scores before it.", scaled_after),
        ("overflow", "e^s is too large, and the quotient is not a number: subtract the largest score first.", overflow),
    ],
}

type Rows = [Vec<f32>];
type Answer = (Vec<f32>, Vec<f32>);

fn allowed(values: &[Value]) -> bool {
    let width = match &values[1] {
        Value::List(rows) => rows.first().and_then(length),
        _ => None,
    };
    is_matrix(&values[1])
        && is_matrix(&values[2])
        && width == length(&values[0])
        && length(&values[1]) == length(&values[2])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (keys, d, e) = (1 + n / 3, whole(rng, 1..=4), whole(rng, 1..=3));
    vec![reals(rng, d), rows(rng, keys, d), rows(rng, keys, e)]
}

fn truth(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    let read = attention::attend(&[query], keys, values, &AttentionMask::all(1, keys.len()));
    let of_one =
        |read: attention::Attended| Some((read.weights.first()?.clone(), read.output.first()?.clone()));
    read.ok().and_then(of_one).unwrap_or_default()
}

fn scores(query: &[f32], keys: &Rows, by: f32) -> Vec<f32> {
    keys.iter().map(|key| inner(query, key) as f32 / by).collect()
}

fn root(query: &[f32]) -> f32 {
    (query.len() as f32).sqrt()
}

/// The weights, and the sum of rows by them.
fn sum(p: Vec<f32>, rows: &Rows) -> Answer {
    let o = (0..rows[0].len()).map(|j| p.iter().zip(rows).map(|(p, row)| p * row[j]).sum());
    let o = o.collect();
    (p, o)
}

fn no_root(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    sum(softmax(&scores(query, keys, 1.0)), values)
}

fn by_d(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    sum(softmax(&scores(query, keys, query.len() as f32)), values)
}

fn by_keys(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    sum(softmax(&scores(query, keys, (keys.len() as f32).sqrt())), values)
}

fn keys_summed(query: &[f32], keys: &Rows, _: &Rows) -> Answer {
    sum(softmax(&scores(query, keys, root(query))), keys)
}

fn no_softmax(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    sum(scaled(&scores(query, keys, root(query))), values)
}

fn plain_mean(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    let p = softmax(&scores(query, keys, root(query)));
    let even = vec![1.0 / keys.len() as f32; keys.len()];
    (p, sum(even, values).1)
}

fn scaled_after(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    let p = softmax(&scores(query, keys, 1.0));
    sum(p.iter().map(|p| p / root(query)).collect(), values)
}

fn overflow(query: &[f32], keys: &Rows, values: &Rows) -> Answer {
    sum(shares(&scores(query, keys, root(query))), values)
}
