//! Losses that are a softmax over similarities, on tensors.

use course::loss::{
    Directions, Distance, FalseNegatives, Guide, InfoNce, SupervisedContrastive, Temperature, tensors,
};
use course::nn::Tensor;

use super::compare::{Ours, compare};
use super::distances::pieces;
use super::losses::{Case, Peer, peer};
use super::{Batch, PRECISIONS};

fn directions(case: &Case) -> Directions {
    let names: Vec<String> = case.options.list("directions");
    let joint = case.options.text("partition") == "joint";
    let has = |name: &str| names.iter().any(|n| n == name);
    Directions {
        anchor_to_anchor: has("query_to_query"),
        positive_to_anchor: has("doc_to_query"),
        positive_to_positive: has("doc_to_doc"),
        positive_to_negative: has("doc_to_doc"),
        joint,
    }
}

fn ours(peer: &Peer, case: &Case, batch: &Batch, x: &[Tensor]) -> Option<Ours> {
    let options = &case.options;
    let similarity = || match options.text("similarity") {
        "dot" => Distance::Dot,
        _ => Distance::Cosine,
    };
    let scaled = || InfoNce {
        temperature: Temperature::Fixed(1.0 / options.number("scale")),
        ..InfoNce::default()
    };
    let n = batch.vectors[0].shape[0] as u32;
    Some(Ours::Same(match case.loss.as_str() {
        "multiple negatives" => {
            let options = InfoNce {
                similarity: similarity(),
                directions: directions(case),
                ..scaled()
            };
            tensors::multiple_negatives(&x[0], &x[1], &x[2..], &options)
        }
        "both ways" => {
            let options = InfoNce {
                temperature: Temperature::Learned(x[2].clone()),
                directions: Directions::BOTH_WAYS,
                ..InfoNce::default()
            };
            tensors::info_nce(&x[0], &x[1], &options)
        }
        "n-pairs" => tensors::n_pairs(&x[0], &x[1], options.number("weight")),
        "equal rows masked" => {
            let false_negatives = FalseNegatives::EqualTexts {
                anchors: (n..2 * n).collect(),
                positives: texts(batch),
                negatives: Vec::new(),
            };
            let options = InfoNce {
                false_negatives,
                ..scaled()
            };
            tensors::info_nce(&x[0], &x[1], &options)
        }
        "equal labels masked" => {
            let false_negatives = FalseNegatives::EqualLabels(options.list("labels"));
            let options = InfoNce {
                false_negatives,
                ..scaled()
            };
            tensors::info_nce(&x[0], &x[1], &options)
        }
        "guided" => {
            let guide = &peer.batches["guides"][&case.batch].vectors;
            let guide: Vec<Tensor> = guide.iter().map(|g| g.tensor(x[0].dtype())).collect();
            let (one_way, gist) = (Directions::ONE_WAY, Directions::GIST);
            let options = InfoNce {
                temperature: Temperature::Fixed(options.number("temperature")),
                directions: if options.flag("anchors_and_positives") {
                    gist
                } else {
                    one_way
                },
                false_negatives: FalseNegatives::Guide(Guide {
                    anchors: guide[0].clone(),
                    positives: guide[1].clone(),
                    negatives: guide[2..].to_vec(),
                    margin: options.number("margin"),
                    relative: options.text("strategy") == "relative",
                }),
                ..InfoNce::default()
            };
            let loss = tensors::multiple_negatives(&x[0], &x[1], &x[2..], &options);
            // Where nothing is masked, theirs compares a row with itself, too: 9 candidates instead of 7.
            if case.batch == "all equal" && case.value > 2.0 {
                return Some(Ours::Differs(loss, 7_f64.ln()));
            }
            loss
        }
        "supervised contrastive" => {
            let options = SupervisedContrastive {
                similarity: options.distance(),
                temperature: options.number("temperature"),
                average: options.average(),
                queue: None,
            };
            tensors::supervised_contrastive(&x[0], &batch.classes(), &options)
        }
        "matryoshka of multiple negatives" => {
            let inner = |x: &[Tensor]| tensors::multiple_negatives(&x[0], &x[1], &x[2..], &scaled());
            tensors::matryoshka(&x.iter().collect::<Vec<_>>(), &pieces(case), inner)
        }
        _ => return None,
    }))
}

/// A number for each positive, equal for equal rows.
fn texts(batch: &Batch) -> Vec<u32> {
    let positives = &batch.vectors[1];
    let d = positives.shape[1];
    let rows: Vec<&[f64]> = positives.numbers.chunks(d).collect();
    let first = |row: &&[f64]| rows.iter().position(|other| other == row).expect("itself") as u32;
    rows.iter().map(first).collect()
}

#[test]
fn losses_of_a_softmax_are_those_of_others_to_the_gradients() {
    let peer = peer();
    let compared = compare(|case, batch, x| ours(&peer, case, batch, x));
    assert_eq!(compared, PRECISIONS.len() * 142);
}
