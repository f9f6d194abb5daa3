//! What answers earn.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::answers::{Answers, Given};
use super::plain::plain;
use super::seal::{self, Lock};
use super::sealed::{Choice, Form, Item, Question, Quiz};

/// What a student's answers to a quiz earn.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// The lecture.
    pub quiz: String,
    /// What the answers earn.
    pub points: u32,
    /// What they could earn.
    pub of: u32,
    /// Each question of the quiz, answered or not.
    pub questions: Vec<MarkedQuestion>,
    /// Answers to questions that do not exist.
    pub unknown: Vec<String>,
}

/// What the answer to one question earns.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct MarkedQuestion {
    /// The question.
    pub id: String,
    /// What the answer earns.
    pub points: u32,
    /// What it could earn.
    pub of: u32,
    /// The outcome.
    pub outcome: Outcome,
    /// The explanations that belong to the answer, in Markdown.
    pub why: Vec<String>,
}

crate::show::shown_as_line!(MarkedQuestion);

/// The outcome of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Right.
    Right,
    /// Wrong.
    Wrong,
    /// There is no answer.
    NotAnswered,
    /// The answer does not fit this question: what was expected, and what came.
    Unusable(String),
}

impl Quiz {
    /// What `answers` earn. Which quiz they name is not checked here; [`Quiz::answers`] does that.
    ///
    /// ```
    /// use course::check::{Outcome, quiz};
    /// let quiz = quiz("01_vectors")?;
    /// let none = quiz.mark(&quiz.answers("quiz = \"01_vectors\"\n[answers]\n")?);
    /// assert!(none.questions.iter().all(|question| question.outcome == Outcome::NotAnswered));
    /// assert_eq!((none.points, none.of), (0, quiz.points()));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn mark(&self, answers: &Answers) -> Marked {
        let questions: Vec<MarkedQuestion> = (self.questions.iter())
            .map(|question| self.mark_one(question, answers.answers.get(&question.id)))
            .collect();
        let is_known = |id: &String| self.questions.iter().any(|question| question.id == *id);
        Marked {
            quiz: self.name.clone(),
            points: questions.iter().map(|question| question.points).sum(),
            of: self.points(),
            questions,
            unknown: answers
                .answers
                .keys()
                .filter(|id| !is_known(id))
                .cloned()
                .collect(),
        }
    }

    /// What one answer earns.
    pub fn mark_one(&self, question: &Question, given: Option<&Given>) -> MarkedQuestion {
        let (outcome, why) = match given {
            None => (Outcome::NotAnswered, Vec::new()),
            Some(given) => match outcome(self.lock(question), &question.form, given) {
                Ok((true, why)) => (Outcome::Right, why),
                Ok((false, why)) => (Outcome::Wrong, why),
                Err(unusable) => (Outcome::Unusable(unusable), Vec::new()),
            },
        };
        MarkedQuestion {
            id: question.id.clone(),
            points: if outcome == Outcome::Right {
                question.points
            } else {
                0
            },
            of: question.points,
            outcome,
            why,
        }
    }
}

type Told = Result<(bool, Vec<String>), String>;

/// Whether an answer is right, and what the student is told; or why it does not fit the question.
fn outcome(lock: Lock<'_>, form: &Form, given: &Given) -> Told {
    match (form, given) {
        (Form::Single { choices }, Given::One(id)) => {
            let choice = find(choices, id)?;
            let (right, why) = opened(lock, &format!("choice {id}"), &choice.sealed)?;
            Ok((right, vec![why]))
        }
        (Form::Multiple { choices, right }, Given::Several(ids)) => multiple(lock, choices, right, ids),
        (Form::Number { .. }, Given::Whole(n)) => number(lock, form, *n as f64),
        (Form::Number { .. }, Given::Number(x)) => number(lock, form, *x),
        // In JSON infinity is a text.
        (Form::Number { .. }, Given::One(text)) if text.parse().is_ok_and(|x: f64| !x.is_finite()) => {
            number(lock, form, text.parse().unwrap_or(f64::NAN))
        }
        (Form::Order { items, steps }, Given::Several(ids)) => order(lock, items, steps, ids),
        (form, given) => {
            let expected = match form {
                Form::Single { .. } => "the id of a choice, in quotes",
                Form::Multiple { .. } => "a list of the ids of choices",
                Form::Number { .. } => "a number",
                Form::Order { .. } => "a list of the ids of all items",
            };
            Err(format!("expected {expected}, got {given}"))
        }
    }
}

