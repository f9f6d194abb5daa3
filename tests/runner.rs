//! `cargo course run`, as a process, in a real kernel, on notebooks that go wrong in every way.
//!
//! The kernel is stock evcxr, because what a runner must survive is evcxr's behaviour. The pack's own
//! arrangement of it is tested elsewhere. Starting a kernel takes seconds, so one notebook contains many
//! failures and is run once for many tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what fails here fails a test"
)]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The path of the fixture with this name.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/notebooks")
        .join(name)
}

/// The kernel's program, which set-up builds if there is none.
fn evcxr() -> PathBuf {
    crate::kernel::jupyter_path();
    let file = format!("evcxr_jupyter{}", std::env::consts::EXE_SUFFIX);
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".course/evcxr/bin");
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path)
        .chain([own])
        .chain(cargo.map(|home| home.join("bin")));
    let found = folders
        .map(|folder| folder.join(&file))
        .find(|program| program.is_file());
    found.expect("a kernel after set-up")
}

/// A folder with a kernelspec of the stock kernel, which all tests share.
fn kernelspec() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let program = evcxr();
        let argv = [program.to_str().unwrap(), "--control_file", "{connection_file}"];
        let spec = json!({"argv": argv, "display_name": "Rust", "language": "rust"});
        fs::write(folder.path().join("kernel.json"), spec.to_string()).unwrap();
        folder
    });
    folder.path()
}

/// `cargo course run` with these arguments.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command
        .arg("run")
        .arg("--kernelspec")
        .arg(kernelspec())
        .args(arguments);
    command
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The report on `notebook` in the JSON of a run.
fn report<'a>(run: &'a Value, notebook: &str) -> &'a Value {
    let named = |report: &&Value| report["notebook"].as_str().unwrap().ends_with(notebook);
    run["notebooks"].as_array().unwrap().iter().find(named).unwrap()
}

/// The verdict on the cell `id`, with the kind and the message of its failure.
fn cell<'a>(report: &'a Value, id: &str) -> (&'a str, &'a str, &'a str) {
    let cell = report["cells"]
        .as_array()
        .unwrap()
        .iter()
        .find(|cell| cell["id"] == id)
        .unwrap();
    let failure = |part: &str| cell["failure"][part].as_str().unwrap_or_default();
    (
        cell["verdict"].as_str().unwrap(),
        failure("kind"),
        failure("message"),
    )
}

/// The run of `verdicts.ipynb`: its report, and the folder with the executed notebook and the page.
fn verdicts() -> &'static (Value, TempDir) {
    static RUN: OnceLock<(Value, TempDir)> = OnceLock::new();
    RUN.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        let notebook = fixture("verdicts.ipynb");
        let folder = out.path().to_str().unwrap();
        let ran = run(&[
            notebook.to_str().unwrap(),
            "--keep-going",
            "--json",
            "--out",
            folder,
            "--html",
        ]);
        assert_eq!(
            ran.status.code(),
            Some(1),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        let report = serde_json::from_slice(&ran.stdout).unwrap();
        (report, out)
    })
}

#[test]
fn each_way_to_fail_has_its_verdict() {
    let report = report(&verdicts().0, "verdicts.ipynb");
    let verdict = |id| cell(report, id);
    let passed = ("passed", "", "");
    assert_eq!(verdict("value"), passed);
    assert_eq!(verdict("words"), passed);
    assert_eq!(verdict("picture"), passed);
    assert_eq!(verdict("stderr"), passed);
    let message = "index out of bounds: the len is 3 but the index is 21";
    assert_eq!(verdict("panic"), ("failed", "panic", message));
    assert_eq!(verdict("thread"), ("failed", "panic", "far away"));
    assert_eq!(
        verdict("question"),
        ("failed", "error", "invalid digit found in string")
    );
    let (_, kind, message) = verdict("question-alone");
    assert_eq!(kind, "error");
    assert!(message.contains("No such file"), "{message}");
    assert_eq!(
        verdict("question-passed"),
        passed,
        "a remark and a `?` that passed are no failure"
    );
    assert_eq!(
        verdict("compile"),
        ("failed", "compile-error", "mismatched types")
    );
    assert_eq!(
        verdict("command"),
        ("failed", "compile-error", "Unrecognised command :nosuchcommand")
    );
    assert_eq!(
        verdict("exit"),
        ("failed", "exit", "the cell ended its process with exit status 0")
    );
    assert_eq!(
        verdict("lost").1,
        "compile-error",
        "an ended process takes the variables with it"
    );
    let (_, kind, message) = verdict("abort");
    assert_eq!(kind, "crash");
    assert!(message.contains("SIGABRT"), "{message}");
    assert_eq!(verdict("overflow").1, "stack-overflow");
    assert_eq!(
        (verdict("expected").0, verdict("expected").1),
        ("failed-as-expected", "compile-error")
    );
    assert_eq!(
        verdict("expected-panic"),
        ("failed-as-expected", "panic", "on purpose")
    );
    assert_eq!(verdict("unexpected").1, "did-not-fail");
    assert_eq!(verdict("skipped").0, "skipped");
    assert_eq!(verdict("empty").0, "skipped");
    assert_eq!(verdict("last"), passed);
    assert_eq!(report["passed"], false);
}

