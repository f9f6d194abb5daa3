//! Random indexing: on paper, fast against plain, merged against whole, degenerate texts.

use rand::Rng as _;

use super::*;
use crate::corpus::Weight;
use crate::rng;

fn window(left: usize, right: usize) -> Window {
    Window::new(left, right).unwrap()
}

fn drawn_text(seed: u64, documents: usize) -> Vec<String> {
    let mut rng = rng::seeded(seed);
    (0..documents)
        .map(|_| {
            let n = rng.random_range(0..20);
            (0..n)
                .map(|_| char::from(b'a' + rng.random_range(0..20_u8)).to_string())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn sum(vectors: &[Vec<f32>]) -> Vec<f32> {
    (0..vectors[0].len())
        .map(|i| vectors.iter().map(|v| v[i]).sum())
        .collect()
}

/// "a b c", window 1 + 2: context(a) = b + c, context(b) = a + c, context(c) = b.
#[test]
fn three_words_on_paper() {
    let settings = RandomIndexing {
        dimension: 50,
        spikes: 4,
        context: Context::Window(window(1, 2)),
        ..RandomIndexing::default()
    };
    let model = settings.train(&["a b c"]).unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|word| model.index_vector(word));
    let vectors = model.embeddings(1).unwrap();
    let of = |word: &str| vectors.vector(word).unwrap().to_vec();
    assert_eq!(of("a"), sum(&[b.clone(), c.clone()]));
    assert_eq!(of("b"), sum(&[a.clone(), c.clone()]));
    assert_eq!(of("c"), b);
    // With positions: b is one position after a, so its index vector is rotated by one.
    let model = RandomIndexing {
        order: WordOrder::Position,
        ..settings.clone()
    }
    .train(&["a b c"])
    .unwrap();
    let (mut b1, mut c2) = (b.clone(), c.clone());
    b1.rotate_right(1);
    c2.rotate_right(2);
    assert_eq!(
        model.embeddings(1).unwrap().vector("a").unwrap().to_vec(),
        sum(&[b1, c2])
    );
    let (mut b_before, mut a_before) = (b, a);
    b_before.rotate_left(1);
    a_before.rotate_left(1);
    assert_eq!(
        model.embeddings(1).unwrap().vector("c").unwrap().to_vec(),
        b_before
    );
    let model = RandomIndexing {
        order: WordOrder::Direction,
        ..settings
    }
    .train(&["a b c"])
    .unwrap();
    let mut c1 = c;
    c1.rotate_right(1);
    assert_eq!(
        model.embeddings(1).unwrap().vector("b").unwrap().to_vec(),
        sum(&[a_before, c1])
    );
}

fn all_settings() -> Vec<RandomIndexing> {
    let base = RandomIndexing {
        dimension: 64,
        spikes: 6,
        ..RandomIndexing::default()
    };
    let mut all = vec![RandomIndexing {
        context: Context::Documents,
        ..base.clone()
    }];
    for order in [WordOrder::None, WordOrder::Direction, WordOrder::Position] {
        for company in [
            window(2, 2),
            window(0, 3).weighted(Weight::Linear),
            window(80, 1).weighted(Weight::Linear),
        ] {
            let stop_words = vec!["a".to_owned()];
            all.push(RandomIndexing {
                order,
                context: Context::Window(company),
                stop_words,
                ..base.clone()
            });
        }
    }
    all
}

/// Whole numbers: the same to the last bit.
#[test]
fn the_fast_form_is_the_plain_one() {
    let texts = drawn_text(4, 60);
    for settings in all_settings() {
        let fast = settings.train(&texts).unwrap().embeddings(2).unwrap();
        let mut plain = settings.start().unwrap();
        plain.read_plain(&texts).unwrap();
        assert!(fast == plain.embeddings(2).unwrap(), "{settings:?}");
    }
}

#[test]
fn pieces_of_a_text_are_the_text() {
    let texts = drawn_text(5, 60);
    for settings in all_settings() {
        let whole = settings.train(&texts).unwrap().embeddings(1).unwrap();
        for cut in [0, 17, 60] {
            let mut grown = settings.start().unwrap();
            texts[..cut]
                .chunks(5)
                .for_each(|piece| grown.read(&piece).unwrap());
            let rest = settings.train(&&texts[cut..]).unwrap();
            grown.merge(&rest).unwrap();
            assert_eq!(grown.tokens(), settings.train(&texts).unwrap().tokens());
            assert!(
                grown.embeddings(1).unwrap() == whole,
                "{settings:?}, cut at {cut}"
            );
        }
    }
    let mut one = RandomIndexing::default().start().unwrap();
    let other = RandomIndexing {
        seed: 2,
        ..RandomIndexing::default()
    }
    .start()
    .unwrap();
    assert!(
        one.merge(&other)
            .unwrap_err()
            .to_string()
            .starts_with("the settings of the other model: expected the same")
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    // More than one batch of a megabyte, and weights that are not whole numbers.
    let texts: Vec<String> = (0..60).map(|seed| drawn_text(seed, 1500).join(" ")).collect();
    let settings = RandomIndexing {
        dimension: 32,
        context: Context::Window(window(3, 3).weighted(Weight::Inverse)),
        ..RandomIndexing::default()
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| settings.train(&texts).unwrap().embeddings(1).unwrap())
    };
    assert!(with(1) == with(3));
}

#[test]
fn positions_are_decoded() {
    let settings = RandomIndexing {
        order: WordOrder::Position,
        ..RandomIndexing::default()
    };
    let model = settings
        .train(&["new york is large", "in new york", "new ideas"])
        .unwrap();
    assert_eq!(model.at("new", 1, 1).unwrap().words(), ["york"]);
    assert_eq!(model.at("york", -1, 1).unwrap().words(), ["new"]);
    assert_eq!(model.at("new", -1, 1).unwrap().words(), ["in"]);
    assert_eq!(model.at("new", 2, 1).unwrap().words(), ["is"]);
    let e = model.at("new", 3, 1).unwrap_err().to_string();
    assert_eq!(e, "the position: expected a position from −2 to 2 but 0, got 3");
    assert!(model.at("old", 1, 1).is_err());
}

#[test]
fn degenerate_texts_and_settings() {
    let train = |texts: &[&str]| RandomIndexing::default().train(&texts).unwrap();
    assert!(train(&[]).is_empty() && train(&["", " . "]).is_empty());
    assert!(train(&[]).embeddings(1).unwrap().is_empty());
    let alone = train(&["word", "", "word"]).embeddings(1).unwrap();
    assert!(alone.numbers().iter().all(|&x| x == 0.0));
    // All words are the same, so a word's only context is itself. In a text of n words this happens 2(n − 1)
    // + 2(n − 2) times.
    // words.
    let same = train(&["word word word word"]);
    let ten: Vec<f32> = same.index_vector("word").iter().map(|x| x * 10.0).collect();
    assert_eq!(same.embeddings(1).unwrap().row(0), ten);
    let long = "left right up down ".repeat(250_000);
    assert_eq!(train(&[&long]).tokens(), 1_000_000);

    let wrong = |settings: RandomIndexing| settings.start().unwrap_err().to_string();
    let base = RandomIndexing::default();
    assert_eq!(
        wrong(RandomIndexing {
            dimension: 0,
            ..base.clone()
        }),
        "the dimension: expected 1 to 1,000,000, got 0"
    );
    assert_eq!(
        wrong(RandomIndexing {
            dimension: 5,
            ..base.clone()
        }),
        "the spikes: expected 1 to 5, the dimension, got 10"
    );
    assert!(
        wrong(RandomIndexing {
            spikes: 0,
            ..base.clone()
        })
        .starts_with("the spikes")
    );
    assert!(
        wrong(RandomIndexing {
            order: WordOrder::Position,
            context: Context::Documents,
            ..base
        })
        .starts_with("the order")
    );
}
