//! Row 5, and other cases of writing files. Whatever happens, there is always a whole file, the old one or
//! the new one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use serde_json::Value;

use super::{COURSE, Repository, code, command, course, feed, file, notebook, stderr};

#[test]
fn row_5_a_write_that_fails_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let text = file(&notebook(&[code("a", &"x\n".repeat(20_000), Some(1))]));
    fs::write(&path, &text).unwrap();
    let untouched = || {
        assert_eq!(fs::read(&path).unwrap(), text);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "something was left beside it"
        );
    };
    // A limit on the size of files stands for a full disk. Writing fails after the first bytes.
    let mut full = command("sh", folder.path());
    full.args([
        "-c",
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" strip nb.ipynb",
        COURSE,
    ]);
    let output = full.output().unwrap();
    assert!(!output.status.success());
    assert!(
        stderr(&output).starts_with("cannot write nb.ipynb: "),
        "{}",
        stderr(&output)
    );
    untouched();
    // A read-only file is not replaced, although its folder would allow it.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let output = course(folder.path(), &["strip", "nb.ipynb"]);
    assert!(!output.status.success());
    assert_eq!(stderr(&output), "cannot write nb.ipynb: it is read-only\n");
    untouched();
}

#[test]
fn row_5_a_kill_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let old = file(&notebook(&[code("a", &"x\n".repeat(100_000), Some(1))]));
    let new = file(&notebook(&[code("a", &"x\n".repeat(100_000), None)]));
    for after in 0..30 {
        fs::write(&path, &old).unwrap();
        let mut child = command(COURSE, folder.path())
            .args(["strip", "nb.ipynb"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(after));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read(&path).unwrap();
        assert!(
            found == old || found == new,
            "after {after} ms: {} bytes",
            found.len()
        );
    }
}

#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let link = folder.path().join("link.ipynb");
    fs::write(&path, file(&notebook(&[code("a", "1", Some(1))]))).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("nb.ipynb", &link).unwrap();
    assert!(course(folder.path(), &["strip", "link.ipynb"]).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&path).unwrap(), file(&notebook(&[code("a", "1", None)])));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

/// Runs the program with a limit on the size of files, which stands for a full disk. `trap` decides whether
/// writing beyond the limit is an error or kills the program.
fn limited(folder: &std::path::Path, trap: &str, arguments: &str) -> std::process::Output {
    let mut shell = command("sh", folder);
    shell.args([
        "-c",
        &format!("{trap} ulimit -f 8; exec \"$0\" {arguments}"),
        COURSE,
    ]);
    shell.output().unwrap()
}

const AN_ERROR: &str = "trap '' XFSZ;";

#[test]
fn row_5_a_kill_in_the_very_middle_of_a_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let text = file(&notebook(&[code("a", &"x\n".repeat(20_000), Some(1))]));
    fs::write(&path, &text).unwrap();
    // The system kills a program that writes beyond the limit, so this one dies with 4 or 8 KiB written.
    let killed = limited(folder.path(), "", "strip nb.ipynb");
    assert_eq!(killed.status.signal(), Some(25), "{killed:?}");
    assert_eq!(fs::read(&path).unwrap(), text);
    // It has left nothing beside the notebook, because the new file has no name until it is complete. Only
    // Linux has such files.
    if cfg!(target_os = "linux") {
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    assert!(course(folder.path(), &["strip", "nb.ipynb"]).status.success());
    let stripped = file(&notebook(&[code("a", &"x\n".repeat(20_000), None)]));
    assert_eq!(fs::read(&path).unwrap(), stripped);
}

#[test]
fn row_5_text_and_merge_on_a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, source: &str| {
        let text = file(&notebook(&[
            code("a", source, None),
            code("b", &"x\n".repeat(20_000), None),
        ]));
        fs::write(folder.path().join(name), &text).unwrap();
        text
    };
    write("base", "1");
    write("theirs", "1\n2");
    let ours = write("ours", "0\n1");
    fs::write(folder.path().join("nb.rs"), "// precious").unwrap();
    for (arguments, code) in [
        ("git merge base ours theirs 7 nb.ipynb", 129),
        ("nb to-text ours -o nb.rs --force", 1),
    ] {
        let output = limited(folder.path(), AN_ERROR, arguments);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("error: cannot write "),
            "{}",
            stderr(&output)
        );
    }
    assert_eq!(fs::read(folder.path().join("ours")).unwrap(), ours);
    assert_eq!(fs::read(folder.path().join("nb.rs")).unwrap(), b"// precious");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        4,
        "something was left"
    );
}

