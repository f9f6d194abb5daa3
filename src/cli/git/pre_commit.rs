//! The check before a commit. It looks at what is staged, and at nothing else: a notebook that is staged in
//! part is judged by that part. The check adds, changes and hides nothing.
//!
//! It stops a commit for notebooks that are broken or hold conflict markers, outputs or secrets, and for
//! solutions whose exercises are stale. For each, it names the one command that mends it. `git commit
//! --no-verify` commits all the same.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use super::conflict::{self, Conflict};
use super::input::Input;
use super::options::StripArgs;
use super::repository::{Repository, ask, git, line, tell};
use super::settings::Settings;
use super::strip::strip;
use super::{NAME, secrets};
use crate::tools::progress::say;

/// A notebook in git's index.
struct Staged {
    mode: String,
    oid: String,
    path: PathBuf,
}

/// Checks what is staged, and returns the exit code.
pub(crate) fn run() -> Result<i32> {
    let here = Path::new(".");
    let mut report = stale_exercises(here)?;
    let staged = staged(here, &[])?;
    let mut number = report.lines().count() / 2;
    if staged.is_empty() && number == 0 {
        return Ok(0);
    }
    let mut settings = Settings::at(here);
    let filtered = filtered(here, &staged)?;
    each(here, &staged, |i, input| {
        let found = check(&staged[i].path, input, filtered[i], &mut settings)?;
        number += usize::from(!found.is_empty());
        report.push_str(&found);
        Ok(())
    })?;
    if report.is_empty() {
        return Ok(0);
    }
    let files = if number == 1 { "file" } else { "files" };
    say(&format!(
        "{report}nothing is committed: {number} {files} to mend (`git commit --no-verify` commits all the same)"
    ));
    Ok(1)
}

/// The staged solutions whose staged exercises are not what the solutions make. A student's repository has no
/// solutions, so there are none.
fn stale_exercises(here: &Path) -> Result<String> {
    let mut report = String::new();
    let names = [
        "diff",
        "--cached",
        "--name-only",
        "--diff-filter=d",
        "-z",
        "--",
        ":(top)solutions/*.rs",
    ];
    for path in ask(here, &names)?
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty())
    {
        let path = String::from_utf8_lossy(path);
        let Some(name) = path.strip_prefix("solutions/") else {
            continue;
        };
        let blob = |path: &str| ask(here, &["cat-file", "blob", &format!(":{path}")]);
        let solution = String::from_utf8_lossy(&blob(&path)?).into_owned();
        let made = match crate::exercise::files::stub(&solution) {
            Ok(made) => made,
            Err(error) => {
                writeln!(report, "{path}: {error:#}")?;
                writeln!(
                    report,
                    "    mend the file, then `git add {}`",
                    quoted(Path::new(&*path))
                )?;
                continue;
            }
        };
        let exercise = format!("exercises/{name}");
        if blob(&exercise).ok().as_deref() != Some(made.as_bytes()) {
            writeln!(report, "{exercise}: is not what {path} makes")?;
            writeln!(
                report,
                "    `cargo course exercises`, then `git add exercises src/check/handed_out.rs`"
            )?;
        }
    }
    Ok(report)
}

/// What is wrong with one notebook: one line for each fault, and one with the command that mends it.
fn check(path: &Path, input: &mut Input, filtered: bool, settings: &mut Settings) -> Result<String> {
    let mut report = String::new();
    let name = path.display();
    let quoted = quoted(path);
    let stripped = match strip(input, &settings.of(path)) {
        Ok(stripped) => stripped,
        Err(fault) => {
            writeln!(report, "{}", fault.said_of(&name))?;
            writeln!(
                report,
                "    mend the file, or take it as it was with `git checkout HEAD -- {quoted}`; then `git add {quoted}`"
            )?;
            return Ok(report);
        }
    };
    for Conflict { line, cell } in conflict::find(&stripped.text) {
        writeln!(
            report,
            "{name}:{line}: a conflict marker in {cell}: the merge is not finished"
        )?;
        writeln!(
            report,
            "    choose in the cell what stays, then `git add {quoted}`"
        )?;
    }
    let in_sources = secrets::find(stripped.text.as_slice())?;
    input.rewind()?;
    let everywhere = secrets::find(&mut *input)?;
    for finding in &in_sources {
        writeln!(report, "{name}:{}: looks like {}", finding.line, finding.what)?;
        writeln!(
            report,
            "    revoke it, read it from an environment variable instead, then `git add {quoted}`"
        )?;
    }
    if !filtered {
        return Ok(report);
    }
    let mut start = Vec::new();
    input.rewind()?;
    input
        .take(stripped.text.len() as u64 + 1)
        .read_to_end(&mut start)?;
    if start != stripped.text {
        writeln!(report, "{name}: {}", stripped.removed.in_words())?;
        if everywhere.len() > in_sources.len() {
            let printed = everywhere
                .iter()
                .filter(|f| !in_sources.iter().any(|s| s.what == f.what));
            for finding in printed {
                writeln!(
                    report,
                    "{name}:{}: an output shows {}",
                    finding.line, finding.what
                )?;
            }
        }
        writeln!(report, "    `cargo course strip --staged {quoted}`")?;
    }
    Ok(report)
}

