//! `cargo course progress`: how far a student has come, by lecture and by concept.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::Args;
use console::style;
use course::check::{Answers, Exercise, Report, exercises, quiz, quizzes};
use serde::Serialize;

use super::answers::OwnAnswers;
use super::check::{is_untouched, reports};
use crate::tools::layout::Layout;
use crate::tools::print::{print, print_json};

/// How long a bar is, in letters.
const BAR: usize = 24;

/// Show how far you have come, by lecture and by concept: exercises in exercises/ and notebooks/, and quizzes
/// that have an answers.toml.
#[derive(Args)]
#[command(after_help = "Examples:\n  cargo course progress\n  cargo course progress --json")]
pub(crate) struct ProgressArgs {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// The points of several exercises.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Sum {
    points: u32,
    of: u32,
    passed: usize,
    begun: usize,
    exercises: usize,
}

impl Sum {
    fn add(&mut self, report: &Report) {
        self.points += report.points;
        self.of += report.of;
        self.passed += usize::from(report.is_passed());
        self.begun += usize::from(!is_untouched(report));
        self.exercises += 1;
    }
}

#[derive(Serialize)]
struct Progress {
    all: Sum,
    lectures: BTreeMap<String, Sum>,
    concepts: BTreeMap<String, Sum>,
    quizzes: BTreeMap<String, Answered>,
}

/// A quiz's points; nothing if it has not been answered.
#[derive(Serialize)]
struct Answered {
    points: Option<u32>,
    of: u32,
}

impl ProgressArgs {
    pub(crate) fn run(self) -> Result<()> {
        let layout = Layout::find()?;
        let answers = OwnAnswers::read(&layout);
        let reports = reports(exercises(), |exercise| answers.of(exercise))?;
        let progress = Progress::of(&layout, exercises(), &reports)?;
        if self.json {
            return print_json(&progress);
        }
        print(&progress.text());
        Ok(())
    }
}

impl Progress {
    fn of(layout: &Layout, exercises: &[&'static Exercise], reports: &[Report]) -> Result<Self> {
        let mut progress = Self {
            all: Sum::default(),
            lectures: BTreeMap::new(),
            concepts: BTreeMap::new(),
            quizzes: BTreeMap::new(),
        };
        for (exercise, report) in exercises.iter().zip(reports) {
            let concept = exercise.head().map_err(anyhow::Error::msg)?.concept;
            let lecture = exercise.lecture().to_owned();
            progress.all.add(report);
            progress.lectures.entry(lecture).or_default().add(report);
            progress.concepts.entry(concept).or_default().add(report);
        }
        for lecture in quizzes() {
            let quiz = quiz(lecture)?;
            let file = layout.root().join("exercises").join(lecture).join("answers.toml");
            let points = match std::fs::read_to_string(&file) {
                Ok(text) => Some(
                    quiz.mark(&Answers::parse(&file.display().to_string(), &text)?)
                        .points,
                ),
                Err(_) => None,
            };
            let of = quiz.points();
            progress
                .quizzes
                .insert(lecture.to_owned(), Answered { points, of });
        }
        Ok(progress)
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for (title, sums) in [("by lecture", &self.lectures), ("by concept", &self.concepts)] {
            out += &format!("{}\n", style(title).bold());
            for (name, sum) in sums {
                out += &line(name, sum.points, sum.of);
                out += &format!("  {} of {} exercises\n", sum.passed, sum.exercises);
            }
            out.push('\n');
        }
        if !self.quizzes.is_empty() {
            out += &format!("{}\n", style("quizzes").bold());
            for (name, Answered { points, of }) in &self.quizzes {
                out += &line(name, points.unwrap_or(0), *of);
                out += if points.is_none() {
                    "  not answered yet\n"
                } else {
                    "\n"
                };
            }
            out.push('\n');
        }
        let Sum {
            points,
            of,
            passed,
            exercises,
            ..
        } = &self.all;
        out + &format!("{points} of {of} points, {passed} of {exercises} exercises\n")
    }
}

/// A name, a bar and the points.
fn line(name: &str, points: u32, of: u32) -> String {
    let full = if of == 0 {
        0
    } else {
        BAR * points as usize / of as usize
    };
    format!(
        "  {name:<26} {}{} {points:>3} of {of:>3} points",
        style("█".repeat(full)).cyan(),
        style("░".repeat(BAR - full)).dim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_the_points() {
        console::set_colors_enabled(false);
        assert_eq!(
            line("x", 1, 2).trim_start(),
            format!(
                "x{} {}{}   1 of   2 points",
                " ".repeat(25),
                "█".repeat(12),
                "░".repeat(12)
            )
        );
        assert!(line("x", 0, 0).contains(&"░".repeat(BAR)));
        assert!(line("x", 7, 7).contains(&"█".repeat(BAR)));
    }
}
