//! Encoding by WordPiece, to be read: the longest piece that fits, then the longest that fits the rest, and
//! so on.
//!
//! A piece that continues a word is written with `##` in front. If no piece fits, the whole word is unknown.
//! Each position tries every end, and each try looks through the vocabulary of V pieces: n²·V steps for n
//! characters. [`WordPiece`](super::WordPiece) has a table instead. A test compares the two.
//!
//! Source: Wu et al. (2016), *Google's Neural Machine Translation System*; Devlin et al. (2018), *BERT*.

/// The pieces of a word; `[UNK]` alone if the word cannot be cut.
///
/// ```
/// use course::tokenize::wordpiece_encode_plain;
/// let vocabulary = ["un", "##aff", "##able", "##a"].map(String::from);
/// assert_eq!(wordpiece_encode_plain("unaffable", &vocabulary), ["un", "##aff", "##able"]);
/// assert_eq!(wordpiece_encode_plain("unable", &vocabulary), ["un", "##able"]);
/// assert_eq!(wordpiece_encode_plain("unfit", &vocabulary), ["[UNK]"]);
/// ```
pub fn wordpiece_encode_plain(word: &str, vocabulary: &[String]) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let (mut pieces, mut start) = (Vec::new(), 0);
    while start < letters.len() {
        let marks = if start > 0 { "##" } else { "" };
        let piece = |end: usize| marks.to_owned() + &String::from_iter(&letters[start..end]);
        // The longest first, backwards from the end of the word.
        let longest = (start + 1..=letters.len())
            .rev()
            .find(|&end| vocabulary.contains(&piece(end)));
        let Some(end) = longest else {
            return vec!["[UNK]".to_owned()];
        };
        pieces.push(piece(end));
        start = end;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sotu;
    use crate::rng;
    use crate::tokenize::{Normalization, Tokenizer as _, WordPiece};
    use rand::Rng as _;

    /// On words of real text and on random letters.
    #[test]
    fn it_does_what_the_fast_form_does() {
        let parts = [
            "[UNK]", "th", "##e", "the", "##re", "of", "##f", "a", "##b", "##ab", "ab", "b", "##a", "é",
            "##é", "w", "##ith",
        ];
        let vocabulary: Vec<String> = parts.map(String::from).to_vec();
        let fast = WordPiece::new(vocabulary.clone(), Normalization::cased()).unwrap();
        let corpus = sotu::speeches();
        let mut words: Vec<String> = corpus[30].text.split_whitespace().map(str::to_owned).collect();
        words.retain(|word| word.chars().all(char::is_alphabetic));
        let mut rng = rng::seeded(4);
        for _ in 0..500 {
            let n = rng.random_range(1..9);
            words.push(
                (0..n)
                    .map(|_| ['a', 'b', 'é', 't'][rng.random_range(0..4)])
                    .collect(),
            );
        }
        for word in &words {
            assert_eq!(
                wordpiece_encode_plain(word, &vocabulary),
                fast.encode(word).written(),
                "{word:?}"
            );
        }
    }
}
