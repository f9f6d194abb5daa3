//! The term-document matrix and its compressions against their plain forms, scikit-learn and numpy.
//!
//! The expected numbers are those that tests/oracles/counts.py prints.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use course::corpus::{Vocabulary, Window};
use course::count::{
    Idf, Norm, PpmiOptions, Side, Sparse, SvdOptions, TermDocument, Terms, Tf, Weighting, cooccurrence, hal,
    hal_plain, lsa, term_document, term_document_plain, truncated_svd, truncated_svd_plain,
};
use course::data::sotu;
use ndarray::Array2;
use proptest::prelude::*;
use rand::Rng;

/// The speeches, cut as the script cuts them: runs of a to z.
fn speeches() -> Vec<String> {
    let plain = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower
            .split(|c: char| !c.is_ascii_lowercase())
            .filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    sotu::speeches().iter().map(|s| plain(&s.text)).collect()
}

const PEER: Terms = Terms {
    min_documents: 5,
    min_letters: 2,
    most_share: 1.0,
};

fn counts() -> TermDocument {
    term_document(&speeches(), PEER).unwrap()
}

/// Runs `f` on a pool with that many threads.
fn on<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(f)
}

/// The entries, the sum, the largest entry and three cells of scikit-learn 1.9.1's TfidfVectorizer, for four
/// of its variants.
#[test]
fn tfidf_is_scikit_learns() {
    let variant = |tf, idf, norm| Weighting { tf, idf, norm };
    let expected = [
        (
            Weighting::default(),
            [2692.091891, 0.75184356, 0.037573500, 0.039954837, 0.043021087],
        ),
        (
            variant(Tf::Raw, Idf::PlusOne, Norm::L1),
            [233.0, 0.08083731, 0.003685829, 0.003747514, 0.003574591],
        ),
        (
            variant(Tf::Log, Idf::Smooth, Norm::None),
            [
                1231169.064882,
                19.11076061,
                5.025920621,
                11.225078654,
                3.903822431,
            ],
        ),
        (
            variant(Tf::Boolean, Idf::None, Norm::L2),
            [9056.483219, 0.05360563, 0.042524326, 0.025582226, 0.032108065],
        ),
    ];
    let counts = counts();
    for (weighting, [sum, largest, militia, emancipation, war]) in expected {
        let x = counts.tfidf(weighting);
        assert_eq!(x.matrix().n_entries(), 366_810);
        let most = x.matrix().iter().map(|(_, _, x)| x).fold(0.0, f32::max);
        let found = [
            (x.matrix().total(), sum),
            (most.into(), largest),
            (x.value(0, "militia").unwrap().into(), militia),
            (x.value(73, "emancipation").unwrap().into(), emancipation),
            (x.value(150, "war").unwrap().into(), war),
        ];
        for (ours, theirs) in found {
            assert!(
                (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1.0),
                "{weighting:?}: {ours} {theirs}"
            );
        }
    }
}

/// On paper: N = 4; "a" occurs in 4 documents, "b" in 2, "c" in 1.
#[test]
fn weights_on_paper() {
    let counts = term_document(&["a a b c", "a b", "a", "a"], Terms::default()).unwrap();
    let of = |tf, idf| {
        counts.tfidf(Weighting {
            tf,
            idf,
            norm: Norm::None,
        })
    };
    let close = |x: f32, y: f64| assert!((f64::from(x) - y).abs() < 1e-6, "{x} {y}");
    close(of(Tf::Raw, Idf::Plain).value(0, "c").unwrap(), 4_f64.ln());
    close(of(Tf::Raw, Idf::Plain).value(0, "a").unwrap(), 0.0);
    close(of(Tf::Raw, Idf::Probabilistic).value(0, "c").unwrap(), 3_f64.ln());
    close(of(Tf::Raw, Idf::Probabilistic).value(0, "b").unwrap(), 0.0);
    close(of(Tf::Augmented, Idf::None).value(0, "b").unwrap(), 0.75);
    close(of(Tf::Log, Idf::None).value(0, "a").unwrap(), 1.0 + 2_f64.ln());
    let l2 = counts.tfidf(Weighting {
        idf: Idf::None,
        ..Weighting::default()
    });
    close(l2.value(0, "a").unwrap(), 2.0 / 6_f64.sqrt());
    assert_eq!(counts.document_frequency("b").unwrap(), 2);
}

