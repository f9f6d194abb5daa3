//! The results satisfy Jupyter's own reader. It is nbformat from JupyterLab's environment, and it reads
//! notebooks that it has made itself, after stripping, merging, and conversion to text and back.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{COURSE, stderr, stdout};

/// Python in JupyterLab's environment, which set-up makes if there is none.
fn python() -> PathBuf {
    let environment = Path::new(env!("CARGO_MANIFEST_DIR")).join(".course/lab");
    if !environment.join("installed").is_file() {
        let made = Command::new(COURSE)
            .args(["lab", "--set-up-only"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", stderr(&made));
    }
    environment.join("bin/python")
}

#[test]
fn nbformat_accepts_what_we_make_of_what_it_accepts() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles/nbformat_accepts.py");
    let asked = Command::new(python())
        .arg(script)
        .args([COURSE, "1", "120"])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}{}", stdout(&asked), stderr(&asked));
    assert!(
        stdout(&asked).contains("accepts 120 notebooks stripped, as text and back, and merged"),
        "{}",
        stdout(&asked)
    );
}
