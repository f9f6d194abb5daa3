//! The built-in texts: what they contain, where they are from, and that their table says so.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use course::data::{bert_vocab, digits, glove, jargon, sotu, udhr, wordnet};
use sha2::{Digest, Sha256};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The cells of every table row of `data/README.md`, without the marks of code.
fn rows() -> Vec<Vec<String>> {
    include_str!("../data/README.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| {
            line.split(" | ")
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect()
}

/// Every file in `data` except its README and its scripts is in the table, with its size and its SHA-256. The
/// table has no others.
#[test]
fn the_table_says_what_the_files_are() {
    let mut there = BTreeMap::new();
    for folder in fs::read_dir(data()).unwrap().map(|entry| entry.unwrap().path()) {
        if folder.is_dir() && !folder.ends_with("make") {
            for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
                let bytes = fs::read(&file).unwrap();
                let name = file
                    .strip_prefix(data())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                there.insert(name, (bytes.len().to_string(), sha256(&bytes)));
            }
        }
    }
    let told: BTreeMap<_, _> = rows()
        .into_iter()
        .filter(|row| row.len() == 3 && row[2].len() == 64)
        .map(|row| (row[0].clone(), (row[1].clone(), row[2].clone())))
        .collect();
    assert_eq!(there, told);
}

/// Every text has a script that checks its source against the SHA-256 in the table, and a licence with the
/// words that its holders require.
#[test]
fn every_text_has_its_source_and_its_licence() {
    let notices = BTreeMap::from([
        (
            "wordnet",
            "WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.",
        ),
        ("sotu", "Open Data Commons Public Domain Dedication & License 1.0"),
        (
            "glove",
            "Open Data Commons Public Domain Dedication and License v1.0",
        ),
        ("udhr", "Copyright (c) Titus Wormer"),
        ("bert", "Copyright 2018 The Google AI Language Team Authors."),
        ("digits", "Copyright (c) 2007-2026 The scikit-learn developers."),
        (
            "jargon",
            "This document (the Jargon File) is in the public domain",
        ),
    ]);
    let (rows, mut told) = (rows(), BTreeSet::new());
    for row in rows.iter().filter(|row| row.len() == 5 && row[4].len() == 64) {
        let (text, source) = (row[0].as_str(), &row[4]);
        let script = fs::read_to_string(data().join(format!("make/{text}.py"))).unwrap();
        assert!(
            script.contains(&format!("SOURCE = \"{source}\"")),
            "{text}: not the source of its script"
        );
        let licence = fs::read_to_string(data().join(text).join("LICENCE")).unwrap();
        assert!(
            licence.contains(notices[text]),
            "{text}: no notice in its licence"
        );
        told.insert(text);
    }
    assert_eq!(told, notices.keys().copied().collect());
    let bert = fs::read_to_string(data().join("bert/LICENCE")).unwrap();
    assert!(bert.contains("Apache License") && bert.contains("END OF TERMS AND CONDITIONS"));
}

#[test]
fn wordnet_has_all_its_synsets() {
    let all = wordnet::glosses();
    assert_eq!(all.len(), 117_791);
    assert_eq!(all.iter().map(|g| g.terms.len()).sum::<usize>(), 207_272);
    // There are as many names as glosses, so none occurs twice; and all 45 classes occur.
    assert_eq!(all.iter().map(|g| &g.id).collect::<HashSet<_>>().len(), all.len());
    let classes: BTreeSet<_> = all.iter().map(|g| g.class).collect();
    assert_eq!(classes, wordnet::CLASSES.into_iter().collect());
    assert!(all.iter().all(|g| !g.terms.iter().any(String::is_empty)));
    // No gloss consists only of quotations.
    let bare: Vec<&str> = all
        .iter()
        .filter(|g| g.definition.is_empty())
        .map(|g| g.id.as_str())
        .collect();
    assert_eq!(bare, [""; 0]);
    let of_class = |class| all.iter().filter(|g| g.class == class).count();
    assert_eq!(of_class("noun.artifact"), 11_605);
    assert_eq!(of_class("noun.person"), 11_073);
}

#[test]
fn wordnet_says_what_words_mean() {
    let senses = |term: &str| -> Vec<String> { wordnet::senses(term).into_iter().map(|g| g.id).collect() };
    assert_eq!(
        senses("cat"),
        [
            "cat.n.01",
            "guy.n.01",
            "cat.n.03",
            "kat.n.01",
            "cat-o'-nine-tails.n.01",
            "caterpillar.n.02",
            "big_cat.n.01",
            "computerized_tomography.n.01",
            "cat.v.01",
            "vomit.v.01"
        ]
    );
    assert_eq!(senses("physical_entity"), senses("Physical Entity"));
    assert_eq!(wordnet::senses("run").len(), 57);
    let happy = &wordnet::senses("happy")[0];
    assert_eq!(
        happy.definition,
        "enjoying or showing or marked by joy or pleasure"
    );
    assert_eq!(happy.examples[0], "a happy smile");
    assert_eq!(
        happy.to_string().split(": ").next().unwrap(),
        "happy (happy.a.01, adj.all)"
    );
}

