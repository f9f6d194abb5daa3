//! The context vector of a position.

use crate::check::cases::{exercise, is_matrix, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::corpus::Window;
use crate::rng::Rng;

exercise! {
    /// What the window around a position adds to the context vector of the word at that position.
    "03_indexing/context_vector": context_vector(
        words: &[usize] as &Vec<usize>, at: usize as *usize, window: usize as *usize, index: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("a neighbour on each side", [vec![0_usize, 1, 2], 1_usize, 1_usize, index()]),
        ("at the beginning nothing is before it", [vec![0_usize, 1, 2], 0_usize, 2_usize, index()]),
        ("its own word at another place counts", [vec![1_usize, 1, 0], 0_usize, 2_usize, index()]),
        ("a word alone", [vec![2_usize], 0_usize, 3_usize, index()]),
        ("a window of nothing", [vec![0_usize, 1], 0_usize, 0_usize, index()]),
    ],
    mistakes: [
        ("with itself", "The index vector of the place itself is added: leave it out.", itself),
        ("one direction", "Only what comes after the place is added: what comes before it is company, too.", after),
        ("window too wide", "The window is one place too wide.", wide),
        ("one end short", "On the right the window ends one place early: it reaches equally far on both sides.", short),
        ("round and round", "The text is a circle here: before its first place and after its last there is nothing.", circle),
        ("never its own word", "The word's own index vector is left out wherever it stands: leave out the place, not the word.", other_words),
    ],
}

/// Index vectors of three words.
fn index() -> Vec<Vec<f32>> {
    vec![
        vec![1.0, 0.0, -1.0, 0.0],
        vec![0.0, 1.0, 0.0, -1.0],
        vec![-1.0, 1.0, 0.0, 0.0],
    ]
}

fn allowed(values: &[Value]) -> bool {
    let words: Option<Vec<usize>> = Crosses::from_value(&values[0]);
    let (at, index): (Option<usize>, Option<Vec<Vec<f32>>>) =
        (Crosses::from_value(&values[1]), Crosses::from_value(&values[3]));
    let (Some(words), Some(at), Some(index)) = (words, at, index) else {
        return false;
    };
    at < words.len() && is_matrix(&values[3]) && words.iter().all(|word| *word < index.len())
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n_words = 1 + n / 2;
    let words: Vec<usize> = (0..n).map(|_| whole(rng, 0..=n_words - 1)).collect();
    let at = whole(rng, 0..=n - 1);
    let mut vector = || {
        (0..n_words + 1)
            .map(|_| whole(rng, 0..=2) as f32 - 1.0)
            .collect::<Vec<f32>>()
    };
    let index: Vec<Vec<f32>> = (0..n_words).map(|_| vector()).collect();
    vec![
        words.to_value(),
        at.to_value(),
        whole(rng, 0..=3).to_value(),
        index.to_value(),
    ]
}

/// Adds up the index vectors of the words; `counts` says how often the word at each position counts.
fn sum(words: &[usize], at: usize, index: &[Vec<f32>], counts: impl Fn(usize) -> usize) -> Vec<f32> {
    let mut context = vec![0.0; index[words[at]].len()];
    for (place, &word) in words.iter().enumerate() {
        for _ in 0..counts(place) {
            context
                .iter_mut()
                .zip(&index[word])
                .for_each(|(sum, x)| *sum += x);
        }
    }
    context
}

fn truth(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    let Ok(window) = Window::symmetric(window) else {
        return vec![0.0; index[words[at]].len()];
    };
    sum(words, at, index, |place| {
        window.weight_at(place as isize - at as isize) as usize
    })
}

fn within(at: usize, place: usize, window: usize) -> bool {
    place != at && place.abs_diff(at) <= window
}

fn itself(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    sum(words, at, index, |place| {
        usize::from(place.abs_diff(at) <= window)
    })
}

fn after(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    sum(words, at, index, |place| {
        usize::from(place > at && within(at, place, window))
    })
}

fn wide(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    truth(words, at, window + 1, index)
}

fn short(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    sum(words, at, index, |place| {
        usize::from(within(at, place, window) && place < at + window)
    })
}

fn circle(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    let n = words.len();
    sum(words, at, index, |place| {
        let ways = (1..=window)
            .map(|d| usize::from((at + d) % n == place) + usize::from((at + n * d - d) % n == place));
        ways.sum()
    })
}

fn other_words(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    sum(words, at, index, |place| {
        usize::from(within(at, place, window) && words[place] != words[at])
    })
}
