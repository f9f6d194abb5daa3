//! What all wrong cases have in common, where the answers look like no known mistake.
//!
//! Two sorts of things are looked for. In the answers: each wrong one is the expected one with one thing
//! changed, such as its sign or its last place. In the arguments: all wrong cases have something that no
//! right case has, such as an empty list, two equal numbers or a zero.

use super::value::Value;

/// A case that was answered: its arguments, what was expected and what came.
pub(super) struct Asked<'a> {
    pub(super) arguments: &'a [Value],
    pub(super) expected: Value,
    pub(super) got: &'a Value,
    pub(super) is_right: bool,
}

/// With fewer wrong cases, the counterexample says all.
const LEAST: usize = 2;

/// How the wrong answers differ, and what it means.
const ANSWERS: [(fn(&Value, &Value) -> bool, &str); 11] = [
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

/// What arguments may have.
const ARGUMENTS: [(fn(&[Value]) -> bool, &str); 12] = [
    (|all| any(all, &|x| length(x) == Some(0)), "an empty list or text"),
    (
        |all| any(all, &|x| length(x) == Some(1)),
        "a list or text with one element alone",
    ),
    (|all| any(all, &is_all_zero), "a vector of zeros"),
    (|all| any(all, &has_equal), "two equal elements in one list"),
    (
        |all| any(all, &|x| is_number(x, |x| x < 0.0)),
        "a negative number",
    ),
    (|all| any(all, &|x| is_number(x, |x| x == 0.0)), "a zero"),
    (exceeds, "a number that is larger than a list is long"),
    (
        |all| any(all, &|x| is_number(x, |x| x.fract() != 0.0)),
        "a number that is not whole",
    ),
    (
        |all| any(all, &|x| matches!(x, Value::Text(text) if !text.is_ascii())),
        "a letter outside ASCII",
    ),
    (
        |all| all.windows(2).any(|two| two[0] == two[1]),
        "two equal arguments",
    ),
    (
        |all| any(all, &|x| length(x).is_some_and(|n| n > 1)),
        "a list or text with more than one element",
    ),
    (
        |all| any(all, &|x| length(x).is_some_and(|n| n > 2)),
        "a list or text with more than two elements",
    ),
];

/// What the wrong cases have in common, as a sentence.
pub(super) fn common(cases: &[Asked<'_>]) -> Option<String> {
    let wrong = || cases.iter().filter(|case| !case.is_right);
    if wrong().count() < LEAST {
        return None;
    }
    if let Some(factor) = factor(wrong()) {
        return Some(format!("Every wrong answer is {factor} times the right one."));
    }
    let fits = |is: fn(&Value, &Value) -> bool| wrong().all(|case| is(case.got, &case.expected));
    if let Some((_, sentence)) = ANSWERS.iter().find(|(is, _)| fits(*is)) {
        return Some((*sentence).to_owned());
    }
    let right = || cases.iter().filter(|case| case.is_right);
    if right().next().is_none() {
        return None;
    }
    let tells = |has: fn(&[Value]) -> bool| {
        wrong().all(|case| has(case.arguments)) && !right().any(|case| has(case.arguments))
    };
    let (_, what) = ARGUMENTS.iter().find(|(has, _)| tells(*has))?;
    Some(format!("All wrong cases have {what}, and no right case has one."))
}

/// Whether a value or one inside it is so.
fn any(values: &[Value], is: &dyn Fn(&Value) -> bool) -> bool {
    values.iter().any(|value| {
        is(value)
            || match value {
                Value::List(inner) => any(inner, is),
                Value::Something(inner) => is(inner),
                _ => false,
            }
    })
}

fn length(value: &Value) -> Option<usize> {
    match value {
        Value::List(values) => Some(values.len()),
        Value::Text(text) => Some(text.chars().count()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Real(x) => Some(*x),
        Value::Whole(n) => Some(*n as f64),
        _ => None,
    }
}

fn is_number(value: &Value, is: impl Fn(f64) -> bool) -> bool {
    number(value).is_some_and(is)
}

fn is_all_zero(value: &Value) -> bool {
    matches!(value, Value::List(all) if !all.is_empty() && all.iter().all(|x| is_number(x, |x| x == 0.0)))
}

fn has_equal(value: &Value) -> bool {
    let Value::List(all) = value else { return false };
    all.iter().enumerate().any(|(i, x)| all[..i].contains(x))
}

/// Whether a whole number is larger than a list beside it is long.
fn exceeds(all: &[Value]) -> bool {
    let longest = all.iter().filter_map(length).max();
    let whole = |value: &Value| match value {
        Value::Whole(n) => usize::try_from(*n).ok(),
        _ => None,
    };
    let largest = all.iter().filter_map(whole).max();
    matches!((longest, largest), (Some(length), Some(number)) if number > length)
}

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
fn factor<'a>(wrong: impl Iterator<Item = &'a Asked<'a>>) -> Option<Value> {
    let mut found: Option<f64> = None;
    for case in wrong {
        let (mut got, mut expected) = (Vec::new(), Vec::new());
        if !numbers(case.got, &mut got)
            || !numbers(&case.expected, &mut expected)
            || got.len() != expected.len()
        {
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
    super::exercise::within(a, b, 1e-4).is_ok()
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

#[cfg(test)]
mod tests {
    use super::super::value::Crosses;
    use super::*;

    fn said<A: Crosses, R: Crosses>(cases: &[(A, R, R)]) -> Option<String> {
        let all: Vec<(Vec<Value>, Value, Value)> = (cases.iter())
            .map(|(x, expected, got)| (vec![x.to_value()], expected.to_value(), got.to_value()))
            .collect();
        let asked: Vec<Asked<'_>> = (all.iter())
            .map(|(arguments, expected, got)| Asked {
                arguments,
                expected: expected.clone(),
                got,
                is_right: expected == got,
            })
            .collect();
        common(&asked)
    }

    #[test]
    fn what_the_answers_have_in_common_is_said() {
        let answers = |pairs: &[(&[f32], &[f32])]| {
            let cases: Vec<(f32, Vec<f32>, Vec<f32>)> = pairs
                .iter()
                .map(|(expected, got)| (1.0, expected.to_vec(), got.to_vec()))
                .collect();
            said(&cases)
        };
        for (first, second, expected) in [
            (
                (&[1.0, 2.0][..], &[2.0, 4.0][..]),
                (&[3.0][..], &[6.0][..]),
                "2.0 times",
            ),
            ((&[1.0, 2.0], &[-1.0, -2.0]), (&[3.0], &[-3.0]), "other sign"),
            (
                (&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]),
                (&[3.0, 4.0], &[4.0, 3.0]),
                "opposite order",
            ),
            (
                (&[1.0, 2.0, 3.0], &[3.0, 1.0, 2.0]),
                (&[3.0, 4.0], &[4.0, 3.0]),
                "another order",
            ),
            ((&[1.0, 2.0, 3.0], &[1.0, 2.0]), (&[3.0], &[]), "lacks the last"),
            ((&[1.0, 2.0, 3.0], &[2.0, 3.0]), (&[3.0], &[]), "lacks the first"),
            (
                (&[1.0, 2.0, 3.0], &[1.0, 2.0, 0.0]),
                (&[3.0, 4.0], &[3.0, 5.0]),
                "last element alone",
            ),
            (
                (&[1.0, 2.0, 3.0], &[7.0, 2.0, 3.0]),
                (&[3.0, 4.0], &[1.0, 4.0]),
                "first element alone",
            ),
        ] {
            let told = answers(&[first, second]);
            assert!(
                told.as_ref().is_some_and(|told| told.contains(expected)),
                "{expected}: {told:?}"
            );
        }
        assert_eq!(answers(&[(&[1.0], &[2.0])]), None, "one case is no rule");
        assert_eq!(
            said(&[(1.0_f32, 3_usize, 4_usize), (1.0, 7, 8)]).unwrap(),
            "Every wrong answer is one too large."
        );
    }

    #[test]
    fn what_the_wrong_cases_have_and_no_right_one_is_said() {
        let cases = |wrong: [&[f32]; 2], right: [&[f32]; 2]| {
            let wrong = wrong
                .iter()
                .enumerate()
                .map(|(i, x)| (x.to_vec(), 1_usize, 5 + i * i));
            let right = right.iter().map(|x| (x.to_vec(), 1, 1));
            said(&wrong.chain(right).collect::<Vec<_>>())
        };
        for (wrong, right, what) in [
            (
                [&[][..], &[]],
                [&[1.0][..], &[2.0, 1.0]],
                Some("an empty list or text"),
            ),
            (
                [&[1.0], &[2.0]],
                [&[3.0, 1.0], &[2.0, 1.0]],
                Some("a list or text with one element alone"),
            ),
            (
                [&[1.0, 1.0], &[2.0, 3.0, 2.0]],
                [&[3.0, 1.0], &[2.0, 1.0]],
                Some("two equal elements in one list"),
            ),
            (
                [&[1.0, -1.0], &[-2.0]],
                [&[3.0, 1.0], &[2.0]],
                Some("a negative number"),
            ),
            ([&[1.0, 0.0], &[0.0, 2.0]], [&[3.0, 1.0], &[2.0]], Some("a zero")),
            ([&[1.0, 2.0], &[2.0]], [&[3.0, 1.0], &[2.0]], None),
        ] {
            let expected =
                what.map(|what| format!("All wrong cases have {what}, and no right case has one."));
            assert_eq!(cases(wrong, right), expected);
        }
    }
}
