//! What `cargo course` starts. It builds the command line if that is missing or older than its sources, says
//! how far the build is, and then becomes the command line.
//!
//! The command line has a hundred and fifty dependencies, and its first build takes minutes. Cargo would be
//! silent all that time, or talk before every command. This program has no dependency, so its first words
//! come two seconds after the first command. Later it looks at the files that the command line was made of,
//! which is faster than cargo.

#[path = "../tools/building.rs"]
mod building;
mod made_of;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// These commands need the kernel's library, with candle and tokenizers in it. Where one of them has been
/// used, the command line is built with the same library, so that the library is compiled once. Elsewhere the
/// command line is built without those two, which it does not need.
const WITH_KERNEL: [&str; 3] = ["kernelspec", "lab", "run"];

/// How often a build says that it goes on: on a terminal the line is overwritten, elsewhere it is a new one.
const ON_A_TERMINAL: Duration = Duration::from_millis(500);
const ELSEWHERE: Duration = Duration::from_secs(8);

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn start() -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .unwrap_or(Path::new("."));
    // Beside this program lies what cargo built last: the command line for its users, or, with other
    // settings, for the tests. So the users' build has a copy in a folder of its own.
    let me = std::env::current_exe()?;
    let program = |folder| {
        me.with_file_name(folder)
            .join(format!("course{}", std::env::consts::EXE_SUFFIX))
    };
    let (light, full) = (program("command-line"), program("command-line-with-kernel"));
    let needs_kernel = std::env::args_os()
        .nth(1)
        .is_some_and(|first| WITH_KERNEL.iter().any(|name| first == *name));
    let program = if needs_kernel || full.is_file() {
        &full
    } else {
        &light
    };
    let command = cargo_build(root, program == &light);
    let state = program.with_file_name("made-of");
    let head = format!("{command:?}");
    if !program.is_file() || !made_of::is_same(&state, &head) {
        let began = SystemTime::now();
        if !build(command, root, !program.is_file())? {
            return Ok(ExitCode::FAILURE);
        }
        let built = me.with_file_name(program.file_name().unwrap_or_default());
        copy(&built, program)?;
        made_of::write(&state, &head, root, &built.with_extension("d"), began)?;
    }
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1));
    become_it(command)
}

/// The build of the command line.
fn cargo_build(root: &Path, light: bool) -> Command {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut command = Command::new(cargo);
    command.args(["build", "--features", "cli", "--bin", "course"]);
    if light {
        command.arg("--no-default-features");
    }
    building::set(&mut command);
    command.arg("--manifest-path").arg(root.join("Cargo.toml"));
    command
}

/// Replaces `to` by a copy of `from`.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = to.with_extension(format!("{}.new", std::process::id()));
    std::fs::copy(from, &beside)?;
    std::fs::rename(&beside, to)
}

/// Turns this process into `command`, or waits for it if the system cannot do that.
#[cfg(unix)]
fn become_it(mut command: Command) -> io::Result<ExitCode> {
    Err(std::os::unix::process::CommandExt::exec(&mut command))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> io::Result<ExitCode> {
    let code = command.status()?.code().unwrap_or(1);
    std::process::exit(code)
}

/// Runs the build and says how far it is. Returns whether that worked; if not, what cargo said has been
/// shown.
fn build(mut command: Command, root: &Path, first: bool) -> io::Result<bool> {
    building::fresh_environment(&mut command, root);
    building::draw_progress(&mut command);
    let terminal = io::stderr().is_terminal();
    command.env("CARGO_TERM_COLOR", if terminal { "always" } else { "never" });
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    if first {
        say("cargo course: builds its command line first, once; that takes minutes");
    }
    let mut child = command.spawn()?;
    let stderr = child
        .stderr
        .take()
        .ok_or_else(|| io::Error::other("cargo has no standard error"))?;

    let numbers = Arc::new(Mutex::new(None));
    let (end, ended) = channel::<()>();
    let ticker = std::thread::spawn({
        let numbers = Arc::clone(&numbers);
        move || tell(&numbers, &ended, terminal)
    });
    let mut words = Vec::new();
    building::follow(
        stderr,
        |done, all| *numbers.lock().unwrap_or_else(PoisonError::into_inner) = Some((done, all)),
        |line| words.push(line.to_owned()),
    );
    drop(end);
    let _ = ticker.join();
    let good = child.wait()?.success();
    for word in words.iter().filter(|word| !is_status(word)) {
        say(word);
    }
    Ok(good)
}

/// Says how far the build is until it has ended.
fn tell(numbers: &Mutex<Option<(u64, u64)>>, ended: &std::sync::mpsc::Receiver<()>, terminal: bool) {
    let began = Instant::now();
    let pause = if terminal { ON_A_TERMINAL } else { ELSEWHERE };
    let mut shown = false;
    while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let numbers = *numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = began.elapsed().as_secs();
        let line = match numbers {
            Some((done, all)) => format!("the command line: {done} of {all} after {seconds} s"),
            None => format!("the command line: {seconds} s"),
        };
        if terminal {
            let _ = write!(io::stderr(), "\r{line}\u{1b}[K");
            shown = true;
        } else {
            say(&line);
        }
    }
    if shown {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
}

/// Whether a line is cargo's own `   Compiling name`, and no message of the compiler's.
fn is_status(line: &str) -> bool {
    let plain = without_colours(line);
    let Some((verb, _)) = plain.trim_start().split_once(' ') else {
        return false;
    };
    let indent = plain.len() - plain.trim_start().len();
    indent + verb.len() == 12 && verb.chars().next().is_some_and(char::is_uppercase)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain += before;
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::is_status;

    #[test]
    fn status_lines_are_told_from_messages() {
        for line in [
            "   Compiling serde v1.0.229",
            "    Finished `dev` profile",
            "\u{1b}[1m\u{1b}[92m   Compiling\u{1b}[0m serde v1.0.229",
        ] {
            assert!(is_status(line), "{line:?}");
        }
        for line in [
            "error[E0425]: cannot find value `x`",
            "  --> src/lib.rs:1:1",
            "   | Compiling x",
            "   = note: y",
        ] {
            assert!(!is_status(line), "{line:?}");
        }
    }
}
