//! WordPiece: the ids of the `tokenizers` library, its own training, and clear errors.

use std::collections::HashMap;

use course::data::bert_vocab;
use course::tokenize::{Normalization, Score, Tokenizer, WordPiece, WordPieceTraining, encode_all};
use proptest::prelude::*;

use super::bpe::texts;

fn theirs() -> tokenizers::Tokenizer {
    let vocab: HashMap<&str, usize> = bert_vocab::tokens().iter().map(String::as_str).zip(0..).collect();
    let json = serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
            "lowercase": true,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocab,
        },
    });
    json.to_string().parse().unwrap()
}

#[test]
fn the_same_ids_as_the_tokenizers_library_on_every_text() {
    let (ours, theirs) = (WordPiece::bert(), theirs());
    let texts = texts();
    for (text, ids) in texts.iter().zip(encode_all(&ours, &texts)) {
        let expected = theirs.encode_fast(text.as_str(), false).unwrap();
        assert_eq!(ids, expected.get_ids(), "{text:.100?}");
        assert_eq!(ours.encode(text).ids(), ids);
    }
}

#[test]
fn the_same_ids_and_spans_on_hard_texts() {
    let (ours, theirs) = (WordPiece::bert(), theirs());
    proptest!(ProptestConfig::with_cases(2_000), |(text in "[a-eA-E'’ſK ǅʰªºéÉßα語한नͅ\u{301}0-3½ \t\r\n\u{a0}\u{2028}/.,!+\u{200d}\u{0}\u{fffd}İ]{0,40}")| {
        let expected = theirs.encode(text.as_str(), false).unwrap();
        let e = ours.encode(&text);
        prop_assert_eq!(e.ids(), expected.get_ids());
        prop_assert_eq!(ours.ids(&text), expected.get_ids());
        let spans: Vec<_> = expected.get_offsets().to_vec();
        let got: Vec<_> = e.spans().into_iter().map(|s| (s.start, s.end)).collect();
        prop_assert_eq!(got.len(), spans.len());
        for (id, span) in e.ids().into_iter().zip(e.spans()) {
            prop_assert!(span.start < span.end && text.get(span).is_some(), "{}", id);
        }
    });
}

#[test]
fn no_text_crashes_it() {
    let t = WordPiece::bert();
    proptest!(|(text in any::<String>())| {
        let ids = t.ids(&text);
        prop_assert!(t.decode(&ids).is_ok());
        prop_assert_eq!(t.encode(&text).ids(), ids);
    });
    // A word of more than a hundred characters is unknown, and so is one with a character that no piece has.
    assert_eq!(t.encode(&"a".repeat(101)).written(), ["[UNK]"]);
    assert_eq!(t.encode("x🜁y").written(), ["[UNK]"]);
}

#[test]
fn longest_match_on_paper() {
    let pieces = ["[UNK]", "un", "##aff", "##able", "##a", "##f", "unaf"].map(String::from);
    let t = WordPiece::new(pieces.into(), Normalization::default()).unwrap();
    // "unaf" is longer than "un"; then come "##f" and "##able". This is greedy, although "un", "##aff",
    // "##able" are no more pieces.
    assert_eq!(t.encode("Unaffable").written(), ["unaf", "##f", "##able"]);
    assert_eq!(t.encode("Unaffable").spans(), [0..4, 4..5, 5..9]);
    assert_eq!(t.encode("affable").written(), ["[UNK]"]);
    assert_eq!(t.decode(&t.ids("unaffable unaf")).unwrap(), "unaffable unaf");
}

