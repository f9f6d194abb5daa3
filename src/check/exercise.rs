//! What an exercise is: a function to write, the truth about it, and the mistakes that people make.

use super::value::{Crosses, Value};
use crate::rng::Rng;

/// An exercise with all that its judge needs. The text for the student is in a file of `exercises/`.
pub struct Exercise {
    /// `NN_topic/name`; the name is the function's.
    pub id: &'static str,
    /// The student's file as handed out.
    pub stub: &'static str,
    /// The hints, in the order in which they are given. They are not in the file.
    pub hints: &'static [&'static str],
    /// The arguments' names and types.
    pub arguments: &'static [(&'static str, &'static str)],
    /// The type that the function returns.
    pub returns: &'static str,
    /// The right answer; `None` for arguments of other types.
    pub truth: fn(&[Value]) -> Option<Value>,
    /// Compares an answer with the truth: `Ok` if it is right, or what is wrong with it.
    pub agrees: Agrees,
    /// Cases that a student sees: small enough for paper, and edge cases.
    pub public: fn() -> Vec<Case>,
    /// A random case. The size grows from 1; a case of size 1 is the smallest possible.
    pub random: fn(&mut Rng, usize) -> Vec<Value>,
    /// Whether arguments are allowed at all. This keeps a counterexample valid when it is made smaller.
    pub allowed: fn(&[Value]) -> bool,
    /// Known wrong answers, with names.
    pub mistakes: &'static [Mistake],
}

/// Compares the answer, the truth and the arguments.
pub type Agrees = fn(got: &Value, expected: &Value, arguments: &[Value]) -> Result<(), String>;

/// A case that is shown, with what it is about.
pub struct Case {
    /// What the case shows, in a few words.
    pub about: &'static str,
    /// The arguments.
    pub arguments: Vec<Value>,
}

/// A wrong answer that people give.
pub struct Mistake {
    /// A name for the instructor's statistics.
    pub name: &'static str,
    /// What a student who makes it is told.
    pub message: &'static str,
    /// The wrong function.
    pub wrong: fn(&[Value]) -> Option<Value>,
}

/// What the head of an exercise's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The title, in one line.
    pub title: String,
    /// The idea that the exercise trains.
    pub concept: String,
    /// What a right answer earns.
    pub points: u32,
    /// From 1 to 3.
    pub difficulty: u32,
    /// How many minutes it takes.
    pub minutes: u32,
    /// The hints, in the order in which they are given.
    pub hints: Vec<String>,
}

crate::plot::shown_as_record!(Head);

impl Head {
    /// Reads the `//!` lines at the top of a file: `//! key: value`, and a line `//! hint: …` for each hint.
    ///
    /// # Errors
    /// A line without a colon; a key that is unknown, missing or given twice; an empty value; no hint.
    pub fn parse(file: &str) -> Result<Self, String> {
        Self::read(file, true)
    }

    /// The same, but there may be no hint if none is needed.
    fn read(file: &str, needs_hint: bool) -> Result<Self, String> {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for line in file.lines().take_while(|line| line.starts_with("//!")) {
            let line = line.trim_start_matches("//!").trim();
            let Some((key, value)) = line.split_once(':') else {
                if line.is_empty() {
                    break; // After an empty line the task begins.
                }
                return Err(format!("expected `key: value`, got `{line}`"));
            };
            let (key, value) = (key.trim(), value.trim());
            if value.is_empty() {
                return Err(format!("expected something after `{key}:`, got nothing"));
            }
            if key != "hint" && seen.iter().any(|(other, _)| *other == key) {
                return Err(format!("expected `{key}` once, got it twice"));
            }
            if !["title", "concept", "points", "difficulty", "minutes", "hint"].contains(&key) {
                return Err(format!(
                    "expected title, concept, points, difficulty, minutes or hint, got `{key}`"
                ));
            }
            seen.push((key, value));
        }
        let text = |key: &str| {
            let found = seen.iter().find(|(other, _)| *other == key);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(format!("expected a line `//! {key}: …`, got none"))
        };
        let number = |key: &str| {
            let text = text(key)?;
            text.parse::<u32>()
                .map_err(|_| format!("{key}: expected a whole number, got `{text}`"))
        };
        let hints: Vec<String> = (seen.iter().filter(|(key, _)| *key == "hint"))
            .map(|(_, hint)| (*hint).to_owned())
            .collect();
        if needs_hint && hints.is_empty() {
            return Err("expected at least one line `//! hint: …`, got none".to_owned());
        }
        Ok(Self {
            title: text("title")?,
            concept: text("concept")?,
            points: number("points")?,
            difficulty: number("difficulty")?,
            minutes: number("minutes")?,
            hints,
        })
    }
}

