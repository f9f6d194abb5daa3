//! Reading a quiz with its key, `solutions/NN_topic/quiz.toml`, and sealing it.
//!
//! ```toml
//! title = "Vectors for words"
//!
//! [[question]]
//! id = "length"                # unique in the file: lower-case letters, digits, hyphens
//! kind = "number"              # single, multiple, number, order
//! text = "How long is $(3, 4)$?"
//! points = 2                   # 1 if absent
//! answer = 5.0
//! tolerance = 0.01             # 0 if absent
//! why = "…"                    # told with the right answer
//! otherwise = "…"              # told with any other
//! wrong = [{ value = 7.0, why = "That is the sum." }]      # optional
//! ```
//!
//! `single` and `multiple` have `choices = [{ text, right = true, why }]`, where a missing `right` means
//! false. `order` has `items = [{ text, why }]` in the right order.

use serde::Deserialize;
use toml::Spanned;

use super::seal::{self, Lock};
use super::sealed::{Choice, Form, Grid, Item, Question, Quiz};
use super::toml_text::{fault, line};
use crate::error::{Error, Location as At, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    title: Spanned<String>,
    #[serde(default)]
    question: Vec<Spanned<Asked>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: Spanned<String>,
    kind: Spanned<String>,
    text: Spanned<String>,
    points: Option<Spanned<u32>>,
    choices: Option<Vec<Chosen>>,
    items: Option<Vec<Listed>>,
    answer: Option<Spanned<f64>>,
    tolerance: Option<Spanned<f64>>,
    why: Option<Spanned<String>>,
    otherwise: Option<Spanned<String>>,
    wrong: Option<Vec<Missed>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    text: Spanned<String>,
    #[serde(default)]
    right: bool,
    why: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    text: Spanned<String>,
    why: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Missed {
    value: Spanned<f64>,
    why: Option<Spanned<String>>,
}

/// The most that a question can earn.
const MOST_POINTS: u32 = 100;

impl Quiz {
    /// Reads a quiz with its key and seals it. `name` is the lecture's name, and `file` the file's, for
    /// errors.
    ///
    /// # Errors
    /// The first fault of the file: its line, what was expected, and what came.
    ///
    /// ```
    /// use course::check::Quiz;
    /// let source = r#"
    /// title = "Lengths"
    /// [[question]]
    /// id = "length"
    /// kind = "number"
    /// text = "How long is $(3, 4)$?"
    /// answer = 5
    /// why = "By Pythagoras."
    /// otherwise = "The root of the sum of the squares."
    /// "#;
    /// let quiz = Quiz::seal("01_vectors", "quiz.toml", source, &|text| text.to_owned())?;
    /// let answers = quiz.answers("quiz = \"01_vectors\"\n[answers]\nlength = 5.0\n")?;
    /// assert_eq!(quiz.mark(&answers).questions[0].why, ["By Pythagoras."]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn seal(name: &str, file: &str, source: &str, shown: &dyn Fn(&str) -> String) -> Result<Self> {
        let reader = Reader {
            name,
            file,
            source,
            shown,
        };
        let read: Source = toml::from_str(source).map_err(|error| fault(file, source, &error))?;
        reader.filled("a title", &read.title)?;
        if read.question.is_empty() {
            return Err(Error::format(
                file,
                At::Whole,
                "expected at least one [[question]], got none",
            ));
        }
        let mut questions: Vec<Question> = Vec::new();
        for asked in &read.question {
            let question = reader.question(asked)?;
            if questions.iter().any(|other| other.id == question.id) {
                let expected = format!("expected another id, got {:?} a second time", question.id);
                return Err(reader.fault(asked.get_ref().id.span(), expected));
            }
            questions.push(question);
        }
        Ok(Self {
            name: name.to_owned(),
            title: shown(read.title.get_ref()),
            questions,
            page: None,
        })
    }
}

struct Reader<'a> {
    name: &'a str,
    file: &'a str,
    source: &'a str,
    /// How a text is shown: as the text itself, or as its HTML.
    shown: &'a dyn Fn(&str) -> String,
}

type Span = std::ops::Range<usize>;

