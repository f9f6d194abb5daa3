//! The small ELMo that allennlp 0.9.0 ships, with the vectors that the original program gave: see
//! tests/oracles/context_elmo.py.

use course::context::{Contextual as _, Elmo, ElmoEncoder, ElmoMemory, ElmoSizes, mix};
use course::nn::{D, DType, Init, Linear, Names, Parameters, Tensor, Tensors, gradient_check};
use course::rng::seeded;
use serde::Deserialize;

use super::{fixture, message, numbers, same, tensors};

#[derive(Deserialize)]
struct Texts {
    sentences: Vec<Vec<String>>,
    words: Vec<String>,
}

fn texts() -> Texts {
    serde_json::from_str(include_str!("../fixtures/context/elmo/texts.json")).expect("JSON")
}

fn sizes() -> ElmoSizes {
    ElmoSizes::read(fixture("elmo/options.json")).expect("sizes")
}

fn encoder() -> ElmoEncoder {
    ElmoEncoder::load(&sizes(), fixture("elmo/weights.safetensors")).expect("an encoder")
}

fn half(x: &Tensor, from: usize) -> Tensor {
    x.narrow(D::Minus1, from, 16).expect("16 numbers")
}

#[test]
fn words_have_the_vectors_of_the_original() {
    let (encoder, texts) = (encoder(), texts());
    let states = encoder
        .states(&texts.words, &mut ElmoMemory::default())
        .expect("states");
    let expected = tensors("elmo/expected.safetensors");
    let expected = expected.get("words").expect("words");
    for from in [0, 16] {
        same(&half(&states[0], from), expected, 1e-5, "words");
    }
}

/// Three streams; the memory goes on from each sentence to the next.
#[test]
fn the_last_layer_is_that_of_the_original() {
    let (encoder, expected) = (encoder(), tensors("elmo/expected.safetensors"));
    for (k, stream) in texts().sentences.iter().enumerate() {
        let mut memory = ElmoMemory::default();
        for (i, sentence) in stream.iter().enumerate() {
            let words: Vec<&str> = sentence.split_whitespace().collect();
            let states = encoder.states(&words, &mut memory).expect("states");
            let what = format!("{k}.{i}");
            same(&states[2], expected.get(&what).expect("a sentence"), 1e-5, &what);
        }
        // The memory counts: without it the last sentence has other states.
        let last: Vec<&str> = stream[4].split_whitespace().collect();
        let fresh = encoder.states(&last, &mut ElmoMemory::default()).expect("states");
        let expected = numbers(expected.get(&format!("{k}.4")).expect("a sentence"));
        let apart = numbers(&fresh[2])
            .iter()
            .zip(expected)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        assert!(apart > 1e-3, "{apart}");
    }
}

/// The left half of a state depends on what is before it alone, the right half on what is after it.
#[test]
fn neither_direction_sees_the_other_side() {
    let elmo = Elmo::new("tiny", encoder());
    let (one, other) = (
        elmo.states("the cat sat on mats"),
        elmo.states("the cat ran on mats"),
    );
    let (one, other) = (one.expect("states"), other.expect("states"));
    assert_eq!(one.tokens(), ["the", "cat", "sat", "on", "mats"]);
    assert_eq!((one.n_layers(), elmo.n_layers(), elmo.dimension()), (3, 3, 32));
    for layer in 0..3 {
        let (a, b) = (
            one.layer(layer).expect("a layer"),
            other.layer(layer).expect("a layer"),
        );
        let apart = |i: usize, columns: std::ops::Range<usize>| {
            columns
                .map(|j| (a[[i, j]] - b[[i, j]]).abs())
                .fold(0.0_f32, f32::max)
        };
        for i in 0..5 {
            assert_eq!(
                apart(i, 0..16) > 0.0,
                i == 2 || (i > 2 && layer > 0),
                "{layer} {i} left"
            );
            assert_eq!(
                apart(i, 16..32) > 0.0,
                i == 2 || (i < 2 && layer > 0),
                "{layer} {i} right"
            );
        }
    }
    let mixed = mix(&one, &[0.0, 0.0, 0.0], 3.0).expect("a mix");
    let sum =
        one.layer(0).expect("a layer") + one.layer(1).expect("a layer") + one.layer(2).expect("a layer");
    assert!((&mixed - &sum).iter().all(|x| x.abs() < 1e-5));
    assert_eq!(
        elmo.states("")
            .expect("no words")
            .layer(2)
            .expect("a layer")
            .dim(),
        (0, 32)
    );
}

fn small() -> ElmoSizes {
    ElmoSizes {
        character: 2,
        filters: vec![(1, 2), (3, 2)],
        highways: 1,
        tanh: true,
        projection: 2,
        cell: 3,
        layers: 2,
        cell_clip: Some(3.0),
        projection_clip: Some(3.0),
    }
}

