//! What the arguments of a case may have.

use crate::check::value::Value;

/// Whether the arguments of a case have something.
type Has = fn(arguments: &[Value]) -> bool;

/// What arguments may have.
pub(super) const ARGUMENTS: [(Has, &str); 12] = [
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

pub(super) fn length(value: &Value) -> Option<usize> {
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