#[test]
fn sotu_has_its_speeches() {
    let all = sotu::speeches();
    assert_eq!(all.len(), 233);
    assert_eq!(
        all.iter()
            .map(|s| s.text.split_whitespace().count())
            .sum::<usize>(),
        1_794_884
    );
    assert!(all.is_sorted_by_key(|s| s.year));
    assert_eq!((all[0].year, all[232].year), (1790, 2021));
    let of = |year| -> Vec<(&str, &str)> {
        (all.iter()
            .filter(|s| s.year == year)
            .map(|s| (s.president.as_str(), s.party.as_str())))
        .collect()
    };
    assert_eq!(of(1863), [("Abraham Lincoln", "Republican")]);
    assert_eq!(of(1933), []);
    assert_eq!(
        of(1961),
        [
            ("Dwight D Eisenhower", "Republican"),
            ("John F Kennedy", "Democratic")
        ]
    );
    assert_eq!(of(1897), [("William McKinley", "Republican")]);
    assert_eq!(all.iter().map(|s| &s.president).collect::<HashSet<_>>().len(), 43);
    let (texts, names) = (all.iter().map(|s| &s.text), ["&quot;", "&mdash;", "\u{2}"]);
    assert_eq!(
        texts
            .filter(|text| names.iter().any(|name| text.contains(name)))
            .count(),
        0
    );
    let text = |year| &all.iter().find(|s| s.year == year).unwrap().text;
    assert!(
        text(1863).starts_with("Fellow-Citizens of the Senate and House of Representatives: Another year")
    );
    assert!(text(1890).contains("4 and 4 1/2 per cent bonds"));
    assert!(text(1941).contains("four essential human freedoms"));
}

#[test]
fn udhr_says_the_same_in_all_languages() {
    let all = udhr::declarations();
    assert_eq!(all.len(), 24);
    let names: HashSet<_> = all.iter().flat_map(|d| [&d.code, &d.iso639_3, &d.name]).collect();
    assert_eq!(names.len(), 3 * 24);
    for d in all {
        // 50 paragraphs. In Yoruba, article 2 has one instead of two; in Greenlandic, article 13 has lost
        // one.
        let paragraphs: Vec<usize> = d.articles.iter().map(|a| a.paragraphs.len()).collect();
        let expected = if ["yo", "kl"].contains(&d.code.as_str()) {
            49
        } else {
            50
        };
        assert_eq!(paragraphs.iter().sum::<usize>(), expected, "{}", d.name);
        assert_eq!(d.text().lines().count(), paragraphs.iter().sum::<usize>());
        assert!(d.articles.iter().all(|a| !a.title.is_empty()));
        let shortest = d
            .articles
            .iter()
            .flat_map(|a| &a.paragraphs)
            .map(|p| p.chars().count())
            .min();
        assert!(shortest >= Some(9), "{}", d.name);
        assert_eq!(d.preamble.is_empty(), d.code == "am", "{}", d.name);
        assert_eq!(d.right_to_left, d.code == "ar");
    }
    let first = |code| udhr::declaration(code).unwrap().articles[0].paragraphs[0].clone();
    assert!(first("eng").starts_with("All human beings are born free and equal in dignity and rights."));
    assert!(first("de").starts_with("Alle Menschen sind frei und gleich an Würde und Rechten geboren."));
    assert!(first("Chinese").starts_with("人人生而自由"));
    // The characters in the thirty articles, against which fertility is measured.
    let characters = |code| udhr::declaration(code).unwrap().text().chars().count();
    assert_eq!(
        [characters("en"), characters("zh"), characters("kl")],
        [8276, 2202, 13_553]
    );
}

#[test]
fn jargon_has_its_entries() {
    let all = jargon::entries();
    // The package's index has 2,314 lines; seven of them are about the dictionary itself.
    assert_eq!(all.len(), 2307);
    assert_eq!(
        (all[0].headword.as_str(), all[2306].headword.as_str()),
        ("(TM)", "zorkmid")
    );
    let entry = |headword| all.iter().find(|e| e.headword == headword).unwrap();
    let hacker = entry("hacker");
    assert!(
        hacker
            .definition
            .starts_with("[originally, someone who makes furniture with an axe]\n\n1. A person who")
    );
    assert_eq!(hacker.grammar, "n.");
    assert_eq!(entry("1TBS").links, ["indent style"]);
    let headwords: HashSet<_> = all.iter().map(|e| &e.headword).collect();
    assert!(
        all.iter()
            .flat_map(|e| &e.links)
            .all(|link| headwords.contains(link))
    );
    // In the package, the heading of section A is at the end of the entry before it.
    assert!(entry("@-party").definition.ends_with("in the shape of an @."));
    // A paragraph is one line here; the package breaks it into lines of at most 79 characters.
    let case = entry("case and paste")
        .definition
        .split("\n\n")
        .collect::<Vec<_>>();
    assert_eq!(
        case.iter().map(|p| p.chars().count()).collect::<Vec<_>>(),
        [22, 271, 370, 64]
    );
    assert!(case.iter().all(|p| !p.contains('\n')));
}

