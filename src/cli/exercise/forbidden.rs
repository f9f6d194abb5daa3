//! What no exercise may use, found in the text before anything is compiled: `unsafe`, foreign functions,
//! assembler, and attributes that run code before `main` or take a name from the linker. rustc also rejects
//! `unsafe_code`, even where a macro makes it.

use course::check::source::{Kind, pieces};

/// Words that are forbidden wherever they occur.
const WORDS: [&str; 3] = ["unsafe", "asm!", "global_asm!"];

/// Forbidden attributes. Outside an attribute, each of them is an ordinary name.
const ATTRIBUTES: [&str; 7] = [
    "no_mangle",
    "export_name",
    "link_section",
    "link",
    "link_name",
    "used",
    "global_allocator",
];

/// What is forbidden in the text and where, if anything is.
pub(super) fn forbidden(text: &str) -> Option<String> {
    let mut line = 1;
    let mut code: Vec<(&str, usize)> = Vec::new();
    for (kind, piece) in pieces(text) {
        if !matches!(kind, Kind::Comment | Kind::Space) {
            code.push((if kind == Kind::Text { "\"\"" } else { piece }, line));
        }
        line += piece.matches('\n').count();
    }
    let word = |at: usize| code.get(at).map_or("", |(word, _)| *word);
    (0..code.len()).find_map(|at| {
        let found = match word(at) {
            word if WORDS.contains(&word) => format!("`{word}`"),
            "extern" if word(at + 1) != "crate" => "`extern`".to_owned(),
            name if ATTRIBUTES.contains(&name) && is_attribute(at, &word) => format!("`#[{name}]`"),
            _ => return None,
        };
        // `r#unsafe` is a name.
        let is_raw = at >= 2 && word(at - 1) == "#" && word(at - 2) == "r";
        (!is_raw).then(|| {
            format!(
                "{found} in line {}: `unsafe_code` is denied in exercises",
                code[at].1
            )
        })
    })
}

/// Whether the word `at` begins an attribute: `#[used]`, `#![used]`, `#[unsafe(used)]`.
fn is_attribute<'a>(at: usize, word: &impl Fn(usize) -> &'a str) -> bool {
    at >= 2 && word(at - 1) == "[" && ["#", "!"].contains(&word(at - 2))
}

#[cfg(test)]
mod tests {
    use super::forbidden;

    #[test]
    fn words_count_in_code_alone() {
        let found = |text: &str| forbidden(text).map(|what| what.split(':').next().unwrap().to_owned());
        assert_eq!(found("// unsafe\nfn f() { \"unsafe extern\"; }"), None);
        assert_eq!(found("extern crate std;\nfn used() { let link = 1; }"), None);
        assert_eq!(
            found("fn f() {\n  /* \n */ unsafe {}"),
            Some("`unsafe` in line 3".into())
        );
        assert_eq!(found("extern \"C\" fn f() {}"), Some("`extern` in line 1".into()));
        assert_eq!(
            found("#[no_mangle] fn f() {}"),
            Some("`#[no_mangle]` in line 1".into())
        );
        assert_eq!(
            found("\n#[link_section = \".init_array\"]"),
            Some("`#[link_section]` in line 2".into())
        );
        assert_eq!(found("core::arch::asm!(\"\")"), Some("`asm!` in line 1".into()));
    }
}
