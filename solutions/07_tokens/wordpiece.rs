//! title: WordPiece's longest match
//! concept: WordPiece
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: Within a word, look for `##` and the text.
//! hint: For each position, try the ends from the last one down.
//! hint: Where nothing fits, return `[UNK]` alone.
//!
//! Cut a word from left to right: at each position take the longest piece of the vocabulary that fits. At
//! the beginning of the word, pieces without `##` fit; further on, only pieces that are written with `##`
//! in front. Once taken, a piece stays. If no piece fits, the whole word is the one token `[UNK]`. The
//! words are of the letters a to z, and not empty.

/// The pieces of `word`.
pub fn wordpiece(word: &str, vocabulary: &[String]) -> Vec<String> {
    // solution
    let (mut pieces, mut at) = (Vec::new(), 0);
    while at < word.len() {
        let marks = if at == 0 { "" } else { "##" };
        let longest = (at + 1..=word.len()).rev().find_map(|end| {
            let piece = format!("{marks}{}", &word[at..end]);
            vocabulary.contains(&piece).then_some((piece, end))
        });
        let Some((piece, end)) = longest else { return vec!["[UNK]".to_owned()] };
        pieces.push(piece);
        at = end;
    }
    pieces
    // end
}
