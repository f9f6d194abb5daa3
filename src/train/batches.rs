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
