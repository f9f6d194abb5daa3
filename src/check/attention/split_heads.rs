//! The columns of the tokens' vectors, shared out to heads.

use super::{is_counted, rows};
use crate::check::cases::{exercise, is_matrix, length, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::context::attention;
use crate::rng::Rng;

exercise! {
    /// The part of each head: heads, tokens, numbers.
    "09_attention/split_heads": split_heads(x: &[Vec<f32>] as &Vec<Vec<f32>>, n_heads: usize as *usize) -> Vec<Vec<Vec<f32>>>,
    exactly, allowed, random,
    public: [
        ("two tokens, two heads", [vec![vec![1.0_f32, 2.0, 3.0, 4.0], vec![5.0_f32, 6.0, 7.0, 8.0]], 2_usize]),
        ("one head has all", [vec![vec![1.0_f32, 2.0], vec![3.0_f32, 4.0]], 1_usize]),
        ("a number a head", [vec![vec![1.0_f32, 2.0, 3.0]], 3_usize]),
    ],
    mistakes: [
        ("every other column", "Head h takes the columns h, h + H, …: its columns stand side by side.", strided),
        ("reshaped", "All numbers are cut in the order in which they lie, so a head gets whole tokens: each head has a part of every token.", reshaped),
        ("tokens first", "This has the tokens outside and the heads inside: the heads come first.", tokens_first),
        ("heads for width", "Each part has `n_heads` numbers: there are `n_heads` parts.", heads_for_width),
        ("last head first", "The heads are in the opposite order: head 0 has the first columns.", backwards),
    ],
}

type Heads = Vec<Vec<Vec<f32>>>;

fn allowed(values: &[Value]) -> bool {
    let width = match &values[0] {
        Value::List(rows) => rows.first().and_then(length).unwrap_or(0),
        _ => 0,
    };
    is_matrix(&values[0]) && is_counted(values, 1) && get::<usize>(values, 1).is_some_and(|n| width % n == 0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (tokens, heads, width) = (1 + n / 4, whole(rng, 1..=4), whole(rng, 1..=3));
    vec![rows(rng, tokens, heads * width), heads.to_value()]
}

fn truth(x: &[Vec<f32>], n_heads: usize) -> Heads {
    attention::split_heads(x, n_heads).unwrap_or_default()
}

fn strided(x: &[Vec<f32>], n_heads: usize) -> Heads {
    let part = |row: &Vec<f32>, head: usize| row.iter().skip(head).step_by(n_heads).copied().collect();
    (0..n_heads)
        .map(|head| x.iter().map(|row| part(row, head)).collect())
        .collect()
}

fn reshaped(x: &[Vec<f32>], n_heads: usize) -> Heads {
    let (all, width) = (x.concat(), x[0].len() / n_heads);
    let rows: Vec<Vec<f32>> = all.chunks(width).map(<[f32]>::to_vec).collect();
    rows.chunks(x.len()).map(<[Vec<f32>]>::to_vec).collect()
}

fn tokens_first(x: &[Vec<f32>], n_heads: usize) -> Heads {
    let width = x[0].len() / n_heads;
    x.iter()
        .map(|row| row.chunks(width).map(<[f32]>::to_vec).collect())
        .collect()
}

fn heads_for_width(x: &[Vec<f32>], n_heads: usize) -> Heads {
    truth(x, x[0].len() / n_heads)
}

fn backwards(x: &[Vec<f32>], n_heads: usize) -> Heads {
    truth(x, n_heads).into_iter().rev().collect()
}
