//! The judge: asks a function, compares, finds the smallest counterexample, and recognises known mistakes.
//!
//! It sees nothing of the function except its answers. So the same judge works with a function in this
//! process (a notebook) and with one in another process (the command line), and gives the same report.

use super::common::{Asked, common};
use super::exercise::{Case, Exercise, Mistake};
use super::report::{Counterexample, Report, Verdict};
use super::value::Value;
use crate::rng::{Rng, stream};

/// How many random cases there are. With 40, a function that is wrong in one case of ten passes once in 70
/// times.
const RANDOM_CASES: usize = 40;

/// The largest size of a random case: the sizes grow towards it.
const LARGEST: usize = 12;

/// How often the function is asked again for a smaller counterexample.
const SHRINKS: usize = 200;

/// What came back when the function was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value.
    Value(Value),
    /// The function is still `todo!()`.
    NotAttempted,
    /// It panicked, with this message.
    Panicked(String),
    /// No answer came in this many seconds.
    TimedOut(u64),
    /// The function ended its process.
    ExitedEarly,
    /// It called itself too deeply.
    StackOverflow,
    /// It wanted more memory than it is allowed.
    MemoryLimit,
    /// The process ended in another way, with the reason.
    Gone(String),
}

/// Asks about every case and reports. The seed chooses the random cases.
pub fn judge(exercise: &Exercise, seed: u64, ask: &mut dyn FnMut(&[Value]) -> Answer) -> Report {
    judge_cases(exercise, (exercise.public)(), seed, ask)
}

/// Asks about random cases alone. With a secret seed nobody has seen these cases, and not even the
/// counterexample may be shown to a student.
pub fn judge_hidden(exercise: &Exercise, seed: u64, ask: &mut dyn FnMut(&[Value]) -> Answer) -> Report {
    judge_cases(exercise, Vec::new(), seed, ask)
}

fn judge_cases(
    exercise: &Exercise,
    public: Vec<Case>,
    seed: u64,
    ask: &mut dyn FnMut(&[Value]) -> Answer,
) -> Report {
    let mut report = Report::unasked(exercise, Verdict::NotAttempted);
    let n_public = public.len();
    let about: Vec<&str> = public.iter().map(|case| case.about).collect();
    let random = (0..RANDOM_CASES).map(|i| {
        // Case i has its own generator, so that it stays the same when others are added.
        let mut rng: Rng = stream(seed, i as u64);
        (exercise.random)(&mut rng, 1 + i * LARGEST / RANDOM_CASES)
    });
    let cases: Vec<Vec<Value>> = public
        .into_iter()
        .map(|case| case.arguments)
        .chain(random)
        .collect();
    report.cases = cases.len();

    let mut answers = Vec::new();
    let mut wrong: Option<(usize, usize, String)> = None; // the smallest: its size, its number, what is wrong
    for (i, arguments) in cases.iter().enumerate() {
        let Some(expected) = (exercise.truth)(arguments) else {
            // A test makes sure that there is a truth for every case. What cannot be judged does not pass.
            report.verdict = Verdict::Gone("the judge has a case without a truth".to_owned());
            return report;
        };
        match ask(arguments) {
            Answer::Value(got) => match (exercise.agrees)(&got, &expected, arguments) {
                Ok(()) => {
                    report.passed += 1;
                    answers.push((i, got));
                }
                Err(why) => {
                    // Public cases come first, because they are made to be read.
                    let size = if i < n_public {
                        i
                    } else {
                        n_public + arguments.iter().map(size).sum::<usize>()
                    };
                    if wrong.as_ref().is_none_or(|(least, ..)| size < *least) {
                        wrong = Some((size, i, why));
                    }
                    answers.push((i, got));
                }
            },
            ended => {
                let verdict = match ended {
                    Answer::NotAttempted => Verdict::NotAttempted,
                    Answer::Panicked(message) => Verdict::Panicked(message),
                    Answer::TimedOut(seconds) => Verdict::TimedOut(seconds),
                    Answer::ExitedEarly => Verdict::ExitedEarly,
                    Answer::StackOverflow => Verdict::StackOverflow,
                    Answer::MemoryLimit => Verdict::MemoryLimit,
                    Answer::Gone(why) => Verdict::Gone(why),
                    Answer::Value(_) => continue,
                };
                // A function that does not answer is not asked again: each answer may take all the time it is
                // allowed.
                report.verdict = verdict;
                if report.verdict != Verdict::NotAttempted {
                    let about = about.get(i).copied().unwrap_or_default();
                    report.counterexample = Some(Counterexample::new(
                        exercise, about, arguments, None, &expected, "",
                    ));
                }
                return report;
            }
        }
    }

    let Some((_, i, why)) = wrong else {
        report.verdict = Verdict::Passed;
        report.points = report.of;
        return report;
    };
    report.verdict = Verdict::Wrong;
    match recognise(exercise, &cases, &answers) {
        Some(mistake) => {
            report.mistake = Some(mistake.message.to_owned());
            report.mistake_name = Some(mistake.name.to_owned());
        }
        None => report.common = in_common(exercise, &cases, &answers),
    }
    let (mut arguments, mut why) = (cases[i].clone(), why);
    let got = |at: usize| answers.iter().find(|(i, _)| *i == at).map(|(_, got)| got.clone());
    let mut shown = got(i);
    if i >= n_public {
        (arguments, shown, why) = shrink(exercise, arguments, shown, why, ask);
    }
    if let Some(expected) = (exercise.truth)(&arguments) {
        let about = about.get(i).copied().unwrap_or_default();
        report.counterexample = Some(Counterexample::new(
            exercise,
            about,
            &arguments,
            shown.as_ref(),
            &expected,
            &why,
        ));
    }
    report
}

