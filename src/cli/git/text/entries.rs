//! What the first line of a cell says: a title, and entries `key=value` or an object of JSON.
//!
//! A lone word before the entries is part of the title; one among them is an entry without a value. Values
//! are JSON or Python. What cannot be read stays in the metadata under jupytext's own name for it.

use super::literal;
use crate::git::tree::Json;

/// jupytext's name for what it cannot read.
const UNREAD: &str = "incorrectly_encoded_metadata";

/// The title, and the entries in their order.
pub(super) fn parts(said: &str) -> (&str, Vec<(String, Json)>) {
    let said = said.trim();
    let (brace, sign) = (said.find('{'), said.find('='));
    if let Some(brace) = brace.filter(|brace| sign.is_none_or(|sign| *brace < sign)) {
        let (title, written) = said.split_at(brace);
        let entries = match literal::value(written) {
            Some(Json::Object(members)) => members
                .into_iter()
                .map(|(key, value)| (bare(key), value))
                .collect(),
            _ => vec![(UNREAD.to_owned(), Json::from_text(written))],
        };
        return (title.trim(), entries);
    }
    // The word before the first sign is its key. Words that begin with a dot are attributes and not part of
    // the title.
    let mut title = match sign {
        Some(sign) => {
            let before = said[..sign].trim_end();
            &before[..before.rfind(' ').map_or(0, |at| at)]
        }
        None => said,
    };
    while let Some((before, word)) = last_word(title.trim_end())
        && word.starts_with('.')
    {
        title = before;
    }
    let title = title.trim_end();
    (title, entries(&said[title.len()..]))
}

/// A key without its quotes.
fn bare(written: String) -> String {
    let inner = written.trim_matches('"').to_owned();
    Json::String(written).text().unwrap_or(inner)
}

/// A text without its last word, and that word.
fn last_word(text: &str) -> Option<(&str, &str)> {
    (!text.is_empty()).then(|| text.split_at(text.rfind(' ').map_or(0, |at| at + 1)))
}

/// Reads `key=value key=value key` from its end, since a value can only be told once its end is known.
fn entries(mut text: &str) -> Vec<(String, Json)> {
    let mut entries = Vec::new();
    loop {
        text = text.trim();
        let Some((before, word)) = last_word(text) else {
            break;
        };
        if is_identifier(word) && !text.starts_with("--") {
            entries.push((word.to_owned(), Json::Literal("null".to_owned())));
            text = before;
            continue;
        }
        match last_entry(text) {
            Some((before, key, value)) => {
                entries.push((key.to_owned(), value));
                text = before;
            }
            None => {
                entries.push((UNREAD.to_owned(), Json::from_text(text)));
                break;
            }
        }
    }
    entries.reverse();
    entries
}

/// The last `key=value` of a text, and what comes before it.
fn last_entry(text: &str) -> Option<(&str, &str, Json)> {
    let signs = text.rmatch_indices('=').map(|(at, _)| at);
    signs.into_iter().find_map(|at| {
        let (before, key) = last_word(text[..at].trim_end())?;
        let is_good = |c: char| c.is_ascii_alphanumeric() || "_.@/-".contains(c);
        if key.is_empty() || !key.chars().all(is_good) {
            return None;
        }
        Some((before, key, literal::value(&text[at + 1..])?))
    })
}

fn is_identifier(word: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || "_.".contains(c);
    let is_part = |c: char| is_first(c) || c.is_ascii_digit();
    word.starts_with(is_first) && word.chars().all(is_part)
}
