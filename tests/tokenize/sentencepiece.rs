//! Models that SentencePiece has trained with many options: its numbers, its positions and its texts.

use std::io::Read as _;

use course::tokenize::formats::{AnyTokenizer, load};
use course::tokenize::{Bpe, Tokenizer, Unigram};
use data_encoding::BASE64;
use flate2::read::GzDecoder;
use serde_json::Value;

/// The models and numbers are those of `tests/oracles/sentencepiece_trainings.py`.
fn trainings() -> Value {
    let mut text = String::new();
    let bytes = include_bytes!("../oracles/sentencepiece/trainings.json.gz");
    GzDecoder::new(bytes.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

fn numbers(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap()
}

/// In a unigram model here, each byte of a character has the position of the whole character. In
/// SentencePiece all bytes but the last have none.
fn is_byte(t: &dyn Tokenizer, id: u32) -> bool {
    t.token_text(id).unwrap().starts_with("<0x")
}

#[test]
fn seventy_trainings_give_sentencepiece_s_numbers_places_and_texts() {
    let folder = std::env::temp_dir().join(format!("course-trainings-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let peer = trainings();
    let texts: Vec<&str> = peer["texts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t.as_str().unwrap())
        .collect();
    let (mut n_read, mut refused, mut wrong) = (0, Vec::new(), Vec::new());
    for model in peer["models"].as_array().unwrap() {
        let path = folder.join("t.model");
        std::fs::write(
            &path,
            BASE64
                .decode(model["model"].as_str().unwrap().as_bytes())
                .unwrap(),
        )
        .unwrap();
        let t = match load(&path) {
            Ok(t) => t,
            Err(e) => {
                refused.push((model["options"].clone(), e.to_string()));
                continue;
            }
        };
        n_read += 1;
        let options = format!("{}, given {}", model["options"], model["given"]);
        for (text, case) in texts.iter().zip(model["cases"].as_array().unwrap()) {
            let (ids, places) = (numbers(&case[0]), numbers(&case[1]));
            let e = t.encode(text);
            if t.ids(text) != ids {
                wrong.push(format!(
                    "{options} {text:?}: got {:?}, expected {:?}",
                    e.written(),
                    ids.iter()
                        .map(|&id| t.token_text(id).unwrap())
                        .collect::<Vec<_>>()
                ));
                continue;
            }
            assert_eq!(e.ids(), ids);
            let spans: Vec<u32> = (e.tokens().iter())
                .zip(places.chunks(2))
                .flat_map(|(token, theirs)| match is_byte(&t, token.id) {
                    true => [theirs[0], theirs[1]],
                    false => [token.start as u32, token.end as u32],
                })
                .collect();
            if spans != places {
                wrong.push(format!(
                    "{options} {text:?}: got {spans:?}, expected {places:?} of {:?}",
                    e.written()
                ));
            }
            let back = t.decode(&ids).unwrap();
            if back != case[2].as_str().unwrap() {
                wrong.push(format!("{options} {text:?}: got {back:?}, expected {}", case[2]));
            }
        }
        for case in model["decoded"].as_array().unwrap() {
            let back = t.decode(&numbers(&case[0])).unwrap();
            if back != case[1].as_str().unwrap() {
                let names: Vec<_> = numbers(&case[0])
                    .iter()
                    .map(|&id| t.token_text(id).unwrap())
                    .collect();
                wrong.push(format!("{options} {names:?}: got {back:?}, expected {}", case[1]));
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(8)].join("\n")
    );
    assert_eq!(n_read, 70);
    // What is not supported is named in the error.
    let refused: Vec<&str> = refused.iter().map(|r| r.1.as_str()).collect();
    let table = "t.model: expected \"identity\", got a table whose replacements this pack does not do (normalisation \"nmt_nfkc\")";
    let kind = |n| format!("t.model: expected a model of kind Unigram, got Other({n})");
    assert_eq!(refused, [table, table, &kind(3), &kind(4)]);
}

/// The small models in `tests/oracles/sentencepiece_small.py`, written field by field. They have pieces that
/// were appended to a BPE with the score 0, as in Chinese-LLaMA, and spaces at the ends.
#[test]
fn extended_models_and_outer_spaces_are_as_in_sentencepiece() {
    let cases: Value = serde_json::from_str(include_str!("../oracles/sentencepiece/small.json")).unwrap();
    assert_eq!(cases.as_object().unwrap().len(), 12);
    for (name, case) in cases.as_object().unwrap() {
        let bytes = BASE64.decode(case["model"].as_str().unwrap().as_bytes()).unwrap();
        let t = match name.starts_with("bpe") {
            true => AnyTokenizer::Bpe(Bpe::from_sentencepiece(&bytes).unwrap()),
            false => AnyTokenizer::Unigram(Unigram::from_sentencepiece(&bytes).unwrap()),
        };
        for case in case["cases"].as_array().unwrap() {
            let (text, ids) = (case[0].as_str().unwrap(), numbers(&case[1]));
            assert_eq!(t.ids(text), ids, "{name} {text:?} {:?}", t.encode(text));
            assert_eq!(t.encode(text).ids(), ids, "{name} {text:?}");
            assert_eq!(
                t.decode(&ids).unwrap(),
                case[2].as_str().unwrap(),
                "{name} {text:?}"
            );
        }
    }
}

/// A character that is cut becomes one sign for each byte.
#[test]
fn each_byte_of_a_cut_character_is_a_sign_of_its_own() {
    let cases: Value = serde_json::from_str(include_str!("../oracles/sentencepiece/small.json")).unwrap();
    let bytes = BASE64
        .decode(cases["uni-bytes"]["model"].as_str().unwrap().as_bytes())
        .unwrap();
    let t = Unigram::from_sentencepiece(&bytes).unwrap();
    let ids = ["<0xE3>", "<0x81>"].map(|b| t.token_id(b).unwrap());
    assert_eq!(t.decode(&ids).unwrap(), "\u{fffd}\u{fffd}");
    assert_eq!(t.decode_bytes(&ids).unwrap(), [0xe3, 0x81]);
}
