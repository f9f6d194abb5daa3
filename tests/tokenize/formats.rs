//! Tokenizers in files: written for the `tokenizers` library and read again, read from SentencePiece files,
//! and broken ones.

use course::tokenize::formats::load;
use course::tokenize::{
    Bpe, BpeTraining, Gpt, Hf, Level, Normalization, Pattern, Score, Special, Tiktoken, Tokenizer, Unigram,
    UnigramTraining, WordPiece, WordPieceTraining,
};
use proptest::prelude::*;

use super::bpe::texts;

const HARD: &str = "[a-eA-E'’ſ ǅªºéßα語한न\u{301}0-3½ \t\r\n\u{a0}/.,!+🙂\u{200d}\u{0}▁]{0,40}";

/// What is written gives the same numbers in the library and in this pack when it reads the file again.
fn same_everywhere(t: &dyn Tokenizer, json: &str, read: &dyn Fn(&str) -> course::Result<Box<dyn Tokenizer>>) {
    let (again, theirs) = (read(json).unwrap(), Hf::from_json(json).unwrap());
    assert_eq!(again.vocab_size(), t.vocab_size());
    assert_eq!(theirs.vocab_size(), t.vocab_size());
    for id in 0..t.vocab_size() as u32 {
        assert_eq!(again.token_bytes(id), t.token_bytes(id), "{id}");
        assert_eq!(again.token_text(id), t.token_text(id), "{id}");
    }
    for text in texts().iter().step_by(2) {
        let ids = t.ids(text);
        assert_eq!(again.ids(text), ids, "{text:.80?}");
        assert_eq!(theirs.ids(text), ids, "{text:.80?}");
        assert_eq!(
            theirs.decode(&ids).unwrap(),
            t.decode(&ids).unwrap(),
            "{text:.80?}"
        );
    }
    proptest!(|(text in HARD)| {
        let ids = t.ids(&text);
        prop_assert_eq!(again.ids(&text), ids.clone());
        prop_assert_eq!(theirs.ids(&text), ids);
    });
}

fn boxed<T: Tokenizer + 'static>(t: course::Result<T>) -> course::Result<Box<dyn Tokenizer>> {
    t.map(|t| Box::new(t) as Box<dyn Tokenizer>)
}

fn bpe(training: BpeTraining) -> Bpe {
    Bpe::train(&&texts()[..200], &training).unwrap()
}

#[test]
fn a_byte_level_bpe_goes_to_the_library_and_back() {
    for pattern in [Pattern::Gpt2, Pattern::O200k, Pattern::Lines] {
        let t = bpe(BpeTraining {
            vocab_size: 1_500,
            pattern,
            special: vec!["<|end|>".to_owned(), "<s>".to_owned()],
            ..BpeTraining::default()
        });
        let json = t.to_json().unwrap();
        same_everywhere(&t, &json, &|json| boxed(Bpe::from_json(json)));
        let again = Bpe::from_json(&json).unwrap();
        assert_eq!(again.merges(), t.merges());
        assert_eq!(again.special_tokens(), t.special_tokens());
        // The library makes special tokens from text wherever they occur.
        let theirs = Hf::from_json(&json).unwrap();
        let attack = "one<|end|>two <s>";
        assert_eq!(
            theirs.ids(attack),
            again.ids_with_special(attack, Special::Allow).unwrap()
        );
        assert_eq!(json, again.to_json().unwrap());
    }
}

#[test]
fn the_vocabularies_of_gpt_get_their_merges_back() {
    for gpt in [Gpt::R50k, Gpt::Cl100k] {
        let t = gpt.load().unwrap();
        let json = t.to_json().unwrap();
        let theirs = Hf::from_json(&json).unwrap();
        let again = Bpe::from_json(&json).unwrap();
        for text in texts().iter().step_by(5) {
            let ids = t.ids(text);
            assert_eq!(theirs.ids(text), ids);
            assert_eq!(again.ids(text), ids);
        }
        proptest!(|(text in HARD)| {
            prop_assert_eq!(theirs.ids(&text), t.ids(&text));
        });
    }
}

