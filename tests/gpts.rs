//! Small GPTs in the forms of GPT, GPT-2 and Llama, and positions: their numbers are those that
//! tests/oracles/gpts.py wrote with transformers 5.24.0 and torch 2.15.0.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;

use course::context::attention::HeadSizes;
use course::context::positions::{Positions, RotaryPairs, alibi_slopes, rotate, sinusoidal};
use course::context::{Activation, BlockSizes, Gpt, GptConfig, NormKind};
use course::lm::Sampling;
use course::nn::{DType, Device, Names, Tensor, Tensors, backward};
use course::rng::seeded;
use serde::Deserialize;

#[derive(Deserialize)]
struct Peer {
    torch: String,
    transformers: String,
    gpt1: Model,
    gpt2: Model,
    llama: Model,
    sinusoidal: Written,
    rotary: Turned,
    slopes: BTreeMap<usize, Vec<f32>>,
}

#[derive(Deserialize)]
struct Model {
    ids: Vec<Vec<u32>>,
    logits: Written,
    loss: f64,
    parameters: BTreeMap<String, Written>,
    gradients: BTreeMap<String, Written>,
    greedy: Vec<u32>,
    penalised: Vec<u32>,
}

#[derive(Deserialize)]
struct Turned {
    x: Written,
    turned: Written,
}

#[derive(Deserialize)]
struct Written {
    shape: Vec<usize>,
    numbers: Vec<f32>,
}

impl Written {
    fn tensor(&self) -> Tensor {
        Tensor::from_slice(&self.numbers, self.shape.as_slice(), &Device::Cpu).expect("a tensor")
    }

    fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks(self.shape[self.shape.len() - 1])
    }

    /// Both sides have f32: 1e-5 of the larger of 1 and the number is some ten roundings.
    fn is(&self, got: &Tensor, what: &str) {
        assert_eq!(got.dims(), self.shape, "{what}");
        let got: Vec<f32> = got.flatten_all().and_then(|got| got.to_vec1()).expect("numbers");
        for (i, (got, expected)) in got.into_iter().zip(&self.numbers).enumerate() {
            let apart = (got - expected).abs() / expected.abs().max(1.0);
            assert!(
                apart <= 1e-5,
                "{what}, number {i}: {got}, transformers {expected}"
            );
        }
    }
}

fn peer() -> Peer {
    let peer: Peer = serde_json::from_str(include_str!("fixtures/context/gpts.json")).expect("JSON");
    assert!(peer.torch.starts_with("2.15.0") && peer.transformers == "5.24.0");
    peer
}

const GPT2: fn() -> GptConfig = || GptConfig::new(13, 8, 2, 2, 8);

fn gpt1() -> GptConfig {
    let sizes = GPT2();
    GptConfig {
        block: BlockSizes {
            norm_first: false,
            ..sizes.block
        },
        ..sizes
    }
}

fn llama() -> GptConfig {
    GptConfig {
        block: BlockSizes {
            attention: HeadSizes {
                width: 16,
                heads: 4,
                kv_heads: 2,
                bias: false,
            },
            hidden: 24,
            activation: Activation::SwiGlu,
            norm: NormKind::Rms { epsilon: 1e-6 },
            norm_first: true,
            dropout: 0.0,
        },
        positions: Positions::Rotary { base: 100.0 },
        tied: false,
        ..GptConfig::new(13, 8, 2, 4, 16)
    }
}

/// The network with their weights.
fn loaded(config: &GptConfig, theirs: &Model) -> Gpt {
    let gpt = Gpt::on(config, DType::F32, &Device::Cpu, 1).expect("a model");
    let tensors = theirs.parameters.iter();
    let tensors: Tensors = tensors.map(|(name, x)| (name.clone(), x.tensor())).collect();
    gpt.parameters()
        .take_over(&tensors, &Names::same())
        .expect("the same names and shapes");
    gpt
}

#[test]
fn gpt_gpt2_and_llama_are_transformers_to_the_gradients() {
    let peer = peer();
    for (name, config, theirs) in [
        ("GPT", gpt1(), &peer.gpt1),
        ("GPT-2", GPT2(), &peer.gpt2),
        ("Llama", llama(), &peer.llama),
    ] {
        let gpt = loaded(&config, theirs);
        let ids = Tensor::new(theirs.ids.clone(), &Device::Cpu).expect("ids");
        theirs.logits.is(&gpt.forward(&ids, None).expect("logits"), name);
        let loss = gpt.loss(&theirs.ids, None).expect("a loss");
        let value = loss.to_scalar::<f32>().expect("a number");
        assert!((f64::from(value) - theirs.loss).abs() < 1e-5, "{name}: {value}");
        let gradients = backward(&loss).expect("gradients");
        assert_eq!(gpt.parameters().len(), theirs.gradients.len());
        for (parameter, variable) in gpt.parameters().iter() {
            let gradient = gradients.get(variable).expect("a gradient");
            theirs.gradients[parameter].is(gradient, &format!("{name} {parameter}"));
        }
    }
}

/// Greedy, and greedy with a repetition penalty of 1.8, each token from the cache of those before.
#[test]
fn generation_is_that_of_transformers_token_for_token() {
    let peer = peer();
    for (config, theirs) in [(gpt1(), &peer.gpt1), (GPT2(), &peer.gpt2), (llama(), &peer.llama)] {
        let gpt = loaded(&config, theirs);
        for (penalty, expected) in [(1.0, &theirs.greedy), (1.8, &theirs.penalised)] {
            let sampling = Sampling {
                repetition_penalty: penalty,
                ..Sampling::greedy()
            };
            let (mut context, mut cache) = (vec![3, 1], gpt.cache());
            while context.len() < expected.len() {
                let logits = gpt
                    .next_logits(&context[cache.len()..], &mut cache)
                    .expect("logits");
                let token = sampling.token(&logits, &context, &mut seeded(1));
                context.push(token.expect("a token"));
            }
            assert_eq!(&context, expected);
        }
    }
}

#[test]
fn positions_are_those_of_transformers() {
    let peer = peer();
    let close = |a: &[f32], b: &[f32]| {
        assert_eq!(a.len(), b.len());
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
    };
    for (p, row) in peer.sinusoidal.rows().enumerate() {
        // Theirs has all sines first.
        let ours = sinusoidal(p, 6).expect("an even width");
        let sorted: Vec<f32> = [0, 2, 4, 1, 3, 5].iter().map(|&i| ours[i]).collect();
        assert!(close(&sorted, row), "{sorted:?} {row:?}");
    }
    for (p, (x, turned)) in peer.rotary.x.rows().zip(peer.rotary.turned.rows()).enumerate() {
        let ours = rotate(x, p, 10_000.0, RotaryPairs::Neighbours).expect("pairs");
        assert!(close(&ours, turned), "{ours:?} {turned:?}");
    }
    assert_eq!(peer.slopes.len(), 5);
    for (&heads, slopes) in &peer.slopes {
        assert!(
            close(&alibi_slopes(heads).expect("heads"), slopes),
            "{heads} heads"
        );
    }
}
