//! What the judge says: one report. Its text is the same for terminal, notebook and grading, and the notebook
//! also has a card.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use super::exercise::Exercise;
use super::help;
use super::value::Value;
use crate::plot::{Drawing, heat_map};
use crate::show::escape;

/// The outcome. Its [`words`](Verdict::words) are the same in a notebook, at the command line and in grading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every case is right.
    Passed,
    /// At least one is not.
    Wrong,
    /// Still `todo!()`.
    NotAttempted,
    /// The function panicked, with this message.
    Panicked(String),
    /// No answer came in this many seconds.
    TimedOut(u64),
    /// The function ended its process.
    ExitedEarly,
    /// The function called itself too deeply.
    StackOverflow,
    /// The function wanted more memory than it is allowed.
    MemoryLimit,
    /// The process that ran the function ended in another way, with the reason.
    Gone(String),
    /// The file does not compile, with what the compiler says.
    CompileError(String),
    /// The compiler did not finish in this many seconds.
    CompileTimedOut(u64),
    /// The function is of another type: what was expected and what came.
    WrongSignature(String),
    /// There is no function with that name: what was expected.
    MissingItem(String),
    /// The file uses something that no exercise may use: what and where.
    Forbidden(String),
    /// There are several answers to one exercise: which.
    Ambiguous(String),
    /// The file cannot be read as an exercise, with the reason.
    Ungradable(String),
}

impl Verdict {
    /// The outcome in a few words, without what belongs to one student alone.
    ///
    /// ```
    /// use course::check::Verdict;
    /// assert_eq!(Verdict::TimedOut(2).words(), "timed out after 2 s");
    /// assert_eq!(Verdict::CompileError("error[E0308]: …".into()).words(), "compile error");
    /// ```
    pub fn words(&self) -> String {
        match self {
            Self::Passed => "right".to_owned(),
            Self::Wrong => "wrong".to_owned(),
            Self::NotAttempted => "not attempted".to_owned(),
            Self::Panicked(_) => "panicked".to_owned(),
            Self::TimedOut(seconds) => format!("timed out after {seconds} s"),
            Self::ExitedEarly => "exited early".to_owned(),
            Self::StackOverflow => "stack overflow".to_owned(),
            Self::MemoryLimit => "memory limit".to_owned(),
            Self::Gone(why) => why.clone(),
            Self::CompileError(_) => "compile error".to_owned(),
            Self::CompileTimedOut(_) => "compile timed out".to_owned(),
            Self::WrongSignature(_) => "wrong signature".to_owned(),
            Self::MissingItem(_) => "missing item".to_owned(),
            Self::Forbidden(_) => "forbidden".to_owned(),
            Self::Ambiguous(_) => "ambiguous".to_owned(),
            Self::Ungradable(_) => "ungradable".to_owned(),
        }
    }

    /// What belongs to this answer alone, in one line or several: the message of a panic or of the compiler.
    pub fn details(&self) -> Option<&str> {
        match self {
            Self::Panicked(text)
            | Self::CompileError(text)
            | Self::WrongSignature(text)
            | Self::MissingItem(text)
            | Self::Forbidden(text)
            | Self::Ambiguous(text)
            | Self::Ungradable(text) => Some(text),
            _ => None,
        }
    }
}

/// Arguments for which the answer is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counterexample {
    /// What the case is about, if it is one of the public ones.
    pub about: String,
    /// The call: `cosine(x = [1.0], y = [2.0])`.
    pub call: String,
    /// What was expected.
    pub expected: String,
    /// What came, if anything did.
    pub got: Option<String>,
    /// Where they differ.
    pub difference: String,
    /// Both as matrices, if they have the same shape: expected, got.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "numbers")]
    matrices: Option<(Matrix, Matrix)>,
}

crate::plot::shown_as_record!(Counterexample);

type Matrix = Vec<Vec<f64>>;

/// Matrices in JSON. It cannot write numbers that are not finite: they become `null`, which is read as NaN.
mod numbers {
    use super::Matrix;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Both = Option<(Matrix, Matrix)>;