#[test]
fn a_compile_error_shows_the_cells_own_lines() {
    let report = report(&verdicts().0, "verdicts.ipynb");
    let cells = report["cells"].as_array().unwrap();
    let compile = cells.iter().find(|cell| cell["id"] == "compile").unwrap();
    let details = compile["failure"]["details"].as_str().unwrap();
    assert!(
        details.contains("let text: String = 5;") && details.contains("[ cell 10:"),
        "{details}"
    );
    assert!(!details.contains('\u{1b}'), "the report is plain text");
    assert_eq!(
        (&compile["number"], &compile["line"]),
        (&json!(10), &json!("let text: String = 5;"))
    );
}

#[test]
fn the_executed_notebook_has_outputs_and_keeps_the_rest() {
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let (before, after) = (
        read(&fixture("verdicts.ipynb")),
        read(&verdicts().1.path().join("verdicts.ipynb")),
    );
    let mut before: Value = serde_json::from_str(&before).unwrap();
    assert!(
        after.ends_with("}\n") && after.contains("Straße 日本語 🦀"),
        "Jupyter's form: text as it is"
    );
    let mut after: Value = serde_json::from_str(&after).unwrap();

    let outputs = |id: &str| {
        let cell = after["cells"]
            .as_array()
            .unwrap()
            .iter()
            .find(|cell| cell["id"] == id)
            .unwrap();
        (cell["outputs"].clone(), cell["execution_count"].clone())
    };
    let (value, count) = outputs("value");
    assert_eq!(count, 1);
    assert_eq!(
        value[0],
        json!({"name": "stdout", "output_type": "stream", "text": ["n is 21\n"]})
    );
    let result = json!({"data": {"text/plain": ["42"]}, "execution_count": 1, "metadata": {}, "output_type": "execute_result"});
    assert_eq!(value[1], result);
    let picture = &outputs("picture").0[0]["data"];
    assert_eq!(picture["text/plain"], json!(["a dot at (4, 4)"]));
    assert!(picture["text/html"][0].as_str().unwrap().starts_with("<svg"));
    assert_eq!(outputs("compile").0[0]["output_type"], "error");
    assert_eq!(outputs("skipped"), (json!([]), Value::Null));

    for notebook in [&mut before, &mut after] {
        for cell in notebook["cells"].as_array_mut().unwrap() {
            let cell = cell.as_object_mut().unwrap();
            cell.remove("outputs");
            cell.remove("execution_count");
        }
    }
    assert_eq!(before, after);
}

