//! GloVe: what it fits, that the plain and the fast form agree, and that threads make no difference.

use std::ops::ControlFlow;

use course::corpus::{Vocabulary, Weight, Window};
use course::count::{Cooccurrence, cooccurrence};
use course::loss::{glove_loss, glove_weight};
use course::predict::{Glove, glove_plain};
use course::train::Checkpoint;

use super::{contrast, two_topics};

fn counts<S: AsRef<str>>(texts: &[S], window: usize) -> Cooccurrence {
    let window = Window::symmetric(window).unwrap().weighted(Weight::Inverse);
    cooccurrence(&texts, &Vocabulary::of(&texts, 1).unwrap(), window).unwrap()
}

fn options() -> Glove {
    Glove {
        dimension: 16,
        min_count: 1,
        ..Default::default()
    }
}

/// The least loss for eight words in two dimensions, from tests/oracles/glove.py. There scipy finds the same
/// loss from at least half of its starting points. Training with one pair at a time ends above it; the
/// smaller the steps, the smaller the difference.
#[test]
fn it_reaches_the_least_loss_that_scipy_finds() {
    const LEAST: f64 = 0.003_739;
    let text =
        "the cat sat on the mat the dog sat on the log the cat saw the dog the dog saw the cat on the mat";
    let counts = counts(&[text], 3);
    assert_eq!(counts.matrix().n_entries(), 50);
    let glove = Glove {
        dimension: 2,
        x_max: 2.0,
        epochs: 20_000,
        learning_rate: 0.02,
        ..Default::default()
    };
    let model = glove.fit(&counts).unwrap();
    // The loss of the model as it is, by the formula at the head of the chapter.
    let mut loss = 0.0;
    for (i, j, x) in counts.matrix().iter() {
        let word = |id| counts.vocabulary().word(id).unwrap();
        let e = f64::from(model.predicted_log(word(i), word(j)).unwrap() - x.ln());
        loss += 0.5 * f64::from(glove_weight(x, 2.0, 0.75)) * e * e / 50.0;
    }
    assert!(loss > LEAST - 1e-6 && loss < 1.02 * LEAST, "{loss}");
}

/// With as many dimensions as words every count can be fitted, so the differences of logarithms vanish.
#[test]
fn enough_dimensions_fit_every_count() {
    let counts = counts(&["a b c d e a c e b d a d b e c"], 2);
    let glove = Glove {
        dimension: 10,
        x_max: 1.0,
        epochs: 3000,
        ..Default::default()
    };
    let model = glove.fit(&counts).unwrap();
    for (i, j, x) in counts.matrix().iter() {
        let (word, context) = (
            counts.vocabulary().word(i).unwrap(),
            counts.vocabulary().word(j).unwrap(),
        );
        let log = model.predicted_log(word, context).unwrap();
        assert!((log - x.ln()).abs() < 0.01, "{word} {context}: {log} {}", x.ln());
    }
    assert!(model.losses()[2999] < 1e-5);
}

/// Enough words for two blocks, so that threads share them.
#[test]
fn threads_make_no_difference_and_the_seed_does() {
    let texts: Vec<String> = (0..400)
        .map(|i| format!("w{} w{} w{} v{}", i % 150, i * 7 % 150, i * i % 150, i % 3))
        .collect();
    let fit = |threads, seed| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let glove = Glove { seed, ..options() };
        let model = pool.install(|| glove.train(&texts).unwrap());
        (
            model.losses().to_vec(),
            model.embeddings().unwrap().matrix().to_owned(),
        )
    };
    let one = fit(1, 1);
    assert!(one.1.nrows() > 128);
    assert_eq!(one, fit(2, 1));
    assert_eq!(one, fit(3, 1));
    assert_ne!(one.1, fit(1, 2).1);
}

#[test]
fn words_of_one_topic_are_alike_and_the_loss_falls() {
    let model = options().train(&two_topics(1000)).unwrap();
    let losses = model.losses();
    // Near the minimum the noise of the steps may raise the loss a little.
    assert!(losses.is_sorted_by(|a, b| *b < 1.05 * a), "{losses:?}");
    assert!(losses[14] < 0.01 * losses[0], "{losses:?}");
    let contrast = contrast(&model.embeddings().unwrap());
    assert!(contrast > 0.3, "{contrast}");
}

/// Both forms make the same steps in a different order. Over five seeds, the loss in the last epoch differs
/// by less than a tenth.
#[test]
fn the_plain_and_the_fast_form_agree() {
    let counts = counts(&two_topics(300), 3);
    let n = counts.vocabulary().len();
    for seed in 1..=5 {
        let glove = Glove {
            seed,
            epochs: 30,
            ..options()
        };
        let fast = glove.fit(&counts).unwrap();
        let plain = glove_plain(counts.matrix(), 16, 10.0, 30, 0.1, seed).unwrap();
        let (fast, (first, last)) = (fast.losses()[29], (plain.losses[0], plain.losses[29]));
        assert!(last < 0.5 * first, "{first} {last}");
        assert!((fast / last - 1.0).abs() < 0.1, "{seed}: {fast} {last}");
        assert_eq!(plain.vectors.dim(), (n, 16));
    }
}

/// The order of the documents does not change how often words meet, and hardly changes what is learned. The
/// losses are compared, since vectors can be rotated.
#[test]
fn the_order_of_the_documents_hardly_matters() {
    let texts = two_topics(300);
    let reversed: Vec<String> = texts.iter().rev().cloned().collect();
    let last = |texts: &[String]| *options().fit(&counts(texts, 3)).unwrap().losses().last().unwrap();
    let (one, other) = (last(&texts), last(&reversed));
    assert!((one / other - 1.0).abs() < 0.05, "{one} {other}");
}

