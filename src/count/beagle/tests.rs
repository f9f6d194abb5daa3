//! BEAGLE: the fast form against the plain one, what can be decoded, and degenerate texts.

use super::*;
use crate::corpus::{Corpus, Document};

fn vocabulary(texts: &dyn Texts) -> Vocabulary {
    Vocabulary::of(texts, 1).unwrap()
}

fn near(a: &Array2<f32>, b: &Array2<f32>, most: f32) -> bool {
    a.dim() == b.dim() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < most)
}

/// Some sentences of words "a" to "l", some of which are not in the vocabulary.
fn drawn_text(seed: u64, sentences: usize) -> Vec<String> {
    let mut rng = rng::seeded(seed);
    let mut word = |_| char::from(b'a' + rng.random_range(0..12_u8)).to_string();
    let mut lengths = rng::seeded(seed + 1);
    (0..sentences)
        .map(|_| {
            (0..lengths.random_range(0..9))
                .map(&mut word)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// The sums are of some hundred numbers below 1: 1e-4 is a hundred times their rounding, and a thousandth of
/// a missing term.
#[test]
fn the_fast_form_is_the_plain_one() {
    let texts = Corpus::new(
        "drawn",
        drawn_text(3, 40)
            .into_iter()
            .map(|text| Document::new("", text))
            .collect(),
    )
    .already_cut();
    let words = vocabulary(&texts).most_frequent(10);
    for (dimension, window, stop_words) in [(4, 2, 0), (64, 3, 2), (128, 5, 0), (256, 7, 4)] {
        let settings = Beagle {
            dimension,
            window,
            stop_words,
            seed: 5,
        };
        let fast = settings.train(&texts, &words).unwrap();
        let plain = settings.train_plain(&texts, &words).unwrap();
        assert!(near(&fast.context, &plain.context, 1e-4), "context, {settings:?}");
        let most = if dimension == 4 { 1e-2 } else { 1e-4 };
        assert!(near(&fast.order, &plain.order, most), "order, {settings:?}");
        assert!(plain.order.iter().any(|x| x.abs() > 0.1));
    }
}

/// Two words, one sentence: context(a) = e(b), order(a) = L(Φ) ⊛ R(e(b)).
#[test]
fn two_words_on_paper() {
    let texts = ["a b"];
    let model = Beagle {
        dimension: 64,
        ..Beagle::default()
    }
    .train(&texts, &vocabulary(&texts))
    .unwrap();
    let [a, b] = ["a", "b"].map(|word| model.vocabulary.id(word).unwrap() as usize);
    let close = |x: &[f32], y: &[f32]| x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-5);
    let row = |m: &Array2<f32>, i: usize| m.row(i).to_vec();
    assert!(close(&row(&model.context, a), &row(&model.environment, b)));
    assert!(close(&row(&model.context, b), &row(&model.environment, a)));
    let after = binding::bind(&model.placeholder, &row(&model.environment, b)).unwrap();
    let before = binding::bind(&row(&model.environment, a), &model.placeholder).unwrap();
    assert!(close(&row(&model.order, a), &after));
    assert!(close(&row(&model.order, b), &before));
}

#[test]
fn what_stands_before_and_after_is_decoded() {
    let texts = [
        "the king rules the land",
        "the king rules a town",
        "the queen rules the land",
    ];
    let model = Beagle::default().train(&texts, &vocabulary(&texts)).unwrap();
    assert_eq!(model.after("king", 1).unwrap().words(), ["rules"]);
    assert_eq!(model.before("king", 1).unwrap().words(), ["the"]);
    assert_eq!(model.before("land", 1).unwrap().words(), ["the"]);
    let mut before = model.before("rules", 2).unwrap().words().join(" ");
    assert_eq!(before, "king queen");
    before = model
        .order()
        .unwrap()
        .neighbours("king", 1)
        .unwrap()
        .words()
        .join(" ");
    assert_eq!(before, "queen");
    assert!(model.after("nobody", 1).is_err());
}

/// Environment vectors are about 1 long and nearly orthogonal: four times the spread 1/√d.
#[test]
fn environment_vectors_are_nearly_orthogonal() {
    let texts = drawn_text(1, 50);
    let model = Beagle::default().train(&texts, &vocabulary(&texts)).unwrap();
    let e = model.environment().unwrap();
    for i in 0..e.len() as u32 {
        let norm = crate::embeddings::dot(e.row(i), e.row(i)).unwrap();
        // The variance of a sum of d squares of variance 1/d is 2/d.
        assert!((norm - 1.0).abs() < 4.0 * (2.0 / 1024.0_f32).sqrt(), "{norm}");
        for j in 0..i {
            assert!(crate::embeddings::dot(e.row(i), e.row(j)).unwrap().abs() < 4.0 / 32.0);
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let texts = drawn_text(9, 3000);
    let words = vocabulary(&texts);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            Beagle {
                dimension: 256,
                ..Beagle::default()
            }
            .train(&texts, &words)
            .unwrap()
        })
    };
    assert!(with(1) == with(3));
    let other = Beagle {
        dimension: 256,
        seed: 2,
        ..Beagle::default()
    }
    .train(&texts, &words)
    .unwrap();
    assert!(other != with(1));
}

#[test]
fn degenerate_texts() {
    let model = |texts: &[&str]| {
        Beagle {
            dimension: 64,
            ..Beagle::default()
        }
        .train(&texts, &vocabulary(&texts))
    };
    assert_eq!(
        model(&["", " "]).unwrap_err().to_string(),
        "the vocabulary: expected at least one word, got none"
    );
    // A word alone in its sentence has no context and no order.
    let alone = model(&["word", ""]).unwrap();
    assert!(alone.context.iter().chain(&alone.order).all(|&x| x == 0.0));
    assert!(alone.context().is_ok() && alone.after("word", 1).is_ok());
    // All words are the same: the context of each of the four is itself, three times.
    let same = model(&["word word word word"]).unwrap();
    assert!(near(&same.context, &(&same.environment * 12.0), 1e-3));
    // Without a full stop, a million words are one sentence.
    let text = ["left right up down ".repeat(250_000)];
    let long = Beagle {
        dimension: 4,
        ..Beagle::default()
    }
    .train(&text, &vocabulary(&text))
    .unwrap();
    assert!(long.order.iter().all(|x| x.is_finite()));
}

#[test]
fn settings_out_of_range() {
    let texts = ["a b"];
    let train = |settings: Beagle| {
        settings
            .train(&texts, &vocabulary(&texts))
            .unwrap_err()
            .to_string()
    };
    for dimension in [0, 2, 100, 1 << 17] {
        let message = train(Beagle {
            dimension,
            ..Beagle::default()
        });
        assert_eq!(
            message,
            format!("the dimension: expected a power of two from 4 to 65,536, got {dimension}")
        );
    }
    for window in [0, 1, 17] {
        let message = train(Beagle {
            window,
            ..Beagle::default()
        });
        assert_eq!(
            message,
            format!("the longest n-gram: expected 2 to 16 words, got {window}")
        );
    }
}
