//! Running what is not trusted: a student's functions, and rustc on a student's files.
//!
//! No code is put between fork and exec. Instead this program starts itself as
//! `course confine LIMITS PROGRAM …`, which takes everything away from itself that the program must not have,
//! and then becomes the program.
//!
//! # The threat model
//!
//! The student's code is taken to be any machine code: rustc rejects `unsafe`, foreign functions and
//! constructor sections, but a hole in that must not be a hole in grading. What the code cannot do, and what
//! prevents it:
//!
//! | it cannot | for | since |
//! |---|---|---|
//! | see an expected value, a hidden case or the seed | answers, rustc | they are in the grader's process alone; a question has arguments and no answer |
//! | forge a verdict | answers | what it prints and its exit code are no answer; a value is compared by the grader |
//! | read files, but its own program and the system's libraries | answers | Landlock |
//! | read files, but its sources, the toolchain and the system's programs | rustc | Landlock; so `include_str!` reads no solution |
//! | write files | answers | Landlock, and a file size limit of 0 |
//! | write files, but in the scratch folder | rustc | Landlock |
//! | use the network, or any socket but the one to the grader | answers, rustc | seccomp: no call makes one |
//! | start a process, or stay behind | answers | seccomp: no fork, and no other program; its parent's end ends it |
//! | signal another process | answers | seccomp: a signal to itself alone; Landlock's scope where the kernel has it |
//! | use up memory or time | answers, rustc | resource limits; a time for each answer and one for all; its process group is killed |
//! | fill the disk or the grader's memory | answers, rustc | limits of what is written, printed and answered |
//! | learn from the environment | answers, rustc | which is empty, but for rustc's search path |
//!
//! Landlock, seccomp and ending with the parent exist on Linux only. On other systems, and where the kernel
//! lacks one, `cargo course grade` says so and refuses unless it is told to go on. Then only the limits of
//! POSIX and the empty environment are left.
//!
//! Not covered: a hole in the kernel or in rustc itself, which is a large program and reads what the student
//! wrote; time as a channel (how long a right answer takes tells nothing to anybody but the grader); whether
//! files exist, which Landlock does not hide; a submission of nothing but files that keep rustc busy, which
//! takes ten seconds for each of them, but only of one job; a student who guesses the hidden cases'
//! distribution, which is public, and writes the right function.
//!
//! # Decisions
//!
//! Confining happens in a process of its own and not between fork and exec, which safe Rust cannot do. rustc
//! is confined as well, since `include_str!` and macros work for whoever wrote the file. On Linux 6.7 and
//! newer all of the table holds; between 5.13 and 6.7 seccomp alone closes the network. `cargo course check`
//! runs one's own code with the same limits of time and memory, but otherwise unconfined.

#[cfg(target_os = "linux")]
mod calls;
mod confine;
#[cfg(target_os = "linux")]
mod files;
mod group;
mod limits;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

pub(crate) use confine::{FAILED, NAME, PROBE, confine};
pub(crate) use group::{Group, adopt_orphans};
pub(crate) use limits::{Care, Limits, Role};

/// The system's libraries, for a program that is linked to them.
pub(crate) const LIBRARIES: [&str; 7] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/nix/store",
];

/// Programs that the kernel starts to load another one.
pub(crate) const LOADERS: [&str; 5] = [
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-linux-aarch64.so.1",
    "/lib/ld-linux-riscv64-lp64d.so.1",
    "/lib/ld-musl-x86_64.so.1",
    "/lib/ld-musl-aarch64.so.1",
];

/// The system's programs, the linker among them.
pub(crate) const PROGRAMS: [&str; 8] = [
    "/bin",
    "/usr/bin",
    "/usr/libexec",
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/nix/store",
];

/// `program`, within `limits`, in `folder`; with an empty environment unless it is trusted.
pub(crate) fn command(limits: &Limits, folder: &Path, program: &Path) -> Result<Command> {
    // The program's own file, even if it has been replaced by a newer build.
    let me = if cfg!(target_os = "linux") {
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().context("cannot find this program's own file")?
    };
    let mut command = Command::new(me);
    command
        .arg(NAME)
        .arg(serde_json::to_string(limits)?)
        .arg(program)
        .current_dir(folder);
    if limits.care != Care::Limits {
        command.env_clear();
    }
    Ok(command)
}
