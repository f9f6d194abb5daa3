//! How wrong answers differ from the right ones.

use super::arguments::length;
use crate::check::value::Value;

/// Whether an answer differs from the expected one in a certain way.
type Differs = fn(got: &Value, expected: &Value) -> bool;

/// How the wrong answers differ, and what it means.
pub(super) const ANSWERS: [(Differs, &str); 11] = [
    (
        is_negated,
        "Every wrong answer is the right one with the other sign.",
    ),
    (
        is_reversed,
        "Every wrong answer is the right one in the opposite order.",
    ),
    (
        is_permuted,
        "Every wrong answer has the right values in another order.",
    ),
    (
        lacks_last,
        "Every wrong answer lacks the last element of the right one, and has all others.",
    ),
    (
        lacks_first,
        "Every wrong answer lacks the first element of the right one, and has all others.",
    ),
    (is_shorter, "Every wrong answer is too short."),
    (is_longer, "Every wrong answer is too long."),
    (
        only_last,
        "Every wrong answer is wrong in its last element alone.",
    ),
    (
        only_first,
        "Every wrong answer is wrong in its first element alone.",
    ),
    (is_more_by_one, "Every wrong answer is one too large."),
    (is_less_by_one, "Every wrong answer is one too small."),
];

fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::List(all) => Some(all),
        Value::Something(inner) => list(inner),
        _ => None,
    }
}

/// All real numbers in a value, in order; `None` if it has anything else.
fn numbers(value: &Value, into: &mut Vec<f64>) -> bool {
    match value {
        Value::Real(x) => {
            into.push(*x);
            true
        }
        Value::List(all) => all.iter().all(|x| numbers(x, into)),
        Value::Something(inner) => numbers(inner, into),
        _ => false,
    }
}

/// The same factor between all numbers of all wrong answers and what was expected.
pub(super) fn factor<'a>(wrong: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<Value> {
    let mut found: Option<f64> = None;
    for (answer, right) in wrong {
        let (mut got, mut expected) = (Vec::new(), Vec::new());
        if !numbers(answer, &mut got) || !numbers(right, &mut expected) || got.len() != expected.len() {
            return None;
        }
        for (x, y) in got.iter().zip(&expected) {
            if y.abs() < 1e-6 && x.abs() < 1e-6 {
                continue;
            }
            let ratio = x / y;
            let first = *found.get_or_insert(ratio);
            if !ratio.is_finite() || (ratio - first).abs() > 1e-3 * first.abs() {
                return None;
            }
        }
    }
    // −1 has a sentence of its own.
    let factor = found.filter(|factor| *factor != 0.0 && (factor + 1.0).abs() > 1e-3)?;
    Some(Value::Real((factor * 1000.0).round() / 1000.0))
}

fn is_negated(got: &Value, expected: &Value) -> bool {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    numbers(got, &mut x)
        && numbers(expected, &mut y)
        && x.len() == y.len()
        && x.iter()
            .zip(&y)
            .all(|(x, y)| (x + y).abs() <= 1e-4 * y.abs().max(0.1))
}

fn same(a: &Value, b: &Value) -> bool {
    crate::check::exercise::within(a, b, 1e-4).is_ok()
}

fn all_same(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn lists(got: &Value, expected: &Value, is: impl Fn(&[Value], &[Value]) -> bool) -> bool {
    matches!((list(got), list(expected)), (Some(got), Some(expected)) if is(got, expected))
}

fn is_reversed(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        let turned: Vec<Value> = expected.iter().rev().cloned().collect();
        all_same(got, &turned)
    })
}

fn is_permuted(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        let mut left: Vec<&Value> = expected.iter().collect();
        got.len() == expected.len()
            && got.iter().all(|x| match left.iter().position(|y| same(x, y)) {
                Some(at) => {
                    left.swap_remove(at);
                    true
                }
                None => false,
            })
    })
}

fn lacks_last(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        expected
            .split_last()
            .is_some_and(|(_, others)| all_same(got, others))
    })
}

fn lacks_first(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        expected
            .split_first()
            .is_some_and(|(_, others)| all_same(got, others))
    })
}

fn is_shorter(got: &Value, expected: &Value) -> bool {
    length(got) < length(expected)
}

fn is_longer(got: &Value, expected: &Value) -> bool {
    length(expected).is_some() && length(got) > length(expected)
}

fn only_last(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        let n = expected.len();
        got.len() == n && n > 1 && all_same(&got[..n - 1], &expected[..n - 1])
    })
}

fn only_first(got: &Value, expected: &Value) -> bool {
    lists(got, expected, |got, expected| {
        got.len() == expected.len() && got.len() > 1 && all_same(&got[1..], &expected[1..])
    })
}

fn difference(got: &Value, expected: &Value) -> Option<f64> {
    match (got, expected) {
        (Value::Whole(got), Value::Whole(expected)) => Some((got - expected) as f64),
        (Value::Real(got), Value::Real(expected)) => Some(got - expected),
        _ => None,
    }
}

fn is_more_by_one(got: &Value, expected: &Value) -> bool {
    difference(got, expected).is_some_and(|by| (by - 1.0).abs() < 1e-4)
}

fn is_less_by_one(got: &Value, expected: &Value) -> bool {
    difference(got, expected).is_some_and(|by| (by + 1.0).abs() < 1e-4)
}
