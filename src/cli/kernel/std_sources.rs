//! As much of the standard library's sources as rust-analyzer needs: without comments, which are two thirds
//! of the text, and without the processor intrinsics (`stdarch`), which are twice as large as the rest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::library;
use crate::tools;
use crate::tools::files::read;
use crate::tools::layout::Layout;

/// The crates that a program can name, and what they are made of.
const NEEDED: [&str; 6] = ["alloc", "core", "proc_macro", "std", "sysroot", "test"];

/// Where the sources lie for `RUST_SRC_PATH`, if there are any.
pub(super) fn path(place: &Layout) -> Option<PathBuf> {
    let path = place.kernel().join("std").join("library");
    path.is_dir().then_some(path)
}

/// Makes the stripped copy, and makes it again when the compiler has changed. A toolchain without sources is
/// no error: completion then knows only the course's library, and `cargo course doctor` says how to get the
/// rest.
pub(super) fn install(place: &Layout) -> Result<()> {
    let sysroot = tools::sysroot()?;
    let from = sysroot.join("lib/rustlib/src/rust/library");
    if !from.join("std").is_dir() {
        return Ok(());
    }
    let to = place.kernel().join("std");
    let stamp = library::compiler(&sysroot)?;
    if fs::read_to_string(to.join("made-from")).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    let beside = place.kernel().join("std.new");
    let _ = fs::remove_dir_all(&beside);
    for name in NEEDED {
        let folder = from.join(name);
        if folder.is_dir() {
            copy_stripped(&folder, &beside.join("library").join(name))?;
        }
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(from.join(file), beside.join("library").join(file))
            .with_context(|| format!("cannot copy the standard library's {file}"))?;
    }
    fs::write(beside.join("made-from"), stamp)?;
    let _ = fs::remove_dir_all(&to);
    fs::rename(&beside, &to).with_context(|| format!("cannot write {}", to.display()))
}

fn copy_stripped(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            if !["benches", "tests"].iter().any(|name| entry.file_name() == *name) {
                copy_stripped(&source, &target)?;
            }
        } else if source.extension().is_some_and(|e| e == "rs") {
            let text = read(&source)?;
            fs::write(&target, strip_comments(&text))?;
        } else if source.extension().is_some_and(|e| e == "toml") {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

/// Rust without its comments. Attributes stay, and so does every line break outside a block comment.
fn strip_comments(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() / 2);
    let (mut i, mut kept) = (0, 0);
    while i < bytes.len() {
        let skip = match bytes[i] {
            b'/' if bytes.get(i + 1) == Some(&b'/') => {
                let end = bytes[i..]
                    .iter()
                    .position(|&b| b == b'\n')
                    .map_or(bytes.len(), |n| i + n);
                out.push_str(text[kept..i].trim_end_matches([' ', '\t']));
                kept = end;
                end - i
            }
            b'/' if bytes.get(i + 1) == Some(&b'*') => {
                let end = i + block_comment(&bytes[i..]);
                out.push_str(&text[kept..i]);
                out.push(' ');
                kept = end;
                end - i
            }
            b'"' => quoted(&bytes[i..], b'"'),
            b'r' if !follows_name(bytes, i) => raw_string(&bytes[i..]).unwrap_or(1),
            b'\'' => character(&bytes[i..]),
            _ => 1,
        };
        i += skip;
    }
    out.push_str(&text[kept..]);
    let mut lines = String::with_capacity(out.len());
    for line in out.lines().filter(|line| !line.trim().is_empty()) {
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}

/// Whether the byte before `i` continues an identifier (`br"…"` starts with `b`, which is not one here).
fn follows_name(bytes: &[u8], i: usize) -> bool {
    let name = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    i > 0 && name(bytes[i - 1]) && !(matches!(bytes[i - 1], b'b' | b'c') && (i < 2 || !name(bytes[i - 2])))
}

/// The length of a block comment, comments inside it included.
fn block_comment(bytes: &[u8]) -> usize {
    let (mut depth, mut i) = (0, 0);
    while i + 1 < bytes.len() {
        match &bytes[i..i + 2] {
            b"/*" => (depth, i) = (depth + 1, i + 2),
            b"*/" => {
                (depth, i) = (depth - 1, i + 2);
                if depth == 0 {
                    return i;
                }
            }
            _ => i += 1,
        }
    }
    bytes.len()
}

/// The length of a string in quotes, with its escapes.
fn quoted(bytes: &[u8], quote: u8) -> usize {
    let mut i = 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 2,
            b if b == quote => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

/// The length of `r"…"` or `r#"…"#`, if it is one.
fn raw_string(bytes: &[u8]) -> Option<usize> {
    let hashes = bytes[1..].iter().take_while(|&&b| b == b'#').count();
    if bytes.get(1 + hashes) != Some(&b'"') {
        return None;
    }
    let end: Vec<u8> = std::iter::once(b'"')
        .chain(std::iter::repeat_n(b'#', hashes))
        .collect();
    let inside = 2 + hashes;
    let found = bytes[inside..].windows(end.len()).position(|w| w == end)?;
    Some(inside + found + end.len())
}

/// The length of a character in quotes; 1 for a lifetime.
fn character(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(b'\\') => quoted(bytes, b'\''),
        Some(_) => {
            let width = 1 + bytes[2..].iter().take_while(|&&b| b & 0xC0 == 0x80).count();
            if bytes.get(1 + width) == Some(&b'\'') {
                width + 2
            } else {
                1
            }
        }
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_all_else_stays() {
        let cases = [
            ("a // b\nc", "a\nc\n"),
            ("/// doc\n#[stable]\nfn f() {}", "#[stable]\nfn f() {}\n"),
            ("x /* a /* b */ c */ y", "x   y\n"),
            (r#"let s = "// no"; // yes"#, "let s = \"// no\";\n"),
            ("r#\"// \" no\"# // yes", "r#\"// \" no\"#\n"),
            (r#"br"\" // yes"#, "br\"\\\"\n"),
            (r#"'"' // yes "#, "'\"'\n"),
            (r"'\'' // yes", "'\\''\n"),
            ("&'a str // yes", "&'a str\n"),
            ("'ä' // yes", "'ä'\n"),
            ("var\"\" // yes", "var\"\"\n"),
        ];
        for (text, stripped) in cases {
            assert_eq!(strip_comments(text), stripped, "of {text:?}");
        }
    }
}