#[test]
fn the_page_needs_nothing_else() {
    let page = fs::read_to_string(verdicts().1.path().join("verdicts.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<title>Verdicts</title>"));
    assert!(page.contains("<msub>"), "the formula is MathML");
    assert!(
        page.contains("<circle cx='4'"),
        "the picture is there, and not as text"
    );
    assert!(page.contains("--jp-content-font-color1") && page.contains("prefers-color-scheme: dark"));
    assert!(page.contains("Straße 日本語 🦀") && page.contains("mismatched types"));
    assert!(
        !page.contains("stack backtrace") && !page.contains("runtime_hook"),
        "evcxr's machinery is left out"
    );
    for outside in ["src=\"http", "href=\"http", "@import", "url(", "<script", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn endless_printing_and_endless_loops_end() {
    let notebook = fixture("endless.ipynb");
    let ran = run(&[
        notebook.to_str().unwrap(),
        "--keep-going",
        "--json",
        "--timeout",
        "10",
    ]);
    let all: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let report = report(&all, "endless.ipynb");
    assert_eq!(
        cell(report, "print"),
        (
            "failed",
            "flood",
            "more than 10000 lines printed; the rest is cut off"
        )
    );
    assert_eq!(cell(report, "loop"), ("failed", "timeout", "not done after 10 s"));
    assert_eq!(cell(report, "after"), ("passed", "", ""));
    assert!(ran.stderr.len() < 20_000, "the terminal is not flooded");
}

#[test]
fn a_notebook_stops_at_its_first_failure_and_the_next_one_runs() {
    // This is not among the fixtures, because git's filter would complain about it at every `git status`.
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.ipynb");
    fs::write(&broken, "{\"cells\": [\n<<<<<<< ours\n").unwrap();
    let names = [fixture("stops.ipynb"), broken, fixture("fine.ipynb")];
    let names = names.map(|path| path.to_str().unwrap().to_owned());
    let ran = run(&names.each_ref().map(String::as_str));
    assert_eq!(ran.status.code(), Some(1));
    let text = stdout(&ran);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let has = |line: &str| assert!(lines.contains(&line), "{line:?} is not in\n{text}");
    has("tests/notebooks/stops.ipynb  2 code cells");
    has("[1] panic!(\"at once\")");
    has("at once");
    has("fine");
    has("2 of 3 notebooks failed:");
    has("tests/notebooks/stops.ipynb, code cell 1 (id panic): panic: at once");
    assert!(
        text.contains("broken.ipynb is not a notebook that can be run: expected a JSON object"),
        "{text}"
    );
    assert!(text.contains("at line 2 column 1"), "{text}");
    assert!(
        !text.contains("never") && !text.contains("stack backtrace"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colours in a log");
}

#[test]
fn a_kernel_that_dies_is_replaced_when_told_to_go_on() {
    let notebook = fixture("killed.ipynb");
    let ran = run(&[notebook.to_str().unwrap(), "--keep-going", "--json"]);
    let all: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let report = report(&all, "killed.ipynb");
    assert_eq!(
        cell(report, "kill"),
        ("failed", "kernel-died", "the kernel itself ended")
    );
    assert_eq!(cell(report, "after"), ("passed", "", ""));
}

/// Starts `waits.ipynb` and waits until its cell waits. Returns the run, its remaining output, and the
/// processes of the kernel and of the cell.
fn waiting() -> (Child, BufReader<impl Read>, [String; 2]) {
    let mut run = command(&[fixture("waits.ipynb").to_str().unwrap()])
        .spawn()
        .unwrap();
    let mut out = BufReader::new(run.stdout.take().unwrap());
    let mut line = String::new();
    while !line.trim().starts_with("waiting ") {
        line.clear();
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "the run ended too early");
    }
    let mut ids = line.split_whitespace().skip(1).map(str::to_owned);
    let processes = [ids.next().unwrap(), ids.next().unwrap()];
    processes.iter().for_each(|process| assert!(is_alive(process)));
    (run, out, processes)
}

fn signal(name: &str, process: u32) {
    let sent = Command::new("kill")
        .args(["-s", name, &process.to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

/// Whether a process runs. One that has ended, but that its parent has not yet waited for, does not.
fn is_alive(process: &str) -> bool {
    let state = Command::new("ps")
        .args(["-o", "stat=", "-p", process])
        .output()
        .unwrap();
    let state = String::from_utf8(state.stdout).unwrap();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

fn wait_for_the_end_of(processes: &[String]) {
    let begin = Instant::now();
    while processes.iter().any(|process| is_alive(process)) {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{processes:?} are left behind"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_interrupt_ends_the_run_in_good_order() {
    let (mut run, mut out, processes) = waiting();
    signal("INT", run.id());
    let mut text = String::new();
    out.read_to_string(&mut text).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(130));
    assert!(text.contains("code cell 1 (id wait): interrupted"), "{text}");
    assert!(!text.contains("never"), "{text}");
    wait_for_the_end_of(&processes);
}

#[test]
fn a_killed_run_leaves_no_kernel_behind() {
    let (mut run, _out, processes) = waiting();
    run.kill().unwrap();
    run.wait().unwrap();
    wait_for_the_end_of(&processes);
}

#[test]
fn a_wrong_command_line_says_what_was_expected() {
    let fails = |arguments: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_course"))
            .args(arguments)
            .env_remove("RUST_BACKTRACE")
            .output()
            .unwrap();
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    let (code, text) = fails(&["run", "no.ipynb"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("there is no file no.ipynb"), "{text}");
    let (code, text) = fails(&["run", "99"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("no notebook \"99\""), "{text}");
    let (code, text) = fails(&[
        "run",
        "--kernelspec",
        "no/such",
        fixture("fine.ipynb").to_str().unwrap(),
    ]);
    assert_eq!(code, Some(1));
    assert!(
        text.contains("no/such has neither kernel.json nor kernels/rust/kernel.json"),
        "{text}"
    );
    let (code, text) = fails(&["run", "--timeout", "never"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("expected a number of seconds"), "{text}");
    let notebook = fixture("fine.ipynb");
    let own = notebook.parent().unwrap().to_str().unwrap();
    let (code, text) = fails(&["run", "--out", own, notebook.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(text.contains("would overwrite"), "{text}");
    assert_eq!(fails(&["run", "--html"]).0, Some(2), "a page needs a folder");
}
