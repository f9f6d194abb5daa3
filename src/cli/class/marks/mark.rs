//! What a mark consists of, as `marks.json` has it.

use serde::Serialize;

use super::policy::Late;

/// The marks of a class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Class {
    /// What all exercises together can earn.
    pub(super) of: u32,
    pub(super) exercises: Vec<Task>,
    /// Sorted by name.
    pub(super) students: Vec<Mark>,
    /// What the instructor should know, such as decisions about somebody who is not in the class.
    pub(super) problems: Vec<String>,
}

/// An exercise or a quiz of the class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Task {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) concept: String,
    pub(super) of: u32,
}

/// A student's mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Mark {
    pub(super) student: String,
    /// The name of the files in `feedback/`, without an ending.
    pub(super) feedback: String,
    pub(super) status: Status,
    /// The mark; nothing while it is open.
    pub(super) total: Option<f64>,
    /// What a perfect submission earns.
    pub(super) of: u32,
    /// The points of the exercises, before lateness.
    pub(super) earned: f64,
    /// How late it was, if that matters and is known.
    pub(super) late: Option<Late>,
    /// The time that counts as the time of submission.
    pub(super) submitted: Option<String>,
    /// Why the mark is open, or why nothing could be graded.
    pub(super) open: Option<String>,
    /// What was decided by hand.
    pub(super) by_hand: Vec<ByHand>,
    pub(super) exercises: Vec<Score>,
}

/// How a mark came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// From the exercises.
    Graded,
    /// The whole mark was decided by hand.
    ByHand,
    /// Not known yet.
    Open,
    /// The submission cannot be graded.
    Ungradable,
    /// There is no submission.
    NoSubmission,
}

impl Status {
    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Graded => "graded",
            Self::ByHand => "set by hand",
            Self::Open => "open",
            Self::Ungradable => "ungradable",
            Self::NoSubmission => "no submission",
        }
    }
}

/// What a student earned for one exercise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Score {
    pub(super) id: String,
    /// `None` if the submission could not be graded.
    pub(super) points: Option<f64>,
    pub(super) of: u32,
    pub(super) outcome: String,
    /// The name of a recognised mistake.
    pub(super) mistake: Option<String>,
}

/// A decision and what it replaced.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct ByHand {
    /// The exercise; `None` if it is about the whole mark or the time.
    pub(super) exercise: Option<String>,
    /// The new points or the new time.
    pub(super) now: String,
    /// What they would be otherwise.
    pub(super) instead_of: String,
    pub(super) reason: String,
}

/// Points as text, with two decimals at most.
pub(super) fn points(x: f64) -> String {
    let text = format!("{:.2}", (x * 100.0).round() / 100.0 + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn points_have_two_decimals_at_most() {
        for (x, text) in [
            (17.0, "17"),
            (17.5, "17.5"),
            (17.254, "17.25"),
            (0.0, "0"),
            (-0.0, "0"),
            (10.0, "10"),
            (0.1 + 0.2, "0.3"),
        ] {
            assert_eq!(points(x), text);
        }
    }
}
