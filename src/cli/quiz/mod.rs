//! Quizzes at the command line: asked in a terminal, marked from a file, made from those with a key.

mod ask;
pub(crate) mod make;

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use course::check::{Answers, Quiz, quizzes};

use crate::nb::page;
use crate::tools;
use crate::tools::layout::Layout;
use crate::tools::print::{print, print_json};
use crate::tools::progress::say;
use crate::tools::words::{counted, pad, unknown, width};

/// Answer a lecture's quiz: each answer is explained, right or wrong.
///
/// Your answers are kept in exercises/NN_topic/answers.toml, if you like. Without a lecture, the quizzes are
/// listed.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course quiz                                   which there are\n  cargo course quiz 01_vectors                        asks its questions\n  cargo course quiz 01_vectors --answers answers.toml  marks answers that are there already\n  cargo course quiz 01_vectors --answers answers.toml --json\n  cargo course quiz 01_vectors --html > quiz.html     a page"
)]
pub(crate) struct QuizArgs {
    /// The lecture: 01_vectors, or as much of it as is clear.
    #[arg(value_name = "NN_topic")]
    lecture: Option<String>,
    /// Mark the answers in this file instead of asking.
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Keep the answers in this file, without being asked.
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    save: Option<PathBuf>,
    /// In which order the choices are shown.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print a page with the quiz, which needs nothing else.
    #[arg(long, conflicts_with_all = ["answers", "save", "json"])]
    html: bool,
    /// As JSON: what the answers earn, or without answers the questions.
    #[arg(long)]
    json: bool,
}

impl QuizArgs {
    pub(crate) fn run(self) -> Result<()> {
        let layout = Layout::find()?;
        let Some(lecture) = &self.lecture else {
            return list(self.json);
        };
        let quiz = find(&layout, lecture)?;
        if let Some(file) = &self.answers {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
            let answers = quiz.answers(&text).with_context(|| name)?;
            let marked = quiz.mark(&answers);
            if self.json {
                return print_json(&marked);
            }
            print(&marked.to_string());
            return Ok(());
        }
        if self.html {
            // Only the built-in quiz has its Markdown as HTML.
            let quiz = course::check::quiz(&quiz.name)?.shuffled(self.seed);
            print(&page::of_part(&quiz.title, &quiz.to_html()));
            return Ok(());
        }
        let quiz = quiz.shuffled(self.seed);
        if self.json {
            return print_json(&quiz);
        }
        if !io::stdin().is_terminal() {
            bail!("expected a terminal to ask in, or --answers FILE to mark");
        }
        let own = layout
            .root()
            .join("exercises")
            .join(&quiz.name)
            .join("answers.toml");
        let before = std::fs::read_to_string(self.save.as_ref().unwrap_or(&own)).ok();
        let before = before.and_then(|text| quiz.answers(&text).ok());
        let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
        let mut asking = ask::Asking::new(&mut input, &mut output);
        let answers = asking.all(&quiz, before.unwrap_or_else(|| Answers::none(&quiz.name)))?;
        if answers.answers.is_empty() {
            return Ok(());
        }
        let short = own
            .strip_prefix(layout.root())
            .unwrap_or(&own)
            .display()
            .to_string();
        let file = match self.save {
            Some(file) => file,
            None if asking.yes(&format!("Keep the answers in {short}?"))? => own,
            None => return Ok(()),
        };
        tools::write(&std::path::absolute(&file)?, &answers.to_string())?;
        say(&format!("{} written", file.display()));
        Ok(())
    }
}

/// The quiz of the lecture whose name is `name` or begins with it: the student's file, or the built-in quiz
/// if there is no file.
fn find(layout: &Layout, name: &str) -> Result<Quiz> {
    let matching: Vec<&str> = match quizzes().find(|lecture| *lecture == name) {
        Some(exact) => vec![exact],
        None => quizzes().filter(|lecture| lecture.starts_with(name)).collect(),
    };
    let &[lecture] = matching.as_slice() else {
        if !matching.is_empty() {
            bail!(
                "expected one lecture, got {name:?}, which can be {}",
                matching.join(" or ")
            );
        }
        return Err(unknown(
            "a lecture with a quiz",
            name,
            quizzes(),
            "cargo course quiz",
        ));
    };
    let file = layout.root().join("exercises").join(lecture).join("quiz.toml");
    Ok(match std::fs::read_to_string(&file) {
        Ok(text) => Quiz::parse(lecture, &text)?,
        Err(_) => course::check::quiz(lecture)?,
    })
}

fn list(json: bool) -> Result<()> {
    let all: Vec<Quiz> = quizzes().map(course::check::quiz).collect::<Result<_, _>>()?;
    if json {
        let rows: Vec<serde_json::Value> = (all.iter())
            .map(|quiz| {
                serde_json::json!({
                    "quiz": quiz.name, "title": quiz.title, "questions": quiz.questions.len(), "points": quiz.points(),
                })
            })
            .collect();
        return print_json(&rows);
    }
    let wide = |of: fn(&Quiz) -> &str| all.iter().map(|quiz| width(of(quiz))).max().unwrap_or(0);
    let (names, titles) = (wide(|quiz| &quiz.name), wide(|quiz| &quiz.title));
    for quiz in &all {
        print(&format!(
            "{}  {}  {:>2} questions {:>9}\n",
            pad(&quiz.name, names),
            pad(&quiz.title, titles),
            quiz.questions.len(),
            counted(quiz.points(), "point")
        ));
    }
    Ok(())
}
