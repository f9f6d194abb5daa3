//! File names for students. Their own names may be anything: with slashes or `..`, very long, reserved on
//! some system, or equal to another name but for upper and lower case.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// The longest name that is kept as it is, in letters.
const LONGEST: usize = 48;

/// The number of letters of the hash that make other names unique: 64 bits.
const HASH: usize = 16;

/// Names that Windows reserves, whatever their ending.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// A name for the files of this student, without an ending. Two students never share one, not even where
/// upper and lower case are the same. A name of lower-case letters, digits, `.`, `_` and `-` is kept. Any
/// other name becomes its usable letters and a hash.
pub(crate) fn file_name(student: &str) -> String {
    if is_plain(student) {
        return student.to_owned();
    }
    let kept: String = student
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if is_safe(c) { c } else { '-' })
        .collect();
    let mut short = String::new();
    for c in kept.trim_matches(['-', '.']).chars().take(LONGEST) {
        if !(c == '-' && short.ends_with('-')) {
            short.push(c);
        }
    }
    let hash = HEXLOWER.encode(&Sha256::digest(student.as_bytes()));
    let between = if short.is_empty() || short.ends_with('-') {
        ""
    } else {
        "-"
    };
    format!("{short}{between}{}", &hash[..HASH])
}

fn is_safe(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c)
}

/// Whether the name can be a file's name as it is. A name that looks as if it ended in a hash cannot, because
/// it might be the file name of another student.
fn is_plain(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let is_reserved = RESERVED.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    let end = name.len().checked_sub(HASH).and_then(|at| name.get(at..));
    let is_hashed = end.is_some_and(|end| end.chars().all(|c| c.is_ascii_hexdigit()));
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && !name.ends_with('.')
        && name.chars().all(is_safe)
        && !is_reserved
        && !is_hashed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_safe_and_never_the_same() {
        assert_eq!(file_name("ana.lopez-7"), "ana.lopez-7");
        assert!(file_name("Žofie Nováková").starts_with("zofie-novakova-"));
        let long = "x".repeat(5_000);
        let odd = [
            "ana",
            "Ana",
            "ANA",
            "",
            ".",
            "..",
            "../ana",
            "..\\ana",
            "/etc/passwd",
            "a/b",
            "a-b",
            "a b",
            "con",
            "nul.txt",
            "com1",
            "Ω",
            "学生",
            "ana.",
            "ana ",
            " ana",
            "=1+1",
            "-rf",
            "a\0b",
            "a\nb",
            "é",
            "e\u{301}",
            &long,
            &long[1..],
        ];
        let mut all: Vec<String> = odd.iter().map(|name| file_name(name)).collect();
        // A student whose name equals another student's file name gets a different file.
        all.push(file_name(&all[1].clone()));
        for name in &all {
            assert!(name.len() <= LONGEST + 1 + HASH && !name.is_empty(), "{name}");
            assert!(
                name.chars().all(is_safe) && !name.starts_with(['.', '-']),
                "{name}"
            );
        }
        let apart: BTreeSet<String> = all.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(apart.len(), all.len(), "{all:?}");
    }
}
