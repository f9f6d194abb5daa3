//! NPMI of two words.

use crate::check::cases::{exercise, same_length, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::pair_npmi;

exercise! {
    /// Whether two words occur in the same documents more often than by chance.
    "04_topics/npmi": npmi(has_a: &[bool] as &Vec<bool>, has_b: &[bool] as &Vec<bool>) -> f32,
    nearly, same_length, random,
    public: [
        ("always together", [vec![true, true, false, false], vec![true, true, false, false]]),
        ("never together", [vec![true, false, true], vec![false, true, false]]),
        ("by chance", [vec![true, true, false, false], vec![true, false, true, false]]),
        ("both in every document", [vec![true, true], vec![true, true]]),
        ("a little more than chance", [vec![true, true, true, false, false], vec![true, true, false, true, false]]),
    ],
    mistakes: [
        ("pmi", "This is the mutual information itself: divide it by −log P(a, b).", pmi),
        ("never is zero", "Words that are never together have −1, not 0: that is the limit of the formula.", never_zero),
        ("bases mixed", "One logarithm is to base 2 and the other to base e: the quotient needs the same base twice.", mixed),
        ("the joint probability", "This is P(a, b): compare it with P(a)·P(b).", only_joint),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut some = || -> Vec<bool> { (0..n + 1).map(|_| whole(rng, 0..=1) == 1).collect() };
    vec![some().to_value(), some().to_value()]
}

/// The number of documents with a, with b, with both, and of all documents.
fn counted(a: &[bool], b: &[bool]) -> [usize; 4] {
    let count = |has: &[bool]| has.iter().filter(|x| **x).count();
    [
        count(a),
        count(b),
        a.iter().zip(b).filter(|(a, b)| **a && **b).count(),
        a.len(),
    ]
}

fn truth(a: &[bool], b: &[bool]) -> f32 {
    let [a, b, both, n] = counted(a, b);
    pair_npmi(a, b, both, n) as f32
}

fn pmi(has_a: &[bool], has_b: &[bool]) -> f32 {
    let [a, b, both, n] = counted(has_a, has_b);
    if both == 0 {
        -1.0
    } else {
        ((both * n) as f32 / (a * b) as f32).ln()
    }
}

fn never_zero(a: &[bool], b: &[bool]) -> f32 {
    if counted(a, b)[2] == 0 { 0.0 } else { truth(a, b) }
}

fn mixed(a: &[bool], b: &[bool]) -> f32 {
    let [_, _, both, n] = counted(a, b);
    if both == 0 || both == n {
        truth(a, b)
    } else {
        truth(a, b) / std::f32::consts::LN_2
    }
}

fn only_joint(a: &[bool], b: &[bool]) -> f32 {
    let [_, _, both, n] = counted(a, b);
    both as f32 / n as f32
}
