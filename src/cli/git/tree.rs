//! A JSON value in memory that can be written again byte for byte: numbers and strings stay as they were
//! written, keys stay in their order, and doubled keys stay doubled.

use super::fault::Fault;
use super::scan::{Scanner, Sink};
use std::io::Read;

/// A value. Strings have their quotes and escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    String(String),
    /// A number, or one of the words.
    Literal(String),
}

impl Json {
    /// Reads a whole file.
    pub(crate) fn read(text: &[u8]) -> Result<Self, Fault> {
        let mut scanner = Scanner::new(text)?;
        let value = Self::next(&mut scanner, 0)?;
        scanner.finish()?;
        Ok(value)
    }

    fn next<R: Read>(scanner: &mut Scanner<R>, depth: usize) -> Result<Self, Fault> {
        match scanner.peek()? {
            Some(b'{') => {
                let mut members = Vec::new();
                scanner.open(depth)?;
                if scanner.peek()? == Some(b'}') {
                    scanner.goes_on(b'}', "`}`")?;
                    return Ok(Self::Object(members));
                }
                loop {
                    let mut key = Vec::new();
                    scanner.key(&mut key)?;
                    key.truncate(key.len() - 2);
                    members.push((text(key), Self::next(scanner, depth + 1)?));
                    if !scanner.goes_on(b'}', "`,` or `}`")? {
                        return Ok(Self::Object(members));
                    }
                }
            }
            Some(b'[') => {
                let mut items = Vec::new();
                scanner.open(depth)?;
                if scanner.peek()? == Some(b']') {
                    scanner.goes_on(b']', "`]`")?;
                    return Ok(Self::Array(items));
                }
                loop {
                    items.push(Self::next(scanner, depth + 1)?);
                    if !scanner.goes_on(b']', "`,` or `]`")? {
                        return Ok(Self::Array(items));
                    }
                }
            }
            first => {
                let mut written = Vec::new();
                scanner.value(&mut written, depth)?;
                Ok(match first {
                    Some(b'"') => Self::String(text(written)),
                    _ => Self::Literal(text(written)),
                })
            }
        }
    }

    /// A string with this text.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut written = String::from("\"");
        for c in text.chars() {
            match c {
                '"' => written.push_str("\\\""),
                '\\' => written.push_str("\\\\"),
                '\n' => written.push_str("\\n"),
                '\r' => written.push_str("\\r"),
                '\t' => written.push_str("\\t"),
                '\u{8}' => written.push_str("\\b"),
                '\u{c}' => written.push_str("\\f"),
                c if c < ' ' => written.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => written.push(c),
            }
        }
        written.push('"');
        Self::String(written)
    }

    /// The list of lines, each with its end, that Jupyter makes of a source.
    pub(crate) fn from_lines(text: &str) -> Self {
        Self::Array(text.split_inclusive('\n').map(Self::from_text).collect())
    }

    /// The member of an object with this key; the last one, as every reader takes it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(k, _)| is_key(k, key)).map(|(_, v)| v)
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else { return None };
        members
            .iter_mut()
            .rev()
            .find(|(k, _)| is_key(k, key))
            .map(|(_, v)| v)
    }

    /// Puts a member into an object, in the place of the old one or at the end.
    pub(crate) fn set(&mut self, key: &str, value: Self) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Self::Object(members) = self {
            members.push((quoted(key), value));
        }
    }

    /// Puts a member into an object that has none with this key: in alphabetical order if the others are.
    pub(crate) fn insert(&mut self, key: &str, value: Self) {
        if let Self::Object(members) = self {
            let key = quoted(key);
            let at = match members.is_sorted_by_key(|(k, _)| k.trim_matches('"')) {
                true => members.partition_point(|(k, _)| k.trim_matches('"') < key.trim_matches('"')),
                false => members.len(),
            };
            members.insert(at, (key, value));
        }
    }

    /// Takes the members with this key out of an object.
    pub(crate) fn remove(&mut self, key: &str) {
        if let Self::Object(members) = self {
            members.retain(|(k, _)| !is_key(k, key));
        }
    }

    /// The items of an array; none for anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    /// The members of an object; none for anything else.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The text of a string; nothing if it is no string or holds a lone surrogate.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::String(written) => serde_json::from_str(written).ok(),
            _ => None,
        }
    }

    /// The text of a source, which is a string or a list of them. Nothing if it holds a lone surrogate.
    pub(crate) fn joined(&self) -> Option<String> {
        match self {
            Self::Array(items) => items.iter().map(Self::text).collect(),
            other => other.text(),
        }
    }

    /// Whether `is_one` holds for this value or one inside it. Keys are not asked.
    pub(crate) fn any(&self, is_one: &impl Fn(&Self) -> bool) -> bool {
        is_one(self)
            || self.items().iter().any(|item| item.any(is_one))
            || self.members().iter().any(|(_, value)| value.any(is_one))
    }

    /// Whether Python takes the value for true.
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Object(members) => !members.is_empty(),
            Self::Array(items) => !items.is_empty(),
            Self::String(written) => written.len() > 2,
            Self::Literal(word) => match word.as_str() {
                "false" | "null" => false,
                "true" => true,
                number => !number.parse().is_ok_and(|n: f64| n == 0.0),
            },
        }
    }

    /// Writes the value as Jupyter does.
    pub(crate) fn write(&self, out: &mut Vec<u8>, depth: usize) {
        match self {
            Self::Object(members) if members.is_empty() => out.put(b"{}"),
            Self::Array(items) if items.is_empty() => out.put(b"[]"),
            Self::Object(members) => {
                for (i, (key, value)) in members.iter().enumerate() {
                    out.put(if i == 0 { b"{" } else { b"," });
                    out.line(depth + 1);
                    out.put(key.as_bytes());
                    out.put(b": ");
                    value.write(out, depth + 1);
                }
                out.line(depth);
                out.put(b"}");
            }
            Self::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    out.put(if i == 0 { b"[" } else { b"," });
                    out.line(depth + 1);
                    item.write(out, depth + 1);
                }
                out.line(depth);
                out.put(b"]");
            }
            Self::String(written) | Self::Literal(written) => out.put(written.as_bytes()),
        }
    }

    /// The value in one line, as Python's `json.dumps` writes it.
    pub(crate) fn in_one_line(&self) -> String {
        match self {
            Self::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(k, v)| format!("{k}: {}", v.in_one_line()))
                    .collect();
                format!("{{{}}}", members.join(", "))
            }
            Self::Array(items) => {
                let items: Vec<String> = items.iter().map(Self::in_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::String(written) | Self::Literal(written) => written.clone(),
        }
    }

    /// The value as a whole file.
    pub(crate) fn to_file(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out, 0);
        out.push(b'\n');
        out
    }
}

/// A key as it is written.
pub(crate) fn quoted(key: &str) -> String {
    match Json::from_text(key) {
        Json::String(written) => written,
        _ => String::new(),
    }
}

fn is_key(written: &str, key: &str) -> bool {
    written.strip_prefix('"').and_then(|k| k.strip_suffix('"')) == Some(key)
}

/// The scanner lets only UTF-8 through.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
