//! Contextual models against the libraries that people use for them.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

mod bert;
mod elmo;
mod minilm;
mod xlnet;

use std::path::PathBuf;

use course::nn::{DType, Tensor, Tensors};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/context")
        .join(name)
}

fn tensors(name: &str) -> Tensors {
    Tensors::read(fixture(name)).expect("a fixture")
}

fn numbers(x: &Tensor) -> Vec<f64> {
    let wide = x.to_dtype(DType::F64).and_then(|x| x.flatten_all()?.to_vec1());
    wide.expect("numbers")
}

/// Asserts that the numbers are the same. An error may be `most` times the larger of 1 and the number.
fn same(got: &Tensor, expected: &Tensor, most: f64, what: &str) {
    assert_eq!(got.elem_count(), expected.elem_count(), "{what}");
    for (i, (got, expected)) in numbers(got).into_iter().zip(numbers(expected)).enumerate() {
        let apart = (got - expected).abs() / expected.abs().max(1.0);
        assert!(apart <= most, "{what}, number {i}: {got}, expected {expected}");
    }
}

fn message<T>(result: course::Result<T>) -> String {
    result.map(|_| ()).expect_err("it cannot be").to_string()
}
