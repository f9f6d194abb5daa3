//! The merge: if only one side has changed, the result is that side; nothing that was written is lost; the
//! sides can be swapped; and the result is a notebook.

use std::collections::{BTreeMap, HashSet};

use super::damage::damaged;
use super::{change, generator, numbers, pick, real, whole};
use crate::git::merge::{Merged, merge};
use crate::git::tree::Json;
use rand::Rng;

/// The pieces of sources between line ends, as they are written, so that lone surrogates do not matter.
fn lines(notebook: &Json) -> HashSet<String> {
    let mut lines = HashSet::new();
    for cell in notebook.get("cells").map(Json::items).unwrap_or_default() {
        let parts = match cell.get("source") {
            Some(Json::Array(parts)) => parts.clone(),
            Some(text) => vec![text.clone()],
            None => Vec::new(),
        };
        // Only the first and the last piece of a part can continue in its neighbour; put together, all pieces
        // are whole.
        let whole: String = parts.iter().map(inside).collect();
        lines.extend(whole.split("\\n").map(str::to_owned));
    }
    // Marks end lines, so an empty line at the end of a source says nothing.
    lines.remove("");
    lines
}

/// A string as it is written, without its quotes.
fn inside(text: &Json) -> String {
    let written = text.in_one_line();
    written[1..written.len() - 1].to_owned()
}

/// Cells in no order, their members in no order, without ids.
fn cells(merged: &Merged) -> BTreeMap<String, usize> {
    let notebook = Json::read(&merged.text).unwrap();
    let mut cells = BTreeMap::new();
    for cell in notebook.get("cells").unwrap().items() {
        let mut cell = cell.clone();
        cell.remove("id");
        let source = cell.get("source").and_then(Json::joined);
        if let Some(source) = source {
            cell.set("source", Json::from_text(&source));
        }
        *cells.entry(sorted(&cell).in_one_line()).or_default() += 1;
    }
    cells
}

fn sorted(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(key, value)| (key.clone(), sorted(value)))
                .collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(members)
        }
        Json::Array(items) => {
            // Tags are a set; no other array is put together from both sides.
            let mut items: Vec<Json> = items.iter().map(sorted).collect();
            items.sort_by_key(Json::in_one_line);
            Json::Array(items)
        }
        other => other.clone(),
    }
}

/// Everything that must hold for three notebooks.
pub(super) fn check(base: &Json, ours: &Json, theirs: &Json) -> bool {
    let [b, o, t] = [base, ours, theirs].map(Json::to_file);
    let merged = merge(&b, &o, &t, 7);
    let result = Json::read(&merged.text).unwrap();
    let show = || {
        let [b, o, t] = [base, ours, theirs].map(|n| n.get("cells").unwrap().in_one_line());
        let result = result.get("cells").unwrap().in_one_line();
        format!(
            "base   {b}\n\nours   {o}\n\ntheirs {t}\n\nmerged {result}\n\n{:?}",
            merged.conflicts
        )
    };
    if let Err(why) = whole::check(&result) {
        panic!("{why}\n{}", show());
    }
    assert!(whole::has_sets_of_tags(&result), "{}", show());
    assert_eq!(merged.as_text, None);

    // One side alone.
    for (b, o, t, one) in [(&b, &b, &t, &t), (&b, &o, &b, &o), (&b, &o, &o, &o)] {
        let merged = merge(b, o, t, 7);
        assert!(merged.conflicts.is_empty() && merged.text == *one);
    }

    // What a side has written is in the result.
    let (of_base, of_result) = (lines(base), lines(&result));
    for side in [ours, theirs] {
        for line in lines(side).difference(&of_base) {
            assert!(of_result.contains(line), "{line:?} is lost\n{}", show());
        }
    }

    // Who is "ours" decides the order, but not what is a conflict.
    let other = merge(&b, &t, &o, 7);
    assert_eq!(
        merged.conflicts.is_empty(),
        other.conflicts.is_empty(),
        "{:?}\n{}",
        other.conflicts,
        show()
    );
    if merged.conflicts.is_empty() {
        assert_eq!(cells(&merged), cells(&other), "{}", show());
    }
    merged.conflicts.is_empty()
}

#[test]
fn three_changed_notebooks() {
    let real = real();
    let numbers = numbers(2_000);
    let mut clean = 0;
    for number in numbers.clone() {
        let rng = &mut generator(number);
        let base = change::any(&real, rng);
        let (ours, theirs) = (change::changed(&base, rng), change::changed(&base, rng));
        let tried = std::panic::catch_unwind(|| check(&base, &ours, &theirs));
        assert!(tried.is_ok(), "merge {number}");
        clean += u64::from(tried.unwrap_or_default());
    }
    let all = numbers.end - numbers.start;
    eprintln!("{numbers:?}: merges of changed notebooks, {clean} without a conflict");
    assert!(clean > all / 10 && clean < all * 9 / 10, "{clean}");
}

#[test]
fn three_broken_files() {
    let real = real();
    let numbers = numbers(2_000);
    let mut by_cells = 0;
    for number in numbers.clone() {
        let rng = &mut generator(number);
        let base = change::any(&real, rng);
        let mut files = [
            base.to_file(),
            change::changed(&base, rng).to_file(),
            change::changed(&base, rng).to_file(),
        ];
        for file in &mut files {
            if rng.random() {
                *file = damaged(file, rng);
            }
        }
        let markers = pick(rng, &[1, 7, 13]);
        let [base, ours, theirs] = &files;
        let tried = std::panic::catch_unwind(|| merge(base, ours, theirs, markers));
        let Ok(merged) = tried else {
            panic!("files {number}")
        };
        // A file that is no notebook is merged as text; a notebook stays one, whatever else is wrong with it.
        if merged.as_text.is_none() {
            by_cells += 1;
            let is_empty = merged.text.is_empty();
            assert!(is_empty || Json::read(&merged.text).is_ok(), "files {number}");
        }
    }
    eprintln!("{numbers:?}: merges of broken files, {by_cells} by cells");
}
