//! Which triplets and which negatives are chosen.

use course::contrast::miners::{DistanceWeighted, Kind, Mining, batch_hard, triplets};
use course::loss::{Distance, Triplet};
use serde::Deserialize;

use super::{Versions, Written, written_by};

#[derive(Deserialize)]
struct Peer {
    versions: Versions,
    chosen: Vec<Chosen>,
    weights: Vec<Weights>,
    corpus: Corpus,
}

#[derive(Deserialize)]
struct Chosen {
    miner: String,
    batch: String,
    distance: String,
    margin: Option<f32>,
    found: Vec<[u32; 3]>,
}

#[derive(Deserialize)]
struct Weights {
    vectors: Written,
    labels: Vec<u32>,
    cutoff: f32,
    nonzero_loss_cutoff: f32,
    weights: Written,
}

#[derive(Deserialize)]
struct Corpus {
    queries: Written,
    corpus: Written,
    positives: Vec<Vec<u32>>,
    mined: Vec<Mined>,
}

#[derive(Deserialize)]
struct Mined {
    options: Options,
    negatives: Vec<Vec<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    range_min: Option<usize>,
    range_max: usize,
    absolute_margin: Option<f32>,
    relative_margin: Option<f32>,
    max_score: Option<f32>,
    min_score: Option<f32>,
}

fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/ranking/mining.json")).expect("JSON");
    written_by(&peer.versions);
    peer
}

fn sorted(mut all: Vec<[u32; 3]>) -> Vec<[u32; 3]> {
    all.sort_unstable();
    all
}

fn numbers(triplets: Vec<Triplet>) -> Vec<[u32; 3]> {
    sorted(
        triplets
            .into_iter()
            .map(|t| [t.anchor, t.positive, t.negative])
            .collect(),
    )
}

/// The vectors are such that distances are equal or far from equal. Their "all" leaves out easy triplets, and
/// what is farther by exactly the margin is semi-hard.
#[test]
fn kinds_of_triplets_are_pytorch_metric_learnings() {
    let batches = &super::losses::peer().batches["labelled"];
    let mut seen = 0;
    for chosen in peer().chosen.into_iter().filter(|c| c.margin.is_some()) {
        let (batch, margin) = (&batches[&chosen.batch], chosen.margin.expect("a margin"));
        let (x, labels) = (batch.vectors[0].rows(), batch.classes());
        let of =
            |kind| numbers(triplets(x.view(), &labels, Distance::Euclidean, kind, margin).expect("a list"));
        let d = |i: u32, j: u32| {
            let row = |i: u32| x.row(i as usize).to_vec();
            Distance::Euclidean.between(&row(i), &row(j))
        };
        let at_margin = |t: &[u32; 3]| d(t[0], t[2]) - d(t[0], t[1]) == margin;
        let mut ours = match chosen.miner.as_str() {
            "all" => [of(Kind::SemiHard), of(Kind::Hard)].concat(),
            "easy" => of(Kind::Easy).into_iter().filter(|t| !at_margin(t)).collect(),
            "semihard" => of(Kind::SemiHard),
            "hard" => of(Kind::Hard),
            other => panic!("no kind {other}"),
        };
        if ["all", "semihard"].contains(&chosen.miner.as_str()) {
            ours.extend(of(Kind::Easy).into_iter().filter(at_margin));
        }
        assert_eq!(
            sorted(ours),
            sorted(chosen.found),
            "{} of {}",
            chosen.miner,
            chosen.batch
        );
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

/// Among equal distances theirs takes any of the rows; the distances are the same.
#[test]
fn the_hardest_are_pytorch_metric_learnings() {
    let batches = &super::losses::peer().batches["labelled"];
    let mut seen = 0;
    for chosen in peer().chosen.into_iter().filter(|c| c.miner == "batch hard") {
        let batch = &batches[&chosen.batch];
        let (x, labels) = (batch.vectors[0].rows(), batch.classes());
        let distance = match chosen.distance.as_str() {
            "euclidean" => Distance::Euclidean,
            "cosine" => Distance::Cosine,
            other => panic!("no distance {other}"),
        };
        let ours = numbers(batch_hard(x.view(), &labels, distance).expect("a list"));
        let d = |i: u32, j: u32| {
            let row = |i: u32| x.row(i as usize).to_vec();
            distance.between(&row(i), &row(j))
        };
        let theirs = sorted(chosen.found);
        assert_eq!(ours.len(), theirs.len(), "{}", chosen.batch);
        for ([a, p, n], [a_too, p_too, n_too]) in ours.into_iter().zip(theirs) {
            assert_eq!(a, a_too);
            let close = |x: f32, y: f32| (x - y).abs() <= 1e-6 * x.abs().max(1.0);
            assert!(
                close(d(a, p), d(a, p_too)) && close(d(a, n), d(a, n_too)),
                "{} {a}",
                chosen.batch
            );
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

/// Theirs are divided by the sum of an anchor's; both only have a ratio.
#[test]
fn the_weights_by_distance_are_pytorch_metric_learnings() {
    for peer in peer().weights {
        let (x, n) = (peer.vectors.rows(), peer.labels.len());
        let miner = DistanceWeighted {
            cutoff: peer.cutoff,
            farthest: peer.nonzero_loss_cutoff,
        };
        for a in 0..n {
            let unit = |i: usize| {
                let row = x.row(i).to_vec();
                let norm = Distance::Euclidean.between(&row, &vec![0.0; row.len()]);
                row.into_iter().map(|x| x / norm).collect::<Vec<f32>>()
            };
            let negatives: Vec<usize> = (0..n).filter(|&j| peer.labels[j] != peer.labels[a]).collect();
            let to: Vec<f32> = (negatives.iter())
                .map(|&j| Distance::Euclidean.between(&unit(a), &unit(j)))
                .collect();
            let weights = miner.weights(&to, x.ncols());
            let total: f64 = weights.iter().sum();
            let theirs = |j: usize| peer.weights.numbers[a * n + j];
            let their_total: f64 = (0..n).map(theirs).sum();
            if total == 0.0 {
                continue;
            }
            for (&j, weight) in negatives.iter().zip(weights) {
                let (ours, theirs) = (weight / total, theirs(j) / their_total);
                assert!((ours - theirs).abs() < 1e-5, "{a} {j}: {ours} {theirs}");
            }
        }
    }
}

/// Theirs looks at as many answers more as the query with the most positives has, for every query.
#[test]
fn negatives_of_a_corpus_are_sentence_transformers() {
    let peer = peer().corpus;
    let (queries, corpus) = (peer.queries.rows(), peer.corpus.rows());
    let most_positives = peer.positives.iter().map(Vec::len).max().expect("queries");
    for case in peer.mined {
        for (i, (positives, theirs)) in peer.positives.iter().zip(&case.negatives).enumerate() {
            let mining = Mining {
                start: case.options.range_min.unwrap_or(0),
                end: case.options.range_max + most_positives - positives.len(),
                most: case.options.max_score,
                least: case.options.min_score,
                absolute_margin: case.options.absolute_margin,
                relative_margin: case.options.relative_margin,
                ..Mining::default()
            };
            let query = queries.slice(ndarray::s![i..=i, ..]);
            let mined = mining
                .mine(query, corpus.view(), std::slice::from_ref(positives))
                .expect("negatives");
            let ours: Vec<u32> = mined.negatives[0].iter().map(|n| n.row).collect();
            assert_eq!(&ours, theirs, "{mining}, query {i}");
        }
    }
}