/// Strips notebooks in the index: those at `paths`, or all that are staged.
pub(crate) fn strip_staged(paths: &[PathBuf], options: &StripArgs) -> Result<()> {
    let repository = Repository::at(Path::new("."))?;
    let top = repository.top.context("a bare repository has no index")?;
    let staged = staged(Path::new("."), paths)?;
    let mut settings = Settings::at(&top);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    each(&top, &staged, |i, input| {
        let Staged { mode, oid, path } = &staged[i];
        let options = options.over(&settings.of(path)).map_err(anyhow::Error::msg)?;
        let stripped = match strip(input, &options) {
            Ok(stripped) => stripped,
            Err(fault) => {
                faults.push(fault.said_of(&path.display()));
                return Ok(());
            }
        };
        let new = tell(
            &top,
            &["hash-object", "-w", "--no-filters", "--stdin"],
            &stripped.text,
        )?;
        let new = String::from_utf8_lossy(&new).trim().to_owned();
        if new != *oid {
            write!(entries, "{mode} {new} 0\t")?;
            entries.extend_from_slice(path.as_os_str().as_encoded_bytes());
            entries.push(0);
        }
        Ok(())
    })?;
    if !entries.is_empty() {
        tell(&top, &["update-index", "-z", "--index-info"], &entries)?;
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// The notebooks that differ between the index and the last commit.
fn staged(here: &Path, paths: &[PathBuf]) -> Result<Vec<Staged>> {
    let head = match line(here, &["rev-parse", "--verify", "--quiet", "HEAD"]) {
        Some(head) => head,
        // Before the first commit, everything is new.
        None => line(here, &["hash-object", "-t", "tree", "/dev/null"]).context("git knows no empty tree")?,
    };
    let mut arguments: Vec<std::ffi::OsString> = [
        "diff-index",
        "--cached",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--diff-filter=ACMRT",
        &head,
        "--",
    ]
    .map(Into::into)
    .into();
    arguments.extend(paths.iter().map(|path| path.clone().into_os_string()));
    let raw = ask(here, &arguments)?;
    let mut staged = Vec::new();
    let mut fields = raw.split(|byte| *byte == 0);
    // `:MODE MODE OID OID STATUS`, then the path.
    while let (Some(what), Some(path)) = (fields.next(), fields.next()) {
        let what = String::from_utf8_lossy(what).into_owned();
        let words: Vec<&str> = what.split(' ').collect();
        let [_, mode, _, oid, _] = words[..] else { continue };
        // A link or a submodule is no notebook, whatever its name.
        if path.ends_with(b".ipynb") && mode.starts_with("100") {
            staged.push(Staged {
                mode: mode.to_owned(),
                oid: oid.to_owned(),
                path: to_path(path),
            });
        }
    }
    Ok(staged)
}

#[cfg(unix)]
fn to_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn to_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Reads the content of each notebook from one `git cat-file`.
fn each(here: &Path, staged: &[Staged], mut look: impl FnMut(usize, &mut Input) -> Result<()>) -> Result<()> {
    if staged.is_empty() {
        return Ok(());
    }
    let mut child = git(here)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run git: is it installed?")?;
    let mut names = child.stdin.take().context("git has no standard input")?;
    let mut contents = BufReader::new(child.stdout.take().context("git has no standard output")?);
    for (i, notebook) in staged.iter().enumerate() {
        writeln!(names, "{}", notebook.oid)?;
        names.flush()?;
        // `OID blob SIZE`, the content, and a new line.
        let mut header = String::new();
        contents.read_line(&mut header)?;
        let size: Option<u64> = header
            .trim()
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse().ok());
        let size = size.with_context(|| format!("git cat-file: {}", header.trim()))?;
        let mut input = Input::keep((&mut contents).take(size)).map_err(|f| f.of(&notebook.path))?;
        contents.read_exact(&mut [0])?;
        look(i, &mut input)?;
    }
    drop(names);
    child.wait()?;
    Ok(())
}

/// Which of the notebooks have our filter. Whoever takes the filter off a notebook wants its outputs in
/// history.
fn filtered(here: &Path, staged: &[Staged]) -> Result<Vec<bool>> {
    let mut paths = Vec::new();
    for notebook in staged {
        paths.extend_from_slice(notebook.path.as_os_str().as_encoded_bytes());
        paths.push(0);
    }
    let answer = tell(here, &["check-attr", "--stdin", "-z", "filter"], &paths)?;
    let values = answer.split(|byte| *byte == 0).skip(2).step_by(3);
    let filtered: Vec<bool> = values.map(|value| value == NAME.as_bytes()).collect();
    if filtered.len() < staged.len() {
        bail!("git check-attr did not answer for every notebook");
    }
    Ok(filtered)
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(plain) {
        path.into_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
