//! Which examples a loss sees together: a loss that learns from the other examples of its batch learns only
//! what the batch contains.
//!
//! | sampler | a batch | why |
//! |---|---|---|
//! | none | examples by chance | any loss of pairs that are given; wastes labels: most have no partner |
//! | [`ByClass`] | P classes with K examples each | every example has K − 1 positives and (P − 1) K negatives |
//! | [`WithoutDuplicates`] | no two that are equal | what is equal is no negative: it would be pushed from itself |
//!
//! Hermans, Beyer and Leibe 2017, *In Defense of the Triplet Loss for Person Re-Identification*, have P × K.
//! All follow from the seed of the training.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use rand::seq::SliceRandom as _;

use crate::rng::Rng;
use crate::train::BatchSampler;
use crate::{Error, Result};

/// Batches of P classes with K examples each.
///
/// Classes are taken in a random order, each once before any comes again, and so are the examples of a class.
/// A class that has fewer than K examples gives all of them; one that has a single example is left out. An
/// epoch has as many batches as fit into the number of examples, and at least one. Rare classes are seen as
/// often as common ones.
///
/// ```
/// use course::contrast::ByClass;
/// use course::train::BatchSampler as _;
/// let labels = [0, 0, 0, 1, 1, 2, 2, 2, 3]; // 3 is alone
/// let batches = ByClass::new(&labels, 2, 2)?.epoch(&mut course::rng::seeded(1))?;
/// assert_eq!(batches.len(), 2);
/// for batch in batches {
///     let of = |i: usize| labels[batch[i] as usize];
///     assert!(batch.len() == 4 && of(0) == of(1) && of(2) == of(3) && of(1) != of(2));
/// }
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct ByClass {
    /// The examples of each class that has two or more.
    classes: Vec<Vec<u32>>,
    n: usize,
    p: usize,
    k: usize,
}

impl ByClass {
    /// `p` classes with `k` examples each, of examples with these labels.
    ///
    /// # Errors
    /// `p` or `k` is below 2, or fewer than `p` classes have two examples.
    pub fn new(labels: &[u32], p: usize, k: usize) -> Result<Self> {
        for (what, n) in [("the classes of a batch", p), ("the examples of each class", k)] {
            if n < 2 {
                return Err(Error::value(what, "2 or more", n.to_string()));
            }
        }
        let mut classes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (i, &label) in (0..).zip(labels) {
            classes.entry(label).or_default().push(i);
        }
        let classes: Vec<Vec<u32>> = classes.into_values().filter(|of| of.len() > 1).collect();
        if classes.len() < p {
            let expected = format!("{p} classes of two examples or more");
            return Err(Error::value("the labels", expected, classes.len().to_string()));
        }
        Ok(Self {
            classes,
            n: labels.len(),
            p,
            k,
        })
    }
}

impl BatchSampler for ByClass {
    fn epoch(&self, rng: &mut Rng) -> Result<Vec<Vec<u32>>> {
        // What has not been taken since the last shuffle: of the classes, and of each class.
        let mut classes: Vec<usize> = Vec::new();
        let mut left: Vec<Vec<u32>> = vec![Vec::new(); self.classes.len()];
        let mut batches = Vec::new();
        for _ in 0..(self.n / (self.p * self.k)).max(1) {
            if classes.len() < self.p {
                classes = (0..self.classes.len()).collect();
                classes.shuffle(rng);
            }
            let mut batch = Vec::with_capacity(self.p * self.k);
            for class in classes.split_off(classes.len() - self.p) {
                let left = &mut left[class];
                if left.len() < self.k {
                    left.clone_from(&self.classes[class]);
                    left.shuffle(rng);
                }
                batch.extend(left.drain(left.len().saturating_sub(self.k)..));
            }
            batches.push(batch);
        }
        Ok(batches)
    }

    fn describe(&self) -> String {
        format!("batches of {} classes with {} examples each", self.p, self.k)
    }
}

/// Batches in which no two examples share what they are known by: a text, a label, either text of a pair.
///
/// The examples come in a random order. One that is already in the batch waits for the next. Each comes once
/// in an epoch; the last batches can be small, when what is left is equal.
///
/// ```
/// use course::contrast::WithoutDuplicates;
/// use course::train::BatchSampler as _;
/// let texts = ["a", "b", "a", "c", "a"];
/// let batches = WithoutDuplicates::of(&texts, 3)?.epoch(&mut course::rng::seeded(1))?;
/// assert_eq!(batches.concat().len(), 5);
/// for batch in batches {
///     assert!(batch.iter().filter(|&&i| texts[i as usize] == "a").count() <= 1);
/// }
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct WithoutDuplicates {
    /// What each example is known by, as numbers.
    keys: Vec<[u32; 2]>,
    batch: usize,
}

impl WithoutDuplicates {
    /// At most `batch` examples, each known by a text or a label.
    ///
    /// # Errors
    /// `batch` is below 2.
    pub fn of<T: Eq + Hash>(known_by: &[T], batch: usize) -> Result<Self> {
        let mut numbers = HashMap::new();
        Self::new(
            known_by.iter().map(|t| [number(&mut numbers, t); 2]).collect(),
            batch,
        )
    }

    /// At most `batch` pairs, of which no two share a text on either side.
    ///
    /// # Errors
    /// `batch` is below 2.
    pub fn of_pairs<T: Eq + Hash>(pairs: &[(T, T)], batch: usize) -> Result<Self> {
        let mut numbers = HashMap::new();
        let both = pairs.iter().map(|(a, b)| [a, b].map(|t| number(&mut numbers, t)));
        Self::new(both.collect(), batch)
    }

