//! Pairs of rows for the training, and how a matrix W is tried on new ones.
//!
//! A world has pairs (x, y). Two columns of x return in y; the other columns are noise, up to ±4. In the
//! worlds below a plain descent from W = 0 finds at least 9 of 10 partners among new rows, whatever its rate
//! and the number of its steps, and the first step alone less than half; the tests of `train_score.rs` say
//! so. They were found by trying random ones. A random case is one of them with its rows and columns in
//! another order, and some columns negated: a descent does the same in it.

use crate::check::cases::whole;
use crate::rng::{Rng, stream};

pub(super) type Rows = [Vec<f32>];
pub(super) type Pairs = (Vec<Vec<f32>>, Vec<Vec<f32>>);

/// How often new noise is drawn.
const DRAWS: u64 = 8;

/// What a row of x and its partner have in common, and the noise of both, in halves.
type World = &'static [([i8; 2], &'static [i8], &'static [i8])];

/// From the smallest to the largest.
#[rustfmt::skip]
const WORLDS: [World; 5] = [
    &[([4, 0], &[], &[8]), ([0, 4], &[], &[-8]), ([-4, 0], &[], &[-1]), ([0, -4], &[], &[1])],
    &[([0, -5], &[], &[-6]), ([3, 4], &[], &[6]), ([3, -4], &[], &[0]), ([-3, 4], &[], &[-3]), ([0, 5], &[], &[-5]),
        ([-3, -4], &[], &[0])],
    &[([-4, 3], &[-2], &[1]), ([3, 4], &[-8], &[1]), ([0, 5], &[-5], &[-8]), ([-5, 0], &[-8], &[-8]), ([4, -3], &[6], &[4]),
        ([5, 0], &[5], &[-3])],
    &[([-5, 0], &[-7], &[-1]), ([4, -3], &[7], &[-5]), ([0, 5], &[-7], &[-2]), ([0, -5], &[-5], &[-6]), ([5, 0], &[3], &[4]),
        ([3, 4], &[4], &[3]), ([-4, 3], &[5], &[6]), ([3, -4], &[-6], &[4])],
    &[([5, 0], &[-3], &[4]), ([-3, -4], &[-2], &[-2]), ([3, -4], &[-2], &[7]), ([0, 5], &[8], &[-1]), ([-5, 0], &[0], &[-5]),
        ([-4, 3], &[-8], &[-6]), ([-4, -3], &[-7], &[5]), ([4, 3], &[2], &[7]), ([0, -5], &[-7], &[-5]), ([-3, 4], &[6], &[-1]),
        ([4, -3], &[-6], &[6]), ([3, 4], &[4], &[5])],
];

/// The rows of world `i`: in x what is in common comes first, in y in the other order.
pub(super) fn world(i: usize) -> Pairs {
    let half = |n: &i8| f32::from(*n) / 2.0;
    let row = |common: [i8; 2], noise: &[i8]| common.iter().chain(noise).map(half).collect();
    let pair = |&([a, b], of_x, of_y): &([i8; 2], &[i8], &[i8])| (row([a, b], of_x), row([b, a], of_y));
    WORLDS[i.min(WORLDS.len() - 1)].iter().map(pair).unzip()
}

/// The numbers of 0 to n − 1 in a random order.
fn order(rng: &mut Rng, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, whole(rng, 0..=i));
    }
    order
}

/// A world of about this size with its rows and columns in a random order, and some columns negated.
pub(super) fn turned_world(rng: &mut Rng, size: usize) -> Pairs {
    let (x, y) = world(size * WORLDS.len() / 13);
    let rows = order(rng, x.len());
    let mut turned = |side: &Rows| -> Vec<Vec<f32>> {
        let columns = order(rng, side[0].len());
        let signs: Vec<f32> = columns.iter().map(|_| [1.0, -1.0][whole(rng, 0..=1)]).collect();
        let row = |&i: &usize| {
            columns
                .iter()
                .zip(&signs)
                .map(|(&c, sign)| sign * side[i][c])
                .collect()
        };
        rows.iter().map(row).collect()
    };
    (turned(&x), turned(&y))
}

/// Whether these are the pairs of a world, up to order and signs.
pub(super) fn is_world(x: &Rows, y: &Rows) -> bool {
    fn sizes(rows: &Rows) -> Vec<i32> {
        let mut all: Vec<i32> = rows.iter().flatten().map(|x| (x.abs() * 1000.0) as i32).collect();
        all.sort_unstable();
        all
    }
    let same = |i: usize| {
        let (of_x, of_y) = world(i);
        x.len() == of_x.len() && y.len() == of_y.len() && sizes(x) == sizes(&of_x) && sizes(y) == sizes(&of_y)
    };
    (0..WORLDS.len()).any(same) && common(x, y).len() == 2
}

/// What x and y have in common: column a of x is column b of y, times a sign.
pub(super) fn common(x: &Rows, y: &Rows) -> Vec<(usize, usize, f32)> {
    let (height, width) = (x.first().map_or(0, Vec::len), y.first().map_or(0, Vec::len));
    let all = (0..height).flat_map(|a| (0..width).flat_map(move |b| [(a, b, 1.0), (a, b, -1.0)]));
    all.filter(|&(a, b, sign)| {
        x.iter()
            .zip(y)
            .all(|(x, y)| x.get(a) == y.get(b).map(|y| sign * y).as_ref())
    })
    .collect()
}

/// The same pairs with new noise, several times.
pub(super) fn new_rows(x: &Rows, y: &Rows) -> Vec<Pairs> {
    let common = common(x, y);
    let renewed = |rng: &mut Rng, rows: &Rows, kept: &dyn Fn(usize) -> bool| -> Vec<Vec<f32>> {
        let mut rows = rows.to_vec();
        for (column, cell) in rows.iter_mut().flat_map(|row| row.iter_mut().enumerate()) {
            if !kept(column) {
                *cell = whole(rng, 0..=16) as f32 / 2.0 - 4.0;
            }
        }
        rows
    };
    let draw = |i: u64| {
        let rng = &mut stream(8, i);
        let x = renewed(rng, x, &|column| common.iter().any(|c| c.0 == column));
        (x, renewed(rng, y, &|column| common.iter().any(|c| c.1 == column)))
    };
    (0..DRAWS).map(draw).collect()
}

/// xᵀW: what the score multiplies a y by.
fn asked(w: &Rows, x: &[f32]) -> Vec<f64> {
    let column = |b: usize| {
        w.iter()
            .zip(x)
            .map(|(row, x)| f64::from(*x) * f64::from(row[b]))
            .sum()
    };
    (0..w[0].len()).map(column).collect()
}

fn times(asked: &[f64], y: &[f32]) -> f64 {
    asked.iter().zip(y).map(|(a, y)| a * f64::from(*y)).sum()
}

/// xᵀWy.
pub(super) fn score(w: &Rows, x: &[f32], y: &[f32]) -> f64 {
    times(&asked(w, x), y)
}

/// How many rows of x have a higher score with their partner than with any other row of y.
pub(super) fn partners_found(w: &Rows, (x, y): &Pairs) -> usize {
    let wins = |i: &usize| {
        let asked = asked(w, &x[*i]);
        let own = times(&asked, &y[*i]);
        (0..y.len()).all(|j| j == *i || own > times(&asked, &y[j]))
    };
    (0..x.len()).filter(wins).count()
}
