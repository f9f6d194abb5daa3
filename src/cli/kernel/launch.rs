//! `course kernel FILE`: what Jupyter starts. It prepares a folder for this one kernel and becomes evcxr.
//!
//! ```text
//! running/NAME/lock                 held for as long as the kernel or a child of it lives
//! running/NAME/config/evcxr.toml    evcxr's settings and start-up lines
//! running/NAME/.cargo/config.toml   seen by rust-analyzer only: evcxr's builds bring their own flags
//! running/NAME/course/              the package that cells depend on: one line
//! running/NAME/view/                the package that rust-analyzer sees in its place: the library's own sources
//! running/NAME/cells/               evcxr's folder for the cells' code
//! ```
//!
//! evcxr takes the path of a cell's library to end at the first space. So in a clone whose path has a space,
//! everything but the lock is in a temporary folder of the system, and `running/NAME/elsewhere` names that
//! folder.
//!
//! A lock ends with its process, however that ends. So a folder without a lock was left behind by a killed
//! kernel, and the next start removes it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::arrangement::Arrangement;
use super::{evcxr, library, std_sources};
use crate::tools;
use crate::tools::layout::Layout;
use crate::tools::progress::{Steps, say};

/// Starts the kernel: Jupyter calls this.
#[derive(clap::Args)]
pub(crate) struct KernelArgs {
    /// Jupyter's connection file.
    connection_file: PathBuf,
}

impl KernelArgs {
    /// Becomes the kernel. Returns only if that does not work.
    pub(crate) fn run(&self) -> Result<()> {
        let place = match std::env::var_os("COURSE_ROOT") {
            Some(root) => Layout::at(PathBuf::from(root)),
            None => Layout::find()?,
        };
        let sysroot = tools::sysroot()?;
        let folder = match Arrangement::read(&place) {
            Some(Arrangement::Stock(why)) => {
                say(&format!(
                    "course: this kernel compiles the library itself, which takes minutes ({why})"
                ));
                Running::stock(&place)?
            }
            _ => Running::fast(&place, &fresh_library(&place, &sysroot)?)?,
        };
        let Some(program) = evcxr::find(&place) else {
            bail!(
                "expected evcxr_jupyter {}, found none: run `cargo course lab` or `cargo course run`",
                evcxr::VERSION
            );
        };
        let mut command = Command::new(program);
        tools::fresh_environment(&mut command, place.root());
        command.arg("--control_file").arg(&self.connection_file);
        command
            .env("EVCXR_CONFIG_DIR", folder.path.join("config"))
            .env("EVCXR_TMPDIR", folder.path.join("cells"));
        // The toolchain itself and not rustup's stand-ins, which a kernel's start would call sixty times.
        let tools = sysroot.join("bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env(
            "PATH",
            std::env::join_paths([tools.clone()].into_iter().chain(std::env::split_paths(&path)))?,
        );
        for (variable, name) in [("CARGO", "cargo"), ("RUSTC", "rustc")] {
            let tool = tools.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            if tool.is_file() {
                command.env(variable, tool);
            }
        }
        // Otherwise evcxr would look for an installation of its own to update, and write to it.
        command.env("JUPYTER_PATH", folder.path.join("none"));
        // Its allocator would ask the system for huge pages; it starts faster without them.
        command.env("MIMALLOC_ALLOW_THP", "0");
        // candle's threads for operations on single numbers wait by spinning, and take the cores from ours.
        if std::env::var_os("CANDLE_NUM_THREADS").is_none() {
            command.env("CANDLE_NUM_THREADS", "1");
        }
        if let Some(sources) = std_sources::path(&place) {
            command.env("RUST_SRC_PATH", sources);
        }
        folder.become_it(command)
    }
}

/// The library, rebuilt if its sources have changed. If it does not compile, the last one that did is used.
fn fresh_library(place: &Layout, sysroot: &Path) -> Result<PathBuf> {
    match library::current(place, sysroot)? {
        Some((folder, true)) => Ok(folder),
        Some((folder, false)) => {
            say("course: the library's sources have changed; building it again for the new kernel");
            match library::build(place, &Steps::new()) {
                Ok(folder) => Ok(folder),
                Err(error) => {
                    say(&format!(
                        "course: {error:#}\ncourse: the kernel starts with the library as it was before"
                    ));
                    Ok(folder)
                }
            }
        }
        None => library::build(place, &Steps::new()),
    }
}

/// The folder of one running kernel.
struct Running {
    path: PathBuf,
    lock: File,
}

impl Running {
    /// A new folder, locked.
    fn new(place: &Layout) -> Result<Self> {
        let all = place.kernel().join("running");
        fs::create_dir_all(&all)?;
        let _one_at_a_time = start_lock(place)?;
        sweep(place)?;
        let mut path = tempfile::Builder::new().prefix("k").tempdir_in(&all)?.keep();
        let lock = File::create(path.join("lock"))?;
        lock.lock()?;
        if text(&path)?.contains(' ') {
            let elsewhere = tempfile::Builder::new().prefix("course-").tempdir()?.keep();
            fs::write(path.join("elsewhere"), text(&elsewhere)?)?;
            path = elsewhere;
        }
        for folder in ["config", ".cargo", "course/src", "view", "cells"] {
            fs::create_dir_all(path.join(folder))?;
        }
        Ok(Self { path, lock })
    }

    /// For a kernel that compiles the library itself.
    fn stock(place: &Layout) -> Result<Self> {
        let this = Self::new(place)?;
        let start = format!(
            ":dep llm-course = {{ path = {} }}\n{SHOWN_AFTER_ALL}\n{NO_WARNINGS}\nuse course::prelude::*;\n",
            toml_string(text(place.root())?)
        );
        let settings = format!("[evcxr]\nopt_level = \"3\"\nprelude = {}\n", toml_string(&start));
        fs::write(this.path.join("config/evcxr.toml"), settings)?;
        Ok(this)
    }

