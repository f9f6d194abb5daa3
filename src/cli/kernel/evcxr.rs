//! Getting evcxr: the user's own if it has the right version, or one that is built into the clone.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::tools::layout::Layout;
use crate::tools::progress::Steps;
use crate::tools::{self, cargo};

/// The version that the arrangement was made for and is tested with.
pub(crate) const VERSION: &str = "0.22.0";

/// The kernel's program: what `EVCXR_JUPYTER` names, else the clone's own, else the one that `cargo install`
/// has put into the user's cargo folder, if it is of this version.
pub(super) fn find(place: &Layout) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("EVCXR_JUPYTER") {
        return Some(PathBuf::from(path));
    }
    let own = place.made().join("evcxr").join("bin").join(program());
    if own.is_file() {
        return Some(own);
    }
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
    let installed = fs::read_to_string(home.join(".crates.toml")).ok()?;
    let theirs = home.join("bin").join(program());
    (installed.contains(&format!("\"evcxr_jupyter {VERSION} ")) && theirs.is_file()).then_some(theirs)
}

fn program() -> String {
    format!("evcxr_jupyter{}", std::env::consts::EXE_SUFFIX)
}

/// How it is compiled. One codegen unit for each crate is the least work; level 3 makes no cell faster than
/// level 2.
const PROFILE: [&str; 3] = ["opt-level=2", "codegen-units=1", "debug=false"];

/// Crates from which a kernel runs nothing: rust-analyzer's corrections, lints and their tests.
const IDLE: [&str; 5] = [
    "ra_ap_ide_assists",
    "ra_ap_ide_diagnostics",
    "ra_ap_ide_ssr",
    "ra_ap_test_fixture",
    "ra_ap_test_utils",
];

/// Large crates from which it runs little: no cell waits for them.
const SELDOM: [&str; 15] = [
    "aho-corasick",
    "chrono",
    "gimli",
    "object",
    "petgraph",
    "pulldown-cmark",
    "ra_ap_ide",
    "ra_ap_ide_completion",
    "ra_ap_ide_db",
    "regex-automata",
    "time",
    "tokio",
    "tokio-util",
    "tracing-subscriber",
    "zeromq",
];

/// Those settings for cargo.
fn profile() -> Vec<String> {
    let all = PROFILE.map(|setting| format!("profile.release.{setting}"));
    let level = |names: &[&str], level: u8| -> Vec<String> {
        let setting = |name: &&str| format!("profile.release.package.{name}.opt-level={level}");
        names.iter().map(setting).collect()
    };
    [all.to_vec(), level(&IDLE, 0), level(&SELDOM, 1)].concat()
}

/// Builds evcxr into the clone, unless there is one. It contains rust-analyzer, which is most of the work of
/// the first start. An interrupted build continues where it stopped.
pub(super) fn install(place: &Layout, steps: &Steps) -> Result<()> {
    let lock = fs::File::create(place.kernel().join("evcxr.lock"))?;
    lock.lock().context("cannot lock the kernel's folder")?;
    if let Some(program) = find(place) {
        if !program.is_file() {
            bail!(
                "EVCXR_JUPYTER: expected evcxr_jupyter's path, got {}",
                program.display()
            );
        }
        return Ok(());
    }
    let step = steps.start("the evcxr kernel");
    let build = place.made().join("build").join("evcxr");
    let mut command = cargo(place);
    command.args([
        "install",
        "evcxr_jupyter",
        "--version",
        VERSION,
        "--locked",
        "--no-track",
        "--root",
    ]);
    command
        .arg(place.made().join("evcxr"))
        .arg("--target-dir")
        .arg(&build);
    for setting in profile() {
        command.args(["--config", &setting]);
    }
    tools::run_with_progress(command, &step).context("building the kernel did not work")?;
    fs::remove_dir_all(place.made().join("build"))?;
    step.done();
    Ok(())
}
