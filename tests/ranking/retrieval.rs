//! What is found, and how often a positive is nearer, by pytorch-metric-learning and sentence-transformers.

use course::contrast::{retrieval, retrieval_of_pairs, triplet_accuracy};
use course::loss::{Distance, Triplet};
use ndarray::{Axis, concatenate};
use serde::Deserialize;

use super::losses::peer as batches;
use super::{Versions, Written, written_by};

#[derive(Deserialize)]
struct Peer {
    versions: Versions,
    metrics: Vec<Metrics>,
    accuracies: Vec<Accuracies>,
    retrieval: std::collections::BTreeMap<String, f64>,
    geometry: Pairs,
}

#[derive(Deserialize)]
struct Metrics {
    batch: String,
    mean_average_precision: Option<f64>,
    mean_average_precision_at_r: Option<f64>,
    mean_reciprocal_rank: Option<f64>,
    precision_at_1: Option<f64>,
    r_precision: Option<f64>,
}

#[derive(Deserialize)]
struct Accuracies {
    batch: String,
    cosine_accuracy: f64,
    euclidean_accuracy: f64,
    dot_accuracy: f64,
}

#[derive(Deserialize)]
struct Pairs {
    left: Written,
    right: Written,
}

fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/ranking/mining.json")).expect("JSON");
    written_by(&peer.versions);
    peer
}

/// Theirs has eight digits, and some of `f32`.
fn is(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() < 1e-7, "{what}: {got}, {expected}");
}

#[test]
fn labels_are_found_as_by_accuracy_calculator() {
    let all = batches().batches;
    for metrics in peer().metrics {
        let (name, batch) = (&metrics.batch, &all["labelled"][&metrics.batch]);
        let found = retrieval(
            batch.vectors[0].rows().view(),
            &batch.classes(),
            Distance::Euclidean,
        );
        let Some(precision_at_1) = metrics.precision_at_1 else {
            // Theirs is NaN where no label is there twice.
            assert!(found.is_err(), "{name}");
            continue;
        };
        let found = found.expect(name);
        is(found.precision_at_1(), precision_at_1, name);
        for (got, expected) in [
            (found.r_precision(), metrics.r_precision),
            (found.map_at_r(), metrics.mean_average_precision_at_r),
            (found.map(), metrics.mean_average_precision),
            (found.mrr(), metrics.mean_reciprocal_rank),
        ] {
            is(got, expected.expect("a number"), name);
        }
    }
}

#[test]
fn partners_are_found_as_by_information_retrieval_evaluator() {
    let peer = peer();
    let (left, right) = (peer.geometry.left.rows(), peer.geometry.right.rows());
    for (name, distance) in [
        ("cosine", Distance::Cosine),
        ("dot", Distance::Dot),
        ("euclidean", Distance::Euclidean),
    ] {
        let found = retrieval_of_pairs(left.view(), right.view(), distance).expect("pairs");
        for k in [1, 3, 5] {
            let expected = peer.retrieval[&format!("{name}_recall@{k}")];
            is(found.recall(k).expect("a number"), expected, name);
        }
        is(found.mrr(), peer.retrieval[&format!("{name}_mrr@12")], name);
    }
}

#[test]
fn triplets_are_right_as_by_triplet_evaluator() {
    let all = batches().batches;
    for accuracies in peer().accuracies {
        let (name, batch) = (&accuracies.batch, &all["triplets"][&accuracies.batch]);
        let rows: Vec<_> = batch.vectors.iter().map(Written::rows).collect();
        let n = rows[0].nrows() as u32;
        let views: Vec<_> = rows.iter().map(|x| x.view()).collect();
        let vectors = concatenate(Axis(0), &views).expect("rows of one length");
        let triplet = |anchor| Triplet {
            anchor,
            positive: anchor + n,
            negative: anchor + 2 * n,
        };
        let triplets: Vec<Triplet> = (0..n).map(triplet).collect();
        for (distance, expected) in [
            (Distance::Cosine, accuracies.cosine_accuracy),
            (Distance::Euclidean, accuracies.euclidean_accuracy),
            (Distance::Dot, accuracies.dot_accuracy),
        ] {
            let got = triplet_accuracy(vectors.view(), &triplets, distance).expect(name);
            is(got, expected, &format!("{name} by {distance:?}"));
        }
    }
}
