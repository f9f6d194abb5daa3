//! Running other programs: cargo with its progress, the compiler's folder, and becoming another program.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use super::building;
use super::layout::Layout;
use super::progress::Step;

/// Cargo, in the clone, as a fresh shell would start it: without the variables that `cargo run` sets for the
/// program that it starts. They would make cargo think that its inputs have changed.
pub(crate) fn cargo(layout: &Layout) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(layout.root());
    building::fresh_environment(&mut command, layout.root());
    command
}

/// Turns this process into `command`, which then has the terminal and its signals to itself.
///
/// # Errors
/// Returns only when the program cannot be started.
pub(crate) fn become_it(mut command: Command) -> Result<()> {
    #[cfg(unix)]
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let error = match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    };
    Err(error).with_context(|| format!("cannot start {}", command.get_program().display()))
}

/// The folder of the Rust toolchain that the clone uses. Asked once, since rustup takes its time.
pub(crate) fn sysroot() -> Result<PathBuf> {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    if let Some(path) = FOUND.get() {
        return Ok(path.clone());
    }
    let path = ask_for_sysroot()?;
    Ok(FOUND.get_or_init(|| path).clone())
}

fn ask_for_sysroot() -> Result<PathBuf> {
    let output = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .context("cannot run rustc; install Rust from https://rustup.rs")?;
    if !output.status.success() {
        bail!(
            "rustc does not work: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let path = String::from_utf8(output.stdout).context("the toolchain's path is not UTF-8")?;
    Ok(PathBuf::from(path.trim()))
}

/// How many lines of a failed program's last words an error repeats.
const LAST_WORDS: usize = 30;

/// Runs a cargo command, moves `step` on by cargo's own progress, and returns what it wrote to standard
/// output.
///
/// # Errors
/// The command fails: the error has its last words.
pub(crate) fn run_with_progress(mut command: Command, step: &Step) -> Result<String> {
    building::draw_progress(&mut command);
    command
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot run {:?}", command.get_program()))?;
    let mut stdout = child.stdout.take().context("no standard output")?;
    let stderr = child.stderr.take().context("no standard error")?;
    let (text, words) = std::thread::scope(|scope| {
        let text = scope.spawn(move || {
            let mut text = String::new();
            stdout.read_to_string(&mut text).map(|_| text)
        });
        let mut words: Vec<String> = Vec::new();
        building::follow(
            stderr,
            |done, all| step.progress(done, all),
            |line| words.push(line.to_owned()),
        );
        words.drain(..words.len().saturating_sub(LAST_WORDS));
        (text.join(), words)
    });
    let status = child.wait()?;
    if !status.success() {
        bail!(
            "{:?} failed ({status}):\n{}",
            command.get_program(),
            words.join("\n")
        );
    }
    match text {
        Ok(text) => Ok(text?),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
