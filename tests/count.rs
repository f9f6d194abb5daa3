//! Sparse matrices and co-occurrence: on paper, against naive code, and against scipy.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::collections::BTreeMap;

use course::corpus::{Cut, Gaps, Vocabulary, Weight, Window};
use course::count::{Cooccurrence, Sparse, cooccurrence};
use ndarray::{Array2, arr2};
use proptest::prelude::*;

/// A matrix small enough to write out, with duplicates, cancelled entries and empty rows.
fn triplets() -> impl Strategy<Value = (usize, usize, Vec<(u32, u32, f32)>)> {
    (1_u32..7, 1_u32..7).prop_flat_map(|(n, m)| {
        let entry = (0..n, 0..m, -3_i8..4).prop_map(|(i, j, x)| (i, j, f32::from(x)));
        (
            Just(n as usize),
            Just(m as usize),
            prop::collection::vec(entry, 0..30),
        )
    })
}

fn dense(n: usize, m: usize, triplets: &[(u32, u32, f32)]) -> Array2<f32> {
    let mut dense = Array2::zeros((n, m));
    for &(i, j, x) in triplets {
        dense[[i as usize, j as usize]] += x;
    }
    dense
}

proptest! {
    /// Small whole numbers are exact in `f32`, so all of this is tested for equality.
    #[test]
    fn a_sparse_matrix_is_the_dense_one((n, m, entries) in triplets(), k in 0_usize..4) {
        let expected = dense(n, m, &entries);
        let x = Sparse::from_triplets(n, m, entries).unwrap();
        prop_assert_eq!(x.to_dense().unwrap(), expected.clone());
        prop_assert_eq!(&Sparse::from_dense(&expected), &x);
        prop_assert_eq!(&Sparse::from_triplets(n, m, x.iter()).unwrap(), &x);
        prop_assert_eq!(x.n_entries(), expected.iter().filter(|&&v| v != 0.0).count());
        for i in 0..n {
            for j in 0..m {
                prop_assert_eq!(x.get(i, j).unwrap(), expected[[i, j]]);
            }
        }
        let rows: Vec<Vec<(u32, f32)>> = x.iter_rows()
            .map(|(columns, values)| columns.iter().copied().zip(values.iter().copied()).rev().collect())
            .collect();
        prop_assert_eq!(&Sparse::from_rows(m, rows).unwrap(), &x);

        prop_assert_eq!(x.transposed().to_dense().unwrap(), expected.t());
        prop_assert_eq!(&x.transposed().transposed(), &x);
        let sums = |axis| expected.sum_axis(ndarray::Axis(axis)).mapv(f64::from).to_vec();
        prop_assert_eq!(x.row_sums(), sums(1));
        prop_assert_eq!(x.column_sums(), sums(0));
        prop_assert_eq!(x.total(), f64::from(expected.sum()));

        let b = Array2::from_shape_fn((m, k), |(i, j)| (i * 3 + j) as f32 - 4.0);
        prop_assert_eq!(x.times(&b).unwrap(), expected.dot(&b));
        // The same numbers, with the strides of a transpose.
        prop_assert_eq!(x.times(&b.t().as_standard_layout().to_owned().reversed_axes()).unwrap(), expected.dot(&b));
        let (v, w): (Vec<f32>, Vec<f32>) = ((0..m).map(|i| i as f32 - 1.0).collect(), (0..n).map(|i| 2.0 - i as f32).collect());
        prop_assert_eq!(x.times_vector(&v).unwrap(), expected.dot(&ndarray::aview1(&v)).to_vec());
        prop_assert_eq!(x.transposed_times_vector(&w).unwrap(), expected.t().dot(&ndarray::aview1(&w)).to_vec());

        let mapped = x.map(|i, j, value| if value > 0.0 { value + (i * 10 + j) as f32 } else { 0.0 });
        let expected = Array2::from_shape_fn((n, m), |(i, j)| {
            let value = expected[[i, j]];
            if value > 0.0 { value + (i * 10 + j) as f32 } else { 0.0 }
        });
        prop_assert_eq!(mapped.to_dense().unwrap(), expected);
        prop_assert!(mapped.iter().all(|(_, _, value)| value != 0.0));
        let factors: Vec<f32> = (0..n).map(|i| i as f32).collect();
        let scaled = Array2::from_diag(&ndarray::aview1(&factors)).dot(&x.to_dense().unwrap());
        prop_assert_eq!(x.scaled_rows(&factors).unwrap().to_dense().unwrap(), scaled);
    }
}

