//! Anything that gives its documents one after the other, as often as it is asked.

use crate::Result;

use super::{Corpus, Cut};

/// A source of documents that need not be in memory together.
///
/// An algorithm takes `&dyn Texts` and runs through it as often as it needs to: once to count the words, once more to
/// count the pairs. Documents in memory and files are sources alike.
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
    /// Calls `f` with the text of each document, in order. The first error ends it and is returned.
    ///
    /// # Errors
    /// What reading the documents, or `f`, returns.
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()>;

    /// How these documents are to be cut into words.
    fn cut(&self) -> Cut {
        Cut::Words
    }
}

impl<S: AsRef<str>> Texts for [S] {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|text| f(text.as_ref()))
    }
}

impl<S: AsRef<str>> Texts for Vec<S> {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each(f)
    }
}

impl<S: AsRef<str>, const N: usize> Texts for [S; N] {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.as_slice().each(f)
    }
}

impl Texts for Corpus {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.documents().iter().try_for_each(|d| f(&d.text))
    }

    fn cut(&self) -> Cut {
        Corpus::cut(self)
    }
}

impl<T: Texts + ?Sized> Texts for &T {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        (**self).each(f)
    }

    fn cut(&self) -> Cut {
        (**self).cut()
    }
}
