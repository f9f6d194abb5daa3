//! A tiny BERT as transformers 5.24 writes it: its layers, heads, loss and all gradients. The expected
//! numbers are those of tests/oracles/context_bert.py.

use course::context::{Bert, BertBatch, BertEncoder, BertSizes, Contextual as _};
use course::nn::{DType, Names, Tensor, Tensors, backward};
use course::rng::seeded;
use course::tokenize::{Normalization, WordPiece};

use super::{fixture, message, numbers, same, tensors};

fn sizes() -> BertSizes {
    BertSizes::read(fixture("bert.json")).expect("sizes")
}

fn encoder(dtype: DType) -> BertEncoder {
    let made = BertEncoder::new(&sizes(), true, dtype, &mut seeded(1)).expect("an encoder");
    let names = BertEncoder::names(true);
    made.parameters()
        .take_over(&tensors("bert.safetensors"), &names)
        .expect("all of them");
    made
}

fn whole(x: &Tensor) -> Vec<u32> {
    numbers(x).into_iter().map(|x| x as u32).collect()
}

/// The texts of the fixture: two, the second with two tokens of padding.
fn texts(expected: &Tensors) -> (Vec<Vec<u32>>, Vec<u32>) {
    let ids = whole(expected.get("ids").expect("ids"));
    let types = whole(expected.get("types").expect("types"));
    (vec![ids[..6].to_vec(), ids[6..10].to_vec()], types)
}

#[test]
fn a_tiny_bert_is_that_of_transformers_to_the_gradients() {
    let expected = tensors("bert_expected.safetensors");
    let get = |name: &str| expected.get(name).expect("it is in the fixture");
    let (texts, types) = texts(&expected);
    let batch = BertBatch::padded(&texts, 0)
        .with_types(types)
        .expect("a part for each row");
    let labels = numbers(get("labels"));
    let masked: Vec<(u32, u32)> = (0..)
        .zip(labels)
        .filter(|l| l.1 >= 0.0)
        .map(|(i, l)| (i, l as u32))
        .collect();
    assert_eq!(masked, [(1, 7), (3, 11), (8, 6)]);
    // f64: the weights are numbers of f32, so nothing is rounded before the first operation.
    for (dtype, most) in [(DType::F32, 1e-5), (DType::F64, 1e-10)] {
        let encoder = encoder(dtype);
        let states = encoder.states(&batch).expect("states");
        assert_eq!(states.len(), 3);
        for (i, state) in states.iter().enumerate() {
            same(state, get(&format!("layer.{i}")), most, &format!("layer {i}"));
        }
        let last = states.last().expect("the last");
        same(
            &encoder.encode(&batch).expect("states"),
            last,
            0.0,
            "without a gradient",
        );
        let rows: Vec<u32> = (0..12).collect();
        let logits = encoder.masked_logits(last, &rows).expect("logits");
        same(&logits, get("masked_logits"), most, "logits of masked tokens");
        same(
            &encoder.pooled(last, &batch).expect("pooled"),
            get("pooled"),
            most,
            "pooled",
        );
        let next = encoder.next_logits(last, &batch).expect("logits");
        same(&next, get("next_logits"), most, "logits of the next sentence");

        let loss = encoder.loss(&batch, &masked, &[true, false]).expect("a loss");
        same(&loss, get("loss"), most, "the loss");
        let gradients = backward(&loss).expect("gradients");
        let mut n = 0;
        for (theirs, gradient) in expected.iter() {
            let Some(name) = theirs.strip_prefix("gradient.") else {
                continue;
            };
            let ours = BertEncoder::names(true).ours(name).expect("a parameter");
            let variable = encoder.parameters().get(&ours).expect("a parameter");
            let got = gradients.get(variable).expect("a gradient for each parameter");
            same(got, gradient, most * 10.0, name);
            n += 1;
        }
        assert_eq!(n, encoder.parameters().len());
    }
}