/// The mistake that explains the answers, if there is one. It explains every one of them: its answers agree
/// with the student's in every case, and differ from the truth in at least one. Or it explains nearly all of
/// the wrong ones: people make a mistake in different ways, for instance where two things are equal.
fn recognise<'a>(
    exercise: &'a Exercise,
    cases: &[Vec<Value>],
    answers: &[(usize, Value)],
) -> Option<&'a Mistake> {
    let mut nearly: Option<(usize, &Mistake)> = None;
    for mistake in exercise.mistakes {
        let (mut all, mut told_apart, mut explained, mut wrong) = (true, 0, 0, 0);
        for (i, got) in answers {
            let arguments = &cases[*i];
            let (Some(truth), Some(other)) = ((exercise.truth)(arguments), (mistake.wrong)(arguments)) else {
                continue;
            };
            let agrees = (exercise.agrees)(got, &other, arguments).is_ok() || same(got, &other);
            let differs = (exercise.agrees)(&other, &truth, arguments).is_err();
            let is_wrong = (exercise.agrees)(got, &truth, arguments).is_err();
            all &= agrees;
            told_apart += usize::from(differs);
            wrong += usize::from(is_wrong);
            explained += usize::from(agrees && differs && is_wrong);
        }
        if all && told_apart > 0 {
            return Some(mistake);
        }
        // Most of the wrong answers are the mistake's, and most of the mistake's are given.
        let is_most = |of: usize| explained * MOST.1 >= of * MOST.0;
        if explained >= FEW
            && is_most(wrong)
            && is_most(told_apart)
            && nearly.is_none_or(|(n, _)| explained > n)
        {
            nearly = Some((explained, mistake));
        }
    }
    nearly.map(|(_, mistake)| mistake)
}

/// The share of the wrong answers that a mistake must explain, and the fewest of them.
const MOST: (usize, usize) = (4, 5);
const FEW: usize = 4;

/// What the wrong cases have in common.
fn in_common(exercise: &Exercise, cases: &[Vec<Value>], answers: &[(usize, Value)]) -> Option<String> {
    let asked: Vec<Asked<'_>> = answers
        .iter()
        .filter_map(|(i, got)| {
            let arguments = &cases[*i];
            let expected = (exercise.truth)(arguments)?;
            let is_right = (exercise.agrees)(got, &expected, arguments).is_ok();
            Some(Asked {
                arguments,
                expected,
                got,
                is_right,
            })
        })
        .collect();
    common(&asked)
}

