//! The arrangement of the project itself.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_top_level_is_what_the_design_says() {
    for needed in [
        "Cargo.toml",
        "notebooks",
        "src",
        "exercises",
        // not released
        "solutions",
        // released again
        "tests",
        "git-hooks",
    ] {
        assert!(Path::new(ROOT).join(needed).exists(), "{needed} is missing");
    }
}

/// The crates that a build uses, each with its features.
fn crates(options: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(ROOT)
        .args([
            "tree",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p} {f}",
        ])
        .args(options)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("cargo prints UTF-8");
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)").to_owned());
    lines.filter(|line| !line.starts_with("llm-course ")).collect()
}

/// A crate that two builds want with different features is compiled twice, and so is all that depends on it.
#[test]
fn the_three_builds_share_their_dependencies() {
    let tests = crates(&["--features", "cli"]);
    for (build, options) in [
        (
            "the command line",
            &["--no-default-features", "--features", "cli"][..],
        ),
        ("the kernel's library", &[]),
    ] {
        let other = crates(options);
        let alone: Vec<&String> = other.difference(&tests).collect();
        assert!(
            alone.is_empty(),
            "{build} compiles these again; add the features that the tests' build has to Cargo.toml: {alone:#?}"
        );
    }
}

/// The command line is light because it leaves these out.
#[test]
fn the_command_line_compiles_no_candle() {
    let light = crates(&["--no-default-features", "--features", "cli"]);
    for heavy in ["candle-core ", "candle-nn ", "tokenizers "] {
        assert!(
            !light.iter().any(|line| line.starts_with(heavy)),
            "{heavy} is in the command line's build"
        );
    }
}

/// Outputs never reach history.
#[test]
fn notebooks_hold_no_outputs() {
    for entry in std::fs::read_dir(Path::new(ROOT).join("notebooks")).expect("notebooks/ is there") {
        let path = entry.expect("it can be listed").path();
        if path.extension().is_none_or(|e| e != "ipynb") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a notebook is UTF-8");
        let notebook: serde_json::Value = serde_json::from_str(&text).expect("a notebook is JSON");
        for cell in notebook["cells"].as_array().expect("a notebook has cells") {
            assert!(
                cell["outputs"].as_array().is_none_or(Vec::is_empty),
                "{} holds outputs",
                path.display()
            );
            assert!(
                cell["execution_count"].is_null(),
                "{} holds execution counts",
                path.display()
            );
            assert!(
                cell["id"].is_string(),
                "{} has a cell without an id",
                path.display()
            );
        }
    }
}