#[test]
fn it_can_be_stopped_and_keeps_what_it_has() {
    let counts = counts(&two_topics(100), 3);
    let mut seen = Vec::new();
    let stopped = options()
        .fit_with(&counts, None, &mut |progress| {
            assert_eq!(progress.epochs, 15);
            seen.push(progress.epoch);
            if progress.epoch == 2 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
    assert_eq!(seen, [0, 1, 2]);
    // It has what three epochs would have learned.
    let three = Glove {
        epochs: 3,
        ..options()
    }
    .fit(&counts)
    .unwrap();
    assert_eq!(stopped.losses(), three.losses());
    assert_eq!(
        stopped.embeddings().unwrap().matrix(),
        three.embeddings().unwrap().matrix()
    );
}

/// Training that was stopped twice and resumed gives the same bytes. So does training that was killed, with a
/// checkpoint older than what had been learned.
#[test]
fn what_was_stopped_goes_on_as_if_it_had_not_been() {
    let counts = counts(&two_topics(300), 3);
    let whole = options().fit(&counts).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (path, kept) = (folder.path().join("state"), folder.path().join("kept"));
    let checkpoint = Checkpoint::new(&path);
    let mut epochs = Vec::new();
    for stop in [4, 5, 99] {
        let model = options().fit_with(&counts, Some(&checkpoint), &mut |progress| {
            epochs.push(progress.epoch);
            if progress.epoch + 1 == stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if stop == 4 {
            std::fs::copy(&path, &kept).unwrap();
        }
        if stop == 99 {
            let model = model.unwrap();
            assert_eq!(model.losses(), whole.losses());
            assert_eq!(
                model.embeddings().unwrap().matrix(),
                whole.embeddings().unwrap().matrix()
            );
        }
    }
    assert_eq!(epochs, (0..15).collect::<Vec<_>>());
    let done = options()
        .fit_with(&counts, Some(&checkpoint), &mut |_| panic!("it is done"))
        .unwrap();
    assert_eq!(done.losses(), whole.losses());
    let killed = Checkpoint::new(&kept);
    let model = options()
        .fit_with(&counts, Some(&killed), &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(
        model.embeddings().unwrap().matrix(),
        whole.embeddings().unwrap().matrix()
    );

    let told = |options: Glove, counts: &Cooccurrence| {
        let fitted = options.fit_with(counts, Some(&checkpoint), &mut |_| ControlFlow::Continue(()));
        fitted.err().map(|e| e.to_string()).unwrap_or_default()
    };
    let other = told(Glove { seed: 9, ..options() }, &counts);
    assert!(
        other.contains("expected the options {") && other.ends_with("; remove the file to begin anew"),
        "{other}"
    );
    let fewer = told(options(), &self::counts(&two_topics(200), 3));
    assert!(
        fewer.contains(" pairs that met ") && fewer.contains("remove the file"),
        "{fewer}"
    );
    std::fs::write(&path, "no checkpoint").unwrap();
    assert!(told(options(), &counts).contains("expected a checkpoint of GloVe"));
}

#[test]
fn the_least_input_and_options_that_cannot_be() {
    // A single word never meets another: its vector does not change, and there is no loss.
    let alone = options().train(&["a"]).unwrap();
    assert_eq!((alone.vocabulary().len(), alone.losses()), (1, &[0.0; 15][..]));
    assert!(
        alone
            .embeddings()
            .unwrap()
            .matrix()
            .iter()
            .all(|x| x.abs() <= 1.0 / 16.0)
    );
    // A word that meets only itself.
    let twice = options().train(&["a a"]).unwrap();
    assert!(twice.losses()[14] < twice.losses()[0]);
    let error = |glove: Glove| glove.train(&["a b a b"]).unwrap_err().to_string();
    assert_eq!(
        error(Glove::default()),
        "the texts: expected words that occur at least 5 times, got none"
    );
    let cases = [
        (
            Glove {
                dimension: 0,
                ..options()
            },
            "the dimension: expected 1 or more, got 0",
        ),
        (
            Glove {
                epochs: 0,
                ..options()
            },
            "the number of epochs: expected 1 or more, got 0",
        ),
        (
            Glove {
                x_max: 0.0,
                ..options()
            },
            "x_max: expected a number above 0, got 0",
        ),
        (
            Glove {
                learning_rate: f32::NAN,
                ..options()
            },
            "the learning rate: expected a number above 0, got NaN",
        ),
        (
            Glove {
                power: 1.5,
                ..options()
            },
            "the power: expected 0 to 1, got 1.5",
        ),
    ];
    for (glove, message) in cases {
        assert_eq!(error(glove), message);
    }
    assert!(options().train(&[""; 0]).is_err());
    assert!(glove_plain(counts(&["a b"], 1).matrix(), 0, 10.0, 1, 0.05, 1).is_err());
}

/// A step that is far too large ends in an error or in finite numbers, never in an unnoticed NaN.
#[test]
fn a_step_far_too_large_does_not_spread_nan() {
    let glove = Glove {
        learning_rate: 1e30,
        ..options()
    };
    if let Ok(e) = glove.train(&two_topics(50)).unwrap().embeddings() {
        assert!(e.matrix().iter().all(|x| x.is_finite()));
    }
    assert!(
        glove_loss(&[1.0], &[1.0], 0.0, f32::MIN_POSITIVE, 10.0)
            .unwrap()
            .is_finite()
    );
}
