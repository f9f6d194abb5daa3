//! Expressions: on paper, as gensim finds them, and what joining preserves.

use std::collections::BTreeMap;

use course::corpus::{Corpus, Cut, Document, Texts, Vocabulary};
use course::data::sotu;
use course::words::{PhraseModel, PhraseScore, Phrases};

fn joined(texts: &dyn Texts) -> Vec<String> {
    let mut out = Vec::new();
    texts
        .each(&mut |text| {
            out.push(text.to_owned());
            Ok(())
        })
        .unwrap();
    out
}

/// *a b* occurs three times, *b c* three times, a and c three times, b and x four times; N = 14. Both pairs
/// score (3 − 1) · 14 / (3 · 4) = 2⅓, and *c x* scores (1 − 1) · 14 / … = 0.
#[test]
fn the_left_pair_wins_on_paper() {
    let texts = ["a b c x", "a b c", "a b c", "b x x x"];
    let phrases = Phrases {
        min_count: 1,
        thresholds: vec![2.0],
        ..Default::default()
    };
    let model = phrases.learn(&texts).unwrap();
    let found: Vec<_> = (model.phrases(0).iter())
        .map(|p| (p.joined(), p.count, p.score))
        .collect();
    let score = 2.0 * 14.0 / 12.0;
    assert_eq!(found.len(), 2);
    for ((name, count, got), expected) in found.into_iter().zip(["a_b", "b_c"]) {
        assert_eq!((name.as_str(), count), (expected, 3));
        assert!((got - score).abs() < 1e-12);
    }
    assert_eq!(
        joined(&model.texts(&texts)),
        ["a_b c x", "a_b c", "a_b c", "b x x x"]
    );
    assert_eq!(model.join("B c, a b c b c"), ["b_c", "a_b", "c", "b_c"]);
}

/// The built-in speeches as the script cuts them: each word is a run of the letters a to z.
fn speeches() -> Vec<String> {
    let plain = |c: char| {
        if c.is_ascii_alphabetic() {
            c.to_ascii_lowercase()
        } else {
            ' '
        }
    };
    let speeches = sotu::speeches().iter();
    speeches.map(|s| s.text.chars().map(plain).collect()).collect()
}

/// gensim 4.4's expressions in two passes with two scores, from tests/oracles/phrases.py. None is missing,
/// the scores are the same except for the last digits, and the joined text is the same.
#[test]
fn the_expressions_are_gensims() {
    let texts = speeches();
    for (name, score, thresholds) in [
        ("collocation", PhraseScore::Collocation, vec![300.0, 150.0]),
        ("npmi", PhraseScore::Npmi, vec![0.7, 0.6]),
    ] {
        let phrases = Phrases {
            score,
            thresholds,
            min_count: 20,
            ..Default::default()
        };
        let model = phrases.learn(&texts).unwrap();
        let rows = || {
            let lines = include_str!("../oracles/phrases.tsv").lines();
            lines
                .map(|line| line.split('\t').collect::<Vec<_>>())
                .filter(|row| row[0] == name)
        };
        for (pass, at) in ["1", "2"].into_iter().enumerate() {
            let gensim: BTreeMap<String, f64> = rows()
                .filter(|row| row[1] == at)
                .map(|row| (row[2].to_owned(), row[3].parse().unwrap()))
                .collect();
            let ours: BTreeMap<String, f64> = found(&model, pass, &texts);
            assert!(gensim.len() > 50);
            assert!(gensim.keys().eq(ours.keys()), "{name} {pass}");
            for (phrase, score) in &gensim {
                assert!(
                    (score / ours[phrase] - 1.0).abs() < 1e-9,
                    "{name} {pass} {phrase}"
                );
            }
        }
        let words: Vec<String> = joined(&model.texts(&texts))
            .iter()
            .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let joints = words.iter().filter(|w| w.contains('_')).count();
        let row = rows().find(|row| row[1] == "words").unwrap();
        assert_eq!([words.len().to_string(), joints.to_string()], row[2..]);
    }
}

