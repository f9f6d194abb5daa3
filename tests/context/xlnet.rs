//! A tiny XLNet as transformers 5.24 writes it: both streams after a memory, its loss and all gradients. The
//! expected numbers are those of tests/oracles/context_xlnet.py.

use std::sync::Arc;

use course::context::{
    Contextual as _, Permutation, Xlnet, XlnetEncoder, XlnetMemory, XlnetSizes, XlnetStates,
};
use course::nn::{DType, Tensor, Tensors, backward};
use course::rng::seeded;
use course::tokenize::{Bpe, BpeTraining, Tokenizer as _};

use super::{fixture, message, numbers, same, tensors};

const BEFORE: [u32; 3] = [4, 9, 2];
const IDS: [u32; 6] = [7, 5, 5, 11, 19, 3];
const PARTS: [u32; 6] = [0, 0, 1, 1, 1, 0];

fn sizes() -> XlnetSizes {
    XlnetSizes::read(fixture("xlnet.json")).expect("sizes")
}

fn encoder(dtype: DType) -> XlnetEncoder {
    let made = XlnetEncoder::new(&sizes(), dtype, &mut seeded(1)).expect("an encoder");
    made.parameters()
        .take_over(&tensors("xlnet.safetensors"), &XlnetEncoder::names())
        .expect("all");
    made
}

fn order() -> Permutation {
    Permutation::new(vec![3, 0, 5, 1, 4, 2]).expect("an order")
}

fn memory(encoder: &XlnetEncoder) -> XlnetMemory {
    let mut memory = XlnetMemory::default();
    encoder.states(&BEFORE, &[], None, &mut memory).expect("states");
    memory
}

/// In f64 the limit is the library's positions, which are in f32 whatever the model has.
const PRECISIONS: [(DType, f64); 2] = [(DType::F32, 1e-5), (DType::F64, 1e-6)];

fn is_content(states: &XlnetStates, name: &str, expected: &Tensors, most: f64) {
    assert_eq!(states.content.len(), 3);
    for (i, state) in states.content.iter().enumerate() {
        let what = format!("{name}.{i}");
        same(state, expected.get(&what).expect("a layer"), most, &what);
    }
}

#[test]
fn content_states_and_memory_are_those_of_transformers() {
    let expected = tensors("xlnet_expected.safetensors");
    for (dtype, most) in PRECISIONS {
        let encoder = encoder(dtype);
        let plain = encoder
            .states(&IDS, &PARTS, None, &mut XlnetMemory::default())
            .expect("states");
        is_content(&plain, "plain", &expected, most);
        let logits = encoder.logits(&plain.content[2]).expect("logits");
        same(
            &logits,
            expected.get("plain.logits").expect("logits"),
            most,
            "logits",
        );

        let mut memory = memory(&encoder);
        assert_eq!(memory.layers()[1].dims(), [3, 8]);
        let after = encoder.states(&IDS, &PARTS, None, &mut memory).expect("states");
        is_content(&after, "after", &expected, most);
        // Of nine tokens the last four are kept.
        for (i, layer) in memory.layers().iter().enumerate() {
            same(
                layer,
                expected.get(&format!("memory.{i}")).expect("a memory"),
                most,
                "memory",
            );
        }
    }
}

#[test]
fn two_streams_are_those_of_transformers_to_the_gradients() {
    let expected = tensors("xlnet_expected.safetensors");
    let get = |name: &str| expected.get(name).expect("it is in the fixture");
    for (dtype, most) in PRECISIONS {
        let encoder = encoder(dtype);
        let states = encoder
            .states(&IDS, &PARTS, Some(&order()), &mut memory(&encoder))
            .expect("states");
        // The library predicts the last three of the order only: positions 1, 4, 2.
        let targets = |g: &Tensor| {
            let rows = [1, 4, 2].map(|i| g.narrow(0, i, 1).expect("a row"));
            Tensor::cat(&rows, 0).expect("rows")
        };
        for i in 0..3 {
            same(
                &states.content[i],
                get(&format!("two.{}", 2 * i)),
                most,
                "content",
            );
            same(
                &targets(&states.query[i]),
                get(&format!("two.{}", 2 * i + 1)),
                most,
                "query",
            );
        }
        let logits = encoder.logits(&targets(&states.query[2])).expect("logits");
        same(&logits, get("two.logits"), most, "logits");

        let loss = encoder
            .loss(&IDS, &PARTS, &order(), 3, &mut memory(&encoder))
            .expect("a loss");
        same(&loss, get("loss"), most, "the loss");
        let gradients = backward(&loss).expect("gradients");
        let mut n = 0;
        for (theirs, gradient) in expected.iter() {
            let Some(name) = theirs.strip_prefix("gradient.") else {
                continue;
            };
            let variable = encoder.parameters().get(name).expect("a parameter");
            let got = gradients.get(variable).expect("a gradient for each parameter");
            same(got, gradient, most * 10.0, name);
            n += 1;
        }
        assert_eq!(n, encoder.parameters().len());
    }
}

/// What is predicted does not know what it is: another token at a place changes no query state of this place
/// or of earlier ones in the order, and every later one.
#[test]
fn a_query_never_sees_its_token() {
    let encoder = encoder(DType::F64);
    let (order, mut other) = (order(), IDS);
    other[1] = 16; // the fourth of the order
    let of = |ids: &[u32]| {
        let states = encoder
            .states(ids, &[], Some(&order), &mut memory(&encoder))
            .expect("states");
        (
            states.query[2].to_vec2::<f64>().expect("rows"),
            states.content[2].to_vec2::<f64>().expect("rows"),
        )
    };
    let ((g, h), (other_g, other_h)) = (of(&IDS), of(&other));
    for (rank, &i) in order.order().iter().enumerate() {
        assert_eq!(g[i] != other_g[i], rank > 3, "query {i}");
        assert_eq!(h[i] != other_h[i], rank >= 3, "content {i}");
    }
}

