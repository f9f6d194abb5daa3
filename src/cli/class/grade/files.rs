//! A submission's files: from a folder, an archive or a single notebook, as paths and bytes.
//!
//! Nothing is unpacked to the disk, and no link is followed. Only what can be graded is read: exercise files,
//! notebooks and answers to quizzes. A file that cannot be used has the reason beside it, and the other files
//! still count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::SystemTime;

use flate2::read::GzDecoder;

use super::archives::{self, Kind};

/// The largest file of answers to a quiz, the largest exercise file, and the largest notebook, which has
/// pictures.
const LARGEST_ANSWERS: u64 = 1 << 16;
const LARGEST_RUST: u64 = 1 << 20;
const LARGEST: u64 = 16 << 20;

/// The most bytes of one submission that are kept, and the most that are unpacked on the way.
const KEPT: u64 = 64 << 20;
const UNPACKED: u64 = 512 << 20;

/// The most files and folders of one submission, and how deep they may lie.
const MEMBERS: usize = 20_000;
const DEPTH: usize = 24;

/// The longest path of an archive's member, in bytes: more than any system unpacks.
const LONGEST_PATH: usize = 4096;

/// The most bytes of paths that are kept.
const NAMES: usize = 8 << 20;

/// Folders that contain nobody's answers.
const IGNORED: [&str; 4] = ["target", "node_modules", "__MACOSX", "handed_out"];

/// Files that would change how a program is built. Cargo builds nothing here.
const BUILD: [&str; 6] = [
    "build.rs",
    "Cargo.toml",
    "config.toml",
    "rust-toolchain",
    "rust-toolchain.toml",
    "Cargo.lock",
];

/// What a submission has.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// By path: the content, or why it cannot be used.
    pub(super) found: BTreeMap<String, Result<Vec<u8>, String>>,
    /// What was ignored.
    pub(super) notes: BTreeSet<String>,
    /// When it was handed in.
    pub(super) newest: Option<SystemTime>,
    kept: u64,
    unpacked: u64,
    names: usize,
    members: usize,
}

/// The ending of an archive or notebook. The name without it is the student's.
pub(super) const ENDINGS: [&str; 5] = [".tar.gz", ".tgz", ".tar", ".zip", ".ipynb"];

