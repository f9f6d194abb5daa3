//! Each loss on each batch: ordinary ones, ties, equal vectors, one class alone, one element, zero vectors,
//! and products whose exponential is beyond `f32`.

use course::loss::{Average, Distance};
use serde::Deserialize;

use super::{Batches, Options, Versions, written_by};

#[derive(Deserialize)]
pub(super) struct Peer {
    pub(super) versions: Versions,
    pub(super) batches: Batches,
    pub(super) cases: Vec<Case>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) loss: String,
    pub(super) by: String,
    pub(super) kind: String,
    pub(super) batch: String,
    pub(super) options: Options,
    pub(super) value: f64,
    pub(super) gradients: Vec<Vec<Option<f64>>>,
}

pub(super) fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/ranking/losses.json")).expect("JSON");
    written_by(&peer.versions);
    peer
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let Self { loss, by, batch, .. } = self;
        write!(f, "{loss} of {batch:?} by {by}")?;
        self.options
            .0
            .iter()
            .try_for_each(|(name, value)| write!(f, ", {name} {value}"))
    }
}

impl Options {
    pub(super) fn distance(&self) -> Distance {
        match self.text("distance") {
            "euclidean" => Distance::Euclidean,
            "squared" => Distance::SquaredEuclidean,
            "cosine" => Distance::Cosine,
            "dot" => Distance::Dot,
            other => panic!("no distance {other}"),
        }
    }

    pub(super) fn average(&self) -> Average {
        match self.text("average") {
            "all" => Average::All,
            "non-zero" => Average::NonZero,
            other => panic!("no average {other}"),
        }
    }
}
