//! Students' files become one program that answers the judge's questions; see `harness.rs`.
//!
//! All files are compiled together, since that takes hardly longer than one. Where that fails each is compiled by itself,
//! so that an error in one costs no other its verdict.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use course::check::{Exercise, Verdict};

use crate::tools;

/// A file and the exercise that it is an answer to.
pub(crate) struct Submitted {
    pub(crate) exercise: &'static Exercise,
    pub(crate) file: PathBuf,
}

/// For each file, the program that runs it, or what the compiler says.
pub(crate) fn compile(files: &[Submitted], folder: &Path) -> Result<Vec<Result<PathBuf, Verdict>>> {
    std::fs::write(folder.join("value.rs"), include_str!("../../check/value.rs"))?;
    let together: Vec<&Submitted> = files.iter().collect();
    if let Ok(program) = build(&together, folder, "all")? {
        return Ok(files.iter().map(|_| Ok(program.clone())).collect());
    }
    files
        .iter()
        .map(|one| build(&[one], folder, one.exercise.name()))
        .collect()
}

fn build(files: &[&Submitted], folder: &Path, name: &str) -> Result<Result<PathBuf, Verdict>> {
    let source = folder.join(format!("{name}.rs"));
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    std::fs::write(&source, harness(files))?;
    let rustc = tools::sysroot()?.join("bin/rustc");
    let compiled = Command::new(rustc)
        .args([
            "--edition",
            "2024",
            "--crate-name",
            "answers",
            "--cap-lints",
            "allow",
        ])
        .args([
            "-C",
            "opt-level=0",
            "-C",
            "debuginfo=0",
            "-C",
            "overflow-checks=on",
            "--color",
            "never",
        ])
        .arg("-o")
        .arg(&program)
        .arg(&source)
        .output()
        .context("cannot start rustc")?;
    if compiled.status.success() {
        return Ok(Ok(program));
    }
    let told = String::from_utf8_lossy(&compiled.stderr).into_owned();
    Ok(Err(match files {
        [one] => explain(&told, one, &source),
        _ => Verdict::CompileError(told),
    }))
}

/// The program's source: the harness, a module for each file, and a call for each function.
fn harness(files: &[&Submitted]) -> String {
    let mut source = include_str!("harness.rs").to_owned();
    let mut calls = String::new();
    for (i, Submitted { exercise, file }) in files.iter().enumerate() {
        let _ = write!(
            source,
            "\n#[path = {:?}]\nmod file{i};\n",
            file.display().to_string()
        );
        let arguments: Vec<String> = (exercise.arguments.iter().enumerate())
            .map(|(at, (_, of_type))| argument(at, of_type))
            .collect();
        let _ = writeln!(
            calls,
            "        {:?} => {{\n            let function: {} = file{i}::{};\n            Some(function({}).to_value())\n        }}",
            exercise.name(),
            exercise.signature(),
            exercise.name(),
            arguments.join(", ")
        );
    }
    let _ = write!(
        source,
        "\nfn call(name: &str, values: &[Value]) -> Option<Value> {{\n    match name {{\n{calls}        _ => None,\n    }}\n}}\n"
    );
    source
}

/// Argument number `at`, read as what its type owns and passed as what it is.
fn argument(at: usize, of_type: &str) -> String {
    let (by, owned) = match of_type.strip_prefix('&') {
        Some("str") => ("&", "String".to_owned()),
        Some(slice) => match slice.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(element) => ("&", format!("Vec<{element}>")),
            None => ("&", slice.to_owned()),
        },
        None => ("", of_type.to_owned()),
    };
    format!("{by}<{owned}>::from_value(values.get({at})?)?")
}

/// The compiler's message for a student: the file by its name, and a wrong signature said plainly.
fn explain(told: &str, file: &Submitted, harness: &Path) -> Verdict {
    let name = file.exercise.name();
    let own = harness.display().to_string();
    let first_place = told.lines().find_map(|line| line.trim().strip_prefix("--> "));
    if first_place.is_some_and(|place| place.starts_with(&own)) {
        let expected = format!("expected `pub fn {name}` of type `{}`", file.exercise.signature());
        // Not found: the function, or the whole file where an attribute took it away; or private.
        let missing = ["E0425", "E0432", "E0433", "E0583", "E0603"];
        let missing = missing
            .iter()
            .any(|code| told.contains(&format!("error[{code}]")));
        return if missing {
            Verdict::MissingItem(format!("{expected}, got none"))
        } else {
            let got = told
                .lines()
                .find_map(|line| line.trim().strip_prefix("found fn item "));
            let got = got.map_or(String::new(), |got| format!(", got {got}"));
            Verdict::WrongSignature(format!("{expected}{got}"))
        };
    }
    let long = file.file.display().to_string();
    let short = file
        .file
        .file_name()
        .map_or(long.clone(), |name| name.to_string_lossy().into_owned());
    let summary =
        |line: &&str| !line.starts_with("error: aborting") && !line.starts_with("For more information");
    let lines: Vec<&str> = told.lines().filter(summary).collect();
    Verdict::CompileError(lines.join("\n").replace(&long, &short).trim_end().to_owned())
}
