//! Sampling: the values of transformers 5.24.0 and candle 0.11.1 on tiny inputs, and a sample against its
//! distribution.

use super::*;
use crate::rng::seeded;

/// Which tokens are left.
fn kept(p: &[f64]) -> Vec<usize> {
    (0..p.len()).filter(|&i| p[i] > 0.0).collect()
}

fn near(got: &[f64], expected: &[f64]) -> bool {
    got.len() == expected.len() && got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12)
}

const THREE: [f64; 3] = [0.5, 0.3, 0.2];

#[test]
fn a_token_that_was_seen_is_punished_once() {
    let y = repetition_penalty(&[2.0, -2.0, 0.0, 4.0], &[0, 1, 1, 2], 2.0).unwrap();
    assert_eq!(y, [1.0, -4.0, 0.0, 4.0]);
    // A number that belongs to no token is ignored, and a penalty of 1 changes nothing.
    assert_eq!(repetition_penalty(&[2.0], &[7], 2.0).unwrap(), [2.0]);
    assert_eq!(
        repetition_penalty(&[2.0, -1.0], &[0, 1], 1.0).unwrap(),
        [2.0, -1.0]
    );
}

/// P^(1/T), scaled: at T = 1/2 the squares .25, .09, .04 of a sum of .38.
#[test]
fn temperature_on_paper() {
    let logits = THREE.map(f64::ln);
    let sharper = softmax(&logits, 0.5).unwrap();
    assert!(near(&sharper, &[0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38]));
    assert!(near(&softmax(&logits, 1.0).unwrap(), &THREE));
    assert_eq!(softmax(&[1.0, 3.0, 3.0], 0.0).unwrap(), [0.0, 1.0, 0.0]);
    // A tiny temperature is nearly greedy; a large logit does not overflow, and −∞ is probability 0.
    assert_eq!(softmax(&[1.0, 3.0], 1e-300).unwrap(), [0.0, 1.0]);
    assert!(near(&softmax(&[1e300, 1e300], 1.0).unwrap(), &[0.5, 0.5]));
    assert_eq!(softmax(&[0.0, f64::NEG_INFINITY], 1.0).unwrap(), [1.0, 0.0]);
}

#[test]
fn top_k_keeps_exactly_k_tokens() {
    assert!(near(&top_k(&THREE, 2).unwrap(), &[0.625, 0.375, 0.0]));
    assert!(near(&top_k(&THREE, 9).unwrap(), &THREE));
    // The first two of four equal ones, as in candle; transformers keeps all four.
    assert_eq!(kept(&top_k(&[0.25; 4], 2).unwrap()), [0, 1]);
}

/// .5 → 1 token, .8 → 2, .81 → 3, in both libraries.
#[test]
fn top_p_keeps_the_token_that_crosses() {
    for (mass, n) in [(0.1, 1), (0.5, 1), (0.51, 2), (0.8, 2), (0.81, 3), (1.0, 3)] {
        assert_eq!(kept(&top_p(&THREE, mass).unwrap()).len(), n, "{mass}");
    }
    assert!(near(&top_p(&THREE, 0.8).unwrap(), &[0.625, 0.375, 0.0]));
    // The first of four equal ones, as in candle; transformers keeps the last.
    assert_eq!(kept(&top_p(&[0.25; 4], 0.1).unwrap()), [0]);
    // The order of the tokens does not matter.
    assert_eq!(kept(&top_p(&[0.2, 0.5, 0.3], 0.8).unwrap()), [1, 2]);
}

/// Eight tenths add up to a little less than .8, three to a little more than .3: neither sum asks for one
/// more token.
#[test]
fn rounding_does_not_let_another_token_in() {
    assert_eq!(kept(&top_p(&[0.1; 10], 0.8).unwrap()).len(), 8);
    assert_eq!(kept(&top_p(&[0.1; 10], 0.3).unwrap()).len(), 3);
}

#[test]
fn min_p_is_a_share_of_the_largest() {
    assert_eq!(kept(&min_p(&THREE, 0.5).unwrap()), [0, 1]);
    assert_eq!(kept(&min_p(&THREE, 0.7).unwrap()), [0]);
    assert!(near(&min_p(&THREE, 0.0).unwrap(), &THREE));
    // 1 keeps all tokens that tie with the largest.
    assert_eq!(kept(&min_p(&[0.25; 4], 1.0).unwrap()).len(), 4);
}

