//! What an item names: the names that a `use` brings, and those that code mentions and does not bind itself.
//!
//! Binding is looked at item by item, not scope by scope: a name that is bound anywhere in an item is the
//! item's own.

use std::collections::BTreeSet;

use super::lex::Kind;
use super::words::{Word, closed};

/// Words after which a new name stands.
pub(super) const DECLARE: [&str; 9] = [
    "fn", "const", "static", "struct", "enum", "union", "type", "trait", "mod",
];

/// One name that a `use` brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name; `*` for all names of a module, `_` for a trait without a name.
    pub name: String,
    /// The whole path, as it stands after `use`.
    pub path: String,
}

impl Use {
    /// Whether it is of the standard library.
    pub fn is_standard(&self) -> bool {
        let head = self.path.trim_start_matches("::").split("::").next();
        head.is_some_and(|head| STANDARD.contains(&head))
    }
}

/// The crates of the standard library.
const STANDARD: [&str; 3] = ["std", "core", "alloc"];

/// What the tree of a `use` brings, after `before`.
pub(super) fn brought(words: &[Word<'_>], before: &str, uses: &mut Vec<Use>) {
    let mut path = before.to_owned();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.text {
            "{" => {
                let close = closed(words, at);
                let mut from = at + 1;
                let mut depth = 0_usize;
                for i in at + 1..close {
                    match words[i].text {
                        "{" => depth += 1,
                        "}" if i + 1 < close => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    if i + 1 == close || (words[i].text == "," && depth == 0) {
                        if from < i {
                            brought(&words[from..i], &path, uses);
                        }
                        from = i + 1;
                    }
                }
                return;
            }
            ";" => break,
            "as" => path += " as ",
            text => path += text,
        }
        at += 1;
    }
    let last = path.rsplit([':', ' ']).next().unwrap_or_default();
    let name = match last {
        // `std::fmt::{self}` brings `fmt`.
        "self" => before
            .trim_end_matches(':')
            .rsplit(':')
            .next()
            .unwrap_or_default(),
        last => last,
    };
    if !path.is_empty() {
        let path = path.strip_suffix("::self").map_or(path.clone(), str::to_owned);
        uses.push(Use {
            name: name.to_owned(),
            path,
        });
    }
}

/// What words name, apart from what they bind themselves, from fields, methods and attributes.
pub(super) fn mentions(words: &[Word<'_>]) -> BTreeSet<(String, bool)> {
    let text = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.text);
    let bound = bound(words);
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        if text(Some(at)) == "#" && text(Some(at + 1)) == "[" {
            at = closed(words, at + 1);
            continue;
        }
        let here = at;
        at += 1;
        let word = words[here];
        if !is_name(word.kind) {
            continue;
        }
        let before = |n: usize| text(here.checked_sub(n));
        let after = |n: usize| text(Some(here + n));
        let is_path = after(1) == ":" && after(2) == ":";
        let goes_on = |head: &Word<'_>| is_name(head.kind) || head.text == ">";
        let is_segment = before(1) == ":"
            && before(2) == ":"
            && (here.checked_sub(3).and_then(|i| words.get(i))).is_some_and(goes_on);
        let is_member = before(1) == "." && before(2) != ".";
        let is_label = after(1) == ":" && !is_path;
        if is_segment || is_member || is_label || (!is_path && bound.contains(word.text)) {
            continue;
        }
        found.insert((word.text.to_owned(), is_path));
    }
    found
}

fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Function | Kind::Type | Kind::Macro)
}

/// The names that words bind: parameters, `let`, `for`, closures, patterns, and items inside.
fn bound<'a>(words: &[Word<'a>]) -> BTreeSet<&'a str> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text);
    // The items inside, and the item's own name.
    let declared = words
        .windows(2)
        .filter(|two| DECLARE.contains(&two[0].text) && is_name(two[1].kind));
    let mut bound: BTreeSet<&str> = declared.map(|two| two[1].text).collect();
    let mut take = |from: usize, to: usize| {
        for (i, word) in words.iter().enumerate().take(to).skip(from) {
            // A call, a path and a type do not bind.
            let next = text(i + 1);
            let is_pattern = word.kind == Kind::Name
                && !(next == ":" && text(i + 2) == ":")
                && text(i.wrapping_sub(1)) != ".";
            if is_pattern {
                bound.insert(word.text);
            }
        }
    };
    let until = |from: usize, ends: &[&str]| {
        (from..words.len())
            .find(|&i| ends.contains(&text(i)))
            .unwrap_or(words.len())
    };
    for at in 0..words.len() {
        let before = if at == 0 { "" } else { text(at - 1) };
        match text(at) {
            "let" => take(at + 1, until(at + 1, &["=", ";"])),
            "for" => take(at + 1, until(at + 1, &["in", "{", ">"])),
            "|" if ["(", ",", "=", "{", "}", ";", ">", "move", "return", "["].contains(&before) => {
                take(at + 1, until(at + 1, &["|"]));
            }
            "=" if text(at + 1) == ">" => {
                let begin = arm(words, at);
                take(begin, until(begin, &["if", "="]));
            }
            "fn" => {
                let open = until(at + 1, &["("]);
                let close = closed(words, open.min(words.len()));
                for i in open..close {
                    if text(i + 1) == ":" && text(i + 2) != ":" {
                        take(i, i + 1);
                    }
                }
            }
            "as" => take(at + 1, at + 2),
            _ => {}
        }
    }
    bound
}

/// Where the pattern of a match arm begins whose arrow is at `arrow`.
fn arm(words: &[Word<'_>], arrow: usize) -> usize {
    let mut depth = 0_usize;
    for i in (0..arrow).rev() {
        match words[i].text {
            ")" | "]" => depth += 1,
            "(" | "[" if depth > 0 => depth -= 1,
            "(" | "[" | "{" | "}" | "," | ";" if depth == 0 => return i + 1,
            _ => {}
        }
    }
    0
}
