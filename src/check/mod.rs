//! Exercises and their judge.
//!
//! In a notebook, hand your function to the one of the same name here:
//!
//! ```
//! use course::check;
//! fn my_norm(x: &[f32]) -> f32 {
//!     x.iter().sum()
//! }
//! let report = check::norm(my_norm);
//! assert!(!report.is_passed(), "{report}");
//! ```
//!
//! The report says whether it is right. If it is not, the report shows the smallest case in which it is
//! wrong, what was expected and what came, and which known mistake it looks like. A mistake is recognised by
//! what it does, not by how it is written: the answers agree with the mistake's wherever those differ from
//! the truth.
//!
//! | file | what is in it |
//! |---|---|
//! | `value.rs` | what goes in and comes out |
//! | `exercise.rs` | what an exercise is; how answers are compared |
//! | `judge.rs` | asking, shrinking, recognising |
//! | `common/` | what all wrong cases have in common |
//! | `report.rs` | the verdict as text, card and JSON |
//! | `help.rs` | what a card offers: the task, and hints on request |
//! | `cases.rs` | what the exercises' files share: the macro that makes one, random arguments |
//! | `handed_out.rs` | made from the solutions: what students get |
//! | `fits.rs` | what the compiler says to a function of another type |
//! | `notebook.rs` | asking a function in this process |
//! | `source/` | what a student has written, as text: what comes along with an answer |
//! | `quiz/` | quizzes: reading, sealing, showing, marking |
//! | `vectors/`, `counts/`, `indexing/`, `topics/`, `predict/`, `words/`, `tokens/`, `ranking/`, `attention/` | the exercises of lectures 01 to 09, each with its truth and its mistakes |

mod attention;
mod cases;
mod common;
mod counts;
mod exercise;
mod fits;
#[allow(non_upper_case_globals, reason = "each exercise has a constant of its own name")]
#[rustfmt::skip]
mod handed_out;
mod help;
mod indexing;
mod judge;
mod notebook;
mod predict;
pub mod quiz;
mod ranking;
mod report;
pub mod source;
mod tokens;
mod topics;
pub mod value;
mod vectors;
mod words;

use std::sync::LazyLock;

pub use exercise::{Agrees, Case, Exercise, Head, Mistake, task_of};
pub use judge::{Answer, answer_of_panic, judge, judge_hidden};
pub use notebook::SEED;
pub use quiz::{Answers, Marked, Outcome, Quiz, quiz, quizzes};
pub use report::{Counterexample, Report, Verdict};
pub use value::Value;
#[allow(
    unused_imports,
    unreachable_pub,
    reason = "a lecture may have no exercise yet"
)]
pub use {
    attention::*, counts::*, indexing::*, predict::*, ranking::*, tokens::*, topics::*, vectors::*, words::*,
};

/// All exercises, in the order of the lectures.
///
/// ```
/// let dot = course::check::exercises().iter().find(|e| e.name() == "dot").unwrap();
/// assert_eq!(dot.signature(), "fn(&[f32], &[f32]) -> f32");
/// ```
pub fn exercises() -> &'static [&'static Exercise] {
    static ALL: LazyLock<Vec<&'static Exercise>> = LazyLock::new(|| LECTURES.concat());
    &ALL
}

/// The exercises, grouped by lecture.
#[allow(
    unused_qualifications,
    reason = "every lecture has one of this name, and one of them may be visible without its lecture"
)]
static LECTURES: &[&[&Exercise]] = &[
    vectors::ALL,
    counts::ALL,
    indexing::ALL,
    topics::ALL,
    predict::ALL,
    words::ALL,
    tokens::ALL,
    ranking::ALL,
    attention::ALL,
];
