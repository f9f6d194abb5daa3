//! Measures of vocabularies: on paper, as identities, and compared with the `tokenizers` library.

use course::data::udhr;
use course::tokenize::measures::{
    FertilityCurve, ModelSize, compare, compression, context_in_words, fertility, known_models,
    tokens_by_language, tokens_by_language_of, vocabulary_use,
};
use course::tokenize::{Bpe, BpeTraining, Gpt, Normalization, Tokenizer, WordPiece};
use proptest::prelude::*;

use super::bpe::texts;

fn pieces(list: &[&str]) -> WordPiece {
    WordPiece::new(
        list.iter().map(|s| s.to_string()).collect(),
        Normalization::default(),
    )
    .unwrap()
}

#[test]
fn fertility_on_paper() {
    let t = pieces(&["[UNK]", "un", "##do", "##ing", "the", ",", "7"]);
    // undoing: un ##do ##ing; the; un; xyz is [UNK], which is one token; the comma and the 7 are not words.
    let f = fertility(&t, &["Undoing the un, the 7", "xyz"]).unwrap();
    assert_eq!(f.by_tokens(), [0, 4, 0, 1]);
    assert_eq!((f.n_words(), f.n_tokens()), (5, 7));
    assert_eq!(f.fertility(), 7.0 / 5.0);
    assert_eq!(f.split_share(), 1.0 / 5.0);
    assert_eq!(
        f.most_split(),
        [(
            "Undoing".to_owned(),
            ["un", "##do", "##ing"].map(String::from).to_vec()
        )]
    );
    assert_eq!(
        f.to_string(),
        "\
Fertility of WordPiece
tokens a word  words           share
─────────────  ─────  ──────────────
            1      4  80.0% ████████
            3      1  20.0% ██
fertility 1.400; 20.0 % of the words are split
"
    );
    let c = compression(&t, &["Undoing the un, the 7", "xyz"]).unwrap();
    assert_eq!(
        (c.n_bytes(), c.n_chars(), c.n_words(), c.n_tokens()),
        (24, 24, 5, 9)
    );
    assert_eq!(c.unknown_share(), 1.0 / 9.0);
    let u = vocabulary_use(&t, &["Undoing the un, the 7", "xyz"]).unwrap();
    assert_eq!(u.counts(), [1, 2, 1, 1, 2, 1, 1]);
    assert_eq!((u.n_used(), u.n_at_least(2)), (7, 2));
    // Two tokens of probability 2/9, five of 1/9.
    let expected = -(4.0 / 9.0 * (2.0_f64 / 9.0).log2() + 5.0 / 9.0 * (1.0_f64 / 9.0).log2());
    assert!((u.entropy() - expected).abs() < 1e-12);
}

/// The numbers are those of `tests/oracles/fertility.py`, which has its own tokenizer, its own words and its
/// own count.
#[test]
fn fertility_of_bert_is_the_library_s() {
    let bert = WordPiece::bert();
    // language, words, tokens of words, split words, all tokens
    const PEER: [(&str, u64, u64, u64, u64); 4] = include!("../oracles/fertility.in");
    for (language, words, of_words, split, all) in PEER {
        let text = udhr::declaration(language).unwrap().text();
        let f = fertility(&bert, &[&text]).unwrap();
        assert_eq!((f.n_words(), f.n_tokens()), (words, of_words), "{language}");
        assert_eq!(f.by_tokens().iter().skip(2).sum::<u64>(), split, "{language}");
        assert_eq!(
            compression(&bert, &[&text]).unwrap().n_tokens(),
            all,
            "{language}"
        );
    }
}

/// The whole is the sum of its parts, for every tokenizer and however the texts are cut into documents.
#[test]
fn measures_are_sums_over_texts() {
    let gpt = Gpt::Cl100k.load().unwrap();
    let bert = WordPiece::bert();
    proptest!(ProptestConfig::with_cases(64), |(texts in prop::collection::vec("[a-zé語 ,.'0-9]{0,30}", 1..8))| {
        for t in [&gpt as &dyn Tokenizer, &bert] {
            let words: Vec<String> = texts.iter().flat_map(|t| course::corpus::words(t)).collect();
            let ids: usize = texts.iter().map(|x| t.count(x)).sum();
            match fertility(t, &texts) {
                Ok(f) => {
                    prop_assert_eq!(f.n_words() as usize, words.len());
                    prop_assert!(f.fertility() >= 1.0);
                    prop_assert_eq!(f.split_share() > 0.0, f.fertility() > 1.0);
                    prop_assert!(f.by_tokens()[0] == 0);
                }
                Err(_) => prop_assert!(words.is_empty()),
            }
            if let Ok(c) = compression(t, &texts) {
                prop_assert_eq!(c.n_tokens() as usize, ids);
                prop_assert_eq!(c.n_bytes() as usize, texts.concat().len());
            }
            if let Ok(u) = vocabulary_use(t, &texts) {
                prop_assert_eq!(u.counts().iter().sum::<u64>() as usize, ids);
                prop_assert!(u.entropy() <= (u.n_used() as f64).log2() + 1e-9);
                prop_assert_eq!(u.n_used() + u.unused().len() >= u.vocab_size() - 1_024, true);
            }
        }
    });
}

