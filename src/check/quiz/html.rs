//! A quiz in a page: questions that can be answered, in JupyterLab and in an exported page alike.
//!
//! The page has the questions, the seals, and a script (`live.js`) that opens a seal when its answer is
//! given. It needs neither a kernel nor a server. Without the script, as in a notebook that JupyterLab does
//! not trust, the questions can still be read.
//!
//! Formulas are MathML, which browsers display without help. The command line makes it when it makes the
//! files that are handed out, so the library needs no converter.

use std::fmt::{self, Write};

use super::plain::plain;
use super::seal::Lock;
use super::sealed::{Form, Question, Quiz};
use crate::show::escape;

/// The seed for the order of the choices when a quiz is shown in a notebook.
const SEED: u64 = 1;

impl Quiz {
    /// Shows it in a notebook, with its choices shuffled.
    pub fn evcxr_display(&self) {
        let shuffled = self.clone().shuffled(SEED);
        crate::show::display(&shuffled.to_html(), self.to_string().trim_end());
    }

    /// As a part of a web page, in the page's colours.
    pub fn to_html(&self) -> String {
        // A quiz that was not made by the command line has no HTML of its own, so its Markdown is shown as it
        // is.
        let raw = |text: &str| escape(text);
        let html = |text: &str| text.to_owned();
        let (quiz, shown): (&Quiz, &dyn Fn(&str) -> String) = match &self.page {
            Some(page) => (page, &html),
            None => (self, &raw),
        };
        let mut out = format!(
            "<section class=\"course-quiz\" data-quiz=\"{}\" aria-label=\"quiz\">\n\
             <style>{}</style>\n<p class=\"asleep\">To answer these questions, run the cell.</p>\n",
            escape(&quiz.name),
            include_str!("live.css")
        );
        for (i, question) in quiz.questions.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write_question(&mut out, quiz.lock(question), i + 1, question, shown);
        }
        out + "<div class=\"end\" hidden></div>\n</section>\n<script>" + include_str!("live.js") + "</script>"
    }
}

fn write_question(
    out: &mut String,
    lock: Lock<'_>,
    number: usize,
    question: &Question,
    shown: &dyn Fn(&str) -> String,
) -> fmt::Result {
    let points = match question.points {
        1 => String::new(),
        n => format!(" <small>({n} points)</small>"),
    };
    write!(
        out,
        "<form data-id=\"{}\" data-kind=\"{}\" data-points=\"{}\"",
        escape(lock.question),
        question.form.kind(),
        question.points
    )?;
    match &question.form {
        Form::Multiple { right, .. } => write!(out, " data-right=\"{}\"", escape(right))?,
        Form::Number { width, otherwise, .. } => {
            write!(
                out,
                " data-width=\"{width:?}\" data-otherwise=\"{}\"",
                escape(otherwise)
            )?;
        }
        _ => {}
    }
    writeln!(
        out,
        ">\n<fieldset><legend><b>{number}.</b> {}{points}</legend>",
        shown(&question.text)
    )?;
    match &question.form {
        Form::Single { choices } | Form::Multiple { choices, .. } => {
            let input = if question.form.kind() == "single" {
                "radio"
            } else {
                "checkbox"
            };
            for choice in choices {
                writeln!(
                    out,
                    "<label><input type=\"{input}\" name=\"choice\" value=\"{}\" data-sealed=\"{}\"> <span>{}</span></label>",
                    escape(&choice.id),
                    escape(&choice.sealed),
                    shown(&choice.text)
                )?;
            }
        }
        Form::Number { places, .. } => {
            for place in places {
                writeln!(
                    out,
                    "<i hidden data-offset=\"{:?}\" data-sealed=\"{}\"></i>",
                    place.offset,
                    escape(&place.sealed)
                )?;
            }
            writeln!(
                out,
                "<input name=\"number\" inputmode=\"decimal\" autocomplete=\"off\" aria-label=\"a number\">"
            )?;
        }
        Form::Order { items, steps } => {
            for step in steps {
                writeln!(out, "<i hidden data-sealed=\"{}\"></i>", escape(step))?;
            }
            writeln!(out, "<ol>")?;
            for item in items {
                writeln!(
                    out,
                    "<li data-item=\"{}\"><span>{}</span></li>",
                    escape(&item.id),
                    shown(&item.text)
                )?;
            }
            writeln!(out, "</ol>")?;
        }
    }
    writeln!(
        out,
        "</fieldset>\n<div class=\"told\" role=\"status\"></div>\n</form>"
    )
}

/// The questions as text, without a way to answer them.
impl fmt::Display for Quiz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} questions", plain(&self.title), self.questions.len())?;
        for (i, question) in self.questions.iter().enumerate() {
            writeln!(f, "\n{}. {}", i + 1, plain(&question.text))?;
            match &question.form {
                Form::Single { choices } | Form::Multiple { choices, .. } => {
                    choices
                        .iter()
                        .try_for_each(|choice| writeln!(f, "   - {}", plain(&choice.text)))?;
                }
                Form::Order { items, .. } => items
                    .iter()
                    .try_for_each(|item| writeln!(f, "   - {}", plain(&item.text)))?,
                Form::Number { .. } => {}
            }
        }
        writeln!(f, "\nTo answer in a terminal: cargo course quiz {}", self.name)
    }
}

crate::show::debug_shows!(Quiz);
