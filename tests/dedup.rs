//! Duplicates: compared with the plain way on small texts, and with Python on the pack's own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use course::corpus::dedup::{
    Bands, Groups, MinHash, NearDuplicates, Repeats, jaccard, same_documents, shingles,
    without_repeated_lines,
};
use course::corpus::{Cut, Texts};
use course::data::sotu;
use proptest::prelude::*;

#[test]
fn same_documents_are_those_that_are_equal() {
    proptest!(|(texts in prop::collection::vec("[ab]{0,2} ?", 0..30))| {
        let groups = same_documents(&texts);
        let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        texts.iter().enumerate().for_each(|(i, t)| by_text.entry(t.trim()).or_default().push(i));
        let mut expected: Vec<Vec<usize>> = by_text.into_values().collect();
        expected.sort();
        prop_assert_eq!(groups.kept(), expected.iter().map(|g| g[0]).collect::<Vec<_>>());
        expected.retain(|g| g.len() > 1);
        prop_assert_eq!(groups.groups(), expected);
        prop_assert_eq!(groups.keep(&texts).len() + groups.dropped().len(), texts.len());
    });
}

#[test]
fn every_line_stays_once() {
    proptest!(|(texts in prop::collection::vec("([ab]{0,3}\n?){0,6}", 0..8), least in 0_usize..3)| {
        let (kept, lines) = without_repeated_lines(&texts, least);
        let all: Vec<&str> = texts.iter().flat_map(|t| t.lines()).collect();
        let left: Vec<&str> = kept.iter().flat_map(|t| t.lines()).filter(|l| !l.is_empty()).collect();
        let long = |l: &&str| l.chars().count() >= least && !l.is_empty();
        let set = |lines: &[&str]| lines.iter().filter(|l| long(l)).map(|l| l.to_string()).collect::<BTreeSet<_>>();
        prop_assert_eq!(set(&left), set(&all));
        prop_assert_eq!(left.iter().filter(|l| long(l)).count(), set(&all).len());
        // Short lines are all still there.
        let short = |lines: &[&str]| lines.iter().filter(|l| !long(l) && !l.is_empty()).count();
        prop_assert_eq!(short(&left), short(&all));
        prop_assert_eq!(lines.n_dropped(), all.iter().filter(|l| long(l)).count() - set(&all).len());
    });
    let (kept, lines) = without_repeated_lines(&["  a \nb\n", "b\na\nc"], 1);
    assert_eq!(kept, ["  a \nb\n", "c"]);
    assert_eq!((lines.n_lines(), lines.bytes_dropped()), (5, 4));
}

#[test]
fn chains_of_pairs_are_groups() {
    let g = Groups::of_pairs(7, [(5, 3), (1, 3), (6, 6), (2, 9)]);
    assert_eq!(g.groups(), [[1, 3, 5]]);
    assert_eq!(g.kept(), [0, 1, 2, 4, 6]);
    assert!(
        g.to_string()
            .contains("1 groups; 2 of 7 documents are copies of an earlier one"),
        "{g}"
    );
}

#[test]
fn shingles_are_runs_of_words() {
    let of = |text| shingles(text, 2, Cut::Words);
    assert_eq!(of("a b, C!").len(), 2);
    assert_eq!(of("A  b c"), of("a b c"));
    assert_ne!(of("a b"), of("b a"));
    assert_eq!(of("a b a b a b").len(), 2);
    assert_eq!(of("one").len(), 1);
    assert_ne!(of("one"), of("two"));
    assert!(of("...").is_empty());
    assert_eq!(jaccard(&[], &[]), 1.0);
    assert_eq!(jaccard(&[1, 2, 5], &[2, 3, 5, 9]), 2.0 / 5.0);
}

