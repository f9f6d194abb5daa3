//! Projecting with a sparse ternary matrix.

use crate::check::cases::{exercise, matrix, reals, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::count::Sparse;
use crate::indexing::Projection;
use crate::rng::Rng;

type Entries = Vec<(usize, usize, f32)>;

exercise! {
    /// The projection of a vector by a sparse matrix of signs.
    "03_indexing/project_ternary": project_ternary(
        x: &[f32] as &Vec<f32>, entries: &[(usize, usize, f32)] as &Vec<(usize, usize, f32)>, k: usize as *usize, s: f32 as *f32
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("two numbers added in place 0, one in place 1", [
            vec![1.0_f32, 2.0, 4.0], vec![(0_usize, 0_usize, 1.0_f32), (1, 0, -1.0), (2, 1, 1.0)], 2_usize, 2.0_f32
        ]),
        ("the factor √(3/12)", [vec![4.0_f32], vec![(0_usize, 3_usize, -1.0_f32)], 12_usize, 3.0_f32]),
        ("no entry", [vec![1.0_f32, 2.0], Vec::<(usize, usize, f32)>::new(), 3_usize, 1.0_f32]),
    ],
    mistakes: [
        ("no factor", "The factor √(s / k) is missing.", unscaled),
        ("no s", "The factor is √(1 / k) here: it is √(s / k).", without_s),
        ("no root", "The factor is s / k here: take its root.", without_root),
        ("signs ignored", "A sign is ignored: an entry with −1 subtracts.", unsigned),
        ("overwritten", "An entry replaces what its column had: add up.", overwritten),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (x, entries): (Option<Vec<f32>>, Option<Entries>) =
        (Crosses::from_value(&values[0]), Crosses::from_value(&values[1]));
    let (k, s): (Option<usize>, Option<f32>) =
        (Crosses::from_value(&values[2]), Crosses::from_value(&values[3]));
    let (Some(x), Some(entries), Some(k @ 1..=10_000), Some(s)) = (x, entries, k, s) else {
        return false;
    };
    let once = |i: usize| {
        entries[..i]
            .iter()
            .all(|other| (other.0, other.1) != (entries[i].0, entries[i].1))
    };
    let fits = |i: usize| entries[i].0 < x.len() && entries[i].1 < k && entries[i].2.abs() == 1.0;
    s >= 1.0 && (0..entries.len()).all(|i| once(i) && fits(i))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let k = whole(rng, 1..=1 + n / 2);
    let mut entries = Entries::new();
    for row in 0..n {
        for column in 0..k {
            match whole(rng, 0..=5) {
                0 => entries.push((row, column, 1.0)),
                1 => entries.push((row, column, -1.0)),
                _ => {}
            }
        }
    }
    vec![
        reals(rng, n),
        entries.to_value(),
        k.to_value(),
        Value::Real(whole(rng, 2..=9) as f64),
    ]
}

fn truth(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    let triplets = entries.iter().map(|&(i, j, sign)| (i as u32, j as u32, sign));
    let projected = Sparse::from_triplets(x.len(), k, triplets)
        .and_then(|signs| Projection::of_signs(signs, s.into()).project(matrix(&[x.to_vec()]).view()));
    projected.map_or(Vec::new(), |projected| projected.into_iter().collect())
}

fn unscaled(x: &[f32], entries: &[(usize, usize, f32)], k: usize, _: f32) -> Vec<f32> {
    truth(x, entries, k, k as f32)
}

fn without_s(x: &[f32], entries: &[(usize, usize, f32)], k: usize, _: f32) -> Vec<f32> {
    truth(x, entries, k, 1.0)
}

fn without_root(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    truth(x, entries, k, s * s / k as f32)
}

fn unsigned(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    let plus: Entries = entries.iter().map(|&(i, j, _)| (i, j, 1.0)).collect();
    truth(x, &plus, k, s)
}

fn overwritten(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    let mut y = vec![0.0; k];
    entries
        .iter()
        .for_each(|&(i, j, sign)| y[j] = sign * x[i] * (s / k as f32).sqrt());
    y
}
