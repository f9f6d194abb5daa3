//! Values in a cell's first line: JSON, or what Python writes for the same (`['a']`, `True`, `None`).

use crate::git::tree::{Json, quoted};

/// How deep a value may nest.
const DEEPEST: usize = 100;

/// The value that `text` as a whole is.
pub(super) fn value(text: &str) -> Option<Json> {
    let text = text.trim();
    // Most of what follows a `=` is no value, and this check tells at once.
    if !text.starts_with(|c: char| c.is_ascii_digit() || "[({\"'-tfnTFNI".contains(c)) {
        return None;
    }
    if let Ok(value) = Json::read(text.as_bytes()) {
        return Some(value);
    }
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.rest.is_empty().then_some(value)
}

/// Reads Python's literals from the front of a text.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        match self.rest.chars().next()? {
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.dictionary(depth),
            '"' | '\'' => self.string().map(|text| Json::from_text(&text)),
            _ => self.word(),
        }
    }

    /// Takes a sign, and white space before and after it.
    fn take(&mut self, sign: char) -> bool {
        let taken = self.end(sign);
        if taken {
            self.rest = self.rest.trim_start();
        }
        taken
    }

    /// Items up to `close`. A tuple is a list, too.
    fn list(&mut self, close: char, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.rest = self.rest[1..].trim_start();
        loop {
            if self.end(close) {
                return Some(Json::Array(items));
            }
            items.push(self.value(depth + 1)?);
            if !self.take(',') {
                return self.end(close).then_some(Json::Array(items));
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Json> {
        let mut members = Vec::new();
        self.rest = self.rest[1..].trim_start();
        loop {
            if self.end('}') {
                return Some(Json::Object(members));
            }
            let key = self.string()?;
            if !self.take(':') {
                return None;
            }
            members.push((quoted(&key), self.value(depth + 1)?));
            if !self.take(',') {
                return self.end('}').then_some(Json::Object(members));
            }
        }
    }

    /// Takes a closing bracket, and leaves what follows it.
    fn end(&mut self, close: char) -> bool {
        match self.rest.trim_start().strip_prefix(close) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|c| "\"'".contains(*c))?;
        let mut text = String::new();
        let mut signs = self.rest[1..].char_indices();
        while let Some((at, c)) = signs.next() {
            match c {
                '\\' => match signs.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    c @ ('\\' | '\'' | '"') => text.push(c),
                    _ => return None,
                },
                c if c == quote => {
                    self.rest = &self.rest[1 + at + 1..];
                    return Some(text);
                }
                c => text.push(c),
            }
        }
        None
    }

    fn word(&mut self) -> Option<Json> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        let word = match word {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            number if number.starts_with(|c: char| c.is_ascii_digit() || c == '-') => number,
            _ => return None,
        };
        Json::read(word.as_bytes()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_writes_the_same_values_otherwise() {
        for (text, json) in [
            ("['a', \"b\"]", r#"["a", "b"]"#),
            ("True", "true"),
            (
                "{'x': (1, -2.5, None), \"y\": [], }",
                r#"{"x": [1, -2.5, null], "y": []}"#,
            ),
            (r"'it\'s \n'", r#""it's \n""#),
            ("{\"a\": [true]}", r#"{"a": [true]}"#),
        ] {
            let value = value(text).unwrap();
            assert_eq!(value.in_one_line(), json, "{text}");
        }
        for text in ["", "a", "['a'", "['a'] b", "{1: 2}", "'a", "f(1)", "[1 2]", "- 1"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value(&"(".repeat(100_000)), None);
    }
}
