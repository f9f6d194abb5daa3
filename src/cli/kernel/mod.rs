//! The fast kernel: stock evcxr, arranged so that it answers in a quarter of a second.
//!
//! A stock kernel compiles the library and its hundred and fifty dependencies when a notebook asks for them,
//! and every new kernel does so again. Here they are compiled once, at set-up, into one shared library, and
//! three of evcxr's documented settings do the rest:
//!
//! * its start-up lines (`prelude` in `evcxr.toml`) hand the shared library to the compiler
//!   (`:build_env RUSTFLAGS`) and name a package, `course`, of one line: `pub use course_rt::*`;
//! * evcxr asks rust-analyzer for the type of each `let`; rust-analyzer sees instead a package that consists
//!   of the library's sources and has no dependencies, so it reads a few files and not a hundred and fifty
//!   crates;
//! * `RUST_SRC_PATH` gives it the standard library's sources without comments and without the processor
//!   intrinsics, which are two thirds of them.
//!
//! What a cell takes is the compiler's code generation. Reading the library is 0.06 s of it, and rust-
//! analyzer adds 0.04 s to a `let`. So it counts what a cell makes the compiler generate: a generic
//! function of the library is compiled anew in each cell that calls it. Where its body is long, the generic
//! part only turns the arguments into one type and calls a function that is not generic; `Show` in
//! src/show.rs is an example (0.17 instead of 0.45 s of processor time for a cell that ends in a list of
//! words).
//!
//! Jupyter does not start evcxr but `course kernel`, which makes a folder for this one kernel, rebuilds the
//! library if its sources have changed, and then becomes evcxr.
//!
//! While the kernel runs, its folder has a lock that ends with the process. The next start removes the
//! folders that killed kernels left. So there is no daemon, and nothing to clean up by hand.

mod arrangement;
pub(crate) mod command;
mod evcxr;
mod launch;
mod library;
mod std_sources;
mod trial;

use std::fs;

use anyhow::Result;
use arrangement::Arrangement;
use command::{KernelCommand, command};

use crate::tools;
use crate::tools::finding::Finding;
use crate::tools::layout::{self, Layout};
use crate::tools::progress::Steps;

use evcxr::VERSION as EVCXR_VERSION;
pub(crate) use launch::{KernelArgs, running, sweep};

/// Makes what the kernel still lacks: evcxr, the library and the standard library's sources, side by side.
/// What is done already is not done again.
pub(crate) fn set_up(place: &Layout, steps: &Steps) -> Result<KernelCommand> {
    fs::create_dir_all(place.kernel())?;
    layout::install_program(place)?;
    std::thread::scope(|scope| {
        let evcxr = scope.spawn(|| evcxr::install(place, steps));
        let library = scope.spawn(|| library::build(place, steps).map(|_| ()));
        let sources = std_sources::install(place);
        for work in [evcxr, library] {
            match work.join() {
                Ok(done) => done?,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        sources
    })?;
    write_spec(place)?;
    trial::run(place, steps)?;
    command(place)
}

/// Prints the folder for `JUPYTER_PATH`, after setting up what is missing.
pub(crate) fn print_spec() -> Result<()> {
    let place = Layout::find()?;
    set_up(&place, &Steps::new())?;
    println!("{}", place.jupyter().display());
    Ok(())
}

/// What `cargo course doctor` says about the kernel.
pub(crate) fn findings(place: &Layout) -> Result<Vec<Finding>> {
    const SET_UP: &str = "`cargo course lab --set-up-only` makes it";
    let evcxr = match evcxr::find(place) {
        Some(path) if path.is_file() => Finding::good("the evcxr kernel", path.display().to_string()),
        Some(path) => Finding::missing(
            "the evcxr kernel",
            format!("EVCXR_JUPYTER names no file: {}", path.display()),
            "",
        ),
        None => Finding::missing(
            "the evcxr kernel",
            format!("no evcxr_jupyter {EVCXR_VERSION}"),
            SET_UP,
        ),
    };
    let library = match library::current(place, &tools::sysroot()?)? {
        Some((_, true)) => Finding::good("the course's library", "built from the sources as they are"),
        Some((_, false)) => Finding::good(
            "the course's library",
            "older than its sources; the next kernel start builds it again",
        ),
        None => Finding::missing("the course's library", "not built", SET_UP),
    };
    let sources = match std_sources::path(place) {
        Some(_) => Finding::good(
            "standard library's sources",
            "there: completion knows the standard library",
        ),
        None => Finding::missing(
            "standard library's sources",
            "absent: completion does not know the standard library",
            "`rustup component add rust-src`, then `cargo course lab --set-up-only`",
        )
        .optional(),
    };
    let arrangement = match Arrangement::read(place) {
        Some(Arrangement::Fast) => Finding::good("arrangement", "fast: the library is built beforehand"),
        Some(Arrangement::Stock(why)) => Finding::missing(
            "arrangement",
            format!("stock: each kernel compiles the library itself ({why})"),
            "`cargo course clean`, then `cargo course lab --set-up-only`, tries the fast one again",
        )
        .optional(),
        None => Finding::missing("arrangement", "not tried yet", SET_UP),
    };
    let running = running(place)?;
    let kernels = Finding::good("kernels", format!("{running} running"));
    Ok(vec![evcxr, library, arrangement, sources, kernels])
}

/// Writes the kernelspec.
fn write_spec(place: &Layout) -> Result<()> {
    let spec = place.jupyter().join("kernels").join("rust");
    fs::create_dir_all(&spec)?;
    let KernelCommand { argv, env } = command(place)?;
    let env: serde_json::Map<_, _> = env.into_iter().map(|(k, v)| (k, v.into())).collect();
    let json = serde_json::json!({
        "argv": argv,
        "display_name": "Rust",
        "language": "rust",
        "interrupt_mode": "message",
        "env": env,
    });
    let text = serde_json::to_string_pretty(&json)? + "\n";
    let path = spec.join("kernel.json");
    if fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    tools::write(&path, &text)
}
