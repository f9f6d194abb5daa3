//! A word as characters: its bytes, between a mark for its beginning and one for its end.
//!
//! ```text
//!     cat  →  258  99  97  116  259  260  260 …  260            50 numbers
//! ```
//!
//! Every word has characters, also one that was never seen: there is no unknown word. Of a longer word the
//! first 48 bytes count. The boundaries of a sentence are words of one character, 256 and 257.

/// How many characters a word has room for.
pub(super) const ROOM: usize = 50;

/// How many characters there are: 256 bytes and the five others.
pub(super) const CHARACTERS: usize = 261;

const SENTENCE_BEGINS: u32 = 256;
const SENTENCE_ENDS: u32 = 257;
const WORD_BEGINS: u32 = 258;
const WORD_ENDS: u32 = 259;
const PADDING: u32 = 260;

/// The characters of a word, 50 of them.
///
/// ```
/// use course::context::elmo_characters;
/// assert_eq!(elmo_characters("cat")[..6], [258, 99, 97, 116, 259, 260]);
/// assert_eq!(elmo_characters("é")[..4], [258, 195, 169, 259]); // two bytes
/// ```
pub fn elmo_characters(word: &str) -> [u32; ROOM] {
    written(word.bytes().map(u32::from))
}

/// The characters of the words of a sentence, with its boundaries around them.
pub(super) fn sentence<S: AsRef<str>>(words: &[S]) -> Vec<u32> {
    let mut all = written([SENTENCE_BEGINS]).to_vec();
    all.extend(words.iter().flat_map(|word| elmo_characters(word.as_ref())));
    all.extend(written([SENTENCE_ENDS]));
    all
}

fn written(characters: impl IntoIterator<Item = u32>) -> [u32; ROOM] {
    let mut all = [PADDING; ROOM];
    let marked = [WORD_BEGINS]
        .into_iter()
        .chain(characters.into_iter().take(ROOM - 2))
        .chain([WORD_ENDS]);
    all.iter_mut().zip(marked).for_each(|(to, c)| *to = c);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_cut_and_keeps_its_end() {
        let (long, longer) = ("x".repeat(48), "x".repeat(80));
        assert_eq!(elmo_characters(&long), elmo_characters(&longer));
        assert_eq!(elmo_characters(&long)[47..], [120, 120, 259]);
        assert_eq!(elmo_characters("")[..3], [258, 259, 260]);
        let of = sentence(&["a"]);
        assert_eq!(
            (of.len(), &of[..3], &of[100..103]),
            (150, &[258, 256, 259][..], &[258, 257, 259][..])
        );
    }
}
