//! Language models by counting and by a network, the ranking model, and the tagger, on real speeches.

use std::ops::ControlFlow;

use course::corpus::{Corpus, Document, Vocabulary};
use course::data::sotu;
use course::lm::{LanguageModel, NGram, Sampling, perplexity_table};
use course::predict::{Collobert, Nnlm, Softmax, Tagged, Tagger, TaggerModel, with_capitals};
use course::train::Checkpoint;

/// The speeches since 2000: those for training, every fifth one held out, and the 500 most frequent words of
/// the former.
fn speeches() -> (Corpus, Corpus, Vocabulary) {
    let all = sotu::corpus();
    let recent = all.documents().iter().filter(|d| d.year.unwrap_or(0) >= 2000);
    let (mut seen, mut kept_back): (Vec<Document>, Vec<Document>) = (Vec::new(), Vec::new());
    for (i, speech) in recent.enumerate() {
        match i % 5 {
            4 => kept_back.push(speech.clone()),
            _ => seen.push(speech.clone()),
        }
    }
    let seen = Corpus::new("seen", seen);
    let words = seen.vocabulary(1).most_frequent(500);
    (seen, Corpus::new("kept back", kept_back), words)
}

fn small() -> Nnlm {
    Nnlm {
        dimension: 16,
        hidden: 32,
        batch: 256,
        learning_rate: 5e-3,
        ..Nnlm::default()
    }
}

/// Both counting and the network predict better than the words' frequencies, and their mean better than
/// either. The sampled softmax comes near the full one.
#[test]
fn perplexities_of_speeches_kept_back() {
    let (seen, kept_back, words) = speeches();
    let ngrams = |order| {
        NGram {
            order,
            ..NGram::default()
        }
        .train(&seen, &words)
        .unwrap()
    };
    let trigrams = ngrams(3);
    let none = ngrams(1).perplexity(&kept_back).unwrap();
    let counted = trigrams.perplexity(&kept_back).unwrap();
    let full = small().train(&seen, &words).unwrap();
    let learned = full.perplexity(&kept_back).unwrap();
    let both = full.perplexity_with(&trigrams, 0.5, &kept_back).unwrap();
    assert!(
        counted < 0.55 * none && learned < 0.55 * none,
        "{none} {counted} {learned}"
    );
    assert!(both < 0.95 * counted.min(learned), "{both} {counted} {learned}");
    let alone = full.perplexity_with(&trigrams, 1.0, &kept_back).unwrap();
    assert!((alone / learned - 1.0).abs() < 1e-4, "{alone} {learned}");
    let alone = full.perplexity_with(&trigrams, 0.0, &kept_back).unwrap();
    assert!((alone / counted - 1.0).abs() < 1e-9, "{alone} {counted}");

    let sampled = Nnlm {
        softmax: Softmax::Sampled(100),
        ..small()
    };
    let sampled = sampled
        .train(&seen, &words)
        .unwrap()
        .perplexity(&kept_back)
        .unwrap();
    assert!((0.9..1.2).contains(&(sampled / learned)), "{sampled} {learned}");
}

/// The network begins with the words' frequencies. Stopped after its first report, with a learning rate near
/// zero, it knows them and no more. The same seed gives the same numbers.
#[test]
fn what_was_stopped_is_kept_and_the_seed_fixes_it() {
    let (seen, kept_back, words) = speeches();
    let stopped = |learning_rate: f64, seed: u64| {
        let mut reports = 0;
        let options = Nnlm {
            learning_rate,
            seed,
            ..small()
        };
        let model = options.train_with(&seen, &words, None, &mut |progress| {
            reports += 1;
            assert!(progress.done < progress.of && progress.loss.unwrap().is_finite());
            ControlFlow::Break(())
        });
        assert_eq!(reports, 1);
        model.unwrap()
    };
    let frequencies = NGram {
        order: 1,
        ..NGram::default()
    }
    .train(&seen, &words)
    .unwrap();
    let (at_first, of_frequencies) = (
        stopped(1e-9, 1).perplexity(&kept_back).unwrap(),
        frequencies.perplexity(&kept_back).unwrap(),
    );
    assert!(
        (0.9..1.1).contains(&(at_first / of_frequencies)),
        "{at_first} {of_frequencies}"
    );
    let vectors = |seed| stopped(5e-3, seed).embeddings().unwrap().matrix().clone();
    assert_eq!(vectors(1), vectors(1));
    assert_ne!(vectors(1), vectors(2));
}

