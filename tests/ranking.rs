//! Ranking losses, miners and metrics against sentence-transformers 6.2, pytorch-metric-learning 2.8, torch
//! and others, values and gradients. Where ours is another number by design, the test says so.
//!
//! The expected numbers are those that tests/oracles/ranking_*.py wrote; the first lines of each say how.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

mod cached;
mod compare;
mod digits;
mod distances;
mod geometry;
mod losses;
mod memory;
mod miners;
mod plain;
mod plain_softmax;
mod retrieval;
mod softmax;

use std::collections::BTreeMap;

use course::nn::{DType, Device, Tensor, Var};
use serde::Deserialize;
use serde_json::Value;

type Versions = BTreeMap<String, String>;

/// Asserts that a file was written by the libraries that its test speaks of.
fn written_by(versions: &Versions) {
    let expected = [
        ("torch", "2.15.0"),
        ("sentence-transformers", "6.2.0"),
        ("pytorch-metric-learning", "2.8.1"),
    ];
    for (library, version) in expected {
        assert_eq!(versions[library], version, "{library}");
    }
}

/// A tensor as the oracles write it.
#[derive(Deserialize)]
struct Written {
    shape: Vec<usize>,
    numbers: Vec<f64>,
}

impl Written {
    fn tensor(&self, dtype: DType) -> Tensor {
        let tensor = Tensor::from_slice(&self.numbers, self.shape.as_slice(), &Device::Cpu);
        tensor
            .and_then(|tensor| tensor.to_dtype(dtype))
            .expect("a tensor")
    }

    fn var(&self, dtype: DType) -> Var {
        Var::from_tensor(&self.tensor(dtype)).expect("a variable")
    }

    /// Row by row, as a matrix of `f32`.
    fn rows(&self) -> ndarray::Array2<f32> {
        let numbers = self.numbers.iter().map(|&x| x as f32).collect();
        ndarray::Array2::from_shape_vec((self.shape[0], self.shape[1]), numbers).expect("a matrix")
    }
}

/// Vectors, and a label for each row if there are any.
#[derive(Deserialize)]
struct Batch {
    vectors: Vec<Written>,
    labels: Vec<f64>,
}

impl Batch {
    fn classes(&self) -> Vec<u32> {
        self.labels.iter().map(|&label| label as u32).collect()
    }
}

/// Batches by kind and name.
type Batches = BTreeMap<String, BTreeMap<String, Batch>>;

/// What a loss was asked for.
#[derive(Deserialize)]
struct Options(BTreeMap<String, Value>);

impl Options {
    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().expect(name)
    }

    fn number(&self, name: &str) -> f64 {
        self.0[name].as_f64().expect(name)
    }

    fn flag(&self, name: &str) -> bool {
        self.0[name].as_bool().expect(name)
    }

    fn list<T: serde::de::DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_value(self.0[name].clone()).expect(name)
    }
}

/// All numbers of a tensor.
fn numbers(tensor: &Tensor) -> Vec<f64> {
    let tensor = tensor.to_dtype(DType::F64).and_then(|x| x.flatten_all());
    tensor.and_then(|x| x.to_vec1()).expect("numbers")
}

/// The largest difference of two lists, as a share of the largest number expected or of 1. What is not
/// expected to be a number only has to be finite.
fn apart(got: &[f64], expected: &[Option<f64>]) -> f64 {
    assert_eq!(got.len(), expected.len());
    let largest = expected
        .iter()
        .flatten()
        .fold(1.0, |largest: f64, x| largest.max(x.abs()));
    let apart = |(got, expected): (&f64, &Option<f64>)| match expected {
        _ if !got.is_finite() => f64::INFINITY,
        Some(expected) => (got - expected).abs() / largest,
        None => 0.0,
    };
    got.iter().zip(expected).map(apart).fold(0.0, f64::max)
}

/// How far apart value and gradient may be: what is asked for in `f32`, and the file's eight digits in `f64`.
const PRECISIONS: [(DType, f64); 2] = [(DType::F32, 1e-5), (DType::F64, 1e-7)];
