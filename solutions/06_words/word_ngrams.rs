//! title: The pieces of a word
//! concept: fastText
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Work on characters, not on bytes: `chars().collect::<Vec<char>>()`.
//! hint: Two loops: where a piece begins, and how long it is.
//! hint: With `least` 1 the marks < and > are pieces of length 1: leave these two out.
//!
//! fastText sees a word as its n-grams. Put `<` before the word and `>` after it, and return all pieces
//! of `least` to `most` characters: from left to right by where they begin, and the shorter first if they
//! begin at the same position. A mark alone is not a piece. `least` is at least 1 and not above `most`.

/// The n-grams of a word with its marks.
pub fn word_ngrams(word: &str, least: usize, most: usize) -> Vec<String> {
    // solution
    let marked: Vec<char> = format!("<{word}>").chars().collect();
    let mut pieces = Vec::new();
    for start in 0..marked.len() {
        for length in least..=most.min(marked.len() - start) {
            let mark_alone = length == 1 && (start == 0 || start + 1 == marked.len());
            if !mark_alone {
                pieces.push(marked[start..start + length].iter().collect());
            }
        }
    }
    pieces
    // end
}