/// The expressions of a pass that are joined somewhere, since gensim gives only those. If *a b c* always
/// becomes *a_b c*, then *b c* is not among them.
fn found(model: &PhraseModel, pass: usize, texts: &[String]) -> BTreeMap<String, f64> {
    let before = model.first_passes(pass).texts(texts);
    let after = Vocabulary::of(&model.first_passes(pass + 1).texts(texts), 1).unwrap();
    let before = Vocabulary::of(&before, 1).unwrap();
    (model.phrases(pass).iter())
        .map(|p| (p.joined(), p.score))
        .filter(|(name, _)| after.id(name).is_some() && before.id(name).is_none())
        .collect()
}

/// Splitting at the joints restores the text, word for word, in any order of reading.
#[test]
fn joining_loses_no_word() {
    let texts = speeches()[..40].to_vec();
    let model = Phrases::default().learn(&texts).unwrap();
    assert_eq!(model.n_passes(), 2);
    let words = |text: &str| {
        text.split_ascii_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let after = joined(&model.texts(&texts));
    let mut changed = 0;
    for (text, after) in texts.iter().zip(&after) {
        assert_eq!(words(text), words(&after.replace('_', " ")));
        changed += usize::from(after.contains('_'));
    }
    assert!(changed > 30, "{changed}");
    let mut mixed = Vec::new();
    let joining = model.texts(&texts);
    joining
        .each_mixed(3, &mut |text| {
            mixed.push(text.to_owned());
            Ok(())
        })
        .unwrap();
    assert_ne!(mixed, after);
    mixed.sort();
    let mut after = after;
    after.sort();
    assert_eq!(mixed, after);
}

#[test]
fn a_corpus_keeps_its_titles() {
    let documents = ["New York is far.", "New York again"].map(|t| Document::new(t, t).with_year(1900));
    let corpus = Corpus::new("two", documents.to_vec());
    let phrases = Phrases {
        score: PhraseScore::Npmi,
        min_count: 2,
        thresholds: vec![0.5],
        ..Default::default()
    };
    let joined = phrases.learn(&corpus).unwrap().corpus(&corpus);
    assert_eq!((joined.name(), joined.cut()), ("two", Cut::Spaces));
    let [first, second] = joined.documents() else {
        panic!("two")
    };
    assert_eq!(
        (first.text.as_str(), second.text.as_str()),
        ("new_york is far", "new_york again")
    );
    assert_eq!(
        (first.title.as_str(), first.year),
        ("New York is far.", Some(1900))
    );
}

#[test]
fn the_least_input_and_options_that_cannot_be() {
    for texts in [&[][..], &[""], &["a"], &["a", "b"]] {
        let phrases = Phrases {
            min_count: 0,
            ..Default::default()
        };
        let model = phrases.learn(&texts.to_vec()).unwrap();
        assert_eq!((model.n_passes(), model.phrases(0).len()), (0, 0));
        assert_eq!(model.join("a b"), ["a", "b"]);
    }
    let error = |phrases: Phrases| phrases.learn(&["a b"]).unwrap_err().to_string();
    let cases = [
        (
            vec![],
            PhraseScore::Npmi,
            "the thresholds: expected one for each pass, got none",
        ),
        (
            vec![1.0, -1.0],
            PhraseScore::Collocation,
            "the threshold: expected a number of 0 or more, got -1",
        ),
        (
            vec![f64::NAN],
            PhraseScore::Collocation,
            "the threshold: expected a number of 0 or more, got NaN",
        ),
        (
            vec![2.0],
            PhraseScore::Npmi,
            "the threshold: expected a number from -1 to 1, got 2",
        ),
    ];
    for (thresholds, score, message) in cases {
        assert_eq!(
            error(Phrases {
                thresholds,
                score,
                ..Default::default()
            }),
            message
        );
    }
    let none = Phrases {
        most_words: 0,
        ..Default::default()
    };
    assert_eq!(error(none), "most_words: expected 1 or more, got 0");
}
