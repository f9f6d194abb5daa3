//! The kernel's process, started so that it leaves nothing behind.
//!
//! A kernel is a small tree: evcxr, the child that runs the cells, rustc while a cell is compiled, and
//! whatever a cell starts. All of it is one process group. Beside the group there is a *guard*: a shell that
//! only waits for the end of its standard input, which is a pipe from this process. Then it kills the group
//! and removes its temporary files. This happens when [`Process::end`] closes the pipe, and also when this
//! process is killed, even by `SIGKILL`. Where there are no process groups, only the kernel itself is ended.

use super::command;
use crate::kernel::command::KernelCommand;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

/// How much of what the kernel itself prints is kept, in bytes: it explains why a kernel did not start.
const MOST_LOG: usize = 16 * 1024;

/// A running kernel, with its guard.
pub(super) struct Process {
    kernel: Child,
    guard: Option<Child>,
    log: Log,
}

impl Process {
    /// Starts `command` in `folder`; `scratch` is where the kernel puts its temporary files unless the
    /// command says otherwise.
    pub(super) fn start(
        command: &KernelCommand,
        connection_file: &Path,
        folder: &Path,
        scratch: &Path,
    ) -> Result<Self> {
        let (program, arguments) = command::line(command, connection_file)?;
        let mut line = Command::new(&program);
        line.args(arguments)
            .current_dir(folder)
            .env("TMPDIR", scratch)
            .envs(command.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        #[cfg(unix)]
        line.process_group(0);
        let mut kernel = line
            .spawn()
            .with_context(|| format!("cannot start the kernel {program}"))?;
        let guard = guard(kernel.id(), scratch)?;
        let log = Log::default();
        if let Some(out) = kernel.stdout.take() {
            log.follow(out);
        }
        if let Some(err) = kernel.stderr.take() {
            log.follow(err);
        }
        Ok(Self { kernel, guard, log })
    }

    /// Waits until the kernel ends on its own. Nothing is lost when the future is dropped.
    pub(super) async fn ended(&mut self) -> Option<ExitStatus> {
        self.kernel.wait().await.ok()
    }

    /// Whether the kernel has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.kernel.try_wait(), Ok(None))
    }

    /// The last of what the kernel itself printed.
    pub(super) fn log(&self) -> String {
        self.log.text()
    }

    /// The kernel's resident memory in bytes, where the system tells it.
    pub(super) fn memory(&self) -> Option<u64> {
        let file = format!("/proc/{}/status", self.kernel.id()?);
        let text = std::fs::read_to_string(file).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kilobytes << 10)
    }

    /// Waits up to `patience` for the kernel to end on its own, then kills it and everything that it started.
    pub(super) async fn end(mut self, patience: Duration) {
        let _ = tokio::time::timeout(patience, self.kernel.wait()).await;
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            let _ = guard.wait().await;
        }
        let _ = self.kernel.start_kill();
        let _ = self.kernel.wait().await;
    }
}

/// What the guard does; its arguments are the group and the folder of temporary files.
#[cfg(unix)]
const GUARD: &str = r#"read -r _; kill -s KILL -- "-$1" 2>/dev/null; rm -rf -- "$2""#;

/// The shell that outlives this process by a moment and takes the kernel's group with it.
#[cfg(unix)]
fn guard(kernel: Option<u32>, scratch: &Path) -> Result<Option<Child>> {
    let Some(group) = kernel else { return Ok(None) };
    // A group of its own: Ctrl-C in the terminal must not end the guard before this process.
    Command::new("sh")
        .args(["-c", GUARD, "guard"])
        .arg(group.to_string())
        .arg(scratch)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(Some)
        .context("cannot start sh, which ends the kernel when this program ends")
}

#[cfg(not(unix))]
fn guard(_kernel: Option<u32>, _scratch: &Path) -> Result<Option<Child>> {
    Ok(None)
}

/// The tail of a stream of text, filled in the background.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn follow(&self, mut stream: impl AsyncRead + Unpin + Send + 'static) {
        let log = self.clone();
        tokio::spawn(async move {
            let mut piece = [0; 4096];
            while let Ok(n @ 1..) = stream.read(&mut piece).await {
                let mut kept = log.0.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend_from_slice(&piece[..n]);
                let surplus = kept.len().saturating_sub(MOST_LOG);
                kept.drain(..surplus);
            }
        });
    }

    fn text(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}
