//! A quiz as it is handed out: `exercises/NN_topic/quiz.toml`.
//!
//! ```toml
//! title = "Vectors for words"
//!
//! [[question]]
//! id = "length"
//! kind = "number"
//! text = "How long is $(3, 4)$?"
//! points = 1
//! width = 0.02                                      # of the grid's cells
//! places = [
//!   { offset = 0.0, sealed = "3fa9…" },             # opens for the numbers of one cell of this grid
//! ]
//! otherwise = "77d0…"                               # opens without an answer
//! ```
//!
//! `single` and `multiple` have `choices = [{ id, text, sealed }]`, and `multiple` also has a seal `right`,
//! which opens with the set of all right choices. `order` has `items = [{ id, text }]` and `steps`: the first
//! step opens with the first item, the second with the first two, and so on.
//!
//! The seal of a choice or a number holds a line, `right` or `wrong`, and then the explanation. The other
//! seals hold only the explanation.

use std::fmt::Write;

use rand::Rng as _;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use super::seal::{self, Lock};
use super::toml_text::{fault, quoted, quoted_list};
use crate::error::{Error, Result};
use crate::rng::stream;

/// A quiz as it is handed out.
///
/// In a notebook it is shown as questions that can be answered there.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// The lecture: `NN_topic`.
    #[serde(default)]
    pub name: String,
    /// The title, in one line.
    pub title: String,
    /// The questions, in their order.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
    /// The same with HTML in place of Markdown, for a page.
    #[serde(skip)]
    pub(super) page: Option<Box<Quiz>>,
}

/// A question. Its text is Markdown with formulas in LaTeX.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique within the quiz: lower-case letters, digits and hyphens.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// What a right answer earns.
    pub points: u32,
    /// How it is answered.
    #[serde(flatten)]
    pub form: Form,
}

/// What kind of answer a question wants, and what each answer opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Form {
    /// One choice.
    Single {
        /// The choices, in the order in which they are shown.
        choices: Vec<Choice>,
    },
    /// Any number of choices.
    Multiple {
        /// The choices, in the order in which they are shown.
        choices: Vec<Choice>,
        /// Opens with the set of all right choices.
        right: String,
    },
    /// A number.
    Number {
        /// The width of the grids' cells.
        width: f64,
        /// The numbers that have an explanation of their own.
        places: Vec<Grid>,
        /// What is said about any other number.
        otherwise: String,
    },
    /// All items, in the right order.
    Order {
        /// The items, in the order in which they are shown.
        items: Vec<Item>,
        /// What is said about each step, once all up to it are right.
        steps: Vec<String>,
    },
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name in `answers.toml`, which depends only on the text.
    pub id: String,
    /// The text of the choice.
    pub text: String,
    /// Opens when this choice is made.
    pub sealed: String,
}

/// An item to be put in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name in `answers.toml`, which depends only on the text.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// A number with an explanation of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Where the grid begins.
    pub offset: f64,
    /// Opens with the cell's number.
    pub sealed: String,
}

impl Form {
    /// The kind's name in the files.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Multiple { .. } => "multiple",
            Self::Number { .. } => "number",
            Self::Order { .. } => "order",
        }
    }
}

impl Quiz {
    /// Reads a quiz as it is handed out. `name` is the lecture's name.
    ///
    /// # Errors
    /// The text is not such a file: the line, and what was expected.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let file = format!("{name}/quiz.toml");
        let mut quiz: Self = toml::from_str(text).map_err(|error| fault(&file, text, &error))?;
        name.clone_into(&mut quiz.name);
        Ok(quiz)
    }

    /// The text of the file.
    pub fn to_toml(&self) -> String {
        let mut out = format!("title = {}\n", quoted(&self.title));
        for question in &self.questions {
            // Writing to a String cannot fail.
            let _ = question.write(&mut out);
        }
        out
    }

    /// The quiz with the choices and items of each question in another order; the same seed gives the same
    /// order.
    ///
    /// ```
    /// let quiz = course::check::quiz("01_vectors")?;
    /// assert!(quiz.clone().shuffled(1) == quiz.clone().shuffled(1));
    /// assert!(quiz.clone().shuffled(1) != quiz.clone().shuffled(2));
    /// # Ok::<(), course::Error>(())
    /// ```
    #[must_use]
    pub fn shuffled(mut self, seed: u64) -> Self {
        for (i, question) in self.questions.iter_mut().enumerate() {
            let mut rng = stream(seed, i as u64);
            let lock = Lock {
                quiz: &self.name,
                question: &question.id,
            };
            match &mut question.form {
                Form::Single { choices } | Form::Multiple { choices, .. } => choices.shuffle(&mut rng),
                Form::Order { items, steps } => {
                    items.shuffle(&mut rng);
                    let names: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
                    let is_right = (steps.last())
                        .is_some_and(|last| lock.open(&seal::list("order", &names), last).is_some());
                    // The answer itself is never shown.
                    if is_right {
                        let by = rng.random_range(1..items.len().max(2)) % items.len();
                        items.rotate_left(by);
                    }
                }
                Form::Number { .. } => {}
            }
        }
        self.page = self.page.map(|page| Box::new(page.shuffled(seed)));
        self
    }

    /// What all questions together can earn.
    pub fn points(&self) -> u32 {
        self.questions.iter().map(|question| question.points).sum()
    }

    /// The question with this id.
    ///
    /// # Errors
    /// There is none.
    pub fn question(&self, id: &str) -> Result<&Question> {
        let ids = || {
            self.questions
                .iter()
                .map(|question| question.id.clone())
                .collect()
        };
        (self.questions.iter().find(|question| question.id == id))
            .ok_or_else(|| Error::unknown("question", id, ids()))
    }

    pub(super) fn lock<'a>(&'a self, question: &'a Question) -> Lock<'a> {
        Lock {
            quiz: &self.name,
            question: &question.id,
        }
    }
}

impl Question {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let (id, kind, text) = (quoted(&self.id), self.form.kind(), quoted(&self.text));
        writeln!(
            out,
            "\n[[question]]\nid = {id}\nkind = \"{kind}\"\ntext = {text}\npoints = {}",
            self.points
        )?;
        match &self.form {
            Form::Single { choices } => write_choices(out, choices),
            Form::Multiple { choices, right } => {
                write_choices(out, choices)?;
                writeln!(out, "right = {}", quoted(right))
            }
            Form::Number {
                width,
                places,
                otherwise,
            } => {
                writeln!(out, "width = {width:?}\nplaces = [")?;
                for Grid { offset, sealed } in places {
                    writeln!(out, "  {{ offset = {offset:?}, sealed = {} }},", quoted(sealed))?;
                }
                writeln!(out, "]\notherwise = {}", quoted(otherwise))
            }
            Form::Order { items, steps } => {
                writeln!(out, "items = [")?;
                for Item { id, text } in items {
                    writeln!(out, "  {{ id = {}, text = {} }},", quoted(id), quoted(text))?;
                }
                writeln!(out, "]\nsteps = {}", quoted_list(steps))
            }
        }
    }
}

fn write_choices(out: &mut String, choices: &[Choice]) -> std::fmt::Result {
    writeln!(out, "choices = [")?;
    for Choice { id, text, sealed } in choices {
        let (id, text, sealed) = (quoted(id), quoted(text), quoted(sealed));
        writeln!(out, "  {{ id = {id}, text = {text}, sealed = {sealed} }},")?;
    }
    writeln!(out, "]")
}