proptest! {
    /// Reading once with several threads, or twice with maps, gives the same matrix, for any number and
    /// length of documents.
    #[test]
    fn the_fast_counts_are_the_plain_counts(
        texts in prop::collection::vec("[a-c ]{0,20}", 0..30), min_documents in 0_usize..4, min_letters in 0_usize..3,
        most_share in 0.2_f64..=1.0,
    ) {
        let terms = Terms { min_documents, min_letters, most_share };
        let fast = term_document(&texts, terms).unwrap();
        prop_assert!(fast == term_document_plain(&texts, terms).unwrap());
    }

    /// With L2 each row has length 1 or 0; with L1 its sum is 1 or 0.
    #[test]
    fn rows_have_norm_one(texts in prop::collection::vec("[a-e ]{0,20}", 1..10)) {
        let counts = term_document(&texts, Terms::default()).unwrap();
        let l1 = counts.tfidf(Weighting { norm: Norm::L1, ..Weighting::default() });
        for (x, y) in counts.tfidf(Weighting::default()).matrix().row_norms().into_iter().zip(l1.matrix().row_sums()) {
            prop_assert!((x == 0.0 && y == 0.0) || ((x - 1.0).abs() < 1e-6 && (y - 1.0).abs() < 1e-6));
        }
    }
}

/// Large enough that every thread reads several batches.
#[test]
fn threads_make_no_difference() {
    let speeches = speeches();
    let one = on(1, || term_document(&speeches, PEER).unwrap());
    assert!(one == on(3, || term_document(&speeches, PEER).unwrap()));
    assert!(one == term_document_plain(&speeches, PEER).unwrap());
    let x = one.tfidf(Weighting::default());
    let svd = |threads| {
        on(threads, || {
            truncated_svd(x.matrix(), &SvdOptions::dimensions(20)).unwrap()
        })
    };
    assert!(svd(1) == svd(3));
}

#[test]
fn degenerate_texts_have_a_defined_result() {
    let of = |texts: &[&str]| term_document(&texts, Terms::default()).unwrap();
    let empty = of(&[]);
    assert_eq!((empty.n_documents(), empty.vocabulary().len()), (0, 0));
    let without_words = of(&["", "12 ..."]);
    assert_eq!(
        (without_words.n_documents(), without_words.vocabulary().len()),
        (2, 0)
    );
    let e = lsa(&without_words.tfidf(Weighting::default()), &SvdOptions::default()).unwrap_err();
    assert_eq!(
        e.to_string(),
        "the matrix to decompose: expected at least one entry that is not zero, got 2 × 0 without one"
    );
    // One word, and the same word everywhere.
    let same = of(&["word", "word word", "", "word"]);
    let x = same.tfidf(Weighting::default());
    assert_eq!(x.matrix().row_norms(), [1.0, 1.0, 0.0, 1.0]);
    let made = lsa(&x, &SvdOptions::default()).unwrap();
    assert_eq!(made.dimensions(), 1);
    assert!((made.svd().singular_values()[0] - 3_f32.sqrt()).abs() < 1e-6);
    assert_eq!(made.documents().row(2).to_vec(), [0.0]);
    assert_eq!(
        of(&["word", "word word"])
            .tfidf(Weighting {
                idf: Idf::Plain,
                ..Weighting::default()
            })
            .matrix()
            .n_entries(),
        0
    );
    let e = x.search("nothing", 3).unwrap_err().to_string();
    assert_eq!(
        e,
        "the query: expected at least one word of the vocabulary, got \"nothing\""
    );
    // A document of a million words.
    let long = "a b c d ".repeat(250_000);
    let counts = of(&[&long, "a"]);
    assert_eq!(counts.count(0, "c").unwrap(), 250_000.0);
    let e = term_document(
        &["a"],
        Terms {
            most_share: 0.0,
            ..Terms::default()
        },
    )
    .unwrap_err();
    assert_eq!(
        e.to_string(),
        "the share of the documents: expected more than 0 and at most 1, got 0"
    );
}

/// The first twenty singular values of the speeches by numpy's dense SVD, and the energy that 20 and 100 of
/// them keep.
#[test]
fn singular_values_are_those_of_a_dense_decomposition() {
    let expected = [
        14.393300, 3.038978, 1.042453, 0.803308, 0.789560, 0.701348, 0.657661, 0.613257, 0.565622, 0.549131,
        0.529294, 0.514051, 0.501484, 0.489193, 0.460461, 0.449827, 0.438575, 0.427304, 0.418324, 0.414553,
    ];
    let x = counts().tfidf(Weighting::default());
    // The last of the hundred are close to each other, so they need more than the default of five iterations.
    let options = SvdOptions {
        power_iterations: 15,
        ..SvdOptions::dimensions(100)
    };
    let svd = truncated_svd(x.matrix(), &options).unwrap();
    for (&ours, theirs) in svd.singular_values().iter().zip(expected) {
        assert!(
            (f64::from(ours) - theirs).abs() < 2e-5 * theirs,
            "{ours} {theirs}"
        );
    }
    let kept = svd.energy_kept();
    assert!(
        (kept[19] - 0.9564430).abs() < 2e-6 && (kept[99] - 0.9849534).abs() < 1e-4,
        "{} {}",
        kept[19],
        kept[99]
    );
}