impl Reader<'_> {
    fn fault(&self, span: Span, problem: String) -> Error {
        Error::format(self.file, At::Line(line(self.source, span.start)), problem)
    }

    /// The text, which must not be empty.
    fn filled<'t>(&self, what: &str, text: &'t Spanned<String>) -> Result<&'t str> {
        if text.get_ref().trim().is_empty() {
            return Err(self.fault(text.span(), format!("expected {what}, got an empty text")));
        }
        Ok(text.get_ref().trim())
    }

    /// The `why` that every possible answer must have.
    fn why<'t>(&self, owner: Span, why: Option<&'t Spanned<String>>) -> Result<&'t str> {
        match why {
            Some(why) => self.filled("an explanation", why),
            None => Err(self.fault(owner, "expected an explanation (`why`), got none".to_owned())),
        }
    }

    fn question(&self, spanned: &Spanned<Asked>) -> Result<Question> {
        let (asked, whole) = (spanned.get_ref(), spanned.span());
        let id = asked.id.get_ref();
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || !id.bytes().all(is_plain) {
            let expected = format!("expected an id of lower-case letters, digits and hyphens, got {id:?}");
            return Err(self.fault(asked.id.span(), expected));
        }
        let points = match &asked.points {
            None => 1,
            Some(points) if (1..=MOST_POINTS).contains(points.get_ref()) => *points.get_ref(),
            Some(points) => {
                let expected = format!("expected 1 to {MOST_POINTS} points, got {}", points.get_ref());
                return Err(self.fault(points.span(), expected));
            }
        };
        let lock = Lock {
            quiz: self.name,
            question: id,
        };
        let kind = asked.kind.get_ref().as_str();
        let allowed: &[&str] = match kind {
            "single" | "multiple" => &["choices"],
            "number" => &["answer", "tolerance", "why", "otherwise", "wrong"],
            "order" => &["items"],
            other => {
                let expected = format!("expected single, multiple, number or order, got {other:?}");
                return Err(self.fault(asked.kind.span(), expected));
            }
        };
        let there = [
            ("choices", asked.choices.is_some()),
            ("items", asked.items.is_some()),
            ("answer", asked.answer.is_some()),
            ("tolerance", asked.tolerance.is_some()),
            ("why", asked.why.is_some()),
            ("otherwise", asked.otherwise.is_some()),
            ("wrong", asked.wrong.is_some()),
        ];
        for (key, is_there) in there {
            if is_there && !allowed.contains(&key) {
                let expected = format!("expected {} for kind {kind:?}, got `{key}`", allowed.join(", "));
                return Err(self.fault(whole, expected));
            }
        }
        let form = match kind {
            "number" => self.number(lock, asked, whole)?,
            "order" => self.order(lock, asked.items.as_deref().unwrap_or_default(), whole)?,
            _ => self.choices(lock, kind, asked.choices.as_deref().unwrap_or_default(), whole)?,
        };
        Ok(Question {
            id: id.clone(),
            text: (self.shown)(self.filled("a question", &asked.text)?),
            points,
            form,
        })
    }

    fn choices(&self, lock: Lock<'_>, kind: &str, given: &[Chosen], whole: Span) -> Result<Form> {
        if given.len() < 2 {
            let expected = format!("expected at least two choices, got {}", given.len());
            return Err(self.fault(whole, expected));
        }
        let mut choices: Vec<Choice> = Vec::new();
        let mut right = Vec::new();
        for choice in given {
            let text = self.filled("a choice", &choice.text)?;
            let id = self.name(lock, text, choice.text.span(), choices.iter().map(|c| &c.id))?;
            let why = (self.shown)(self.why(choice.text.span(), choice.why.as_ref())?);
            let verdict = if choice.right { "right" } else { "wrong" };
            if choice.right {
                right.push(id.clone());
            }
            choices.push(Choice {
                sealed: lock.seal(&format!("choice {id}"), &format!("{verdict}\n{why}")),
                text: (self.shown)(text),
                id,
            });
        }
        // The order in the source might give the answer away.
        choices.sort_by(|a, b| a.id.cmp(&b.id));
        right.sort();
        match kind {
            "single" if right.len() == 1 => Ok(Form::Single { choices }),
            "single" => {
                let expected = format!("expected one choice with right = true, got {}", right.len());
                Err(self.fault(whole, expected))
            }
            _ => Ok(Form::Multiple {
                choices,
                right: lock.seal(&seal::list("set", &right), ""),
            }),
        }
    }

    /// The name of a choice, which no other choice may have.
    fn name<'i>(
        &self,
        lock: Lock<'_>,
        text: &str,
        span: Span,
        mut others: impl Iterator<Item = &'i String>,
    ) -> Result<String> {
        let id = seal::name_of(lock.question, text);
        if others.any(|other| *other == id) {
            let expected = format!("expected a text that no other choice has, got {text:?}");
            return Err(self.fault(span, expected));
        }
        Ok(id)
    }

    fn order(&self, lock: Lock<'_>, given: &[Listed], whole: Span) -> Result<Form> {
        if given.len() < 3 {
            let expected = format!("expected at least three items, got {}", given.len());
            return Err(self.fault(whole, expected));
        }
        let (mut items, mut steps, mut names): (Vec<Item>, Vec<String>, Vec<String>) = Default::default();
        for item in given {
            let text = self.filled("an item", &item.text)?;
            let id = self.name(lock, text, item.text.span(), names.iter())?;
            names.push(id.clone());
            let why = (self.shown)(self.why(item.text.span(), item.why.as_ref())?);
            steps.push(lock.seal(&seal::list("order", &names), &why));
            items.push(Item {
                text: (self.shown)(text),
                id,
            });
        }
        items.sort_by(|a, b| a.id.cmp(&b.id));
        // By chance this order may be the answer.
        if items.iter().zip(&names).all(|(item, name)| item.id == *name) {
            items.rotate_left(1);
        }
        Ok(Form::Order { items, steps })
    }

    fn number(&self, lock: Lock<'_>, asked: &Asked, whole: Span) -> Result<Form> {
        let missing = |key: &str| self.fault(whole.clone(), format!("expected `{key}`, got none"));
        let answer = asked.answer.as_ref().ok_or_else(|| missing("answer"))?;
        let tolerance = asked
            .tolerance
            .as_ref()
            .map_or(0.0, |tolerance| *tolerance.get_ref());
        if !(0.0..f64::INFINITY).contains(&tolerance) {
            let span = asked.tolerance.as_ref().map_or(whole.clone(), Spanned::span);
            return Err(self.fault(
                span,
                format!("expected a tolerance of 0 or more, got {tolerance}"),
            ));
        }
        let width = seal::width(tolerance);
        let why = self.why(whole.clone(), asked.why.as_ref())?;
        let Some(otherwise) = &asked.otherwise else {
            return Err(missing("otherwise"));
        };
        let mut all: Vec<(f64, Span, &str, &str)> = vec![(*answer.get_ref(), answer.span(), "right", why)];
        for wrong in asked.wrong.as_deref().unwrap_or_default() {
            let why = self.why(wrong.value.span(), wrong.why.as_ref())?;
            all.push((*wrong.value.get_ref(), wrong.value.span(), "wrong", why));
        }
        for (i, (value, span, ..)) in all.iter().enumerate() {
            // Beyond this, the numbers of the cells are not whole numbers of 53 bits.
            if !value.is_finite() || value.abs() / width > 2f64.powi(50) {
                let expected = format!("expected a number that its tolerance can tell apart, got {value}");
                return Err(self.fault(span.clone(), expected));
            }
            if all[..i].iter().any(|(other, ..)| (other - value).abs() < width) {
                let expected =
                    format!("expected a number that is not within the tolerance of another, got {value}");
                return Err(self.fault(span.clone(), expected));
            }
        }
        // Sorted by their offsets, which gives nothing away.
        all.sort_by(|(a, ..), (b, ..)| seal::offset(*a, width).total_cmp(&seal::offset(*b, width)));
        let places = (all.iter().enumerate())
            .map(|(i, (value, _, verdict, why))| {
                let offset = seal::offset(*value, width);
                let text = format!("{verdict}\n{}", (self.shown)(why));
                Grid {
                    offset,
                    sealed: lock.seal(&seal::number(i, *value, offset, width), &text),
                }
            })
            .collect();
        Ok(Form::Number {
            width,
            places,
            otherwise: lock.seal(
                "otherwise",
                &(self.shown)(self.filled("an explanation", otherwise)?),
            ),
        })
    }
}
