//! Semi-hard negatives.

use super::{is_margin, margin};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The numbers of the negatives that are farther than the positive by less than the margin.
    "08_ranking/semi_hard": semi_hard(positive: f32 as *f32, negatives: &[f32] as &Vec<f32>, margin: f32 as *f32) -> Vec<usize>,
    exactly, allowed, random,
    public: [
        ("hard, semi-hard and easy", [1.0_f32, vec![0.5_f32, 1.5, 2.5], 1.0_f32]),
        ("two of them, in rising order", [1.0_f32, vec![1.75_f32, 3.0, 1.25], 1.0_f32]),
        ("exactly as far as the positive", [1.0_f32, vec![1.0_f32, 1.5], 1.0_f32]),
        ("farther by exactly the margin", [1.0_f32, vec![1.5_f32, 2.0], 1.0_f32]),
        ("hard, within the margin on the other side", [2.0_f32, vec![1.5_f32, 0.5], 1.0_f32]),
        ("no negative", [1.0_f32, Vec::<f32>::new(), 1.0_f32]),
    ],
    mistakes: [
        ("hard", "These are the hard negatives, nearer than the positive: the inequality is reversed.", hard),
        ("reversed", "These are nearer than the positive by less than the margin: semi-hard ones are farther away than it.", reversed),
        ("easy", "These are the easy negatives, whose loss is 0: semi-hard ones are within the margin.", easy),
        ("all farther", "These are all negatives that are farther than the positive: beyond the margin the loss is 0.", farther),
        ("all with a loss", "These are all negatives with a loss, the hard ones too: a semi-hard one is farther away than the positive.", with_loss),
        ("as far as the positive", "A negative exactly as far away as the positive is not semi-hard: the order is not yet right.", equal),
        ("at the margin", "A negative that is farther by exactly the margin has loss 0, and is not semi-hard.", at_margin),
        ("distances", "These are places in the list of semi-hard negatives: return their numbers in `negatives`.", renumbered),
    ],
}

fn allowed(values: &[Value]) -> bool {
    get::<f32>(values, 0).is_some_and(|d| d >= 0.0)
        && get::<Vec<f32>>(values, 1).is_some_and(|all| all.iter().all(|&d| d >= 0.0))
        && is_margin(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let distance = |rng: &mut Rng| whole(rng, 0..=12) as f32 / 4.0;
    let positive = distance(rng);
    let negatives: Vec<f32> = (0..n).map(|_| distance(rng)).collect();
    vec![positive.to_value(), negatives.to_value(), margin(rng)]
}

fn which(negatives: &[f32], is: impl Fn(f32) -> bool) -> Vec<usize> {
    (0..negatives.len()).filter(|&i| is(negatives[i])).collect()
}

fn truth(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d > positive && d - positive < margin)
}

fn hard(positive: f32, negatives: &[f32], _: f32) -> Vec<usize> {
    which(negatives, |d| d < positive)
}

fn reversed(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d < positive && positive - d < margin)
}

fn easy(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d - positive >= margin)
}

fn farther(positive: f32, negatives: &[f32], _: f32) -> Vec<usize> {
    which(negatives, |d| d > positive)
}

fn with_loss(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d - positive < margin)
}

fn equal(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d >= positive && d - positive < margin)
}

fn at_margin(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    which(negatives, |d| d > positive && d - positive <= margin)
}

fn renumbered(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    (0..truth(positive, negatives, margin).len()).collect()
}

#[cfg(all(test, feature = "nn"))]
mod tests {
    use super::*;
    use crate::contrast::miners::Kind;

    /// The library's miner needs networks, and a judge is there without them.
    #[test]
    fn the_kind_is_the_miners() {
        for i in 0..100 {
            let values = random(&mut crate::rng::stream(5, i), 1 + i as usize % 12);
            let (positive, margin): (f32, f32) = (get(&values, 0).unwrap(), get(&values, 2).unwrap());
            let negatives: Vec<f32> = get(&values, 1).unwrap();
            let of_miner = which(&negatives, |d| Kind::of(positive, d, margin) == Kind::SemiHard);
            assert_eq!(truth(positive, &negatives, margin), of_miner);
        }
    }
}