fn random(m: usize, n: usize, entries: usize, seed: u64) -> Sparse {
    let mut rng = course::rng::seeded(seed);
    let triplets: Vec<(u32, u32, f32)> = (0..entries)
        .map(|_| {
            let (i, j) = (rng.random_range(0..m as u32), rng.random_range(0..n as u32));
            // Columns of different weight, so that singular values are not close to each other.
            (i, j, rng.random_range(0.0..1.0) / (1.0 + j as f32).sqrt())
        })
        .collect();
    Sparse::from_triplets(m, n, triplets).unwrap()
}

/// The fast form against the eigenvectors of the full AᵀA: the values, and the vectors where the values are
/// apart.
#[test]
fn the_fast_decomposition_is_the_plain_one() {
    for (m, n) in [(300, 60), (40, 200), (70, 70)] {
        let a = random(m, n, 2500, 7);
        let options = SvdOptions {
            k: 12,
            power_iterations: 30,
            ..SvdOptions::default()
        };
        let (fast, plain) = (
            truncated_svd(&a, &options).unwrap(),
            truncated_svd_plain(&a, 12).unwrap(),
        );
        for (x, y) in fast.singular_values().iter().zip(plain.singular_values()) {
            assert!((x - y).abs() < 1e-4 * y, "{m} {n}: {x} {y}");
        }
        let along = fast.right().t().dot(&plain.right());
        for i in 0..3 {
            assert!(along[[i, i]].abs() > 0.999, "{m} {n}, {i}: {}", along[[i, i]]);
        }
        // VᵀV = 1, UᵀU = 1, A V = U Σ.
        let (u, v) = (fast.left(), fast.right());
        let eye = Array2::<f32>::eye(12);
        assert!((v.t().dot(&v) - &eye).iter().all(|e| e.abs() < 1e-5));
        assert!((u.t().dot(&u) - &eye).iter().all(|e| e.abs() < 1e-4));
        assert!(
            (a.times(&v.to_owned()).unwrap() - fast.scaled_left())
                .iter()
                .all(|e| e.abs() < 1e-4)
        );
    }
}

/// A matrix of rank 3: there are no more dimensions than that, and they restore the matrix.
#[test]
fn k_above_the_rank_gives_the_rank() {
    let (x, y) = (
        random(50, 3, 120, 1).to_dense().unwrap(),
        random(3, 40, 100, 2).to_dense().unwrap(),
    );
    let dense = x.dot(&y);
    let svd = truncated_svd(&Sparse::from_dense(&dense), &SvdOptions::dimensions(100)).unwrap();
    assert_eq!(svd.k(), 3);
    assert!((svd.energy_kept()[2] - 1.0).abs() < 1e-6);
    let rebuilt = svd.scaled_left().dot(&svd.right().t());
    assert!((rebuilt - dense).iter().all(|e| e.abs() < 1e-5));
    let e = truncated_svd(&random(3, 3, 5, 1), &SvdOptions::dimensions(0)).unwrap_err();
    assert_eq!(
        e.to_string(),
        "the number of dimensions: expected at least 1, got 0"
    );
}

/// A document that was decomposed folds in at its own position. Fewer dimensions are the first of more.
/// Held-out energy grows with the dimensions.
#[test]
fn folding_in_and_fewer_dimensions() {
    let texts = speeches();
    let (known, new) = texts.split_at(200);
    let x = term_document(&known, PEER).unwrap().tfidf(Weighting::default());
    let made = lsa(&x, &SvdOptions::dimensions(40)).unwrap();
    let folded = made.fold_in(&known[17]).unwrap();
    let row = made.documents().row(17).to_vec();
    assert!(folded.iter().zip(&row).all(|(x, y)| (x - y).abs() < 1e-4));
    assert_eq!(made.search(&known[17], 1).unwrap()[0].0, 17);
    assert!(made.neighbours_of(17, 5).unwrap().iter().all(|&(d, _)| d != 17));
    let few = made.first(10);
    assert_eq!(few.documents(), made.documents().slice(ndarray::s![.., ..10]));
    let kept = made.energy_of(&new).unwrap();
    assert!(
        kept.is_sorted() && kept[39] > 0.5 && kept[39] < 1.0,
        "{}",
        kept[39]
    );
    assert_eq!(made.fold_in("").unwrap(), vec![0.0; 40]);
    assert_eq!(made.embeddings().unwrap().dimension(), 40);
}

