//! A student's day with git: outputs never reach history, nothing that was written is lost, and `git status`
//! is quiet.

use super::{Repository, code, file, notebook, stderr};

fn two(first: &str, second: &str, run: Option<usize>) -> Vec<u8> {
    file(&notebook(&[code("a", first, run), code("b", second, run)]))
}

#[test]
fn install_run_commit_branch_merge_and_uninstall() {
    let repository = Repository::installed();
    let before = repository.git(&["config", "--list", "--local"]);
    let save = |first: &str, second: &str, run| repository.write("nb.ipynb", &two(first, second, run));
    save("one", "two", None);
    repository.commit("begin");
    assert_eq!(repository.status(), "");

    // A run changes outputs and counts, but git sees no change.
    save("one", "two", Some(7));
    assert_eq!(repository.status(), "");
    save("one", "two, and more", Some(8));
    assert_eq!(repository.status(), " M nb.ipynb\n");
    let difference = repository.git(&["diff"]);
    assert!(difference.contains("\n-two\n+two, and more\n"), "{difference}");
    assert!(!difference.contains("output"), "{difference}");
    repository.commit("more");
    assert_eq!(
        repository.read("nb.ipynb"),
        two("one", "two, and more", Some(8)),
        "the working copy keeps its outputs"
    );

    // Each side changes a different cell.
    repository.git(&["switch", "--quiet", "--create", "other"]);
    save("one", "TWO", Some(9));
    repository.commit("the second cell");
    repository.git(&["switch", "--quiet", "main"]);
    save("ONE", "two, and more", Some(10));
    repository.commit("the first cell");
    repository.git(&["merge", "--quiet", "-m", "both", "other"]);
    assert_eq!(repository.read("nb.ipynb"), two("ONE", "TWO", None));
    assert_eq!(repository.status(), "");
    save("ONE", "TWO", Some(11));
    assert_eq!(repository.status(), "", "outputs after a merge");
    save("ONE", "TWO", None);

    // Both change the same cell. The notebook still opens, but cannot be committed.
    repository.git(&["switch", "--quiet", "other"]);
    save("one", "theirs", None);
    repository.commit("theirs");
    repository.git(&["switch", "--quiet", "main"]);
    save("ONE", "ours", None);
    repository.commit("ours");
    assert_eq!(repository.try_git(&["merge", "other"]).status.code(), Some(1));
    let marked: serde_json::Value = serde_json::from_slice(&repository.read("nb.ipynb")).unwrap();
    let source = marked["cells"][1]["source"].to_string();
    for part in ["<<<<<<< ours", "ours", "=======", "theirs", ">>>>>>> theirs"] {
        assert!(source.contains(part), "{source}");
    }
    repository.git(&["add", "nb.ipynb"]);
    let refused = repository.try_git(&["commit", "--message", "marks"]);
    assert!(!refused.status.success());
    assert!(
        stderr(&refused).contains("a conflict marker"),
        "{}",
        stderr(&refused)
    );
    repository.git(&["merge", "--abort"]);
    assert_eq!(repository.read("nb.ipynb"), two("ONE", "ours", None));

    // A rebase stops at the conflict and is aborted.
    let rebase = repository.try_git(&["rebase", "other"]);
    assert!(stderr(&rebase).contains("could not apply"), "{}", stderr(&rebase));
    repository.git(&["rebase", "--abort"]);
    assert_eq!(repository.status(), "");
    let picked = repository.try_git(&["cherry-pick", "other"]);
    assert!(stderr(&picked).contains("could not apply"), "{}", stderr(&picked));
    repository.git(&["cherry-pick", "--abort"]);

    // A stash keeps what was written.
    save("ONE", "stashed", None);
    repository.git(&["stash", "--quiet"]);
    assert_eq!(repository.read("nb.ipynb"), two("ONE", "ours", None));
    repository.git(&["stash", "pop", "--quiet"]);
    assert_eq!(repository.read("nb.ipynb"), two("ONE", "stashed", None));
    repository.commit("stashed");

    // No version in the whole history has an output.
    for line in repository.git(&["rev-list", "--all", "--objects"]).lines() {
        if let Some((object, "nb.ipynb")) = line.split_once(' ') {
            let stored = repository.git(&["cat-file", "blob", object]);
            assert!(
                !stored.contains("stream") && !stored.contains("\"execution_count\": 1"),
                "{stored}"
            );
        }
    }

    let removed = super::course(&repository.top, &["hooks", "uninstall"]);
    assert!(removed.status.success(), "{}", stderr(&removed));
    assert!(
        !repository
            .git(&["config", "--list", "--local"])
            .contains("course"),
        "{before}"
    );
    assert_eq!(repository.read("nb.ipynb"), two("ONE", "stashed", None));
}

