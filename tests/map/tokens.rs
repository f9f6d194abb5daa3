//! Rust's tokens, as far as paths need them: names, `::`, and single characters. Comments, texts and numbers
//! are dropped.

/// One token and its line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
}

impl Token {
    /// Whether it is a name or a keyword.
    pub(super) fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The tokens of a file, without those of items that are compiled only for tests. Also the names of modules
/// in other files that are compiled only for tests.
pub(super) fn tokens(text: &str) -> (Vec<Token>, Vec<String>) {
    without_tests(&all(text))
}

fn all(text: &str) -> Vec<Token> {
    let c: Vec<char> = text.chars().collect();
    let (mut out, mut i, mut line) = (Vec::new(), 0, 1);
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    while i < c.len() {
        let start = i;
        match (c[i], at(i + 1)) {
            ('/', '/') => {
                while i < c.len() && c[i] != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= c.len() {
                        break;
                    }
                }
            }
            ('"', _) => i = after_text(&c, i + 1),
            ('\'', '\\') => {
                i += 3;
                while i < c.len() && c[i] != '\'' {
                    i += 1;
                }
                i += 1;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                out.push(Token {
                    text: "::".into(),
                    line,
                });
                i += 2;
            }
            (first, _) if first.is_alphabetic() || first == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                let name: String = c[start..i].iter().collect();
                let hashes = c[i..].iter().take_while(|c| **c == '#').count();
                match name.as_str() {
                    "r" | "br" | "cr" if at(i + hashes) == '"' => i = after_raw(&c, i + hashes + 1, hashes),
                    "b" | "c" if at(i) == '"' => i = after_text(&c, i + 1),
                    _ => out.push(Token { text: name, line }),
                }
            }
            (first, _) if first.is_ascii_digit() => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
            }
            (first, _) => {
                if !first.is_whitespace() {
                    out.push(Token {
                        text: first.into(),
                        line,
                    });
                }
                i += 1;
            }
        }
        line += c[start..i.min(c.len())].iter().filter(|c| **c == '\n').count();
    }
    out
}

/// The position after the quotation mark that ends the text beginning at `i`.
fn after_text(c: &[char], mut i: usize) -> usize {
    while i < c.len() && c[i] != '"' {
        i += if c[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The same for a raw text with this many `#`.
fn after_raw(c: &[char], mut i: usize, hashes: usize) -> usize {
    let end =
        |i: usize| c[i] == '"' && c[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    while i < c.len() && !end(i) {
        i += 1;
    }
    i + 1 + hashes
}

fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut out, mut modules, mut i) = (Vec::new(), Vec::new(), 0);
    while i < tokens.len() {
        let attribute = attribute(&tokens[i..]);
        let names = |name: &str| tokens[i..i + attribute].iter().any(|t| t.text == name);
        if attribute == 0 {
            out.push(tokens[i].clone());
            i += 1;
        } else if names("cfg") && names("test") && !names("not") {
            i += attribute;
            let end = i + item(&tokens[i..]);
            let mut rest = tokens[i..end].iter().skip_while(|t| t.text != "mod");
            if let (Some(_), Some(name), Some(";")) =
                (rest.next(), rest.next(), rest.next().map(|t| t.text.as_str()))
            {
                modules.push(name.text.clone());
            }
            i = end;
        } else {
            i += attribute;
        }
    }
    (out, modules)
}

/// How many tokens the attribute at the start of `tokens` has.
fn attribute(tokens: &[Token]) -> usize {
    let starts = |i: usize, text: &str| tokens.get(i).is_some_and(|t| t.text == text);
    if !starts(0, "#") {
        return 0;
    }
    let from = if starts(1, "!") { 2 } else { 1 };
    if starts(from, "[") {
        from + closed(&tokens[from..])
    } else {
        0
    }
}

/// How many tokens the item at the start of `tokens` has, to its `;` or to the end of its block.
fn item(tokens: &[Token]) -> usize {
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        match token.text.as_str() {
            ";" => return i + 1,
            "{" => return i + closed(&tokens[i..]),
            "(" | "[" => i += closed(&tokens[i..]),
            _ => i += 1,
        }
    }
    i
}

/// How many tokens there are up to the bracket that closes the first one.
pub(super) fn closed(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len()
}

#[test]
fn tokens_are_names_and_marks() {
    let text = r####"
        use a::{b, c}; // d
        /* e /* f */ g */ let h = "i \" j"; r#"k "l""#; 'm'; '\''; x: &'n str = 1_000u64;
    "####;
    let found: Vec<String> = tokens(text).0.into_iter().map(|t| t.text).collect();
    let expected = "use a :: { b , c } ; let h = ; ; ; ; x : & ' n str = ;";
    assert_eq!(found.join(" "), expected);
}

#[test]
fn what_only_tests_compile_is_left_out() {
    let text = "
        use a::b;
        #[cfg(test)]
        mod tests;
        #[cfg(all(test, unix))]
        #[allow(x)]
        mod inside { use c::d; }
        #[cfg(not(test))]
        use e::f;
        #[cfg(test)]
        fn g() -> [u8; 2] { h() }
        i()
    ";
    let (found, modules) = tokens(text);
    let found: Vec<String> = found.into_iter().map(|t| t.text).collect();
    assert_eq!(found.join(" "), "use a :: b ; use e :: f ; i ( )");
    assert_eq!(modules, ["tests"]);
}