#[test]
fn both_language_models_have_their_gradients() {
    let encoder = ElmoEncoder::new(&small(), DType::F64, &mut seeded(1)).expect("an encoder");
    let mut more = Parameters::new(DType::F64, encoder.parameters().device());
    let head = Linear::new(more.scope("head"), 2, 5, Init::FanIn, &mut seeded(2)).expect("a head");
    let words = ["it", "sat", "on"];
    let loss = || encoder.loss(&words, &[0, 2, 3, 4, 1], &head);
    let all = encoder.parameters().iter().chain(more.iter());
    gradient_check(all, loss)
        .expect("a check")
        .within(1e-6)
        .expect("the gradients are right");
}

/// "a b" or "b a" again and again: each word tells its neighbour on both sides.
#[test]
fn it_learns_a_language_from_both_sides() {
    let wider = ElmoSizes {
        projection: 4,
        cell: 8,
        ..small()
    };
    let encoder = ElmoEncoder::new(&wider, DType::F32, &mut seeded(1)).expect("an encoder");
    let mut more = Parameters::new(DType::F32, encoder.parameters().device());
    let head = Linear::new(more.scope("head"), 4, 4, Init::Normal(2.0), &mut seeded(2)).expect("a head");
    let texts = [(["a", "b"], [0, 2, 3, 1]), (["b", "a"], [0, 3, 2, 1])];
    let of = |i: u32| encoder.loss(&texts[i as usize].0, &texts[i as usize].1, &head);
    let mean = || (0..2).map(|i| numbers(&of(i).expect("a loss"))[0]).sum::<f64>() / 2.0;
    let before = mean();
    let training = course::train::Training {
        epochs: 300,
        batch: 1,
        learning_rate: 0.03,
        ..Default::default()
    };
    let loss = |batch: &[u32], _: &mut course::rng::Rng| of(batch[0]);
    training
        .fit(encoder.parameters(), 2, Default::default(), &loss)
        .expect("a model");
    // Of three predictions the first is a coin's: at best ln 2 / 3.
    let (after, best) = (mean(), 2_f64.ln() / 3.0);
    assert!(
        before > best + 0.5 && after > best - 1e-3 && after < best + 0.3,
        "{before} to {after}"
    );
}

#[test]
fn what_does_not_fit_is_a_clear_error() {
    let wide = ElmoSizes {
        projection: 8,
        ..sizes()
    };
    let e = message(ElmoEncoder::load(&wide, fixture("elmo/weights.safetensors")));
    assert!(
        e.contains("CNN_proj.W_proj expected [124, 8], got [124, 16]"),
        "{e}"
    );
    let deep = ElmoSizes { layers: 3, ..sizes() };
    let e = message(ElmoEncoder::load(&deep, fixture("elmo/weights.safetensors")));
    assert!(e.contains("no tensor for RNN_0.RNN.MultiRNNCell.Cell2"), "{e}");
    let renamed = tensors("elmo/weights.safetensors");
    let renamed: Tensors = renamed
        .iter()
        .map(|(name, t)| (name.replace("CNN_high", "high"), t.clone()))
        .collect();
    let e = message(encoder().parameters().take_over(&renamed, &Names::same()));
    assert!(e.contains("no parameter for high_0.W_carry"), "{e}");
    let too_wide = ElmoSizes {
        filters: vec![(51, 1)],
        ..sizes()
    };
    assert_eq!(
        message(ElmoEncoder::new(&too_wide, DType::F32, &mut seeded(1))),
        "the width of a filter: expected 1 to 50, got 51"
    );
    let mut memory = ElmoMemory::default();
    encoder().states(&["a"], &mut memory).expect("states");
    let one = ElmoSizes { layers: 1, ..small() };
    let one = ElmoEncoder::new(&one, DType::F32, &mut seeded(1)).expect("an encoder");
    assert_eq!(
        message(one.states(&["a"], &mut memory)),
        "a memory: expected 1 layers, got 2"
    );

    let path = std::env::temp_dir().join(format!("course-elmo-{}.json", std::process::id()));
    let options = std::fs::read_to_string(fixture("elmo/options.json")).expect("a file");
    for (from, to, problem) in [
        ("262", "300", "n_characters: expected 261 or 262, got 300"),
        ("relu", "gelu", "activation: expected tanh or relu, got gelu"),
        ("true", "false", "use_skip_connections: expected true, got false"),
        ("\"dim\": 64", "\"dime\": 64", "missing field `dim`"),
    ] {
        std::fs::write(&path, options.replace(from, to)).expect("a file");
        let e = message(ElmoSizes::read(&path));
        assert!(e.contains(problem), "{e}");
    }
    std::fs::remove_file(&path).expect("it was there");
}