    fn new(keys: Vec<[u32; 2]>, batch: usize) -> Result<Self> {
        if batch < 2 {
            return Err(Error::value("the batch", "2 or more", batch.to_string()));
        }
        Ok(Self { keys, batch })
    }
}

/// The number of a text: as many as were known before it.
fn number<'a, T: Eq + Hash>(numbers: &mut HashMap<&'a T, u32>, of: &'a T) -> u32 {
    let next = numbers.len() as u32;
    *numbers.entry(of).or_insert(next)
}

impl BatchSampler for WithoutDuplicates {
    fn epoch(&self, rng: &mut Rng) -> Result<Vec<Vec<u32>>> {
        let mut left: Vec<u32> = (0..self.keys.len() as u32).collect();
        left.shuffle(rng);
        let mut batches = Vec::new();
        while !left.is_empty() {
            let (mut batch, mut known, mut waiting) = (Vec::new(), HashSet::new(), Vec::new());
            let mut rest = left.into_iter();
            while batch.len() < self.batch
                && let Some(i) = rest.next()
            {
                let keys = self.keys[i as usize];
                if keys.iter().any(|key| known.contains(key)) {
                    waiting.push(i);
                } else {
                    known.extend(keys);
                    batch.push(i);
                }
            }
            waiting.extend(rest);
            left = waiting;
            batches.push(batch);
        }
        Ok(batches)
    }

    fn describe(&self) -> String {
        format!("batches of {} without duplicates", self.batch)
    }
}

crate::show::shown_as_line!(ByClass, |this| this.describe());

crate::show::shown_as_line!(WithoutDuplicates, |this| this.describe());

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rng::seeded;

    proptest! {
        /// In each batch P different classes with at most K different examples each, and at least two.
        #[test]
        fn a_batch_has_p_classes_and_k_of_each(
            mut labels in prop::collection::vec(0_u32..6, 12..80), p in 2_usize..4, k in 2_usize..6, seed: u64,
        ) {
            (0..8).for_each(|i| labels[i] = (i / 2) as u32); // at least four classes of two
            let batches = ByClass::new(&labels, p, k).unwrap().epoch(&mut seeded(seed)).unwrap();
            prop_assert_eq!(batches.len(), (labels.len() / (p * k)).max(1));
            for batch in &batches {
                let mut of: BTreeMap<u32, HashSet<u32>> = BTreeMap::new();
                for &i in batch {
                    prop_assert!(of.entry(labels[i as usize]).or_default().insert(i), "twice");
                }
                prop_assert_eq!(of.len(), p);
                for (label, there) in of {
                    let all = labels.iter().filter(|&&l| l == label).count();
                    prop_assert_eq!(there.len(), k.min(all));
                }
            }
        }

        /// Each example once, no key twice in a batch, and no batch ends while something else would fit.
        #[test]
        fn no_duplicates_and_nothing_lost(
            pairs in prop::collection::vec((0_u8..12, 0_u8..12), 1..60), batch in 2_usize..9, seed: u64,
        ) {
            let batches = WithoutDuplicates::of_pairs(&pairs, batch).unwrap().epoch(&mut seeded(seed)).unwrap();
            let mut all = batches.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..pairs.len() as u32).collect::<Vec<_>>());
            for (n, own) in batches.iter().enumerate() {
                let of = |i: u32| pairs[i as usize];
                let shares = |i: u32, j: u32| {
                    let ((a, b), (c, d)) = (of(i), of(j));
                    a == c || a == d || b == c || b == d
                };
                prop_assert!(own.len() <= batch && !own.is_empty());
                for (k, &i) in own.iter().enumerate() {
                    prop_assert!(own[..k].iter().all(|&j| !shares(i, j)));
                }
                if own.len() < batch {
                    for &later in batches[n + 1..].iter().flatten() {
                        prop_assert!(own.iter().any(|&i| shares(i, later)));
                    }
                }
            }
        }
    }

    /// Over an epoch each class comes as often as any other, within one, and so do the examples of a class.
    #[test]
    fn all_classes_and_examples_have_their_turn() {
        let labels: Vec<u32> = (0..120).map(|i| i % 6).collect();
        let sampler = ByClass::new(&labels, 2, 4).unwrap();
        let batches = sampler.epoch(&mut seeded(3)).unwrap();
        let mut times = [0_u32; 120];
        batches.concat().iter().for_each(|&i| times[i as usize] += 1);
        assert_eq!(times, [1; 120]);
        assert_eq!(batches, sampler.epoch(&mut seeded(3)).unwrap());
        assert_ne!(batches, sampler.epoch(&mut seeded(4)).unwrap());
        assert_eq!(sampler.to_string(), "batches of 2 classes with 4 examples each");
    }

    #[test]
    fn what_cannot_be_sampled_is_told() {
        let told = |r: Result<ByClass>| r.err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told(ByClass::new(&[0, 0, 1, 1], 2, 1)).contains("each class: expected 2 or more, got 1"));
        assert!(told(ByClass::new(&[0, 0, 1, 1], 1, 2)).contains("classes of a batch"));
        assert!(told(ByClass::new(&[0, 0, 1], 2, 2)).contains("2 classes of two examples or more, got 1"));
        assert!(WithoutDuplicates::of(&[1, 2], 1).is_err());
        let none = WithoutDuplicates::of::<u32>(&[], 4).unwrap();
        assert!(none.epoch(&mut seeded(1)).unwrap().is_empty());
    }
}
