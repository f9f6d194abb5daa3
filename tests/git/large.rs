//! Row 16: broken pipes, large notebooks, many notebooks.

use std::fs;

use serde_json::json;

use super::{COURSE, Repository, code, command, feed, file, notebook, stderr};

#[test]
fn row_16_a_broken_pipe_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    let text = file(&notebook(&[code("a", &"x\n".repeat(1_000_000), None)]));
    fs::write(folder.path().join("nb.ipynb"), text).unwrap();
    for program in [
        "git clean nb.ipynb < nb.ipynb",
        "git textconv nb.ipynb",
        "strip < nb.ipynb",
    ] {
        let mut shell = command("sh", folder.path());
        shell.args([
            "-c",
            &format!("{{ \"$0\" {program}; echo $? >&2; }} | head -c 10"),
            COURSE,
        ]);
        let output = shell.output().unwrap();
        assert_eq!(stderr(&output), "0\n", "{program}");
    }
    // git hangs up in the middle of a request.
    let mut filter = command(COURSE, folder.path());
    filter.args(["git", "filter"]);
    let output = feed(
        filter,
        b"0016git-filter-client\n000eversion=2\n00000015capability=clean\n00000012command=clean",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let mut filter = command(COURSE, folder.path());
    filter.args(["git", "filter"]);
    let output = feed(filter, b"zzzz");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn row_16_fifty_megabytes_pass_with_bounded_memory() {
    let mut cells = Vec::new();
    let picture = "iVBORw0KGgo".repeat(450_000);
    for i in 0..10 {
        let mut cell = code(&format!("c{i}"), "plot()", Some(i));
        cell["outputs"] =
            json!([{"data": {"image/png": picture}, "metadata": {}, "output_type": "display_data"}]);
        cells.push(cell);
    }
    let text = file(&notebook(&cells));
    assert!(text.len() > 49_000_000);
    // 128 MiB of address space hold the program, its stacks and 8 MiB for a pipe, but not the notebook twice.
    let folder = tempfile::tempdir().unwrap();
    let mut limited = command("sh", folder.path());
    limited.args(["-c", "ulimit -v 131072; exec \"$0\" git clean nb.ipynb", COURSE]);
    let output = feed(limited, &text);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(output.stdout.len() < 4000);
}

#[test]
fn row_16_five_hundred_notebooks_with_one_process() {
    let repository = Repository::installed();
    for i in 0..500 {
        repository.write(
            &format!("n/{i}.ipynb"),
            &file(&notebook(&[code("a", &format!("{i}"), Some(i))])),
        );
    }
    let mut add = command("git", &repository.top);
    add.args(["add", "."]).env("GIT_TRACE", "1");
    let output = add.output().unwrap();
    let trace = stderr(&output);
    assert!(output.status.success());
    let started = trace
        .lines()
        .filter(|l| l.contains("start_command") && l.contains("course-notebook/filter"))
        .count();
    assert_eq!(started, 1);
    repository.git(&["commit", "--quiet", "--message", "many"]);
    assert!(
        !repository
            .try_git(&["grep", "--quiet", "stdout", "HEAD"])
            .status
            .success()
    );
    // All of them again from history, and then one that cannot be read.
    fs::remove_dir_all(repository.path("n")).unwrap();
    repository.git(&["checkout", "--", "."]);
    assert_eq!(repository.status(), "");
    repository.write("n/1.ipynb", b"{");
    repository.write("n/2.ipynb", &file(&notebook(&[code("a", "2", Some(7))])));
    let output = repository.try_git(&["add", "."]);
    assert!(
        stderr(&output).contains("n/1.ipynb:1: expected a key in quotes"),
        "{}",
        stderr(&output)
    );
    assert_eq!(repository.status(), "M  n/1.ipynb\n");
}
