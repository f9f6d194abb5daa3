//! Anything that gives its documents one after the other, as often as it is asked.

use rand::seq::SliceRandom as _;

use super::Cut;
use crate::Result;
use crate::rng::seeded;

/// A source of documents that need not be in memory together.
///
/// An algorithm takes `&dyn Texts` and runs through it as often as it needs to: once to count the words, once
/// more to count the pairs. Documents in memory and files are both sources.
///
/// ```
/// use course::corpus::{Texts, Vocabulary};
/// let texts = ["the cat sat", "the dog sat"];
/// let mut n = 0;
/// texts.each(&mut |_text| {
///     n += 1;
///     Ok(())
/// })?;
/// assert_eq!(n, 2);
/// # Ok::<(), course::Error>(())
/// ```
pub trait Texts {
    /// Calls `f` with the text of each document, in order. The first error ends the loop and is returned.
    ///
    /// # Errors
    /// What reading the documents, or `f`, returns.
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()>;

    /// Calls `f` with the text of each document, once, in an order that `seed` fixes and that is as mixed as
    /// the source can make it. Otherwise, a model that learns step by step would remember best what came
    /// last. Documents in memory come shuffled; [`TextFiles`](super::TextFiles) shuffles pieces of its files.
    /// A source that has nothing better gives its documents in order.
    ///
    /// # Errors
    /// As for [`each`](Self::each).
    ///
    /// ```
    /// use course::corpus::Texts;
    /// let texts: Vec<String> = (0..9).map(|i| i.to_string()).collect();
    /// let mut order = String::new();
    /// texts.each_mixed(1, &mut |text| {
    ///     order.push_str(text);
    ///     Ok(())
    /// })?;
    /// assert_ne!(order, "012345678");
    /// # Ok::<(), course::Error>(())
    /// ```
    fn each_mixed(&self, _seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.each(f)
    }

    /// How these documents should be cut into words.
    fn cut(&self) -> Cut {
        Cut::Words
    }
}

/// The numbers below `n` in an order that `seed` fixes.
pub(super) fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut seeded(seed));
    order
}

impl<S: AsRef<str>> Texts for [S] {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|text| f(text.as_ref()))
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        shuffled(self.len(), seed)
            .into_iter()
            .try_for_each(|i| f(self[i].as_ref()))
    }
}

impl<S: AsRef<str>> Texts for Vec<S> {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each(f)
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each_mixed(seed, f)
    }
}

impl<S: AsRef<str>, const N: usize> Texts for [S; N] {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each(f)
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each_mixed(seed, f)
    }
}

impl<T: Texts + ?Sized> Texts for &T {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        (**self).each(f)
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        (**self).each_mixed(seed, f)
    }

    fn cut(&self) -> Cut {
        (**self).cut()
    }
}
