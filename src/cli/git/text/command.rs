//! Lines that are commands to the kernel and not code: `:dep`, `%matplotlib`, `!ls`, `?help`.
//!
//! They are not Rust or Python, so the text has them in comments, as jupytext writes them. A comment that
//! looks like such a line gets one more comment sign, so that each line comes back as it was. Which lines are
//! commands depends on the language; the rules are jupytext's.

use std::sync::LazyLock;

use regex::Regex;

use super::{Language, Quotes};

/// The rules of one language.
struct Rules {
    /// What a command looks like, in comments or not.
    forms: Vec<Regex>,
    /// What shows that it is not one after all.
    except: Option<Regex>,
}

/// One, two or three percent signs and a letter.
const MAGIC: &str = "%{1,3}[a-zA-Z]";

/// Python: magics; `!shell`, `?help`; an assignment of one of them; `help?`; a few shell commands.
static PYTHON: LazyLock<Rules> = LazyLock::new(|| {
    rules(
        &[
            &format!(r"^\s*(# |#)*{MAGIC}"),
            r"^\s*((# |#)+\s*)?[?!]\s*[A-Za-z.~$\\/{}]",
            r"^(# |#)*\s*[a-zA-Z_][a-zA-Z_$0-9]*\s*=\s*(%{1,3}|!)[a-zA-Z]",
            r"^\s*(# )*\S*\?\s*$",
            r"^(# |#)*(cat|cd|cp|mv|rm|rmdir|mkdir|copy|ddir|echo|ls|ldir|ren)($|\s$|\s[^=,])",
        ],
        Some(&format!(r"^\s*(# |#)*{MAGIC}.*#\s*noescape")),
    )
});
static RUST: LazyLock<Rules> = LazyLock::new(|| rules(&["^(// |//)*:[a-zA-Z]"], None));
static GO: LazyLock<Rules> = LazyLock::new(|| rules(&[r"^(// |//)*(!|!\*|%{1,3})[a-zA-Z]"], None));
static C_SHARP: LazyLock<Rules> = LazyLock::new(|| rules(&["^(// |//)*#![a-zA-Z]"], None));
static HASHES: LazyLock<Rules> = LazyLock::new(|| rules(&[&format!(r"^\s*(# |#)*{MAGIC}")], None));
static SLASHES: LazyLock<Rules> = LazyLock::new(|| rules(&[&format!(r"^\s*(// |//)*{MAGIC}")], None));

fn rules(forms: &[&str], except: Option<&str>) -> Rules {
    let read = |form: &&str| Regex::new(form).ok();
    Rules {
        forms: forms.iter().filter_map(read).collect(),
        except: except.as_ref().and_then(read),
    }
}

fn rules_of(language: &Language) -> &'static Rules {
    match (language.name.as_str(), language.comment) {
        ("python", _) => &PYTHON,
        ("rust", _) => &RUST,
        ("go", _) => &GO,
        ("csharp", _) => &C_SHARP,
        (_, "#") => &HASHES,
        _ => &SLASHES,
    }
}

fn is_command(line: &str, language: &Language) -> bool {
    let rules = rules_of(language);
    let is_excepted = rules.except.as_ref().is_some_and(|form| form.is_match(line));
    !is_excepted && rules.forms.iter().any(|form| form.is_match(line))
}

/// Goes through the lines of a cell and knows which are commands: a Python command may go on for several
/// lines.
pub(super) struct Commands<'a> {
    language: &'a Language,
    quotes: Quotes<'a>,
    goes_on: bool,
}

impl<'a> Commands<'a> {
    pub(super) fn new(language: &'a Language) -> Self {
        Self {
            language,
            quotes: Quotes::new(language),
            goes_on: false,
        }
    }

    /// The next line as the text has it.
    pub(super) fn comment(&mut self, line: &str) -> String {
        let written = self.commented(line).unwrap_or_else(|| line.to_owned());
        self.quotes.read(&written);
        written
    }

    /// A command in a comment.
    fn commented(&mut self, line: &str) -> Option<String> {
        if self.quotes.are_open() {
            return None;
        }
        let comment = self.language.comment;
        let written = if self.goes_on {
            format!("{comment} {line}")
        } else {
            let at = line.len() - line.trim_start().len();
            let written = format!("{}{comment} {}", &line[..at], &line[at..]);
            // A command that would not come back stays as it is.
            let comes_back = is_command(&written, self.language);
            (comes_back && is_command(line, self.language)).then_some(written)?
        };
        self.goes_on = self.continues(line);
        Some(written)
    }

    /// The next line as the notebook has it.
    pub(super) fn uncomment(&mut self, line: &str) -> String {
        let is_one = !self.quotes.are_open() && (self.goes_on || is_command(line, self.language));
        self.quotes.read(line);
        if !is_one {
            return line.to_owned();
        }
        self.goes_on = self.continues(line);
        let at = line.len() - line.trim_start().len();
        match uncommented(&line[at..], self.language.comment) {
            Some(rest) => format!("{}{rest}", &line[..at]),
            None => line.to_owned(),
        }
    }

    fn continues(&self, line: &str) -> bool {
        self.language.is_python() && line.trim_end().ends_with('\\')
    }
}

/// What is in a comment; nothing for a line that is not one.
pub(super) fn uncommented<'a>(line: &'a str, comment: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(comment)?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, lines: &[&str]) -> Vec<String> {
        let language = Language::named(name);
        let mut commands = Commands::new(&language);
        let written: Vec<String> = lines.iter().map(|line| commands.comment(line)).collect();
        let mut commands = Commands::new(&language);
        let back: Vec<String> = written.iter().map(|line| commands.uncomment(line)).collect();
        assert_eq!(back, lines, "{written:?}");
        written
    }

    #[test]
    fn commands_stand_in_comments_and_code_does_not() {
        assert_eq!(
            written(
                "python",
                &["%time f()", "x = 1", "x = !ls", "help?", "cd ..", "  !ls"]
            ),
            [
                "# %time f()",
                "x = 1",
                "# x = !ls",
                "# help?",
                "# cd ..",
                "  # !ls"
            ]
        );
        assert_eq!(
            written("python", &["cd = 1", "5 % a", "# a", "# %a", "echo, x"]),
            ["cd = 1", "5 % a", "# a", "# # %a", "echo, x"]
        );
        assert_eq!(
            written("rust", &[":dep a", ": a", "// :dep a", "a: b"]),
            ["// :dep a", ": a", "// // :dep a", "a: b"]
        );
        assert_eq!(written("R", &["%time", "!x", "x?"]), ["# %time", "!x", "x?"]);
    }

    #[test]
    fn a_command_goes_on_behind_a_backslash() {
        assert_eq!(
            written("python", &["%a \\", "    b \\", "", "c"]),
            ["# %a \\", "#     b \\", "# ", "c"]
        );
    }

    #[test]
    fn a_line_inside_a_string_is_no_command() {
        assert_eq!(
            written("python", &["x = \"\"\"", "%a", "\"\"\"", "%b"]),
            ["x = \"\"\"", "%a", "\"\"\"", "# %b"]
        );
    }
}
