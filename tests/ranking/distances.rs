//! Losses of pairs, triplets, grades and scores, on tensors.

use course::Result;
use course::loss::{
    Average, Distance, Matryoshka, MultiSimilarity, Pair, PairOptions, TripletOptions, tensors,
};
use course::nn::Tensor;

use super::compare::{Ours, compare};
use super::losses::Case;
use super::{Batch, PRECISIONS};

fn ours(case: &Case, batch: &Batch, x: &[Tensor]) -> Option<Ours> {
    let options = &case.options;
    let labels = batch.classes();
    let margin = || options.number("margin") as f32;
    let pairs = |squared: bool| PairOptions {
        margin: margin(),
        squared,
        distance: options.distance(),
        ..PairOptions::default()
    };
    let triplets = |margin: Option<f32>, average: Average| TripletOptions {
        margin,
        distance: options.distance(),
        average,
    };
    // All triplets of a batch are valid ones here.
    let average = || match options.average() {
        Average::All => Average::Valid,
        other => other,
    };
    let positive: Vec<bool> = batch.labels.iter().map(|&label| label == 1.0).collect();
    Some(match case.loss.as_str() {
        "pair" => Ours::Same(tensors::pair_loss_row_by_row(
            &x[0],
            &x[1],
            &positive,
            &pairs(false),
        )),
        "hadsell" => Ours::Same(tensors::pair_loss_row_by_row(
            &x[0],
            &x[1],
            &positive,
            &pairs(true),
        )),
        "pairs by label" => {
            let options = PairOptions {
                average: options.average(),
                apart: true,
                ..pairs(false)
            };
            Ours::Same(tensors::pair_loss(&x[0], &all_pairs(&labels), &options))
        }
        "triplets" => {
            let options = triplets(Some(margin()), Average::All);
            Ours::Same(tensors::triplet_row_by_row(&x[0], &x[1], &x[2], &options))
        }
        "soft triplets" => {
            let options = triplets(None, Average::All);
            Ours::Same(tensors::triplet_row_by_row(&x[0], &x[1], &x[2], &options))
        }
        "triplet" => {
            let options = triplets(Some(margin()), average());
            Ours::Same(tensors::batch_all(&x[0], &labels, &options))
        }
        "soft triplet" => Ours::Same(tensors::batch_all(&x[0], &labels, &triplets(None, average()))),
        "batch all" => {
            let options = triplets(Some(margin()), Average::NonZero);
            Ours::Same(tensors::batch_all(&x[0], &labels, &options))
        }
        "batch hard, mined" => {
            let options = triplets(Some(margin()), average());
            Ours::Same(tensors::batch_hard(&x[0], &labels, &options))
        }
        "batch hard" => {
            let options = triplets(Some(margin()), Average::Valid);
            hardest(case, batch, tensors::batch_hard(&x[0], &labels, &options))
        }
        "batch hard soft" => {
            let options = triplets(None, Average::Valid);
            hardest(case, batch, tensors::batch_hard(&x[0], &labels, &options))
        }
        "batch semi-hard" => {
            let options = triplets(Some(margin()), Average::Valid);
            let loss = tensors::batch_semi_hard(&x[0], &labels, &options);
            match case.batch.as_str() {
                // Theirs is the distance and the margin, where no row is a negative.
                "one class" => Ours::Differs(loss, 0.0),
                "ties" if options.distance == Distance::Cosine => Ours::SameValue(loss),
                _ => Ours::Same(loss),
            }
        }
        "multi-similarity" => {
            let constants = MultiSimilarity::default();
            let loss = tensors::multi_similarity(&x[0], &labels, Distance::Cosine, Average::All, &constants);
            Ours::Same(loss)
        }
        "cosent" => {
            let (scale, grades) = (options.number("scale") as f32, grades(batch));
            Ours::Same(tensors::cosent(&x[0], &x[1], &grades, scale, Distance::Cosine))
        }
        "angle" => {
            let (scale, grades) = (options.number("scale") as f32, grades(batch));
            Ours::Same(tensors::angle(&x[0], &x[1], &grades, scale))
        }
        "margin-MSE" => {
            let scores: Vec<(f32, f32)> = options.list("scores");
            let margins: Vec<f32> = scores.into_iter().map(|(p, n)| p - n).collect();
            let distance = match options.text("similarity") {
                "dot" => Distance::Dot,
                _ => Distance::Cosine,
            };
            Ours::Same(tensors::margin_mse(&x[0], &x[1], &x[2], &margins, distance))
        }
        "matryoshka of triplets" => {
            let options = TripletOptions {
                margin: Some(margin()),
                distance: Distance::Euclidean,
                average: Average::All,
            };
            let inner = |x: &[Tensor]| tensors::triplet_row_by_row(&x[0], &x[1], &x[2], &options);
            Ours::Same(tensors::matryoshka(&[&x[0], &x[1], &x[2]], &pieces(case), inner))
        }
        "matryoshka of cosent" => {
            let (scale, grades) = (options.number("scale") as f32, grades(batch));
            let inner = |x: &[Tensor]| tensors::cosent(&x[0], &x[1], &grades, scale, Distance::Cosine);
            Ours::Same(tensors::matryoshka(&[&x[0], &x[1]], &pieces(case), inner))
        }
        _ => return None,
    })
}

