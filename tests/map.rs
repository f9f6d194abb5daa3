//! The map in ARCHITECTURE.md is true: rooms use only what it allows, and no files use each other in a
//! circle.
//!
//! The sources are read as text: `use` lines with nested braces, `self`, `super` and `crate`, and paths
//! within code. A name that a `mod.rs` re-exports from a child (`pub use child::Name`) leads to the child. So
//! siblings may take each other's names from `mod.rs` without making a circle, as long as they do not use
//! each other. What a file takes from the `mod.rs` of its own folder does not count: settings in `mod.rs` are
//! the frame that the files of the folder fill. Methods are not seen, nor is code that is compiled only for
//! tests.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

mod graph;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use graph::{Arrow, Sources, circles, module_of};

/// The rooms that each room may use.
type Map = BTreeMap<String, BTreeSet<String>>;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut out) = (vec![root.join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src/ can be listed") {
            let path = entry.expect("src/ can be listed").path();
            let name = path
                .strip_prefix(root)
                .expect("it is below")
                .to_string_lossy()
                .replace('\\', "/");
            if path.is_dir() && name != "src/check/handed_out" {
                folders.push(path);
            } else if name.ends_with(".rs") {
                out.push((name, std::fs::read_to_string(&path).expect("a source is UTF-8")));
            }
        }
    }
    out
}

/// Reads the table whose first column is `room` and whose last is `may use`. The rooms in the line that
/// begins with "Every other room may use" are allowed for all rooms but themselves.
fn read_map(text: &str) -> Map {
    let names = |cell: &str| -> BTreeSet<String> {
        let quoted = cell.split('`').skip(1).step_by(2);
        quoted
            .map(|name| name.trim_end_matches(['/']).to_owned())
            .collect()
    };
    let mut map = Map::new();
    let ground = text
        .lines()
        .find(|line| line.starts_with("Every other room may use"));
    let ground = ground.map(names).unwrap_or_default();
    let mut inside = false;
    for line in text.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        match (cells.first(), cells.last()) {
            (Some(&"room"), Some(&"may use")) => inside = true,
            (Some(first), Some(last)) if inside && line.starts_with('|') => {
                for room in names(first) {
                    let mut allowed = names(last);
                    if !ground.contains(&room) {
                        allowed.extend(ground.iter().cloned());
                    }
                    map.insert(room, allowed);
                }
            }
            _ => inside = false,
        }
    }
    map
}

/// The arrows between the rooms of the library that the map does not allow.
fn forbidden(arrows: &[Arrow], map: &Map) -> Vec<String> {
    let room = |file: &str| module_of(file).get(1).cloned();
    let mut out = Vec::new();
    // One message for each file and room.
    let mut told = BTreeSet::new();
    for arrow in arrows.iter().filter(|arrow| !arrow.from.starts_with("src/cli/")) {
        let (Some(from), Some(to)) = (room(&arrow.from), room(&arrow.to)) else {
            continue;
        };
        let message = match map.get(&from) {
            None => format!("the map has no room `{from}`, which {} is in", arrow.from),
            Some(allowed) if from == to || allowed.contains(&to) => continue,
            Some(_) => format!("{arrow}, but the map does not let `{from}` use `{to}`"),
        };
        if told.insert((&arrow.from, to)) {
            out.push(message);
        }
    }
    out
}

fn shown(circles: &[Vec<Arrow>]) -> String {
    let line = |circle: &Vec<Arrow>| {
        circle
            .iter()
            .map(Arrow::to_string)
            .collect::<Vec<_>>()
            .join("\n  ")
    };
    circles.iter().map(line).collect::<Vec<_>>().join("\n\n  ")
}

