//! What a sentence is, in this pack.
//!
//! A sentence ends at an empty line. It also ends after a full stop, a question mark or an exclamation mark
//! (with the quotation marks and brackets that close there) if white space follows. A full stop does not end
//! a sentence
//!
//! - if a lower-case letter follows: *… and so on*;
//! - after one capital letter, as in *J. Smith* and *U.S. Army*;
//! - after a common abbreviation (*Mr.*, *Dr.*, *vs.*, …), or after *No.* if a digit follows.
//!
//! The marks of Chinese, Japanese, Hindi, Arabic, … count too. After those marks that no space follows, none
//! is needed. These rules are right for nearly all edited English prose, and wrong where only the meaning
//! decides: *He left the U.S. It rained.* stays one sentence. Kiss and Strunk (2006) learn the abbreviations
//! from the text instead.

/// Abbreviations that are always followed by something.
const ABBREVIATIONS: [&str; 22] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev", "Hon", "Messrs", "Mme", "Gen", "Col", "Capt", "Lt", "Sgt", "Gov",
    "Sen", "Rep", "St", "Mt", "vs", "cf", "viz",
];

/// The sentences of `text` in order, each on one line. The top of this file says what a sentence is.
///
/// ```
/// use course::corpus::sentences;
/// assert_eq!(
///     sentences("Mr. Smith went to\nWashington. \"Why?\" Nobody knows!"),
///     ["Mr. Smith went to Washington.", "\"Why?\"", "Nobody knows!"]
/// );
/// ```
pub fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let mut start = 0;
        let mut at = 0;
        while let Some(n) = paragraph[at..].find(is_stop) {
            let stop = at + n;
            let after = paragraph[stop..].trim_start_matches(|c| is_stop(c) || is_closing(c));
            at = paragraph.len() - after.len();
            if ends_sentence(&paragraph[start..stop], &paragraph[stop..at], after) {
                push(&mut found, &paragraph[start..at]);
                start = at;
            }
        }
        push(&mut found, &paragraph[start..]);
    }
    found
}

/// The parts of `text` between empty lines.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            at += line.len();
            if line.trim().is_empty() {
                rest = Some(&text[at..]);
                return Some(&text[..at]);
            }
        }
        rest = None;
        Some(text)
    })
}

/// Adds `sentence` with single spaces in place of its white space, unless it is only white space.
fn push(found: &mut Vec<String>, sentence: &str) {
    let mut pieces = sentence.split_whitespace();
    if let Some(first) = pieces.next() {
        let mut line = String::with_capacity(sentence.len());
        line.push_str(first);
        for piece in pieces {
            line.push(' ');
            line.push_str(piece);
        }
        found.push(line);
    }
}

/// Whether the sentence ends at the marks `stop`, which are between `before` and `after`.
fn ends_sentence(before: &str, stop: &str, after: &str) -> bool {
    if stop.starts_with(['。', '！', '？', '｡']) || after.is_empty() {
        return true;
    }
    let next = after.trim_start();
    if next.len() == after.len() {
        return false;
    }
    if stop.contains(['?', '!']) || !stop.starts_with('.') {
        return !next.starts_with(char::is_lowercase) || !stop.ends_with(is_closing);
    }
    let last = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let mut letters = last.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let number = last == "No" && next.starts_with(|c: char| c.is_ascii_digit());
    // An initial is followed by a full stop alone ("J. Smith"). "I." is not taken for one: "So did I." ends a
    // sentence.
    let abbreviated = stop == "." && (initial && last != "I" || number || ABBREVIATIONS.contains(&last));
    !(abbreviated || next.starts_with(char::is_lowercase))
}

/// Whether a sentence can end at `c`.
fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '?'
            | '!'
            | '…'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '։'
            | '။'
            | '។'
            | '።'
    )
}

/// Whether `c` closes something that was opened before a stop.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | ')' | ']' | '}' | '”' | '’' | '»' | '」' | '』' | '）'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One row for each rule.
    #[test]
    fn what_a_sentence_is() {
        let table: [(&str, &[&str]); 14] = [
            ("", &[]),
            (" \n\n ", &[]),
            ("One. Two", &["One.", "Two"]),
            (
                "A title\n\nA line\nand more. End.",
                &["A title", "A line and more.", "End."],
            ),
            ("Pi is 3.14. So!", &["Pi is 3.14.", "So!"]),
            (
                "J. Smith met Dr. Who. He did.",
                &["J. Smith met Dr. Who.", "He did."],
            ),
            ("So did I. She left.", &["So did I.", "She left."]),
            ("See No. 5. No. Not so.", &["See No. 5.", "No.", "Not so."]),
            ("Well... maybe. Oh... No!", &["Well... maybe.", "Oh...", "No!"]),
            (
                "He said \"Stop.\" She did (at last.) Then?!",
                &["He said \"Stop.\"", "She did (at last.)", "Then?!"],
            ),
            (
                "\"Why?\" he asked. \"Why?\" He left.",
                &["\"Why?\" he asked.", "\"Why?\"", "He left."],
            ),
            (
                "See www.example.org now. e.g. this",
                &["See www.example.org now. e.g. this"],
            ),
            ("自由である。平等である！", &["自由である。", "平等である！"]),
            ("सब समान हैं। वे", &["सब समान हैं।", "वे"]),
        ];
        for (text, expected) in table {
            assert_eq!(sentences(text), expected, "{text:?}");
        }
    }

    proptest! {
        /// Sentences are a partition of the text: only white space is lost, and nothing is added.
        #[test]
        fn nothing_is_lost(text in "([A-Za-z0-9.?!\"') \n]|\\PC)*") {
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&sentences(&text).concat()), solid(&text));
        }
    }
}