/// The task of an exercise's file, as Markdown: its `//!` lines after the first empty one, which ends the
/// head.
pub fn task_of(file: &str) -> String {
    let comment = file.lines().take_while(|line| line.starts_with("//!"));
    let after_head = comment.skip_while(|line| *line != "//!").skip(1);
    let lines: Vec<&str> = after_head
        .map(|line| {
            line.trim_start_matches("//!")
                .strip_prefix(' ')
                .unwrap_or_default()
        })
        .collect();
    lines.join("\n").trim().to_owned()
}

impl Exercise {
    /// The function's name.
    pub fn name(&self) -> &'static str {
        self.id.rsplit('/').next().unwrap_or(self.id)
    }

    /// The lecture that it belongs to: `NN_topic`.
    pub fn lecture(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }

    /// The head of the file that is handed out, and the hints.
    ///
    /// # Errors
    /// The head is not as [`Head::parse`] expects it. A test makes sure that it is.
    pub fn head(&self) -> Result<Head, String> {
        Ok(Head {
            hints: self.hints.iter().map(|hint| (*hint).to_owned()).collect(),
            ..Head::read(self.stub, false)?
        })
    }

    /// The task, as Markdown.
    pub fn task(&self) -> String {
        task_of(self.stub)
    }

    /// The type of the function: `fn(&[f32], &[f32]) -> f32`.
    pub fn signature(&self) -> String {
        let types: Vec<&str> = self.arguments.iter().map(|(_, of_type)| *of_type).collect();
        format!("fn({}) -> {}", types.join(", "), self.returns)
    }
}

/// Argument number `i`.
pub(super) fn get<T: Crosses>(arguments: &[Value], i: usize) -> Option<T> {
    T::from_value(arguments.get(i)?)
}

/// The answer equals the truth exactly.
pub(super) fn exactly(got: &Value, expected: &Value, _: &[Value]) -> Result<(), String> {
    within(got, expected, 0.0)
}

/// The answer equals the truth up to the rounding of a sum of some dozen `f32`, whatever the order of adding:
/// 1e-4 of the value, or 1e-5 near 0.
pub(super) fn nearly(got: &Value, expected: &Value, _: &[Value]) -> Result<(), String> {
    within(got, expected, 1e-4)
}

/// Shapes, whole numbers, texts and truth values are equal. Real numbers differ by at most `share` of the
/// expected one, or by a tenth of `share` near 0.
pub(super) fn within(got: &Value, expected: &Value, share: f64) -> Result<(), String> {
    compare(got, expected, share, &mut String::new())
}

fn compare(got: &Value, expected: &Value, share: f64, place: &mut String) -> Result<(), String> {
    let at = |place: &str| {
        if place.is_empty() {
            String::new()
        } else {
            format!(" at {place}")
        }
    };
    match (got, expected) {
        (Value::Real(x), Value::Real(y)) => {
            if !x.is_finite() && y.is_finite() {
                return Err(format!("not finite{}", at(place)));
            }
            // A share of infinity is infinite, and every number would be within it.
            let is_near = y.is_finite() && (x - y).abs() <= share * y.abs().max(0.1);
            let same = (x.is_nan() && y.is_nan()) || x == y || is_near;
            same.then_some(())
                .ok_or_else(|| format!("off by {}{}", Value::Real(x - y), at(place)))
        }
        (Value::List(xs), Value::List(ys)) => {
            if xs.len() != ys.len() {
                return Err(format!(
                    "shape{}: expected {}, got {}",
                    at(place),
                    ys.len(),
                    xs.len()
                ));
            }
            for (i, (x, y)) in xs.iter().zip(ys).enumerate() {
                let length = place.len();
                place.push_str(&format!("[{i}]"));
                compare(x, y, share, place)?;
                place.truncate(length);
            }
            Ok(())
        }
        (Value::Something(x), Value::Something(y)) => compare(x, y, share, place),
        (x, y) if x == y => Ok(()),
        _ => Err(format!("another value{}", at(place))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_near_infinity() {
        let near = |got: f64, expected: f64| nearly(&Value::Real(got), &Value::Real(expected), &[]).is_ok();
        assert!(near(f64::INFINITY, f64::INFINITY) && near(1.0, 1.00005));
        assert!(!near(1.0, f64::INFINITY) && !near(f64::INFINITY, 1.0));
        assert!(!near(f64::NEG_INFINITY, f64::INFINITY) && !near(1.0, f64::NAN));
    }
}
