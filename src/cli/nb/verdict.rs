//! What a cell's end means.
//!
//! evcxr's reply alone does not tell. It is "error" for a cell that does not compile or that ended its
//! process. For a panic it is "ok", with the panic's message on standard error. For a failing `?` at the top
//! of a cell it is "ok" as well, with nothing but the error's `Debug` form on standard error, as if the cell
//! had printed it. So standard error decides. For a cell that only may have failed, [`suspect`] says what the
//! runner has to ask the kernel.
//!
//! A failing `?` leaves none of the cell's variables, so the runner asks for those. Standard error may arrive
//! after the cell's end. So each notebook ends with a cell of the runner's own that writes a line there: when
//! it has come, everything before it has come.

use super::output::Output;
use console::strip_ansi_codes;
use course::check::source::{Kind, pieces};
use serde::Serialize;

/// Why a cell failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    /// The sort of failure.
    pub(crate) kind: FailureKind,
    /// One line that says what happened.
    pub(crate) message: String,
    /// The whole report, where there is more to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) details: String,
}

/// The sorts of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailureKind {
    /// rustc or evcxr refused the cell.
    CompileError,
    /// A panic, in whatever thread.
    Panic,
    /// A `?` at the top of the cell met an error.
    Error,
    /// The cell ended its process: `std::process::exit`.
    Exit,
    /// The cell's process was ended by a signal: abort, a broken pointer, no memory left.
    Crash,
    /// The recursion was too deep.
    StackOverflow,
    /// The cell took longer than allowed.
    Timeout,
    /// The cell printed or displayed more than allowed.
    Flood,
    /// Somebody interrupted the run.
    Interrupted,
    /// The kernel itself ended.
    KernelDied,
    /// The cell was expected to fail and did not.
    DidNotFail,
}

impl FailureKind {
    /// What it is called in a report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CompileError => "compile error",
            Self::Panic => "panic",
            Self::Error => "error",
            Self::Exit => "exit",
            Self::Crash => "crash",
            Self::StackOverflow => "stack overflow",
            Self::Timeout => "timeout",
            Self::Flood => "too much output",
            Self::Interrupted => "interrupted",
            Self::KernelDied => "kernel died",
            Self::DidNotFail => "did not fail",
        }
    }
}

impl Failure {
    /// A failure that one line describes.
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: String::new(),
        }
    }
}

/// How evcxr begins the report that the process of the cells has ended.
const TERMINATED: &str = "Subprocess terminated with status: ";

/// The failure that the outputs of a cell show; `ok` is what the reply said.
pub(super) fn judge(outputs: &[Output], ok: bool) -> Option<Failure> {
    let stderr = stderr(outputs);
    if let Some(message) = panic_message(&stderr) {
        return Some(Failure::new(FailureKind::Panic, message));
    }
    let errors = outputs.iter().filter_map(|output| match output {
        Output::Error { value, traceback, .. } => Some((value, traceback)),
        _ => None,
    });
    let Some((first, _)) = errors.clone().next() else {
        return (!ok).then(|| {
            Failure::new(
                FailureKind::CompileError,
                "the kernel refused the cell and said no more",
            )
        });
    };
    if let Some((_, status)) = first.split_once(TERMINATED) {
        return Some(terminated(status.trim(), &stderr));
    }
    let mut message = first.lines().next().unwrap_or_default().to_owned();
    let more = errors.clone().count() - 1;
    if more > 0 {
        message.push_str(&format!(" (and {more} more)"));
    }
    let details = errors.flat_map(|(_, traceback)| traceback);
    let details: Vec<_> = details.map(|line| strip_ansi_codes(line)).collect();
    Some(Failure {
        kind: FailureKind::CompileError,
        message,
        details: details.join("\n"),
    })
}

