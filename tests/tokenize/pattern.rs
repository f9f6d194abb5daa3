//! The scanners cut as the regular expressions do that they were written after.

use std::sync::LazyLock;

use course::tokenize::Pattern;
use fancy_regex::Regex;
use proptest::prelude::*;

/// As `tiktoken` has them, and Llama 3's and Qwen 2's `tokenizer.json`.
const EXPRESSIONS: [(Pattern, &str); 6] = [
    (Pattern::Lines, r"[^\n]*\n|[^\n]+"),
    (
        Pattern::Gpt2,
        r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s",
    ),
    (
        Pattern::Cl100k,
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    ),
    (
        Pattern::O200k,
        concat!(
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
            r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ),
    ),
    (
        Pattern::Llama3,
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
    (
        Pattern::Qwen2,
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
];

fn same_as_the_expressions(text: &str) {
    static REGEXES: LazyLock<Vec<(Pattern, Regex)>> =
        LazyLock::new(|| EXPRESSIONS.map(|(p, e)| (p, Regex::new(e).unwrap())).into());
    for (pattern, regex) in REGEXES.iter() {
        let expected: Vec<&str> = regex.find_iter(text).map(|m| m.unwrap().as_str()).collect();
        let got: Vec<&str> = pattern.pieces(text).map(|r| &text[r]).collect();
        assert_eq!(got, expected, "{pattern:?} on {text:?}");
        assert_eq!(got.concat(), text);
    }
}

/// Letters of every kind, marks, numbers, white space, line ends, apostrophes, and what looks like one and is not.
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
    for d in course::corpus::udhr::declarations() {
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
