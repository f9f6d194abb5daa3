//! `course confine LIMITS PROGRAM …`: confines itself and becomes the program. It is not for people, and is
//! read before the command line is, since it starts thousands of times.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result, bail};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::limits::{Limits, Role};

/// The command's name.
pub(crate) const NAME: &str = "confine";

/// The exit code that says that the program has not been started.
pub(crate) const FAILED: i32 = 125;

/// Given instead of a program: prints the protections that hold, and ends.
pub(crate) const PROBE: &str = "--probe";

/// The stack of a program's first thread. This is the usual size; it is set so that a recursion ends at the
/// same depth everywhere.
const STACK: u64 = 8 << 20;

/// How many files a program may have open.
const OPEN: u64 = 256;

/// The largest file that rustc writes; a program of thirty exercises has 5 MB.
const LARGEST: u64 = 256 << 20;

/// Confines this process and turns it into the program.
///
/// # Errors
/// A protection that is required is missing, or the program cannot be started.
pub(crate) fn confine(mut arguments: impl Iterator<Item = OsString>) -> Result<()> {
    let limits = arguments.next().context("expected limits and a program")?;
    let limits = limits.to_str().context("expected limits in UTF-8")?;
    let limits: Limits = serde_json::from_str(limits).context("expected limits in JSON")?;
    let program = arguments.next().context("expected a program")?;

    // This fails in a process that leads its group already, which is just as good.
    let _ = rustix::process::setsid();
    end_with_parent(&limits)?;
    set_limits(&limits)?;
    let protections = protect(&limits)?;
    if program == PROBE {
        use std::io::Write;
        return Ok(std::io::stdout().write_all(protections.join("\n").as_bytes())?);
    }
    crate::tools::become_it({
        let mut command = Command::new(program);
        command.args(arguments);
        command
    })
}

fn set_limits(limits: &Limits) -> Result<()> {
    let (file, space) = match limits.role {
        // Besides the memory that it writes to, there are reservations, such as the allocator's for each
        // thread.
        Role::Answers => (0, limits.memory * 4),
        Role::Compiler => (LARGEST, limits.memory * 4),
    };
    for (resource, most) in [
        (Resource::Core, 0),
        (Resource::Fsize, file),
        (Resource::Stack, STACK),
        (Resource::Nofile, OPEN),
        (Resource::Data, limits.memory),
        (Resource::As, space),
    ] {
        set(resource, most, most)?;
    }
    // The signal at the first limit says why; the second cannot be ignored.
    set(Resource::Cpu, limits.seconds, limits.seconds + 1)
}

fn set(resource: Resource, current: u64, maximum: u64) -> Result<()> {
    let allowed = rustix::process::getrlimit(resource).maximum;
    let within = |wanted: u64| Some(allowed.map_or(wanted, |allowed| allowed.min(wanted)));
    let limit = Rlimit {
        current: within(current),
        maximum: within(maximum),
    };
    let limited = setrlimit(resource, limit).with_context(|| format!("cannot limit {resource:?}"));
    // Other systems lack some of them.
    if cfg!(target_os = "linux") {
        limited
    } else {
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn end_with_parent(limits: &Limits) -> Result<()> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // A parent that had ended before sends no signal any more.
    let parent = getppid().map(|pid| pid.as_raw_nonzero().get().cast_unsigned());
    if parent != Some(limits.parent) {
        bail!("the grader has ended");
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn end_with_parent(_: &Limits) -> Result<()> {
    Ok(())
}

/// Returns the protections that hold, one line for each.
#[cfg(target_os = "linux")]
fn protect(limits: &Limits) -> Result<Vec<String>> {
    use super::limits::Care;
    use super::{calls, files};
    if limits.care == Care::Limits {
        return Ok(Vec::new());
    }
    let mut protections = Vec::new();
    let mut note = |name: &str, outcome: Result<String>| -> Result<()> {
        match outcome {
            Ok(what) => protections.push(what),
            Err(error) if limits.care == Care::Required => bail!("{name} is missing: {error:#}"),
            Err(_) => {}
        }
        Ok(())
    };
    let left_out = |name: &str| -> Result<()> {
        if limits.without.iter().any(|other| other == name) {
            bail!("left out");
        }
        Ok(())
    };
    note(
        "Landlock",
        left_out("landlock").and_then(|()| files::restrict(limits)),
    )?;
    note(
        "seccomp",
        left_out("seccomp").and_then(|()| calls::restrict(limits.role)),
    )?;
    Ok(protections)
}

#[cfg(not(target_os = "linux"))]
fn protect(limits: &Limits) -> Result<Vec<String>> {
    if limits.care == super::limits::Care::Required {
        bail!("Landlock and seccomp are missing: they are Linux's");
    }
    Ok(Vec::new())
}
