//! The unigram model: Viterbi against all cuts, training, the library's ids, and clear errors.

use course::rng;
use course::tokenize::{Tokenizer, Unigram, UnigramTraining, encode_all};
use proptest::prelude::*;

use super::bpe::texts;

fn model(pieces: &[(&str, f32)]) -> Unigram {
    Unigram::new(pieces.iter().map(|&(p, s)| (p.to_owned(), s)).collect(), 0).unwrap()
}

/// Every cut of `text` into pieces, with its score.
fn all_cuts(pieces: &[(&str, f32)], text: &str) -> Vec<(f64, Vec<u32>)> {
    if text.is_empty() {
        return vec![(0.0, Vec::new())];
    }
    let mut cuts = Vec::new();
    for (id, (piece, score)) in (0..).zip(pieces).skip(1) {
        let Some(rest) = text.strip_prefix(&piece.replace('▁', " ")) else {
            continue;
        };
        for (s, ids) in all_cuts(pieces, rest) {
            cuts.push((s + f64::from(*score), [vec![id], ids].concat()));
        }
    }
    cuts.sort_by(|x, y| y.0.total_cmp(&x.0));
    cuts
}

const PIECES: [(&str, f32); 9] = [
    ("<unk>", 0.0),
    ("▁", -2.1),
    ("a", -3.0),
    ("b", -3.3),
    ("ab", -4.7),
    ("ba", -5.9),
    ("▁a", -4.2),
    ("aba", -8.13),
    ("▁bab", -9.07),
];

#[test]
fn viterbi_and_the_n_best_are_those_of_all_cuts() {
    let t = model(&PIECES);
    proptest!(|(text in "[ab]{1,7}( [ab]{1,3})?")| {
        let cuts = all_cuts(&PIECES, &format!(" {text}"));
        let best: f64 = t.ids(&text).iter().map(|&id| f64::from(t.score(id).unwrap())).sum();
        prop_assert!((best - cuts[0].0).abs() < 1e-4, "{best} {:?}", cuts[0]);
        let n_best = t.n_best(&text, 4);
        prop_assert_eq!(n_best.len(), cuts.len().min(4));
        for ((score, ids), cut) in n_best.iter().zip(&cuts) {
            prop_assert!((score - cut.0).abs() < 1e-6);
            prop_assert!(cuts.iter().any(|c| &c.1 == ids && (c.0 - score).abs() < 1e-6));
        }
    });
}

#[test]
fn samples_come_as_often_as_they_are_likely() {
    let t = model(&PIECES);
    let (text, alpha, n) = ("abab", 0.7, 20_000);
    let cuts = all_cuts(&PIECES, " abab");
    let sum: f64 = cuts.iter().map(|c| (alpha * c.0).exp()).sum();
    let mut rng = rng::seeded(5);
    let mut counts = std::collections::HashMap::new();
    for _ in 0..n {
        *counts.entry(t.sample(text, alpha, &mut rng)).or_insert(0.0) += 1.0 / f64::from(n);
    }
    for (score, ids) in cuts {
        let p = (alpha * score).exp() / sum;
        let seen = counts.get(&ids).copied().unwrap_or(0.0);
        // Four standard deviations of a share in n draws.
        assert!(
            (seen - p).abs() < 4.0 * (p / f64::from(n)).sqrt(),
            "{ids:?}: {seen} for {p}"
        );
    }
}

#[test]
fn unknown_characters_are_one_token_or_their_bytes() {
    let t = model(&PIECES);
    let e = t.encode("aéü b");
    assert_eq!(e.written(), ["▁a", "<unk>", "▁", "b"]);
    assert_eq!(e.spans(), [0..1, 1..5, 5..6, 6..7]);
    let mut pieces: Vec<(String, f32)> = PIECES.iter().map(|&(p, s)| (p.to_owned(), s)).collect();
    pieces.extend((0..256).map(|b| (format!("<0x{b:02X}>"), 0.0)));
    let t = Unigram::new(pieces, 0).unwrap();
    assert_eq!(t.encode("aé").written(), ["▁a", "<0xC3>", "<0xA9>"]);
    proptest!(|(text in any::<String>())| {
        let text = text.replace('▁', "");
        prop_assert_eq!(t.decode(&t.ids(&text)).unwrap(), text.strip_prefix(' ').unwrap_or(&text));
        prop_assert_eq!(t.encode(&text).ids(), t.ids(&text));
        for span in t.encode(&text).spans() {
            prop_assert!(text.get(span).is_some());
        }
    });
}

fn trained(vocab_size: usize) -> Unigram {
    let training = UnigramTraining {
        vocab_size,
        ..UnigramTraining::default()
    };
    Unigram::train(&&texts()[24..], &training).unwrap()
}

#[test]
fn a_trained_model_has_as_many_tokens_as_asked_for_and_cuts_as_the_library_does() {
    let t = trained(1_000);
    assert_eq!(t.vocab_size(), 1_000);
    assert!((0..1_000).all(|id| t.token_text(id).is_some()));
    // The library with the same model.
    let vocab: Vec<(String, f64)> = (0..1_000)
        .map(|id| (t.token_text(id).unwrap(), f64::from(t.score(id).unwrap())))
        .collect();
    let json = serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
        "post_processor": null, "decoder": null,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": false},
    });
    let theirs: tokenizers::Tokenizer = json.to_string().parse().unwrap();
    let texts = texts();
    for (text, ids) in texts.iter().zip(encode_all(&t, &texts)) {
        let expected = theirs.encode_fast(text.as_str(), false).unwrap();
        assert_eq!(ids, expected.get_ids(), "{text:.100?}");
        assert_eq!(t.encode(text).ids(), ids);
    }
}

#[test]
fn mistakes_are_named() {
    let train = |texts: &[&str], vocab_size, coverage| {
        let training = UnigramTraining {
            vocab_size,
            coverage,
            ..UnigramTraining::default()
        };
        Unigram::train(&texts, &training).unwrap_err().to_string()
    };
    assert_eq!(
        train(&["abc"], 3, 1.0),
        "vocab_size: expected at least 5 for the alphabet and <unk>, got 3"
    );
    assert_eq!(
        train(&[" "], 30, 1.0),
        "the texts: expected at least one character, got none"
    );
    assert_eq!(
        train(&["a"], 30, 0.0),
        "the coverage of characters: expected a share from 0 to 1, got 0"
    );
    let new = |pieces: &[(&str, f32)], unknown| {
        Unigram::new(pieces.iter().map(|&(p, s)| (p.to_owned(), s)).collect(), unknown)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(new(&[], 0), "the unknown token: expected a number below 0, got 0");
    assert_eq!(
        new(&[("a", f32::NAN)], 0),
        "a piece: expected a text and a finite score, got \"a\" with NaN"
    );
    assert_eq!(
        new(&[("a", 0.0), ("a", 1.0)], 0),
        "the pieces: expected each piece once, got \"a\" twice"
    );
}