/// The mean of many estimates is the similarity itself, and their spread is what the formula says.
#[test]
fn signatures_estimate_the_similarity() {
    let (n, trials) = (128, 300);
    for (shared, own) in [(0_u64, 20_u64), (10, 10), (70, 15), (400, 50), (30, 0)] {
        let truth = shared as f64 / (shared + 2 * own) as f64;
        let mut errors = Vec::new();
        for seed in 0..trials {
            let hash = MinHash::new(n, seed).unwrap();
            let element = |i: u64| shingles(&format!("{i} of {seed}"), 3, Cut::Spaces)[0];
            let set = |from: u64| -> Vec<u64> { (0..shared).chain(from..from + own).map(element).collect() };
            let (a, b) = (hash.signature(&set(1_000)), hash.signature(&set(2_000)));
            assert_eq!(a.len(), n);
            errors.push(MinHash::similarity(&a, &b) - truth);
        }
        let mean = errors.iter().sum::<f64>() / trials as f64;
        let deviation = (errors.iter().map(|e| e * e).sum::<f64>() / trials as f64).sqrt();
        let expected = (truth * (1.0 - truth) / n as f64).sqrt();
        // Four standard deviations of the mean of that many trials.
        assert!(
            mean.abs() <= 4.0 * expected / (trials as f64).sqrt(),
            "{truth}: {mean}"
        );
        assert!(
            (deviation - expected).abs() <= 0.25 * expected,
            "{truth}: {deviation} for {expected}"
        );
    }
    assert_eq!(MinHash::new(3, 1).unwrap().signature(&[]), [u32::MAX; 3]);
    assert!(MinHash::new(0, 1).is_err());
}

/// Texts whose words are separated by spaces.
struct Spaces<'a>(Vec<&'a str>);

impl Texts for Spaces<'_> {
    fn each(&self, f: &mut dyn FnMut(&str) -> course::Result<()>) -> course::Result<()> {
        self.0.each(f)
    }

    fn cut(&self) -> Cut {
        Cut::Spaces
    }
}

/// The numbers are those of `tests/oracles/near_duplicates.py`, which compares all pairs one by one as sets
/// of strings.
#[test]
fn near_duplicates_of_the_speeches_are_python_s() {
    const PEER: (usize, usize, [(usize, usize); 12]) = include!("oracles/near_duplicates.in");
    let sentences = (sotu::speeches().iter().flat_map(|s| s.text.split(". ")))
        .filter(|t| t.split_ascii_whitespace().count() >= 8);
    let texts = Spaces(sentences.collect());
    assert_eq!(texts.0.len(), PEER.0);
    let search = NearDuplicates {
        threshold: 0.5,
        ..NearDuplicates::default()
    };
    let near = search.find(&texts).unwrap();
    // Equal texts are paired only with the first of them. So only pairs of different texts are counted, in
    // which neither is a copy of an earlier text.
    let mut first = HashMap::new();
    for (i, t) in texts.0.iter().enumerate() {
        first.entry(*t).or_insert(i);
    }
    let found: BTreeSet<(usize, usize)> = near.pairs().iter().map(|p| (p.first, p.second)).collect();
    assert!(found.len() * 10 > PEER.1 * 9, "{} of {}", found.len(), PEER.1);
    let asked: Vec<_> = (PEER.2.iter())
        .filter(|(i, j)| first[texts.0[*i]] == *i && first[texts.0[*j]] == *j)
        .collect();
    let seen = asked.iter().filter(|p| found.contains(p)).count();
    assert!(
        asked.len() > 6 && seen + 1 >= asked.len(),
        "{seen} of {}",
        asked.len()
    );
}