#[test]
fn a_bpe_of_characters_goes_to_the_library_and_back() {
    for byte_fallback in [false, true] {
        let t = bpe(BpeTraining {
            vocab_size: 2_500,
            level: Level::Characters { byte_fallback },
            ..BpeTraining::default()
        });
        let json = t.to_json().unwrap();
        let (again, theirs) = (Bpe::from_json(&json).unwrap(), Hf::from_json(&json).unwrap());
        assert_eq!(again.merges(), t.merges());
        for text in texts().iter().step_by(3) {
            let ids = t.ids(text);
            assert_eq!(again.ids(text), ids, "{text:.80?}");
            assert_eq!(theirs.ids(text), ids, "{text:.80?}");
            if byte_fallback {
                assert_eq!(theirs.decode(&ids).unwrap(), t.decode(&ids).unwrap());
            }
        }
        assert_eq!(theirs.unknown_id(), t.unknown_id());
    }
}

#[test]
fn wordpiece_goes_to_the_library_and_back() {
    let bert = WordPiece::bert();
    same_everywhere(&bert, &bert.to_json().unwrap(), &|json| {
        boxed(WordPiece::from_json(json))
    });
    let training = WordPieceTraining {
        vocab_size: 2_500,
        score: Score::Frequency,
        normalization: Normalization::cased(),
        ..WordPieceTraining::default()
    };
    let trained = WordPiece::train(&&texts()[24..200], &training).unwrap();
    let again = WordPiece::from_json(&trained.to_json().unwrap()).unwrap();
    assert_eq!(again.normalization(), trained.normalization());
    assert_eq!(again.ids("Congress's duties"), trained.ids("Congress's duties"));
}

#[test]
fn unigram_goes_to_the_library_and_back() {
    let training = UnigramTraining {
        vocab_size: 1_200,
        ..UnigramTraining::default()
    };
    let t = Unigram::train(&&texts()[24..200], &training).unwrap();
    for t in [t.clone(), t.collapsing_spaces()] {
        let mut ties = 0;
        let json = t.to_json().unwrap();
        let (again, theirs) = (Unigram::from_json(&json).unwrap(), Hf::from_json(&json).unwrap());
        for text in texts()
            .iter()
            .step_by(3)
            .map(String::as_str)
            .chain(["  two  spaces ", " "])
        {
            let ids = t.ids(text);
            let others = theirs.ids(text);
            assert_eq!(again.ids(text), others, "{text:.80?}");
            // Two cuts with the same tokens in a different order are equally good; the last bit of a sum
            // decides.
            if others != ids {
                let sorted = |ids: &[u32]| {
                    let mut ids = ids.to_vec();
                    ids.sort_unstable();
                    ids
                };
                assert_eq!(sorted(&others), sorted(&ids), "{text:.80?}");
                ties += 1;
            }
        }
        assert!(ties < 10, "{ties}");
        assert_eq!(theirs.unknown_id(), Some(0));
    }
}

/// The models and numbers are those of `tests/oracles/sentencepiece_models.py`.
#[test]
fn sentencepiece_s_models_give_sentencepiece_s_numbers() {
    let peer: serde_json::Value =
        serde_json::from_str(include_str!("../oracles/sentencepiece/ids.json")).unwrap();
    let list = |name: &str| peer[name].as_array().unwrap().clone();
    let unigram =
        Unigram::from_sentencepiece(include_bytes!("../oracles/sentencepiece/unigram.model")).unwrap();
    let bpe = Bpe::from_sentencepiece(include_bytes!("../oracles/sentencepiece/bpe.model")).unwrap();
    assert_eq!((unigram.vocab_size(), bpe.vocab_size()), (900, 900));
    for (name, t) in [("unigram", &unigram as &dyn Tokenizer), ("bpe", &bpe)] {
        let decoded = list(&format!("{name}_decoded"));
        for ((text, ids), back) in list("texts").iter().zip(list(name)).zip(decoded) {
            let text = text.as_str().unwrap();
            let ids: Vec<u32> = serde_json::from_value(ids).unwrap();
            assert_eq!(t.ids(text), ids, "{name}: {text:?}");
            assert_eq!(t.encode(text).ids(), ids, "{name}: {text:?}");
            assert_eq!(
                t.decode(&ids).unwrap(),
                back.as_str().unwrap(),
                "{name}: {text:?}"
            );
        }
    }
    // The library can read it, too.
    let theirs = Hf::from_json(&bpe.to_json().unwrap()).unwrap();
    for text in list("texts") {
        let text = text.as_str().unwrap();
        assert_eq!(theirs.ids(text), bpe.ids(text), "{text:?}");
    }
    let e = Bpe::from_sentencepiece(include_bytes!("../oracles/sentencepiece/unigram.model")).unwrap_err();
    assert_eq!(
        e.to_string(),
        "SentencePiece model: expected a model of kind Bpe, got Unigram"
    );
}