#[test]
fn a_comparison_has_the_single_measures() {
    let (bert, gpt) = (WordPiece::bert(), Gpt::R50k.load().unwrap());
    let texts = texts();
    let texts = &texts[24..40];
    let both = compare(&[&bert, &gpt], &texts).unwrap();
    for (i, t) in [&bert as &dyn Tokenizer, &gpt].into_iter().enumerate() {
        let (f, c) = (fertility(t, &texts).unwrap(), compression(t, &texts).unwrap());
        assert_eq!(both.fertility()[i], f.fertility());
        assert_eq!(both.split_share()[i], f.split_share());
        assert_eq!(both.bytes_per_token()[i], c.bytes_per_token());
        assert_eq!(both.tokens_per_word()[i], c.tokens_per_word());
    }
    assert_eq!(both.names(), ["BERT uncased", "r50k_base"]);
}

#[test]
fn what_languages_pay() {
    let (gpt2, gpt4o, bert) = (
        Gpt::R50k.load().unwrap(),
        Gpt::O200k.load().unwrap(),
        WordPiece::bert(),
    );
    let l = tokens_by_language(&[&gpt2, &gpt4o, &bert]).unwrap();
    assert_eq!(l.languages().len(), 24);
    for language in l.languages() {
        let text = udhr::declaration(language).unwrap().text();
        assert_eq!(l.tokens(language, 0).unwrap(), gpt2.count(&text) as u64);
        // A token has at least one byte.
        assert!(l.tokens(language, 1).unwrap() <= text.len() as u64);
    }
    // A larger vocabulary, learned from more languages, needs fewer tokens for Hindi; English stays the same.
    let hindi = |t| l.premium("Hindi", t).unwrap();
    assert!(hindi(0) > 2.0 * hindi(1), "{} {}", hindi(0), hindi(1));
    assert_eq!(l.premium("English", 1).unwrap(), 1.0);
    // BERT's uncased vocabulary loses most of Amharic.
    assert!(l.unknown_share("Amharic", 2).unwrap() > 0.5);
    let table = l.table().to_string();
    assert!(table.contains("An empty place"), "{table}");
    let sorted = l.clone().sorted(0).unwrap();
    let premiums: Vec<f64> = (sorted.languages().iter())
        .map(|n| l.premium(n, 0).unwrap())
        .collect();
    assert!(premiums[1..].is_sorted());
    let few = tokens_by_language_of(&[&gpt2], &["fi", "Finnish"]).unwrap();
    assert_eq!(few.languages(), ["English", "Finnish"]);
    assert_eq!(
        few.premium("Klingon", 0).unwrap_err().to_string(),
        r#"no language "Klingon"; did you mean "English", "Finnish"?"#
    );
    assert_eq!(
        few.tokens("English", 1).unwrap_err().to_string(),
        "the tokenizer: expected a place below 1, got 1"
    );
    assert_eq!(
        tokens_by_language(&[]).unwrap_err().to_string(),
        "the tokenizers: expected at least one, got none"
    );
}

#[test]
fn the_cost_is_the_sum_of_its_parts() {
    // GPT-3's figures in Narayanan et al. (2021): l = 96, h = 12288, s = 2048, V = 51200.
    let t = ModelSize::new(96, 12_288, 2_048).unwrap();
    let flops = t.flops_per_token(51_200.0);
    // A layer's forward pass needs 24 h² + 4 s h, which counts four times; 2 h V counts three times.
    let (l, h, s, v) = (96.0, 12_288.0, 2_048.0, 51_200.0);
    let parts = 4.0 * l * (24.0 * h * h + 4.0 * s * h) + 3.0 * 2.0 * h * v;
    assert!((flops / parts - 1.0_f64).abs() < 1e-12);
    // Their table 1: 175 B parameters and 300 B tokens take 34 days on 1,024 GPUs at 140 Tflop/s.
    let days = flops * 300e9 / (1_024.0 * 140e12) / 86_400.0;
    assert!((days - 34.0).abs() < 1.0, "{days}");
    assert_eq!(
        ModelSize::new(0, 1, 1).unwrap_err().to_string(),
        "layers, width and context: expected numbers above 0, got 0, 1 and 1"
    );
}