/// Rows of very different lengths, cut into pieces of work. The product with one thread and with three has
/// the same bits, and equals the product row by row.
#[test]
fn a_large_product_does_not_depend_on_the_threads() {
    let (n, m, k) = (3_000, 500, 7);
    let entry = |i: usize, j: usize| {
        if (i * j + i).is_multiple_of(1 + i % 97) {
            1.0 / (1 + i + j) as f32
        } else {
            0.0
        }
    };
    let rows = (0..n)
        .map(|i| (0..m as u32).map(|j| (j, entry(i, j as usize))).collect())
        .collect();
    let x = Sparse::from_rows(m, rows).unwrap();
    assert!(x.n_entries() > 100_000, "{x}");
    let b = Array2::from_shape_fn((m, k), |(i, j)| ((i * 7 + j * 3) % 11) as f32 / 11.0);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            (
                x.times(&b).unwrap(),
                x.times_vector(&b.column(0).to_vec()).unwrap(),
                x.map(|_, _, v| v.ln()),
            )
        })
    };
    let (product, vector, logs) = with(1);
    assert_eq!((product.clone(), vector.clone(), logs), with(3));
    for (i, (columns, values)) in x.iter_rows().enumerate() {
        let sum: f64 = columns
            .iter()
            .zip(values)
            .map(|(&c, &v)| f64::from(v) * f64::from(b[[c as usize, 0]]))
            .sum();
        // Up to 500 products of at most 1 in f32, each with an error of half a unit in the last place.
        assert!((f64::from(product[[i, 0]]) - sum).abs() < 500.0 * 6e-8, "row {i}");
        assert_eq!(vector[i], sum as f32);
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    let x = Sparse::from_triplets(2, 3, [(0, 0, 1.0)]).unwrap();
    let message = |e: course::Error| e.to_string();
    assert_eq!(
        message(x.row(2).unwrap_err()),
        "the row: expected a number below 2, got 2"
    );
    assert_eq!(
        message(x.get(0, 3).unwrap_err()),
        "the column: expected a number below 3, got 3"
    );
    assert_eq!(
        message(x.row(usize::MAX).unwrap_err()),
        format!("the row: expected a number below 2, got {}", usize::MAX)
    );
    let e = Sparse::from_triplets(2, 3, [(0, 3, 1.0)]).unwrap_err();
    assert_eq!(message(e), "the column: expected a number below 3, got 3");
    let e = Sparse::from_rows(1, vec![vec![], vec![(1, 1.0)]]).unwrap_err();
    assert_eq!(message(e), "the column: expected a number below 1, got 1");
    let needs = "expected 3 rows, as many as the sparse matrix has columns";
    assert_eq!(
        message(x.times(&arr2(&[[1.0]])).unwrap_err()),
        format!("the dense matrix: {needs}, got 1")
    );
    assert_eq!(
        message(x.times_vector(&[1.0]).unwrap_err()),
        format!("the vector: {needs}, got 1")
    );
    let e = x.transposed_times_vector(&[1.0]).unwrap_err();
    assert_eq!(message(e), "the vector: expected 2 numbers, one a row, got 1");
    assert_eq!(
        message(x.scaled_rows(&[]).unwrap_err()),
        "the factors: expected 2, one a row, got 0"
    );
    assert_eq!(
        message(x.scaled_columns(&[]).unwrap_err()),
        "the factors: expected 3, one a column, got 0"
    );
    let large = Sparse::from_triplets(100_000, 100_000, []).unwrap();
    assert!(large.to_dense().is_err());

    let parts = |starts: &[usize], columns: &[u32], values: &[f32]| {
        Sparse::from_parts(3, starts.to_vec(), columns.to_vec(), values.to_vec())
    };
    assert_eq!(parts(&[0, 1, 1], &[0], &[1.0]).unwrap(), x);
    for (starts, columns, values, what) in [
        (
            &[0, 1, 1][..],
            &[0][..],
            &[][..],
            "the values: expected 1, as many as columns, got 0",
        ),
        (
            &[],
            &[0],
            &[1.0],
            "the starts of the rows: expected 0 to 1 in ascending order, got others",
        ),
        (
            &[0, 2, 1],
            &[0],
            &[1.0],
            "the starts of the rows: expected 0 to 1 in ascending order, got others",
        ),
        (
            &[0, 1],
            &[3],
            &[1.0],
            "the columns of row 0: expected ascending, each once and below 3, got others",
        ),
        (
            &[0, 2],
            &[1, 1],
            &[1.0, 1.0],
            "the columns of row 0: expected ascending, each once and below 3, got others",
        ),
        (
            &[0, 1],
            &[1],
            &[0.0],
            "the values of row 0: expected none that is zero, got a zero",
        ),
    ] {
        assert_eq!(message(parts(starts, columns, values).unwrap_err()), what);
    }
}