/// Neither padding nor the other texts of a batch change a text's states.
#[test]
fn packed_is_padded_without_the_padding() {
    let encoder = encoder(DType::F64);
    let texts = [
        vec![2, 7, 5, 3],
        vec![2, 3],
        vec![2, 9, 8, 3],
        vec![2, 6, 6, 6, 6, 3],
    ];
    let packed = encoder.encode(&BertBatch::packed(&texts)).expect("states");
    let padded = encoder.encode(&BertBatch::padded(&texts, 0)).expect("states");
    let mut start = 0;
    for (i, text) in texts.iter().enumerate() {
        let n = text.len();
        let of = packed.narrow(0, start, n).expect("its rows");
        let alone = encoder.encode(&BertBatch::packed(&texts[i..=i])).expect("states");
        same(&of, &alone, 1e-12, "alone");
        same(
            &of,
            &padded.narrow(0, 6 * i, n).expect("its rows"),
            1e-12,
            "padded",
        );
        start += n;
    }
    // Every other text, and not only the padded ones, would be wrong without the mask.
    let seen = BertBatch::packed(&[vec![2, 3, 0, 0, 0, 0]]);
    let wrong = encoder
        .encode(&seen)
        .expect("states")
        .narrow(0, 0, 2)
        .expect("rows");
    let right = padded.narrow(0, 6, 2).expect("rows");
    assert!(
        numbers(&wrong)
            .iter()
            .zip(numbers(&right))
            .any(|(a, b)| (a - b).abs() > 1e-3)
    );
}

fn bert() -> Bert {
    let pieces = "[PAD] [UNK] [CLS] [SEP] [MASK] the cat ##s sat table on a b c d e f g h i";
    let pieces = pieces.split(' ').map(str::to_owned).collect();
    let tokenizer = WordPiece::new(pieces, Normalization::default()).expect("a tokenizer");
    Bert::new("tiny", tokenizer, encoder(DType::F32)).expect("a model")
}

#[test]
fn a_text_has_its_tokens_places_and_layers() {
    let states = bert().states("The cats sat").expect("states");
    assert_eq!(states.tokens(), ["[CLS]", "the", "cat", "##s", "sat", "[SEP]"]);
    assert_eq!(states.places(), [0..0, 0..3, 4..7, 7..8, 9..12, 12..12]);
    assert_eq!(
        (states.n_layers(), states.layer(2).expect("the last").dim()),
        (3, (6, 8))
    );
    let rows = states.layer(1).expect("a layer");
    for (j, x) in states
        .vector("cats", 1)
        .expect("a vector")
        .into_iter()
        .enumerate()
    {
        assert!((x - (rows[[2, j]] + rows[[3, j]]) / 2.0).abs() < 1e-6);
    }
    // The same word in another text has the same input, at the same position, and another output.
    let other = bert().states("the cats on").expect("states");
    let cosines = states.cosines("cats", &other, "cats").expect("cosines");
    assert!(
        (cosines[0] - 1.0).abs() < 1e-6 && cosines[2] < 0.999,
        "{cosines:?}"
    );
    let empty = bert().states("").expect("states");
    assert_eq!(empty.tokens(), ["[CLS]", "[SEP]"]);
}

#[test]
fn a_gap_is_filled_by_the_distribution_of_the_head() {
    let bert = bert();
    let filled = bert.fill_in("the [MASK] sat", 20).expect("tokens");
    let sum: f64 = filled.tokens().iter().map(|t| t.1).sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    assert!(filled.tokens().is_sorted_by(|a, b| a.1 >= b.1));
    let batch = BertBatch::packed(&[[2, 5, 4, 8, 3]]);
    let last = bert.encoder().encode(&batch).expect("states");
    let logits = numbers(&bert.encoder().masked_logits(&last, &[2]).expect("logits"));
    let best = (0..20)
        .max_by(|&i, &j| logits[i].total_cmp(&logits[j]))
        .expect("a token");
    let written = bert.states("a").expect("states");
    assert_eq!(written.tokens()[1], "a");
    let token = course::tokenize::Tokenizer::token_text(bert.tokenizer(), best as u32);
    assert_eq!(Some(&filled.tokens()[0].0), token.as_ref());
    for (text, gaps) in [("no gap", 0), ("[MASK] [MASK]", 2)] {
        let e = bert.fill_in(text, 1).expect_err("not one gap").to_string();
        assert_eq!(e, format!("a text with a gap: expected one [MASK], got {gaps}"));
    }
}

/// The word behind the gap is the one that was hidden: the loss falls until the gap is filled right.
#[test]
fn pretraining_learns_what_was_hidden() {
    let encoder = BertEncoder::new(&sizes(), true, DType::F32, &mut seeded(3)).expect("an encoder");
    let texts: Vec<Vec<u32>> = (5..13).map(|word| vec![2, 4, 3, word, 3]).collect();
    let batch = BertBatch::packed(&texts);
    let masked: Vec<(u32, u32)> = (0..8).map(|i| (5 * i + 1, 5 + i)).collect();
    let training = course::train::Training {
        epochs: 400,
        batch: 1,
        learning_rate: 0.02,
        ..Default::default()
    };
    let before = numbers(&encoder.loss(&batch, &masked, &[]).expect("a loss"))[0];
    let loss = |_: &[u32], _: &mut course::rng::Rng| encoder.loss(&batch, &masked, &[]);
    training
        .fit(encoder.parameters(), 1, Default::default(), &loss)
        .expect("a model");
    let after = numbers(&encoder.loss(&batch, &masked, &[]).expect("a loss"))[0];
    assert!(before > 2.5 && after < 0.3, "{before} to {after}");
}

