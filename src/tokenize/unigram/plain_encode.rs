//! The best cut by a unigram model, to be read: Viterbi's algorithm.
//!
//! The best cut of the first j characters ends in some piece, and what comes before that piece is cut in the
//! best way too. So the best cuts of all prefixes of the text are found one after the other, from the
//! shortest on:
//!
//! ```text
//! best(0) = 0,   best(j) = max over pieces p that end at j of  best(j - |p|) + score(p)
//! ```
//!
//! Each of n ends tries each of V pieces: n·V steps. [`Unigram`](super::Unigram) has a tree of the pieces
//! instead. A test compares the two.
//!
//! Source: Kudo (2018), *Subword Regularization*; Viterbi (1967), *Error Bounds for Convolutional Codes*.

/// The cut of `text` into pieces whose scores, which are log-probabilities, have the largest sum; nothing if
/// `text` cannot be cut. Of equally good cuts, the one whose last piece is the longest.
///
/// ```
/// use course::tokenize::unigram_encode_plain;
/// let pieces = [("a", -2.0), ("ab", -3.0), ("b", -2.0), ("bc", -2.0), ("c", -4.0)];
/// let pieces = pieces.map(|(piece, score)| (piece.to_owned(), score));
/// assert_eq!(unigram_encode_plain("abc", &pieces), ["a", "bc"]);
/// ```
pub fn unigram_encode_plain(text: &str, pieces: &[(String, f64)]) -> Vec<String> {
    best_cut(text, pieces, |new, old| new.0 > old.0)
}

/// The best cut, where `better(new, old)` compares sums of scores and numbers of pieces.
pub(crate) fn best_cut(
    text: &str,
    pieces: &[(String, f64)],
    better: impl Fn((f64, usize), (f64, usize)) -> bool,
) -> Vec<String> {
    // For each prefix of the text, the sum and the number of pieces of its best cut, and the last piece.
    let mut best: Vec<Option<(f64, usize, &str)>> = vec![None; text.len() + 1];
    best[0] = Some((0.0, 0, ""));
    for end in 1..=text.len() {
        // The longest piece begins first, so it is tried first.
        let mut ending: Vec<&(String, f64)> = pieces
            .iter()
            .filter(|p| text.as_bytes()[..end].ends_with(p.0.as_bytes()))
            .collect();
        ending.sort_by_key(|p| std::cmp::Reverse(p.0.len()));
        for (piece, score) in ending.into_iter().filter(|p| !p.0.is_empty()) {
            let Some((sum, n, _)) = best[end - piece.len()] else {
                continue;
            };
            let new = (sum + score, n + 1);
            if best[end].is_none_or(|old| better(new, (old.0, old.1))) {
                best[end] = Some((new.0, new.1, piece));
            }
        }
    }
    // From the end backwards.
    let (mut end, mut cut) = (text.len(), Vec::new());
    while end > 0 {
        let Some((_, _, piece)) = best[end] else {
            return Vec::new();
        };
        cut.push(piece.to_owned());
        end -= piece.len();
    }
    cut.reverse();
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sotu;
    use crate::rng;
    use crate::tokenize::{Tokenizer as _, Unigram, UnigramTraining};
    use rand::Rng as _;

    /// On real text and on random letters. A space is written ▁, and there is one in front.
    #[test]
    fn it_does_what_the_fast_form_does() {
        let corpus = sotu::speeches();
        let text: String = corpus[30].text.chars().take(8000).collect();
        let training = UnigramTraining {
            vocab_size: 300,
            coverage: 1.0,
            ..UnigramTraining::default()
        };
        let t = Unigram::train(&[text.as_str()], &training).unwrap();
        let pieces: Vec<(String, f64)> = (1..300)
            .map(|id| (t.token_text(id).unwrap(), f64::from(t.score(id).unwrap())))
            .collect();
        let mut rng = rng::seeded(6);
        let mut texts: Vec<String> = text.split('\n').take(20).map(str::to_owned).collect();
        texts.extend((0..100).map(|_| {
            (0..12)
                .map(|_| ['a', 'e', 't', 'h', ' '][rng.random_range(0..5)])
                .collect()
        }));
        for text in texts
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
        {
            let marked = format!("▁{}", text.replace(' ', "▁"));
            assert_eq!(
                unigram_encode_plain(&marked, &pieces),
                t.encode(text).written(),
                "{text:?}"
            );
        }
        assert_eq!(unigram_encode_plain("語", &pieces), [""; 0]);
        assert_eq!(unigram_encode_plain("", &pieces), [""; 0]);
    }
}
