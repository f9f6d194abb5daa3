//! Senses: two words merged into one are separated again, senses on paper, and words without senses.

use course::corpus::{Cut, Texts, Vocabulary, sentences, words};
use course::data::sotu;
use course::embeddings::Embeddings;
use course::words::{SenseModel, Senses};
use ndarray::array;

/// The sentences in the built-in speeches that contain exactly one of the two words. Both words are replaced
/// by "pseudo", and the answer says whether it was the first (Schütze 1992).
fn pseudo_word(first: &str, second: &str) -> (Vec<String>, Vec<bool>) {
    let (mut texts, mut labels) = (Vec::new(), Vec::new());
    for sentence in sotu::speeches().iter().flat_map(|s| sentences(&s.text)) {
        let words = words(&sentence);
        let has = |word: &str| words.iter().any(|w| w == word);
        if has(first) == has(second) {
            continue;
        }
        let replaced = words
            .iter()
            .map(|w| if w == first || w == second { "pseudo" } else { w });
        texts.push(replaced.collect::<Vec<_>>().join(" "));
        labels.push(has(first));
    }
    (texts, labels)
}

/// The share of sentences that have the sense of most sentences with the same word.
fn accuracy(model: &SenseModel, texts: &[String], labels: &[bool]) -> f64 {
    let mut table = [[0_usize; 2]; 2];
    for (text, label) in texts.iter().zip(labels) {
        if let Some((sense, _)) = model.sense_of(text) {
            table[sense][usize::from(*label)] += 1;
        }
    }
    let right = (table[0][0] + table[1][1]).max(table[0][1] + table[1][0]);
    right as f64 / texts.len() as f64
}

/// Six pairs of words on different topics. At least two thirds of the occurrences get the right word, and
/// about four fifths on average.
#[test]
fn two_words_made_one_come_apart() {
    let glove = Embeddings::glove();
    let mut sum = 0.0;
    let pairs = [
        ("tariff", "soviet"),
        ("navy", "children"),
        ("railroad", "iraq"),
        ("nuclear", "postal"),
        ("coin", "teachers"),
        ("vessels", "schools"),
    ];
    for (first, second) in pairs {
        let (texts, labels) = pseudo_word(first, second);
        let share = labels.iter().filter(|l| **l).count() as f64 / labels.len() as f64;
        assert!(
            (0.3..0.7).contains(&share),
            "always the same answer would do: {share}"
        );
        let senses = Senses {
            n_senses: Some(2),
            ..Default::default()
        };
        let model = senses.learn("pseudo", &texts, &glove).unwrap();
        let accuracy = accuracy(&model, &texts, &labels);
        assert!(
            accuracy > 0.68 && accuracy > share.max(1.0 - share),
            "{first} and {second}: {accuracy}"
        );
        sum += accuracy;
    }
    assert!(sum / 6.0 > 0.79, "{}", sum / 6.0);
}

/// Vectors m = (1, 0), n = (0, 1), o = (−1, 0).
fn three_vectors() -> Embeddings {
    let words = Vocabulary::from_words(["m", "n", "o"].map(String::from).to_vec()).unwrap();
    Embeddings::new(words, array![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]).unwrap()
}

/// Next to w are m, m, n, n. Each occurs in two of four texts, so both have the weight ln² 2. The contexts
/// are (1, 0), (1, 0), (0, 1), (0, 1), with the mean (½, ½). Minus the mean they are (½, −½) twice and (−½,
/// ½) twice. That makes two senses with no distance within either, so the silhouette is 1.
#[test]
fn two_senses_on_paper() {
    let texts = ["w m", "w m", "n W", "w n"];
    let model = Senses::default().learn("w", &texts, &three_vectors()).unwrap();
    assert_eq!((model.word(), model.n_occurrences()), ("w", 4));
    assert_eq!(model.silhouettes().len(), 1);
    assert!((model.silhouettes()[0].1 - 1.0).abs() < 1e-6);
    let [one, two] = model.senses() else {
        panic!("two senses")
    };
    assert_eq!((*one.vector).to_vec(), [0.5, -0.5]);
    assert_eq!((*two.vector).to_vec(), [-0.5, 0.5]);
    assert_eq!((one.share, two.share, one.n_occurrences), (0.5, 0.5, 2));
    assert_eq!((&one.clues[0], &two.clues[0]), (&"m".to_owned(), &"n".to_owned()));
    assert_eq!(one.neighbours[0].word, "m");
    let example = &two.examples[0];
    let shown = (
        example.left.as_str(),
        example.word.as_str(),
        example.right.as_str(),
    );
    assert_eq!(shown, ("n ", "W", ""));
    let (sense, cosine) = model.sense_of("before the w is an n").unwrap();
    assert!(sense == 1 && (cosine - 1.0).abs() < 1e-6);
    // A text without the word counts as a whole; words without vectors add nothing.
    assert_eq!(model.sense_of("m").unwrap().0, 0);
    assert_eq!(model.sense_of("w x y"), None);
    let mut marked = Vec::new();
    let texts = model.texts(["W m", "no such word", "w x n w", "w"]);
    texts
        .each(&mut |text| {
            marked.push(text.to_owned());
            Ok(())
        })
        .unwrap();
    assert_eq!(marked, ["w_1 m", "no such word", "w_2 x n w_2", "w"]);
    assert_eq!(texts.cut(), Cut::Spaces);
}

