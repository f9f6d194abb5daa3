//! The scanners cut in the same way as the regular expressions that they replace.

use std::sync::LazyLock;

use course::tokenize::Pattern;
use fancy_regex::Regex;
use proptest::prelude::*;

const PATTERNS: [Pattern; 6] = [
    Pattern::Gpt2,
    Pattern::Cl100k,
    Pattern::O200k,
    Pattern::Llama3,
    Pattern::Qwen2,
    Pattern::Lines,
];

fn same_as_the_expressions(text: &str) {
    static REGEXES: LazyLock<Vec<(Pattern, Regex)>> =
        LazyLock::new(|| PATTERNS.map(|p| (p, Regex::new(p.expression()).unwrap())).into());
    for (pattern, regex) in REGEXES.iter() {
        let expected: Vec<&str> = regex.find_iter(text).map(|m| m.unwrap().as_str()).collect();
        let got: Vec<&str> = pattern.pieces(text).map(|r| &text[r]).collect();
        assert_eq!(got, expected, "{pattern:?} on {text:?}");
        assert_eq!(got.concat(), text);
    }
}

/// Letters of every kind, marks, numbers, white space, line ends, apostrophes, and what only looks like an
/// apostrophe.
const HARD: &str = "[a-eA-Estdmlvr'’ſK ǅʰªºéÉßα語한नͅ\u{301}\u{20dd}\u{903}0-3½Ⅷ٣ \t\r\n\u{a0}\u{2003}\u{2028}\u{85}\u{0b}/.,!+🙂\u{200d}\u{0}]{0,24}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn scanners_are_the_expressions_on_hard_text(text in HARD) {
        same_as_the_expressions(&text);
    }

    #[test]
    fn and_on_any_text(text in any::<String>()) {
        same_as_the_expressions(&text);
    }
}

#[test]
fn and_on_every_declaration() {
    for d in course::data::udhr::declarations() {
        for paragraph in d.articles.iter().flat_map(|a| &a.paragraphs) {
            same_as_the_expressions(paragraph);
        }
    }
}

#[test]
fn contractions_at_every_end() {
    for text in [
        "'",
        "'l",
        "'ll",
        "'LL",
        "x'r",
        "x'RE",
        "'ſ",
        "I'ſ",
        " 's",
        "''s",
        "a'",
        "'\u{301}s",
        "'s\n\n  \n ",
    ] {
        same_as_the_expressions(text);
    }
}