/// Networks that were stopped at reports and resumed have the same numbers as without a stop. A checkpoint
/// belongs to its training.
#[test]
fn networks_go_on_from_a_checkpoint() {
    let (seen, _, words) = speeches();
    let folder = tempfile::tempdir().unwrap();
    let checkpoint = Checkpoint::new(folder.path().join("nnlm"));
    let nnlm = Nnlm {
        softmax: Softmax::Sampled(50),
        epochs: 1,
        ..small()
    };
    let whole = nnlm.train(&seen, &words).unwrap();
    let mut last = 0;
    for round in 0..4 {
        let mut reports = 0;
        let model = nnlm.train_with(&seen, &words, Some(&checkpoint), &mut |progress| {
            assert!(progress.done > last && progress.done_before <= last);
            last = progress.done;
            reports += 1;
            if round < 3 && reports > round {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(round == 3 || reports == round + 1);
        let same = model.unwrap().embeddings().unwrap().matrix() == whole.embeddings().unwrap().matrix();
        assert_eq!(same, round == 3);
    }
    let other = Nnlm {
        seed: 2,
        ..nnlm.clone()
    };
    let go_on = |options: &Nnlm| {
        told(options.train_with(&seen, &words, Some(&checkpoint), &mut |_| ControlFlow::Break(())))
    };
    let error = go_on(&other);
    assert!(
        error.contains("expected the options {") && error.ends_with("; remove the file to begin anew"),
        "{error}"
    );
    assert_eq!(go_on(&nnlm), "", "it is done");
    std::fs::write(&checkpoint.path, "no checkpoint").unwrap();
    assert!(go_on(&nnlm).contains("expected a checkpoint of NNLM"));

    let checkpoint = Checkpoint::new(folder.path().join("ranking"));
    let ranking = Collobert {
        batch: 256,
        epochs: 1,
        ..Collobert::default()
    };
    let whole = ranking.train(&seen, &words).unwrap();
    let stopped = ranking.train_with(&seen, &words, Some(&checkpoint), &mut |_| ControlFlow::Break(()));
    assert_ne!(
        stopped.unwrap().embeddings().unwrap().matrix(),
        whole.embeddings().unwrap().matrix()
    );
    let gone_on = ranking.train_with(&seen, &words, Some(&checkpoint), &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(
        gone_on.unwrap().embeddings().unwrap().matrix(),
        whole.embeddings().unwrap().matrix()
    );
}

/// In most windows of speeches that were never seen, the real window has the larger score, even if the
/// training was stopped. What the vectors know is useful to a tagger.
#[test]
fn ranking_and_tagging_of_speeches() {
    let (seen, kept_back, words) = speeches();
    let options = Collobert {
        batch: 256,
        learning_rate: 5e-3,
        ..Collobert::default()
    };
    let mut losses = Vec::new();
    let model = options.train_with(&seen, &words, None, &mut |progress| {
        losses.push(progress.loss.unwrap());
        match progress.epoch {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    });
    let model = model.unwrap();
    assert!(losses[losses.len() - 1] < 0.8 * losses[0], "{losses:?}");
    let wins = model.wins(&kept_back, 1).unwrap();
    assert!(wins > 0.75, "{wins}");
    let again = options
        .train_with(&seen, &words, None, &mut |_| ControlFlow::Break(()))
        .unwrap();
    let once_more = options
        .train_with(&seen, &words, None, &mut |_| ControlFlow::Break(()))
        .unwrap();
    assert_eq!(
        again.embeddings().unwrap().matrix(),
        once_more.embeddings().unwrap().matrix()
    );

    let (tagged, to_judge) = (with_capitals(&seen).unwrap(), with_capitals(&kept_back).unwrap());
    let tagger = Tagger::default();
    let vectors = model.embeddings().unwrap();
    let trained = tagger.train(&vectors, &tagged[..1000]).unwrap();
    let score = trained.score(&to_judge).unwrap();
    // Nearly nine of ten words have no capital. F1 for the others is 0 if one says so of all words.
    assert!(score.accuracy > 0.9 && score.f1 > 0.4, "{score:?}");
    assert!((score.f1 - 2.0 / (1.0 / score.precision + 1.0 / score.recall)).abs() < 1e-12);
    let again = tagger.train(&vectors, &tagged[..1000]).unwrap();
    assert_eq!(again.score(&to_judge).unwrap(), score);
}

/// The probabilities that a network gives to all words, the unknown word and the end sum to 1. So do those of
/// n-grams.
#[test]
fn probabilities_sum_to_one() {
    let texts = ["The cat sat on the mat. The dog sat on the log."];
    let words = Vocabulary::of(&texts, 1).unwrap();
    let network = small().train(&texts, &words).unwrap();
    let counted = NGram::default().train(&texts, &words).unwrap();
    for context in ["", "the cat", "a word that nobody knows", "the dog sat on the"] {
        for table in [
            network.next(context, 99).unwrap(),
            counted.next(context, 99).unwrap(),
        ] {
            let text = table.to_string();
            let p = text.lines().skip(3).filter_map(|line| {
                line.split_whitespace()
                    .find_map(|piece| piece.parse::<f64>().ok())
            });
            let p: Vec<f64> = p.collect();
            assert_eq!(p.len(), words.len() + 2, "{text}");
            // Each has three decimals.
            assert!((p.iter().sum::<f64>() - 1.0).abs() < 0.005, "{text}");
        }
    }
}

/// Counts and the network are used through one trait. A seed fixes the text, greedy sampling begins with the
/// most probable word, a temperature keeps the order of the words, and many positions at once give the same
/// as one at a time.
#[test]
fn counts_and_network_write() {
    let texts = ["The cat sat on the mat. The dog sat on the log. The cat ran."].repeat(10);
    let words = Vocabulary::of(&texts, 1).unwrap();
    let counted = NGram::default().train(&texts, &words).unwrap();
    let network = small().train(&texts, &words).unwrap();
    let sampling = Sampling {
        temperature: 0.8,
        top_p: Some(0.9),
        ..Sampling::default()
    };
    for (name, model) in [("n-grams", &counted as &dyn LanguageModel), ("NNLM", &network)] {
        let text = |seed| model.generate("the", 25, &sampling, seed).unwrap();
        assert_eq!(text(1), text(1), "{name}");
        let greedy = model.generate("the cat", 25, &Sampling::greedy(), 1).unwrap();
        let next = model.next("the cat", 3).unwrap();
        assert!(greedy.starts_with(&next.tokens()[0].0), "{name}: {greedy}");
        let flat = Sampling {
            temperature: 2.0,
            ..Sampling::default()
        };
        let flat = model.next_by("the cat", 3, &flat).unwrap();
        for (a, b) in next.tokens().iter().zip(flat.tokens()) {
            assert_eq!(a.0, b.0, "{name}");
        }
        assert!(flat.tokens()[0].1 < next.tokens()[0].1, "{name}");
        let sequences = model.tokens().sequences(&["The dog sat."]).unwrap();
        let together = model.log_probabilities(&sequences).unwrap();
        for (at, log) in together[0].iter().enumerate() {
            let p = model.next_probabilities(&sequences[0][..at]).unwrap();
            let alone = p[sequences[0][at] as usize].ln();
            // The network's numbers are f32.
            assert!((log - alone).abs() < 1e-5, "{name} {at}: {log} {alone}");
        }
    }
    let table = perplexity_table(&[("n-grams", &counted), ("NNLM", &network)], &texts).unwrap();
    assert_eq!(table.n_rows(), 2);
}

#[test]
fn what_cannot_be_is_said() {
    let texts = ["The cat sat on the mat."];
    let words = Vocabulary::of(&texts, 1).unwrap();
    let none = Vocabulary::of(&texts, 9).unwrap();
    let nnlm = |options: Nnlm| told(options.train(&texts, &words));
    assert_eq!(
        nnlm(Nnlm { order: 1, ..small() }),
        "the order: expected 2 or more, got 1"
    );
    assert_eq!(
        nnlm(Nnlm {
            dimension: 0,
            ..small()
        }),
        "the dimension: expected 1 or more, got 0"
    );
    assert_eq!(
        nnlm(Nnlm { hidden: 0, ..small() }),
        "the hidden units: expected 1 or more, got 0"
    );
    assert_eq!(
        nnlm(Nnlm { epochs: 0, ..small() }),
        "the number of epochs: expected 1 or more, got 0"
    );
    assert_eq!(
        nnlm(Nnlm { batch: 0, ..small() }),
        "the batch: expected 1 or more, got 0"
    );
    assert_eq!(
        nnlm(Nnlm {
            softmax: Softmax::Sampled(0),
            ..small()
        }),
        "the number of drawn classes: expected 1 or more, got 0"
    );
    assert_eq!(
        nnlm(Nnlm {
            learning_rate: f64::NAN,
            ..small()
        }),
        "the learning rate: expected a number above 0, got NaN"
    );
    assert_eq!(
        nnlm(Nnlm {
            learning_rate: 1e38,
            epochs: 50,
            ..small()
        }),
        "the loss: expected a finite number; a smaller learning rate may help, got NaN"
    );
    assert_eq!(
        told(small().train(&texts, &none)),
        "the vocabulary: expected at least one word, got none"
    );
    assert_eq!(
        told(small().train(&["…"], &words)),
        "the texts: expected at least one word, got none"
    );
    let model = small().train(&texts, &words).unwrap();
    assert_eq!(
        told(model.perplexity(&["…"])),
        "the texts: expected at least one word, got none"
    );
    let ngrams = NGram::default().train(&texts, &words).unwrap();
    assert_eq!(
        told(model.perplexity_with(&ngrams, 1.5, &texts)),
        "the share: expected 0 to 1, got 1.5"
    );
    let others = NGram::default().train(&texts, &words.most_frequent(2)).unwrap();
    assert_eq!(
        told(model.perplexity_with(&others, 0.5, &texts)),
        "the models of a mixture: expected the same 7 tokens, got others, 4"
    );

    for order in [0, 9] {
        let counted = NGram {
            order,
            ..NGram::default()
        }
        .train(&texts, &words);
        assert_eq!(told(counted), format!("the order: expected 1 to 8, got {order}"));
    }
    let counted = NGram {
        discount: Some(1.0),
        ..NGram::default()
    }
    .train(&texts, &words);
    assert_eq!(told(counted), "the discount: expected between 0 and 1, got 1");
    assert!(told(ngrams.probability("the", "dog")).starts_with("no word \"dog\""));

    let ranking = |options: Collobert| told(options.train(&texts, &words));
    assert_eq!(
        ranking(Collobert {
            reach: 0,
            ..Collobert::default()
        }),
        "the reach: expected 1 or more, got 0"
    );
    assert_eq!(
        ranking(Collobert {
            learning_rate: -1.0,
            ..Collobert::default()
        }),
        "the learning rate: expected a number above 0, got -1"
    );
    assert_eq!(
        told(Collobert::default().train(&texts, &words.most_frequent(1))),
        "the vocabulary: expected two words or more, to tell apart, got 1"
    );
    assert_eq!(
        told(Collobert::default().train(&["dogs"], &words)),
        "the texts: expected at least one word of the vocabulary, got none"
    );
    let model = Collobert::default().train(&texts, &words).unwrap();
    assert_eq!(told(model.score("the cat")), "a window: expected 5 words, got 2");
}

#[test]
fn labels_that_cannot_be_learned_are_said() {
    let words = Vocabulary::of(&["we went to paris"], 1).unwrap();
    let tagged = |labels: &[usize]| Tagged {
        words: ["we", "went", "to", "paris"].map(String::from).to_vec(),
        labels: labels.to_vec(),
    };
    let train = |tagger: Tagger, labels: &[usize]| -> course::Result<TaggerModel> {
        tagger.train_alone(&words, 4, &[tagged(labels)])
    };
    let all = Tagger::default;
    assert_eq!(
        told(train(all(), &[0, 0, 1])),
        "a sentence: expected 4 labels, got 3"
    );
    assert_eq!(
        told(train(all(), &[0; 4])),
        "the labelled words: expected two labels or more, got one"
    );
    assert_eq!(
        told(all().train_alone(&words, 4, &[])),
        "the labelled words: expected two labels or more, got none"
    );
    assert_eq!(
        told(train(all(), &[0, 0, 0, 10_000])),
        "the labelled words: expected labels from 0 to 9999, got 10000"
    );
    assert!(train(all(), &[0, 0, 0, usize::MAX]).is_err());
    assert_eq!(
        told(all().train_alone(&words, 0, &[tagged(&[0, 0, 0, 1])])),
        "the dimension: expected 1 or more, got 0"
    );
    assert_eq!(
        told(train(
            Tagger {
                learning_rate: 0.0,
                ..all()
            },
            &[0, 0, 0, 1]
        )),
        "the learning rate: expected a number above 0, got 0"
    );
    let model = train(all(), &[0, 0, 0, 1]).unwrap();
    assert_eq!(model.tag("").unwrap(), [0_usize; 0]);
    assert_eq!(
        told(model.score(&[])),
        "the sentences: expected at least one word, got none"
    );
}

fn told<T>(result: course::Result<T>) -> String {
    result.err().map(|e| e.to_string()).unwrap_or_default()
}
