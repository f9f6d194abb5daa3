//! A process and all that it has started, which end together.

use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, WaitOptions, kill_process_group, waitpgid};

/// How long the last of a killed group may take to end.
const END: Duration = Duration::from_secs(2);

/// A process that leads a session and a group of its own. Dropping it kills the group and waits for its end.
pub(crate) struct Group {
    child: Child,
}

/// Makes this process the parent of orphans, so that a killed group's last processes are waited for.
pub(crate) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

impl Group {
    /// Starts what [`command`](super::command) made.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let child = command.spawn().context("cannot start this program again")?;
        Ok(Self { child })
    }

    /// How the process ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// How the process ended, if it ends within `patience`.
    pub(crate) fn ends(&mut self, patience: Duration) -> Option<ExitStatus> {
        let begin = Instant::now();
        loop {
            match self.ended() {
                None if begin.elapsed() < patience => std::thread::sleep(Duration::from_millis(1)),
                ended => return ended,
            }
        }
    }

    /// The processor time that it has used; `None` where the system does not tell.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name, which may have spaces, is in parentheses; the times are fields 14 and 15 of all.
        let (_, fields) = stat.rsplit_once(')')?;
        let ticks: Vec<u64> = (fields.split_whitespace().skip(11).take(2))
            .filter_map(|field| field.parse().ok())
            .collect();
        let [user, system] = ticks.as_slice() else {
            return None;
        };
        let second = rustix::param::clock_ticks_per_second().max(1);
        Some(Duration::from_millis((user + system) * 1000 / second))
    }

    /// Kills all of it.
    pub(crate) fn kill(&mut self) {
        let pid = Pid::from_raw(self.child.id().cast_signed());
        if let Some(pid) = pid {
            // There is no group yet if the process has not got that far.
            let _ = kill_process_group(pid, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let begin = Instant::now();
        while let Some(pid) = pid
            && begin.elapsed() < END
        {
            match waitpgid(pid, WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                Ok(None) => std::thread::sleep(Duration::from_millis(1)),
                Err(_) => break, // There are none left.
            }
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}
