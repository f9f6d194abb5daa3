//! Asking a quiz's questions, line by line.

use std::io::{BufRead, Write};

use anyhow::Result;
use console::style;
use course::check::quiz::{Form, Given, Question, plain};
use course::check::{Answers, Outcome, Quiz};

/// Where questions go and answers come from.
pub(super) struct Asking<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

/// What came.
enum Came {
    Answer(Given),
    Skip,
    Stop,
}

impl<'a> Asking<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write) -> Self {
        Self { input, output }
    }

    /// Asks all questions and explains each answer. If a question is skipped, the answer that was there
    /// `before` stays.
    pub(super) fn all(&mut self, quiz: &Quiz, before: Answers) -> Result<Answers> {
        let mut answers = before;
        let n = quiz.questions.len();
        writeln!(
            self.output,
            "{}\nEnter alone skips a question, q ends the quiz.",
            style(plain(&quiz.title)).bold()
        )?;
        for (i, question) in quiz.questions.iter().enumerate() {
            let points = if question.points == 1 {
                "1 point".to_owned()
            } else {
                format!("{} points", question.points)
            };
            writeln!(
                self.output,
                "\n{} {}",
                style(format!("{} of {n}, {points}:", i + 1)).bold(),
                plain(&question.text)
            )?;
            match self.one(question)? {
                Came::Stop => break,
                Came::Skip => continue,
                Came::Answer(given) => {
                    let marked = quiz.mark_one(question, Some(&given));
                    let verdict = match &marked.outcome {
                        Outcome::Right => style("right").cyan().bold(),
                        _ => style("wrong").yellow().bold(),
                    };
                    writeln!(self.output, "  {verdict}")?;
                    for line in marked.why.iter().flat_map(|why| why.lines()) {
                        writeln!(self.output, "  {}", plain(line))?;
                    }
                    answers.answers.insert(question.id.clone(), given);
                }
            }
        }
        let marked = quiz.mark(&answers);
        writeln!(self.output, "\n{} of {} points", marked.points, marked.of)?;
        Ok(answers)
    }

    /// Asks one question, again and again until an answer can be read.
    fn one(&mut self, question: &Question) -> Result<Came> {
        let (shown, how): (Vec<(&str, &str)>, &str) = match &question.form {
            Form::Single { choices } => (
                choices.iter().map(|c| (c.id.as_str(), c.text.as_str())).collect(),
                "one number",
            ),
            Form::Multiple { choices, .. } => (
                choices.iter().map(|c| (c.id.as_str(), c.text.as_str())).collect(),
                "all that are right, such as 1 3, or 0 for none",
            ),
            Form::Order { items, .. } => (
                items
                    .iter()
                    .map(|item| (item.id.as_str(), item.text.as_str()))
                    .collect(),
                "all numbers in the right order, such as 2 1 3",
            ),
            Form::Number { .. } => (Vec::new(), "a number"),
        };
        for (i, (_, text)) in shown.iter().enumerate() {
            writeln!(self.output, "  {}. {}", i + 1, plain(text))?;
        }
        loop {
            write!(self.output, "({how}) > ")?;
            self.output.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 || line.trim() == "q" {
                return Ok(Came::Stop);
            }
            let line = line.trim();
            if line.is_empty() {
                return Ok(Came::Skip);
            }
            if let Some(given) = read(&question.form, &shown, line) {
                return Ok(Came::Answer(given));
            }
            writeln!(self.output, "  expected {how}, got {line:?}")?;
        }
    }

    /// Asks a question that is answered by y or n.
    pub(super) fn yes(&mut self, question: &str) -> Result<bool> {
        write!(self.output, "{question} [y/N] ")?;
        self.output.flush()?;
        let mut line = String::new();
        self.input.read_line(&mut line)?;
        Ok(line.trim().eq_ignore_ascii_case("y"))
    }
}

/// An answer that was typed; nothing if it is not one.
fn read(form: &Form, shown: &[(&str, &str)], line: &str) -> Option<Given> {
    if let Form::Number { .. } = form {
        let x: f64 = line.replace(',', ".").replace('−', "-").parse().ok()?;
        return x.is_finite().then_some(Given::Number(x));
    }
    let words = line
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty());
    let numbers: Vec<usize> = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let id = |n: &usize| Some(shown.get(n.checked_sub(1)?)?.0.to_owned());
    match form {
        Form::Single { .. } => match numbers.as_slice() {
            [n] => Some(Given::One(id(n)?)),
            _ => None,
        },
        Form::Multiple { .. } if numbers == [0] => Some(Given::Several(Vec::new())),
        Form::Order { .. } if numbers.len() != shown.len() => None,
        _ => {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            sorted.dedup();
            if sorted.len() != numbers.len() {
                return None;
            }
            numbers
                .iter()
                .map(id)
                .collect::<Option<Vec<String>>>()
                .map(Given::Several)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
title = "A test"
[[question]]
id = "one"
kind = "single"
text = "One?"
choices = [{ text = "first", why = "No." }, { text = "second", right = true, why = "Yes, one." }]
[[question]]
id = "some"
kind = "multiple"
text = "None of $\\theta_1$?"
choices = [{ text = "first", why = "Not it." }, { text = "second", why = "Nor this." }]
[[question]]
id = "root"
kind = "number"
text = "A half?"
answer = 0.5
why = "Yes, $\\frac{1}{2}$."
otherwise = "No half."
[[question]]
id = "steps"
kind = "order"
text = "Order?"
items = [{ text = "a", why = "a." }, { text = "b", why = "b." }, { text = "c", why = "c." }]
"#;

    fn asked(typed: &str) -> (String, Answers) {
        let quiz = Quiz::seal("00_test", "quiz.toml", SOURCE, &|text| text.to_owned()).unwrap();
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let answers = Asking::new(&mut input, &mut output)
            .all(&quiz, Answers::none("00_test"))
            .unwrap();
        (String::from_utf8(output).unwrap(), answers)
    }

    #[test]
    fn every_kind_is_asked_and_explained() {
        console::set_colors_enabled(false);
        let (one, _) = asked("1\nq\n");
        let (two, _) = asked("2\nq\n");
        assert!(
            one.contains("right\n  Yes, one.") != two.contains("right\n  Yes, one."),
            "{one}{two}"
        );
        let (text, answers) = asked("x\n3\n1 2\n\n0\n0,5\n1 2\n1 1 2\n1 2 3\n");
        for part in [
            "1 of 4, 1 point: One?",
            "2 of 4, 1 point: None of θ₁?",
            "expected one number, got \"x\"",
            "expected one number, got \"3\"",
            "expected one number, got \"1 2\"",
            "  right\n",
            "Yes, 1/2.",
            "expected all numbers in the right order, such as 2 1 3, got \"1 2\"",
            "got \"1 1 2\"",
            " of 4 points",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let keys: Vec<&String> = answers.answers.keys().collect();
        assert_eq!(keys, ["root", "some", "steps"]);
        assert_eq!(answers.answers["some"], Given::Several(Vec::new()));
        assert_eq!(answers.answers["root"], Given::Number(0.5));
    }

    #[test]
    fn an_end_keeps_what_was_answered() {
        let (text, answers) = asked("1\n");
        assert_eq!(answers.answers.len(), 1);
        assert!(text.ends_with(" of 4 points\n"), "{text}");
    }
}
