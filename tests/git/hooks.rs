//! Row 14: installing and uninstalling beside what is already there.

use std::fs;

use super::{COURSE, Repository, code, course, file, notebook, stderr, stdout};

/// All files in the repository's own folder that installing may touch.
fn state(repository: &Repository) -> Vec<(String, Vec<u8>)> {
    let folder = repository.path(".git");
    let mut all = Vec::new();
    for name in [
        "config",
        "info/attributes",
        "hooks/pre-commit",
        "hooks/post-commit",
        "hooks/pre-commit.before-course",
    ] {
        if let Ok(bytes) = fs::read(folder.join(name)) {
            all.push((name.to_owned(), bytes));
        }
    }
    all
}

#[test]
fn twice_is_once_and_uninstalling_leaves_what_was_there() {
    let repository = Repository::new();
    fs::create_dir_all(repository.path(".git/info")).unwrap();
    repository.write(".git/info/attributes", b"*.csv -text\n");
    repository.write(
        ".git/hooks/pre-commit",
        b"#!/bin/sh\necho the old hook >> ../told\n",
    );
    let status = std::process::Command::new("chmod")
        .arg("+x")
        .arg(repository.path(".git/hooks/pre-commit"))
        .status()
        .unwrap();
    assert!(status.success());
    let found = state(&repository);

    repository.install(&[]);
    let once = state(&repository);
    assert_ne!(once, found);
    repository.install(&[]);
    assert_eq!(state(&repository), once);
    let status = course(&repository.top, &["hooks", "status"]);
    assert!(status.status.success(), "{}", stdout(&status));

    repository.write("a.txt", b"a");
    repository.commit("the old hook runs, too");
    assert_eq!(
        fs::read_to_string(repository.folder.path().join("told")).unwrap(),
        "the old hook\n"
    );

    for _ in 0..2 {
        assert!(course(&repository.top, &["hooks", "uninstall"]).status.success());
        assert_eq!(state(&repository), found);
    }
    assert_eq!(
        course(&repository.top, &["hooks", "status"]).status.code(),
        Some(1)
    );
}

#[test]
fn a_worktree_a_bare_repository_and_another_folder_of_hooks() {
    let repository = Repository::installed();
    repository.write("a.txt", b"a");
    repository.commit("one");
    let worktree = repository.folder.path().join("a worktree");
    repository.git(&[
        "worktree",
        "add",
        "--quiet",
        "-b",
        "side",
        worktree.to_str().unwrap(),
    ]);
    let status = course(&worktree, &["hooks", "status"]);
    assert!(status.status.success(), "{}", stdout(&status));

    // They work there: a commit has no outputs, a run makes no change, and the check stops what it must.
    let linked = Repository::worktree(worktree);
    let run = |source: &str, n| file(&notebook(&[code("a", source, Some(n))]));
    linked.write("nb.ipynb", &run("1", 1));
    linked.commit("a notebook");
    assert_eq!(
        linked.git(&["show", "HEAD:nb.ipynb"]).as_bytes(),
        file(&notebook(&[code("a", "1", None)]))
    );
    linked.write("nb.ipynb", &run("1", 2_000_000));
    assert_eq!(linked.status(), "");
    linked.write("nb.ipynb", b"{");
    linked.git(&["add", "nb.ipynb"]);
    assert!(
        !linked
            .try_git(&["commit", "--message", "broken"])
            .status
            .success()
    );

    let bare = repository.folder.path().join("bare.git");
    repository.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    let installed = course(&bare, &["hooks", "install", "--program", COURSE]);
    assert!(installed.status.success(), "{}", stderr(&installed));
    assert!(course(&bare, &["hooks", "uninstall"]).status.success());

    let other = Repository::new();
    other.git(&["config", "core.hooksPath", "my hooks"]);
    other.install(&[]);
    assert!(other.path("my hooks/pre-commit").is_file());
    assert!(!other.path(".git/hooks/pre-commit").exists());
    other.write("nb.ipynb", b"{");
    other.git(&["add", "nb.ipynb"]);
    let refused = other.try_git(&["commit", "--message", "broken"]);
    assert!(
        stderr(&refused).contains("nothing is committed"),
        "{}",
        stderr(&refused)
    );
    assert!(course(&other.top, &["hooks", "uninstall"]).status.success());
    assert!(!other.path("my hooks").exists());
}

#[test]
fn a_program_that_is_gone_loses_nothing() {
    let repository = Repository::new();
    let program = repository.folder.path().join("course");
    fs::copy(COURSE, &program).unwrap();
    let path = program.to_str().unwrap().to_owned();
    let installed = course(&repository.top, &["hooks", "install", "--program", &path]);
    assert!(installed.status.success(), "{}", stderr(&installed));
    fs::remove_file(&program).unwrap();
    repository.write(
        "nb.ipynb",
        b"{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}\n",
    );
    assert_eq!(repository.status(), "?? nb.ipynb\n");
    repository.git(&["add", "nb.ipynb"]);
    assert_eq!(repository.status(), "A  nb.ipynb\n");
    let refused = repository.try_git(&["commit", "--message", "unchecked"]);
    assert!(!refused.status.success());
    assert!(
        stderr(&refused).contains("cargo course hooks install"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn a_solution_whose_exercise_is_stale_is_not_committed() {
    let repository = Repository::installed();
    let head =
        "//! title: T\n//! concept: C\n//! points: 1\n//! difficulty: 1\n//! minutes: 1\n//! hint: H\n\n";
    let solution = format!("{head}pub fn one() -> u32 {{\n    // solution\n    1\n    // end\n}}\n");
    fs::create_dir_all(repository.path("solutions/t")).unwrap();
    fs::create_dir_all(repository.path("exercises/t")).unwrap();
    repository.write("solutions/t/one.rs", solution.as_bytes());
    repository.write("exercises/t/one.rs", b"stale");
    repository.git(&["add", "-A"]);
    let output = repository.try_git(&["commit", "-m", "stale"]);
    assert!(!output.status.success());
    let said = stderr(&output);
    assert!(
        said.contains("exercises/t/one.rs: is not what solutions/t/one.rs makes"),
        "{said}"
    );
    assert!(said.contains("`cargo course exercises`"), "{said}");
    let made = format!(
        "{}#[allow(unused_variables, reason = \"not written yet\")]\npub fn one() -> u32 {{\n    todo!()\n}}\n",
        head.replace("//! hint: H\n", "")
    );
    repository.write("exercises/t/one.rs", made.as_bytes());
    repository.git(&["add", "-A"]);
    repository.commit("fresh");
}