#[test]
fn the_quotient_prefers_what_always_stands_together() {
    let train = |score, vocab_size| {
        let training = WordPieceTraining {
            vocab_size,
            min_count: 1,
            score,
            special: vec!["[UNK]".to_owned()],
            ..WordPieceTraining::default()
        };
        let words = [("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5)];
        let texts: Vec<&str> = words.iter().flat_map(|&(w, n)| vec![w; n]).collect();
        let t = WordPiece::train(&texts, &training).unwrap();
        (0..t.vocab_size() as u32)
            .map(|id| t.token_text(id).unwrap())
            .collect::<Vec<_>>()
    };
    // [UNK], b g h n p s u, ##g ##n ##s ##u; then the first merges.
    let by_quotient = train(Score::Quotient, 15);
    assert_eq!(by_quotient[8..12], ["##g", "##n", "##s", "##u"]);
    // n(gs) / (n(g) n(s)) = 5 / (20 * 5) = 1/20 is the highest. Then h+u, p+u and b+u are equal, 15/(15*36) =
    // 17/(17*36) = 4/(4*36), and the most frequent is taken. Then n(pu,n) = 12/(17*16).
    assert_eq!(by_quotient[12], "##gs");
    assert_eq!(by_quotient[13], "pu");
    // The most frequent pair is u+g, 20 times. It also raises the likelihood most, which g+s, 5 times, does
    // not.
    assert_eq!(train(Score::Frequency, 13)[12], "##ug");
    assert_eq!(train(Score::Likelihood, 13)[12], "##ug");
}

#[test]
fn the_score_by_counting_anew() {
    // The same as when everything is counted again for each merge, as the formula says.
    proptest!(ProptestConfig::with_cases(100), |(words in prop::collection::vec("[a-c]{1,7}", 1..12))| {
        let training = WordPieceTraining { vocab_size: 20, min_count: 1, special: vec!["[UNK]".into()], ..WordPieceTraining::default() };
        let t = WordPiece::train(&words, &training).unwrap();
        let ours: Vec<String> = (0..t.vocab_size() as u32).map(|id| t.token_text(id).unwrap()).collect();
        let start = ours.iter().position(|t| t.trim_start_matches("##").len() > 1 && t != "[UNK]").unwrap_or(ours.len());
        let mut tokens: Vec<String> = ours[..start].to_vec();
        let mut split: Vec<Vec<String>> = words.iter()
            .map(|w| w.char_indices().map(|(i, c)| if i > 0 { format!("##{c}") } else { c.to_string() }).collect())
            .collect();
        while tokens.len() < 20 {
            let id = |t: &String| tokens.iter().position(|x| x == t).unwrap();
            let mut pairs = std::collections::BTreeMap::new();
            let mut singles = HashMap::new();
            for w in &split {
                w.iter().for_each(|t| *singles.entry(id(t)).or_insert(0_u32) += 1);
                w.windows(2).for_each(|p| *pairs.entry((id(&p[0]), id(&p[1]))).or_insert(0_u32) += 1);
            }
            let score = |&((a, b), n): &((usize, usize), u32)| f64::from(n) / (f64::from(singles[&a]) * f64::from(singles[&b]));
            let best = pairs.into_iter().reduce(|x, y| {
                if score(&y).total_cmp(&score(&x)).then(y.1.cmp(&x.1)).is_gt() { y } else { x }
            });
            let Some(((first, second), _)) = best else { break };
            let (a, b) = (tokens[first].clone(), tokens[second].clone());
            let new = format!("{a}{}", b.trim_start_matches("##"));
            for w in &mut split {
                let mut i = 0;
                while i + 1 < w.len() {
                    if w[i] == a && w[i + 1] == b {
                        w[i] = new.clone();
                        w.remove(i + 1);
                    }
                    i += 1;
                }
            }
            if !tokens.contains(&new) {
                tokens.push(new);
            }
        }
        prop_assert_eq!(ours, tokens);
    });
}

#[test]
fn mistakes_are_named() {
    let new = |pieces: &[&str]| {
        WordPiece::new(
            pieces.iter().map(|s| s.to_string()).collect(),
            Normalization::default(),
        )
        .map(|t| t.to_string())
        .map_err(|e| e.to_string())
    };
    assert_eq!(
        new(&["a"]).unwrap_err(),
        "the pieces: expected \"[UNK]\" among them, got 1 others"
    );
    assert_eq!(
        new(&["[UNK]", "a", "a"]).unwrap_err(),
        "the pieces: expected each piece once, got \"a\" twice"
    );
    assert_eq!(new(&["[UNK]", "a"]).unwrap(), "WordPiece: 2 pieces");
    let e = WordPiece::train(&[" "], &WordPieceTraining::default()).unwrap_err();
    assert_eq!(e.to_string(), "the texts: expected at least one word, got none");
    let e = WordPiece::bert().decode(&[30_522]).unwrap_err();
    assert_eq!(
        e.to_string(),
        "the number of a token: expected a token's number, below 30522, got 30522"
    );
}
