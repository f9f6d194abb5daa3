//! HAL's ramped window.

use crate::check::cases::{exercise, rows_of, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::count::hal_plain;
use crate::rng::Rng;

exercise! {
    /// Counts of what precedes each word; nearer words count more.
    "02_counts/hal_ramp": hal_ramp(
        words: &[usize] as &Vec<usize>, n_words: usize as *usize, size: usize as *usize
    ) -> Vec<Vec<f32>>,
    exactly, allowed, random,
    public: [
        ("three words, window 2", [vec![0_usize, 1, 2], 3_usize, 2_usize]),
        ("a word before itself", [vec![0_usize, 0, 1], 2_usize, 2_usize]),
        ("the horse raced past the barn fell", [vec![0_usize, 1, 2, 3, 0, 4, 5], 6_usize, 5_usize]),
        ("one word", [vec![0_usize], 1_usize, 3_usize]),
    ],
    mistakes: [
        ("the other direction", "This counts what follows a word: its row has what stands before it.", following),
        ("both directions", "This counts both sides: only what stands before a word belongs to its row.", both),
        ("one place short", "The window ends one place short: the word at distance `size` counts 1.", short),
        ("no ramp", "Every neighbour counts 1 here: at distance d it counts size − d + 1.", flat),
        ("ramp one too low", "The ramp ends at 0: at distance d a neighbour counts size − d + 1, so the last one counts 1.", low),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let words: Option<Vec<usize>> = Crosses::from_value(&values[0]);
    let (n_words, size): (Option<usize>, Option<usize>) =
        (Crosses::from_value(&values[1]), Crosses::from_value(&values[2]));
    matches!((words, n_words, size), (Some(words), Some(n), Some(1..)) if words.iter().all(|word| *word < n))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n_words = 1 + n / 2;
    let words: Vec<usize> = (0..=n).map(|_| whole(rng, 0..=n_words - 1)).collect();
    vec![words.to_value(), n_words.to_value(), whole(rng, 1..=4).to_value()]
}

type Matrix = Vec<Vec<f32>>;

fn truth(words: &[usize], n_words: usize, size: usize) -> Matrix {
    rows_of(&hal_plain(words, n_words, size))
}

/// For each word and each word that precedes it, the sum of `weight` of their distances.
fn ramp(words: &[usize], n_words: usize, size: usize, weight: impl Fn(usize) -> f32) -> Matrix {
    let mut matrix = vec![vec![0.0; n_words]; n_words];
    for (i, &word) in words.iter().enumerate() {
        for d in 1..=size.min(i) {
            matrix[word][words[i - d]] += weight(d);
        }
    }
    matrix
}

fn following(words: &[usize], n_words: usize, size: usize) -> Matrix {
    let before = truth(words, n_words, size);
    (0..n_words)
        .map(|w| (0..n_words).map(|c| before[c][w]).collect())
        .collect()
}

fn both(words: &[usize], n_words: usize, size: usize) -> Matrix {
    let (a, b) = (truth(words, n_words, size), following(words, n_words, size));
    a.iter()
        .zip(&b)
        .map(|(a, b)| a.iter().zip(b).map(|(x, y)| x + y).collect())
        .collect()
}

fn short(words: &[usize], n_words: usize, size: usize) -> Matrix {
    ramp(words, n_words, size, |d| {
        if d < size { (size - d + 1) as f32 } else { 0.0 }
    })
}

fn flat(words: &[usize], n_words: usize, size: usize) -> Matrix {
    ramp(words, n_words, size, |_| 1.0)
}

fn low(words: &[usize], n_words: usize, size: usize) -> Matrix {
    ramp(words, n_words, size, |d| (size - d) as f32)
}
