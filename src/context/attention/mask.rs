//! Masks: which keys each query may look at.
//!
//! | mask | query i may look at key j if | for |
//! |---|---|---|
//! | causal | j ≤ i | a language model: nobody sees what comes later |
//! | padding | j is a token, not filling | texts of different lengths in one batch |
//! | prefix | j ≤ i, or j is in the prefix | a given text that is read in both directions, then continued |
//! | window | i − width < j ≤ i | long texts: only the last tokens |
//! | permutation | j comes before i in an order | XLNet: every order of prediction |
//!
//! If there are fewer queries than keys, as with a cache, the last query stands where the last key stands.

use ndarray::Array2;

use crate::plot::{HeatMap, heat_map};
use crate::{Error, Result};

/// Which keys each query may look at, as a matrix of yes and no, `(queries, keys)`.
///
/// ```
/// use course::context::attention::AttentionMask;
/// let mask = AttentionMask::causal(3, 3).and(&AttentionMask::padding(3, &[false, true, true]))?;
/// assert_eq!(mask.to_string(), "· · ·\n· ■ ·\n· ■ ■\n");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct AttentionMask {
    allowed: Array2<bool>,
}

impl AttentionMask {
    /// Query i may look at key j where `may(i, j)` is true.
    pub fn from_fn(queries: usize, keys: usize, may: impl Fn(usize, usize) -> bool) -> Self {
        let allowed = Array2::from_shape_fn((queries, keys), |(i, j)| may(i, j));
        Self { allowed }
    }

    /// All queries may look at all keys.
    pub fn all(queries: usize, keys: usize) -> Self {
        Self::from_fn(queries, keys, |_, _| true)
    }

    /// At the keys up to its own position.
    pub fn causal(queries: usize, keys: usize) -> Self {
        Self::from_fn(queries, keys, |i, j| j + queries <= i + keys)
    }

    /// At its own position and the `width − 1` before it.
    pub fn window(queries: usize, keys: usize, width: usize) -> Self {
        Self::from_fn(queries, keys, |i, j| {
            j + queries <= i + keys && i + keys < j + queries + width
        })
    }

    /// At the first `prefix` of `n` positions from everywhere, and otherwise back: a prefix is read in both
    /// directions, and what follows is causal.
    pub fn prefix(n: usize, prefix: usize) -> Self {
        Self::from_fn(n, n, |i, j| j <= i || j < prefix)
    }

    /// At the keys that are tokens: `real` is false for filling.
    pub fn padding(queries: usize, real: &[bool]) -> Self {
        Self::from_fn(queries, real.len(), |_, j| real[j])
    }

    /// Position `order[0]` is predicted first, and sees nobody; position `order[i]` sees `order[..i]`, and
    /// itself if `itself` is true. XLNet's query stream does not see itself, its content stream does.
    ///
    /// # Errors
    /// `order` is not a permutation of 0 to n − 1.
    pub fn permutation(order: &[usize], itself: bool) -> Result<Self> {
        let n = order.len();
        let mut place = vec![None; n];
        for (i, &position) in order.iter().enumerate() {
            match place.get_mut(position) {
                Some(at @ None) => *at = Some(i),
                _ => {
                    let expected = format!("each of the numbers below {n} once");
                    return Err(Error::value(
                        "an order of positions",
                        expected,
                        format!("{order:?}"),
                    ));
                }
            }
        }
        Ok(Self::from_fn(n, n, |i, j| {
            place[j] < place[i] || (itself && i == j)
        }))
    }

    /// What both masks allow.
    ///
    /// # Errors
    /// They have different shapes.
    pub fn and(&self, other: &Self) -> Result<Self> {
        if self.allowed.dim() != other.allowed.dim() {
            return Err(Error::shape(
                "the second mask",
                format!("{:?}", self.allowed.dim()),
                format!("{:?}", other.allowed.dim()),
            ));
        }
        Ok(Self::from_fn(self.queries(), self.keys(), |i, j| {
            self.allows(i, j) && other.allows(i, j)
        }))
    }

    /// How many queries there are.
    pub fn queries(&self) -> usize {
        self.allowed.nrows()
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.allowed.ncols()
    }