#[test]
fn what_is_found_is_right_and_little_is_missed() {
    // Texts made of few words, so that many pairs are similar.
    let mut rng = course::rng::seeded(3);
    use rand::Rng as _;
    let base: Vec<Vec<String>> = (0..60)
        .map(|_| {
            (0..30)
                .map(|_| format!("w{}", rng.random_range(0..400)))
                .collect()
        })
        .collect();
    let texts: Vec<String> = (0..600)
        .map(|i| {
            let mut words = base[i % 60].clone();
            for _ in 0..rng.random_range(0..4) {
                let at = rng.random_range(0..words.len());
                words[at] = format!("x{}", rng.random_range(0..1_000));
            }
            words.join(" ")
        })
        .collect();
    let sets: Vec<Vec<u64>> = texts.iter().map(|t| shingles(t, 3, Cut::Words)).collect();
    let params = NearDuplicates::default();
    let near = params.find(&texts).unwrap();
    for p in near.pairs() {
        assert_eq!(p.similarity, jaccard(&sets[p.first], &sets[p.second]));
        assert!(p.similarity >= 0.7 && p.first < p.second);
    }
    let found: BTreeSet<(usize, usize)> = near.pairs().iter().map(|p| (p.first, p.second)).collect();
    assert_eq!(found.len(), near.pairs().len());
    // Copies are compared only with the first of them, so pairs are counted among the first ones.
    let is_first = |i: usize| !sets[..i].contains(&sets[i]);
    let first: Vec<usize> = (0..texts.len()).filter(|&i| is_first(i)).collect();
    let (mut all, mut missed) = (0_u32, 0_u32);
    for (n, &j) in first.iter().enumerate() {
        for &i in &first[..n] {
            if jaccard(&sets[i], &sets[j]) >= 0.7 {
                all += 1;
                missed += u32::from(!found.contains(&(i, j)));
            }
        }
    }
    assert!(all > 100, "{all}");
    // At the threshold itself one pair in a hundred is missed; above it, fewer are.
    assert!(f64::from(missed) < 0.02 * f64::from(all), "{missed} of {all}");
    let groups = near.groups();
    let group: HashMap<usize, usize> = (groups.groups().iter().enumerate())
        .flat_map(|(g, members)| members.iter().map(move |&i| (i, g)))
        .collect();
    let mut apart = 0;
    for j in 0..texts.len() {
        for i in 0..j {
            let (a, b) = (group.get(&i), group.get(&j));
            apart += u32::from(jaccard(&sets[i], &sets[j]) >= 0.7 && (a.is_none() || a != b));
        }
    }
    assert!(f64::from(apart) < 0.01 * f64::from(all), "{apart} of {all}");
    // The result does not depend on the number of threads.
    for n in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        assert!(pool.install(|| params.find(&texts)).unwrap() == near);
    }
    let error = |p: NearDuplicates| p.find(&texts).unwrap_err().to_string();
    let with = |threshold, shingle, n_permutations| NearDuplicates {
        threshold,
        shingle,
        n_permutations,
        seed: 1,
    };
    assert_eq!(
        error(with(0.0, 3, 128)),
        "the threshold of similarity: expected a number above 0 and at most 1, got 0"
    );
    assert_eq!(
        error(with(0.5, 0, 128)),
        "the words of a shingle: expected at least 1, got 0"
    );
    assert_eq!(
        error(with(0.5, 3, 0)),
        "the number of permutations: expected 1 to 65536, got 0"
    );
}

#[test]
fn bands_rise_with_the_similarity() {
    proptest!(|(len in 1_usize..300, threshold in 0.05_f64..=1.0)| {
        let bands = Bands::for_threshold(len, threshold).unwrap();
        prop_assert!(bands.n() * bands.rows() <= len);
        if bands.rows() > 1 {
            prop_assert!(bands.probability(threshold) >= 0.99);
        }
        // With more rows, more pairs would be lost.
        if bands.rows() < len {
            let next = Bands::new(len / (bands.rows() + 1), bands.rows() + 1).unwrap();
            prop_assert!(next.probability(threshold) < 0.99);
        }
    });
    // On paper, for two bands of two rows at s = 1/2: 1 - (1 - 1/4)^2 = 7/16.
    assert_eq!(Bands::new(2, 2).unwrap().probability(0.5), 7.0 / 16.0);
    assert!(Bands::new(0, 1).is_err());
}

