//! Which examples make a batch. Without more, an epoch takes all examples in a new order and cuts them into
//! batches. A loss that compares the examples of a batch with each other may need others: so many of each
//! class, or no two that are equal. Such a choice is a [`BatchSampler`].

use rand::seq::SliceRandom as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// A choice of batches.
pub trait BatchSampler {
    /// The batches of an epoch, each of numbers of examples.
    ///
    /// # Errors
    /// No batch can be made.
    fn epoch(&self, rng: &mut Rng) -> Result<Vec<Vec<u32>>>;

    /// The choice with its settings, in words: a checkpoint belongs to it.
    fn describe(&self) -> String;
}

/// All examples in a new order, `batch` at a time; the last batch has the rest.
pub(super) fn shuffled(examples: u32, batch: usize, rng: &mut Rng) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..examples).collect();
    order.shuffle(rng);
    order.chunks(batch).map(<[u32]>::to_vec).collect()
}

/// The batches of a sampler, if training can take them.
pub(super) fn checked(sampler: &dyn BatchSampler, examples: u32, rng: &mut Rng) -> Result<Vec<Vec<u32>>> {
    let batches = sampler.epoch(rng)?;
    let what = || format!("the batches of {}", sampler.describe());
    if batches.is_empty() || batches.iter().any(Vec::is_empty) {
        return Err(Error::value(
            what(),
            "one or more, none empty",
            format!("{} batches", batches.len()),
        ));
    }
    match batches.iter().flatten().find(|&&i| i >= examples) {
        Some(i) => Err(Error::value(
            what(),
            format!("examples below {examples}"),
            i.to_string(),
        )),
        None => Ok(batches),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    struct These(Vec<Vec<u32>>);

    impl BatchSampler for These {
        fn epoch(&self, _: &mut Rng) -> Result<Vec<Vec<u32>>> {
            Ok(self.0.clone())
        }

        fn describe(&self) -> String {
            "a test".to_owned()
        }
    }

    #[test]
    fn what_a_sampler_may_not_give_is_told() {
        let told = |batches: &[&[u32]]| {
            let these = These(batches.iter().map(|batch| batch.to_vec()).collect());
            let checked = checked(&these, 3, &mut seeded(1));
            checked.map(|b| b.len()).map_err(|e| e.to_string())
        };
        assert_eq!(told(&[&[0, 2], &[2]]), Ok(2));
        let expected = "the batches of a test: expected one or more, none empty, got 1 batches";
        assert_eq!(told(&[&[]]), Err(expected.to_owned()));
        assert!(told(&[]).is_err());
        let expected = "the batches of a test: expected examples below 3, got 3";
        assert_eq!(told(&[&[0], &[1, 3]]), Err(expected.to_owned()));
    }
}