    /// Whether query i may look at key j; false beyond the matrix.
    pub fn allows(&self, i: usize, j: usize) -> bool {
        self.allowed.get((i, j)).copied().unwrap_or(false)
    }

    /// The mask in the form that networks use.
    ///
    /// # Errors
    /// Never for a mask in memory.
    #[cfg(feature = "nn")]
    pub fn tensor(&self) -> Result<crate::nn::Mask> {
        use crate::nn::{Device, Mask, Tensor};
        let numbers: Vec<u8> = self.allowed.iter().map(|&may| u8::from(may)).collect();
        Mask::allowed(&Tensor::from_vec(numbers, self.allowed.dim(), &Device::Cpu)?)
    }

    /// As a picture: 1 where a query (row) may look at a key (column).
    pub fn plot(&self) -> HeatMap {
        let numbers = self.allowed.mapv(|may| if may { 1.0 } else { 0.0_f32 });
        heat_map(&numbers)
            .sequential()
            .range(0.0, 1.0)
            .written(false)
            .x_label("key")
            .y_label("query")
    }

    /// Shows it in a notebook, as a picture.
    pub fn evcxr_display(&self) {
        self.plot().evcxr_display();
    }
}

impl std::fmt::Display for AttentionMask {
    /// A line for each query: ■ where it may look, · where it may not.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for row in self.allowed.rows() {
            let marks: Vec<&str> = row.iter().map(|&may| if may { "■" } else { "·" }).collect();
            writeln!(f, "{}", marks.join(" "))?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(AttentionMask);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mask_is_what_its_table_says() {
        let told = |mask: AttentionMask| mask.to_string().replace(' ', "");
        assert_eq!(told(AttentionMask::causal(3, 3)), "■··\n■■·\n■■■\n");
        assert_eq!(told(AttentionMask::causal(2, 3)), "■■·\n■■■\n");
        assert_eq!(told(AttentionMask::causal(3, 2)), "··\n■·\n■■\n");
        assert_eq!(told(AttentionMask::prefix(3, 2)), "■■·\n■■·\n■■■\n");
        assert_eq!(told(AttentionMask::padding(2, &[true, false])), "■·\n■·\n");
        let order = AttentionMask::permutation(&[2, 0, 1], false).unwrap();
        assert_eq!(told(order), "··■\n■·■\n···\n");
        let order = AttentionMask::permutation(&[2, 0, 1], true).unwrap();
        assert_eq!(told(order), "■·■\n■■■\n··■\n");
    }

    /// transformers 5.24.0 (Mistral): with a window of 2, row 4 is 0 0 0 1 1, itself among the two.
    #[test]
    fn a_window_has_its_own_position_in_it() {
        let mask = AttentionMask::window(5, 5, 2);
        let row: Vec<bool> = (0..5).map(|j| mask.allows(4, j)).collect();
        assert_eq!(row, [false, false, false, true, true]);
        let last = AttentionMask::window(1, 5, 2);
        assert!((0..5).all(|j| last.allows(0, j) == mask.allows(4, j)));
        assert_eq!(AttentionMask::window(4, 4, 9), AttentionMask::causal(4, 4));
    }

    /// The order from left to right, with oneself, is the causal mask.
    #[test]
    fn a_causal_mask_is_one_of_the_permutations() {
        let order: Vec<usize> = (0..6).collect();
        assert_eq!(
            AttentionMask::permutation(&order, true).unwrap(),
            AttentionMask::causal(6, 6)
        );
        assert_eq!(AttentionMask::prefix(6, 1), AttentionMask::causal(6, 6));
        assert_eq!(AttentionMask::prefix(6, 6), AttentionMask::all(6, 6));
    }

    #[test]
    fn what_is_no_order_is_told() {
        for order in [&[0, 0][..], &[1, 2]] {
            let e = AttentionMask::permutation(order, true).unwrap_err().to_string();
            assert!(e.starts_with("an order of positions: expected each of the numbers below 2 once"));
        }
        let e = AttentionMask::all(2, 3)
            .and(&AttentionMask::all(3, 2))
            .unwrap_err();
        assert_eq!(e.to_string(), "the second mask: expected (2, 3), got (3, 2)");
    }
}
