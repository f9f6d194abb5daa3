//! Where things lie in a clone of the course.
//!
//! All that set-up makes is in `.course/`, which git ignores and `cargo course clean` removes:
//!
//! ```text
//! .course/bin/course        this program, for git and Jupyter, which should not start cargo
//! .course/evcxr/            the kernel, where the user has none of the right version
//! .course/build/            what an unfinished build of the kernel has compiled so far
//! .course/kernel/std/       the standard library's sources, without comments
//! .course/kernel/library/   the course's library for the kernel, one folder for each state of its sources
//! .course/kernel/running/   one folder for each running kernel
//! .course/jupyter/          the kernelspec `rust`, to be put on JUPYTER_PATH
//! .course/lab/              a Python environment with JupyterLab
//! .course/hints.json        how many hints of each exercise have been shown
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::save;

/// A clone of the course.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The clone that contains the current folder, else the one that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder is gone")?;
        let built = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in here.ancestors().chain([built]) {
            let manifest = folder.join("Cargo.toml");
            if std::fs::read_to_string(manifest).is_ok_and(|text| text.contains("name = \"llm-course\"")) {
                return Ok(Self {
                    root: folder.to_owned(),
                });
            }
        }
        bail!(
            "expected to be inside a clone of the course, got {}",
            here.display()
        )
    }

    /// The clone at `root`.
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The clone's top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What set-up makes.
    pub(crate) fn made(&self) -> PathBuf {
        self.root.join(".course")
    }

    /// What belongs to the kernel.
    pub(crate) fn kernel(&self) -> PathBuf {
        self.made().join("kernel")
    }

    /// The folder for `JUPYTER_PATH`.
    pub(crate) fn jupyter(&self) -> PathBuf {
        self.made().join("jupyter")
    }

    /// The Python environment with JupyterLab.
    pub(crate) fn lab(&self) -> PathBuf {
        self.made().join("lab")
    }

    /// The installed copy of this program.
    pub(crate) fn program(&self) -> PathBuf {
        self.made()
            .join("bin")
            .join(format!("course{}", std::env::consts::EXE_SUFFIX))
    }

    /// The notebooks.
    pub(crate) fn notebooks(&self) -> PathBuf {
        self.root.join("notebooks")
    }
}

/// Copies this program to `.course/bin`.
pub(crate) fn install_program(layout: &Layout) -> Result<PathBuf> {
    copy_program(layout.program())
}

/// Makes `copy` a copy of this program, which can be rebuilt while the copy runs. Does nothing if it is one
/// already.
pub(crate) fn copy_program(copy: PathBuf) -> Result<PathBuf> {
    let me = std::env::current_exe().context("cannot find this program's own file")?;
    if me == copy {
        return Ok(copy);
    }
    let bytes = std::fs::read(&me).with_context(|| format!("cannot read {}", me.display()))?;
    if std::fs::read(&copy).is_ok_and(|old| old == bytes) {
        return Ok(copy);
    }
    let folder = copy.parent().unwrap_or(&copy);
    std::fs::create_dir_all(folder)?;
    save::create(&copy, &bytes, true)?;
    Ok(copy)
}