/// The result of each case changes if two neighbouring steps are exchanged.
#[test]
fn the_steps_come_in_their_order() {
    let of = |p: &[f64], seen: &[u32], sampling: Sampling| {
        let logits: Vec<f64> = p.iter().map(|p| p.ln()).collect();
        sampling.probabilities(&logits, seen).unwrap()
    };
    // At T = 2 the largest of .5, .3, .2 falls to .4155, so .5 needs two tokens.
    let flat = of(
        &THREE,
        &[],
        Sampling {
            temperature: 2.0,
            top_p: Some(0.5),
            ..Sampling::default()
        },
    );
    assert_eq!(kept(&flat), [0, 1]);
    // Top-p sees .4 and .3 as .571 and .429, so .5 needs one token, as in transformers; candle keeps two.
    let both = of(
        &[0.4, 0.3, 0.2, 0.1],
        &[],
        Sampling {
            top_k: Some(2),
            top_p: Some(0.5),
            ..Sampling::default()
        },
    );
    assert_eq!(kept(&both), [0]);
    // The penalty squares P of a seen token before anything is left out: .25 is below .3.
    let penalised = of(
        &THREE,
        &[0],
        Sampling {
            repetition_penalty: 2.0,
            top_k: Some(1),
            ..Sampling::default()
        },
    );
    assert_eq!(kept(&penalised), [1]);
    // Top-p keeps .4 and .3, and so does min-p. In the other order top-p would see .571, which is enough.
    let last = of(
        &[0.4, 0.3, 0.2, 0.1],
        &[],
        Sampling {
            top_p: Some(0.57),
            min_p: Some(0.6),
            ..Sampling::default()
        },
    );
    assert!(near(&last, &[4.0 / 7.0, 3.0 / 7.0, 0.0, 0.0]));
}

/// Whatever the settings are, the probabilities sum to 1, and no token that is left out is more probable than
/// one that stays.
#[test]
fn filters_keep_a_distribution_of_the_most_probable() {
    let mut rng = seeded(5);
    for round in 0..200 {
        let n = 1 + round % 30;
        let logits: Vec<f64> = (0..n).map(|_| rng.random_range(-4.0..4.0)).collect();
        let sampling = Sampling {
            temperature: rng.random_range(0.1..3.0),
            top_k: Some(rng.random_range(1..=n + 2)),
            top_p: Some(rng.random_range(0.01..=1.0)),
            min_p: Some(rng.random_range(0.0..=1.0)),
            ..Sampling::default()
        };
        let p = sampling.probabilities(&logits, &[]).unwrap();
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{sampling:?}");
        let least = (0..n)
            .filter(|&i| p[i] > 0.0)
            .map(|i| logits[i])
            .fold(f64::INFINITY, f64::min);
        let left_out = (0..n).filter(|&i| p[i] == 0.0);
        assert!(
            left_out.clone().all(|i| logits[i] <= least),
            "{sampling:?} {logits:?}"
        );
    }
}

/// A share of n draws has a standard deviation of √(p (1 − p) / n): 30,000 draws are within five of them.
#[test]
fn frequencies_of_a_sample_fit_the_distribution() {
    let p = [0.4, 0.0, 0.3, 0.2, 0.09, 0.01];
    let n = 30_000;
    let mut times = [0_u32; 6];
    let mut rng = seeded(1);
    (0..n).for_each(|_| times[draw(&p, &mut rng)] += 1);
    for (times, p) in times.iter().zip(p) {
        let share = f64::from(*times) / f64::from(n);
        let deviation = (p * (1.0 - p) / f64::from(n)).sqrt();
        assert!((share - p).abs() <= 5.0 * deviation, "{share} for {p}");
    }
    // Numbers that do not sum to 1 are drawn in their proportion, and 0 never.
    assert!((0..1000).all(|_| draw(&[0.0, 7.0, 0.0], &mut rng) == 1));
    assert_eq!(draw(&[0.0, 0.0], &mut rng), 0);
}

#[test]
fn settings_out_of_range_are_said() {
    let error = |sampling: Sampling| sampling.check().unwrap_err().to_string();
    let of = Sampling::default;
    let wrong = "expected a number of 0 or more";
    for temperature in [-1.0, f64::NAN, f64::INFINITY] {
        let message = error(Sampling { temperature, ..of() });
        assert_eq!(message, format!("the temperature: {wrong}, got {temperature}"));
    }
    for repetition_penalty in [0.0, -1.0, f64::NAN] {
        let message = error(Sampling {
            repetition_penalty,
            ..of()
        });
        assert!(message.starts_with("the repetition penalty: expected a number above 0"));
    }
    assert_eq!(
        error(Sampling {
            top_k: Some(0),
            ..of()
        }),
        "top_k: expected 1 or more, got 0"
    );
    for top_p in [0.0, 1.1, -0.5, f64::NAN] {
        let message = error(Sampling {
            top_p: Some(top_p),
            ..of()
        });
        assert_eq!(
            message,
            format!("top_p: expected above 0, and at most 1, got {top_p}")
        );
    }
    assert_eq!(
        error(Sampling {
            min_p: Some(1.5),
            ..of()
        }),
        "min_p: expected 0 to 1, got 1.5"
    );
    let logits = |y: &[f64]| softmax(y, 1.0).unwrap_err().to_string();
    assert_eq!(
        logits(&[]),
        "the logits: expected at least one finite number, got none"
    );
    assert_eq!(logits(&[f64::NEG_INFINITY]), logits(&[]));
    assert_eq!(
        logits(&[0.0, f64::NAN]),
        "the logits: expected numbers below infinity, got NaN"
    );
    assert_eq!(
        logits(&[0.0, f64::INFINITY]),
        "the logits: expected numbers below infinity, got inf"
    );
}
