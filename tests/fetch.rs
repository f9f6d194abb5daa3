//! `cargo course fetch` as a process. Its registries are small scripts, and its home is a server on this
//! machine.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod home;
mod server;
mod user;

use std::fs;
use std::path::Path;

use user::{FIXTURES, Said, User, WHEEL, item, pip, wheel_item, words};

#[test]
fn a_wheel_comes_by_pip_and_only_once() {
    let user = User::new();
    user.table(&[wheel_item()]);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["w"])
        .good(&["licence of w", "PyPI: tiny 1.0", "cache/w/1.0"]);
    assert_eq!(user.read("w/1.0/in/words.txt"), words());
    assert_eq!(user.read("w/1.0/s.txt"), "stored\n");
    let calls = user.calls("python3");
    assert_eq!(calls.len(), 1);
    assert!(calls[0].starts_with("-m pip download --no-deps"), "{}", calls[0]);
    assert!(calls[0].ends_with(" tiny==1.0"), "{}", calls[0]);

    user.fetch(&["w"]).good(&["w: is here"]);
    assert_eq!(user.calls("python3").len(), 1);

    // Only the item and an empty lock are left, and nothing was written outside.
    let mut left = Vec::new();
    files_below(&user.cache(), &mut left);
    left.sort();
    assert_eq!(left, ["partial/w-1.0/lock", "w/1.0/in/words.txt", "w/1.0/s.txt"]);
    let mut all = Vec::new();
    files_below(user.dir.path(), &mut all);
    assert!(!all.iter().any(|f| f.contains("escaped")), "{all:?}");
}

fn files_below(root: &Path, into: &mut Vec<String>) {
    fn walk(root: &Path, dir: &Path, into: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                walk(root, &entry.path(), into);
            } else {
                into.push(
                    entry
                        .path()
                        .strip_prefix(root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned(),
                );
            }
        }
    }
    walk(root, root, into);
}

#[test]
fn npm_and_debian_packages_are_opened() {
    let user = User::new();
    user.table(&[
        item(
            "n",
            "npm",
            "tiny-1.0.tgz",
            &[("all.txt", "package/p?01", "=== pa01\nfirst\n=== pb01\nsecond\n")],
        ),
        item(
            "d",
            "debian",
            "tiny_1.0_all.deb",
            &[("words.txt", "usr/share/tiny/words.txt", &words())],
        ),
    ]);
    user.program(
        "npm",
        &format!(
            "while [ \"$1\" != --pack-destination ]; do shift; done\ncp {FIXTURES}/tiny-1.0.tgz \"$2/\""
        ),
    );
    user.fetch(&["n"]).good(&["npm: tiny 1.0"]);
    assert_eq!(user.read("n/1.0/all.txt"), "=== pa01\nfirst\n=== pb01\nsecond\n");

    if user.bin("dpkg-deb").exists() {
        user.program("apt-get", &format!("cp {FIXTURES}/tiny_1.0_all.deb ."));
        user.fetch(&["d"]).good(&["Debian: tiny 1.0"]);
        assert_eq!(user.read("d/1.0/words.txt"), words());
    }
}

#[test]
fn two_items_of_one_package_download_it_once() {
    let user = User::new();
    let other = item("x", "pypi", WHEEL, &[("s.txt", "tiny/stored.txt", "stored\n")]);
    user.table(&[wheel_item(), other]);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["--all"]).good(&["cache/w/1.0", "cache/x/1.0"]);
    assert_eq!(user.calls("python3").len(), 1);
    assert_eq!(
        fs::read_dir(user.cache().join("partial/packages"))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn the_list_says_what_is_here() {
    let user = User::new();
    user.table(&[wheel_item()]);
    let before = user
        .fetch(&["--list"])
        .good(&["w", "not here", "lectures 07", "licence of w"]);
    assert_eq!(user.fetch(&[]).text, before.text);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["w"]).good(&[]);
    let after = user.fetch(&["--list"]).good(&[" here "]);
    assert!(!after.text.contains("not here"), "{}", after.text);
}

