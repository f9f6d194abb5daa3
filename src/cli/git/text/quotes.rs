//! Which lines of a cell begin inside a string, by jupytext's rule for it.
//!
//! A string in triple quotes may go on for many lines; any other one ends with its line. The rule is
//! Python's, and jupytext has it for every language but R. Inside a string, no line begins a cell or is a
//! command.

/// What is open at the beginning of the next line.
pub(super) struct Quotes<'a> {
    comment: &'a str,
    is_r: bool,
    triple: Option<char>,
}

impl<'a> Quotes<'a> {
    pub(super) fn new(language: &'a super::Language) -> Self {
        Self {
            comment: language.comment,
            is_r: language.name == "R",
            triple: None,
        }
    }

    /// Whether the next line begins inside a string.
    pub(super) fn are_open(&self) -> bool {
        self.triple.is_some()
    }

    /// Reads the next line.
    pub(super) fn read(&mut self, line: &str) {
        if self.is_r || (self.triple.is_none() && line.trim_start().starts_with(self.comment)) {
            return;
        }
        let mut single = None;
        // The last characters: two before this one, and how many have come since three quotes were seen.
        let (mut second, mut last, mut since) = (None, None, 3);
        for (at, c) in line.char_indices() {
            let before = (second, last);
            (second, last) = (last, Some(c));
            since += 1;
            let is_open = single.is_some() || self.triple.is_some();
            if !is_open && line[at..].starts_with(self.comment) {
                break;
            }
            if !matches!(c, '"' | '\'') || before.1 == Some('\\') {
                continue;
            }
            if single == Some(c) {
                single = None;
            } else if single.is_some() {
                continue;
            } else if before == (Some(c), Some(c)) && since >= 3 {
                match self.triple {
                    Some(open) if open == c => self.triple = None,
                    Some(_) => continue,
                    None => self.triple = Some(c),
                }
                since = 0;
            } else if self.triple.is_none() {
                single = Some(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;

    /// Whether a string is open after each line.
    fn open(name: &str, lines: &[&str]) -> Vec<bool> {
        let language = Language::named(name);
        let mut quotes = Quotes::new(&language);
        let after = |line: &&str| {
            quotes.read(line);
            quotes.are_open()
        };
        lines.iter().map(after).collect()
    }

    #[test]
    fn only_triple_quotes_outlast_their_line() {
        assert_eq!(
            open("python", &["x = \"\"\"", "a 'b", "'''", "\"\"\" + 'c"]),
            [true, true, true, false]
        );
        assert_eq!(
            open("python", &["''", "\"", "'''a'''", "# \"\"\"", "x  # \"\"\""]),
            [false; 5]
        );
        assert_eq!(
            open("python", &["x = '\\'' + \"\"\"", "a \\\" b", "\"\"\""]),
            [true, true, false]
        );
        assert_eq!(
            open("rust", &["let c = '\"';", "fn f<'a>(x: &'a str) {}", "// \"\"\""]),
            [false; 3]
        );
        assert_eq!(open("R", &["x <- \"\"\""]), [false]);
    }
}