#[test]
fn rooms_use_what_the_map_allows() {
    let map = read_map(include_str!("../ARCHITECTURE.md"));
    let found = forbidden(&Sources::new(&sources()).arrows(), &map);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_map_has_no_circle_and_no_room_that_is_not_there() {
    let map = read_map(include_str!("../ARCHITECTURE.md"));
    let rooms: BTreeSet<String> = (sources().iter())
        .filter_map(|(file, _)| module_of(file).get(1).cloned())
        .collect();
    let mut arrows = Vec::new();
    for (from, allowed) in &map {
        assert!(
            rooms.contains(from),
            "the map has a room `{from}`, and src/ has not"
        );
        for to in allowed.iter().filter(|to| *to != from) {
            assert!(
                map.contains_key(to),
                "the map lets `{from}` use `{to}`, which has no line of its own"
            );
            arrows.push(Arrow {
                from: from.clone(),
                line: 0,
                to: to.clone(),
                path: String::new(),
            });
        }
    }
    assert_eq!(shown(&circles(&arrows)), "");
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    assert_eq!(shown(&circles(&Sources::new(&sources()).arrows())), "");
}

/// The arrows between made-up files, as `from to`.
fn arrows(files: &[(&str, &str)]) -> Vec<Arrow> {
    let files: Vec<(String, String)> = (files.iter())
        .map(|(path, text)| ((*path).into(), (*text).into()))
        .collect();
    Sources::new(&files).arrows()
}

#[test]
fn every_kind_of_path_is_an_arrow() {
    let other = [
        ("src/lib.rs", "pub use b::deep::Thing;"),
        (
            "src/b/mod.rs",
            "pub mod deep; pub use deep::Thing; pub fn own() {}",
        ),
        ("src/b/deep.rs", "pub struct Thing; pub fn f() {}"),
    ];
    for (text, expected) in [
        ("use crate::b::deep::Thing;", "src/b/deep.rs"),
        ("use crate::b::Thing;", "src/b/deep.rs"),
        ("use crate::{Thing, x};", "src/b/deep.rs"),
        ("use crate::{b::{self, deep::{f as g}}};", "src/b/deep.rs"),
        ("fn h() { crate::b::deep::f() }", "src/b/deep.rs"),
        ("fn h() { super::b::deep::f() }", "src/b/deep.rs"),
        ("use crate::b; fn h() { b::deep::f() }", "src/b/deep.rs"),
        ("use crate::b::own;", "src/b/mod.rs"),
        ("use crate::b::*; fn h() {}", "src/b/mod.rs"),
        ("mod inside { fn h() { super::super::b::own() } }", "src/b/mod.rs"),
    ] {
        let mut files = other.to_vec();
        files.push(("src/a.rs", text));
        let found = arrows(&files);
        assert!(
            found.iter().any(|a| a.from == "src/a.rs" && a.to == expected),
            "{text}: {found:?}"
        );
    }
    for text in [
        "// use crate::b::own;",
        "#[cfg(test)] use crate::b::own;",
        "fn h() { \"crate::b::own\"; x.b::<u8>(); }",
        "use b::own;",
    ] {
        let mut files = other.to_vec();
        files.push(("src/a.rs", text));
        let found = arrows(&files);
        assert!(found.iter().all(|a| a.from != "src/a.rs"), "{text}: {found:?}");
    }
}

#[test]
fn a_circle_is_found() {
    let of = |files: &[(&str, &str)]| shown(&circles(&arrows(files)));
    let two = [
        ("src/a.rs", "use crate::b::x;"),
        ("src/b.rs", "fn x() { crate::a::y() }"),
    ];
    assert_eq!(
        of(&two),
        "src/a.rs:1 uses src/b.rs (crate::b::x)\n  src/b.rs:1 uses src/a.rs (crate::a::y)"
    );
    // Three files, through names that mod.rs re-exports.
    let three = [
        ("src/m/mod.rs", "mod a; mod b; mod c; pub use {a::A, b::B, c::C};"),
        ("src/m/a.rs", "use super::B; pub struct A;"),
        ("src/m/b.rs", "use super::C; pub struct B;"),
        ("src/m/c.rs", "use super::A; pub struct C;"),
    ];
    assert_eq!(circles(&arrows(&three))[0].len(), 3);
    // A folder and its files make no circle, nor do two files that take settings from it.
    let folder = [
        (
            "src/m/mod.rs",
            "mod a; mod b; pub use a::A; pub struct S; fn f() { b::g() }",
        ),
        ("src/m/a.rs", "use super::S; pub struct A;"),
        ("src/m/b.rs", "use super::{A, S}; pub fn g() {}"),
    ];
    assert_eq!(of(&folder), "");
    // The program is a crate of its own.
    let program = [
        ("src/cli/main.rs", "mod a; mod b;"),
        ("src/cli/a.rs", "use crate::b::x;"),
        ("src/cli/b.rs", "use crate::a::y;"),
    ];
    assert_eq!(circles(&arrows(&program)).len(), 1);
}

#[test]
fn an_arrow_that_the_map_does_not_allow_is_found() {
    let map = read_map(
        "Every other room may use `rng`.\n\n| room | what | may use |\n|---|---|---|\n| `rng` | chance | – |\n| `a/`, `b/` | letters | `c/` |\n| `c/` | last | – |\n\nAnd `d`.",
    );
    assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b", "c", "rng"]);
    let told = |files: &[(&str, &str)]| forbidden(&arrows(files), &map).join("; ");
    let others = [
        ("src/c.rs", "use crate::rng::x;"),
        ("src/rng.rs", "pub fn x() {}"),
        ("src/b/mod.rs", "pub fn y() {}"),
    ];
    let with = |path, text| [&others[..], &[(path, text)]].concat();
    assert_eq!(
        told(&with("src/a/mod.rs", "use crate::c::x; use crate::rng::x as z;")),
        ""
    );
    assert_eq!(
        told(&with("src/a/mod.rs", "\nuse crate::b::y;")),
        "src/a/mod.rs:2 uses src/b/mod.rs (crate::b::y), but the map does not let `a` use `b`"
    );
    assert_eq!(
        told(&with("src/d.rs", "use crate::c::x;")),
        "the map has no room `d`, which src/d.rs is in"
    );
}