    pub(super) fn serialize<S: Serializer>(both: &Both, to: S) -> Result<S::Ok, S::Error> {
        both.serialize(to) // serde_json writes `null` for what is not finite.
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Both, D::Error> {
        type Holes = Vec<Vec<Option<f64>>>;
        let filled = |matrix: Holes| -> Matrix {
            let row = |row: Vec<Option<f64>>| row.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect();
            matrix.into_iter().map(row).collect()
        };
        let both = Option::<(Holes, Holes)>::deserialize(from)?;
        Ok(both.map(|(expected, got)| (filled(expected), filled(got))))
    }
}

/// What the judge says about one function.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// `NN_topic/name`.
    pub id: String,
    /// The outcome.
    pub verdict: Verdict,
    /// What it earns.
    pub points: u32,
    /// What it could earn.
    pub of: u32,
    /// How many cases are right.
    pub passed: usize,
    /// How many there are.
    pub cases: usize,
    /// The smallest case that is wrong.
    pub counterexample: Option<Counterexample>,
    /// What the answers look like, if they look like a known mistake.
    pub mistake: Option<String>,
    /// That mistake's name.
    pub mistake_name: Option<String>,
    /// What all wrong cases have in common, if they look like no known mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common: Option<String>,
}

impl Counterexample {
    pub(super) fn new(
        exercise: &Exercise,
        about: &str,
        arguments: &[Value],
        got: Option<&Value>,
        expected: &Value,
        difference: &str,
    ) -> Self {
        let named: Vec<String> = (exercise.arguments.iter().zip(arguments))
            .map(|((name, _), value)| format!("{name} = {value}"))
            .collect();
        let matrices = got.and_then(|got| {
            let (expected, got) = (matrix(expected)?, matrix(got)?);
            (expected.len() == got.len() && expected[0].len() == got[0].len()).then_some((expected, got))
        });
        Self {
            about: about.to_owned(),
            call: short(format!("{}({})", exercise.name(), named.join(", "))),
            expected: short(expected.to_string()),
            got: got.map(|got| short(got.to_string())),
            difference: difference.to_owned(),
            matrices,
        }
    }
}

/// What a notebook says about a function that does not end: nothing but the end of the kernel ends it.
const STILL_RUNNING: &str =
    "It is still running in the kernel and takes a processor. To end it: Kernel, Restart Kernel.";

/// How many letters of a value are shown. No exercise needs as many, but a wrong answer may fill the memory.
const SHOWN: usize = 2_000;

/// The text, or its beginning and its length.
pub(super) fn short(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        let all = text.chars().count();
        text.truncate(end);
        text += &format!(" … ({all} letters)");
    }
    text
}

/// The largest side of a matrix that is drawn.
const DRAWN: usize = 64;

/// Rows with the same number of real numbers, at least 2 by 2.
fn matrix(value: &Value) -> Option<Matrix> {
    let numbers = |row: &Value| match row {
        Value::List(cells) => cells
            .iter()
            .map(|cell| if let Value::Real(x) = cell { Some(*x) } else { None })
            .collect::<Option<Vec<f64>>>(),
        _ => None,
    };
    let Value::List(rows) = value else { return None };
    let rows: Matrix = rows.iter().map(numbers).collect::<Option<_>>()?;
    let width = rows.first()?.len();
    ((2..=DRAWN).contains(&rows.len())
        && (2..=DRAWN).contains(&width)
        && rows.iter().all(|row| row.len() == width))
    .then_some(rows)
}

impl Report {
    /// A report without a single answer, because the function could not be asked.
    pub fn unasked(exercise: &Exercise, verdict: Verdict) -> Self {
        Self {
            id: exercise.id.to_owned(),
            verdict,
            points: 0,
            of: exercise.head().map_or(0, |head| head.points),
            passed: 0,
            cases: 0,
            counterexample: None,
            mistake: None,
            mistake_name: None,
            common: None,
        }
    }

