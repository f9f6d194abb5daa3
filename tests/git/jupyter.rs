//! What Jupyter's own reader accepts, the result satisfies: nbformat, of the environment in which JupyterLab
//! runs, is asked about notebooks that it has made itself, stripped, merged, and as text and back.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{COURSE, stderr, stdout};

/// Python in JupyterLab's environment, which set-up makes where there is none.
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
