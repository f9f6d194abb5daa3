//! Running other programs: cargo with its progress, the compiler's folder, and becoming another program.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use super::layout::Layout;
use super::progress::Step;

/// Cargo, in the clone, as a fresh shell would start it: without what `cargo run` sets for the program that it starts,
/// which would make cargo think that its inputs have changed.
pub(crate) fn cargo(place: &Layout) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(place.root());
    fresh_environment(&mut command, place);
    command
}

/// Takes away what `cargo run` has set for this program.
pub(crate) fn fresh_environment(command: &mut Command, place: &Layout) {
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let set_by_cargo = ["CARGO_PKG_", "CARGO_MANIFEST_"]
            .iter()
            .any(|start| text.starts_with(start))
            || ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "OUT_DIR"].contains(&text);
        if set_by_cargo {
            command.env_remove(&name);
        }
    }
    for name in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        let Some(value) = std::env::var_os(name) else {
            continue;
        };
        // Cargo puts the build's folders and the toolchain's in front; the former hold other builds of the library.
        let kept = std::env::split_paths(&value)
            .filter(|path| !path.starts_with(place.root()) && !path.join("rustlib").is_dir());
        match std::env::join_paths(kept) {
            Ok(kept) if !kept.is_empty() => command.env(name, kept),
            _ => command.env_remove(name),
        };
    }
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

/// How much of a failed program's last words an error repeats, in lines.
const LAST_WORDS: usize = 30;

/// Runs a cargo command, moves `step` on by cargo's own progress, and returns what it wrote to standard output.
///
/// # Errors
/// The command fails: the error has its last words.
pub(crate) fn run_with_progress(mut command: Command, step: &Step) -> Result<String> {
    command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_TERM_QUIET")
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
        let words = follow(stderr, step);
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

/// Reads cargo's messages, `Building [==>  ] 12/150: name` among them, and returns the last others.
fn follow(stderr: impl Read, step: &Step) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut reader = BufReader::new(stderr);
    let mut buffer = Vec::new();
    // Cargo redraws its bar after a carriage return and ends a message with a line feed.
    while let Ok(n) = reader.read_until(b'\r', &mut buffer) {
        if n == 0 {
            break;
        }
        for line in String::from_utf8_lossy(&buffer).split(['\r', '\n']) {
            let line = line.trim_end();
            if let Some((done, all)) = building(line) {
                step.progress(done, all);
            } else if !line.trim().is_empty() {
                words.push(line.replace("\u{1b}[K", ""));
            }
        }
        let surplus = words.len().saturating_sub(LAST_WORDS);
        words.drain(..surplus);
        buffer.clear();
    }
    words
}

/// The two numbers of `Building [==>  ] 12/150: name`.
fn building(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.trim_start().strip_prefix("Building [")?.split_once("] ")?;
    let (done, rest) = rest.split_once('/')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((done.trim().parse().ok()?, rest[..digits].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::building;

    #[test]
    fn cargo_progress_is_read() {
        assert_eq!(
            building("    Building [=====>      ] 12/150: serde, syn"),
            Some((12, 150))
        );
        assert_eq!(building("   Compiling serde v1.0.229"), None);
    }
}
