//! Vectors of earlier batches: four steps, with a memory of eight vectors that fills up in the third.

use course::contrast::CrossBatchMemory;
use course::loss::{
    Average, Distance, Pair, PairOptions, SupervisedContrastive, Triplet, TripletOptions, tensors,
};
use course::nn::{Device, Tensor, Var};
use serde::Deserialize;

use super::{Batch, PRECISIONS, Versions, apart, numbers, written_by};

#[derive(Deserialize)]
struct Peer {
    versions: Versions,
    stream: Vec<Batch>,
    memory: usize,
    memories: Vec<Memory>,
}

#[derive(Deserialize)]
struct Memory {
    loss: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    value: f64,
    gradient: Vec<Option<f64>>,
}

/// The vectors of all steps so far, newest last, and their labels.
struct Kept {
    vectors: Tensor,
    labels: Vec<u32>,
}

impl Kept {
    fn with(self, x: &Tensor, labels: &[u32], most: usize) -> Self {
        let vectors = Tensor::cat(&[&self.vectors, x], 0).expect("rows");
        let labels = [&self.labels, labels].concat();
        let n = labels.len().min(most);
        let from = labels.len() - n;
        Self {
            vectors: vectors.narrow(0, from, n).expect("rows").detach(),
            labels: labels[from..].to_vec(),
        }
    }
}

const MARGIN: f32 = 0.875;

/// Each row of the batch with all rows of the memory, the batch's own among them, but itself. Theirs has no
/// gradient by what is in the memory, so the batch stands there a second time.
fn with_memory(loss: &str, x: &Tensor, labels: &[u32], kept: &Kept) -> Tensor {
    let (n, all) = (labels.len(), kept.labels.len());
    let both = Tensor::cat(&[x, &kept.vectors], 0).expect("rows");
    let others = |i: usize| (0..all).filter(move |&j| j != all - n + i);
    let row = |j: usize| (n + j) as u32;
    if loss == "pairs by label" {
        let pair = |(i, j): (usize, usize)| Pair {
            anchor: i as u32,
            other: row(j),
            positive: labels[i] == kept.labels[j],
        };
        let pairs = (0..n).flat_map(|i| others(i).map(move |j| (i, j)));
        let options = PairOptions {
            margin: MARGIN,
            squared: false,
            average: Average::NonZero,
            apart: true,
            ..PairOptions::default()
        };
        return tensors::pair_loss(&both, &pairs.map(pair).collect::<Vec<_>>(), &options).expect("a loss");
    }
    let mut triplets = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        for p in others(i).filter(|&p| kept.labels[p] == label) {
            triplets.extend(others(i).filter(|&k| kept.labels[k] != label).map(|k| Triplet {
                anchor: i as u32,
                positive: row(p),
                negative: row(k),
            }));
        }
    }
    let options = TripletOptions {
        margin: Some(MARGIN),
        distance: Distance::Euclidean,
        average: Average::NonZero,
    };
    tensors::triplet(&both, &triplets, &options).expect("a loss")
}

/// Ours compares the rows of the batch with each other, and with the earlier ones.
fn with_queue(x: &Tensor, labels: &[u32], kept: &Kept) -> Tensor {
    let earlier = kept.labels.len() - labels.len();
    let mut memory = CrossBatchMemory::new(8).expect("a memory");
    if earlier > 0 {
        let vectors = kept.vectors.narrow(0, 0, earlier).expect("rows");
        memory.push(&vectors, &kept.labels[..earlier]).expect("kept");
    }
    let options = SupervisedContrastive {
        similarity: Distance::Cosine,
        temperature: 0.125,
        average: Average::NonZero,
        queue: memory.queue(),
    };
    tensors::supervised_contrastive(x, labels, &options).expect("a loss")
}

#[test]
fn a_memory_of_earlier_batches_is_that_of_pytorch_metric_learning() {
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/ranking/losses.json")).expect("JSON");
    written_by(&peer.versions);
    for memory in &peer.memories {
        for (dtype, most) in PRECISIONS {
            let vectors = Tensor::zeros((0, 4), dtype, &Device::Cpu).expect("no row");
            let mut kept = Kept {
                vectors,
                labels: Vec::new(),
            };
            for (batch, step) in peer.stream.iter().zip(&memory.steps) {
                let (x, labels): (Var, _) = (batch.vectors[0].var(dtype), batch.classes());
                kept = kept.with(&x, &labels, peer.memory);
                // By theirs the vectors in the memory are constants, by ours those of the batch are not.
                let (loss, same_gradient) = match memory.loss.as_str() {
                    "supervised contrastive" => (with_queue(&x, &labels, &kept), false),
                    other => (with_memory(other, &x, &labels, &kept), true),
                };
                let what = format!("{} in {dtype:?}", memory.loss);
                let value = numbers(&loss);
                assert!(
                    apart(&value, &[Some(step.value)]) <= most,
                    "{what}: {value:?}, {}",
                    step.value
                );
                let gradients = loss.backward().expect("gradients");
                let got = numbers(gradients.get(&x).expect("a gradient"));
                let expected = match same_gradient {
                    true => step.gradient.clone(),
                    false => vec![None; got.len()],
                };
                assert!(apart(&got, &expected) <= most, "{what}: {got:?}, {expected:?}");
            }
        }
    }
    assert_eq!(peer.memories.len(), 3);
}
