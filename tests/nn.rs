//! A small GPT, and the operations that it is made of. Their results and gradients are torch's, and a
//! training that was killed continues to the same bytes.
//!
//! The expected numbers are those that tests/oracles/transformer_block.py wrote with torch 2.15.0.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

mod files;
mod resume;

use std::collections::BTreeMap;

use course::context::{Gpt, GptConfig};
use course::nn::{
    DType, Device, Init, Mask, Names, Parameters, SwiGlu, Tensor, Tensors, Var, attention, backward,
    cross_entropy, gelu, gelu_tanh, layer_norm, log_softmax, rms_norm, softmax,
};
use course::rng::seeded;
use serde::Deserialize;

#[derive(Deserialize)]
struct Peer {
    torch: String,
    ids: Vec<Vec<u32>>,
    targets: Vec<u32>,
    parameters: BTreeMap<String, Written>,
    logits: Written,
    loss: f64,
    gradients: BTreeMap<String, Written>,
    operations: BTreeMap<String, Operation>,
}

#[derive(Deserialize)]
struct Written {
    shape: Vec<usize>,
    numbers: Vec<f64>,
}

#[derive(Deserialize)]
struct Operation {
    inputs: Vec<Written>,
    result: Written,
    weights: Written,
    gradients: Vec<Written>,
}

fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("fixtures/nn/transformer_block.json")).expect("JSON");
    assert!(peer.torch.starts_with("2.15.0"), "{}", peer.torch);
    peer
}

impl Written {
    fn tensor(&self, dtype: DType) -> Tensor {
        let tensor = Tensor::from_slice(&self.numbers, self.shape.as_slice(), &Device::Cpu);
        tensor
            .and_then(|tensor| tensor.to_dtype(dtype))
            .expect("a tensor")
    }

    /// Asserts that `got` equals these numbers. An error may be `most` times the larger of 1 and the number.
    fn is(&self, got: &Tensor, most: f64, what: &str) {
        assert_eq!(got.dims(), self.shape, "{what}");
        let got = got
            .to_dtype(DType::F64)
            .and_then(|got| got.flatten_all()?.to_vec1::<f64>());
        for (i, (got, expected)) in got.expect("numbers").into_iter().zip(&self.numbers).enumerate() {
            let apart = (got - expected).abs() / expected.abs().max(1.0);
            assert!(apart <= most, "{what}, number {i}: {got}, torch {expected}");
        }
    }
}

/// The precision required for each type. In `f64` the limit is the file's twelve digits.
const PRECISIONS: [(DType, f64); 2] = [(DType::F32, 1e-5), (DType::F64, 1e-10)];

#[test]
fn a_gpt_is_torchs_to_the_gradients() {
    let peer = peer();
    for (dtype, most) in PRECISIONS {
        let sizes = GptConfig::new(11, 6, 2, 2, 8);
        let gpt = Gpt::on(&sizes, dtype, &Device::Cpu, 1).expect("a model");
        let parameters = gpt.parameters();
        let theirs = peer
            .parameters
            .iter()
            .map(|(name, written)| (name.clone(), written.tensor(DType::F64)));
        let theirs: Tensors = theirs.collect();
        parameters
            .take_over(&theirs, &Names::same())
            .expect("the same names and shapes");

        let ids = Tensor::new(peer.ids.clone(), &Device::Cpu).expect("ids");
        let logits = gpt
            .forward(&ids, None)
            .expect("logits")
            .flatten_to(1)
            .expect("rows");
        let loss = cross_entropy(&logits, &peer.targets).expect("a loss");
        let value = loss
            .to_dtype(DType::F64)
            .and_then(|loss| loss.to_scalar::<f64>())
            .expect("a number");
        assert!((value - peer.loss).abs() <= most, "{value}, torch {}", peer.loss);
        let logits = logits
            .reshape(peer.logits.shape.as_slice())
            .expect("the same numbers");
        peer.logits.is(&logits, most, "the logits");

        let gradients = backward(&loss).expect("gradients");
        assert_eq!(parameters.len(), peer.gradients.len());
        for (name, variable) in parameters.iter() {
            let gradient = gradients.get(variable).expect("a gradient for each parameter");
            peer.gradients[name].is(gradient, most, name);
        }
    }
}

#[test]
fn single_operations_are_torchs_to_the_gradients() {
    let peer = peer();
    let one = |x: &[Tensor], f: fn(&Tensor) -> course::Result<Tensor>| f(&x[0]);
    for (name, operation) in &peer.operations {
        for (dtype, most) in PRECISIONS {
            let inputs = operation
                .inputs
                .iter()
                .map(|x| Var::from_tensor(&x.tensor(dtype)).expect("a variable"));
            let mut inputs: Vec<Var> = inputs.collect();
            let x: Vec<Tensor> = inputs.iter().map(|x| x.as_tensor().clone()).collect();
            let result = match name.as_str() {
                "softmax" => one(&x, softmax),
                "log_softmax" => one(&x, log_softmax),
                "gelu" => one(&x, gelu),
                "gelu_tanh" => one(&x, gelu_tanh),
                "layer_norm" => layer_norm(&x[0], &x[1], &x[2], 1e-5),
                "rms_norm" => rms_norm(&x[0], &x[1], 1e-6),
                "swiglu" => swiglu(&mut inputs),
                "attention" => attention(&x[0], &x[1], &x[2], &Mask::None),
                "causal_attention" => attention(&x[0], &x[1], &x[2], &Mask::Causal),
                "masked_attention" => {
                    let allowed = Tensor::new(&[[1_u8, 0, 1], [0, 0, 0], [1, 1, 1]], &Device::Cpu);
                    let mask = Mask::allowed(&allowed.expect("a mask")).expect("a mask");
                    attention(&x[0], &x[1], &x[2], &mask)
                }
                "cross_entropy" => cross_entropy(&x[0], &[4, 0, 2]),
                other => panic!("no operation {other} here"),
            };
            let result = result.expect(name);
            operation.result.is(&result, most, name);
            let loss = (result * operation.weights.tensor(dtype)).and_then(|x| x.sum_all());
            let gradients = loss.and_then(|loss| loss.backward()).expect(name);
            for (input, expected) in inputs.iter().zip(&operation.gradients) {
                expected.is(gradients.get(input).expect(name), most, name);
            }
        }
    }
    assert_eq!(peer.operations.len(), 11);
}

/// The layer, with the given weights in place of its own.
fn swiglu(x: &mut [Var]) -> course::Result<Tensor> {
    let mut parameters = Parameters::new(x[0].dtype(), &Device::Cpu);
    let layer = SwiGlu::new(parameters.scope("mlp"), 4, 6, Init::Zeros, &mut seeded(1))?;
    let names = [
        "mlp.gate_proj.weight",
        "mlp.up_proj.weight",
        "mlp.down_proj.weight",
    ];
    for (weight, name) in x[1..].iter_mut().zip(names) {
        parameters.set(name, weight)?;
        *weight = parameters.get(name)?.clone();
    }
    layer.forward(&x[0])
}
