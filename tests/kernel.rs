//! The pack's own kernel: what it shows, several kernels at once, and what a killed one leaves behind.
//!
//! The first test that needs a kernel sets it up if there is none yet, which takes minutes.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;

/// The folder with the pack's kernelspec, once it is set up.
pub(crate) fn jupyter_path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let spec = course().arg("kernelspec").output().unwrap();
        assert!(spec.status.success(), "{}", String::from_utf8_lossy(&spec.stderr));
        PathBuf::from(String::from_utf8(spec.stdout).unwrap().trim())
    })
}

fn course() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command.stdin(Stdio::null());
    command
}

fn fixture(name: &str) -> String {
    format!("{}/tests/notebooks/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs a fixture with `cargo course run`, and returns what it writes into a folder.
fn run(notebook: &str, kernelspec: Option<&Path>) -> (Output, Value) {
    jupyter_path();
    let out = tempfile::tempdir().unwrap();
    let mut command = course();
    command.args(["run", &fixture(notebook), "--out"]).arg(out.path());
    if let Some(folder) = kernelspec {
        command.arg("--kernelspec").arg(folder);
    }
    let ran = command.output().unwrap();
    let executed = fs::read(out.path().join(notebook)).unwrap_or_default();
    (ran, serde_json::from_slice(&executed).unwrap_or_default())
}

/// What the cell `id` has shown as `mime`, or else what it has printed.
fn shown(notebook: &Value, id: &str, mime: &str) -> String {
    let cells = notebook["cells"].as_array().unwrap();
    let cell = cells.iter().find(|cell| cell["id"] == id).unwrap();
    let text = |value: &Value| match value {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().unwrap_or_default().to_owned(),
    };
    let outputs = cell["outputs"].as_array().unwrap();
    outputs
        .iter()
        .map(|output| match mime {
            "stdout" => text(&output["text"]),
            mime => text(&output["data"][mime]),
        })
        .collect()
}

/// A value is shown, although the kernel had to compile its cell twice and fell back to `Debug`.
fn assert_everything_is_shown(ran: &Output, notebook: &Value) {
    assert!(
        ran.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
    for id in ["first-question-mark", "moved"] {
        assert!(shown(notebook, id, "text/html").contains("<svg"), "{notebook:#}");
    }
    assert!(
        shown(notebook, "table", "text/html").contains("<table"),
        "{notebook:#}"
    );
    assert!(shown(notebook, "table", "text/plain").contains("Nearest to cat"));
    assert!(shown(notebook, "card", "text/plain").contains("not attempted"));
    let refused = notebook["cells"].to_string();
    assert!(
        refused.contains("E0277") && !refused.contains("unused"),
        "{refused}"
    );
    let cells = notebook["cells"].as_array().unwrap();
    let another = cells.iter().find(|cell| cell["id"] == "another-type").unwrap();
    let told = another["outputs"].to_string();
    assert!(
        told.contains("expected a function of type `fn(&[f32], &[f32]) -> f32`")
            && told.contains("got `fn(Vec<f32>, Vec<f32>) -> f32 {my_dot}`"),
        "{told}"
    );
    assert_eq!(shown(notebook, "loop", "stdout"), "a\nb\n");
    assert_eq!(shown(notebook, "loop", "text/plain"), "");
    assert_eq!(shown(notebook, "debug", "text/plain").trim(), "(\"a pair\", 2)");
}

#[test]
fn values_show_themselves_in_two_kernels_at_once() {
    jupyter_path();
    let other = std::thread::spawn(|| run("shown.ipynb", None));
    let (ran, notebook) = run("shown.ipynb", None);
    assert_everything_is_shown(&ran, &notebook);
    let (ran, notebook) = other.join().unwrap();
    assert_everything_is_shown(&ran, &notebook);
}

#[test]
fn a_clone_whose_path_has_a_space_has_a_fast_kernel() {
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().join("a clone");
    std::os::unix::fs::symlink(env!("CARGO_MANIFEST_DIR"), &clone).unwrap();
    let spec = fs::read(jupyter_path().join("kernels/rust/kernel.json")).unwrap();
    let mut spec: Value = serde_json::from_slice(&spec).unwrap();
    spec["env"]["COURSE_ROOT"] = clone.to_str().unwrap().into();
    fs::write(folder.path().join("kernel.json"), spec.to_string()).unwrap();
    let (ran, notebook) = run("shown.ipynb", Some(folder.path()));
    assert_everything_is_shown(&ran, &notebook);
}

/// The kernels' folders.
#[cfg(target_os = "linux")]
fn folders() -> Vec<PathBuf> {
    let running = Path::new(env!("CARGO_MANIFEST_DIR")).join(".course/kernel/running");
    let all = fs::read_dir(running).into_iter().flatten();
    all.map(|entry| entry.unwrap().path()).collect()
}

/// Linux says which folder a process works in.
#[cfg(target_os = "linux")]
#[test]
fn the_next_start_removes_what_a_killed_kernel_left() {
    jupyter_path();
    let mut run_of_it = course()
        .args(["run", &fixture("waits.ipynb")])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(run_of_it.stdout.take().unwrap()).lines();
    let line = lines
        .find_map(|line| line.unwrap().trim().strip_prefix("waiting ").map(str::to_owned))
        .unwrap();
    let processes: Vec<&str> = line.split_whitespace().collect();
    // The cell's process runs in a folder of the kernel's. Its command line says which.
    let told = Command::new("ps")
        .args(["-o", "args=", "-p", processes[1]])
        .output()
        .unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let environment = fs::read(format!("/proc/{}/environ", processes[0])).unwrap_or_default();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    let own: Vec<PathBuf> = folders()
        .into_iter()
        .filter(|folder| {
            [&told, &environment]
                .iter()
                .any(|text| text.contains(folder.to_str().unwrap()))
        })
        .collect();
    assert_eq!(own.len(), 1, "{told:?} of {:?}", folders());

    for process in &processes {
        assert!(
            Command::new("kill")
                .args(["-s", "KILL", process])
                .status()
                .unwrap()
                .success()
        );
    }
    run_of_it.kill().unwrap();
    run_of_it.wait().unwrap();
    assert!(own[0].is_dir(), "a killed kernel cannot have removed its folder");

    let begin = Instant::now();
    while own[0].exists() {
        // A child of the cell may hold the lock for a moment longer.
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "{} is left",
            own[0].display()
        );
        assert!(run("shown.ipynb", None).0.status.success());
    }
}
