//! The lengths of Huffman's codes.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::predict::huffman;
use crate::rng::Rng;

exercise! {
    /// The length of each word's code.
    "05_predict/huffman_lengths": huffman_lengths(counts: &[u32] as &Vec<u32>) -> Vec<usize>,
    exactly, allowed, random,
    public: [
        ("one word needs no decision", [vec![7_u32]]),
        ("two words, one decision", [vec![9_u32, 1]]),
        ("4, 2, 1, 1: a comb", [vec![4_u32, 2, 1, 1]]),
        ("all alike: a balanced tree", [vec![1_u32, 1, 1, 1]]),
        ("2, 1, 1: a word is taken before the node of the same weight", [vec![2_u32, 2, 1, 1]]),
        ("no words", [Vec::<u32>::new()]),
    ],
    mistakes: [
        ("balanced", "All codes are about equally long: that is a balanced tree, which does not look at the counts.", balanced),
        ("Shannon", "This is −log₂ of the word's share, rounded up: never shorter than Huffman's code, and often longer.", shannon),
        ("largest first", "The two largest nodes were put together: take the two smallest.", largest),
        ("nodes counted", "This counts the nodes on the way, the word's own too: decisions are one less.", nodes),
        ("a comb", "Every word hangs on one long branch: a new node can also be put together with another new node.", comb),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let counts: Option<Vec<u32>> = get(values, 0);
    counts.is_some_and(|c| c.iter().all(|n| (1..=10_000).contains(n)) && c.is_sorted_by(|a, b| a >= b))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let most = [3, 10, 100][whole(rng, 0..=2)];
    let mut counts: Vec<u32> = (0..n + 1).map(|_| whole(rng, 1..=most) as u32).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    vec![counts.to_value()]
}

fn truth(counts: &[u32]) -> Vec<usize> {
    let counts: Vec<u64> = counts.iter().map(|&n| n.into()).collect();
    huffman(&counts).iter().map(Vec::len).collect()
}

fn balanced(counts: &[u32]) -> Vec<usize> {
    vec![counts.len().next_power_of_two().ilog2() as usize; counts.len()]
}

fn shannon(counts: &[u32]) -> Vec<usize> {
    let sum: u32 = counts.iter().sum();
    counts
        .iter()
        .map(|&n| (f64::from(sum) / f64::from(n)).log2().ceil() as usize)
        .collect()
}

fn largest(counts: &[u32]) -> Vec<usize> {
    let mut lengths = vec![0; counts.len()];
    let mut nodes: Vec<(u32, Vec<usize>)> = counts.iter().enumerate().map(|(w, &n)| (n, vec![w])).collect();
    while nodes.len() > 1 {
        nodes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let (a, b) = (nodes.remove(0), nodes.remove(0));
        let below = [a.1, b.1].concat();
        below.iter().for_each(|&w| lengths[w] += 1);
        nodes.push((a.0 + b.0, below));
    }
    lengths
}

fn nodes(counts: &[u32]) -> Vec<usize> {
    truth(counts).into_iter().map(|n| n + 1).collect()
}

fn comb(counts: &[u32]) -> Vec<usize> {
    let last = counts.len().saturating_sub(1);
    (0..counts.len()).map(|w| (w + 1).min(last)).collect()
}
