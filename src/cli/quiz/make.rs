//! The quizzes that are handed out, made from those with a key. Each `solutions/NN_topic/quiz.toml` is sealed
//! twice: as it is, and with HTML in place of Markdown, since the library has no converter.

use std::path::{Path, PathBuf};

use anyhow::Result;
use course::check::Quiz;

use crate::nb::page;
use crate::tools::files::{listed, read};

/// A quiz without its key.
pub(crate) struct Sealed {
    /// `NN_topic`.
    pub(crate) lecture: String,
    /// What students get.
    pub(crate) text: String,
    /// The same for a page.
    pub(crate) page: String,
}

/// The lectures that have a quiz, and its file with the key.
fn sources(root: &Path) -> Result<Vec<(String, PathBuf)>> {
    let top = root.join("solutions");
    let mut found = Vec::new();
    for folder in listed(&top)? {
        let file = folder.join("quiz.toml");
        if let (Some(name), true) = (folder.file_name(), file.is_file()) {
            found.push((name.to_string_lossy().into_owned(), file));
        }
    }
    Ok(found)
}

/// All quizzes of the solutions below `root`, in the order of the lectures.
pub(crate) fn all(root: &Path) -> Result<Vec<Sealed>> {
    let seal = |(lecture, file): (String, PathBuf)| {
        let source = read(&file)?;
        sealed(lecture, &source)
    };
    sources(root)?.into_iter().map(seal).collect()
}

fn sealed(lecture: String, source: &str) -> Result<Sealed> {
    let file = format!("solutions/{lecture}/quiz.toml");
    let plain = Quiz::seal(&lecture, &file, source, &|text| text.to_owned())?;
    // The converter's faults are gathered, since the library's reader knows nothing of HTML.
    let faults = std::cell::RefCell::new(Vec::new());
    let html = |text: &str| {
        page::fragment(text).unwrap_or_else(|error| {
            faults.borrow_mut().push(format!("{file}: {error}"));
            String::new()
        })
    };
    let page = Quiz::seal(&lecture, &file, source, &html)?;
    if let Some(fault) = faults.into_inner().into_iter().next() {
        anyhow::bail!(fault);
    }
    let head = format!(
        "# Made by `cargo course exercises` from the quiz with its key. To answer it: cargo course quiz {lecture}\n"
    );
    Ok(Sealed {
        text: head.clone() + &plain.to_toml(),
        page: head + &page.to_toml(),
        lecture,
    })
}