#[test]
fn what_does_not_fit_is_a_clear_error() {
    let encoder = encoder(DType::F32);
    assert_eq!(
        message(encoder.encode(&BertBatch::packed(&[vec![5; 11]]))),
        "a text: expected at most 10 tokens, the model's positions, got 11"
    );
    assert_eq!(
        message(encoder.encode(&BertBatch::packed(&[[2, 20, 3]]))),
        "an id of an embedding: expected 0 to 19, got 20"
    );
    let third = BertBatch::packed(&[[2, 3]])
        .with_types(vec![0, 2])
        .expect("a batch");
    assert_eq!(
        message(encoder.encode(&third)),
        "an id of an embedding: expected 0 to 1, got 2"
    );
    assert_eq!(
        message(encoder.masked_logits(
            &encoder.encode(&BertBatch::packed(&[[2, 3]])).expect("states"),
            &[2]
        )),
        "the row of a masked token: expected below 2, got 2"
    );
    assert_eq!(
        message(encoder.loss(&BertBatch::packed(&[[2, 3]]), &[], &[])),
        "pretraining: expected at least one masked token or pair of sentences, got none"
    );
    let without = BertEncoder::load(&sizes(), false, fixture("bert.safetensors")).expect("an encoder");
    assert_eq!(
        message(without.loss(&BertBatch::packed(&[[2, 3]]), &[(0, 1)], &[])),
        "the head that predicts masked tokens is not here: make the encoder with heads"
    );
    // An empty batch has no states, and an empty text is no text to the pooler.
    let none: [Vec<u32>; 1] = [vec![]];
    let empty = BertBatch::packed(&none);
    let states = encoder.encode(&empty).expect("no rows");
    assert_eq!(states.dims(), [0, 8]);
    assert!(encoder.pooled(&states, &empty).is_err());
}

#[test]
fn a_file_that_does_not_fit_is_named() {
    let folder = std::env::temp_dir().join(format!("course-bert-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("cut.safetensors");
    let file = std::fs::read(fixture("bert.safetensors")).expect("the fixture");
    std::fs::write(&path, &file[..file.len() / 2]).expect("a file");
    let e = message(BertEncoder::load(&sizes(), true, &path));
    assert!(
        e.contains("cut.safetensors: expected safetensors, npz or GGUF, whole"),
        "{e}"
    );

    // A file of a larger model, and one without heads.
    let wide = BertSizes {
        vocab_size: 21,
        ..sizes()
    };
    let e = message(BertEncoder::load(&wide, true, fixture("bert.safetensors")));
    assert!(
        e.contains("expected [21, 8], got [20, 8]") && e.contains("word_embeddings.weight"),
        "{e}"
    );
    let deep = BertSizes {
        num_hidden_layers: 3,
        ..sizes()
    };
    let e = message(BertEncoder::load(&deep, true, fixture("bert.safetensors")));
    assert!(e.contains("no tensor for encoder.layer.2.attention"), "{e}");
    let other: Tensors = tensors("bert.safetensors")
        .iter()
        .map(|(n, t)| (n.replace("query", "q"), t.clone()))
        .collect();
    let made = BertEncoder::new(&sizes(), true, DType::F32, &mut seeded(1)).expect("an encoder");
    let e = message(made.parameters().take_over(&other, &BertEncoder::names(true)));
    assert!(
        e.contains("no parameter for") && e.contains("attention.self.q."),
        "{e}"
    );
    assert!(
        made.parameters()
            .take_over(&other, &Names::same().partial())
            .is_err()
    );

    std::fs::write(folder.join("config.json"), r#"{"model_type": "gpt2"}"#).expect("a file");
    let e = message(BertSizes::read(folder.join("config.json")));
    assert!(e.contains("config.json: missing field `vocab_size`"), "{e}");
    let odd = BertSizes {
        num_attention_heads: 3,
        ..sizes()
    };
    assert_eq!(
        message(BertEncoder::new(&odd, false, DType::F32, &mut seeded(1))),
        "hidden_size: expected a multiple of the 3 heads, got 8"
    );
    std::fs::remove_dir_all(folder).expect("it was there");
}
