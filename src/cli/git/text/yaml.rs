//! The little YAML that a header needs, and the crate's reader for what others write.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::git::tree::{Json, quoted};

/// Writes the members of an object, one on each line: inner objects indented, everything else as JSON, which
/// is part of YAML.
pub(super) fn write(object: &Json, indentation: usize, lines: &mut Vec<String>) {
    let space = " ".repeat(indentation);
    for (key, value) in object.members() {
        let key = plain(key);
        match value {
            Json::Object(members) if !members.is_empty() => {
                lines.push(format!("{space}{key}:"));
                write(value, indentation + 2, lines);
            }
            Json::String(written) => lines.push(format!("{space}{key}: {}", plain(written))),
            other => lines.push(format!("{space}{key}: {}", other.in_one_line())),
        }
    }
}

/// A string without its quotes, if YAML still takes it for a string.
fn plain(written: &str) -> &str {
    let text = written.trim_matches('"');
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let word = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let special = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
    ];
    if begins && word && !special.contains(&text.to_ascii_lowercase().as_str()) {
        text
    } else {
        written
    }
}

/// Reads a document.
///
/// # Errors
/// It is not YAML, or it has anchors, for which a notebook's header has no use.
pub(super) fn read(text: &str) -> Result<Json, String> {
    // Unfinished values, each with the key that waits for its value.
    let mut open: Vec<(Json, Option<String>)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let done = match event {
            Event::MappingStart(..) => {
                open.push((Json::Object(Vec::new()), None));
                None
            }
            Event::SequenceStart(..) => {
                open.push((Json::Array(Vec::new()), None));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(|(value, _)| value),
            Event::Scalar(value, style, ..) => Some(scalar(&value, style)),
            Event::Alias(..) => return Err("an alias (`*name`)".to_owned()),
            _ => None,
        };
        let Some(value) = done else { continue };
        match open.last_mut() {
            None => return Ok(value),
            Some((Json::Array(items), _)) => items.push(value),
            Some((Json::Object(members), key)) => match key.take() {
                Some(key) => members.push((key, value)),
                None => *key = Some(as_key(value)),
            },
            Some(_) => {}
        }
        if open.len() > 100 {
            return Err("nested more than 100 deep".to_owned());
        }
    }
    Ok(Json::Literal("null".to_owned()))
}

fn as_key(value: Json) -> String {
    match value {
        Json::String(written) => written,
        Json::Literal(word) => quoted(&word),
        other => quoted(&other.in_one_line()),
    }
}

/// A value without quotes may be a number or a word of JSON.
fn scalar(text: &str, style: ScalarStyle) -> Json {
    if matches!(style, ScalarStyle::Plain) {
        match text {
            "" | "~" => return Json::Literal("null".to_owned()),
            _ => {
                if let Ok(literal @ Json::Literal(_)) = Json::read(text.as_bytes()) {
                    return literal;
                }
            }
        }
    }
    Json::from_text(text)
}