    /// For a kernel that uses the library in the folder `library`.
    fn fast(place: &Layout, library: &Path) -> Result<Self> {
        let this = Self::new(place)?;
        let path = &this.path;
        fs::write(
            path.join(".cargo/config.toml"),
            "[build]\nrustflags = [\"--cfg\", \"course_view\"]\n",
        )?;
        fs::write(path.join("course/Cargo.toml"), COURSE_MANIFEST)?;
        fs::write(path.join("course/src/lib.rs"), COURSE_SOURCE)?;
        let source = place.root().join("src").join("lib.rs");
        fs::write(
            path.join("view/Cargo.toml"),
            VIEW_MANIFEST.replace("SOURCE", &toml_string(text(&source)?)),
        )?;

        // Cargo splits these at the unit separator, so a path may have spaces.
        let flags = [
            "-Cprefer-dynamic".to_owned(),
            // A cell is compiled in parts, and a part that has not changed is kept. Optimising across the
            // parts would begin anew in each cell and take twice the time; a cell's own loops run about as
            // fast without it.
            "-Clto=off".to_owned(),
            "--extern".to_owned(),
            format!("course_rt={}", text(&library.join(library::shared_library()))?),
            format!("-Ldependency={}", text(library)?),
            // Absolute, since evcxr moves the cell's shared library.
            format!("-Clink-arg=-Wl,-rpath,{}", text(library)?),
        ];
        let start = format!(
            ":build_env CARGO_ENCODED_RUSTFLAGS={}\n:dep course = {{ path = {} }}\n{SHOWN_AFTER_ALL}\n{NO_WARNINGS}\nuse course::prelude::*;\n",
            flags.join("\u{1f}"),
            toml_string(text(&path.join("course"))?),
        );
        let settings = format!(
            "[evcxr]\noffline_mode = true\nopt_level = \"3\"\nprelude = {}\n",
            toml_string(&start)
        );
        fs::write(path.join("config/evcxr.toml"), settings)?;
        Ok(this)
    }

    /// Turns this process into the kernel; the lock stays with it.
    fn become_it(self, command: Command) -> Result<()> {
        #[cfg(unix)]
        rustix::io::fcntl_setfd(&self.lock, rustix::io::FdFlags::empty())?;
        tools::become_it(command)
    }
}

/// A path as text, which is what evcxr's settings are.
fn text(path: &Path) -> Result<&str> {
    path.to_str()
        .with_context(|| format!("expected a path in UTF-8, got {}", path.display()))
}

/// `text` as a TOML string.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Asks for `Debug` with a sign. It tells a type of the library that the kernel has given up `evcxr_display`;
/// the type then shows itself and not its fields. See `debug_shows` in src/show.rs.
const SHOWN_AFTER_ALL: &str = ":fmt {:-?}";

/// evcxr reports the warnings of all cells with the first error of any cell. An exercise that is not written
/// yet has unused arguments, which is nobody's error.
const NO_WARNINGS: &str = "#![allow(unused_variables)]";

const COURSE_MANIFEST: &str = r#"[workspace]

[package]
name = "course"
version = "0.1.0"
edition = "2024"

[target.'cfg(course_view)'.dependencies]
course_view = { path = "../view" }

[lints.rust]
unexpected_cfgs = "allow"
"#;

const COURSE_SOURCE: &str =
    "#[cfg(not(course_view))]\npub use course_rt::*;\n#[cfg(course_view)]\npub use course_view::*;\n";

const VIEW_MANIFEST: &str = r#"[workspace]

[package]
name = "course_view"
version = "0.1.0"
edition = "2024"

[lib]
path = SOURCE

[features]
default = ["nn"]
nn = []
cli = []
"#;

/// How many kernels of this clone are running.
pub(crate) fn running(place: &Layout) -> Result<usize> {
    Ok(folders(place)?
        .into_iter()
        .filter(|folder| is_alive(folder))
        .count())
}

/// Removes what killed kernels have left behind and, if no kernel is running, earlier builds of the library.
pub(crate) fn sweep(place: &Layout) -> Result<()> {
    let (alive, dead): (Vec<_>, Vec<_>) = folders(place)?.into_iter().partition(|folder| is_alive(folder));
    for folder in dead {
        if let Ok(elsewhere) = fs::read_to_string(folder.join("elsewhere")) {
            let _ = fs::remove_dir_all(elsewhere);
        }
        let _ = fs::remove_dir_all(folder);
    }
    if alive.is_empty() {
        library::remove_old(place)
    } else {
        Ok(())
    }
}

/// Held while a kernel's folder is made or removed, so that no start takes another's half-made folder for one
/// that was left behind.
fn start_lock(place: &Layout) -> Result<File> {
    fs::create_dir_all(place.kernel())?;
    let lock = File::create(place.kernel().join("start.lock"))?;
    lock.lock().context("cannot lock the kernels' folder")?;
    Ok(lock)
}

fn folders(place: &Layout) -> Result<Vec<PathBuf>> {
    match fs::read_dir(place.kernel().join("running")) {
        Ok(entries) => Ok(entries
            .collect::<std::io::Result<Vec<_>>>()?
            .iter()
            .map(fs::DirEntry::path)
            .collect()),
        Err(_) => Ok(Vec::new()),
    }
}

fn is_alive(folder: &Path) -> bool {
    File::open(folder.join("lock")).is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}
