//! What the command line was made of, to know whether it is still the same: one line for each file, with its
//! length and the time of its last change. Cargo says which files (`course.d` beside the program).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Settings of the build, which cargo's list leaves out.
const SETTINGS: [&str; 3] = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml"];

/// Whether all files and `head` are as they were when `state` was written. `head` is all else that the build
/// depends on.
pub(crate) fn is_same(state: &Path, head: &str) -> bool {
    let Ok(state) = fs::read_to_string(state) else {
        return false;
    };
    let mut lines = state.lines();
    lines.next() == Some(head)
        && lines.all(|line| {
            let path = line.splitn(3, '\t').last().unwrap_or_default();
            described(Path::new(path), None).is_ok_and(|now| now == line)
        })
}

/// Writes down the files named by cargo's `list`. If one has changed since the build `began`, nothing is
/// written, and the next start builds again.
pub(crate) fn write(state: &Path, head: &str, root: &Path, list: &Path, began: SystemTime) -> io::Result<()> {
    let _ = fs::remove_file(state);
    let mut text = format!("{head}\n");
    let settings = SETTINGS.iter().map(|name| root.join(name));
    for path in settings.chain(files(&fs::read_to_string(list)?)) {
        match described(&path, Some(began)) {
            Ok(line) => text += &(line + "\n"),
            Err(_) => return Ok(()),
        }
    }
    let beside = state.with_extension(std::process::id().to_string());
    fs::write(&beside, text)?;
    fs::rename(beside, state)
}

/// A file's line; an error if it is gone, or has changed since `began`.
fn described(path: &Path, began: Option<SystemTime>) -> io::Result<String> {
    let meta = fs::metadata(path)?;
    let changed = meta.modified()?;
    if began.is_some_and(|began| changed >= began) {
        return Err(io::Error::other("changed during the build"));
    }
    let changed = changed.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    Ok(format!("{}\t{changed}\t{}", meta.len(), path.display()))
}

/// The files of a list in make's form: `program: file file …`, where a space in a name follows a backslash.
fn files(list: &str) -> Vec<PathBuf> {
    let line = list.lines().next().unwrap_or_default();
    let Some((_, rest)) = line.split_once(": ") else {
        return Vec::new();
    };
    let mut files = vec![String::new()];
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, files.last_mut()) {
            ('\\', Some(file)) if letters.peek() == Some(&' ') => {
                file.push(' ');
                letters.next();
            }
            (' ', _) => files.push(String::new()),
            (letter, Some(file)) => file.push(letter),
            (_, None) => {}
        }
    }
    files.retain(|file| !file.is_empty());
    files.into_iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_stay_whole() {
        let list = "/a b/course: /a\\ b/one.rs /a\\ b/two.rs\n\n/other: /three\n";
        assert_eq!(files(list), [Path::new("/a b/one.rs"), Path::new("/a b/two.rs")]);
        assert!(files("").is_empty());
    }

    #[test]
    fn a_change_of_any_file_is_seen() {
        let root = std::env::temp_dir().join(format!("course-start-{}", std::process::id()));
        fs::create_dir_all(root.join(".cargo")).unwrap();
        for name in SETTINGS.iter().chain(&["a.rs"]) {
            fs::write(root.join(name), "one").unwrap();
        }
        let (state, list) = (root.join("state"), root.join("course.d"));
        fs::write(&list, format!("course: {}\n", root.join("a.rs").display())).unwrap();
        let later = SystemTime::now() + std::time::Duration::from_secs(9);

        assert!(!is_same(&state, "head"));
        write(&state, "head", &root, &list, later).unwrap();
        assert!(is_same(&state, "head") && !is_same(&state, "another head"));
        for name in ["a.rs", "Cargo.toml"] {
            write(&state, "head", &root, &list, later).unwrap();
            fs::write(root.join(name), "another").unwrap();
            assert!(!is_same(&state, "head"), "{name}");
        }
        write(&state, "head", &root, &list, later).unwrap();
        fs::remove_file(root.join("a.rs")).unwrap();
        assert!(!is_same(&state, "head"));

        fs::write(root.join("a.rs"), "during the build").unwrap();
        write(&state, "head", &root, &list, UNIX_EPOCH).unwrap();
        assert!(
            !is_same(&state, "head"),
            "a file has changed while it was compiled"
        );
        fs::remove_dir_all(root).unwrap();
    }
}
