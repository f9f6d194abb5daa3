//! Quizzes: a few questions at the end of a lecture. Every choice has an explanation, even the wrong ones.
//!
//! ```
//! let quiz = course::check::quiz("01_vectors")?;
//! let answers = quiz.answers("quiz = \"01_vectors\"\n[answers]\nlength = 5\n")?;
//! let marked = quiz.mark(&answers);
//! assert!(marked.points < marked.of);
//! # Ok::<(), course::Error>(())
//! ```
//!
//! A quiz is written in `solutions/NN_topic/quiz.toml`, with the key in plain text ([`Quiz::seal`] reads it).
//! What is handed out is made from that file: the same questions, but what is right and why is **sealed**. A
//! seal opens with the answer that it belongs to. So a page without a kernel can tell readers what is wrong
//! with the choice they made, and readers who look at the page's source see nothing. The seal stops a glance,
//! but not somebody who wants to open it: all that this takes is in the page. What must stay secret belongs
//! in hidden cases, not in a quiz.
//!
//! Page, terminal and grading all open the same seals, so they cannot disagree: [`Quiz::mark`] needs no key.
//!
//! | kind | the answer | right if | earns |
//! |---|---|---|---|
//! | `single` | a choice | it is the right one | all points or none |
//! | `multiple` | some choices | they are exactly the right ones | all points or none |
//! | `number` | a number | it is within the tolerance | all points or none |
//! | `order` | all items | they are in the right order | all points or none |
//!
//! # Answers
//!
//! A student's answers are in a file `answers.toml`. Choices are named by ids that depend only on their text,
//! not by their positions, which are shuffled:
//!
//! ```toml
//! quiz = "01_vectors"
//!
//! [answers]
//! idf-of-everywhere = "5c1f09"           # single
//! which-shrink = ["5c1f09", "aa0b17"]    # multiple, in any order; [] for none of them
//! root = 1.414                           # number
//! steps = ["5c1f09", "aa0b17"]           # order
//! ```
//!
//! | in the file | what it earns | what is said |
//! |---|---|---|
//! | no answer to a question | 0 | `not answered` |
//! | an answer of another kind, or a choice that is not there | 0 | what was expected and what came |
//! | an answer to a question that is not there | nothing | it is listed, and changes no other |
//! | another quiz's name, or a file that is not such a file | | an error with its line |
//!
//! | file | what is in it |
//! |---|---|
//! | `source.rs` | reading a quiz with its key, and sealing it |
//! | `seal.rs` | how a seal is made and opened |
//! | `sealed.rs` | the quiz as it is handed out, as a text and back |
//! | `answers.rs`, `mark.rs` | a student's answers, and what they earn |
//! | `toml_text.rs` | quoting, and the line of a fault |
//! | `html.rs`, `live.js`, `live.css` | the quiz in a page |
//! | `plain.rs` | its Markdown and formulas in a terminal |

mod answers;
mod html;
mod mark;
mod plain;
mod seal;
mod sealed;
mod source;
#[cfg(test)]
mod tests;
mod toml_text;

pub use answers::{Answers, Given};
pub use mark::{Marked, MarkedQuestion, Outcome};
pub use plain::plain;
pub use sealed::{Choice, Form, Grid, Item, Question, Quiz};

use super::handed_out::QUIZZES;
use crate::corpus::spelled_like;
use crate::error::{Error, Result};

/// The quiz of a lecture, by the lecture's id (`01_vectors`).
///
/// ```
/// let quiz = course::check::quiz("01_vectors")?;
/// assert!(quiz.questions.len() >= 5);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There is no such lecture, or it has no quiz.
pub fn quiz(lecture: &str) -> Result<Quiz> {
    let Some((name, text, page)) = QUIZZES.iter().find(|(name, ..)| *name == lecture) else {
        let names: Vec<String> = quizzes().map(str::to_owned).collect();
        let near = spelled_like(lecture, &names, 3);
        let near = near.into_iter().map(|at| names[at].clone()).collect();
        return Err(Error::unknown("quiz", lecture, near));
    };
    let mut quiz = Quiz::parse(name, text)?;
    quiz.page = Some(Box::new(Quiz::parse(name, page)?));
    Ok(quiz)
}

/// The lectures that have a quiz, in their order.
///
/// ```
/// assert!(course::check::quizzes().any(|lecture| lecture == "01_vectors"));
/// ```
pub fn quizzes() -> impl Iterator<Item = &'static str> {
    QUIZZES.iter().map(|(name, ..)| *name)
}