/// numpy's numbers for the last twenty speeches: window 3, words that occur at least 20 times.
#[test]
fn ppmi_is_numpys() {
    let texts = &speeches()[213..];
    let v = Vocabulary::of(&texts, 20).unwrap();
    assert_eq!(v.len(), 794);
    let x = cooccurrence(&texts, &v, Window::symmetric(3).unwrap()).unwrap();
    let expected = [
        (1.0, 1.0, 84_140, [163556.0581, 5.885348, 1.279621]),
        (1.0, 0.75, 81_081, [136003.8803, 5.674029, 2.357603]),
        (5.0, 0.75, 22_106, [20717.9425, 3.352101, 0.035675]),
    ];
    for (shift, smoothing, entries, [sum, health_care, of_the]) in expected {
        let ppmi = x.ppmi(PpmiOptions { shift, smoothing }).unwrap();
        assert_eq!(ppmi.matrix().n_entries(), entries);
        assert!((ppmi.matrix().total() - sum).abs() < 0.01);
        assert!((f64::from(ppmi.value("health", "care").unwrap()) - health_care).abs() < 2e-6);
        assert!((f64::from(ppmi.value("of", "the").unwrap()) - of_the).abs() < 2e-6);
    }
    let e = x
        .ppmi(PpmiOptions {
            shift: 0.0,
            smoothing: 1.0,
        })
        .unwrap_err();
    assert_eq!(e.to_string(), "the shift: expected a number above 0, got 0");
    let made = x.ppmi(PpmiOptions::default()).unwrap();
    let made = made.embeddings(0.5, &SvdOptions::dimensions(30)).unwrap();
    assert_eq!((made.len(), made.dimension()), (794, 30));
}

/// The table of Lund and Burgess (1996): "the horse raced past the barn fell" with a window of five.
#[test]
fn hal_is_the_table_of_the_paper() {
    let text = ["the horse raced past the barn fell"];
    let made = hal(&text, &Vocabulary::of(&text, 1).unwrap(), 5).unwrap();
    let words = ["barn", "fell", "horse", "past", "raced", "the"];
    let expected = [
        [0.0, 0.0, 2.0, 4.0, 3.0, 6.0],
        [5.0, 0.0, 1.0, 3.0, 2.0, 4.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 5.0],
        [0.0, 0.0, 4.0, 0.0, 5.0, 3.0],
        [0.0, 0.0, 5.0, 0.0, 0.0, 4.0],
        [0.0, 0.0, 3.0, 5.0, 4.0, 2.0],
    ];
    for (word, row) in words.iter().zip(expected) {
        for (context, weight) in words.iter().zip(row) {
            assert_eq!(
                made.weight(word, Side::Before, context).unwrap(),
                weight,
                "{word} {context}"
            );
            assert_eq!(
                made.weight(context, Side::After, word).unwrap(),
                weight,
                "{word} {context}"
            );
        }
    }
    assert_eq!(
        made.heaviest("barn", Side::Before, 2).unwrap(),
        [("the".to_owned(), 6.0), ("past".to_owned(), 4.0)]
    );
}

proptest! {
    /// The result equals the plain form, and the kept columns are those of the largest variance in the dense
    /// matrix.
    #[test]
    fn hal_is_the_plain_form(tokens in prop::collection::vec(0_usize..5, 1..40), size in 1_usize..6) {
        let names = ["v", "w", "x", "y", "z"];
        let text = [tokens.iter().map(|&t| names[t]).collect::<Vec<_>>().join(" ")];
        let v = Vocabulary::of(&text, 1).unwrap();
        let ids: Vec<usize> = tokens.iter().map(|&t| v.id(names[t]).unwrap() as usize).collect();
        let n = v.len();
        let plain = hal_plain(&ids, n, size);
        let made = hal(&text, &v, size).unwrap();
        prop_assert_eq!(made.matrix().to_dense().unwrap(), plain.clone());
        // Both sides in one row: what precedes a word, then what follows it.
        let both = ndarray::concatenate![ndarray::Axis(1), plain.view(), plain.t()];
        let mut variances: Vec<f32> = both.var_axis(ndarray::Axis(0), 0.0).to_vec();
        variances.sort_by(|a, b| b.total_cmp(a));
        let kept = made.embeddings(2 * n).unwrap();
        let found = kept.matrix().var_axis(ndarray::Axis(0), 0.0);
        prop_assert!(found.iter().zip(&variances).all(|(x, y)| (x - y).abs() <= 1e-3 * y.max(1.0)));
        prop_assert!(made.embeddings(2 * n + 1).is_err() && made.embeddings(0).is_err());
    }
}
