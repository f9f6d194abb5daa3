//! The arrangement of the project itself.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};
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

/// The crates that a build uses, each with its features, without the workspace's own.
fn crates(options: &[&str]) -> BTreeSet<String> {
    let mut all = tree(options);
    all.retain(|line| !line.starts_with("llm-course"));
    all
}

/// The crates that a build uses, each with its features.
fn tree(options: &[&str]) -> BTreeSet<String> {
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
    text.lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

/// If two builds want a crate with different features, it is compiled twice, and so is all that depends on
/// it.
#[test]
fn all_builds_share_their_dependencies() {
    let tests = crates(&["--features", "cli"]);
    for (build, options) in [
        (
            "the command line",
            &["--no-default-features", "--features", "cli"][..],
        ),
        ("the kernel's library", &["--package", "llm-course-shared"]),
        ("a program that uses the library", &[]),
    ] {
        let other = crates(options);
        let alone: Vec<&String> = other.difference(&tests).collect();
        assert!(
            alone.is_empty(),
            "{build} compiles these again; add the features that the tests' build has to Cargo.toml: {alone:#?}"
        );
    }
}

/// Both are built with the library, which is compiled only once for them.
#[test]
fn the_command_line_and_the_kernel_have_the_same_library() {
    let library = |options: &[&str]| -> Vec<String> {
        let all = tree(options).into_iter();
        all.filter(|line| line.starts_with("llm-course ")).collect()
    };
    let kernel = library(&["--package", "llm-course-shared"]);
    assert_eq!(kernel.len(), 1, "{kernel:?}");
    assert_eq!(library(&["--features", "cli"]), kernel);
}

/// `cargo course` answers at once, because nothing has to be compiled for it.
#[test]
fn the_start_has_no_dependencies() {
    let all = tree(&["--package", "llm-course-start"]);
    assert_eq!(all.len(), 1, "{all:?}");
}

/// The command line is light because it leaves these crates out.
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

/// The lectures: the name of each file, and its cells.
fn lectures() -> Vec<(String, Vec<serde_json::Value>)> {
    let mut lectures = Vec::new();
    for entry in std::fs::read_dir(Path::new(ROOT).join("notebooks")).expect("notebooks/ is there") {
        let path = entry.expect("it can be listed").path();
        if path.extension().is_none_or(|e| e != "ipynb") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a notebook is UTF-8");
        let notebook: serde_json::Value = serde_json::from_str(&text).expect("a notebook is JSON");
        let cells = notebook["cells"].as_array().expect("a notebook has cells");
        lectures.push((path.display().to_string(), cells.clone()));
    }
    lectures
}

fn source(cell: &serde_json::Value) -> String {
    let lines = cell["source"].as_array().expect("a cell has lines");
    lines.iter().filter_map(serde_json::Value::as_str).collect()
}

/// No notebook contains outputs, so none reach history.
#[test]
fn notebooks_hold_no_outputs() {
    for (name, cells) in lectures() {
        for cell in cells {
            let outputs = cell["outputs"].as_array();
            assert!(outputs.is_none_or(Vec::is_empty), "{name} holds outputs");
            assert!(cell["execution_count"].is_null(), "{name} holds execution counts");
            assert!(cell["id"].is_string(), "{name} has a cell without an id");
        }
    }
}

/// What is longer hides the idea: it belongs into the library, or is two cells.
#[test]
fn cells_have_twenty_lines_at_most() {
    for (name, cells) in lectures() {
        for cell in cells {
            let is_exercise = cell["metadata"]["course"]["exercise"].is_string();
            if cell["cell_type"] == "code" && !is_exercise {
                let source = source(&cell);
                assert!(
                    source.lines().count() <= 20,
                    "{name}: a cell is too long:\n{source}"
                );
            }
        }
    }
}

/// The minutes in the table at the top include those of the exercises, and some to read.
#[test]
fn sections_have_time_for_their_exercises() {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    for (name, cells) in lectures() {
        let (mut promised, mut exercises) = (BTreeMap::new(), BTreeMap::new());
        let mut section = 0;
        for line in cells.iter().flat_map(|cell| {
            let lines: Vec<String> = source(cell).lines().map(str::to_owned).collect();
            lines
        }) {
            let row: Vec<&str> = line.split('|').collect();
            if let ["", title, minutes, ""] = row[..]
                && let Some(of) = title.trim().split(' ').next().and_then(number)
            {
                promised.extend(number(minutes).map(|minutes| (of, minutes)));
            }
            let title = line.strip_prefix("## ").and_then(|title| title.split_once(". "));
            section = title.and_then(|(of, _)| number(of)).unwrap_or(section);
            if let Some((_, rest)) = line.split_once(", about ")
                && line.starts_with("> **Your turn: ")
            {
                let minutes = rest.strip_suffix(" minutes)").and_then(number);
                *exercises.entry(section).or_insert(0) += minutes.expect("minutes");
            }
        }
        assert!(promised.len() > 3, "{name} has a table of minutes");
        for (section, minutes) in exercises {
            let all = promised.get(&section).copied().unwrap_or_default();
            assert!(
                all >= minutes + 5,
                "{name}: section {section} has {all} minutes, its exercises {minutes}"
            );
        }
    }
}

/// Types that are not worth looking at, or that cannot be shown as they are.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("Along", "borrows what it reports to, so that no cell keeps it"),
    ("Canvas", "a surface to draw on; a `Drawing` is the picture"),
    ("Case", "for a judge"),
    ("Cell", "part of a table, which shows itself"),
    ("Choice", "part of a quiz, which shows itself"),
    ("Column", "part of a table, which shows itself"),
    ("CutWords", "an iterator"),
    ("Directly", "a mark for the compiler"),
    ("Error", "shown by its message"),
    ("Exercise", "for a judge"),
    ("Grid", "part of a quiz, which shows itself"),
    ("Inputs", "what a loss is given while it runs"),
    ("JoinedTexts", "texts to read, of any kind"),
    ("Mistake", "for a judge"),
    ("Mixture", "borrows its models, so that no cell keeps it"),
    ("Never", "a mark for the compiler"),
    ("Pair", "two values of any kind"),
    ("Pieces", "an iterator"),
    ("Occurrence", "part of a concordance, which shows itself"),
    ("Question", "part of a quiz, which shows itself"),
    ("Scope", "borrows the parameters, so that no cell keeps it"),
    ("SenseTexts", "texts to read, of any kind"),
    ("Titled", "a part of a drawing"),
    ("TokenStream", "an iterator"),
    ("ValueAndGradients", "what a loss hands over while it runs"),
];