/// Small enough for paper: windows of two words over two documents.
///
/// ```text
///     the cat sat on the mat        the dog sat
/// ```
#[test]
fn company_on_paper() {
    let texts = ["The cat sat on the mat.", "The dog sat."];
    let v = Vocabulary::of(&texts, 1).unwrap();
    assert_eq!(v.words(), ["the", "sat", "cat", "dog", "mat", "on"]);
    let x = cooccurrence(&texts, &v, Window::symmetric(2).unwrap()).unwrap();
    let expected = arr2(&[
        //  the  sat  cat  dog  mat  on
        [0.0, 3.0, 1.0, 1.0, 1.0, 1.0], // the
        [3.0, 0.0, 1.0, 1.0, 0.0, 1.0], // sat
        [1.0, 1.0, 0.0, 0.0, 0.0, 1.0], // cat
        [1.0, 1.0, 0.0, 0.0, 0.0, 0.0], // dog
        [1.0, 0.0, 0.0, 0.0, 0.0, 1.0], // mat
        [1.0, 1.0, 1.0, 0.0, 1.0, 0.0], // on
    ]);
    assert_eq!(x.matrix().to_dense().unwrap(), expected);
    assert_eq!(
        x.dense(&["cat", "on"], &["the", "mat"]).unwrap(),
        arr2(&[[1.0, 0.0], [1.0, 1.0]])
    );

    let company = x.company("the", 2).unwrap();
    assert_eq!(company.words(), ["sat", "cat"]);
    assert_eq!(company.companions[0].count, 3.0);
    // 24 pairs in all, 7 of them with "the", 6 with "sat".
    assert!((company.companions[0].pmi - (3.0 * 24.0 / 42.0_f32).log2()).abs() < 1e-6);
    assert_eq!(x.company_by_pmi("on", 2, 1.0).unwrap().words(), ["mat", "cat"]);
    assert_eq!(x.pmi("dog", "mat").unwrap(), f32::NEG_INFINITY);
    // mat: the 1, on 1. dog: the 1, sat 1.
    assert!((x.similarity("mat", "dog").unwrap() - 0.5).abs() < 1e-6);
    assert_eq!(x.similarity("mat", "mat").unwrap(), 1.0);
    let alike = x.alike("mat", 6).unwrap();
    assert_eq!(alike.words.len(), 5);
    // cat: the 1, sat 1, on 1, so 2/√(2·3); sat: the 3, cat, dog and on 1, so 4/√(2·12), which is the same.
    let mut first = [&alike.words[0], &alike.words[1]];
    first.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(first.map(|(word, _)| word.as_str()), ["cat", "sat"]);
    assert!(
        first
            .iter()
            .all(|(_, cosine)| (cosine - 2.0 / 6.0_f32.sqrt()).abs() < 1e-6)
    );
    let shown = company.to_string();
    assert!(
        shown.starts_with("The company of \"the\"\nword ") && shown.contains("sat "),
        "{shown}"
    );
}