#[test]
fn a_broken_model_of_sentencepiece_is_an_error() {
    let whole = include_bytes!("../oracles/sentencepiece/bpe.model");
    let read = |bytes: &[u8]| Bpe::from_sentencepiece(bytes).map(|t| t.vocab_size());
    for n in (0..whole.len()).step_by(37) {
        // If it is cut anywhere, it is an error or has fewer pieces, but nothing crashes.
        if let Ok(v) = read(&whole[..n]) {
            assert!(v <= 900);
        }
    }
    assert_eq!(
        read(b"").unwrap_err().to_string(),
        "SentencePiece model: expected pieces, got none; is it a SentencePiece model?"
    );
    assert!(
        read(b"\x0a\xff\x01a")
            .unwrap_err()
            .to_string()
            .starts_with("SentencePiece model, byte 3: the file ends within a field")
    );
    proptest!(|(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0..whole.len(), b in any::<u8>())| {
        let _ = read(&bytes);
        let mut changed = whole.to_vec();
        changed[at] = b;
        let _ = read(&changed);
    });
}

#[test]
fn a_broken_tokenizer_json_is_an_error_that_says_where() {
    let bpe = |json: &str| Bpe::from_json(json).unwrap_err().to_string();
    let piece = |json: &str| WordPiece::from_json(json).unwrap_err().to_string();
    let unigram = |json: &str| Unigram::from_json(json).unwrap_err().to_string();
    assert_eq!(
        bpe("{"),
        "tokenizer.json, line 1: not JSON: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(
        bpe("{}"),
        "tokenizer.json: model.type: expected \"BPE\", got nothing"
    );
    assert_eq!(
        piece(r#"{"model": {"type": "BPE"}}"#),
        "tokenizer.json: model.type: expected \"WordPiece\", got \"BPE\""
    );
    assert_eq!(
        bpe(r#"{"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}"#),
        "tokenizer.json: model.vocab: expected a number below 65540 for \"a\", got -1"
    );
    assert_eq!(
        bpe(r#"{"model": {"type": "BPE", "vocab": {"a": 0, "b": 0}, "merges": []}}"#),
        "tokenizer.json: model.vocab: expected a number for each token, got 0 for \"a\" and for \"b\""
    );
    assert_eq!(
        bpe(r#"{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [["a", "b"]]}}"#),
        "tokenizer.json: model.merges: expected tokens of the vocabulary, got \"b\", which is not in the vocabulary"
    );
    assert_eq!(
        bpe(r#"{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [7]}}"#),
        "tokenizer.json: model.merges: expected pairs of tokens, got 7"
    );
    let byte_level = |vocab: &str| {
        bpe(&format!(
            r#"{{"pre_tokenizer": {{"type": "ByteLevel", "add_prefix_space": false}}, "decoder": {{"type": "ByteLevel"}},
            "model": {{"type": "BPE", "vocab": {vocab}, "merges": []}}}}"#
        ))
    };
    assert_eq!(
        byte_level(r#"{"a": 0}"#),
        "tokenizer.json: model.vocab: expected a token for each byte, got none for 0"
    );
    assert_eq!(
        byte_level(r#"{"語": 0}"#),
        "tokenizer.json: model.vocab: expected tokens in letters for bytes, got \"語\""
    );
    assert_eq!(
        bpe(
            r#"{"normalizer": {"type": "NFC"}, "pre_tokenizer": {"type": "ByteLevel"},
            "model": {"type": "BPE", "vocab": {}, "merges": []}}"#
        ),
        "tokenizer.json: normalizer: expected one that this pack's BPE has, got {\"type\":\"NFC\"}"
    );
    assert_eq!(
        piece(
            r###"{"pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": {"a": 0}}}"###
        ),
        "the pieces: expected \"[UNK]\" among them, got 1 others"
    );
    let of = |vocab: &str, unknown: &str| {
        unigram(&format!(
            r#"{{"pre_tokenizer": {{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}},
            "decoder": {{"type": "Metaspace", "replacement": "▁"}},
            "model": {{"type": "Unigram", "unk_id": {unknown}, "vocab": {vocab}}}}}"#
        ))
    };
    assert_eq!(
        of(r#"[["a", -1.0]]"#, "1"),
        "the unknown token: expected a number below 1, got 1"
    );
    assert_eq!(
        of(r#"[["a"]]"#, "0"),
        "tokenizer.json: model.vocab: expected a piece and its score, got [\"a\"]"
    );
    assert_eq!(
        of(r#"[["a", 0]]"#, "null"),
        "tokenizer.json: model.unk_id: expected the number of a piece, got nothing"
    );
    // Whatever is changed in a good file, the file is read or refused.
    let good = Unigram::from_json(
        r#"{"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
        "decoder": {"type": "Metaspace", "replacement": "▁"},
        "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1]]}}"#,
    )
    .unwrap()
    .to_json()
    .unwrap();
    proptest!(|(at in 0..good.len(), c in prop_oneof![Just('"'), Just('0'), Just('{'), Just(','), any::<char>()])| {
        let mut changed: Vec<char> = good.chars().collect();
        let at = at % changed.len();
        changed[at] = c;
        let changed: String = changed.into_iter().collect();
        let _ = Unigram::from_json(&changed).map(|t| t.ids("aab"));
        let _ = Bpe::from_json(&changed);
        let _ = WordPiece::from_json(&changed);
    });
}

#[test]
fn a_file_is_read_as_what_it_is() {
    let folder = std::env::temp_dir().join(format!("course-formats-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let small = bpe(BpeTraining {
        vocab_size: 300,
        ..BpeTraining::default()
    });
    let path = write("small.json", small.to_json().unwrap().as_bytes());
    assert_eq!(
        load(&path).unwrap().to_string(),
        "small: 300 tokens, merged from bytes"
    );
    let model = include_bytes!("../oracles/sentencepiece/unigram.model");
    assert_eq!(
        load(write("u.model", model)).unwrap().to_string(),
        "u: 900 pieces"
    );
    // What this pack's BPE does not do is done by the library.
    let nfc = small
        .to_json()
        .unwrap()
        .replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}");
    let t = load(write("nfc.json", nfc.as_bytes())).unwrap();
    assert_eq!(t.to_string(), "nfc: 300 tokens, by the tokenizers library");
    assert_eq!(t.ids("e\u{301}"), small.ids("é"));
    let e = load(folder.join("none.json")).unwrap_err().to_string();
    assert!(e.starts_with("cannot read ") && e.contains("none.json"), "{e}");
    let e = load(write("text.txt", b"no tokenizer at all"))
        .unwrap_err()
        .to_string();
    assert!(e.contains("is it a SentencePiece model"), "{e}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_wrapped_libraries_do_what_the_trait_says() {
    let theirs = Tiktoken::load(Gpt::O200k).unwrap();
    let ours = Gpt::O200k.load().unwrap();
    assert_eq!(theirs.vocab_size(), ours.vocab_size());
    assert_eq!(theirs.to_string(), "tiktoken o200k_base: 200,019 tokens");
    proptest!(|(text in HARD)| {
        prop_assert_eq!(theirs.encode(&text), ours.encode(&text));
        let ids = theirs.ids(&text);
        prop_assert_eq!(theirs.decode(&ids).unwrap(), text);
    });
    assert!(theirs.decode(&[200_019]).is_err());
    let bert = WordPiece::bert();
    let hf = Hf::from_json(&bert.to_json().unwrap()).unwrap();
    assert_eq!(
        hf.encode("Unaffable, isn't it?").spans(),
        bert.encode("Unaffable, isn't it?").spans()
    );
    assert_eq!(hf.token_id("##ing"), bert.token_id("##ing"));
    assert_eq!(hf.unknown_id(), Some(100));
    assert_eq!(
        hf.decode(&[30_522]).unwrap_err().to_string(),
        "the number of a token: expected a token's number, below 30522, got 30522"
    );
    assert!(
        Hf::from_json("{")
            .unwrap_err()
            .to_string()
            .starts_with("tokenizer.json: "),
        "{}",
        Hf::from_json("{").unwrap_err()
    );
}

/// A file with one part changed.
fn with(json: &str, part: &str, value: serde_json::Value) -> String {
    let mut file: serde_json::Value = serde_json::from_str(json).unwrap();
    *file.pointer_mut(part).unwrap() = value;
    file.to_string()
}

/// Some things this pack's BPE does not do exactly, such as RoBERTa's `<mask>`, which takes the space before
/// it. The error says which part it was.
#[test]
fn what_is_not_done_exactly_is_refused_by_name() {
    let json = bpe(BpeTraining {
        vocab_size: 300,
        special: vec!["<mask>".to_owned()],
        ..BpeTraining::default()
    })
    .to_json()
    .unwrap();
    assert!(Bpe::from_json(&json).is_ok());
    let split = |pattern: Pattern, behavior: &str| serde_json::json!({"type": "Split", "pattern": {"Regex": pattern.expression()}, "behavior": behavior, "invert": false});
    let bytes = |regex: bool| serde_json::json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": regex});
    let cuts =
        |steps: Vec<serde_json::Value>| serde_json::json!({"type": "Sequence", "pretokenizers": steps});
    let cases = [
        ("/added_tokens/0/lstrip", true.into(), "(lstrip)"),
        ("/added_tokens/0/rstrip", true.into(), "(rstrip)"),
        ("/added_tokens/0/single_word", true.into(), "(single_word)"),
        ("/added_tokens/0/special", false.into(), "(special: false)"),
        ("/model/dropout", 0.1.into(), "model.dropout: "),
        (
            "/model/continuing_subword_prefix",
            "##".into(),
            "model.continuing_subword_prefix: ",
        ),
        ("/decoder", serde_json::Value::Null, "decoder: "),
        (
            "/post_processor",
            serde_json::json!({"type": "RobertaProcessing", "trim_offsets": true}),
            "post_processor: ",
        ),
        (
            "/pre_tokenizer",
            cuts(vec![
                split(Pattern::Cl100k, "Isolated"),
                split(Pattern::Gpt2, "Isolated"),
                bytes(false),
            ]),
            "pre_tokenizer: ",
        ),
        (
            "/pre_tokenizer",
            cuts(vec![split(Pattern::Cl100k, "Isolated"), bytes(true)]),
            "pre_tokenizer: ",
        ),
        (
            "/pre_tokenizer",
            cuts(vec![split(Pattern::Cl100k, "Removed"), bytes(false)]),
            "pre_tokenizer: ",
        ),
    ];
    for (part, value, named) in cases {
        let file = with(&json, part, value);
        let e = Bpe::from_json(&file).unwrap_err().to_string();
        assert!(
            e.starts_with("tokenizer.json: ") && e.contains(named),
            "{part}: {e}"
        );
    }
}

/// An added token that the file's normalizer changes keeps its own name; the changed one is only looked for
/// in the text.
#[test]
fn a_normalised_added_token_is_found_by_its_name() {
    let json = bpe(BpeTraining {
        vocab_size: 300,
        special: vec!["FOO".to_owned()],
        ..BpeTraining::default()
    })
    .to_json()
    .unwrap();
    let file = with(&json, "/normalizer", serde_json::json!({"type": "Lowercase"}));
    let file = with(&file, "/added_tokens/0/normalized", true.into());
    let t = Hf::from_json(&file).unwrap();
    assert_eq!(t.token_id("FOO"), Some(0));
    assert_eq!(t.token_text(0).as_deref(), Some("FOO"));
    assert_eq!(t.ids("Foo"), [0]);
}

/// BERT's file says how long a word may be, and whether decoding removes the spaces before punctuation.
#[test]
fn wordpiece_s_longest_word_and_clean_up_are_the_file_s() {
    let json = WordPiece::bert().to_json().unwrap();
    let short = with(&json, "/model/max_input_chars_per_word", 5.into());
    let t = WordPiece::from_json(&short).unwrap();
    assert_eq!(t.encode("table tables").written(), ["table", "[UNK]"]);
    assert_eq!(t.ids("tables"), [100]);
    let file = with(&json, "/decoder/cleanup", true.into());
    let (clean, theirs) = (
        WordPiece::from_json(&file).unwrap(),
        Hf::from_json(&file).unwrap(),
    );
    let ids = clean.ids("Tokens, it's magic.");
    // The library looks at each piece separately, so the short form stays apart.
    assert_eq!(clean.decode(&ids).unwrap(), "tokens, it ' s magic.");
    assert_eq!(theirs.decode(&ids).unwrap(), "tokens, it ' s magic.");
    assert_eq!(WordPiece::bert().decode(&ids).unwrap(), "tokens , it ' s magic .");
}
