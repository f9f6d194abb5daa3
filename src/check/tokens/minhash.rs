//! A MinHash signature.

use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

/// A prime: 2³¹ − 1.
const P: u64 = 2_147_483_647;

exercise! {
    /// The smallest hash of a set's elements under each of several hash functions.
    "07_tokens/minhash": minhash(
        set: &[u64] as &Vec<u64>, a: &[u64] as &Vec<u64>, b: &[u64] as &Vec<u64>
    ) -> Vec<u64>,
    exactly, allowed, random,
    public: [
        ("two elements, two functions", [vec![3_u64, 5], vec![2_u64, 1], vec![1_u64, 10]]),
        ("beyond the prime", [vec![2_147_483_646_u64, 7], vec![3_u64], vec![5_u64]]),
        ("an empty set", [Vec::<u64>::new(), vec![2_u64], vec![1_u64]]),
    ],
    mistakes: [
        ("largest", "This is the largest hash: a signature has the smallest.", largest),
        ("without the remainder", "The hash is the remainder by the prime: (a·x + b) mod p.", without_remainder),
        ("hash of the smallest", "Hash each element and take the smallest hash, not the hash of the smallest element.", of_smallest),
        ("one function for all", "Number i of the signature belongs to hash function i: each has its own a and b.", one_function),
    ],
}

/// As many a as b, and all numbers below the prime, so that products stay below 2⁶³.
fn allowed(values: &[Value]) -> bool {
    let below = |value: &Value| matches!(value, Value::List(all) if all.iter().all(|n| matches!(n, Value::Whole(n) if *n < P as i64)));
    length(&values[1]) == length(&values[2]) && values.iter().all(below)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut large =
        |n: usize| -> Vec<u64> { (0..n).map(|_| whole(rng, 1..=P as usize - 1) as u64).collect() };
    let functions = 1 + n / 3;
    vec![
        large(n).to_value(),
        large(functions).to_value(),
        large(functions).to_value(),
    ]
}

fn hashes(set: &[u64], a: u64, b: u64) -> impl Iterator<Item = u64> {
    set.iter().map(move |x| (a * x + b) % P)
}

/// The library permutes by an exclusive or and a product; the exercise has a hash for paper.
fn truth(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    a.iter()
        .zip(b)
        .map(|(&a, &b)| hashes(set, a, b).min().unwrap_or(P))
        .collect()
}

fn largest(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    a.iter()
        .zip(b)
        .map(|(&a, &b)| hashes(set, a, b).max().unwrap_or(P))
        .collect()
}

fn without_remainder(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    a.iter()
        .zip(b)
        .map(|(a, b)| set.iter().map(|x| a * x + b).min().unwrap_or(P))
        .collect()
}

fn of_smallest(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    let smallest: Vec<u64> = set.iter().min().into_iter().copied().collect();
    truth(&smallest, a, b)
}

fn one_function(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    let one = a
        .first()
        .zip(b.first())
        .map_or(P, |(&a, &b)| hashes(set, a, b).min().unwrap_or(P));
    vec![one; a.len()]
}
