//! Analogies.

use crate::check::cases::{exercise, is_matrix, is_not_zero, matrix, reals, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::embeddings::{self, Metric};
use crate::rng::Rng;

exercise! {
    /// The index of the row that is to `c` as row `b` is to row `a`.
    "01_vectors/analogy": analogy(
        rows: &[Vec<f32>] as &Vec<Vec<f32>>, a: usize as *usize, b: usize as *usize, c: usize as *usize
    ) -> usize,
    exactly, allowed, random,
    public: [
        (
            "a parallelogram",
            [vec![vec![1.0_f32, 0.0], vec![1.0_f32, 1.0], vec![2.0_f32, 0.0], vec![-1.0_f32, 0.0], vec![2.0_f32, 1.5]],
             0_usize, 1_usize, 2_usize]
        ),
        (
            "the nearest is a word of the question",
            [vec![vec![1.0_f32, 0.0], vec![1.0_f32, 0.1], vec![0.0_f32, 1.0], vec![0.5_f32, 1.0]], 0_usize, 1_usize, 2_usize]
        ),
    ],
    mistakes: [
        ("returns a question word", "The answer is a row of the question: leave out a, b and c.", with_question),
        ("the step backwards", "This goes from b to a: it is b − a + c.", backwards),
        ("no step", "This is the row nearest to c: add the step from a to b first.", no_step),
        ("by dot product", "This takes the largest dot product, which favours long rows: take the largest cosine.", by_dot),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let Value::List(rows) = &values[0] else {
        return false;
    };
    let question: Option<Vec<usize>> = values[1..].iter().map(usize::from_value).collect();
    let zero = |row: &Value| !is_not_zero(row);
    // The three words differ and exist, there is another word to answer with, and no row is all zeros.
    is_matrix(&values[0])
        && matches!(question.as_deref(), Some(&[a, b, c]) if a != b && a != c && b != c && a.max(b).max(c) < rows.len())
        && rows.len() > 3
        && !rows.iter().any(zero)
        && is_clear(values)
}

/// The best answer is better than the second best by more than a rounding error.
fn is_clear(values: &[Value]) -> bool {
    let (Some(rows), Some(a), Some(b), Some(c)) = (
        Vec::<Vec<f32>>::from_value(&values[0]),
        usize::from_value(&values[1]),
        usize::from_value(&values[2]),
        usize::from_value(&values[3]),
    ) else {
        return false;
    };
    let target = target(&rows, b, a, c);
    let mut cosines: Vec<f32> = (0..rows.len())
        .filter(|i| ![a, b, c].contains(i))
        .map(|i| embeddings::cosine(&target, &rows[i]).unwrap_or(0.0))
        .collect();
    cosines.sort_by(|x, y| y.total_cmp(x));
    cosines.len() < 2 || cosines[0] - cosines[1] > 1e-4
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    loop {
        let rows = (0..4 + n / 2).map(|_| reals(rng, 3)).collect();
        let mut number = || whole(rng, 0..=3 + n / 2).to_value();
        let values = vec![Value::List(rows), number(), number(), number()];
        if allowed(&values) {
            return values;
        }
    }
}

/// plus − minus + c.
fn target(rows: &[Vec<f32>], plus: usize, minus: usize, c: usize) -> Vec<f32> {
    (0..rows[c].len())
        .map(|i| rows[plus][i] - rows[minus][i] + rows[c][i])
        .collect()
}

/// The row with the largest score, among the rows that are not left out.
fn best(rows: &[Vec<f32>], without: &[usize], score: impl Fn(&[f32]) -> f32) -> usize {
    let rest = (0..rows.len()).rev().filter(|i| !without.contains(i));
    rest.max_by(|&i, &j| score(&rows[i]).total_cmp(&score(&rows[j])))
        .unwrap_or(0)
}

fn cosine_to(target: &[f32]) -> impl Fn(&[f32]) -> f32 {
    move |row| embeddings::cosine(target, row).unwrap_or(0.0)
}

/// The library's own analogies begin with vectors of length 1; the step here is that of the rows as they are.
fn truth(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    let (target, k) = ([target(rows, b, a, c)], rows.len().min(4));
    let found = embeddings::nearest(matrix(rows).view(), matrix(&target).view(), k, Metric::Cosine);
    let ids = found.map_or(Vec::new(), |found| found.ids.into_iter().collect());
    let mut rest = ids
        .into_iter()
        .map(|id| id as usize)
        .filter(|i| ![a, b, c].contains(i));
    rest.next().unwrap_or(0)
}

fn with_question(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    best(rows, &[], cosine_to(&target(rows, b, a, c)))
}

fn backwards(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    best(rows, &[a, b, c], cosine_to(&target(rows, a, b, c)))
}

fn no_step(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    best(rows, &[a, b, c], cosine_to(&rows[c]))
}

fn by_dot(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    let target = target(rows, b, a, c);
    best(rows, &[a, b, c], |row| {
        embeddings::dot(&target, row).unwrap_or(0.0)
    })
}
