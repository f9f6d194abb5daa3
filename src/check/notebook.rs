//! Checking a function in the process that it lives in, that of a notebook.
//!
//! The function runs on a thread of its own, so a panic ends only that thread. A function that does not
//! return is left running: nothing can end a thread from outside. It ends when the kernel ends.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use super::exercise::Exercise;
use super::fits::Answering;
use super::judge::{Answer, judge};
use super::report::{Report, Verdict};
use super::source;
use super::value::Value;

/// The thread's name, by which the panic hook knows it.
const THREAD: &str = "a function being checked";

/// How long one answer may take. Right answers take microseconds.
const SECONDS: u64 = 2;

/// The seed of the random cases in a notebook and at the command line. Grading uses a secret one.
pub const SEED: u64 = 1;

/// Judges `function`, which gets the arguments as values. `named` is its type's name, `ctx::my_dot`.
///
/// A right function that grading could not compile is not right here either: the kernel's source says what
/// the function needs.
pub(super) fn check(exercise: &Exercise, function: Answering, named: &str) -> Report {
    if let Some(why) = cell().and_then(|cell| refused(&cell, exercise, named)) {
        return Report::unasked(exercise, Verdict::Forbidden(why));
    }
    quiet_panics();
    let (to_function, arguments) = mpsc::channel::<Vec<Value>>();
    let (answers, from_function) = mpsc::channel::<Answer>();
    let started = thread::Builder::new().name(THREAD.to_owned()).spawn(move || {
        while let Ok(arguments) = arguments.recv() {
            let answer = match panic::catch_unwind(AssertUnwindSafe(|| function(&arguments))) {
                Ok(Some(value)) => Answer::Value(value),
                Ok(None) => Answer::Gone("the judge's arguments do not fit the function".to_owned()),
                Err(payload) => panicked(&*payload),
            };
            if answers.send(answer).is_err() {
                return;
            }
        }
    });
    judge(exercise, SEED, &mut |arguments| {
        if let Err(error) = &started {
            return Answer::Gone(format!("no thread could be started: {error}"));
        }
        if to_function.send(arguments.to_vec()).is_err() {
            return Answer::Gone("the thread of the function has ended".to_owned());
        }
        match from_function.recv_timeout(Duration::from_secs(SECONDS)) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Answer::TimedOut(SECONDS),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Answer::Gone("the thread of the function has ended".to_owned())
            }
        }
    })
}

/// All that the kernel compiles for the cell that is running: its items, those of the cells before, and the
/// cell's own statements. evcxr writes it to the folder that this variable names. Without evcxr there is
/// none.
fn cell() -> Option<String> {
    let folder = std::env::var_os("EVCXR_TMPDIR")?;
    std::fs::read_to_string(Path::new(&folder).join("src/lib.rs")).ok()
}

/// Why grading would not judge the function.
fn refused(cell: &str, exercise: &Exercise, named: &str) -> Option<String> {
    let name = named.rsplit("::").next().unwrap_or(named);
    let expected = source::items(cell).answering(exercise.name());
    if name != expected {
        return Some(format!(
            "Grading looks for the function `{expected}`: write it, and hand it over as `check::{}({expected})`.",
            exercise.name()
        ));
    }
    source::refused(cell, name)
}

/// What a panic says. That of `todo!()` says that nothing has been written yet.
fn panicked(payload: &(dyn std::any::Any + Send)) -> Answer {
    let message = (payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned());
    super::judge::answer_of_panic(message)
}

/// The panic of a function that is being checked is in its report, and is not also printed to standard error.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD) {
                before(info);
            }
        }));
    });
}
