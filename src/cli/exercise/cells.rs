//! A notebook's cell as a file: only the items of the cell, and no statements or expressions.
//!
//! A cell of ours has a function `my_NAME` and ends with the call `check::NAME(my_NAME)`. Functions, types,
//! constants and `use` are kept. Expressions, `let` and evcxr's own commands are blanked out, so that every
//! line keeps its number. The cell is graded on its own, without what other cells define.

use crate::nb::lex::{Kind, pieces};

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
#[derive(Debug, PartialEq)]
pub(crate) struct Items {
    /// The cell's text, with everything else blank.
    pub(crate) text: String,
    /// The names of its functions, and where the `fn`, or a word in front of it such as `const`, begins;
    /// `None` for a public function.
    pub(crate) functions: Vec<(String, Option<usize>)>,
    /// Whether a `todo!` is left.
    pub(crate) has_todo: bool,
}

/// A word with its position.
struct Word<'a> {
    text: &'a str,
    at: usize,
}

/// Reads a cell.
pub(crate) fn items(source: &str) -> Items {
    let mut words = Vec::new();
    let mut blank = vec![false; source.len()];
    let mut at = 0;
    for (kind, text) in pieces(source) {
        match kind {
            Kind::Comment | Kind::Space => {}
            Kind::Command => blank[at..at + text.len()].fill(true),
            _ => words.push(Word { text, at }),
        }
        at += text.len();
    }
    let mut found = Items {
        text: String::new(),
        functions: Vec::new(),
        has_todo: has_todo(source),
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
        } else {
            blank[words[from].at..stop].fill(true);
        }
        from = to;
    }
    // A letter is blanked with all its bytes, since pieces consist of whole letters.
    let mut text = String::with_capacity(source.len());
    for (at, letter) in source.char_indices() {
        if blank[at] && letter != '\n' {
            text.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        } else {
            text.push(letter);
        }
    }
    found.text = text;
    found
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

/// The position after the bracket that closes the one at `open`.
fn closed(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (i, word) in words.iter().enumerate().skip(open) {
        match word.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    words.len()
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
pub(crate) fn has_todo(source: &str) -> bool {
    pieces(source).iter().any(|(_, piece)| *piece == "todo!")
}

impl Items {
    /// The text as a file that answers the exercise `name`, and the name of the function that answers:
    /// `my_NAME`, or `NAME` if there is no `my_NAME`.
    pub(crate) fn answer(&self, name: &str) -> (String, String) {
        let mine = format!("my_{name}");
        let (text, is_there) = self.with_public(&mine);
        if !is_there && let (text, true) = self.with_public(name) {
            return (text, name.to_owned());
        }
        (text, mine)
    }

    /// The text with `function` public, and whether there is such a function.
    fn with_public(&self, function: &str) -> (String, bool) {
        let mut text = self.text.clone();
        match self.functions.iter().find(|(name, _)| name == function) {
            None => (text, false),
            Some((_, None)) => (text, true),
            Some((_, Some(at))) => {
                text.insert_str(*at, "pub ");
                (text, true)
            }
        }
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
        let (public, is_there) = found.with_public("my_dot");
        assert!(is_there && public.contains("#[inline]\npub const fn my_dot"));
        assert!(!found.with_public("dot").1 && !found.has_todo);
    }
}