/// Only distances count: behind a memory that nobody looks at, as a text alone. Parts are relative.
#[test]
fn positions_and_parts_are_relative() {
    let encoder = encoder(DType::F64);
    let last = |parts: &[u32]| {
        let states = encoder
            .states(&IDS, parts, None, &mut XlnetMemory::default())
            .expect("states");
        states.content[2].clone()
    };
    let swapped = PARTS.map(|part| 1 - part);
    same(&last(&PARTS), &last(&swapped), 1e-12, "parts swapped");
    same(&last(&[0; 6]), &last(&[1; 6]), 1e-12, "one part");
    let apart = numbers(&last(&PARTS))
        .iter()
        .zip(numbers(&last(&[0; 6])))
        .any(|(a, b)| (a - b).abs() > 1e-3);
    assert!(apart);
}

#[test]
fn a_text_has_its_tokens_and_layers() {
    let options = BpeTraining {
        vocab_size: 258,
        ..Default::default()
    };
    let tokenizer = Bpe::train(&["aab aab"], &options).expect("a tokenizer");
    let large = XlnetSizes {
        vocab_size: 258,
        ..sizes()
    };
    let encoder_of =
        |sizes: &XlnetSizes| XlnetEncoder::new(sizes, DType::F32, &mut seeded(1)).expect("an encoder");
    let tokenizer = Arc::new(tokenizer);
    let xlnet = Xlnet::new("tiny", tokenizer.clone(), encoder_of(&large)).expect("a model");
    let states = xlnet.states("aab b").expect("states");
    assert_eq!(states.tokens().len(), tokenizer.count("aab b"));
    assert_eq!(
        (states.n_layers(), states.layer(2).expect("the last").ncols()),
        (3, 8)
    );
    assert_eq!(
        xlnet
            .states("")
            .expect("no tokens")
            .layer(2)
            .expect("the last")
            .dim(),
        (0, 8)
    );
    assert_eq!(
        message(Xlnet::new("tiny", tokenizer, encoder_of(&sizes()))),
        "the tokens of a tokenizer: expected at most 20, the rows of the encoder's table, got 258"
    );
}

#[test]
fn it_learns_a_text_in_any_order() {
    let encoder = XlnetEncoder::new(&sizes(), DType::F32, &mut seeded(1)).expect("an encoder");
    // The first and the last token are alike, so each tells the other.
    let texts: Vec<[u32; 3]> = (0..4).map(|i| [6 + i, 5, 6 + i]).collect();
    let training = course::train::Training {
        epochs: 200,
        batch: 4,
        learning_rate: 0.02,
        ..Default::default()
    };
    let of = |orders: [[usize; 3]; 2]| {
        let all = texts
            .iter()
            .flat_map(|ids| orders.map(|order| (ids, Permutation::new(order.to_vec()))));
        let losses = all.map(|(ids, order)| encoder.loss(ids, &[], &order?, 1, &mut XlnetMemory::default()));
        let losses = losses.collect::<course::Result<Vec<_>>>()?;
        Ok(Tensor::stack(&losses, 0)?.mean_all()?)
    };
    let ends = [[0, 1, 2], [2, 1, 0]];
    let before = numbers(&of(ends).expect("a loss"))[0];
    training
        .fit(encoder.parameters(), 4, Default::default(), &|_, _| of(ends))
        .expect("a model");
    let after = numbers(&of(ends).expect("a loss"))[0];
    assert!(before > 2.5 && after < 0.3, "{before} to {after}");
}

#[test]
fn what_does_not_fit_is_a_clear_error() {
    let encoder = encoder(DType::F32);
    let states =
        |ids: &[u32], parts: &[u32], order| encoder.states(ids, parts, order, &mut XlnetMemory::default());
    assert_eq!(
        message(states(&[20], &[], None)),
        "an id of an embedding: expected 0 to 19, got 20"
    );
    assert_eq!(
        message(states(&[1, 2], &[0], None)),
        "the parts of tokens: expected 2, got 1"
    );
    assert_eq!(
        message(states(&[1, 2], &[], Some(&order()))),
        "an order of tokens: expected 2, got 6"
    );
    let loss = |k| encoder.loss(&IDS, &[], &order(), k, &mut XlnetMemory::default());
    assert_eq!(message(loss(0)), "the number of targets: expected 1 to 6, got 0");
    assert_eq!(message(loss(7)), "the number of targets: expected 1 to 6, got 7");
    let deep = XlnetSizes {
        n_layer: 3,
        ..sizes()
    };
    let e = message(XlnetEncoder::load(&deep, fixture("xlnet.safetensors")));
    assert!(e.contains("no tensor for transformer.layer.2."), "{e}");
    let deep = XlnetEncoder::new(&deep, DType::F32, &mut seeded(1)).expect("an encoder");
    assert_eq!(
        message(deep.states(&IDS, &[], None, &mut memory(&encoder))),
        "a memory: expected 3 layers of (m, 8), got 2 layers of [3, 8]"
    );
    let path = std::env::temp_dir().join(format!("course-xlnet-{}.json", std::process::id()));
    let text = std::fs::read_to_string(fixture("xlnet.json")).expect("a file");
    std::fs::write(&path, text.replace("\"bi\"", "\"uni\"")).expect("a file");
    let e = message(XlnetSizes::read(&path));
    assert!(
        e.ends_with("expected attn_type \"bi\", bi_data false and no clamp_len"),
        "{e}"
    );
    std::fs::remove_file(path).expect("it was there");
}