#[test]
fn the_best_vocabulary_is_where_the_cost_turns() {
    proptest!(|(limit in 1.0_f64..1.6, scale in 1.0_f64..100.0, exponent in 0.2_f64..1.8, layers in 1_usize..100, width in 64_usize..12_000, context in 64_usize..8_192)| {
        let curve = FertilityCurve::new(limit, scale, exponent).unwrap();
        let t = ModelSize::new(layers, width, context).unwrap();
        let best = t.best_vocabulary(&curve);
        let cost = |v: f64| t.flops_per_word(v, curve.at(v));
        let v = best.vocab_size as f64;
        // On a fine grid no size is cheaper, apart from the rounding of V to a whole number.
        for i in 0..400 {
            let other = 256.0 * 1.04_f64.powi(i);
            prop_assert!(cost(other) >= best.flops_per_word * (1.0 - 1e-6), "{other} before {v}");
        }
        prop_assert!((best.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    });
}

#[test]
fn a_curve_finds_the_numbers_that_its_points_were_made_of() {
    proptest!(|(limit in 1.05_f64..1.6, scale in 2.0_f64..80.0, exponent in 0.3_f64..1.5)| {
        let made = FertilityCurve::new(limit, scale, exponent).unwrap();
        let sizes = [500_usize, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];
        let points: Vec<(usize, f64)> = sizes.iter().map(|&v| (v, made.at(v as f64))).collect();
        let found = FertilityCurve::fit(&points).unwrap();
        for v in sizes {
            prop_assert!((found.at(v as f64) - made.at(v as f64)).abs() < 1e-6);
        }
        prop_assert!((found.exponent() - exponent).abs() < 1e-3, "{} for {exponent}", found.exponent());
    });
    let error = |points: &[(usize, f64)]| FertilityCurve::fit(points).unwrap_err().to_string();
    assert_eq!(
        error(&[(10, 1.0), (10, 1.1), (20, 1.0)]),
        "the measured points: expected at least three sizes of the vocabulary, got 2"
    );
    assert_eq!(
        error(&[(10, 1.0), (20, 1.1), (30, 1.2)]),
        "the measured points: expected fewer tokens a word where the vocabulary is larger, got a curve that rises"
    );
    assert_eq!(
        error(&[(10, 1.0), (20, f64::NAN), (30, 1.2)]),
        "a measured point: expected numbers above 0, got NaN tokens a word at 20"
    );
}

#[test]
fn the_first_tokens_are_a_smaller_training() {
    let texts = texts();
    let train = |vocab_size| {
        let training = BpeTraining {
            vocab_size,
            special: vec!["<|end|>".to_owned()],
            ..BpeTraining::default()
        };
        Bpe::train(&texts, &training).unwrap()
    };
    let large = train(3_000);
    for n in [257, 258, 700, 3_000] {
        let (first, trained) = (large.first(n).unwrap(), train(n));
        assert_eq!(first.merges(), trained.merges());
        assert_eq!(first.vocab_size(), n);
        for text in &texts[..30] {
            assert_eq!(first.ids(text), trained.ids(text));
        }
    }
    assert_eq!(
        large.first(256).unwrap_err().to_string(),
        "the size of the vocabulary: expected 257, for alphabet and special tokens, to 3000, got 256"
    );
    assert!(large.first(3_001).is_err());
}

#[test]
fn fertility_falls_with_the_vocabulary_and_the_best_size_is_in_between() {
    let texts = texts();
    let large = Bpe::train(
        &texts,
        &BpeTraining {
            vocab_size: 8_000,
            ..BpeTraining::default()
        },
    )
    .unwrap();
    let all: Vec<Bpe> = [300, 1_000, 2_000, 4_000, 8_000]
        .map(|n| large.first(n).unwrap())
        .into();
    let all: Vec<&dyn Tokenizer> = all.iter().map(|t| t as &dyn Tokenizer).collect();
    let english = &texts[24..];
    let curve = FertilityCurve::measure(&all, &english).unwrap();
    assert!(curve.points().windows(2).all(|w| w[0].1 > w[1].1));
    for &(v, f) in curve.points() {
        assert!((curve.at(v as f64) / f - 1.0).abs() < 0.05, "{v}: {f}");
    }
    let gpt2 = known_models().get("GPT-2").unwrap().transformer();
    let cost = gpt2
        .cost_by_vocabulary(&curve, &[1_000, 4_000, 16_000, 64_000])
        .unwrap();
    let best = cost.best();
    assert!((2_000..200_000).contains(&best.vocab_size), "{best:?}");
    assert!(
        cost.rows()
            .iter()
            .all(|r| r.flops_per_word >= best.flops_per_word)
    );
    assert!(cost.to_string().contains("best: V = "));
    assert!(gpt2.cost_by_vocabulary(&curve, &[]).is_err());
}

#[test]
fn texts_with_nothing_in_them_are_an_error() {
    let t = WordPiece::bert();
    let message = |e: course::Error| e.to_string();
    assert_eq!(
        message(fertility(&t, &["123 ..."]).unwrap_err()),
        "the texts: expected at least one word, got none"
    );
    assert_eq!(
        message(compression(&t, &[""]).unwrap_err()),
        "the texts: expected at least one token, got none"
    );
    assert!(vocabulary_use(&t, &[""; 0]).is_err());
    assert!(compare(&[&t], &[" "]).is_err());
    assert!(context_in_words(&[&t], &["1"], &[10]).is_err());
    assert!(
        context_in_words(&[&t], &["a b, c"], &[512, 1_024])
            .unwrap()
            .to_string()
            .contains("384")
    );
}
