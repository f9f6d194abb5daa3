//! The options that a repository sets: in git's configuration for all notebooks, in attributes for some.
//!
//! Asking git costs a process, a millisecond or two. So git is asked for the configuration once. It is asked
//! for attributes only if an attributes file on the way to the notebook mentions ours; then one `git
//! check-attr` answers for all notebooks.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::options::{NAMES, Options};
use super::repository::{git, line};
use super::{NAME, repository};
use crate::tools::progress::say;

/// What an attribute of ours begins with.
const PREFIX: &str = "course-";

/// What the repository around a folder says.
pub(crate) struct Settings {
    here: PathBuf,
    configured: Options,
    /// Whether attributes of ours are set where they hold for every notebook.
    everywhere: bool,
    /// Which folders have attributes of ours.
    folders: HashMap<PathBuf, bool>,
    asked: Option<Asked>,
}

/// A `git check-attr` that waits for paths.
struct Asked {
    child: Child,
    paths: Option<BufWriter<ChildStdin>>,
    answers: BufReader<ChildStdout>,
}

impl Settings {
    /// The settings of the repository that `here` is in; `here` is the top of its working copy when git runs
    /// this.
    pub(crate) fn at(here: &Path) -> Self {
        // The two questions are asked at the same time.
        let (info, (configured, global)) = std::thread::scope(|scope| {
            let info = scope.spawn(|| line(here, &["rev-parse", "--git-path", "info/attributes"]));
            let configured = configured(here);
            (info.join().ok().flatten(), configured)
        });
        let home = std::env::home_dir().map(|home| home.join(".config"));
        let usual = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or(home);
        let global = global.or_else(|| Some(usual?.join("git/attributes")));
        let files = [info.map(|file| here.join(file)), global];
        // From the folders above, as long as they are in the repository.
        let full = std::path::absolute(here).unwrap_or_default();
        let inside = full
            .ancestors()
            .take_while(|folder| !folder.join(".git").exists());
        let above = inside.filter_map(|folder| Some(folder.parent()?.join(".gitattributes")));
        let everywhere = files.into_iter().flatten().chain(above).any(|file| speaks(&file));
        Self {
            here: here.to_owned(),
            configured,
            everywhere,
            folders: HashMap::new(),
            asked: None,
        }
    }

    /// The options for the notebook at `path`, which is relative to `here`.
    pub(crate) fn of(&mut self, path: &Path) -> Options {
        let mut options = self.configured.clone();
        if !self.speaks_of(path) {
            return options;
        }
        let Some(values) = self.attributes(path) else {
            return options;
        };
        for (name, value) in NAMES.iter().zip(values) {
            if value == "unspecified" {
                continue;
            }
            if let Err(why) = options.set(name, &value) {
                say(&format!("{}: attribute {PREFIX}{name}: {why}", path.display()));
            }
        }
        options
    }

    /// Whether any file of attributes on the way to `path` has one of ours.
    fn speaks_of(&mut self, path: &Path) -> bool {
        if self.everywhere {
            return true;
        }
        for folder in path.ancestors().skip(1) {
            let known = self.folders.get(folder).copied();
            let speaks = known.unwrap_or_else(|| speaks(&self.here.join(folder).join(".gitattributes")));
            self.folders.insert(folder.to_owned(), speaks);
            if speaks {
                return true;
            }
        }
        false
    }

    /// The values of our attributes, in the order of their names.
    fn attributes(&mut self, path: &Path) -> Option<Vec<String>> {
        if self.asked.is_none() {
            self.asked = start(&self.here);
        }
        let asked = self.asked.as_mut()?;
        let paths = asked.paths.as_mut()?;
        paths.write_all(path.as_os_str().as_encoded_bytes()).ok()?;
        paths.write_all(b"\0").ok()?;
        paths.flush().ok()?;
        let mut values = Vec::new();
        for _ in NAMES {
            let mut field = Vec::new();
            // The path, the attribute, its value.
            for _ in 0..3 {
                field.clear();
                asked.answers.read_until(0, &mut field).ok()?;
            }
            field.pop();
            values.push(String::from_utf8_lossy(&field).into_owned());
        }
        Some(values)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        if let Some(mut asked) = self.asked.take() {
            drop(asked.paths.take());
            // It ends when nobody asks any more; how it ends does not matter.
            let _ = asked.child.wait();
        }
    }
}

fn start(here: &Path) -> Option<Asked> {
    let mut child = git(here)
        .args(["check-attr", "--stdin", "-z"])
        .args(NAMES.map(|name| format!("{PREFIX}{name}")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let paths = child.stdin.take().map(BufWriter::new);
    let answers = child.stdout.take().map(BufReader::new)?;
    Some(Asked {
        child,
        paths,
        answers,
    })
}

/// Whether a file of attributes has one of ours.
fn speaks(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    // `course-notebook`, the filter's name, is not one of them.
    text.contains(PREFIX) && NAMES.iter().any(|name| text.contains(&format!("{PREFIX}{name}")))
}

/// What git's configuration says about the filter, and which attributes file holds for all repositories.
/// Without git, nothing.
fn configured(here: &Path) -> (Options, Option<PathBuf>) {
    let mut options = Options::default();
    let mut attributes = None;
    let section = format!("filter.{NAME}.");
    let pattern = format!("^(filter\\.{NAME}\\.|core\\.attributesfile$)");
    let arguments = ["config", "-z", "--get-regexp", &pattern];
    let Ok(found) = repository::ask(here, &arguments) else {
        return (options, attributes);
    };
    for entry in String::from_utf8_lossy(&found).split('\0') {
        let (key, value) = entry.split_once('\n').unwrap_or((entry, ""));
        if key == "core.attributesfile" {
            let home = std::env::home_dir().unwrap_or_default();
            let below = value.strip_prefix("~/");
            attributes = Some(below.map_or_else(|| PathBuf::from(value), |below| home.join(below)));
        }
        let Some(name) = key.strip_prefix(&section) else {
            continue;
        };
        if ["clean", "smudge", "process", "required"].contains(&name) {
            continue;
        }
        if let Err(why) = options.set(name, value) {
            say(&format!("git's configuration: {key}: {why}"));
        }
    }
    (options, attributes)
}
