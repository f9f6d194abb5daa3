//! Agreement and accuracy of the built-in GloVe vectors, against scipy and gensim:
//! `tests/oracles/evaluation.py`.

use std::path::{Path, PathBuf};

use course::embeddings::evaluation::{AnalogyAccuracy, AnalogyQuestions, RatedPairs};
use course::embeddings::{AnalogyMethod, Embeddings};
use course::fetched;

fn oracle(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracles")
        .join(name)
}

/// Section, right answers, questions that were asked.
fn counts(accuracy: &AnalogyAccuracy) -> Vec<(&str, usize, usize)> {
    accuracy
        .sections()
        .iter()
        .map(|s| (s.name.as_str(), s.n_right, s.n_covered))
        .collect()
}

/// The script's figures for its own two files.
#[test]
fn made_up_sets() {
    let e = Embeddings::glove();
    let pairs = RatedPairs::read(oracle("pairs.tsv")).expect("the pairs");
    let agreement = e.agreement(&pairs).expect("enough of them");
    // scipy's figure has six digits. Both rank by cosines, and these differ by more than rounding.
    assert!(
        (agreement.spearman() - 0.671631).abs() < 1e-6,
        "{}",
        agreement.spearman()
    );
    assert_eq!((agreement.n_covered(), agreement.n_pairs()), (16, 19));

    let questions = AnalogyQuestions::read(oracle("questions.txt")).expect("the questions");
    for method in [AnalogyMethod::Add, AnalogyMethod::Mul] {
        let accuracy = e.analogy_accuracy(&questions, method).expect("answers");
        let expected = [
            ("family", 3, 5),
            ("capitals", 4, 4),
            ("gram1-past", 2, 4),
            ("gram2-comparative", 2, 2),
        ];
        assert_eq!(counts(&accuracy), expected, "{method:?}");
    }
}

/// The peers' scorer and gensim on the real sets. These are fetched, so a machine without them skips the
/// test.
#[test]
fn real_sets() {
    if !fetched::is_here("word-pairs").unwrap_or(false) {
        return;
    }
    let e = Embeddings::glove();
    let evaluation = e.evaluate().expect("the sets are here");
    let found: Vec<(f32, usize)> = evaluation
        .agreements()
        .iter()
        .map(|a| (a.spearman(), a.n_covered()))
        .collect();
    for ((spearman, n), (expected, n_expected)) in found.into_iter().zip([(0.5220, 319), (0.2713, 923)]) {
        // The scorer rounds to four digits.
        assert!(
            (spearman - expected).abs() < 6e-5 && n == n_expected,
            "{spearman} {n}"
        );
    }
    let expected = [
        ("capital-common-countries", 403, 506),
        ("capital-world", 1305, 1789),
        ("currency", 24, 128),
        ("city-in-state", 253, 1634),
        ("family", 251, 306),
        ("gram1-adjective-to-adverb", 122, 756),
        ("gram2-opposite", 36, 272),
        ("gram3-comparative", 667, 1190),
        ("gram4-superlative", 156, 380),
        ("gram5-present-participle", 357, 756),
        ("gram6-nationality-adjective", 1252, 1299),
        ("gram7-past-tense", 576, 1482),
        ("gram8-plural", 662, 992),
        ("gram9-plural-verbs", 204, 552),
    ];
    assert_eq!(counts(evaluation.analogies()), expected);
}

/// What the tables say. How they look is tested with the tables.
#[test]
fn results_show_themselves() {
    let e = Embeddings::glove();
    let pairs = RatedPairs::read(oracle("pairs.tsv")).expect("the pairs");
    let agreement = e.agreement(&pairs).expect("enough of them");
    assert!(agreement.to_string().contains("16 of 19"));
    assert_eq!(agreement.disagreements(3).n_rows(), 3);
    let error = e
        .agreement(&RatedPairs::parse("x", "quzzix\tvlorp\t1\n").expect("one"))
        .expect_err("none known");
    assert_eq!(
        error.to_string(),
        "the vocabulary for x: expected the words of at least 2 of 1 pairs, got those of 0"
    );
}
