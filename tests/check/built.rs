//! Programs that tests make of solutions' texts, compiled against the library as a notebook's cells are.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use course::check::Exercise;

/// An exercise's solution: the head of its function, and the student's part.
pub(super) struct Solution {
    /// `dot(x: &[f32], y: &[f32]) -> f32`.
    pub(super) head: String,
    /// What stands between the marks.
    pub(super) body: String,
}

/// Reads the solution of an exercise.
pub(super) fn solution(exercise: &Exercise) -> Solution {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("solutions/{}.rs", exercise.id));
    let text = fs::read_to_string(file).unwrap();
    let (_, function) = text
        .split_once(&format!("\npub fn {}", exercise.name()))
        .unwrap_or_else(|| panic!("{}: no function", exercise.id));
    let (head, rest) = function.split_once("{\n    // solution\n").unwrap();
    let (body, _) = rest.split_once("    // end\n").unwrap();
    Solution {
        head: format!("{}{}", exercise.name(), head.trim_end()),
        body: body.to_owned(),
    }
}

/// A program of these modules, each with a function `report`, in `folder`. Called with `begin` it says for
/// each of them from that number on the number when it begins, and then the report's text as a literal.
/// `before` is a statement about the number `i` that runs first.
///
/// # Errors
/// What rustc says, a line for each error: `v3.rs:7:1: error…`.
pub(super) fn program(folder: &Path, modules: &[String], before: &str) -> Result<PathBuf, String> {
    let mut source = String::from("#![allow(warnings)]\n");
    let mut calls = String::new();
    for (i, module) in modules.iter().enumerate() {
        fs::write(
            folder.join(format!("v{i}.rs")),
            format!("use course::prelude::*;\n{module}\n"),
        )
        .unwrap();
        let _ = writeln!(source, "mod v{i};");
        let _ = writeln!(calls, "v{i}::report,");
    }
    let _ = write!(
        source,
        "fn main() {{
    let from: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let all: [fn() -> course::check::Report; {}] = [{calls}];
    for (i, report) in all.iter().enumerate().skip(from) {{
        println!(\"{{i}}\");
        {before}
        println!(\"{{:?}}\", report().to_string());
    }}
}}
",
        modules.len()
    );
    fs::write(folder.join("variants.rs"), source).unwrap();
    let deps = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_library = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libcourse-") && name.ends_with(".rlib")
    };
    let entries = fs::read_dir(&deps).unwrap().map(|entry| entry.unwrap().path());
    let library = entries
        .filter(is_library)
        .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
        .unwrap();
    let output = Command::new("rustc")
        .current_dir(folder)
        .args(["--edition", "2024", "-A", "warnings", "--error-format", "short"])
        .args([
            "-C",
            "opt-level=1",
            "-C",
            "debuginfo=0",
            "-C",
            "overflow-checks=on",
            "-C",
            "strip=symbols",
        ])
        .arg("--extern")
        .arg(format!("course={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", deps.display()))
        .args(["-o", "variants", "variants.rs"])
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(folder.join("variants")),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
