//! The pieces of a word, and the bucket of each.

/// The n-grams of `word` with `min_n` to `max_n` characters, from left to right, the shorter first. The word
/// is put between `<` and `>`, so that an n-gram at its beginning or end differs from one within. A mark
/// alone is no n-gram.
///
/// ```
/// use course::words::ngrams;
/// assert_eq!(ngrams("the", 3, 4), ["<th", "<the", "the", "the>", "he>"]);
/// assert_eq!(ngrams("né", 3, 6), ["<né", "<né>", "né>"]);
/// ```
pub fn ngrams(word: &str, min_n: usize, max_n: usize) -> Vec<String> {
    let mut all = Vec::new();
    each_ngram(word, min_n, max_n, |ngram| all.push(ngram.to_owned()));
    all
}

/// Calls `f` with each n-gram: see [`ngrams`].
pub(super) fn each_ngram(word: &str, min_n: usize, max_n: usize, mut f: impl FnMut(&str)) {
    let marked = format!("<{word}>");
    for (start, _) in marked.char_indices() {
        let rest = &marked[start..];
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        for (i, end) in ends.enumerate().take(max_n) {
            let n = i + 1;
            let mark_alone = n == 1 && (start == 0 || end == rest.len());
            if n >= min_n && !mark_alone {
                f(&rest[..end]);
            }
        }
    }
}

/// The bucket of an n-gram, a number below `buckets`. It is the 32-bit hash FNV-1a of the bytes (Fowler, Noll
/// and Vo), with a quirk of fastText: a byte of 128 or more is a negative number there, and fills the upper
/// bits with ones.
///
/// ```
/// use course::words::ngram_bucket;
/// assert_eq!(ngram_bucket("a", 1 << 31), 0x640c_292c);
/// ```
///
/// 0 buckets count as 1.
pub fn ngram_bucket(ngram: &str, buckets: u32) -> u32 {
    let hash = ngram.bytes().fold(2_166_136_261_u32, |hash, byte| {
        (hash ^ i32::from(byte as i8) as u32).wrapping_mul(16_777_619)
    });
    hash % buckets.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_letters_but_not_the_marks() {
        assert_eq!(ngrams("ab", 1, 2), ["<a", "a", "ab", "b", "b>"]);
        assert_eq!(ngrams("", 1, 3), ["<>"]);
        assert!(ngrams("word", 9, 12).is_empty());
        assert!(ngrams("word", 3, 2).is_empty());
    }
}
