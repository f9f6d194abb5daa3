//! The batch-hard triplet loss.

use super::{is_margin, labels, margin};
use crate::check::cases::{exercise, is_matrix, length, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss::triplet;
use crate::rng::Rng;

exercise! {
    /// The mean loss of the hardest triplets of a batch.
    "08_ranking/batch_hard": batch_hard(
        distances: &[Vec<f32>] as &Vec<Vec<f32>>, labels: &[u32] as &Vec<u32>, margin: f32 as *f32
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("places 0, 1, 3 on a line; the third has no partner", [line(&[0.0, 1.0, 3.0]), vec![0_u32, 0, 1], 1.5_f32]),
        ("places 0, 2, 3, 9: two classes", [line(&[0.0, 2.0, 3.0, 9.0]), vec![0_u32, 0, 1, 1], 1.0_f32]),
        ("three of a class: the farthest counts", [line(&[0.0, 1.0, 4.0, 6.0]), vec![0_u32, 0, 0, 1], 1.0_f32]),
        ("far apart: no loss, and still counted", [line(&[0.0, 1.0, 3.0, 3.5, 9.0]), vec![0_u32, 0, 1, 1, 0], 1.0_f32]),
        ("one class", [line(&[0.0, 1.0]), vec![2_u32, 2], 1.0_f32]),
        ("nobody has a partner", [line(&[0.0, 1.0, 2.0]), vec![0_u32, 1, 2], 1.0_f32]),
        ("all at one place", [line(&[1.0, 1.0, 1.0]), vec![0_u32, 0, 1], 0.5_f32]),
    ],
    mistakes: [
        ("itself", "An anchor without a partner counts with the distance 0 from itself: leave it out.", itself),
        ("over all items", "This divides by the number of items: divide by the anchors that have a positive and a negative.", over_all),
        ("over those with a loss", "This divides by the anchors whose loss is not 0: an anchor with loss 0 is counted.", over_losses),
        ("sum", "This is the sum: divide by the number of anchors.", sum),
        ("not clipped", "An anchor that wins by more than the margin lowers the loss: stop at 0.", not_clipped),
        ("hardest of the batch", "This takes the hardest positive and negative of the whole batch: each anchor has its own.", of_batch),
        ("easy positive", "This takes the nearest positive: the hardest is the farthest.", easy_positive),
        ("all triplets", "This is the mean over all triplets: only the hardest positive and negative of each anchor count.", all_triplets),
    ],
}

type Rows = [Vec<f32>];

/// The distances of places on a line.
fn line(places: &[f32]) -> Vec<Vec<f32>> {
    let from = |a: &f32| places.iter().map(|b| (a - b).abs()).collect();
    places.iter().map(from).collect()
}

fn allowed(values: &[Value]) -> bool {
    let Some(rows) = get::<Vec<Vec<f32>>>(values, 0) else {
        return false;
    };
    let are_distances = |(i, row): (usize, &Vec<f32>)| {
        row.len() == rows.len()
            && row[i] == 0.0
            && row.iter().enumerate().all(|(j, &d)| d >= 0.0 && rows[j][i] == d)
    };
    is_matrix(&values[0])
        && rows.iter().enumerate().all(are_distances)
        && length(&values[1]) == Some(rows.len())
        && is_margin(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n = n + 1;
    let (labels, margin) = (labels(rng, n), margin(rng));
    // In every second case the classes lie apart, so that some anchors have loss 0.
    let gap = [0.0, 2.5][whole(rng, 0..=1)];
    let place = |&label: &u32| gap * label as f32 + whole(rng, 0..=4) as f32 / 2.0;
    let places: Vec<f32> = labels.iter().map(place).collect();
    vec![line(&places).to_value(), labels.to_value(), margin]
}

/// The distances of each anchor from its positives and from its negatives, if it has both.
fn anchors(distances: &Rows, labels: &[u32], with_itself: bool) -> Vec<(Vec<f32>, Vec<f32>)> {
    let n = labels.len();
    let of = |i: usize| {
        let kept = |alike: bool| {
            let counted = move |&j: &usize| (labels[j] == labels[i]) == alike && (j != i || with_itself);
            (0..n)
                .filter(counted)
                .map(|j| distances[i][j])
                .collect::<Vec<f32>>()
        };
        (kept(true), kept(false))
    };
    (0..n)
        .map(of)
        .filter(|(p, n)| !p.is_empty() && !n.is_empty())
        .collect()
}

fn largest(distances: &[f32]) -> f32 {
    distances.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

fn smallest(distances: &[f32]) -> f32 {
    distances.iter().copied().fold(f32::INFINITY, f32::min)
}

/// The loss of each anchor.
fn losses(distances: &Rows, labels: &[u32], margin: f32) -> Vec<f32> {
    let loss = |(p, n): &(Vec<f32>, Vec<f32>)| triplet(largest(p), smallest(n), margin);
    anchors(distances, labels, false).iter().map(loss).collect()
}

/// The sum of the losses divided by a number, or 0 if that is 0.
fn over(losses: &[f32], n: usize) -> f32 {
    if n == 0 {
        0.0
    } else {
        losses.iter().sum::<f32>() / n as f32
    }
}

fn mean(losses: &[f32]) -> f32 {
    over(losses, losses.len())
}

fn truth(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    mean(&losses(distances, labels, margin))
}

fn itself(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let all = anchors(distances, labels, true);
    let loss = |(p, n): &(Vec<f32>, Vec<f32>)| (largest(p) - smallest(n) + margin).max(0.0);
    mean(&all.iter().map(loss).collect::<Vec<f32>>())
}

fn over_all(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    over(&losses(distances, labels, margin), labels.len())
}

fn over_losses(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let losses = losses(distances, labels, margin);
    over(&losses, losses.iter().filter(|loss| **loss > 0.0).count())
}

fn sum(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    losses(distances, labels, margin).iter().sum()
}

fn not_clipped(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let all = anchors(distances, labels, false);
    let loss = |(p, n): &(Vec<f32>, Vec<f32>)| largest(p) - smallest(n) + margin;
    mean(&all.iter().map(loss).collect::<Vec<f32>>())
}

fn of_batch(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let all = anchors(distances, labels, false);
    if all.is_empty() {
        return 0.0;
    }
    let far: Vec<f32> = all.iter().map(|(p, _)| largest(p)).collect();
    let near: Vec<f32> = all.iter().map(|(_, n)| smallest(n)).collect();
    (largest(&far) - smallest(&near) + margin).max(0.0)
}

fn easy_positive(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let all = anchors(distances, labels, false);
    let loss = |(p, n): &(Vec<f32>, Vec<f32>)| (smallest(p) - smallest(n) + margin).max(0.0);
    mean(&all.iter().map(loss).collect::<Vec<f32>>())
}

fn all_triplets(distances: &Rows, labels: &[u32], margin: f32) -> f32 {
    let all = anchors(distances, labels, false);
    let of = |(p, n): &(Vec<f32>, Vec<f32>)| -> Vec<f32> {
        p.iter()
            .flat_map(|p| n.iter().map(move |n| (p - n + margin).max(0.0)))
            .collect()
    };
    mean(&all.iter().flat_map(of).collect::<Vec<f32>>())
}
