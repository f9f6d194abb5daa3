//! When something was handed in. Only a full time with its zone counts. Anything else is reported, and
//! nothing is guessed.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::{DateTime, Datelike, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::class::record::Record;

/// The years in which a submission may fall. Archives and file systems that know no time say 1970, 1979 or
/// 1980.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A time in RFC 3339, or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<DateTime<FixedOffset>, String> {
    let expected = "expected a time with its zone, such as 2026-11-02T23:59:00+01:00";
    let time = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| format!("{expected}, got {text:?}"))?;
    if !YEARS.contains(&time.year()) {
        return Err(format!(
            "expected a time between {} and {}, got {text:?}",
            YEARS.start(),
            YEARS.end()
        ));
    }
    Ok(time)
}

/// Reads `student,submitted`.
///
/// # Errors
/// Wrong columns, or a student who occurs twice. An invalid time is no error here: it leaves a mark open.
pub(super) fn read(file: &Path) -> Result<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        student: String,
        submitted: String,
    }
    let mut times = BTreeMap::new();
    for row in crate::tools::rows::rows::<Row>(file)? {
        let Row { student, submitted } = row?.1;
        if times.insert(student.clone(), submitted).is_some() {
            bail!("{}: expected {student:?} once, got it twice", file.display());
        }
    }
    Ok(times)
}

/// When each content of each student was first handed in, by the times of the files themselves. Entries are
/// only ever added. Times from a file of times are left out, since those may be corrected.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct History(BTreeMap<String, BTreeMap<String, String>>);

impl History {
    /// Reads the history; an empty one if there is no file yet.
    ///
    /// # Errors
    /// There is a file, but it cannot be read. It is not replaced by an empty one.
    pub(super) fn read(file: &Path) -> Result<Self> {
        match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
                format!(
                    "{} is broken; restore it, since it holds when each answer first came",
                    file.display()
                )
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// Adds what was handed in now. A known content keeps the earlier of its times.
    pub(super) fn add(&mut self, records: &[Record]) {
        for record in records {
            let Some(time) = record.submitted.as_deref().and_then(|text| parse(text).ok()) else {
                continue;
            };
            let of_student = self.0.entry(record.student.clone()).or_default();
            let known = of_student.get(&record.content).and_then(|text| parse(text).ok());
            if known.is_none_or(|known| time < known) {
                of_student.insert(record.content.clone(), time.to_rfc3339());
            }
        }
    }

    /// When this content was first handed in.
    pub(super) fn first(&self, record: &Record) -> Option<DateTime<FixedOffset>> {
        parse(self.0.get(&record.student)?.get(&record.content)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_time_is_one() {
        for good in [
            "2026-11-02T10:00:00Z",
            "2026-11-02T10:00:00.5+05:30",
            " 2026-11-02T10:00:00+01:00 ",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "yesterday",
            "2026-11-02",
            "2026-11-02T10:00:00",
            "2026-02-30T10:00:00Z",
            "1980-01-01T00:00:00Z",
            "3026-11-02T10:00:00Z",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