/// All sequences of `texts` that occur more than once and cannot be made longer without losing an occurrence.
fn maximal(texts: &[String], least: usize) -> BTreeSet<(String, usize)> {
    let mut counts: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (d, t) in texts.iter().enumerate() {
        for i in 0..t.len() {
            for j in i + least..=t.len() {
                counts.entry(&t[i..j]).or_default().push((d, i));
            }
        }
    }
    let longer = |s: &str, places: &[(usize, usize)]| {
        let at = |side: i64| {
            let around: BTreeSet<Option<u8>> = (places.iter())
                .map(|&(d, i)| {
                    let k = if side < 0 {
                        i as i64 - 1
                    } else {
                        (i + s.len()) as i64
                    };
                    usize::try_from(k)
                        .ok()
                        .and_then(|k| texts[d].as_bytes().get(k).copied())
                })
                .collect();
            around.len() == 1 && !around.contains(&None)
        };
        at(-1) || at(1)
    };
    (counts.iter())
        .filter(|(s, places)| places.len() > 1 && !longer(s, places))
        .map(|(s, places)| (s.to_string(), places.len()))
        .collect()
}

#[test]
fn repeats_are_those_that_counting_finds() {
    proptest!(ProptestConfig::with_cases(500), |(texts in prop::collection::vec("[ab]{0,9}", 1..5), least in 1_usize..4)| {
        let repeats = Repeats::find(&texts, least).unwrap();
        let expected = maximal(&texts, least);
        // The list leaves out a sequence that is part of another one, so we look for each in the longer ones.
        let found = repeats.longest(1_000);
        for r in &found {
            prop_assert!(expected.contains(&(r.text.clone(), r.count)), "{:?} {:?}", r, expected);
            prop_assert!(texts[r.first.0][r.first.1..].starts_with(&r.text));
        }
        for (text, _) in &expected {
            prop_assert!(found.iter().any(|f| f.text.contains(text)), "{:?} not in {:?}", text, found);
        }
    });
}

#[test]
fn one_copy_of_everything_stays() {
    proptest!(ProptestConfig::with_cases(500), |(texts in prop::collection::vec("[abé]{0,12}", 1..6), least in 1_usize..6)| {
        let repeats = Repeats::find(&texts, least).unwrap();
        let cut = repeats.cut();
        let mut seen: BTreeSet<&[u8]> = BTreeSet::new();
        let mut again: BTreeSet<&[u8]> = BTreeSet::new();
        for t in &texts {
            for w in t.as_bytes().windows(least) {
                if !seen.insert(w) { again.insert(w); }
            }
        }
        let joined = cut.join("\u{1}");
        for sequence in &again {
            prop_assert!(joined.as_bytes().windows(least).any(|w| w == *sequence));
        }
        for (before, after) in texts.iter().zip(&cut) {
            // What is left is still in order.
            let mut rest = before.chars();
            prop_assert!(after.chars().all(|c| rest.any(|b| b == c)), "{} {}", before, after);
        }
        if again.is_empty() {
            prop_assert_eq!(&cut, &texts);
            prop_assert_eq!(repeats.repeated_share(), 0.0);
        }
    });
    let twice = ["The same text.", "Another.", "The same text."];
    let repeats = Repeats::find(&twice, 10).unwrap();
    assert_eq!(repeats.cut(), ["The same text.", "Another.", ""]);
    assert_eq!(repeats.groups().groups(), [[0, 2]]);
    assert_eq!(repeats.repeated_share(), 14.0 / 36.0);
    assert_eq!(
        Repeats::find(&["a".repeat(100)], 10).unwrap().cut(),
        ["a".repeat(10)]
    );
    assert_eq!(
        Repeats::find(&twice, 0).unwrap_err().to_string(),
        "the least length: expected 1 byte or more, got 0"
    );
}
