//! A cell or file as items: its functions, types, constants and `use`, without statements and expressions.
//!
//! A cell of ours has a function `my_NAME` and ends with the call `check::NAME(my_NAME)`. Items are kept.
//! Expressions, `let` and evcxr's own commands are blanked out, so that every line keeps its number.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lex::{Kind, pieces};
use super::names::{DECLARE, Use, brought, mentions};
use super::words::{Word, closed};

/// Words that begin an item, after attributes and `pub`.
const ITEMS: [&str; 14] = [
    "fn", "const", "static", "struct", "enum", "union", "type", "use", "impl", "trait", "mod", "extern",
    "unsafe", "async",
];

/// Items that end with a semicolon, whatever braces they have.
const UNTIL_SEMICOLON: [&str; 4] = ["const", "static", "use", "type"];

/// Words that begin an expression which ends with a closing brace.
const BLOCKS: [&str; 7] = ["for", "while", "loop", "if", "match", "{", "macro_rules!"];

/// The items of a cell.
#[derive(Debug, Default, PartialEq)]
pub struct Items {
    /// The cell's text, with everything else blank.
    pub text: String,
    /// The names of its functions, and where the `fn`, or a word in front of it such as `const`, begins;
    /// `None` for a public function.
    pub functions: Vec<(String, Option<usize>)>,
    /// Whether a `todo!` is left.
    pub has_todo: bool,
    /// The items one by one.
    pub all: Vec<Item>,
}

/// One item.
#[derive(Debug, PartialEq)]
pub struct Item {
    /// Where it is in the text, in bytes.
    pub place: Range<usize>,
    /// What it declares: one name, or those that a `use` brings.
    pub names: Vec<String>,
    /// What it names, apart from what it binds itself and from fields and methods. Of a path it is the
    /// beginning, and the truth value says that it is a path.
    pub mentions: BTreeSet<(String, bool)>,
    /// For a `use`: what it brings.
    pub uses: Vec<Use>,
    /// Whether it is an `impl`.
    pub is_impl: bool,
}

/// Reads a cell or a file.
pub fn items(source: &str) -> Items {
    let mut words = Vec::new();
    let mut blank = vec![false; source.len()];
    let mut at = 0;
    for (kind, text) in pieces(source) {
        match kind {
            Kind::Comment | Kind::Space => {}
            Kind::Command => blank[at..at + text.len()].fill(true),
            _ => words.push(Word { kind, text, at }),
        }
        at += text.len();
    }
    let mut found = Items {
        has_todo: has_todo(source),
        ..Items::default()
    };
    let mut from = 0;
    while from < words.len() {
        let head = head(&words, from);
        let word = words.get(head).map_or("", |word| word.text);
        let is_item = ITEMS.contains(&word) || word == "macro_rules!";
        let to = end(&words, from, head, is_item);
        // Only to the end of this word: a comment after it belongs to what follows.
        let stop = words[to - 1].at + words[to - 1].text.len();
        if is_item {
            let is_public = words[from..head].iter().any(|word| word.text == "pub");
            let function = (head..to).take_while(|&i| words[i].text != "{" && words[i].text != "(");
            let function = function.into_iter().find(|&i| words[i].text == "fn");
            if let Some(name) = function.and_then(|i| words.get(i + 1)) {
                let place = (!is_public).then_some(words[head].at);
                found.functions.push((name.text.to_owned(), place));
            }
            found.all.push(item(&words[head..to], words[from].at..stop));
        } else {
            blank[words[from].at..stop].fill(true);
        }
        from = to;
    }
    found.text = blanked(source, &blank);
    found
}

/// The source with blanks where `blank` says so. A letter is blanked with all its bytes, since pieces consist
/// of whole letters.
pub(super) fn blanked(source: &str, blank: &[bool]) -> String {
    let mut text = String::with_capacity(source.len());
    for (at, letter) in source.char_indices() {
        if blank[at] && letter != '\n' {
            text.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        } else {
            text.push(letter);
        }
    }
    text
}

