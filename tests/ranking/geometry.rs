//! The geometry of a space, and rank correlations.

use std::collections::BTreeMap;

use course::contrast::{alignment, effective_rank, geometry, uniformity};
use course::embeddings::spearman;
use serde::Deserialize;

use super::{Versions, Written, written_by};

#[derive(Deserialize)]
struct Peer {
    versions: Versions,
    ranks: Vec<Ranks>,
    geometry: Geometry,
}

/// Null where one of the two is constant.
#[derive(Deserialize)]
struct Ranks {
    a: Vec<f32>,
    b: Vec<f32>,
    spearman: Option<f64>,
}

#[derive(Deserialize)]
struct Geometry {
    left: Written,
    right: Written,
    wide: Written,
    flat: Written,
    labels: Vec<u32>,
    alignment: f64,
    uniformity: f64,
    #[serde(rename = "effective rank")]
    effective_rank: BTreeMap<String, f64>,
    anisotropy: BTreeMap<String, f64>,
    collapsed: BTreeMap<String, f64>,
    within: f64,
    between: f64,
}

fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/ranking/mining.json")).expect("JSON");
    written_by(&peer.versions);
    peer
}

/// Theirs has eight digits, and ours are of `f32`.
fn is(got: f64, expected: f64, what: &str) {
    assert!(
        (got - expected).abs() <= 1e-6 * expected.abs().max(1.0),
        "{what}: {got}, {expected}"
    );
}

#[test]
fn the_geometry_is_that_of_the_papers_lines_of_code() {
    let peer = peer().geometry;
    let (left, right) = (peer.left.rows(), peer.right.rows());
    is(
        alignment(left.view(), right.view()).expect("a number"),
        peer.alignment,
        "alignment",
    );
    is(
        uniformity(left.view()).expect("a number"),
        peer.uniformity,
        "uniformity",
    );
    let of_left = geometry(left.view(), &peer.labels).expect("a geometry");
    is(of_left.uniformity.expect("pairs"), peer.uniformity, "uniformity");
    is(of_left.within.expect("pairs"), peer.within, "within");
    is(of_left.between.expect("pairs"), peer.between, "between");
    for (name, vectors) in [("left", &peer.left), ("wide", &peer.wide), ("flat", &peer.flat)] {
        let vectors = vectors.rows();
        let of = geometry(vectors.view(), &vec![0; vectors.nrows()]).expect("a geometry");
        is(of.collapsed, peer.collapsed[name], name);
        let Some(&rank) = peer.effective_rank.get(name) else {
            continue;
        };
        is(of.effective_rank, rank, name);
        is(effective_rank(vectors.view()).expect("a number"), rank, name);
        is(of.anisotropy.expect("pairs"), peer.anisotropy[name], name);
    }
}

#[test]
fn a_rank_correlation_is_scipys() {
    for Ranks {
        a,
        b,
        spearman: theirs,
    } in peer().ranks
    {
        let ours = spearman(&a, &b);
        match theirs {
            Some(theirs) => is(ours.expect("a correlation").into(), theirs, "Spearman"),
            None => assert!(!ours.is_ok_and(f32::is_finite), "{a:?}"),
        }
    }
}
