//! A round of training by skip-gram with negative sampling.

use super::{is_positive, sgns_step};
use crate::check::cases::{exercise, is_matrix, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

type Rows = [Vec<f32>];
type Examples = [Vec<usize>];

exercise! {
    /// The vectors of the middle words after one round over the examples.
    "05_predict/train_vectors": train_vectors(
        x: &[Vec<f32>] as &Vec<Vec<f32>>, y: &[Vec<f32>] as &Vec<Vec<f32>>,
        examples: &[Vec<usize>] as &Vec<Vec<usize>>, alpha: f32 as *f32
    ) -> Vec<Vec<f32>>,
    nearly, allowed, random,
    public: [
        ("one example: word 0 near word 1", [rows(&[[1.0, 0.0], [0.0, 0.0]]), rows(&[[0.0, 0.0], [0.0, 1.0]]), vec![vec![0_usize, 1]], 1.0_f32]),
        ("the second begins where the first has ended", [rows(&[[1.0, 0.0]]), rows(&[[0.0, 2.0]]), vec![vec![0_usize, 0], vec![0, 0]], 1.0_f32]),
        ("a negative sample", [rows(&[[1.0, 0.0], [0.0, 1.0]]), rows(&[[0.5, 0.5], [0.5, -0.5]]), vec![vec![0_usize, 1, 0], vec![1, 0, 1]], 0.5_f32]),
        ("no examples", [rows(&[[1.0, 2.0]]), rows(&[[3.0, 4.0]]), Vec::<Vec<usize>>::new(), 0.5_f32]),
    ],
    mistakes: [
        ("neighbours stay", "The rows of `y` have stayed where they were: they move, too, and the next example sees them moved.", neighbours_stay),
        ("each from the start", "Each example has begun from the first vectors: it begins where the one before has ended.", each_from_start),
        ("all are neighbours", "The negative samples have been pulled nearer: only the second word of an example is a neighbour.", all_neighbours),
        ("the neighbours' vectors", "These are the rows of `y`: return those of `x`.", the_others),
        ("the last one lost", "The last example has been left out.", without_last),
        ("backwards", "The examples have been taken from the last to the first.", backwards),
    ],
}

fn rows<const D: usize>(rows: &[[f32; D]]) -> Vec<Vec<f32>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

fn allowed(values: &[Value]) -> bool {
    let tables = is_matrix(&values[0]) && is_matrix(&values[1]);
    let (Some(x), Some(y), Some(examples)) = (
        get::<Vec<Vec<f32>>>(values, 0),
        get::<Vec<Vec<f32>>>(values, 1),
        get::<Vec<Vec<usize>>>(values, 2),
    ) else {
        return false;
    };
    let fits = |example: &Vec<usize>| {
        let others = example.get(1..).unwrap_or_default();
        let is_new = |(i, other): (usize, &usize)| *other < y.len() && !others[..i].contains(other);
        !others.is_empty() && example[0] < x.len() && others.iter().enumerate().all(is_new)
    };
    tables
        && x.first().map(Vec::len) == y.first().map(Vec::len)
        && examples.iter().all(fits)
        && is_positive(values, 3)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    use rand::seq::SliceRandom as _;
    let (words, d) = (2 + n.min(3), 1 + n % 3);
    let table = |rng: &mut Rng| {
        let row = |_| reals(rng, d);
        Value::List((0..words).map(row).collect())
    };
    let (x, y) = (table(rng), table(rng));
    let examples: Vec<Vec<usize>> = (0..n.min(4))
        .map(|_| {
            let mut others: Vec<usize> = (0..words).collect();
            others.shuffle(rng);
            others.truncate(1 + whole(rng, 0..=2));
            others.insert(0, whole(rng, 0..=words - 1));
            others
        })
        .collect();
    let alpha = [0.1_f32, 0.5, 1.0][whole(rng, 0..=2)];
    vec![x, y, examples.to_value(), alpha.to_value()]
}

/// How an example's rows move: the middle word's first.
type Step = fn(&[f32], &Rows, f32) -> Vec<Vec<f32>>;

/// Both tables after the examples.
fn round<'a>(
    x: &Rows,
    y: &Rows,
    examples: impl IntoIterator<Item = &'a Vec<usize>>,
    mut step: impl FnMut(&[f32], &Rows) -> Vec<Vec<f32>>,
) -> [Vec<Vec<f32>>; 2] {
    let (mut x, mut y) = (x.to_vec(), y.to_vec());
    for example in examples {
        let others: Vec<Vec<f32>> = example[1..].iter().map(|&other| y[other].clone()).collect();
        let mut moved = step(&x[example[0]], &others).into_iter();
        for (row, to) in std::iter::once(&mut x[example[0]]).zip(&mut moved) {
            *row = to;
        }
        for (&other, to) in example[1..].iter().zip(moved) {
            y[other] = to;
        }
    }
    [x, y]
}

fn by(x: &Rows, y: &Rows, examples: &Examples, alpha: f32, step: Step) -> [Vec<Vec<f32>>; 2] {
    round(x, y, examples, |x, y| step(x, y, alpha))
}

fn truth(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let [x, _] = by(x, y, examples, alpha, sgns_step::truth);
    x
}

fn neighbours_stay(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let [x, _] = by(x, y, examples, alpha, |x, y, alpha| {
        let moved = sgns_step::truth(x, y, alpha);
        moved.into_iter().take(1).chain(y.iter().cloned()).collect()
    });
    x
}

fn each_from_start(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let mut last = x.to_vec();
    for example in examples {
        let alone = truth(x, y, std::slice::from_ref(example), alpha);
        last[example[0]].clone_from(&alone[example[0]]);
    }
    last
}

fn all_neighbours(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let [x, _] = by(x, y, examples, alpha, sgns_step::all_true);
    x
}

fn the_others(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let [_, y] = by(x, y, examples, alpha, sgns_step::truth);
    y
}

fn without_last(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    truth(x, y, &examples[..examples.len().saturating_sub(1)], alpha)
}

fn backwards(x: &Rows, y: &Rows, examples: &Examples, alpha: f32) -> Vec<Vec<f32>> {
    let turned: Vec<Vec<usize>> = examples.iter().rev().cloned().collect();
    truth(x, y, &turned, alpha)
}
