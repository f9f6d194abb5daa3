//! The proof that a release holds: nothing in it is solved, it builds, and its notebooks run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::former::write_file;
use super::tree::File;
use crate::tools;
use crate::tools::layout::Layout;
use crate::tools::progress::Steps;
use crate::tools::words::some;

/// Checks that no exercise of the release in `tree` is attempted or earns anything. It does so by running
/// this program in the release.
#[cfg(unix)]
pub(super) fn nothing_is_solved(tree: &Path) -> Result<()> {
    use course::check::{Report, Verdict, exercises};
    let output = Command::new(std::env::current_exe()?)
        .args(["check", "--json"])
        .current_dir(tree)
        .stdin(Stdio::null())
        .output()?;
    let reports: Vec<Report> = serde_json::from_slice(&output.stdout).with_context(|| {
        format!(
            "the exercises of the release cannot be checked: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )
    })?;
    let begun: Vec<String> = reports
        .iter()
        .filter(|report| report.verdict != Verdict::NotAttempted || report.points > 0)
        .map(|report| report.to_string().lines().next().unwrap_or_default().to_owned())
        .collect();
    if !begun.is_empty() || reports.len() != exercises().len() {
        bail!(
            "expected {} exercises that nobody has attempted, got {}: {}; `cargo course exercises` makes the files anew",
            exercises().len(),
            reports.len(),
            some(&begun)
        );
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn nothing_is_solved(_: &Path) -> Result<()> {
    bail!("exercises are checked on Linux and macOS only; so are releases made")
}

/// Builds the release and runs its notebooks, in a copy that stays in `.course/`, so that the next proof
/// takes less time. The kernel is the clone's own, if it has been built there. The release's library, program
/// and tests are compiled.
pub(super) fn build_and_run(layout: &Layout, files: &[File], steps: &Steps) -> Result<()> {
    let copy = layout.made().join("proof");
    update(&copy, files)?;
    let kernel = layout.made().join("evcxr");
    let there = copy.join(".course/evcxr");
    if kernel.is_dir() && !there.exists() {
        copy_folder(&kernel, &there)?;
    }
    let inside = Layout::at(copy);
    for (what, words) in [
        (
            "the release builds",
            &["build", "--all-targets", "--features", "cli"][..],
        ),
        ("its notebooks run", &["course", "run"]),
    ] {
        let step = steps.start(what);
        let mut cargo = tools::cargo(&inside);
        cargo.args(words);
        tools::run_with_progress(cargo, &step).with_context(|| format!("not proved: {what}"))?;
        step.done();
    }
    Ok(())
}

/// Makes `copy` contain these files and no others, except what was built there. Files that are the same are
/// not touched, so that cargo does not build them again.
fn update(copy: &Path, files: &[File]) -> Result<()> {
    fs::create_dir_all(copy)?;
    for entry in fs::read_dir(copy)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_top = |file: &&File| file.path.split('/').next() == name.to_str();
        if name == "target" || name == ".course" {
            continue;
        }
        prune(
            &entry.path(),
            copy,
            &files
                .iter()
                .filter(is_top)
                .map(|f| f.path.as_str())
                .collect::<Vec<_>>(),
        )?;
    }
    for file in files {
        if fs::read(copy.join(&file.path)).is_ok_and(|bytes| bytes == file.bytes) {
            continue;
        }
        write_file(file, copy)?;
    }
    Ok(())
}

/// Removes all files except those in `kept`.
fn prune(path: &Path, top: &Path, kept: &[&str]) -> Result<()> {
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path)? {
            prune(&entry?.path(), top, kept)?;
        }
    } else if !kept.iter().any(|file| top.join(file) == path) {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
