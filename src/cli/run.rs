//! `cargo course run`: notebooks in the kernel, without Python and without a browser.

use crate::kernel::{self, command::KernelCommand};
use crate::nb::command;
use crate::nb::notebook::{Kind, Notebook};
use crate::nb::observer::Options;
use crate::nb::output::Limits;
use crate::nb::page;
use crate::nb::report::NotebookReport;
use crate::nb::runner;
use crate::nb::solutions;
use crate::nb::terminal::Terminal;
use crate::tools::layout::Layout;
use crate::tools::progress::Steps;
use crate::tools::words::did_you_mean;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::watch;

/// The exit code of a run that was interrupted, as in shells for Ctrl-C.
const INTERRUPTED: i32 = 130;

/// Runs notebooks in the kernel and fails if any cell fails.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Run {
    /// Which notebooks: a number (01), a name (01_vectors) or a file; all of notebooks/ if none is given
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Goes on with the next cell after one has failed
    #[arg(long)]
    keep_going: bool,
    /// How long a cell may take, its compilation included
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    timeout: Duration,
    /// Writes the executed notebooks into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes each executed notebook as a page, too, that needs nothing else to be read
    #[arg(long, requires = "out")]
    html: bool,
    /// Puts the solutions into the cells of exercises first
    #[arg(long)]
    solve: bool,
    /// Prints a report as JSON on standard output, and everything else on standard error
    #[arg(long)]
    json: bool,
    /// Uses the kernel that this folder describes, and not the pack's own
    #[arg(long, value_name = "DIR")]
    kernelspec: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  cargo course run                          all notebooks, one after the other
  cargo course run 01                       the notebook whose name begins with 01
  cargo course run my.ipynb --keep-going    a notebook of your own, to its end whatever fails
  cargo course run --out done --html        executed notebooks and pages, in the folder done
  cargo course run 01 --json > report.json  what passed and failed, for a program

A cell fails if it does not compile, panics, meets an error at a `?`, ends its
process, takes too long or prints without end. A notebook stops at its first
failed cell; the next notebook is run all the same. A cell tagged
raises-exception is expected to fail, and one tagged skip-execution is not run.

Exit codes: 0 everything passed, 1 something failed, 2 the command line is
wrong, 130 interrupted.";

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "expected a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("expected a number of seconds above 0".into()),
    }
}

