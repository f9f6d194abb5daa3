//! The task of BERT's pretraining: some tokens are hidden, and the model says what was there.
//!
//! Of the tokens of a text, 15 % are chosen. Of these, 80 % become `[MASK]`, 10 % a token drawn from all, and
//! 10 % stay as they are. The model never knows whether a token is the right one, so it must keep a state of
//! what could be there for *every* token; and it sees texts without `[MASK]`, as those in use are.
//!
//! The number of tokens is exact, as in the paper's program: the nearest whole number, at least one. (The
//! transformers library chooses each token by itself, and may choose none.) Tokens that are no text, such as
//! `[CLS]`, are never chosen.
//!
//! Source: Devlin et al. (2018), *BERT*, appendix A.1.

use rand::Rng as _;
use rand::seq::index;

use crate::rng::Rng;
use crate::{Error, Result};

/// Which share of the tokens is hidden, and how.
///
/// ```
/// use course::context::Masking;
/// // All of them, all by `[MASK]`, which is 4; 2 and 3 are no text.
/// let all = Masking { share: 1.0, masked: 1.0, random: 0.0 };
/// let masked = all.apply(&[2, 7, 8, 3], 4, 20, |id| id < 5, &mut course::rng::seeded(1))?;
/// assert_eq!(masked.ids, [2, 4, 4, 3]);
/// assert_eq!(masked.targets, [(1, 7), (2, 8)]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Masking {
    /// The share of the tokens that are chosen.
    pub share: f64,
    /// The share of the chosen ones that become `[MASK]`.
    pub masked: f64,
    /// The share of the chosen ones that become a token drawn from all.
    pub random: f64,
}

crate::plot::shown_as_record!(Masking);

impl Default for Masking {
    /// 15 %; 80 %, 10 %, and so 10 % stay.
    fn default() -> Self {
        Self {
            share: 0.15,
            masked: 0.8,
            random: 0.1,
        }
    }
}

/// A text in which some tokens are hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct Masked {
    /// What the model sees.
    pub ids: Vec<u32>,
    /// Which places were chosen, in their order, and the token that was there.
    pub targets: Vec<(usize, u32)>,
}

crate::plot::shown_as_record!(Masked);

impl Masking {
    /// Hides tokens of `ids`, of which those that `is_special` are no text. `mask` is the id of `[MASK]`; a
    /// token that is drawn is below `vocab_size`.
    ///
    /// # Errors
    /// A share is not between 0 and 1, or the last two are more than 1 together; the vocabulary is empty.
    pub fn apply(
        &self,
        ids: &[u32],
        mask: u32,
        vocab_size: u32,
        is_special: impl Fn(u32) -> bool,
        rng: &mut Rng,
    ) -> Result<Masked> {
        let shares = [self.share, self.masked, self.random, self.masked + self.random];
        if let Some(share) = shares.iter().find(|share| !(0.0..=1.0).contains(*share)) {
            return Err(Error::value("a share of the tokens", "0 to 1", share));
        }
        Error::at_least(1, "the number of tokens to draw from", vocab_size as usize)?;
        let words: Vec<usize> = (0..ids.len()).filter(|&i| !is_special(ids[i])).collect();
        let n = ((words.len() as f64 * self.share).round() as usize)
            .max(1)
            .min(words.len());
        let mut chosen: Vec<usize> = index::sample(rng, words.len(), n)
            .iter()
            .map(|i| words[i])
            .collect();
        chosen.sort_unstable();
        let mut seen = ids.to_vec();
        for &i in &chosen {
            let u: f64 = rng.random();
            if u < self.masked {
                seen[i] = mask;
            } else if u < self.masked + self.random {
                seen[i] = rng.random_range(0..vocab_size);
            }
        }
        Ok(Masked {
            ids: seen,
            targets: chosen.into_iter().map(|i| (i, ids[i])).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    /// Over 300,000 chosen tokens the shares are within 0.4 % of 80, 10 and 10: more than five standard
    /// deviations (0.07 %). A drawn token is the one that was there once in 1,000 times.
    #[test]
    fn the_shares_are_80_10_and_10() {
        let (ids, rng) = ((0..1000_u32).collect::<Vec<_>>(), &mut seeded(1));
        let (mut masked, mut random, mut kept) = (0, 0, 0);
        for _ in 0..2000 {
            let of = Masking::default()
                .apply(&ids, 5000, 1000, |_| false, rng)
                .unwrap();
            assert_eq!(of.targets.len(), 150);
            for &(i, token) in &of.targets {
                assert_eq!(ids[i], token);
                match of.ids[i] {
                    5000 => masked += 1,
                    same if same == token => kept += 1,
                    _ => random += 1,
                }
            }
            let changed = (0..1000).filter(|&i| of.ids[i] != ids[i]);
            assert!(changed.into_iter().all(|i| of.targets.iter().any(|t| t.0 == i)));
        }
        for (n, share) in [(masked, 0.8), (random, 0.1), (kept, 0.1)] {
            assert!(
                (f64::from(n) / 300_000.0 - share).abs() < 0.004,
                "{n} for {share}"
            );
        }
    }

    /// Each place is chosen as often as any other.
    #[test]
    fn every_token_is_chosen_alike() {
        let (ids, rng) = ([1, 9, 9, 9, 9, 1], &mut seeded(2));
        let mut counts = [0; 6];
        for _ in 0..8000 {
            let of = Masking::default().apply(&ids, 4, 20, |id| id < 5, rng).unwrap();
            assert_eq!(of.targets.len(), 1); // 15 % of 4 is less than one
            counts[of.targets[0].0] += 1;
        }
        assert_eq!([counts[0], counts[5]], [0, 0]);
        // 2,000 each, with a standard deviation of 39.
        assert!(
            counts[1..5].iter().all(|n: &i32| (n - 2000).abs() < 200),
            "{counts:?}"
        );
    }

    #[test]
    fn a_seed_fixes_it_and_shares_must_be_shares() {
        let apply = |masking: Masking, seed| {
            let ids: Vec<u32> = (10..60).collect();
            masking.apply(&ids, 4, 100, |_| false, &mut seeded(seed))
        };
        let usual = Masking::default();
        assert_eq!(apply(usual, 3).unwrap(), apply(usual, 3).unwrap());
        assert_ne!(apply(usual, 3).unwrap(), apply(usual, 4).unwrap());
        let too_much = Masking {
            masked: 0.8,
            random: 0.5,
            share: 0.5,
        };
        let e = apply(too_much, 1).unwrap_err().to_string();
        assert_eq!(e, "a share of the tokens: expected 0 to 1, got 1.3");
        let none = usual.apply(&[1, 2], 4, 20, |_| true, &mut seeded(1)).unwrap();
        assert_eq!((none.ids, none.targets), (vec![1, 2], vec![]));
    }
}
