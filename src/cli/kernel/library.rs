//! The course's library for the kernel: one shared library, and beside it what the compiler must read about
//! the crates inside it.
//!
//! Each state of the sources has its own folder, `library/HASH`. For as long as it runs, a kernel uses the
//! folder that was current when it started, whatever is built meanwhile.
//!
//! It is built in the ordinary target folder and linked from there, so a rebuild never changes the ground
//! under a running notebook. Only the metadata (`.rmeta`) of the crates inside it lies beside it: cells never
//! link them.

use std::collections::BTreeMap;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::tools::layout::Layout;
use crate::tools::progress::{Step, Steps};
use crate::tools::{self, cargo};

/// What the library is made from: the compiler, and one line for each file with its path, its length and the
/// time of its last change. It is compared and never parsed.
pub(super) fn state(place: &Layout, sysroot: &Path) -> Result<String> {
    let mut files = BTreeMap::new();
    for name in ["Cargo.toml", "Cargo.lock", "src", "data"] {
        list(&place.root().join(name), &mut files)?;
    }
    let mut state = compiler(sysroot)?;
    for (path, (length, changed)) in files {
        let path = path
            .strip_prefix(place.root())
            .unwrap_or(&path)
            .display()
            .to_string();
        state.push_str(&format!("{path}\t{length}\t{changed}\n"));
    }
    Ok(state)
}

/// Which compiler it is, without starting it: its main library has a checksum in its name.
pub(super) fn compiler(sysroot: &Path) -> Result<String> {
    let mut names: Vec<String> = fs::read_dir(sysroot.join(if cfg!(windows) { "bin" } else { "lib" }))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("rustc_driver"))
        .collect();
    names.sort();
    Ok(format!("{}\t{}\n", sysroot.display(), names.join(",")))
}

/// The files below `path`, except those of the command line, which the library does not have.
fn list(path: &Path, files: &mut BTreeMap<PathBuf, (u64, u128)>) -> Result<()> {
    let Ok(meta) = fs::metadata(path) else {
        return Ok(());
    };
    if meta.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?.path();
            if !entry.ends_with("src/cli") && !entry.ends_with("data/make") {
                list(&entry, files)?;
            }
        }
    } else {
        let changed = meta
            .modified()?
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        files.insert(path.to_owned(), (meta.len(), changed.as_nanos()));
    }
    Ok(())
}

/// The folder of the library as it was last built, and whether the sources have stayed the same since.
pub(super) fn current(place: &Layout, sysroot: &Path) -> Result<Option<(PathBuf, bool)>> {
    let Ok(name) = fs::read_to_string(place.kernel().join("library").join("current")) else {
        return Ok(None);
    };
    let folder = place.kernel().join("library").join(name.trim());
    match fs::read_to_string(folder.join("state")) {
        Ok(state) => Ok(Some((folder, state == self::state(place, sysroot)?))),
        Err(_) => Ok(None),
    }
}

/// Builds the library if its sources have changed since it was last built, and returns its folder.
pub(super) fn build(place: &Layout, steps: &Steps) -> Result<PathBuf> {
    let library = place.kernel().join("library");
    fs::create_dir_all(&library)?;
    let lock = fs::File::create(library.join("lock"))?;
    lock.lock().context("cannot lock the library's folder")?;
    let sysroot = tools::sysroot()?;
    if let Some((folder, true)) = current(place, &sysroot)? {
        return Ok(folder);
    }
    let step = steps.start("the course's library");
    let state = state(place, &sysroot)?;
    let artifacts = compile(place, &step)?;
    let name = &format!("{:x}", Sha256::digest(&state))[..16];
    let folder = library.join(name);
    let beside = library.join(format!("{name}.new"));
    let _ = fs::remove_dir_all(&beside);
    fs::create_dir_all(&beside)?;
    for artifact in artifacts {
        let to = beside.join(artifact.file_name().context("an artifact without a name")?);
        // A link costs nothing; another file system needs a copy.
        if fs::hard_link(&artifact, &to).is_err() {
            fs::copy(&artifact, &to).with_context(|| format!("cannot copy {}", artifact.display()))?;
        }
    }
    fs::write(beside.join("state"), state)?;
    let _ = fs::remove_dir_all(&folder);
    fs::rename(&beside, &folder).with_context(|| format!("cannot write {}", folder.display()))?;
    tools::write(&library.join("current"), name)?;
    step.done();
    Ok(folder)
}

/// Runs cargo and returns the files that a cell's compiler needs: the shared library, the metadata of all the
/// crates in it, and the procedural macros.
fn compile(place: &Layout, step: &Step) -> Result<Vec<PathBuf>> {
    let mut command = cargo(place);
    command.args(["rustc", "--package", "llm-course-shared"]);
    command.arg("--message-format=json-render-diagnostics");
    tools::building::set(&mut command);
    command.args(["--", "-Cprefer-dynamic"]);
    let stdout = tools::run_with_progress(command, step)?;
    let mut artifacts = Vec::new();
    for line in stdout.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        if message["reason"] != "compiler-artifact" {
            continue;
        }
        let script = message["target"]["kind"][0] == "custom-build";
        for file in message["filenames"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !script && (file.ends_with(".rmeta") || file.ends_with(DLL_SUFFIX)) {
                artifacts.push(PathBuf::from(file));
            }
        }
    }
    if !artifacts
        .iter()
        .any(|path| path.file_name().is_some_and(|name| *name == *shared_library()))
    {
        bail!("cargo made no {}", shared_library());
    }
    Ok(artifacts)
}

/// The shared library's file name.
pub(super) fn shared_library() -> String {
    format!("{DLL_PREFIX}course_rt{DLL_SUFFIX}")
}

/// Removes the folders of earlier states, if no kernel is running that might use them.
pub(super) fn remove_old(place: &Layout) -> Result<()> {
    let library = place.kernel().join("library");
    let Ok(current) = fs::read_to_string(library.join("current")) else {
        return Ok(());
    };
    for entry in fs::read_dir(&library)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.file_name().to_str() != Some(current.trim()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}
