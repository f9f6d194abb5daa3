//! How many bytes each suffix has in common with the one before it in a suffix array.
//!
//! Go through the text from left to right. The suffix one position later shares at most one byte less with
//! its neighbour than this one does with its own: what this pair shares, without the first byte, is shared by
//! two suffixes that are in the array in the same order. So the length falls by at most one per step, and all
//! lengths together take linear time.
//!
//! Source: Kasai et al. (2001), *Linear-Time Longest-Common-Prefix Computation in Suffix Arrays*.

use super::SuffixArray;

/// For each position k of the array, how many bytes suffixes k-1 and k have in common, up to the first `end`
/// byte. It is 0 at position 0.
pub(super) fn common(text: &[u8], array: &SuffixArray, end: u8) -> Vec<u32> {
    let places = array.places();
    let mut rank = vec![0_u32; text.len()];
    for (k, &place) in (0..).zip(places) {
        rank[place as usize] = k;
    }
    let mut common = vec![0; text.len()];
    let mut n = 0;
    for (i, &k) in rank.iter().enumerate() {
        let k = k as usize;
        if k == 0 {
            n = 0;
            continue;
        }
        let j = places[k - 1] as usize;
        while matches!((text.get(i + n), text.get(j + n)), (Some(x), Some(y)) if x == y && *x != end) {
            n += 1;
        }
        common[k] = n as u32;
        n = n.saturating_sub(1);
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_counted_one_by_one(text in prop::collection::vec(prop_oneof![0_u8..2, Just(255)], 0..50)) {
            let array = SuffixArray::new(&text).unwrap();
            let places = array.places();
            for (k, n) in common(&text, &array, 255).into_iter().enumerate() {
                let expected = if k == 0 { 0 } else {
                    let [x, y] = [places[k - 1], places[k]].map(|i| &text[i as usize..]);
                    x.iter().zip(y).take_while(|(a, b)| a == b && **a != 255).count()
                };
                prop_assert_eq!(n as usize, expected);
            }
        }
    }
}