#[test]
fn row_5_a_merge_that_cannot_be_written_changes_nothing_in_the_repository() {
    let repository = Repository::new();
    let wrapper = repository.folder.path().join("full disk");
    let script = format!("#!/bin/sh\n{AN_ERROR} ulimit -f 8\nexec '{COURSE}' \"$@\"\n");
    fs::write(&wrapper, script).unwrap();
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
    let installed = course(
        &repository.top,
        &["hooks", "install", "--program", wrapper.to_str().unwrap()],
    );
    assert!(installed.status.success(), "{}", stderr(&installed));
    let save = |first: &str, second: &str| {
        let large = "x\n".repeat(20_000);
        let cells = [
            code("a", first, None),
            code("b", second, None),
            code("c", &large, None),
        ];
        let text = file(&notebook(&cells));
        repository.write("nb.ipynb", &text);
        text
    };
    save("1", "2");
    repository.commit("one");
    repository.git(&["switch", "--quiet", "--create", "other"]);
    save("1", "two");
    repository.commit("two");
    repository.git(&["switch", "--quiet", "main"]);
    let ours = save("one", "2");
    repository.commit("three");
    let merge = repository.try_git(&["merge", "other"]);
    assert!(!merge.status.success());
    assert!(stderr(&merge).contains("cannot write"), "{}", stderr(&merge));
    assert_eq!(repository.read("nb.ipynb"), ours);
    assert_eq!(repository.status(), "");
    assert!(!repository.path(".git/MERGE_HEAD").exists());
}

/// git's index contains notebooks whose sizes are to be removed. A full disk must not destroy the index.
#[test]
fn row_5_an_index_that_cannot_be_written_stays() {
    let repository = Repository::new();
    for i in 0..200 {
        repository.write(&format!("{i:0>40}.ipynb"), &file(&notebook(&[])));
    }
    repository.git(&["add", "--all"]);
    let index = repository.read(".git/index");
    assert!(index.len() > 16_384);
    let output = limited(&repository.top, AN_ERROR, "git recheck");
    assert!(!output.status.success());
    assert_eq!(repository.read(".git/index"), index);
    assert!(!repository.path(".git/index.lock").exists());
}

/// A device that is always full. Only Linux has one.
#[cfg(target_os = "linux")]
#[test]
fn row_5_a_standard_output_that_is_full_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nb.ipynb"), file(&notebook(&[]))).unwrap();
    for arguments in [
        "strip - < nb.ipynb",
        "git clean nb.ipynb < nb.ipynb",
        "git textconv nb.ipynb",
        "nb to-text nb.ipynb",
    ] {
        let mut shell = command("sh", folder.path());
        shell.args(["-c", &format!("exec \"$0\" {arguments} > /dev/full"), COURSE]);
        let output = shell.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}");
        assert!(stderr(&output).contains("No space left"), "{}", stderr(&output));
    }
}

#[test]
fn a_hyphen_is_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let run = |options: &[&str]| {
        let mut strip = command(COURSE, folder.path());
        strip.arg("strip").args(options);
        feed(strip, &file(&notebook(&[code("a", "1", Some(1))])))
    };
    let clean = file(&notebook(&[code("a", "1", None)]));
    for options in [&["-"][..], &[]] {
        let output = run(options);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(output.stdout, clean);
    }
    let kept = run(&["--keep-output", "-"]);
    let kept: Value = serde_json::from_slice(&kept.stdout).unwrap();
    assert_eq!(kept["cells"][0]["outputs"][0]["text"][0], "1\n");
    assert_eq!(run(&["--check", "-"]).status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
