//! What the files of a quiz share as TOML: quoted texts, and the line of a fault.

use crate::error::{Error, Location};

/// A text in quotes, as TOML requires.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Quoted texts in brackets.
pub(super) fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let all: Vec<String> = texts.into_iter().map(|text| quoted(text)).collect();
    format!("[{}]", all.join(", "))
}

/// TOML's own message, with the line.
pub(super) fn fault(name: &str, text: &str, error: &toml::de::Error) -> Error {
    let place = match error.span() {
        Some(span) => Location::Line(line(text, span.start)),
        None => Location::Whole,
    };
    Error::format(name, place, error.message().trim())
}

/// The line of the byte `at`, counted from 1.
pub(super) fn line(text: &str, at: usize) -> u64 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}