impl Run {
    /// Runs the command and returns the exit code.
    pub(crate) fn run(self) -> Result<i32> {
        let layout = Layout::find()?;
        if self.solve {
            crate::exercise::files::need_solutions(&layout)?;
        }
        let files = files(&self.names, &layout.notebooks())?;
        if let Some(out) = &self.out {
            std::fs::create_dir_all(out)
                .with_context(|| format!("cannot make the folder {}", out.display()))?;
            check_out(out, &files)?;
        }
        let kernel = match &self.kernelspec {
            Some(folder) => command::from_spec(folder)?,
            None => kernel::set_up(&layout, &Steps::new())?,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(self.run_all(&files, layout.root(), &kernel))
    }

    async fn run_all(&self, files: &[PathBuf], root: &Path, kernel: &KernelCommand) -> Result<i32> {
        let (send, stop) = watch::channel(false);
        let mut terminal = Terminal::new(self.json);
        let mut signals = Signals::new()?;
        let mut reports = Vec::new();
        let everything = async {
            for file in files {
                if *stop.borrow() {
                    break;
                }
                reports.push(self.run_one(file, root, kernel, &stop, &mut terminal).await?);
            }
            anyhow::Ok(())
        };
        // The first signal ends the run in good order; a second one drops everything, and with it the kernel.
        let end = tokio::select! {
            end = everything => Some(end),
            () = async {
                signals.next().await;
                let _ = send.send(true);
                signals.next().await;
            } => None,
        };
        match end {
            None => return Ok(INTERRUPTED),
            Some(end) => end?,
        }
        terminal.summary(&reports);
        if self.json {
            println!(
                "{}",
                serde_json::to_string_pretty(&serde_json::json!({
                    "passed": reports.iter().all(|report| report.passed) && !*stop.borrow(),
                    "interrupted": *stop.borrow(),
                    "notebooks": reports,
                }))?
            );
        }
        Ok(match reports.iter().all(|report| report.passed) {
            _ if *stop.borrow() => INTERRUPTED,
            true => 0,
            false => 1,
        })
    }

    /// Runs one notebook. Only a fault that concerns all notebooks is an error here.
    async fn run_one(
        &self,
        file: &Path,
        root: &Path,
        kernel: &KernelCommand,
        stop: &watch::Receiver<bool>,
        terminal: &mut Terminal,
    ) -> Result<NotebookReport> {
        let name = file.strip_prefix(root).unwrap_or(file).display().to_string();
        let mut notebook = match self.prepare(file, root) {
            Ok(notebook) => notebook,
            Err(problem) => {
                let report = NotebookReport::unrunnable(&name, format!("{problem:#}"));
                terminal.notebook(&name, 0);
                terminal.done(&report);
                return Ok(report);
            }
        };
        let code_cells = notebook
            .cells
            .iter()
            .filter(|cell| cell.kind() == Kind::Code)
            .count();
        terminal.notebook(&name, code_cells);
        let options = Options {
            timeout: self.timeout,
            keep_going: self.keep_going,
            limits: Limits::default(),
        };
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let report = runner::run(&mut notebook, &name, folder, kernel, &options, stop, terminal).await;
        terminal.done(&report);
        if let Some(out) = &self.out {
            let stem = stem(file);
            write(&out.join(format!("{stem}.ipynb")), &notebook.to_json()?)?;
            if self.html {
                let page = page::page(&notebook, &stem, folder);
                write(&out.join(format!("{stem}.html")), page.as_bytes())?;
            }
        }
        Ok(report)
    }

    fn prepare(&self, file: &Path, root: &Path) -> Result<Notebook> {
        let mut notebook = Notebook::read(file)?;
        if self.solve {
            for cell in &mut notebook.cells {
                if let Some(source) = solutions::source_for(cell, &root.join("solutions"))? {
                    cell.set_source(source);
                }
            }
        }
        Ok(notebook)
    }
}

/// Makes sure that what is written into `out` overwrites neither a source nor another result.
fn check_out(out: &Path, files: &[PathBuf]) -> Result<()> {
    let out_folder = out.canonicalize()?;
    for (i, file) in files.iter().enumerate() {
        if file.canonicalize()?.parent() == Some(out_folder.as_path()) {
            bail!(
                "--out {} would overwrite {}: name another folder",
                out.display(),
                file.display()
            );
        }
        if let Some(other) = files[..i].iter().find(|other| stem(other) == stem(file)) {
            bail!(
                "{} and {} would be written to the same file",
                other.display(),
                file.display()
            );
        }
    }
    Ok(())
}

/// The name of a notebook: its file's without the ending.
fn stem(file: &Path) -> String {
    file.file_stem()
        .unwrap_or(file.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// The notebooks that `names` stand for; without names, all of the course.
fn files(names: &[String], folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    all.retain(|file| file.extension().is_some_and(|extension| extension == "ipynb"));
    all.sort();
    if names.is_empty() {
        if all.is_empty() {
            bail!("no notebooks in {}", folder.display());
        }
        return Ok(all);
    }
    names.iter().map(|name| find(name, &all)).collect()
}

/// The notebook that `name` stands for.
fn find(name: &str, all: &[PathBuf]) -> Result<PathBuf> {
    if name.ends_with(".ipynb") || name.contains(std::path::MAIN_SEPARATOR) {
        return match Path::new(name) {
            file if file.is_file() => Ok(file.to_owned()),
            _ => bail!("there is no file {name}"),
        };
    }
    let begins = |file: &&PathBuf| {
        stem(file)
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let found: Vec<&PathBuf> = all.iter().filter(begins).collect();
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let there: Vec<String> = all.iter().map(|file| stem(file)).collect();
            let near = did_you_mean(name, there.iter().map(String::as_str));
            match (near.is_empty(), there.as_slice()) {
                (_, []) => bail!("no notebook {name:?}: there is none in notebooks/"),
                (true, all) => bail!("no notebook {name:?} in notebooks/; there: {}", all.join(", ")),
                (false, _) => bail!("no notebook {name:?} in notebooks/{near}"),
            }
        }
        several => {
            let several: Vec<String> = several.iter().map(|file| stem(file)).collect();
            bail!("{name:?} can be any of: {}", several.join(", "))
        }
    }
}

/// The signals by which somebody ends a run.
struct Signals {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 3],
}

#[cfg(unix)]
impl Signals {
    fn new() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = [
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
        ];
        Ok(Self { signals })
    }

    async fn next(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn new() -> Result<Self> {
        Ok(Self {})
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
