//! The hardest positive and the hardest negative of an anchor.

use super::labels;
use crate::check::cases::{exercise, same_length, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The numbers of the farthest positive and of the nearest negative.
    "08_ranking/hardest": hardest(
        distances: &[f32] as &Vec<f32>, labels: &[u32] as &Vec<u32>, anchor: usize as *usize
    ) -> Option<(usize, usize)>,
    exactly, allowed, random,
    public: [
        ("two positives, two negatives", [vec![0.0_f32, 1.0, 3.0, 2.0, 4.0], vec![7_u32, 7, 7, 5, 6], 0_usize]),
        ("no other item of its class", [vec![2.0_f32, 0.0, 3.0], vec![1_u32, 2, 3], 1_usize]),
        ("no item of another class", [vec![0.0_f32, 1.0], vec![4_u32, 4], 0_usize]),
        ("equal distances", [vec![2.0_f32, 0.0, 2.0, 1.5, 1.5], vec![0_u32, 0, 0, 1, 2], 1_usize]),
        ("a stranger at the same place", [vec![0.0_f32, 1.0, 0.0, 2.0], vec![3_u32, 3, 1, 1], 0_usize]),
        ("a copy of the anchor", [vec![0.0_f32, 0.0, 1.0], vec![3_u32, 3, 1], 1_usize]),
    ],
    mistakes: [
        ("itself", "The anchor is taken as its own positive: skip it.", itself),
        ("skips distance 0", "Items at distance 0 are skipped, to skip the anchor: another item may be at the same place. Compare the numbers.", skips_zero),
        ("nearest positive", "This positive is the nearest: the hardest one is the farthest.", easy_positive),
        ("farthest negative", "This negative is the farthest: the hardest one is the nearest.", easy_negative),
        ("both easy", "These are the easiest of both kinds: the hardest positive is far away, and the hardest negative is near.", easiest),
        ("the last of equals", "Of equal distances this takes the last item: take the first.", last),
        ("turned around", "The negative's number stands first: the positive's comes first.", turned),
    ],
}

type Pair = Option<(usize, usize)>;

fn allowed(values: &[Value]) -> bool {
    let (Some(distances), Some(_), Some(anchor)) = (
        get::<Vec<f32>>(values, 0),
        get::<Vec<u32>>(values, 1),
        get::<usize>(values, 2),
    ) else {
        return false;
    };
    same_length(values) && distances.get(anchor) == Some(&0.0) && distances.iter().all(|&d| d >= 0.0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n = n + 1;
    let anchor = whole(rng, 0..=n - 1);
    let mut distances: Vec<f32> = (0..n).map(|_| whole(rng, 0..=6) as f32 / 2.0).collect();
    distances[anchor] = 0.0;
    vec![distances.to_value(), labels(rng, n).to_value(), anchor.to_value()]
}

/// The item that `beats` all before it, among those that are `counted`.
fn best(distances: &[f32], counted: impl Fn(usize) -> bool, beats: fn(&f32, &f32) -> bool) -> Option<usize> {
    (0..distances.len()).filter(|&j| counted(j)).reduce(|best, j| {
        if beats(&distances[j], &distances[best]) {
            j
        } else {
            best
        }
    })
}

/// The pair by two comparisons, without the items for which `skipped` holds.
fn pair(
    (distances, labels, anchor): (&[f32], &[u32], usize),
    skipped: impl Fn(usize) -> bool,
    beats: [fn(&f32, &f32) -> bool; 2],
) -> Pair {
    let alike = |j: usize| labels[j] == labels[anchor];
    let positive = best(distances, |j| alike(j) && !skipped(j), beats[0])?;
    let negative = best(distances, |j| !alike(j) && !skipped(j), beats[1])?;
    Some((positive, negative))
}

fn truth(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |j| j == anchor, [f32::gt, f32::lt])
}

fn itself(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |_| false, [f32::gt, f32::lt])
}

fn skips_zero(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair(
        (distances, labels, anchor),
        |j| distances[j] == 0.0,
        [f32::gt, f32::lt],
    )
}

fn easy_positive(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |j| j == anchor, [f32::lt, f32::lt])
}

fn easy_negative(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |j| j == anchor, [f32::gt, f32::gt])
}

fn easiest(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |j| j == anchor, [f32::lt, f32::gt])
}

fn last(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    pair((distances, labels, anchor), |j| j == anchor, [f32::ge, f32::le])
}

fn turned(distances: &[f32], labels: &[u32], anchor: usize) -> Pair {
    truth(distances, labels, anchor).map(|(positive, negative)| (negative, positive))
}

#[cfg(all(test, feature = "nn"))]
mod tests {
    use super::*;
    use crate::contrast::miners::batch_hard;
    use crate::loss::{Distance, Triplet};

    /// The library's miner needs networks, and a judge is there without them. Places on a line have many
    /// equal distances.
    #[test]
    fn the_pair_is_the_miners() {
        for i in 0..100 {
            let rng = &mut crate::rng::stream(5, i);
            let n = 1 + i as usize % 12;
            let (labels, places) = (
                labels(rng, n),
                (0..n).map(|_| whole(rng, 0..=6) as f32).collect::<Vec<_>>(),
            );
            let x = ndarray::Array2::from_shape_fn((n, 1), |(i, _)| places[i]);
            let of_miner = batch_hard(x.view(), &labels, Distance::Euclidean).unwrap();
            let triplet = |anchor: usize| {
                let distances: Vec<f32> = places.iter().map(|p| (p - places[anchor]).abs()).collect();
                let (positive, negative) = truth(&distances, &labels, anchor)?;
                let [anchor, positive, negative] = [anchor, positive, negative].map(|i| i as u32);
                Some(Triplet {
                    anchor,
                    positive,
                    negative,
                })
            };
            assert_eq!((0..n).filter_map(triplet).collect::<Vec<_>>(), of_miner);
        }
    }
}
