//! One merge.

use crate::check::cases::{any, exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe::plain::merged;

exercise! {
    /// The tokens with a pair merged into a new token, wherever it occurs.
    "07_tokens/merge_pair": merge_pair(
        tokens: &[u32] as &Vec<u32>, pair: (u32, u32) as *(u32, u32), new: u32 as *u32
    ) -> Vec<u32>,
    exactly, any, random,
    public: [
        ("twice in a word", [vec![1_u32, 2, 3, 1, 2], (1_u32, 2_u32), 9_u32]),
        ("three of a kind: from the left", [vec![5_u32, 5, 5], (5_u32, 5_u32), 9_u32]),
        ("not there", [vec![2_u32, 1], (1_u32, 2_u32), 9_u32]),
        ("nothing", [Vec::<u32>::new(), (1_u32, 2_u32), 9_u32]),
    ],
    mistakes: [
        ("from the right", "5 5 5 becomes 9 5 and not 5 9: merge from left to right.", from_right),
        ("first only", "The pair is merged everywhere it stands, not only where it stands first.", first_only),
        ("the last token lost", "The last token is lost where it is not part of a pair: it stays as it is.", without_last),
        ("second token stays", "The new token stands for both tokens of the pair: the second one goes, too.", second_stays),
        ("overlapping", "A token that has been merged is used up: it cannot be in the next pair as well.", overlapping),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut token = || whole(rng, 1..=2) as u32;
    let pair = (token(), token());
    let tokens: Vec<u32> = (0..n).map(|_| token()).collect();
    vec![tokens.to_value(), pair.to_value(), 9_u32.to_value()]
}

fn truth(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    merged(tokens, &pair, &new)
}

fn from_right(tokens: &[u32], (a, b): (u32, u32), new: u32) -> Vec<u32> {
    let backwards: Vec<u32> = tokens.iter().rev().copied().collect();
    let mut out = truth(&backwards, (b, a), new);
    out.reverse();
    out
}

fn first_only(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut out = tokens.to_vec();
    if let Some(at) = tokens.windows(2).position(|two| (two[0], two[1]) == pair) {
        out.splice(at..at + 2, [new]);
    }
    out
}

fn without_last(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut out = truth(tokens, pair, new);
    if out.last() == tokens.last() {
        out.pop();
    }
    out
}

fn second_stays(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let is_pair = |i: usize| tokens[i] == pair.0 && tokens.get(i + 1) == Some(&pair.1);
    (0..tokens.len())
        .map(|i| if is_pair(i) { new } else { tokens[i] })
        .collect()
}

fn overlapping(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    let mut out = Vec::new();
    let is_pair = |i: usize| tokens[i] == pair.0 && tokens.get(i + 1) == Some(&pair.1);
    for (i, &token) in tokens.iter().enumerate() {
        if is_pair(i) {
            out.push(new);
        } else if i == 0 || !is_pair(i - 1) {
            out.push(token);
        }
    }
    out
}