fn find<'a>(choices: &'a [Choice], id: &str) -> Result<&'a Choice, String> {
    let ids = || -> String {
        choices
            .iter()
            .map(|c| c.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    (choices.iter().find(|choice| choice.id == id))
        .ok_or_else(|| format!("expected one of {}, got {id:?}", ids()))
}

/// The verdict and the explanation of a choice or a number.
fn opened(lock: Lock<'_>, answer: &str, sealed: &str) -> Result<(bool, String), String> {
    let text = lock
        .open(answer, sealed)
        .ok_or("expected a seal that this opens, got another")?;
    let (verdict, why) = text.split_once('\n').unwrap_or((&text, ""));
    Ok((verdict == "right", why.to_owned()))
}

/// The student is told about each choice that was made, or about all choices once exactly the right ones are
/// made.
fn multiple(lock: Lock<'_>, choices: &[Choice], right: &str, ids: &[String]) -> Told {
    let mut sorted: Vec<&str> = Vec::new();
    for id in ids {
        find(choices, id)?;
        sorted.push(id);
    }
    sorted.sort_unstable();
    sorted.dedup();
    let all = lock.open(&seal::list("set", &sorted), right);
    let told = choices
        .iter()
        .filter(|choice| all.is_some() || sorted.contains(&choice.id.as_str()));
    let mut why = told
        .map(|choice| opened(lock, &format!("choice {}", choice.id), &choice.sealed))
        .collect::<Result<Vec<_>, _>>()?;
    // All choices made are right, but some right ones are missing.
    if all.is_none() && why.iter().all(|(right, _)| *right) {
        why.push((false, "There are more that are right.".to_owned()));
    }
    Ok((all.is_some(), why.into_iter().map(|(_, why)| why).collect()))
}

fn number(lock: Lock<'_>, form: &Form, x: f64) -> Told {
    let Form::Number {
        width,
        places,
        otherwise,
    } = form
    else {
        return Err("expected a number".to_owned());
    };
    if !x.is_finite() {
        return Err(format!("expected a finite number, got {x}"));
    }
    for (i, place) in places.iter().enumerate() {
        let answer = seal::number(i, x, place.offset, *width);
        if let Ok((right, why)) = opened(lock, &answer, &place.sealed) {
            return Ok((right, vec![why]));
        }
    }
    Ok((false, lock.open("otherwise", otherwise).into_iter().collect()))
}

/// The student is told about each item up to the first one that is out of order.
fn order(lock: Lock<'_>, items: &[Item], steps: &[String], ids: &[String]) -> Told {
    let mut sorted: Vec<&String> = ids.iter().collect();
    sorted.sort_unstable();
    let mut known: Vec<&String> = items.iter().map(|item| &item.id).collect();
    known.sort_unstable();
    if sorted != known {
        let known: Vec<&str> = known.iter().map(|id| id.as_str()).collect();
        let got = super::toml_text::quoted_list(ids);
        return Err(format!("expected each of {} once, got {got}", known.join(", ")));
    }
    let mut why: Vec<String> = (steps.iter().enumerate())
        .map_while(|(i, sealed)| lock.open(&seal::list("order", &ids[..=i]), sealed))
        .collect();
    let is_right = why.len() == ids.len();
    if !is_right {
        let text = |id: &String| {
            items
                .iter()
                .find(|item| item.id == *id)
                .map_or("", |item| &item.text)
        };
        let out = ids.get(why.len()).map_or("", text);
        why.push(match why.len() {
            0 => format!("This is not the first: {out}"),
            _ => format!("This is not the next: {out}"),
        });
    }
    Ok((is_right, why))
}

/// For a terminal: formulas are in Unicode.
impl fmt::Display for MarkedQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match &self.outcome {
            Outcome::Right => "right",
            Outcome::Wrong => "wrong",
            Outcome::NotAnswered => "not answered",
            Outcome::Unusable(_) => "not an answer",
        };
        let points = if self.of == 1 { "point" } else { "points" };
        writeln!(
            f,
            "{}: {outcome} ({} of {} {points})",
            self.id, self.points, self.of
        )?;
        if let Outcome::Unusable(why) = &self.outcome {
            writeln!(f, "  {why}")?;
        }
        for why in self.why.iter().flat_map(|why| why.lines()) {
            writeln!(f, "  {}", plain(why))?;
        }
        Ok(())
    }
}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for question in &self.questions {
            write!(f, "{question}")?;
        }
        for id in &self.unknown {
            writeln!(f, "{id}: there is no such question in {}", self.quiz)?;
        }
        writeln!(f, "{} of {} points", self.points, self.of)
    }
}

impl Marked {
    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let text = self.to_string();
        crate::show::display(
            &format!("<pre>{}</pre>", crate::show::escape(&text)),
            text.trim_end(),
        );
    }
}

crate::show::debug_shows!(Marked);
