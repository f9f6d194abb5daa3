//! Which words are spelled like another word.

/// The numbers of up to `most` of `words` that are spelled like `word`: at most two edits away, or one for a
/// short word. The nearest come first, equally near ones in the order of the list. Case does not count.
///
/// ```
/// let words = ["cosine", "cos_mul", "dot"].map(String::from);
/// assert_eq!(course::corpus::spelled_like("cosmul", &words, 3), [1]);
/// ```
pub fn spelled_like(word: &str, words: &[String], most: usize) -> Vec<usize> {
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let allowed = if wanted.len() < 4 { 1 } else { 2 };
    let mut known: Vec<char> = Vec::new();
    let mut near: Vec<(usize, usize)> = Vec::new();
    for (i, w) in words.iter().enumerate() {
        // An edit changes the length by at most one character, which has at most four bytes.
        if w.len().abs_diff(word.len()) > 4 * allowed {
            continue;
        }
        known.clear();
        known.extend(w.chars().flat_map(char::to_lowercase));
        if known.len().abs_diff(wanted.len()) <= allowed {
            let d = edit_distance(&wanted, &known);
            if d <= allowed {
                near.push((d, i));
            }
        }
    }
    near.sort_unstable();
    near.truncate(most);
    near.into_iter().map(|(_, i)| i).collect()
}

/// How many characters must be inserted, deleted or changed to turn `a` into `b` (Levenshtein 1966). Swapping
/// two adjacent characters counts as one change (Damerau 1964), because it is the commonest typing error.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    // d[j] is the distance between the part of a that was read so far and the first j of b; the two rows
    // before it are kept.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut d = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(before[j - 2] + 1);
            }
            row.push(d);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distance(a: &str, b: &str) -> usize {
        edit_distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn edit_distance_on_paper() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("wrod", "word"), 1);
        assert_eq!(distance("naïve", "naive"), 1);
    }

    #[test]
    fn the_nearest_first_then_the_order_of_the_list() {
        let words: Vec<String> = ["world", "sword", "word", "ward", "a", "Wörd"]
            .map(String::from)
            .into();
        assert_eq!(spelled_like("wrod", &words, 9), [2, 0, 1, 3, 5]);
        assert_eq!(spelled_like("WORD", &words, 2), [2, 0]);
        assert_eq!(spelled_like("b", &words, 3), [4]);
    }

    proptest! {
        #[test]
        fn it_is_a_symmetric_distance_bounded_by_the_lengths(a in "[abé]{0,6}", b in "[abé]{0,6}") {
            let (n, m) = (a.chars().count(), b.chars().count());
            let d = distance(&a, &b);
            prop_assert_eq!(d, distance(&b, &a));
            prop_assert_eq!(d == 0, a == b);
            prop_assert!(n.abs_diff(m) <= d && d <= n.max(m));
        }
    }
}