/// The same, even where neither is a number.
fn same(a: &Value, b: &Value) -> bool {
    super::exercise::within(a, b, 1e-4).is_ok()
}

type Shrunk = (Vec<Value>, Option<Value>, String);

/// The smallest arguments near `arguments` for which the answer is still wrong.
fn shrink(
    exercise: &Exercise,
    arguments: Vec<Value>,
    got: Option<Value>,
    why: String,
    ask: &mut dyn FnMut(&[Value]) -> Answer,
) -> Shrunk {
    let mut best = (arguments, got, why);
    let mut left = SHRINKS;
    'smaller: loop {
        for candidate in smaller(&best.0) {
            if !(exercise.allowed)(&candidate) {
                continue;
            }
            let Some(expected) = (exercise.truth)(&candidate) else {
                continue;
            };
            if left == 0 {
                return best;
            }
            left -= 1;
            // A missing answer is another fault than the one that is being shown.
            let got = match ask(&candidate) {
                Answer::Value(got) => got,
                Answer::Panicked(_) | Answer::NotAttempted => continue,
                // A function that has ended no longer answers.
                _ => return best,
            };
            if let Err(why) = (exercise.agrees)(&got, &expected, &candidate) {
                best = (candidate, Some(got), why);
                continue 'smaller;
            }
        }
        return best;
    }
}

/// Arguments that are a little smaller: without element `i` in all lists of the same length at once, without
/// one element of one list, or with rounder numbers.
fn smaller(arguments: &[Value]) -> Vec<Vec<Value>> {
    let mut all = Vec::new();
    let lengths: Vec<usize> = (arguments.iter())
        .filter_map(|value| {
            if let Value::List(values) = value {
                Some(values.len())
            } else {
                None
            }
        })
        .collect();
    let without = |value: &Value, i: usize| match value {
        Value::List(values) => {
            let mut values = values.clone();
            values.remove(i);
            Value::List(values)
        }
        other => other.clone(),
    };
    for &length in &lengths {
        for i in 0..length {
            let fits = |value: &Value| matches!(value, Value::List(values) if values.len() == length);
            all.push(
                arguments
                    .iter()
                    .map(|v| if fits(v) { without(v, i) } else { v.clone() })
                    .collect(),
            );
        }
    }
    for (at, value) in arguments.iter().enumerate() {
        let mut replace = |new: Value| {
            let mut changed = arguments.to_vec();
            changed[at] = new;
            all.push(changed);
        };
        match value {
            Value::List(values) => {
                for i in 0..values.len() {
                    replace(without(value, i));
                }
                // The same column of every row.
                let width = match values.first() {
                    Some(Value::List(row)) => row.len(),
                    _ => 0,
                };
                for column in 0..width {
                    let narrower = |row: &Value| match row {
                        Value::List(cells) if column < cells.len() => without(row, column),
                        other => other.clone(),
                    };
                    replace(Value::List(values.iter().map(narrower).collect()));
                }
            }
            Value::Whole(n) if *n > 0 => replace(Value::Whole(n - 1)),
            _ => {}
        }
        let round = rounded(value);
        if round != *value {
            replace(round);
        }
    }
    all
}

/// The value with every real number rounded to a whole one.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Real(x) => Value::Real(x.round()),
        Value::List(values) => Value::List(values.iter().map(rounded).collect()),
        other => other.clone(),
    }
}

/// How much there is to read.
fn size(value: &Value) -> usize {
    match value {
        Value::List(values) => 1 + values.iter().map(size).sum::<usize>(),
        Value::Text(text) => 1 + text.len(),
        Value::Real(x) if x.fract() != 0.0 => 2,
        _ => 1,
    }
}

/// What a panic with this message means. The message of `todo!()` means that nothing has been written yet.
pub fn answer_of_panic(message: String) -> Answer {
    if message.starts_with("not yet implemented") {
        Answer::NotAttempted
    } else {
        Answer::Panicked(super::report::short(message))
    }
}
