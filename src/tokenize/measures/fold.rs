//! Counting over texts, using all threads, in bounded memory.

use rayon::prelude::*;

use crate::corpus::{Batch, Texts, each_group};
use crate::{Error, Result};

/// Calls `add` with every text, and combines the results of all threads by `merge`. What is counted must not
/// depend on the order of adding.
pub(super) fn fold<T: Default + Send>(
    texts: &dyn Texts,
    add: impl Fn(&mut T, &str) + Sync,
    merge: impl Fn(&mut T, T),
) -> Result<T> {
    let mut all = T::default();
    each_group(texts, &mut |group| {
        let parts: Vec<T> = (group.par_iter())
            .map(|batch: &Batch| {
                let mut part = T::default();
                batch.documents().for_each(|text| add(&mut part, text));
                part
            })
            .collect();
        parts.into_iter().for_each(|part| merge(&mut all, part));
        Ok(())
    })?;
    Ok(all)
}

/// The error for texts that have nothing to measure.
pub(super) fn nothing(expected: &str) -> Error {
    Error::value("the texts", expected, "none")
}

/// `a / b`, and 0 for 0 / 0.
pub(super) fn ratio(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}