impl Files {
    /// Reads a submission.
    ///
    /// # Errors
    /// Why it cannot be graded.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let mut files = Self::default();
        let about = fs::symlink_metadata(path).map_err(|error| format!("cannot be read: {error}"))?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if about.is_symlink() {
            return Err("is a symbolic link".to_owned());
        }
        if about.is_dir() {
            files.folder(path, "", 0)?;
            return Ok(files);
        }
        if !about.is_file() {
            return Err("is neither a file nor a folder".to_owned());
        }
        files.newest = about.modified().ok();
        let open = || {
            File::open(path)
                .map(BufReader::new)
                .map_err(|error| error.to_string())
        };
        match ENDINGS.iter().find(|ending| name.ends_with(**ending)) {
            Some(_) if about.len() == 0 => return Err("is empty".to_owned()),
            Some(&".ipynb") => files.take(&name, about.len(), open()?)?,
            Some(&".zip") => {
                archives::zip(path, &mut |path, kind, content| files.member(path, kind, content))?
            }
            Some(&".tar") => archives::tar(open()?.take(UNPACKED), &mut |path, kind, content| {
                files.member(path, kind, content)
            })?,
            Some(_) => archives::tar(
                GzDecoder::new(open()?).take(UNPACKED),
                &mut |path, kind, content| files.member(path, kind, content),
            )?,
            None => return Err("expected a folder, .zip, .tar, .tar.gz or .ipynb".to_owned()),
        }
        Ok(files)
    }

    fn folder(&mut self, folder: &Path, within: &str, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err(format!("{within}: folders are more than {DEPTH} deep"));
        }
        let unreadable = |error: std::io::Error| format!("{within}: cannot be read: {error}");
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            self.count()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if within.is_empty() {
                name
            } else {
                format!("{within}/{name}")
            };
            if is_ignored(&path) {
                continue;
            }
            let about = fs::symlink_metadata(entry.path()).map_err(unreadable)?;
            if about.is_symlink() {
                self.link(&path)?;
            } else if about.is_dir() {
                self.folder(&entry.path(), &path, depth + 1)?;
            } else if about.is_file() && self.is_wanted(&path)? {
                self.newest = self.newest.max(about.modified().ok());
                match File::open(entry.path()) {
                    Ok(file) => self.take(&path, about.len(), file)?,
                    Err(error) => {
                        self.found.insert(path, Err(error.to_string()));
                    }
                }
            }
        }
        Ok(())
    }

    /// A member of an archive.
    fn member(&mut self, path: &str, kind: Kind, content: &mut dyn Read) -> Result<(), String> {
        self.count()?;
        let path = plain(path)?;
        if is_ignored(&path) || matches!(kind, Kind::Folder) {
            return Ok(());
        }
        if matches!(kind, Kind::Link) {
            return self.link(&path);
        }
        if !self.is_wanted(&path)? {
            return Ok(());
        }
        match kind {
            Kind::File(size) => {
                self.unpacked = self.unpacked.saturating_add(size);
                if self.unpacked > UNPACKED {
                    return Err(too_large());
                }
                self.take(&path, size, content)?;
            }
            Kind::Twice => drop(self.found.insert(path.clone(), Err(is_there_twice(&path)))),
            _ => {
                let why = format!("{path} is no plain file in its archive");
                self.found.insert(path, Err(why));
            }
        }
        Ok(())
    }

    /// A link is not followed. One that could hide a folder makes the submission incomplete.
    fn link(&mut self, path: &str) -> Result<(), String> {
        let why = format!("{path} is a link");
        if !self.is_wanted(path)? {
            return Err(why);
        }
        self.found.insert(path.to_owned(), Err(why));
        Ok(())
    }

    fn count(&mut self) -> Result<(), String> {
        self.members += 1;
        if self.members > MEMBERS {
            return Err(format!("has more than {MEMBERS} files and folders"));
        }
        Ok(())
    }

    /// Whether a file can be graded. One that changes how programs are built is noted.
    fn is_wanted(&mut self, path: &str) -> Result<bool, String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_build = BUILD.contains(&name) && !path.starts_with("src/");
        let is_wanted = !is_build && (is_answers(path) || path.ends_with(".rs") || path.ends_with(".ipynb"));
        if is_build || is_wanted {
            self.names += path.len();
            if self.names > NAMES {
                return Err(format!("has more than {} MB of file names", NAMES >> 20));
            }
        }
        if is_build && (name != "config.toml" || path.ends_with(".cargo/config.toml")) {
            self.notes
                .insert(format!("{path} ignored: only exercise files are compiled"));
        }
        Ok(is_wanted)
    }

    /// Keeps a file; `size` is the size in bytes that it claims.
    fn take(&mut self, path: &str, size: u64, from: impl Read) -> Result<(), String> {
        let most = match path {
            answers if is_answers(answers) => LARGEST_ANSWERS,
            rust if rust.ends_with(".rs") => LARGEST_RUST,
            _ => LARGEST,
        };
        let too_long = |size: u64| format!("{path} has {size} bytes; at most {most} can be graded");
        let mut bytes = Vec::new();
        let content = if size > most {
            Err(too_long(size))
        } else {
            match from.take(most + 1).read_to_end(&mut bytes) {
                Err(error) => Err(format!("{path} cannot be read: {error}")),
                Ok(read) if read as u64 > most => Err(too_long(read as u64)),
                Ok(read) => {
                    self.kept += read as u64;
                    if self.kept > KEPT {
                        return Err(too_large());
                    }
                    Ok(bytes)
                }
            }
        };
        if self.found.insert(path.to_owned(), content).is_some() {
            self.found.insert(path.to_owned(), Err(is_there_twice(path)));
        }
        Ok(())
    }
}

fn is_there_twice(path: &str) -> String {
    format!("{path} is there twice")
}

fn too_large() -> String {
    format!("has more than {} MB to grade", KEPT >> 20)
}

/// Whether the path is that of a file with answers to a quiz.
pub(super) fn is_answers(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["answers.toml", "answers.json"].contains(&name)
}

/// Whether the file belongs to a tool and not to the student. `.cargo` is not among them: it is ignored
/// later, with a note.
fn is_ignored(path: &str) -> bool {
    path.split('/')
        .any(|part| IGNORED.contains(&part) || (part.starts_with('.') && part != ".cargo" && part != "."))
}

/// The path of an archive's member, which must lie inside the archive.
fn plain(path: &str) -> Result<String, String> {
    let path = path.replace('\\', "/");
    let leaves = path.starts_with('/') || path.split('/').any(|part| part == ".." || part.ends_with(':'));
    if leaves || path.contains('\0') {
        return Err(format!("has a member outside: {path:?}"));
    }
    if path.len() > LONGEST_PATH {
        return Err(format!("has a path of {} bytes", path.len()));
    }
    let parts: Vec<&str> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    Ok(parts.join("/"))
}