/// The item that `words` are, from its first word after attributes and `pub`.
fn item(words: &[Word<'_>], place: Range<usize>) -> Item {
    let first = words.first().map_or("", |word| word.text);
    let mut item = Item {
        place,
        names: Vec::new(),
        mentions: BTreeSet::new(),
        uses: Vec::new(),
        is_impl: first == "impl",
    };
    if first == "use" {
        brought(&words[1..], "", &mut item.uses);
        item.names = item.uses.iter().map(|one| one.name.clone()).collect();
        let heads = item.uses.iter().filter_map(|one| {
            let head = one.path.trim_start_matches("::").split([':', ' ']).next()?;
            Some((head.to_owned(), true))
        });
        item.mentions = heads.collect();
        return item;
    }
    if first == "macro_rules!" {
        item.names
            .extend(words.get(1).map(|name| format!("{}!", name.text)));
    } else if !item.is_impl {
        // `const fn name`: the last of these words before the name.
        let keyword = (0..words.len()).take_while(|&i| is_before_name(words[i]));
        let name = keyword.last().and_then(|i| words.get(i + 1));
        item.names.extend(name.map(|name| name.text.to_owned()));
    }
    item.mentions = mentions(words);
    for name in &item.names {
        item.mentions.retain(|(other, _)| other != name);
    }
    item
}

/// Whether a word may stand before the name of an item.
fn is_before_name(word: Word<'_>) -> bool {
    DECLARE.contains(&word.text)
        || ["unsafe", "async", "extern", "mut"].contains(&word.text)
        || word.kind == Kind::Text
}

/// The first word after attributes and `pub`, `pub(crate)`.
fn head(words: &[Word<'_>], from: usize) -> usize {
    let text = |i: usize| words.get(i).map_or("", |word| word.text);
    let mut at = from;
    loop {
        let open = match (text(at), text(at + 1), text(at + 2)) {
            ("#", "[", _) => at + 1,
            ("#", "!", "[") => at + 2,
            ("pub", "(", _) => at + 1,
            ("pub", ..) => {
                at += 1;
                continue;
            }
            _ => return at,
        };
        at = closed(words, open);
    }
}

/// The position after the item or statement that begins at `from`.
fn end(words: &[Word<'_>], from: usize, head: usize, is_item: bool) -> usize {
    let first = words.get(head).map_or("", |word| word.text);
    let braces_end = if is_item {
        // `const fn` is a function and ends as one.
        let is_function = words.get(head + 1).is_some_and(|word| word.text == "fn");
        is_function || !UNTIL_SEMICOLON.contains(&first)
    } else {
        BLOCKS.contains(&first)
    };
    let mut at = head.max(from);
    while at < words.len() {
        match words[at].text {
            ";" => return at + 1,
            "{" if braces_end => return closed(words, at),
            "(" | "[" | "{" => at = closed(words, at),
            _ => at += 1,
        }
    }
    words.len()
}

/// Whether a `todo!` is left in a source.
pub fn has_todo(source: &str) -> bool {
    pieces(source).iter().any(|(_, piece)| *piece == "todo!")
}

impl Items {
    /// The name of the function that answers the exercise `name`: `my_NAME`, or `NAME` if there is no
    /// `my_NAME`.
    pub fn answering(&self, name: &str) -> String {
        let mine = format!("my_{name}");
        let has = |function: &str| self.functions.iter().any(|(name, _)| name == function);
        if !has(&mine) && has(name) {
            return name.to_owned();
        }
        mine
    }

    /// `text`, which is this text with blanks, with the function public.
    pub(super) fn with_public(&self, mut text: String, function: &str) -> String {
        if let Some((_, Some(at))) = self.functions.iter().find(|(name, _)| name == function) {
            text.insert_str(*at, "pub ");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn items_stay_where_they_are_and_the_rest_is_blank() {
        let cell = ":dep rand\nuse std::f32; let x = [1, 2];\n/// The dot.\n#[inline]\nconst fn my_dot(x: &[f32; 2]) -> f32 {\n    { x[0] }\n}\n\
                    println!(\"fn a() {}\");\nfor i in 0..2 { my_dot(); }\nconst K: [u8; 1] = { [1] };\nstruct A(u8);\ncheck::dot(my_dot)";
        let found = items(cell);
        assert_eq!(found.text.len(), cell.len());
        let lines: Vec<&str> = found.text.lines().map(str::trim_end).collect();
        assert_eq!(
            lines,
            [
                "",
                "use std::f32;",
                "/// The dot.",
                "#[inline]",
                "const fn my_dot(x: &[f32; 2]) -> f32 {",
                "    { x[0] }",
                "}",
                "",
                "",
                "const K: [u8; 1] = { [1] };",
                "struct A(u8);",
                "",
            ]
        );
        let public = found.with_public(found.text.clone(), "my_dot");
        assert!(public.contains("#[inline]\npub const fn my_dot"));
        assert!(!found.has_todo);
        let names: Vec<&str> = found.all.iter().map(|item| item.names[0].as_str()).collect();
        assert_eq!(names, ["f32", "my_dot", "K", "A"]);
    }

    #[test]
    fn an_item_names_what_it_does_not_bind() {
        let named = |source: &str| -> Vec<String> {
            let found = items(source);
            assert_eq!(found.all.len(), 1, "{source}");
            let mentions = found.all[0].mentions.iter();
            mentions
                .filter(|(name, _)| name.starts_with(char::is_lowercase))
                .map(|(name, _)| name.clone())
                .collect()
        };
        assert_eq!(
            named("fn f(dot: f32) -> f32 { dot + x.norm() + g(1.0) }"),
            ["f32", "g", "x"]
        );
        assert_eq!(
            named("fn f() { let norm = |a, b| a; for dot in xs { norm(dot); } }"),
            ["xs"]
        );
        assert_eq!(
            named("fn f() { match h { Some((a, 1)) if p(a) => a, b => b } }"),
            ["h", "p"]
        );
        assert_eq!(
            named("fn f() { x.iter().map(norm).sum::<f32>() || y | z }"),
            ["f32", "norm", "x", "y", "z"]
        );
        assert_eq!(
            named("fn f() { course::dot(std::mem::take(&mut a)); A { dot: b } }"),
            ["a", "b", "course", "std"]
        );
        assert_eq!(named("fn f() { vec![k; 1]; debug!(1) }"), ["debug!", "k", "vec!"]);
        assert_eq!(
            named("#[inline] fn f() { fn dot() {} dot() + ::rand::x() }"),
            ["rand"]
        );
    }

    #[test]
    fn a_use_brings_its_names() {
        let found = items("use std::{collections::{HashMap as Map, self}, fmt::Write as _, f32::consts::*};");
        let all: Vec<(&str, &str)> = (found.all[0].uses.iter())
            .map(|one| (one.name.as_str(), one.path.as_str()))
            .collect();
        assert_eq!(
            all,
            [
                ("Map", "std::collections::HashMap as Map"),
                ("collections", "std::collections"),
                ("_", "std::fmt::Write as _"),
                ("*", "std::f32::consts::*"),
            ]
        );
        assert!(found.all[0].uses.iter().all(super::Use::is_standard));
    }
}