#[test]
fn digits_are_all_there() {
    let all = digits::digits();
    let mut of_label = [0; 10];
    all.iter().for_each(|d| of_label[usize::from(d.label)] += 1);
    assert_eq!(of_label, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    let ink: u64 = all.iter().flat_map(|d| d.pixels).map(u64::from).sum();
    assert_eq!(ink, 561_718);
    let matrix = digits::matrix();
    assert_eq!(matrix.dim(), (1797, 64));
    // Sixteenths are exact, and so are their sums up to 2^24 sixteenths.
    assert_eq!(matrix.sum(), 561_718.0 / 16.0);
}

#[test]
fn bert_has_its_pieces() {
    let tokens = bert_vocab::tokens();
    assert_eq!(tokens.len(), 30_522);
    let id = |piece: &str| tokens.iter().position(|t| t == piece);
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(id);
    assert_eq!(special, [0, 100, 101, 102, 103].map(Some));
    // Known from the model: "the" is 1996, "##ing" is 2075.
    assert_eq!([id("the"), id("##ing")], [1996, 2075].map(Some));
    assert_eq!(tokens.iter().filter(|t| t.starts_with("##")).count(), 5828);
    assert_eq!(tokens.iter().collect::<HashSet<_>>().len(), tokens.len());
}

/// `tests/oracles/glove_cosine.py` on the package's 400,000 words in single precision printed
///
/// ```text
/// king queen 0.783904 |king| = 5.374481
/// king computer 0.227570 |king| = 5.374481
/// paris france 0.802533 |paris| = 5.547871
/// the of 0.902635 |the| = 4.967827
/// ```
///
/// Half precision keeps 11 bits. Over 200,000 random pairs of these words it changed no cosine by more than
/// 0.00024.
#[test]
fn glove_is_the_original_within_half_precision() {
    let (words, matrix) = glove::vectors();
    assert_eq!(words.len(), 20_000);
    assert_eq!(words.iter().collect::<HashSet<_>>().len(), 20_000);
    let row = |word: &str| matrix.row(words.iter().position(|w| w == word).unwrap());
    let norm = |word: &str| row(word).dot(&row(word)).sqrt();
    for (a, b, cosine) in [
        ("king", "queen", 0.783_904),
        ("king", "computer", 0.227_570),
        ("paris", "france", 0.802_533),
    ] {
        let got = row(a).dot(&row(b)) / norm(a) / norm(b);
        assert!((got - cosine).abs() < 5e-4, "{a} and {b}: {got}");
    }
    for (word, expected) in [("king", 5.374_481), ("paris", 5.547_871), ("the", 4.967_827)] {
        assert!(
            (norm(word) / expected - 1.0_f32).abs() < 5e-4,
            "|{word}| = {}",
            norm(word)
        );
    }
    // The first numbers of "the" rule out a shift by a row and a transposition, which cosines of one word
    // would not show.
    let first = row("the").iter().take(3).copied().collect::<Vec<_>>();
    assert_eq!(first, [0.417_968_75, 0.249_633_79, -0.412_353_52]);
}

#[test]
fn the_texts_are_corpora() {
    let corpora = [
        wordnet::corpus(),
        sotu::corpus(),
        udhr::corpus(),
        jargon::corpus(),
    ];
    assert_eq!(corpora.each_ref().map(|c| c.len()), [117_791, 233, 24, 2307]);
    for corpus in &corpora {
        assert!(
            corpus
                .documents()
                .iter()
                .all(|d| !d.title.is_empty() && !d.text.is_empty())
        );
        println!("{}: {} words", corpus.name(), corpus.tokens());
    }
    let [wordnet, sotu, udhr, jargon] = corpora;
    assert!(
        wordnet
            .documents()
            .iter()
            .all(|d| wordnet::CLASSES.contains(&d.label.as_deref().unwrap()))
    );
    let lincoln = sotu.filter(|d| d.get("president") == Some("Abraham Lincoln"));
    assert_eq!(
        lincoln.documents().iter().map(|d| d.year).collect::<Vec<_>>(),
        [1861, 1862, 1863, 1864].map(Some)
    );
    assert_eq!(udhr.documents()[10].get("script"), Some("Arabic"));
    assert_eq!(jargon.documents()[1].get("grammar"), Some("/dev·nuhl/, n."));
}

/// Prints how long each takes. For a first use, run it alone.
#[test]
fn decode_times() {
    fn time<T>(what: &str, decode: impl Fn() -> T) {
        let start = Instant::now();
        std::hint::black_box(decode());
        println!("{what:<18} {:>7.1} ms", start.elapsed().as_secs_f64() * 1e3);
    }
    time("wordnet", wordnet::glosses);
    time("wordnet::senses", || wordnet::senses("bank"));
    time("wordnet::corpus", wordnet::corpus);
    time("sotu", sotu::speeches);
    time("sotu::corpus", sotu::corpus);
    time("udhr", udhr::declarations);
    time("jargon", jargon::entries);
    time("digits", digits::digits);
    time("bert_vocab", bert_vocab::tokens);
    time("glove", glove::vectors);
}
