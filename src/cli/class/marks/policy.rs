//! What lateness costs, from a TOML file.
//!
//! A submission is late if it comes after the deadline and the grace minutes. It then loses `percent_per_day`
//! of its points for each day begun since the deadline, but not more than `at_most`. After
//! `closed_after_days` it earns nothing. For a student with an extension only the deadline differs.

use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

use crate::tools::files;

/// The policy. The default has no deadline.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    /// The deadline.
    deadline: Option<Time>,
    /// The grace minutes after it, which do not count.
    #[serde(default)]
    grace_minutes: u32,
    /// What each day begun costs, in percent of the points.
    #[serde(default)]
    percent_per_day: f64,
    /// The most that lateness costs, in percent.
    at_most: Option<f64>,
    /// After this number of days nothing counts.
    closed_after_days: Option<u32>,
    /// The lectures whose quizzes count.
    #[serde(default)]
    quizzes: Vec<String>,
    /// Deadlines for single students.
    #[serde(default, rename = "extension")]
    extensions: Vec<Extension>,
}

/// Another deadline for a student.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extension {
    student: String,
    deadline: Time,
    reason: String,
}

/// A time with its zone: a TOML time, or a text in the same form.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "toml::Value")]
struct Time(DateTime<FixedOffset>);

impl TryFrom<toml::Value> for Time {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let text = match value {
            toml::Value::Datetime(time) => time.to_string(),
            toml::Value::String(text) => text,
            other => format!("a value of the type {}", other.type_str()),
        };
        super::times::parse(&text).map(Self)
    }
}

/// How late a submission is.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub(super) struct Late {
    /// Days begun since the deadline; 0 if it is in time.
    pub(super) days: u32,
    /// What that costs, in percent.
    pub(super) percent: f64,
}

/// Reads a policy.
///
/// # Errors
/// An unknown key, a time without a zone, an invalid percentage, two extensions for one student, or one
/// without a reason.
pub(super) fn read(file: &Path) -> Result<Policy> {
    let text = files::read(file)?;
    parse(&text).with_context(|| file.display().to_string())
}

fn parse(text: &str) -> Result<Policy> {
    let policy: Policy = toml::from_str(text)?;
    for (name, value) in [
        ("percent_per_day", policy.percent_per_day),
        ("at_most", policy.at_most.unwrap_or(0.0)),
    ] {
        if !(0.0..=100.0).contains(&value) {
            bail!("{name}: expected a percentage from 0 to 100, got {value}");
        }
    }
    if policy.deadline.is_none() && policy.percent_per_day > 0.0 {
        bail!("expected a `deadline` beside `percent_per_day`, got none");
    }
    for (i, extension) in policy.extensions.iter().enumerate() {
        if extension.reason.trim().is_empty() {
            bail!(
                "expected a reason for the extension of {:?}, got none",
                extension.student
            );
        }
        if policy.extensions[..i]
            .iter()
            .any(|other| other.student == extension.student)
        {
            bail!("expected one extension for {:?}, got two", extension.student);
        }
    }
    Ok(policy)
}

impl Policy {
    /// Whether the time of a student's submission matters.
    pub(super) fn asks_for_times(&self, student: &str) -> bool {
        self.deadline_of(student).is_some()
    }

    fn deadline_of(&self, student: &str) -> Option<DateTime<FixedOffset>> {
        let extension = self
            .extensions
            .iter()
            .find(|extension| extension.student == student);
        let own = extension.map(|extension| extension.deadline.0);
        own.or(self.deadline.as_ref().map(|deadline| deadline.0))
    }

    /// The lectures whose quizzes count.
    pub(super) fn quizzes(&self) -> &[String] {
        &self.quizzes
    }

    /// The students with an extension.
    pub(super) fn extended(&self) -> impl Iterator<Item = &str> {
        self.extensions.iter().map(|extension| extension.student.as_str())
    }

    /// How late a submission at this time is.
    pub(super) fn late(&self, student: &str, submitted: DateTime<FixedOffset>) -> Late {
        const DAY: i64 = 24 * 60 * 60;
        let seconds = self
            .deadline_of(student)
            .map_or(0, |deadline| (submitted - deadline).num_seconds());
        if seconds <= i64::from(self.grace_minutes) * 60 {
            return Late {
                days: 0,
                percent: 0.0,
            };
        }
        let days = u32::try_from((seconds + DAY - 1) / DAY).unwrap_or(u32::MAX);
        let closed = self.closed_after_days.is_some_and(|last| days > last);
        let percent = match closed {
            true => 100.0,
            false => (f64::from(days) * self.percent_per_day).min(self.at_most.unwrap_or(100.0)),
        };
        Late { days, percent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "deadline = 2026-11-02T23:59:00+01:00\ngrace_minutes = 15\npercent_per_day = 10\nat_most = 30\n\
        closed_after_days = 7\n[[extension]]\nstudent = 'ana'\ndeadline = '2026-11-04T23:59:00+01:00'\nreason = 'illness'\n";

    #[test]
    fn days_begun_cost_until_the_most_and_then_everything() {
        let policy = parse(POLICY).unwrap();
        for (student, at, days, percent) in [
            ("ben", "2026-11-02T23:59:00+01:00", 0, 0.0),
            ("ben", "2026-11-02T22:59:00Z", 0, 0.0), // the same moment
            ("ben", "2026-11-03T00:14:00+01:00", 0, 0.0),
            ("ben", "2026-11-03T00:14:01+01:00", 1, 10.0),
            ("ben", "2026-11-03T23:59:00+01:00", 1, 10.0),
            ("ben", "2026-11-03T23:59:01+01:00", 2, 20.0),
            ("ben", "2026-11-07T12:00:00+01:00", 5, 30.0),
            ("ben", "2026-11-09T23:59:01+01:00", 8, 100.0),
            ("ana", "2026-11-04T23:59:00+01:00", 0, 0.0),
            ("ana", "2026-11-05T12:00:00+01:00", 1, 10.0),
        ] {
            let late = policy.late(student, DateTime::parse_from_rfc3339(at).unwrap());
            assert_eq!(late, Late { days, percent }, "{student} at {at}");
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        let error = |text: &str| format!("{:#}", parse(text).unwrap_err());
        let zone = error("deadline = 2026-11-02T23:59:00");
        assert!(zone.contains("expected a time with its zone"), "{zone}");
        assert!(error("deadlin = 1").contains("unknown field `deadlin`"));
        assert_eq!(
            error("deadline = 2026-11-02T23:59:00Z\npercent_per_day = 110"),
            "percent_per_day: expected a percentage from 0 to 100, got 110"
        );
        assert_eq!(
            error("percent_per_day = 5"),
            "expected a `deadline` beside `percent_per_day`, got none"
        );
        assert_eq!(
            error(&format!("{POLICY}{}", &POLICY[POLICY.find("[[").unwrap()..])),
            "expected one extension for \"ana\", got two"
        );
    }
}