    /// Whether every case is right.
    pub fn is_passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }

    /// The first line: the outcome.
    fn outcome(&self) -> String {
        let name = &self.id;
        match &self.verdict {
            Verdict::Passed => format!("{name}: right, all {} cases", self.cases),
            Verdict::Wrong => format!("{name}: wrong, {} of {} cases are right", self.passed, self.cases),
            other => format!("{name}: {}", other.words()),
        }
    }

    fn earned(&self) -> String {
        let points = if self.of == 1 { "point" } else { "points" };
        format!("{} of {} {points}", self.points, self.of)
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let (mut html, mut text) = (self.to_html(), self.to_string());
        if matches!(self.verdict, Verdict::TimedOut(_)) {
            html += &format!("<div>{STILL_RUNNING}</div>");
            text += STILL_RUNNING;
        }
        crate::show::display(&html, text.trim_end());
    }

    /// As a card for a web page, in the page's colours.
    pub fn to_html(&self) -> String {
        // Colours that can be told apart without red and green, on a light page and on a dark one.
        let (mark, colour) = match self.verdict {
            Verdict::Passed => ("✓", "#0072b2"),
            Verdict::NotAttempted => ("…", "#808080"),
            _ => ("✗", "#d55e00"),
        };
        let mut html = format!(
            "<div style=\"border-left:5px solid {colour};padding:.3em 0 .3em 1em;max-width:60em\">\
             <div><b>{mark} {}</b> &nbsp; {}</div>",
            escape(&self.outcome()),
            escape(&self.earned())
        );
        if let Some(message) = self.verdict.details() {
            let _ = write!(html, "<pre style=\"margin:.4em 0\">{}</pre>", escape(message));
        }
        if let Some(counter) = &self.counterexample {
            let mut row = |name: &str, text: &str| {
                let _ = write!(
                    html,
                    "<tr><td style=\"text-align:left;padding-right:1em\">{name}</td>\
                     <td style=\"text-align:left\"><code>{}</code></td></tr>",
                    escape(text)
                );
            };
            let open = if counter.about.is_empty() {
                String::new()
            } else {
                format!(" ({})", counter.about)
            };
            row(&format!("call{}", escape(&open)), &counter.call);
            row("expected", &counter.expected);
            if let Some(got) = &counter.got {
                row("got", got);
            }
            if !counter.difference.is_empty() {
                row("difference", &counter.difference);
            }
            let at = html.find("<tr>").unwrap_or(html.len());
            html.insert_str(at, "<table style=\"margin:.4em 0\">");
            html.push_str("</table>");
            if let Some((expected, got)) = &counter.matrices {
                html.push_str(&pictures(expected, got).to_html());
            }
        }
        if let Some(mistake) = self.mistake.as_ref().or(self.common.as_ref()) {
            let _ = write!(html, "<div>{}</div>", escape(mistake));
        }
        if !self.is_passed()
            && let Some(exercise) = super::exercises().iter().find(|exercise| exercise.id == self.id)
        {
            if self.verdict == Verdict::NotAttempted {
                html.push_str(&help::task(exercise));
            }
            html.push_str(&help::hints(exercise));
        }
        html + "</div>"
    }
}

/// Expected, got and their difference, side by side in the same shades.
fn pictures(expected: &Matrix, got: &Matrix) -> Drawing {
    let difference: Matrix = (expected.iter().zip(got))
        .map(|(e, g)| e.iter().zip(g).map(|(e, g)| g - e).collect())
        .collect();
    let all = || {
        expected
            .iter()
            .chain(got)
            .flatten()
            .copied()
            .filter(|x| x.is_finite())
    };
    let (low, high) = (
        all().fold(f64::INFINITY, f64::min),
        all().fold(f64::NEG_INFINITY, f64::max),
    );
    let of = |matrix: &Matrix, title: &str| {
        heat_map(matrix.clone())
            .range(low, high.max(low + 1e-9))
            .title(title)
    };
    crate::plot::side_by_side(
        3,
        [
            of(expected, "expected"),
            of(got, "got"),
            heat_map(difference).diverging().title("got − expected"),
        ],
    )
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.outcome(), self.earned())?;
        if let Some(message) = self.verdict.details() {
            for line in message.lines() {
                writeln!(f, "  {line}")?;
            }
        }
        if let Some(counter) = &self.counterexample {
            if !counter.about.is_empty() {
                writeln!(f, "  {}:", counter.about)?;
            }
            writeln!(f, "  {}", counter.call)?;
            writeln!(f, "    expected {}", counter.expected)?;
            if let Some(got) = &counter.got {
                writeln!(f, "    got      {got}")?;
            }
            if !counter.difference.is_empty() {
                writeln!(f, "    {}", counter.difference)?;
            }
        }
        if let Some(mistake) = self.mistake.as_ref().or(self.common.as_ref()) {
            writeln!(f, "  {mistake}")?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(Report);
