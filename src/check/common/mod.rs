//! What all wrong cases have in common, where the answers look like no known mistake.
//!
//! Two sorts of things are looked for. In the answers: each wrong one is the expected one with one thing
//! changed, such as its sign or its last place. In the arguments: all wrong cases have something that no
//! right case has, such as an empty list, two equal numbers or a zero.

mod answers;
mod arguments;

use super::value::Value;
use answers::{ANSWERS, factor};
use arguments::ARGUMENTS;

/// A case that was answered: its arguments, what was expected and what came.
pub(super) struct Asked<'a> {
    pub(super) arguments: &'a [Value],
    pub(super) expected: Value,
    pub(super) got: &'a Value,
    pub(super) is_right: bool,
}

/// With fewer wrong cases, the counterexample says all.
const LEAST: usize = 2;

/// With fewer right cases, it would be chance that none of them has what the wrong ones have.
const LEAST_RIGHT: usize = 5;

/// What the wrong cases have in common, as a sentence.
pub(super) fn common(cases: &[Asked<'_>]) -> Option<String> {
    let wrong = || cases.iter().filter(|case| !case.is_right);
    if wrong().count() < LEAST {
        return None;
    }
    if let Some(factor) = factor(wrong().map(|case| (case.got, &case.expected))) {
        return Some(format!("Every wrong answer is {factor} times the right one."));
    }
    let fits = |is: fn(&Value, &Value) -> bool| wrong().all(|case| is(case.got, &case.expected));
    if let Some((_, sentence)) = ANSWERS.iter().find(|(is, _)| fits(*is)) {
        return Some((*sentence).to_owned());
    }
    let right = || cases.iter().filter(|case| case.is_right);
    if right().count() < LEAST_RIGHT {
        return None;
    }
    let tells = |has: fn(&[Value]) -> bool| {
        wrong().all(|case| has(case.arguments)) && !right().any(|case| has(case.arguments))
    };
    let (_, what) = ARGUMENTS.iter().find(|(has, _)| tells(*has))?;
    Some(format!("All wrong cases have {what}, and no right case has one."))
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
            let right = right.iter().cycle().take(LEAST_RIGHT).map(|x| (x.to_vec(), 1, 1));
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
