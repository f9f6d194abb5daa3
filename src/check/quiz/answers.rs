//! A student's answers: `answers.toml`.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::sealed::Quiz;
use super::toml_text::{fault, quoted, quoted_list};
use crate::error::{Error, Result};

/// One answer, as it was given. It need not fit the kind of the question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// A whole number, which TOML tells apart from other numbers.
    Whole(i64),
    /// A number.
    Number(f64),
    /// One choice.
    One(String),
    /// Several choices, or items in their order.
    Several(Vec<String>),
    /// Anything else that TOML can express, kept so that the student can be told about it.
    Other(toml::Value),
}

/// The answers to one quiz.
///
/// ```
/// use course::check::Answers;
/// let answers = Answers::parse("answers.toml", "quiz = \"01_vectors\"\n[answers]\nlength = 5\n")?;
/// assert_eq!(answers.quiz, "01_vectors");
/// assert_eq!(answers.to_string(), "quiz = \"01_vectors\"\n\n[answers]\nlength = 5\n");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The lecture.
    pub quiz: String,
    /// The answers, by the ids of the questions.
    pub answers: BTreeMap<String, Given>,
}

crate::show::shown_as_line!(Answers);

impl Answers {
    /// Reads `text`; `name` is the file's name, for errors.
    ///
    /// # Errors
    /// The text is not TOML, or has other keys than `quiz` and `answers`: the line, and what was expected.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|error| fault(name, text, &error))
    }

    /// No answers yet.
    pub fn none(quiz: &str) -> Self {
        Self {
            quiz: quiz.to_owned(),
            answers: BTreeMap::new(),
        }
    }
}

impl Quiz {
    /// Reads the text of an `answers.toml` for this quiz.
    ///
    /// # Errors
    /// Those of [`Answers::parse`]; or the answers are to another quiz.
    pub fn answers(&self, text: &str) -> Result<Answers> {
        let answers = Answers::parse("answers.toml", text)?;
        if answers.quiz != self.name {
            let what = "the quiz of answers.toml";
            return Err(Error::value(
                what,
                format!("{:?}", self.name),
                format!("{:?}", answers.quiz),
            ));
        }
        Ok(answers)
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(n) => write!(f, "{n}"),
            // Written with a point or an exponent, so that it is read back as a floating-point number.
            Self::Number(x) if x.is_nan() => f.write_str("nan"),
            Self::Number(x) => write!(f, "{x:?}"),
            Self::One(text) => f.write_str(&quoted(text)),
            Self::Several(texts) => f.write_str(&quoted_list(texts)),
            Self::Other(value) => f.write_str(value.type_str()),
        }
    }
}

/// The text of the file.
impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "quiz = {}\n\n[answers]\n", quoted(&self.quiz))?;
        for (question, given) in &self.answers {
            let bare = !question.is_empty()
                && question
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            let key = if bare { question.clone() } else { quoted(question) };
            writeln!(f, "{key} = {given}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut answers = Answers::none("01_\"x\"");
        for (question, given) in [
            ("a", Given::One("5c\n\\".into())),
            ("b-1", Given::Several(vec![])),
            ("c", Given::Several(vec!["x".into(), "y".into()])),
            ("d", Given::Number(1e300)),
            ("e", Given::Number(2.0)),
            ("f", Given::Whole(-3)),
            ("with a space", Given::One(String::new())),
        ] {
            answers.answers.insert(question.into(), given);
        }
        assert_eq!(
            Answers::parse("a", &answers.to_string()).unwrap(),
            answers,
            "{answers}"
        );
    }

    #[test]
    fn a_broken_file_is_told_with_its_line() {
        let told = |text: &str| Answers::parse("answers.toml", text).unwrap_err().to_string();
        assert!(told("quiz = \"a\"\n[answers]\nb = \n").starts_with("answers.toml, line 3: "));
        assert!(told("quiz = \"a\"\n").ends_with("missing field `answers`"));
        assert!(told("quiz = 1\n[answers]\n").starts_with("answers.toml, line 1: invalid type: integer"));
        let other = told("quiz = \"a\"\npoints = 9\n[answers]\n");
        assert_eq!(
            other,
            "answers.toml, line 2: unknown field `points`, expected `quiz` or `answers`"
        );
        assert!(told("quiz = \"a\"\n[answers]\na = 1\na = 2\n").contains("line 4: duplicate key"));
    }
}
