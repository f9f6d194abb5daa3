//! Encoding and decoding by byte-pair encoding, to be read and to be computed on paper.
//!
//! Encoding repeats what training did. The word is written as its characters. Of all merges that fit
//! somewhere, the one that was learned first is applied, wherever it fits; this is repeated until none fits.
//! Decoding puts the bytes of the tokens side by side and reads them as UTF-8. A token may end within a
//! character, so the bytes are read all together and not token by token.
//!
//! Each round looks at every merge and every token: k·n steps a round, and at most n rounds for n characters.
//! [`Bpe`](super::Bpe) looks pairs up in a table; a test compares the two.
//!
//! Source: Sennrich, Haddow and Birch (2016), *Neural Machine Translation of Rare Words with Subword Units*.

use super::plain::merged;

/// The tokens of a word, given the merges in the order in which they were learned.
///
/// ```
/// use course::tokenize::bpe_encode_plain;
/// let merges = [("b", "c"), ("a", "b")].map(|(a, b)| (a.to_owned(), b.to_owned()));
/// assert_eq!(bpe_encode_plain("abc", &merges), ["a", "bc"]);
/// ```
pub fn bpe_encode_plain(word: &str, merges: &[(String, String)]) -> Vec<String> {
    let mut tokens: Vec<String> = word.chars().map(String::from).collect();
    loop {
        let stands =
            |(a, b): &&(String, String)| tokens.windows(2).any(|pair| pair[0] == *a && pair[1] == *b);
        let Some(first) = merges.iter().find(stands) else {
            return tokens;
        };
        tokens = merged(&tokens, first, &format!("{}{}", first.0, first.1));
    }
}

/// The text that these tokens of bytes stand for. What is not UTF-8 becomes `�`.
///
/// ```
/// use course::tokenize::bpe_decode_plain;
/// // The two bytes of é are in two tokens.
/// assert_eq!(bpe_decode_plain(&[b"caf\xc3".to_vec(), b"\xa9".to_vec()]), "café");
/// ```
pub fn bpe_decode_plain(tokens: &[Vec<u8>]) -> String {
    let mut bytes = Vec::new();
    for token in tokens {
        bytes.extend_from_slice(token);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        // A character that is cut off becomes U+FFFD.
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sotu;
    use crate::rng;
    use crate::tokenize::formats::letters;
    use crate::tokenize::{Bpe, BpeTraining, Pattern, Tokenizer as _};
    use rand::Rng as _;

    #[test]
    fn the_first_merge_that_was_learnt_comes_first() {
        let merges = [("b", "c"), ("a", "bc"), ("a", "b")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(bpe_encode_plain("abcab", &merges), ["abc", "ab"]);
        assert_eq!(bpe_encode_plain("", &merges), [""; 0]);
    }

    /// On real text and on random letters, both give the same tokens and the same decoded text.
    #[test]
    fn it_does_what_the_fast_form_does() {
        let corpus = sotu::speeches();
        let part = |i: usize| corpus[i].text.chars().take(4000).collect::<String>();
        let texts = [part(30), part(60)];
        let training = BpeTraining {
            vocab_size: 400,
            ..BpeTraining::default()
        };
        let t = Bpe::train(&texts, &training).unwrap();
        let letters_of = |id: u32| letters::written(t.token_bytes(id).unwrap());
        let merges: Vec<(String, String)> = t
            .merges()
            .iter()
            .map(|m| (letters_of(m.0), letters_of(m.1)))
            .collect();
        let mut rng = rng::seeded(3);
        let random: String = (0..2000)
            .map(|_| ['a', 'e', 't', 'h', ' ', 'é'][rng.random_range(0..6)])
            .collect();
        for text in [&texts[0], &texts[1], &random] {
            for piece in Pattern::Gpt2.pieces(text).map(|at| &text[at]) {
                let plain = bpe_encode_plain(&letters::written(piece.as_bytes()), &merges);
                let fast: Vec<String> = t.ids(piece).into_iter().map(letters_of).collect();
                assert_eq!(plain, fast, "{piece:?}");
                let tokens: Vec<Vec<u8>> = plain.iter().map(|token| letters::read(token).unwrap()).collect();
                assert_eq!(bpe_decode_plain(&tokens), piece);
                let cut = &tokens[..tokens.len() - 1];
                let ids = &t.ids(piece)[..tokens.len() - 1];
                assert_eq!(bpe_decode_plain(cut), t.decode(ids).unwrap());
            }
        }
    }
}
