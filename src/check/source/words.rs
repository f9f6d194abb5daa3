//! The words of a source: its pieces without comments and white space, with their places.

use super::lex::Kind;

/// A word with its position.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// The position after the bracket that closes the one at `open`.
pub(super) fn closed(words: &[Word<'_>], open: usize) -> usize {
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