/// Theirs scales every piece to length 1.
pub(super) fn pieces(case: &Case) -> Matryoshka {
    Matryoshka {
        lengths: case.options.list("dims"),
        weights: case.options.list("weights"),
        normalize: true,
    }
}

/// sentence-transformers takes a missing positive for one at distance 0, and where there is no other class
/// the farthest row for a negative. Ours leaves such anchors out, so theirs without these terms is ours.
fn hardest(case: &Case, batch: &Batch, loss: Result<Tensor>) -> Ours {
    let labels = batch.classes();
    let alone = |&i: &usize| labels.iter().filter(|&&label| label == labels[i]).count() == 1;
    let rows: Vec<usize> = (0..labels.len()).filter(alone).collect();
    if case.batch == "one class" || rows.len() == labels.len() {
        return Ours::Differs(loss, 0.0);
    }
    if rows.is_empty() {
        let by_cosine = case.options.distance() == Distance::Cosine;
        return match case.batch.as_str() {
            "ties" if by_cosine => Ours::SameValue(loss),
            _ => Ours::Same(loss),
        };
    }
    let n = labels.len() as f64;
    let terms = rows.iter().map(|&i| {
        let others = (0..labels.len()).filter(|&j| labels[j] != labels[i]);
        let nearest = others.map(|j| apart(batch, i, j, case.options.distance()));
        let z = -nearest.fold(f64::INFINITY, f64::min);
        match case.options.0.contains_key("margin") {
            true => (z + case.options.number("margin")).max(0.0),
            false => z.exp().ln_1p(),
        }
    });
    let terms: f64 = terms.sum();
    Ours::Differs(loss, (case.value * n - terms) / (n - rows.len() as f64))
}

/// The distance of two rows of a batch in `f64`.
fn apart(batch: &Batch, i: usize, j: usize, distance: Distance) -> f64 {
    let d = batch.vectors[0].shape[1];
    let row = |i: usize| &batch.vectors[0].numbers[i * d..(i + 1) * d];
    let sum = |f: fn(f64, f64) -> f64| -> f64 { row(i).iter().zip(row(j)).map(|(&x, &y)| f(x, y)).sum() };
    match distance {
        Distance::Euclidean => sum(|x, y| (x - y) * (x - y)).sqrt(),
        _ => 1.0 - sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt(),
    }
}

fn grades(batch: &Batch) -> Vec<f32> {
    batch.labels.iter().map(|&label| label as f32).collect()
}

/// Each row with each other one.
fn all_pairs(labels: &[u32]) -> Vec<Pair> {
    let n = labels.len() as u32;
    let pairs = (0..n).flat_map(|anchor| (0..n).map(move |other| (anchor, other)));
    pairs
        .filter(|(anchor, other)| anchor != other)
        .map(|(anchor, other)| Pair {
            anchor,
            other,
            positive: labels[anchor as usize] == labels[other as usize],
        })
        .collect()
}

#[test]
fn losses_of_distances_are_those_of_others_to_the_gradients() {
    assert_eq!(compare(ours), PRECISIONS.len() * 296);
}
