//! The mean of a window's vectors.

use crate::check::cases::{exercise, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::corpus::Window;
use crate::embeddings;
use crate::rng::Rng;

exercise! {
    /// The mean of the vectors of the words around position `at`.
    "05_predict/cbow_mean": cbow_mean(
        text: &[usize] as &Vec<usize>, at: usize as *usize, window: usize as *usize, vectors: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("one on each side", [vec![0_usize, 1, 2], 1_usize, 1_usize, three()]),
        ("at the beginning there is one side only", [vec![0_usize, 1, 2], 0_usize, 2_usize, three()]),
        ("twice the same neighbour", [vec![2_usize, 0, 2, 1], 1_usize, 2_usize, three()]),
        ("the same word as its own neighbour", [vec![0_usize, 0, 1], 0_usize, 2_usize, three()]),
        ("no neighbour", [vec![1_usize], 0_usize, 2_usize, three()]),
    ],
    mistakes: [
        ("sum", "This is the sum: divide it by the number of neighbours.", sum),
        ("with the middle", "The word itself is in the mean: it is the one to be guessed.", with_middle),
        ("always two windows", "Near the ends this divides by 2 · window: divide by the neighbours that there are.", by_two_windows),
        ("left only", "These are the words before the place: those after it are neighbours, too.", left),
        ("one end short", "On the right the window ends one place early: it reaches equally far on both sides.", short),
        ("by word", "The word is left out wherever it stands: leave out the place, not the word.", by_word),
        ("each word once", "A word that stands there twice counts once: count it twice.", once),
    ],
}

fn three() -> Vec<Vec<f32>> {
    vec![vec![1.0, 0.0], vec![0.0, 2.0], vec![3.0, -1.0]]
}

fn allowed(values: &[Value]) -> bool {
    let (text, at): (Option<Vec<usize>>, Option<usize>) = (get(values, 0), get(values, 1));
    let (window, vectors): (Option<usize>, Option<Vec<Vec<f32>>>) = (get(values, 2), get(values, 3));
    let (Some(text), Some(at), Some(window), Some(vectors)) = (text, at, window, vectors) else {
        return false;
    };
    let width = vectors.first().map_or(0, Vec::len);
    at < text.len()
        && window < 100
        && width > 0
        && vectors.iter().all(|row| row.len() == width)
        && text.iter().all(|&w| w < vectors.len())
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let words = 1 + whole(rng, 0..=n.min(3));
    let text: Vec<usize> = (0..n).map(|_| whole(rng, 0..=words - 1)).collect();
    let (at, window) = (whole(rng, 0..=n - 1), whole(rng, 1..=3));
    let vectors = (0..words).map(|_| reals(rng, 2)).collect();
    vec![
        text.to_value(),
        at.to_value(),
        window.to_value(),
        Value::List(vectors),
    ]
}

/// The mean of the vectors of the words at these positions: their sum divided by `n`, or else by their
/// number.
fn over(text: &[usize], places: &[usize], n: Option<usize>, vectors: &[Vec<f32>]) -> Vec<f32> {
    let n = n.unwrap_or(places.len()).max(1) as f64;
    (0..vectors[0].len())
        .map(|k| {
            (places
                .iter()
                .map(|&p| f64::from(vectors[text[p]][k]))
                .sum::<f64>()
                / n) as f32
        })
        .collect()
}

fn around(text: &[usize], at: usize, window: usize) -> Vec<usize> {
    (0..text.len())
        .filter(|&p| p != at && p.abs_diff(at) <= window)
        .collect()
}

/// Training sums in lanes over a batch of windows; this is the same mean of one window.
fn truth(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let window = Window::symmetric(window);
    let within = |place: usize| {
        let weight = |window: &Window| window.weight_at(place as isize - at as isize);
        window.as_ref().is_ok_and(|window| weight(window) > 0.0)
    };
    let around = (text.iter().enumerate()).filter(|(place, _)| within(*place));
    embeddings::mean(around.map(|(_, &word)| &vectors[word][..]), vectors[0].len()).to_vec()
}

fn sum(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    over(text, &around(text, at, window), Some(1), vectors)
}

fn with_middle(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let places = [around(text, at, window), vec![at]].concat();
    over(text, &places, None, vectors)
}

fn by_two_windows(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    over(text, &around(text, at, window), Some(2 * window), vectors)
}

fn short(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut places = around(text, at, window);
    places.retain(|&p| p < at + window);
    over(text, &places, None, vectors)
}

fn by_word(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut places = around(text, at, window);
    places.retain(|&p| text[p] != text[at]);
    over(text, &places, None, vectors)
}

fn left(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let places: Vec<usize> = around(text, at, window).into_iter().filter(|&p| p < at).collect();
    over(text, &places, None, vectors)
}

fn once(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut places = around(text, at, window);
    places.sort_by_key(|&p| text[p]);
    places.dedup_by_key(|&mut p| text[p]);
    over(text, &places, None, vectors)
}