#[test]
fn the_silhouette_chooses_three_of_three_and_one_of_one() {
    let texts = ["w m", "w n", "w o"].repeat(4);
    let model = Senses::default().learn("w", &texts, &three_vectors()).unwrap();
    assert_eq!(model.senses().len(), 3, "{:?}", model.silhouettes());
    let bounded = Senses {
        most_senses: 2,
        ..Default::default()
    };
    assert_eq!(
        bounded
            .learn("w", &texts, &three_vectors())
            .unwrap()
            .senses()
            .len(),
        2
    );
    // Contexts that are all the same, and a single context.
    for texts in [vec!["w m n"; 9], vec!["w m n"]] {
        let model = Senses::default().learn("w", &texts, &three_vectors()).unwrap();
        assert_eq!((model.senses().len(), model.senses()[0].share), (1, 1.0));
    }
}

/// The order of the texts changes no sense, the seed fixes everything, and the limit on the occurrences
/// holds.
#[test]
fn order_seed_and_bound() {
    let glove = Embeddings::glove();
    let (texts, _) = pseudo_word("nuclear", "postal");
    let reversed: Vec<String> = texts.iter().rev().cloned().collect();
    let senses = Senses {
        n_senses: Some(2),
        ..Default::default()
    };
    let learn = |senses: &Senses, texts: &Vec<String>| senses.learn("pseudo", texts, &glove).unwrap();
    let (one, other) = (learn(&senses, &texts), learn(&senses, &reversed));
    let same = texts.iter().filter(|t| {
        let of = |model: &SenseModel| model.sense_of(t).map(|(sense, _)| sense);
        of(&one) == of(&other)
    });
    let same = same.count() as f64 / texts.len() as f64;
    assert!(!(0.02..=0.98).contains(&same), "{same}");
    assert_eq!(one.senses()[0].vector, learn(&senses, &texts).senses()[0].vector);
    let few = Senses {
        most_contexts: 50,
        ..senses.clone()
    };
    let model = learn(&few, &texts);
    assert_eq!(model.senses().iter().map(|s| s.n_occurrences).sum::<usize>(), 50);
    assert!(model.n_occurrences() >= texts.len() as u64);
    let another = learn(
        &Senses {
            seed: 2,
            ..few.clone()
        },
        &texts,
    );
    assert_ne!(model.senses()[0].vector, another.senses()[0].vector);
}

#[test]
fn the_least_input_and_options_that_cannot_be() {
    let error = |senses: Senses, word: &str, texts: &[&str]| {
        let learned = senses.learn(word, &texts.to_vec(), &three_vectors());
        learned.err().map(|e| e.to_string()).unwrap_or_default()
    };
    let all = Senses::default;
    assert_eq!(error(all(), "w", &["m n"]), "no occurrence of \"w\"");
    assert_eq!(
        error(all(), "two words", &["m n"]),
        "the word: expected one word, got 2 in \"two words\""
    );
    assert_eq!(
        error(all(), "w", &["w x"]),
        "the occurrences of \"w\": expected at least 1, with words around it that have vectors, got 0"
    );
    let two = Senses {
        n_senses: Some(2),
        ..all()
    };
    assert!(
        error(two, "w", &["w m n"])
            .ends_with("expected at least 2, with words around it that have vectors, got 1")
    );
    for senses in [
        Senses { window: 0, ..all() },
        Senses {
            n_senses: Some(0),
            ..all()
        },
        Senses {
            most_senses: 0,
            ..all()
        },
        Senses {
            most_contexts: 0,
            ..all()
        },
        Senses { restarts: 0, ..all() },
    ] {
        assert!(error(senses, "w", &["w m n"]).ends_with("expected 1 or more, got 0"));
    }
}
