//! Counting co-occurrences.

use crate::check::cases::{exercise, rows_of, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::corpus::Window;
use crate::count::Sparse;
use crate::rng::Rng;

exercise! {
    /// How often each word occurs within a window of each other word.
    "01_vectors/cooccurrence": cooccurrence(
        words: &[usize] as &Vec<usize>, n_words: usize as *usize, window: usize as *usize
    ) -> Vec<Vec<f32>>,
    exactly, allowed, random,
    public: [
        ("neighbours only", [vec![0_usize, 1, 2], 3_usize, 1_usize]),
        ("two places away", [vec![0_usize, 1, 2], 3_usize, 2_usize]),
        ("a word beside itself counts from both sides", [vec![0_usize, 0, 1], 2_usize, 1_usize]),
        ("a window wider than the text", [vec![1_usize, 0], 2_usize, 9_usize]),
        ("no text", [Vec::<usize>::new(), 2_usize, 1_usize]),
    ],
    mistakes: [
        ("one direction", "Only what comes after a word is counted: what comes before it keeps it company, too.", after),
        ("window too wide", "The window is one place too wide: it ends n places from the word.", wide),
        ("window too narrow", "The window is one place too narrow: it reaches n places from the word, the last included.", narrow),
        ("one end short", "After the word the window ends one place early: it reaches equally far on both sides.", short),
        ("by word", "Another occurrence of the same word is left out: leave out the place, not the word.", by_word),
        ("with itself", "A word is counted as its own company: leave out the place where it stands itself.", itself),
        ("once", "Each pair is counted at most once: count every meeting.", once),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (words, n_words): (Option<Vec<usize>>, Option<usize>) =
        (Crosses::from_value(&values[0]), Crosses::from_value(&values[1]));
    matches!((words, n_words), (Some(words), Some(n)) if words.iter().all(|word| *word < n))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n_words = 1 + n / 2;
    let words: Vec<usize> = (0..n).map(|_| whole(rng, 0..=n_words - 1)).collect();
    vec![words.to_value(), n_words.to_value(), whole(rng, 1..=3).to_value()]
}

/// Counts the pairs of positions for which `counts` is true.
fn count(words: &[usize], n_words: usize, counts: impl Fn(usize, usize) -> bool) -> Vec<Vec<f32>> {
    let mut table = vec![vec![0.0; n_words]; n_words];
    for (i, word) in words.iter().enumerate() {
        for (j, other) in words.iter().enumerate() {
            if counts(i, j) {
                table[*word][*other] += 1.0;
            }
        }
    }
    table
}

fn truth(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    // The library has no window of nothing, and none wider than its largest: the text's length is as good.
    let window = Window::symmetric(window.min(words.len()));
    let pairs = window.map_or(Vec::new(), |window| window.pairs(words));
    let once = pairs
        .iter()
        .map(|pair| (pair.centre as u32, pair.context as u32, 1.0));
    let table = Sparse::from_triplets(n_words, n_words, once).and_then(|table| table.to_dense());
    table.map_or(Vec::new(), |table| rows_of(&table))
}

fn after(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    count(words, n_words, |i, j| i < j && j - i <= window)
}

fn wide(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    truth(words, n_words, window + 1)
}

fn narrow(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    count(words, n_words, |i, j| i != j && i.abs_diff(j) < window)
}

fn short(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    count(words, n_words, |i, j| i != j && j < i + window && i <= j + window)
}

fn by_word(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    count(words, n_words, |i, j| {
        words[i] != words[j] && i.abs_diff(j) <= window
    })
}

fn itself(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    count(words, n_words, |i, j| i.abs_diff(j) <= window)
}

fn once(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    let table = truth(words, n_words, window);
    table
        .iter()
        .map(|row| row.iter().map(|n| n.min(1.0)).collect())
        .collect()
}