#[test]
fn unknown_words_and_too_many_are_errors() {
    let texts = ["the whale and the ship"];
    let v = Vocabulary::of(&texts, 1).unwrap();
    let window = Window::symmetric(2).unwrap();
    let x = cooccurrence(&texts, &v, window).unwrap();
    let unknown = r#"no word "whael"; did you mean "whale"?"#;
    assert_eq!(x.company("whael", 1).unwrap_err().to_string(), unknown);
    assert_eq!(x.count("ship", "whael").unwrap_err().to_string(), unknown);
    assert_eq!(x.dense(&["ship"], &["whael"]).unwrap_err().to_string(), unknown);
    let e = x.company("ship", 5).unwrap_err();
    assert_eq!(
        e.to_string(),
        "k: expected at most 4, the size of the vocabulary, got 5"
    );
    assert!(x.alike("ship", 5).is_err());
    let e = cooccurrence(&texts, &Vocabulary::of(&texts, 9).unwrap(), window).unwrap_err();
    assert_eq!(
        e.to_string(),
        "the vocabulary: expected at least one word, got none"
    );
}

/// A word that occurs near no other has a row of zeros and is similar to nothing.
#[test]
fn a_word_alone_has_no_company() {
    let texts = ["alone", "two words"];
    let v = Vocabulary::of(&texts, 1).unwrap();
    let x = cooccurrence(&texts, &v, Window::symmetric(5).unwrap()).unwrap();
    assert!(x.company("alone", 3).unwrap().companions.is_empty());
    assert_eq!(x.similarity("alone", "two").unwrap(), 0.0);
    let nothing = cooccurrence(&["elsewhere"], &v, Window::symmetric(5).unwrap()).unwrap();
    assert_eq!(nothing.matrix().n_entries(), 0);
    assert_eq!(nothing.alike("two", 1).unwrap().words[0].1, 0.0);
}

/// By the definition: every pair of positions in every document.
fn by_definition(texts: &[String], v: &Vocabulary, window: Window) -> BTreeMap<(u32, u32), f64> {
    let mut counts = BTreeMap::new();
    for text in texts {
        let mut ids: Vec<Option<u32>> = Cut::Words.iter(text).map(|word| v.id(&word)).collect();
        if window.gaps() == Gaps::Close {
            ids.retain(Option::is_some);
        }
        for i in 0..ids.len() {
            // No window in these tests reaches further.
            for j in i.saturating_sub(30)..ids.len().min(i + 31) {
                let weight = window.weight_at(j as isize - i as isize);
                if let (Some(a), Some(b), true) = (ids[i], ids[j], weight > 0.0) {
                    *counts.entry((a, b)).or_insert(0.0) += f64::from(weight);
                }
            }
        }
    }
    counts
}

