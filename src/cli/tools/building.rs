//! Running cargo and reading its progress. The command line uses this, and so does `start/`, which builds the
//! command line. So this needs nothing but the standard library.

use std::io::{BufReader, Read, prelude::BufRead};
use std::path::Path;
use std::process::Command;

/// How the pack's own crate is compiled for use and not for tests. The settings are the same for the command
/// line and the kernel, so that the library is compiled once. It has no checks inside, since a student's own
/// cells have them, and no debug information, which every cell would have to read past.
const SETTINGS: [&str; 4] = [
    "debug=false",
    "debug-assertions=false",
    "opt-level=3",
    "overflow-checks=false",
];

/// Gives cargo those settings.
pub(crate) fn set(command: &mut Command) {
    for setting in SETTINGS {
        command.args(["--config", &format!("profile.dev.package.llm-course.{setting}")]);
    }
}

/// Takes away the variables that `cargo run` has set for the program that it starts. They would make cargo
/// think that its inputs have changed. `root` is the clone.
pub(crate) fn fresh_environment(command: &mut Command, root: &Path) {
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
        // Cargo puts the build's folders and the toolchain's in front; the former hold other builds of the
        // library.
        let kept = std::env::split_paths(&value)
            .filter(|path| !path.starts_with(root) && !path.join("rustlib").is_dir());
        match std::env::join_paths(kept) {
            Ok(kept) if !kept.is_empty() => command.env(name, kept),
            _ => command.env_remove(name),
        };
    }
}

/// Makes cargo draw its progress even without a terminal.
pub(crate) fn draw_progress(command: &mut Command) {
    command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .env_remove("CARGO_TERM_QUIET");
}

/// Reads what cargo writes to standard error: calls `built` with the two numbers of each
/// `Building [==>  ] 12/150: name`, and `line` with each other line.
pub(crate) fn follow(stderr: impl Read, mut built: impl FnMut(u64, u64), mut line: impl FnMut(&str)) {
    let mut reader = BufReader::new(stderr);
    let mut buffer = Vec::new();
    // Cargo redraws its bar after a carriage return and ends a message with a line feed.
    while let Ok(n) = reader.read_until(b'\r', &mut buffer) {
        if n == 0 {
            break;
        }
        for text in String::from_utf8_lossy(&buffer).split(['\r', '\n']) {
            let text = text.replace("\u{1b}[K", "");
            let text = text.trim_end();
            if let Some((done, all)) = building(text) {
                built(done, all);
            } else if !text.trim().is_empty() {
                line(text);
            }
        }
        buffer.clear();
    }
}

/// The two numbers of `Building [==>  ] 12/150: name`, in colour or not.
fn building(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.split_once("Building")?.1.split_once("] ")?;
    let (done, rest) = rest.split_once('/')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((done.trim().parse().ok()?, rest[..digits].parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_progress_is_read() {
        for (line, numbers) in [
            ("    Building [=====>      ] 12/150: serde, syn", Some((12, 150))),
            (
                "\u{1b}[1m\u{1b}[96m    Building\u{1b}[0m [=> ] 1/2: course(bin)",
                Some((1, 2)),
            ),
            ("   Compiling serde v1.0.229", None),
            ("    Building something else", None),
        ] {
            assert_eq!(building(line), numbers, "{line:?}");
        }
    }

    #[test]
    fn progress_is_told_from_messages() {
        let said = "   Compiling a v1\n    Building [> ] 0/2: a\r    Building [=> ] 1/2: b\r\u{1b}[Kwarning: b\n\nerror: c\n";
        let (mut numbers, mut lines) = (Vec::new(), Vec::new());
        follow(
            said.as_bytes(),
            |done, all| numbers.push((done, all)),
            |line| lines.push(line.to_owned()),
        );
        assert_eq!(numbers, [(0, 2), (1, 2)]);
        assert_eq!(lines, ["   Compiling a v1", "warning: b", "error: c"]);
    }
}