/// Rooms whose types no lecture can name.
const NO_ROOMS_TO_SEE: &[&str] = &["src/cli", "src/check/source"];

/// A cell that ends in a value shows a table or one line about it, not the numbers of its matrices. Enums are
/// shown by `Debug`, which prints what a reader would write.
#[test]
fn every_public_type_shows_itself() {
    let (mut folders, mut public, mut all) = (vec![Path::new(ROOT).join("src")], Vec::new(), String::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src/ can be listed") {
            let path = entry.expect("src/ can be listed").path();
            let below = path.strip_prefix(ROOT).expect("it is below").to_string_lossy();
            if NO_ROOMS_TO_SEE.iter().any(|room| below.starts_with(room)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue; // A font.
            };
            let names = text.lines().filter_map(|line| line.strip_prefix("pub struct "));
            let name = |rest: &str| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .map(str::to_owned)
            };
            public.extend(names.filter_map(name).map(|name| (name, below.to_string())));
            all.push_str(&text);
        }
    }
    assert!(public.len() > 100, "the types are found: {}", public.len());
    let shown = shown(&all);
    let silent = |(name, _): &&(String, String)| {
        !shown.contains(name.as_str()) && !NOT_SHOWN.iter().any(|(other, _)| other == name)
    };
    let silent: Vec<_> = public.iter().filter(silent).collect();
    assert!(
        silent.is_empty(),
        "give these a `shown_as_record!`, `shown_as_line!` or `shown_as_table!`: {silent:#?}"
    );
    for (name, why) in NOT_SHOWN {
        assert!(
            public.iter().any(|(other, _)| other == name),
            "{name} ({why}) is no public type any more"
        );
    }
}

/// The types with a method `evcxr_display`, whether written out or made by a macro.
fn shown(sources: &str) -> BTreeSet<&str> {
    let word = |text: &str| {
        text.len()
            - text
                .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')
                .len()
    };
    let mut found = BTreeSet::new();
    for mark in [
        "shown_as_table!(",
        "shown_as_line!(",
        "shown_by!(",
        "shown_as_record!(",
        "picture!(",
    ] {
        for (at, _) in sources.match_indices(mark) {
            let rest = &sources[at + mark.len()..];
            let names = rest
                .split(')')
                .next()
                .unwrap_or_default()
                .split(',')
                .map(str::trim);
            found.extend(names);
        }
    }
    // Tokenizers, and other types that write their `Debug` form as a line of text.
    for (at, mark) in sources.match_indices("fmt::Debug for ") {
        let rest = &sources[at + mark.len()..];
        found.insert(&rest[..word(rest)]);
    }
    // The nearest line before the method that begins an `impl`.
    for (at, _) in sources.match_indices("\n    pub fn evcxr_display(&self)") {
        if let Some(start) = sources[..at].rfind("\nimpl") {
            let rest = &sources[start + "\nimpl".len()..at];
            let rest = match rest.strip_prefix('<') {
                Some(generic) => generic.split_once("> ").map_or("", |(_, rest)| rest),
                None => rest.trim_start(),
            };
            found.insert(&rest[..word(rest)]);
        }
    }
    found
}