fn windows() -> impl Strategy<Value = Window> {
    let weight = prop_oneof![Just(Weight::Uniform), Just(Weight::Inverse), Just(Weight::Linear)];
    (0_usize..30, 1_usize..30, any::<bool>(), weight, any::<bool>()).prop_map(
        |(a, b, swap, weight, close)| {
            let (left, right) = if swap { (b, a) } else { (a, b) };
            let window = Window::new(left, right).unwrap().weighted(weight);
            if close { window.closing_gaps() } else { window }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counting_is_its_definition(texts in prop::collection::vec("([a-e]{1,2} ){0,40}", 0..8), window in windows()) {
        let v = Vocabulary::of(&texts, 3).unwrap();
        prop_assume!(!v.is_empty());
        let x = cooccurrence(&texts, &v, window).unwrap();
        let expected = by_definition(&texts, &v, window);
        prop_assert_eq!(x.matrix().n_entries(), expected.len());
        for (i, j, count) in x.matrix().iter() {
            let exact = expected[&(i, j)];
            // Both are rounded to f32 from sums of f32 weights.
            prop_assert!((f64::from(count) - exact).abs() <= 1e-6 * exact, "{} {}: {} {}", i, j, count, exact);
        }
        if window.left() == window.right() {
            prop_assert_eq!(&x.matrix().transposed(), x.matrix());
        }
    }
}

/// The words of tests/oracles/cooccurrence.py.
fn drawn_texts() -> Vec<String> {
    let mut state = 2026_u64;
    let mut draw = |n: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let document = |_| {
        let n = draw(16);
        let word = |_| char::from(97 + draw(26).min(draw(26)) as u8).to_string();
        (0..n).map(word).collect::<Vec<_>>().join(" ")
    };
    (0..40).map(document).collect()
}

#[test]
fn the_numbers_are_scipys() {
    use Weight::{Inverse, Linear, Uniform};
    let texts = drawn_texts();
    let v = Vocabulary::of(&texts, 9).unwrap();
    assert_eq!(v.words().concat(), "ibcadkejnlrfghmqp");
    assert_eq!(
        v.counts(),
        [29, 28, 27, 24, 23, 22, 18, 18, 18, 15, 15, 14, 14, 13, 12, 12, 10]
    );
    let count = |left, right, weight, close| {
        let window = Window::new(left, right).unwrap().weighted(weight);
        cooccurrence(&texts, &v, if close { window.closing_gaps() } else { window }).unwrap()
    };
    for (left, right, weight, close, n, sum, checksum) in [
        (2, 2, Uniform, false, 277, 956.0, 3979.0675),
        (2, 2, Uniform, true, 277, 1020.0, 4222.8584),
        (2, 2, Inverse, false, 277, 729.0, 3040.2691),
        (2, 2, Inverse, true, 277, 783.0, 3251.6111),
        (2, 2, Linear, false, 277, 1458.0, 6080.5382),
        (2, 2, Linear, true, 277, 1566.0, 6503.2221),
        (5, 5, Uniform, false, 287, 1940.0, 7977.0756),
        (5, 5, Uniform, true, 287, 2042.0, 8388.2953),
        (5, 5, Inverse, false, 287, 993.8333, 4117.1839),
        (5, 5, Inverse, true, 287, 1058.5333, 4374.0478),
        (5, 5, Linear, false, 287, 6412.0, 26507.1103),
        (5, 5, Linear, true, 287, 6800.0, 28021.1877),
        (4, 0, Uniform, false, 262, 835.0, 3445.9248),
        (4, 0, Uniform, true, 266, 883.0, 3638.6464),
        (4, 0, Inverse, false, 262, 469.9167, 1946.6204),
        (4, 0, Inverse, true, 266, 501.6667, 2078.3117),
        (4, 0, Linear, false, 262, 2236.0, 9253.1974),
        (4, 0, Linear, true, 266, 2379.0, 9843.0301),
        (1, 3, Uniform, false, 270, 923.0, 3830.2014),
        (1, 3, Uniform, true, 272, 986.0, 4069.4119),
        (1, 3, Inverse, false, 270, 680.1667, 2834.3625),
        (1, 3, Inverse, true, 272, 732.1667, 3038.2367),
        (1, 3, Linear, false, 270, 1652.0, 6880.8023),
        (1, 3, Linear, true, 272, 1769.0, 7317.2596),
    ] {
        let x = count(left, right, weight, close);
        let x = x.matrix();
        let weigh =
            |(i, j, value)| f64::from(value) * (1.0 + f64::from(i)).sqrt() * (1.0 + f64::from(j)).powf(0.25);
        let got = x.iter().map(weigh).sum::<f64>();
        // The script prints four decimals; f32 adds 6e-8 of the value.
        let near = |a: f64, b: f64| (a - b).abs() < 6e-5 + 1e-7 * b;
        assert!(
            x.n_entries() == n && near(x.total(), sum) && near(got, checksum),
            "{left} {right} {weight:?} {close}: {} {} {got}",
            x.n_entries(),
            x.total()
        );
    }

    let x = count(2, 2, Uniform, false);
    assert!((x.pmi("i", "b").unwrap() + 0.685_503_9).abs() < 1e-6);
    assert!((x.similarity("i", "b").unwrap() - 0.772_524_4).abs() < 1e-6);

    // The rows are divided by the row sums of the first matrix, transposed, and multiplied by a matrix: the
    // script's last line.
    let factors: Vec<f32> = x
        .matrix()
        .row_sums()
        .iter()
        .map(|&sum| 1.0 / sum as f32)
        .collect();
    let b = Array2::from_shape_fn((17, 3), |(i, j)| ((3 * i + j) % 7) as f32);
    let y = count(4, 0, Linear, false)
        .matrix()
        .scaled_rows(&factors)
        .unwrap()
        .transposed()
        .times(&b)
        .unwrap();
    let expected = arr2(&[
        [10.47571, 7.30983, 8.48906],
        [9.84268, 11.42022, 10.07736],
        [11.2824, 8.1032, 9.90504],
        [7.77449, 7.16709, 5.70848],
        [6.76577, 6.3714, 8.45083],
        [10.93879, 10.38156, 11.12255],
        [7.89162, 8.07796, 7.43659],
        [7.97322, 6.49361, 7.51859],
        [8.50275, 9.75138, 8.2523],
        [5.66709, 3.97082, 4.65052],
        [5.14202, 5.89217, 6.906],
        [3.97079, 3.27952, 3.76423],
        [4.23428, 4.89032, 4.97913],
        [4.96974, 4.46787, 4.37829],
        [6.00219, 4.45372, 5.36847],
        [5.9112, 4.68232, 5.50665],
        [3.07339, 3.48323, 3.71807],
    ]);
    // The script prints five decimals, and f32 rounds.
    assert!(y.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 2e-5), "{y}");
}

/// Enough text for several batches and blocks. One thread and three give the same bits.
#[test]
fn counts_do_not_depend_on_the_threads() {
    let texts: Vec<String> = (0..12_000_u64)
        .map(|i| {
            (0..30 + i % 60)
                .map(|j| format!("w{} ", (i * j * j + 7 * j) % (3 + (i * 31 + j) % 977)))
                .collect()
        })
        .collect();
    let v = Vocabulary::of(&texts, 2).unwrap();
    let window = Window::symmetric(4).unwrap().weighted(Weight::Inverse);
    let with = |threads| -> Cooccurrence {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| cooccurrence(&texts, &v, window).unwrap())
    };
    let one = with(1);
    assert!(
        texts.iter().map(String::len).sum::<usize>() > 3 << 20 && one.matrix().n_entries() > 100_000,
        "{one}"
    );
    assert!(one == with(3));
    let total: f64 = by_definition(&texts, &v, window).values().sum();
    // A sum of 5 million f32, each rounded once.
    assert!((one.matrix().total() - total).abs() < 1e-6 * total);
}

#[test]
fn they_show_themselves() {
    let texts = ["the cat", "the dog"];
    let x = cooccurrence(
        &texts,
        &Vocabulary::of(&texts, 1).unwrap(),
        Window::new(0, 3).unwrap(),
    )
    .unwrap();
    assert_eq!(
        x.to_string(),
        "Co-occurrence within 0 words before and 3 after: 3 × 3 matrix, 2 entries not zero (22%), 48 bytes"
    );
    assert_eq!(
        Sparse::from_triplets(0, 5, []).unwrap().to_string(),
        "0 × 5 matrix, 0 entries not zero (0%), 8 bytes"
    );
    let alike = x.alike("cat", 1).unwrap().to_string();
    assert!(
        alike.starts_with("Words that keep the company of \"cat\"\nword  "),
        "{alike}"
    );
}
