//! Which exercises are meant by names, ids and lectures.

use anyhow::{Result, bail};
use course::check::{Exercise, exercises};

use crate::tools::words::unknown;

/// The exercise with this name or id.
pub(super) fn find(id: &str) -> Result<&'static Exercise> {
    let found: Vec<&&Exercise> = exercises()
        .iter()
        .filter(|e| e.id == id || e.name() == id)
        .collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let is_id = id.contains('/');
            let known = exercises().iter().map(|e| if is_id { e.id } else { e.name() });
            Err(unknown("the name of an exercise", id, known, "cargo course list"))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|e| e.id).collect();
            bail!(
                "expected one of {}, got {id:?}, which is the name of each",
                ids.join(", ")
            )
        }
    }
}

/// The exercises with these names, ids and lectures, or all if none are given; and whether one was named on
/// its own, because such an exercise is expected to be written.
#[cfg(unix)]
pub(crate) fn choose(ids: &[String]) -> Result<(Vec<&'static Exercise>, bool)> {
    if ids.is_empty() {
        return Ok((exercises().to_vec(), false));
    }
    let (mut chosen, mut named) = (Vec::new(), false);
    for id in ids {
        let lecture = exercises().iter().filter(|exercise| exercise.lecture() == id);
        let before = chosen.len();
        chosen.extend(lecture);
        if chosen.len() == before {
            chosen.push(find(id)?);
            named = true;
        }
    }
    Ok((chosen, named))
}
