//! The mask of a permutation: who may look at whom when tokens are predicted in another order than they
//! stand in.
//!
//! ```text
//!     order 2 0 1:  token 2 is predicted from nothing, token 0 from 2, token 1 from 2 and 0
//!
//!         sees   0 1 2
//!     token 0    · · ■
//!     token 1    ■ · ■          row i: the tokens that come before i in the order
//!     token 2    · · ·
//! ```
//!
//! The order 0 1 2 … is the causal mask of a GPT. Over many orders a token is predicted from any set of the
//! others, as in BERT, and yet the text has one probability: the product along the order.
//!
//! Source: Yang et al. (2019), *XLNet: Generalized Autoregressive Pretraining for Language Understanding*.

use ndarray::Array2;
use rand::seq::SliceRandom as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// An order in which the tokens of a text are predicted.
///
/// ```
/// use course::context::Permutation;
/// let order = Permutation::new(vec![2, 0, 1])?;
/// let seen = order.mask();
/// assert_eq!(seen.row(1).to_vec(), [true, false, true]);
/// assert_eq!(order.last(1), [1]); // the token that is predicted from all others
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Permutation {
    order: Vec<usize>,
}

impl Permutation {
    /// The order `order`: each position of the text once.
    ///
    /// # Errors
    /// A position is there twice, or is beyond the end.
    pub fn new(order: Vec<usize>) -> Result<Self> {
        let mut is_there = vec![false; order.len()];
        for &position in &order {
            match is_there.get_mut(position) {
                Some(there) if !*there => *there = true,
                _ => {
                    let expected = format!("each of 0 to {} once", order.len().saturating_sub(1));
                    return Err(Error::value("an order of tokens", expected, position));
                }
            }
        }
        Ok(Self { order })
    }

    /// A random order of `n` tokens; each is as likely as any other.
    pub fn draw(n: usize, rng: &mut Rng) -> Self {
        let mut order: Vec<usize> = (0..n).collect();
        order.shuffle(rng);
        Self { order }
    }

    /// The positions in their order.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Whether token i (row) may look at token j (column) when i is predicted, `(n, n)`.
    pub fn mask(&self) -> Array2<bool> {
        let n = self.order.len();
        let mut rank = vec![0; n];
        for (i, &position) in self.order.iter().enumerate() {
            rank[position] = i;
        }
        Array2::from_shape_fn((n, n), |(i, j)| rank[j] < rank[i])
    }

    /// The positions of the last `k` of the order. Only these are learned from: the first ones see too little
    /// to be predicted. The paper takes a sixth.
    pub fn last(&self, k: usize) -> Vec<usize> {
        self.order[self.order.len().saturating_sub(k)..].to_vec()
    }
}

crate::show::shown_as_line!(Permutation, |this| {
    let order: Vec<String> = this.order.iter().map(usize::to_string).collect();
    format!("Predicted in the order {}", order.join(" "))
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    /// In any order n tokens see n (n − 1) / 2 others, and of two tokens one sees the other.
    #[test]
    fn of_two_tokens_one_sees_the_other() {
        for seed in 0..20 {
            let mask = Permutation::draw(7, &mut seeded(seed)).mask();
            for i in 0..7 {
                assert!(!mask[[i, i]]);
                for j in 0..i {
                    assert_ne!(mask[[i, j]], mask[[j, i]]);
                }
            }
            assert_eq!(mask.iter().filter(|&&seen| seen).count(), 21);
        }
        let causal = Permutation::new(vec![0, 1, 2]).unwrap().mask();
        assert_eq!(causal, Array2::from_shape_fn((3, 3), |(i, j)| j < i));
    }

    /// 6,000 draws of three tokens: each order 1,000 times, with a standard deviation of 29.
    #[test]
    fn every_order_is_as_likely() {
        let (mut counts, rng) = (std::collections::BTreeMap::new(), &mut seeded(1));
        for _ in 0..6000 {
            *counts.entry(Permutation::draw(3, rng).order).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|n: &i32| (n - 1000).abs() < 150),
            "{counts:?}"
        );
    }

    #[test]
    fn an_order_has_each_position_once() {
        for (order, wrong) in [(vec![0, 2], 2), (vec![1, 1], 1)] {
            let e = Permutation::new(order).unwrap_err().to_string();
            assert_eq!(
                e,
                format!("an order of tokens: expected each of 0 to 1 once, got {wrong}")
            );
        }
        let order = Permutation::new(vec![1, 0]).unwrap();
        assert_eq!(
            (order.last(5), order.to_string()),
            (vec![1, 0], "Predicted in the order 1 0".to_owned())
        );
        assert_eq!(Permutation::new(vec![]).unwrap().mask().dim(), (0, 0));
    }
}