/// The failure of a cell whose process has ended with `status`, as the standard library words it.
fn terminated(status: &str, stderr: &str) -> Failure {
    if let Some(code) = status.strip_prefix("exit status: ") {
        return Failure::new(
            FailureKind::Exit,
            format!("the cell ended its process with exit status {code}"),
        );
    }
    let status = status.trim_end_matches(" (core dumped)");
    let last = ["Segmentation fault.", "Illegal instruction.", "Bus error."];
    let said = stderr.lines().find(|line| last.contains(line));
    // evcxr's own handler reports a broken pointer and then aborts. It needs some stack, so the signal gets
    // through unreported only when none is left.
    if status.contains("SIGSEGV") && said.is_none() || stderr.contains("has overflowed its stack") {
        return Failure::new(
            FailureKind::StackOverflow,
            "the recursion was too deep for the stack",
        );
    }
    let said = said.map_or(String::new(), |line| {
        format!(": {}", line.trim_end_matches('.').to_lowercase())
    });
    Failure::new(
        FailureKind::Crash,
        format!("the cell's process was ended by {status}{said}"),
    )
}

/// All of a cell's standard error.
fn stderr(outputs: &[Output]) -> String {
    let texts = outputs.iter().filter_map(|output| match output {
        Output::Stream { stderr: true, text } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// The message of the first panic on standard error, and its place if that is not the cell itself.
fn panic_message(stderr: &str) -> Option<String> {
    let mut lines = stderr.lines().skip_while(|line| panic_place(line).is_none());
    let place = panic_place(lines.next()?)?;
    let message: Vec<&str> = lines
        .take_while(|line| !line.starts_with("stack backtrace:") && !line.starts_with("note: "))
        .filter(|line| panic_place(line).is_none())
        .collect();
    let message = message.join(" ").trim().to_owned();
    // evcxr compiles every cell as this file; its lines are not the cell's.
    if place.starts_with("src/lib.rs:") {
        Some(message)
    } else {
        Some(format!("{message} (at {place})"))
    }
}

/// The place in a line such as `thread 'main' (123) panicked at src/lib.rs:12:5:`.
fn panic_place(line: &str) -> Option<&str> {
    let place = line.strip_prefix("thread '")?.split_once(" panicked at ")?.1;
    Some(place.trim_end_matches(':'))
}

/// The message of an error at a `?`, as far as standard error has one.
pub(super) fn question_message(outputs: &[Output]) -> Option<String> {
    let text = stderr(outputs);
    match text.trim() {
        _ if text.is_empty() => None,
        "" => Some("an error without a message".into()),
        message => Some(message.into()),
    }
}

/// Whether a cell that got the reply "ok" and shows no panic may have ended at a `?`: nothing if it certainly
/// ran to its end, else the variables that it makes. A failing `?` leaves none of them.
pub(super) fn suspect(source: &str, outputs: &[Output]) -> Option<Vec<String>> {
    let code = pieces(source)
        .into_iter()
        .filter(|(kind, _)| !matches!(kind, Kind::Space | Kind::Comment));
    let code: Vec<(Kind, &str)> = code.collect();
    let has_question =
        code.windows(2).any(|two| two[0].1 == "?" && two[1].1 != "Sized") || ends_with(&code, "?");
    // A cell shows the value of its last expression only if it got there. A cell that ends in a semicolon or
    // a brace may have displayed something on the way.
    let has_value = outputs
        .iter()
        .any(|output| matches!(output, Output::Data { result: true, .. }));
    let is_at_end = has_value && !ends_with(&code, ";") && !ends_with(&code, "}");
    (has_question && !is_at_end).then(|| variables(&code))
}

fn ends_with(code: &[(Kind, &str)], sign: &str) -> bool {
    code.last().is_some_and(|(_, last)| *last == sign)
}

/// The variables that the `let` statements at the top of a cell make.
fn variables(code: &[(Kind, &str)]) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut pieces = code.iter();
    while let Some((kind, piece)) = pieces.next() {
        match *piece {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            "let" if depth == 0 && *kind == Kind::Keyword => {
                let pattern = pieces
                    .by_ref()
                    .take_while(|(_, piece)| !["=", ":", ";"].contains(piece));
                names.extend(
                    pattern
                        .filter(|(kind, _)| *kind == Kind::Name)
                        .map(|(_, name)| (*name).to_owned()),
                );
            }
            _ => {}
        }
    }
    names.retain(|name| name != "_");
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stderr_output(text: &str) -> Output {
        Output::Stream {
            stderr: true,
            text: text.into(),
        }
    }

    fn error(value: &str) -> Output {
        Output::Error {
            name: "Error".into(),
            value: value.into(),
            traceback: vec!["one".into(), "two".into()],
        }
    }

    #[test]
    fn a_panic_is_found_behind_an_ok() {
        let text = "warm-up\nthread '<unnamed>' (17) panicked at src/lib.rs:126:9:\nindex out of bounds\nsecond line\nstack backtrace:\n   0: x\n";
        let failure = judge(&[stderr_output(text)], true).unwrap();
        assert_eq!(
            (failure.kind, failure.message.as_str()),
            (FailureKind::Panic, "index out of bounds second line")
        );
        let text =
            "thread 'main' panicked at /crate/src/rng.rs:3:1:\nno\nnote: run with `RUST_BACKTRACE=1`\n";
        assert_eq!(
            judge(&[stderr_output(text)], true).unwrap().message,
            "no (at /crate/src/rng.rs:3:1)"
        );
        let printed = Output::Stream {
            stderr: false,
            text: text.into(),
        };
        assert_eq!(
            judge(&[printed], true),
            None,
            "what a cell prints to standard output is no verdict"
        );
    }

    #[test]
    fn an_ended_process_is_told_by_its_status_and_what_it_printed() {
        let end = |status: &str, text: &str| {
            let outputs = [
                stderr_output(text),
                error(&format!(
                    "last words\nSubprocess terminated with status: {status}"
                )),
            ];
            let failure = judge(&outputs, false).unwrap();
            (failure.kind, failure.message)
        };
        assert_eq!(
            end("exit status: 0", ""),
            (
                FailureKind::Exit,
                "the cell ended its process with exit status 0".into()
            )
        );
        assert_eq!(
            end("signal: 6 (SIGABRT) (core dumped)", "x\n"),
            (
                FailureKind::Crash,
                "the cell's process was ended by signal: 6 (SIGABRT)".into()
            )
        );
        assert_eq!(
            end("signal: 6 (SIGABRT)", "Segmentation fault.\n").1,
            "the cell's process was ended by signal: 6 (SIGABRT): segmentation fault"
        );
        assert_eq!(
            end(
                "signal: 6 (SIGABRT)",
                "thread 'main' (1) has overflowed its stack\n"
            )
            .0,
            FailureKind::StackOverflow
        );
    }

    #[test]
    fn a_compile_error_keeps_all_reports() {
        let failure = judge(&[error("mismatched types"), error("unknown name")], false).unwrap();
        assert_eq!(failure.kind, FailureKind::CompileError);
        assert_eq!(failure.message, "mismatched types (and 1 more)");
        assert_eq!(failure.details, "one\ntwo\none\ntwo");
        assert_eq!(judge(&[], false).unwrap().kind, FailureKind::CompileError);
        assert_eq!(judge(&[], true), None);
    }

    #[test]
    fn only_a_question_mark_that_may_have_failed_is_suspicious() {
        let names = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        let source = "let (a, mut b): (u8, u8) = f()?; { let c = 1; }";
        assert_eq!(suspect(source, &[]), names(&["a", "b"]));
        assert_eq!(suspect("let _ = f()?", &[]), names(&[]));
        assert_eq!(suspect("eprintln!(\"what?\") // ?", &[]), None);
        assert_eq!(suspect("fn f<T: ?Sized>() {}", &[]), None);
        let value = [Output::Data {
            data: serde_json::Map::new(),
            metadata: serde_json::Map::new(),
            result: true,
        }];
        assert_eq!(suspect("f()?; x", &value), None, "it got to its last expression");
        assert_eq!(
            suspect("x.evcxr_display(); f()?;", &value),
            names(&[]),
            "it displayed something on the way"
        );
    }

    #[test]
    fn an_error_at_a_question_mark_is_what_it_wrote() {
        assert_eq!(
            question_message(&[stderr_output("no such word\n")]),
            Some("no such word".into())
        );
        assert_eq!(
            question_message(&[stderr_output("\n")]),
            Some("an error without a message".into())
        );
        assert_eq!(question_message(&[]), None);
    }
}