/// From reports of users: the filter is installed after the notebook was run, and then somebody else's change
/// is pulled.
#[test]
fn what_was_only_run_is_no_change_and_a_pull_works() {
    let upstream = tempfile::tempdir().unwrap();
    let up = upstream.path().to_str().unwrap().to_owned();
    let author = Repository::new();
    author.write("nb.ipynb", &two("one", "two", None));
    author.commit("begin");
    author.git(&["init", "--quiet", "--bare", &up]);
    let push = || author.git(&["push", "--quiet", &up, "HEAD:main"]);
    push();
    for (rebase, text) in [("--ff-only", "two, and more"), ("--rebase", "three")] {
        let student = Repository::new();
        student.git(&["pull", "--quiet", &up, "main"]);
        student.git(&["remote", "add", "origin", &up]);
        student.git(&["fetch", "--quiet", "origin"]);
        student.git(&["branch", "--quiet", "--set-upstream-to=origin/main", "main"]);
        let [first, second] = ["one", "two"].map(str::to_owned);
        let now: serde_json::Value = serde_json::from_slice(&student.read("nb.ipynb")).unwrap();
        let second = now["cells"][1]["source"][0]
            .as_str()
            .map_or(second, str::to_owned);
        // Run, then installed, then run again.
        student.write("nb.ipynb", &two(&first, &second, Some(700)));
        student.install(&[]);
        assert_eq!(student.status(), "", "after the installation");
        student.write("nb.ipynb", &two(&first, &second, Some(7)));
        assert_eq!(student.status(), "", "after a run");
        author.write("nb.ipynb", &two("one", text, None));
        author.commit(text);
        push();
        student.git(&["pull", "--quiet", rebase]);
        assert_eq!(student.read("nb.ipynb"), two("one", text, None));
        assert_eq!(student.status(), "");
    }
}

#[test]
fn only_what_is_staged_is_looked_at_and_nothing_is_added() {
    let repository = Repository::installed();
    let one = two("one", "two", None);
    repository.write("good.ipynb", &one);
    repository.write("bad.ipynb", b"{ this is no notebook");
    repository.write("bad.ipynb.txt", b"");
    repository.git(&["add", "good.ipynb"]);
    repository.write("good.ipynb", &two("one", "not staged", None));
    repository.git(&["commit", "--quiet", "--message", "good alone"]);
    assert_eq!(repository.git(&["show", "HEAD:good.ipynb"]).as_bytes(), one);
    assert_eq!(repository.read("good.ipynb"), two("one", "not staged", None));
    assert_eq!(
        repository.status(),
        " M good.ipynb\n?? bad.ipynb\n?? bad.ipynb.txt\n"
    );
}

#[test]
fn a_secret_in_an_output_that_is_kept_stops_the_commit() {
    let repository = Repository::installed();
    let mut cell = code("a", "println!(\"{token}\")", Some(1));
    cell["metadata"]["tags"] = serde_json::json!(["keep_output"]);
    cell["outputs"][0]["text"] = serde_json::json!([format!("ghp_{}\n", "a1B2".repeat(9))]);
    repository.write("nb.ipynb", &file(&notebook(&[cell])));
    repository.git(&["add", "nb.ipynb"]);
    let refused = repository.try_git(&["commit", "--message", "secret"]);
    assert!(!refused.status.success());
    assert!(
        !stderr(&refused).contains("a1B2a1B2a1B2"),
        "a secret is not repeated: {}",
        stderr(&refused)
    );
}
