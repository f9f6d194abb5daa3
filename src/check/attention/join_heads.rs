//! The heads' answers, side by side.

use super::rows;
use crate::check::cases::{exercise, is_matrix, length, whole};
use crate::check::exercise::exactly;
use crate::check::value::Value;
use crate::context::attention;
use crate::rng::Rng;

exercise! {
    /// The rows of all heads side by side.
    "09_attention/join_heads": join_heads(heads: &[Vec<Vec<f32>>] as &Vec<Vec<Vec<f32>>>) -> Vec<Vec<f32>>,
    exactly, allowed, random,
    public: [
        ("two heads, two tokens", [vec![vec![vec![1.0_f32, 2.0], vec![5.0_f32, 6.0]], vec![vec![3.0_f32, 4.0], vec![7.0_f32, 8.0]]]]),
        ("one head", [vec![vec![vec![1.0_f32, 2.0], vec![3.0_f32, 4.0]]]]),
        ("three heads, one token", [vec![vec![vec![1.0_f32]], vec![vec![2.0_f32]], vec![vec![3.0_f32]]]]),
    ],
    mistakes: [
        ("below each other", "The heads stand below each other, as if each had its own tokens: put their numbers side by side.", below),
        ("taken in turn", "The heads' numbers are taken in turn: all numbers of head 0 come first.", in_turn),
        ("added up", "The heads are added up: each keeps columns of its own.", added),
        ("last head first", "The heads are in the opposite order: head 0 has the first columns.", backwards),
    ],
}

type Heads = [Vec<Vec<f32>>];

fn allowed(values: &[Value]) -> bool {
    let Value::List(heads) = &values[0] else {
        return false;
    };
    let width = |head: &Value| match head {
        Value::List(rows) => rows.first().and_then(length),
        _ => None,
    };
    let Some(first) = heads.first() else { return false };
    heads
        .iter()
        .all(|head| is_matrix(head) && length(head) == length(first) && width(head) == width(first))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (tokens, heads, width) = (1 + n / 4, whole(rng, 1..=4), whole(rng, 1..=3));
    vec![Value::List(
        (0..heads).map(|_| rows(rng, tokens, width)).collect(),
    )]
}

fn truth(heads: &Heads) -> Vec<Vec<f32>> {
    attention::join_heads(heads).unwrap_or_default()
}

fn below(heads: &Heads) -> Vec<Vec<f32>> {
    heads.concat()
}

fn in_turn(heads: &Heads) -> Vec<Vec<f32>> {
    let numbers =
        |i: usize| (0..heads[0][i].len()).flat_map(move |j| heads.iter().map(move |head| head[i][j]));
    (0..heads[0].len()).map(|i| numbers(i).collect()).collect()
}

fn added(heads: &Heads) -> Vec<Vec<f32>> {
    let sum = |i: usize, j: usize| heads.iter().map(|head| head[i][j]).sum();
    let row = |i: usize| (0..heads[0][i].len()).map(|j| sum(i, j)).collect();
    (0..heads[0].len()).map(row).collect()
}

fn backwards(heads: &Heads) -> Vec<Vec<f32>> {
    truth(&heads.iter().rev().cloned().collect::<Vec<_>>())
}
