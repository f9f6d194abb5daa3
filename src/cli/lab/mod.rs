//! `cargo course lab`: JupyterLab, in an environment of its own inside the clone.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::tools::finding::Finding;
use crate::tools::layout::Layout;
use crate::tools::progress::{Steps, say};
use crate::{git, kernel, tools};

const REQUIREMENTS: &str = include_str!("requirements.txt");
const OVERRIDES: &str = include_str!("overrides.json");

/// Open a notebook in JupyterLab, after setting up what is missing.
///
/// The first time, this builds the kernel and the course's library and installs JupyterLab, all inside the
/// clone; that takes about ten minutes on two cores. Afterwards it takes seconds.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo course lab                 open the first notebook
  cargo course lab 01              open the notebook whose name begins with 01
  cargo course lab --set-up-only   only set up what is missing
  cargo course lab -- --port 9999  hand options to JupyterLab")]
pub(crate) struct LabArgs {
    /// The notebook: its number, the beginning of its name, or a path.
    notebook: Option<String>,
    /// Do not open a browser; JupyterLab prints the address.
    #[arg(long)]
    no_browser: bool,
    /// Set up what is missing and stop.
    #[arg(long)]
    set_up_only: bool,
    /// Options for JupyterLab itself, after `--`.
    #[arg(last = true)]
    options: Vec<OsString>,
}

impl LabArgs {
    pub(crate) fn run(&self) -> Result<()> {
        let place = Layout::find()?;
        // A wrong name should be found before minutes of building.
        let notebook = if self.set_up_only {
            None
        } else {
            Some(notebook(&place, self.notebook.as_deref())?)
        };
        let steps = Steps::new();
        std::thread::scope(|scope| {
            let lab = scope.spawn(|| install(&place, &steps));
            kernel::set_up(&place, &steps)?;
            match lab.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })?;
        git::hooks::set_up(&place)?;
        let Some(notebook) = notebook else {
            say("all is set up: `cargo course lab` opens the first notebook");
            return Ok(());
        };
        let mut command = jupyter(&place);
        command.arg("lab").arg(notebook);
        command.arg(format!("--ServerApp.root_dir={}", place.root().display()));
        if self.no_browser {
            command.arg("--no-browser");
        }
        if is_root() {
            command.arg("--allow-root");
        }
        command.args(&self.options);
        tools::become_it(command)
    }
}

/// The notebook that `name` means: the first one without a name.
fn notebook(place: &Layout, name: Option<&str>) -> Result<PathBuf> {
    if let Some(path) = name.map(Path::new).filter(|path| path.is_file()) {
        return Ok(path.canonicalize()?);
    }
    let all = tools::files::notebooks(&place.notebooks())?;
    let wanted = name.unwrap_or_default();
    let begins = |name: &OsStr| name.to_string_lossy().starts_with(wanted);
    match all.iter().find(|path| path.file_name().is_some_and(begins)) {
        Some(path) => Ok(path.clone()),
        None => {
            let names: Vec<_> = all.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
            bail!(
                "expected the name of a notebook ({}), got {wanted:?}",
                names.join(", ")
            )
        }
    }
}

/// JupyterLab's command with all its folders inside the clone, so that it neither reads nor changes the
/// user's own Jupyter.
pub(crate) fn jupyter(place: &Layout) -> Command {
    let mut command = Command::new(bin(place, "jupyter"));
    tools::fresh_environment(&mut command, place.root());
    command.current_dir(place.root());
    let home = place.lab().join("home");
    for (variable, folder) in [
        ("JUPYTER_CONFIG_DIR", "config"),
        ("JUPYTER_DATA_DIR", "data"),
        ("JUPYTER_RUNTIME_DIR", "runtime"),
        ("JUPYTERLAB_SETTINGS_DIR", "settings"),
        ("JUPYTERLAB_WORKSPACES_DIR", "workspaces"),
        ("IPYTHONDIR", "ipython"),
    ] {
        command.env(variable, home.join(folder));
    }
    command.env("JUPYTER_PATH", place.jupyter());
    command
}

fn bin(place: &Layout, name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    place
        .lab()
        .join(folder)
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Whether JupyterLab is installed as `requirements.txt` says.
pub(crate) fn is_installed(place: &Layout) -> bool {
    fs::read_to_string(place.lab().join("installed")).is_ok_and(|done| done == REQUIREMENTS)
}

/// What `cargo course doctor` says about JupyterLab.
pub(crate) fn finding(place: &Layout) -> Finding {
    if is_installed(place) {
        Finding::good("JupyterLab", place.lab().display().to_string())
    } else {
        Finding::missing("JupyterLab", "not installed", "`cargo course lab` installs it").optional()
    }
}

/// Installs JupyterLab, unless it is there.
pub(crate) fn install(place: &Layout, steps: &Steps) -> Result<()> {
    fs::create_dir_all(place.made())?;
    let lock = fs::File::create(place.made().join("lab.lock"))?;
    lock.lock().context("cannot lock the folder of JupyterLab")?;
    let settings = place.lab().join("share/jupyter/lab/settings");
    if !is_installed(place) {
        let step = steps.start("JupyterLab");
        let python = python()?;
        let venv = Command::new(&python)
            .args(["-m", "venv"])
            .arg(place.lab())
            .output()?;
        if !venv.status.success() {
            bail!(
                "{} -m venv did not work (on Debian and Ubuntu it needs the package python3-venv):\n{}",
                python.display(),
                String::from_utf8_lossy(&venv.stdout).trim()
            );
        }
        let requirements = place.lab().join("requirements.txt");
        fs::write(&requirements, REQUIREMENTS)?;
        let pip = Command::new(bin(place, "python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                // Python compiles what it uses at the first use.
                "--no-compile",
                "--disable-pip-version-check",
                "-r",
            ])
            .arg(&requirements)
            .stdin(Stdio::null())
            .output()?;
        if !pip.status.success() {
            bail!(
                "pip could not install JupyterLab:\n{}",
                String::from_utf8_lossy(&pip.stderr).trim()
            );
        }
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("overrides.json"), OVERRIDES)?;
        fs::write(place.lab().join("installed"), REQUIREMENTS)?;
        step.done();
    }
    Ok(())
}

/// A Python 3 on the PATH.
fn python() -> Result<PathBuf> {
    for name in ["python3", "python"] {
        let version = Command::new(name)
            .args(["-c", "import sys; print(sys.version_info >= (3, 10))"])
            .output();
        if version.is_ok_and(|output| output.stdout.starts_with(b"True")) {
            return Ok(PathBuf::from(name));
        }
    }
    bail!("expected Python 3.10 or newer on the PATH, for JupyterLab; `cargo course run` needs none")
}

/// JupyterLab refuses to run as root unless it is told to; in a container there is often no other user.
fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