#[test]
fn what_is_broken_is_found_removed_and_fetched_again() {
    let user = User::new();
    user.table(&[wheel_item()]);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["w"]).good(&[]);
    user.fetch(&["--verify"]).good(&["w: as it should be"]);
    fs::write(user.cache().join("w/1.0/s.txt"), "STORED\n").unwrap();
    user.fetch(&["--verify"])
        .bad(&["s.txt: expected SHA-256 ", "run `cargo course fetch w`"]);
    user.fetch(&["--list"]).good(&["not here"]);
    user.fetch(&["w"]).good(&[]);
    user.fetch(&["--verify", "w"]).good(&["as it should be"]);

    user.fetch(&["--remove", "w"]).good(&["w: removed, 0.0 MB free"]);
    assert!(!user.has("w"));
    user.fetch(&["--remove", "w"]).good(&["w: was not here"]);
    user.fetch(&["--verify", "w"]).good(&["w: not here"]);
    user.fetch(&["--remove"]).bad(&["name what to remove"]);
}

#[test]
fn an_unknown_name_is_an_error_before_anything_is_fetched() {
    let user = User::new();
    user.table(&[wheel_item().replace("\"w\"", "\"words\"")]);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["words", "wrods"])
        .bad(&[r#"no item "wrods"; did you mean words?"#]);
    assert_eq!(user.calls("python3").len(), 0);
}

#[test]
fn a_client_that_fails_or_is_not_there_is_explained() {
    let user = User::new();
    user.table(&[wheel_item()]);
    user.fetch(&["w"])
        .bad(&["python3 is not installed: install Python with pip"]);
    user.program(
        "python3",
        "echo '/usr/bin/python3: No module named pip' >&2; exit 1",
    );
    user.fetch(&["w"])
        .bad(&["python3 has no pip: install Python with pip"]);
    user.program(
        "python3",
        "echo 'Failed to establish a new connection' >&2; exit 1",
    );
    user.fetch(&["w"])
        .bad(&["python3 has no connection to its registry"]);
    user.program("python3", "echo 'ERROR: something else' >&2; exit 3");
    user.fetch(&["w"]).bad(&[
        "python3 failed (exit status: 3): ERROR: something else",
        "not fetched: w",
    ]);
    user.program(
        "python3",
        "echo 'OSError: [Errno 28] No space left on device' >&2; exit 1",
    );
    user.fetch(&["w"]).bad(&[
        "the disk is full: w takes 0.0 MB",
        "set COURSE_CACHE to a folder on another disk",
    ]);
    assert!(!user.has("w"));
}

#[test]
fn a_package_or_a_file_with_another_content_is_refused() {
    let user = User::new();
    user.table(&[wheel_item()]);
    user.program(
        "python3",
        &format!("{}\necho more >> \"$dest/{WHEEL}\"", pip(WHEEL)),
    );
    user.fetch(&["w"])
        .bad(&["PyPI sent another file", "expected 375 bytes, got 380"]);
    assert!(!user.has("w"));

    user.program("python3", &pip(WHEEL));
    let other = [
        ("words.txt", "tiny/words.txt", "one"),
        ("s.txt", "tiny/stored.txt", "Stored\n"),
    ];
    user.table(&[item("w", "pypi", WHEEL, &other[..1])]);
    user.fetch(&["w"]).bad(&["expected 3 bytes, got more"]);
    user.table(&[item("w", "pypi", WHEEL, &other[1..])]);
    user.fetch(&["w"]).bad(&["expected SHA-256"]);
    user.table(&[item("w", "pypi", WHEEL, &[("a", "tiny/none.txt", "a")])]);
    user.fetch(&["w"]).bad(&["tiny 1.0 has no tiny/none.txt"]);
    assert!(!user.has("w"));
    assert!(!user.has("partial/w-1.0/files/words.txt"));
}

#[test]
fn a_cache_that_cannot_be_written_is_an_error() {
    let user = User::new();
    user.table(&[wheel_item()]);
    fs::write(user.cache(), "a file where a folder should be").unwrap();
    user.fetch(&["w"]).bad(&["cannot write to", "COURSE_CACHE"]);
    let mut relative = user.command(&["--list"]);
    Said::from(relative.env("COURSE_CACHE", "here").output().unwrap())
        .bad(&["COURSE_CACHE: expected an absolute path, got here"]);
}

#[test]
fn one_failure_does_not_stop_the_others() {
    let user = User::new();
    user.table(&[
        item("n", "npm", "tiny-1.0.tgz", &[("p", "package/pa01", "first\n")]),
        wheel_item(),
    ]);
    user.program("python3", &pip(WHEEL));
    user.fetch(&["--all"]).bad(&[
        "n: not fetched: npm is not installed",
        "cache/w/1.0",
        "error: not fetched: n",
    ]);
    assert!(user.has("w/1.0"));
}
