//! Files by their address, with `curl`: it is on every system that the course runs on, it knows the user's
//! proxy, and with it the command line needs no TLS of its own.
//!
//! What curl gets comes through a pipe and is written here. So the bar is exact, a full disk has its own
//! error, and a curl that has lost its parent stops at its next byte.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use course::fetched;
use indicatif::ProgressBar;

use super::staging::{self, Staging};

/// How often a connection may break without a single new byte before we give up.
const TRIES: u32 = 4;

/// Gets `file` from `url` followed by its name, continues where an earlier try stopped, and checks it.
pub(crate) fn download(
    url: &str,
    file: &fetched::File,
    staging: &Staging<'_>,
    bar: &ProgressBar,
) -> Result<()> {
    let path = staging.files().join(&file.name);
    let before = bar.position();
    if staging::check(&path, file.bytes, &file.sha256).is_ok() {
        bar.set_position(before + file.bytes);
        return Ok(());
    }
    let part = staging::part_of(&path);
    if let Some(folder) = part.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let url = format!("{url}{}", file.name);
    let resumed = part.exists();
    let checked = get(&url, &part, file.bytes, bar, before)
        .and_then(|()| staging::keep_if_right(&part, &path, file.bytes, &file.sha256));
    match checked {
        // The first half may have come from a file that has changed since.
        Err(_) if resumed && !part.exists() => {
            get(&url, &part, file.bytes, bar, before)?;
            staging::keep_if_right(&part, &path, file.bytes, &file.sha256)
        }
        checked => checked,
    }
}

/// Fills `part` up to `bytes`.
fn get(url: &str, part: &Path, bytes: u64, bar: &ProgressBar, before: u64) -> Result<()> {
    let mut in_vain = 0;
    loop {
        let have = part.metadata().map_or(0, |m| m.len());
        bar.set_position(before + have);
        if have == bytes {
            return Ok(());
        }
        if have > bytes {
            fs::remove_file(part)?;
            continue;
        }
        match curl(url, part, have, bytes, bar)? {
            End::Complete => {
                let got = part.metadata()?.len();
                if got != bytes {
                    fs::remove_file(part)?;
                    let got = if got > bytes {
                        "more".to_owned()
                    } else {
                        got.to_string()
                    };
                    bail!("{url}: expected {bytes} bytes, got {got}");
                }
            }
            End::NoResume => fs::remove_file(part)?,
            End::Broken(why) => {
                in_vain = if part.metadata().map_or(0, |m| m.len()) > have {
                    0
                } else {
                    in_vain + 1
                };
                if in_vain == TRIES {
                    bail!("{url}: {why}");
                }
                thread::sleep(Duration::from_millis(500) * in_vain);
            }
        }
    }
}

/// How a transfer ended.
enum End {
    /// The server says that this was all.
    Complete,
    /// The server does not continue in the middle of a file.
    NoResume,
    /// The connection broke.
    Broken(String),
}

/// One transfer: appends what comes to `part`, which has `have` bytes.
fn curl(url: &str, part: &Path, have: u64, bytes: u64, bar: &ProgressBar) -> Result<End> {
    let mut command = Command::new("curl");
    command
        .args([
            "--fail",
            "--no-buffer",
            "--location",
            "--silent",
            "--show-error",
            "--proto",
            "=https,http",
        ])
        // A server that sends less than a kilobyte a second for half a minute has gone.
        .args([
            "--connect-timeout",
            "20",
            "--speed-limit",
            "1000",
            "--speed-time",
            "30",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if have > 0 {
        command.args(["--continue-at", &have.to_string()]);
    }
    let mut curl = command.args(["--", url]).spawn().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => anyhow!("curl is not installed: it is needed for {url}"),
        _ => anyhow!("cannot start curl: {e}"),
    })?;
    let (Some(mut from), Some(mut errors)) = (curl.stdout.take(), curl.stderr.take()) else {
        bail!("curl has no output");
    };
    let copied = append(&mut from, part, bytes - have, bar);
    drop(from);
    if copied.is_err() {
        let _ = curl.kill();
    }
    let mut said = String::new();
    let _ = errors.read_to_string(&mut said);
    let status = curl.wait().context("curl")?;
    copied.with_context(|| format!("cannot write {}", part.display()))?;
    let said = said.trim().trim_start_matches("curl: ").to_owned();
    Ok(match status.code() {
        // 23 is curl's own complaint when we stop reading because the file is longer than it should be.
        Some(0 | 23) => End::Complete,
        Some(33) => End::NoResume,
        // 22 is a status of 400 or above. 416 means that there is nothing after what we have.
        Some(22) if have > 0 && said.contains("416") => End::NoResume,
        Some(18 | 28 | 52 | 55 | 56 | 92) => End::Broken(said),
        Some(5..=7) => bail!("{url}: no connection: {said}"),
        _ => bail!("{url}: {said}"),
    })
}

/// Copies at most one byte more than `most`, so that a file that is too long is noticed.
fn append(from: &mut impl Read, part: &Path, most: u64, bar: &ProgressBar) -> io::Result<()> {
    let mut out = File::options().create(true).append(true).open(part)?;
    let mut from = from.take(most + 1);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return out.sync_all();
        }
        out.write_all(&buffer[..n])?;
        bar.inc(n as u64);
    }
}
