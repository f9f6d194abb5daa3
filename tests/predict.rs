//! Word vectors that are trained to predict.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::ops::ControlFlow;

use course::corpus::Vocabulary;
use course::embeddings::{Embeddings, spearman};
use course::predict::{Architecture, Output, Word2Vec, sgns_plain};
use course::rng::seeded;
use rand::Rng;

/// Sentences of two kinds: each has words of one half of the alphabet only, drawn by the seed.
fn two_topics(n: usize) -> Vec<String> {
    let mut rng = seeded(9);
    (0..n)
        .map(|i| {
            let first = if i % 2 == 0 { b'a' } else { b'n' };
            let words = (0..8).map(|_| char::from(first + rng.random_range(0..13)).to_string());
            words.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn options() -> Word2Vec {
    Word2Vec {
        dimension: 16,
        min_count: 1,
        subsample: None,
        epochs: 10,
        ..Default::default()
    }
}

/// How much more alike two words of one topic are than two words of different ones.
fn contrast(e: &Embeddings) -> f32 {
    let (mut same, mut other) = (Vec::new(), Vec::new());
    for (i, a) in e.words().iter().enumerate() {
        for b in &e.words()[..i] {
            let together = (a.as_str() < "n") == (b.as_str() < "n");
            if together { &mut same } else { &mut other }.push(e.cosine(a, b).unwrap());
        }
    }
    let mean = |all: &[f32]| all.iter().sum::<f32>() / all.len() as f32;
    mean(&same) - mean(&other)
}

#[test]
fn all_four_ways_tell_the_topics_apart() {
    let texts = two_topics(1000);
    for architecture in [Architecture::SkipGram, Architecture::Cbow] {
        for output in [Output::Negative(5), Output::HierarchicalSoftmax] {
            let model = Word2Vec {
                architecture,
                output,
                ..options()
            }
            .train(&texts)
            .unwrap();
            let contrast = contrast(&model.embeddings().unwrap());
            assert!(contrast > 0.5, "{architecture:?} {output:?}: {contrast}");
        }
    }
}

#[test]
fn a_seed_fixes_the_bytes_on_one_thread() {
    let texts = two_topics(300);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let train = |seed| one.install(|| Word2Vec { seed, ..options() }.train(&texts).unwrap());
    let (a, b, c) = (train(1), train(1), train(2));
    assert_eq!((a.input(), a.output()), (b.input(), b.output()));
    assert_ne!(a.input(), c.input());
}

/// The plain form and the fast one put the pairs of words in nearly the same order of likeness.
#[test]
fn the_fast_form_learns_what_the_plain_one_does() {
    let texts = two_topics(1000);
    let fast = Word2Vec {
        epochs: 5,
        ..options()
    }
    .train(&texts)
    .unwrap();
    let vocabulary = Vocabulary::of(&texts, 1).unwrap();
    let text = vocabulary.encode(texts.join(" ").split(' '));
    let plain = sgns_plain(&text.repeat(3), vocabulary.counts(), 16, 3, 5, 0.025, 1).unwrap();
    let plain = Embeddings::new(vocabulary, plain).unwrap();
    let fast = fast.embeddings().unwrap();
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for (i, a) in plain.words().iter().enumerate() {
        for b in &plain.words()[..i] {
            x.push(plain.cosine(a, b).unwrap());
            y.push(fast.cosine(a, b).unwrap());
        }
    }
    let agreement = spearman(&x, &y).unwrap();
    assert!(agreement > 0.7, "{agreement}");
}

#[test]
fn it_can_be_stopped_and_keeps_what_it_has() {
    let texts = two_topics(300);
    let mut calls = 0;
    let stopped = options().train_with(&texts, &mut |progress| {
        calls += 1;
        assert_eq!(progress.of, 300 * 8 * 10);
        if progress.epoch == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((calls, stopped.unwrap().embeddings().unwrap().len()), (3, 26));
}

#[test]
fn bad_options_and_texts_are_errors() {
    let texts = two_topics(10);
    let error = |options: Word2Vec| options.train(&texts).unwrap_err().to_string();
    assert_eq!(
        error(Word2Vec {
            dimension: 0,
            ..options()
        }),
        "the dimension: expected 1 or more, got 0"
    );
    assert_eq!(
        error(Word2Vec {
            min_count: 1000,
            ..options()
        }),
        "the texts: expected words that occur at least 1000 times, got none"
    );
    assert_eq!(
        error(Word2Vec {
            alpha: f32::NAN,
            ..options()
        }),
        "the steps: expected alpha above 0, and min_alpha from 0 to alpha, got NaN and 0.0001"
    );
    let astray = Word2Vec {
        alpha: 1e30,
        ..options()
    }
    .train(&texts)
    .unwrap();
    assert!(
        astray.embeddings().is_err(),
        "numbers that are not finite are not passed on"
    );
    // One word has no company: its vector stays as it was.
    let alone = Word2Vec {
        output: Output::HierarchicalSoftmax,
        ..options()
    }
    .train(&["a", "a"])
    .unwrap();
    assert_eq!(alone.embeddings().unwrap().len(), 1);
}
