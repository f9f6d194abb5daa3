//! The quizzes that are handed out, made from those with a key.
//!
//! From `solutions/NN_topic/quiz.toml` come `exercises/NN_topic/quiz.toml`, the library's copy of it, and a second copy
//! with HTML in place of Markdown, since the library has no converter; and the library's list of quizzes.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use course::check::Quiz;

use crate::exercise::files::read;
use crate::nb::page;
use crate::place::Place;
use crate::tools;

/// The lectures that have a quiz, and its file with the key.
pub(crate) fn sources(place: &Place) -> Result<Vec<(String, PathBuf)>> {
    let top = place.root().join("solutions");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&top).with_context(|| format!("cannot read {}", top.display()))? {
        let folder = entry?.path();
        let file = folder.join("quiz.toml");
        if let (Some(name), true) = (folder.file_name(), file.is_file()) {
            found.push((name.to_string_lossy().into_owned(), file));
        }
    }
    found.sort();
    Ok(found)
}

/// The files that a quiz with its key makes: each with its text.
fn made(place: &Place, lecture: &str, source: &str, file: &str) -> Result<Vec<(PathBuf, String)>> {
    let plain = Quiz::seal(lecture, file, source, &|text| text.to_owned())?;
    // The converter's faults are gathered, since the library's reader knows nothing of HTML.
    let faults = std::cell::RefCell::new(Vec::new());
    let html = |text: &str| {
        page::fragment(text).unwrap_or_else(|error| {
            faults.borrow_mut().push(format!("{file}: {error}"));
            String::new()
        })
    };
    let page = Quiz::seal(lecture, file, source, &html)?;
    if let Some(fault) = faults.into_inner().into_iter().next() {
        anyhow::bail!(fault);
    }
    let head = format!(
        "# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz {lecture}\n"
    );
    let text = head.clone() + &plain.to_toml();
    let handed_out = place.root().join("src/check/handed_out").join(lecture);
    Ok(vec![
        (
            place.root().join("exercises").join(lecture).join("quiz.toml"),
            text.clone(),
        ),
        (handed_out.join("quiz.toml"), text),
        (handed_out.join("quiz_page.toml"), head + &page.to_toml()),
    ])
}

/// The library's list: a line each, so that two branches with a quiz each merge.
fn list(lectures: &[(String, PathBuf)]) -> String {
    let mut out = String::from(
        "// Made by `cargo course exercises`: each lecture's quiz, as Markdown and as HTML.\n\n#[rustfmt::skip]\n\
         pub(super) static ALL: &[(&str, &str, &str)] = &[\n",
    );
    for (lecture, _) in lectures {
        let [text, page] =
            ["quiz", "quiz_page"].map(|name| format!("include_str!(\"{lecture}/{name}.toml\")"));
        let _ = writeln!(out, "    ({lecture:?}, {text}, {page}),");
    }
    out + "];\n"
}

/// The files that are not what the quizzes with their keys make; written anew if `write` is set.
pub(crate) fn stale(place: &Place, write: bool) -> Result<Vec<PathBuf>> {
    let sources = sources(place)?;
    let mut all = Vec::new();
    for (lecture, file) in &sources {
        let short = format!("solutions/{lecture}/quiz.toml");
        all.extend(made(place, lecture, &read(file)?, &short)?);
    }
    all.push((
        place.root().join("src/check/handed_out/quizzes.rs"),
        list(&sources),
    ));
    let mut stale = Vec::new();
    for (file, text) in all {
        if std::fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if write {
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            tools::write(&file, &text)?;
        }
        stale.push(file);
    }
    Ok(stale)
}
