//! Inputs and targets of a language model.

use super::is_counted;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// Inputs and targets, window after window.
    "09_attention/windows": windows(tokens: &[usize] as &Vec<usize>, length: usize as *usize) -> Vec<(Vec<usize>, Vec<usize>)>,
    exactly, |values| is_counted(values, 1), random,
    public: [
        ("two windows of two", [vec![1_usize, 2, 3, 4, 5], 2_usize]),
        ("the last token is only a target", [vec![1_usize, 2, 3], 2_usize]),
        ("no target for the last token of a second window", [vec![1_usize, 2, 3, 4], 2_usize]),
        ("too few tokens", [vec![1_usize, 2], 2_usize]),
        ("no token", [Vec::<usize>::new(), 1_usize]),
    ],
    mistakes: [
        ("not shifted", "The targets are the inputs themselves: each target is the token after its input.", not_shifted),
        ("shifted back", "The targets stand before their inputs: each target is the token after its input.", shifted_back),
        ("one window each token", "The windows overlap: the next begins where the last one's inputs end.", overlapping),
        ("a token between", "A token is left out between two windows: the last target is the next window's first input.", gaps),
        ("short window kept", "The last window is shorter than the others: leave it out.", short_kept),
        ("last token as target", "Only the last token is a target: each position of a window has one.", last_target),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let tokens: Vec<usize> = (0..n).map(|_| whole(rng, 0..=9)).collect();
    vec![tokens.to_value(), whole(rng, 1..=1 + n / 3).to_value()]
}

type Windows = Vec<(Vec<usize>, Vec<usize>)>;

/// A window of inputs at each of these places, with its targets `shift` later.
fn at(tokens: &[usize], length: usize, step: usize, shift: usize) -> Windows {
    let places = (0..)
        .step_by(step)
        .take_while(|from| from + length < tokens.len());
    let window = |from: usize| tokens[from..from + length].to_vec();
    places.map(|from| (window(from), window(from + shift))).collect()
}

fn truth(tokens: &[usize], length: usize) -> Windows {
    at(tokens, length, length, 1)
}

fn not_shifted(tokens: &[usize], length: usize) -> Windows {
    at(tokens, length, length, 0)
}

fn shifted_back(tokens: &[usize], length: usize) -> Windows {
    truth(tokens, length).into_iter().map(|(x, y)| (y, x)).collect()
}

fn overlapping(tokens: &[usize], length: usize) -> Windows {
    at(tokens, length, 1, 1)
}

fn gaps(tokens: &[usize], length: usize) -> Windows {
    at(tokens, length, length + 1, 1)
}

fn short_kept(tokens: &[usize], length: usize) -> Windows {
    let inputs = &tokens[..tokens.len().saturating_sub(1)];
    let targets = tokens.get(1..).unwrap_or_default();
    let both = inputs.chunks(length).zip(targets.chunks(length));
    both.map(|(x, y)| (x.to_vec(), y.to_vec())).collect()
}

fn last_target(tokens: &[usize], length: usize) -> Windows {
    let all = truth(tokens, length).into_iter();
    all.map(|(x, y)| (x, y[length - 1..].to_vec())).collect()
}
