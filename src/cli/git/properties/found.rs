//! The corpus in `tests/fixtures/git`: what runs of these properties have found, and similar cases that the
//! same mistakes would break.

use std::fs;
use std::path::PathBuf;

use super::{merge, strip, text};
use crate::git::tree::Json;

/// The files of a folder, each with its content.
fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join("tests/fixtures/git").join(folder)).unwrap();
    let files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    assert!(!files.is_empty());
    files
}

#[test]
fn files_that_the_filter_has_stumbled_over() {
    for (_, file) in files("strip") {
        strip::check_file(&file);
    }
}

#[test]
fn notebooks_and_texts_that_came_back_changed() {
    for (path, file) in files("text") {
        eprintln!("{}", path.display());
        if path.extension().is_some_and(|extension| extension == "ipynb") {
            text::check_notebook(&Json::read(&file).unwrap());
        } else {
            text::check_text(&String::from_utf8(file).unwrap());
        }
    }
}

#[test]
fn merges_that_lost_something_or_broke_the_notebook() {
    for (path, file) in files("merge") {
        eprintln!("{}", path.display());
        let all = Json::read(&file).unwrap();
        let [base, ours, theirs] = ["base", "ours", "theirs"].map(|name| all.get(name).unwrap());
        merge::check(base, ours, theirs);
    }
}
