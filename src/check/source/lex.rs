//! A cell's source as a sequence of pieces: enough of Rust's lexical grammar to colour code and to find out
//! what a cell contains, and no more. The pieces put together again are the source; nothing is an error.

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A comment of one line or in a block.
    Comment,
    /// A string, character or byte literal.
    Text,
    /// A number.
    Number,
    /// A lifetime or a label: `'a`.
    Lifetime,
    /// A word of the language.
    Keyword,
    /// A name with a capital first letter: a type, a trait, a variant, a constant.
    Type,
    /// A name that is called.
    Function,
    /// A macro's name, with its exclamation mark.
    Macro,
    /// Any other name.
    Name,
    /// A line that speaks to evcxr and not to rustc: `:dep …`.
    Command,
    /// One character of punctuation.
    Sign,
    /// White space, at most to the end of its line.
    Space,
}

const KEYWORDS: [&str; 39] = [
    "as", "async", "await", "bool", "break", "char", "const", "continue", "crate", "dyn", "else", "enum",
    "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub",
    "ref", "return", "self", "static", "str", "struct", "super", "trait", "true", "type", "use", "where",
    "while",
];

/// Cuts `source` into pieces.
pub fn pieces(source: &str) -> Vec<(Kind, &str)> {
    let mut pieces: Vec<(Kind, &str)> = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let at_line_start = pieces.last().is_none_or(|(_, before)| before.ends_with('\n'));
        let (kind, length) = piece(rest, first, at_line_start);
        let (piece, after) = rest.split_at(length);
        pieces.push((kind, piece));
        rest = after;
    }
    pieces
}

/// The kind and the length in bytes of the piece at the start of `rest`.
fn piece(rest: &str, first: char, at_line_start: bool) -> (Kind, usize) {
    if first.is_whitespace() {
        // White space ends with its line, so that it is known which piece begins a line.
        let text = rest.split_inclusive('\n').next().unwrap_or(rest);
        return (Kind::Space, length_while(text, char::is_whitespace));
    }
    if first == ':' && at_line_start && rest[1..].starts_with(|c: char| c.is_ascii_lowercase()) {
        return (Kind::Command, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("//") {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if let Some(length) = literal(rest) {
        return (Kind::Text, length);
    }
    if first == '\'' {
        return (Kind::Lifetime, 1 + length_while(&rest[1..], is_name));
    }
    if first.is_ascii_digit() {
        return (Kind::Number, number(rest));
    }
    if is_name(first) {
        let length = length_while(rest, is_name);
        return name(&rest[..length], &rest[length..]);
    }
    (Kind::Sign, first.len_utf8())
}

fn name(name: &str, after: &str) -> (Kind, usize) {
    let kind = if KEYWORDS.contains(&name) {
        Kind::Keyword
    } else if after.starts_with('!') && !after.starts_with("!=") {
        return (Kind::Macro, name.len() + 1);
    } else if name.starts_with(char::is_uppercase) {
        Kind::Type
    } else if after.starts_with('(') || after.starts_with("::<") {
        Kind::Function
    } else {
        Kind::Name
    };
    (kind, name.len())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length_while(text: &str, accepts: impl Fn(char) -> bool) -> usize {
    text.find(|c| !accepts(c)).unwrap_or(text.len())
}

/// A block comment, which may hold others.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// A string, raw string, byte string or character, if `rest` begins with one.
fn literal(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|p| {
        let after = rest.strip_prefix(p);
        after.is_some_and(|after| after.starts_with(['"', '\'']) || p.ends_with('r') && is_raw(after))
    })?;
    let body = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = length_while(body, |c| c == '#');
        let end = format!("\"{}", "#".repeat(hashes));
        let inside = prefix.len() + hashes + 1;
        return Some(
            rest.get(inside..)?
                .find(&end)
                .map_or(rest.len(), |at| inside + at + end.len()),
        );
    }
    let quote = body.chars().next()?;
    if quote == '\'' && !is_character(body) {
        return None;
    }
    let mut escaped = false;
    for (at, c) in body.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(prefix.len() + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Whether the text after an `r` is a raw string: hash signs and a quotation mark.
fn is_raw(after: &str) -> bool {
    after.trim_start_matches('#').starts_with('"')
}

/// Whether an apostrophe begins a character, `'a'` or `'\n'`, and not a lifetime, `'a`.
fn is_character(body: &str) -> bool {
    let mut chars = body.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// A number; `1..2` and `1.max(2)` are numbers followed by something else.
fn number(rest: &str) -> usize {
    let whole = length_while(rest, is_name);
    let Some(fraction) = rest[whole..].strip_prefix('.') else {
        return exponent(rest, whole);
    };
    if fraction.starts_with(|c: char| is_name(c) && !c.is_ascii_digit()) || fraction.starts_with('.') {
        return whole;
    }
    exponent(rest, whole + 1 + length_while(fraction, is_name))
}

/// The end of a number that was cut short at the sign of its exponent, as in `1e-3`.
fn exponent(rest: &str, end: usize) -> usize {
    let decimal = !rest.starts_with("0x");
    if decimal && rest[..end].ends_with(['e', 'E']) && rest[end..].starts_with(['+', '-']) {
        end + 1 + length_while(&rest[end + 1..], is_name)
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(source: &str) -> Vec<(Kind, &str)> {
        pieces(source)
            .into_iter()
            .filter(|(kind, _)| *kind != Kind::Space)
            .collect()
    }

    #[test]
    fn rust_is_cut_where_rust_cuts_it() {
        use Kind::*;
        assert_eq!(
            kinds("let x: &'a str = f(\"a?\\\"\")?; // why?"),
            [
                (Keyword, "let"),
                (Name, "x"),
                (Sign, ":"),
                (Sign, "&"),
                (Lifetime, "'a"),
                (Keyword, "str"),
                (Sign, "="),
                (Function, "f"),
                (Sign, "("),
                (Text, "\"a?\\\"\""),
                (Sign, ")"),
                (Sign, "?"),
                (Sign, ";"),
                (Comment, "// why?"),
            ]
        );
        assert_eq!(
            kinds("'a' '\\'' b'x' '🦀'")
                .iter()
                .filter(|(kind, _)| *kind == Text)
                .count(),
            4
        );
        assert_eq!(kinds(r###"r#"a"b"# br"c" r"d""###).len(), 3);
        assert_eq!(
            kinds("1..2 1.max(3) 1.5e-3f32 0xfe-1")[..2],
            [(Number, "1"), (Sign, ".")]
        );
        assert!(kinds("1.5e-3f32").contains(&(Number, "1.5e-3f32")));
        assert_eq!(kinds("0xfe-1").len(), 3);
        assert_eq!(
            kinds("/* a /* b */ c */ Vec::<u8>::new() vec![a != b]")[0],
            (Comment, "/* a /* b */ c */")
        );
        assert!(kinds("vec![a != b]").contains(&(Macro, "vec!")));
        assert_eq!(
            kinds(":dep ndarray = \"0.17\"\nx")[0],
            (Command, ":dep ndarray = \"0.17\"")
        );
        assert_eq!(
            kinds("a\n::b")
                .iter()
                .filter(|(kind, _)| *kind == Command)
                .count(),
            0
        );
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_source(source in "[\\PC\n]{0,60}|([rb/*\"'#:?a1.e\\\\\n -]){0,40}") {
            let whole: String = pieces(&source).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(whole, source);
        }
    }
}
