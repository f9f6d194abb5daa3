//! Windows: which words are near which.
//!
//! "You shall know a word by the company it keeps" (Firth 1957). Its company, or context, is the words within
//! a window around it. In *the cat sat on the mat*, a window of two words on either side of *sat* has
//!
//! ```text
//!     the   cat  [sat]  on   the   mat
//!      2     1     ·     1    2              distances
//! ```
//!
//! | weight | of a neighbour at distance d, window n | used by |
//! |---|---|---|
//! | [`Weight::Uniform`] | 1 | plain counts |
//! | [`Weight::Inverse`] | 1/d | GloVe (Pennington, Socher, Manning 2014) |
//! | [`Weight::Linear`] | n − d + 1 | HAL (Lund and Burgess 1996) |
//!
//! word2vec instead draws the size of each window uniformly from 1 to n; see [`Window::reduced_pairs`]. A
//! neighbour at distance d is then inside with probability (n − d + 1)/n: on average, the linear weight
//! divided by n.

use rand::Rng as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// How much a neighbour counts, depending on its distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// 1, at any distance.
    #[default]
    Uniform,
    /// 1/d.
    Inverse,
    /// n − d + 1, where n is the size of the window on that side.
    Linear,
}

/// What happens to the position of a word that is not in the vocabulary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gaps {
    /// The position stays: a distance is that in the text, whatever the vocabulary.
    #[default]
    Keep,
    /// Its neighbours move closer together, as in word2vec and GloVe: windows reach further where words are
    /// rare.
    Close,
}

/// How far the context of a word reaches, and how much each part of it counts.
///
/// ```
/// use course::corpus::{Window, words};
/// let pairs = Window::symmetric(1)?.pairs(&words("The cat sat."));
/// let pairs: Vec<_> = pairs.iter().map(|p| (p.centre.as_str(), p.context.as_str())).collect();
/// assert_eq!(pairs, [("the", "cat"), ("cat", "the"), ("cat", "sat"), ("sat", "cat")]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    left: usize,
    right: usize,
    weight: Weight,
    gaps: Gaps,
}

crate::plot::shown_as_record!(Window);

/// Two words that are near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// The word in the middle of the window.
    pub centre: T,
    /// The word of its context.
    pub context: T,
    /// How many positions apart they are: 1 for neighbours.
    pub distance: usize,
}

impl Window {
    /// The largest window on one side. A wider context is a document.
    pub const MOST: usize = 10_000;

    /// `left` words before and `right` words after, each counting 1.
    ///
    /// # Errors
    /// Both are 0, or one is more than [`Window::MOST`].
    pub fn new(left: usize, right: usize) -> Result<Self> {
        let most = left.max(right);
        if most == 0 || most > Self::MOST {
            let expected = format!("1 to {} words", Self::MOST);
            return Err(Error::value("the size of the window", expected, most));
        }
        Ok(Self {
            left,
            right,
            weight: Weight::Uniform,
            gaps: Gaps::Keep,
        })
    }

    /// `size` words before and as many after, each counting 1.
    ///
    /// # Errors
    /// As for [`Window::new`].
    pub fn symmetric(size: usize) -> Result<Self> {
        Self::new(size, size)
    }

    /// The same window with another weight.
    #[must_use]
    pub fn weighted(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// The same window for a text from which unknown words have been removed: [`Gaps::Close`].
    #[must_use]
    pub fn closing_gaps(self) -> Self {
        Self {
            gaps: Gaps::Close,
            ..self
        }
    }

    /// How many words before the centre it covers.
    pub fn left(&self) -> usize {
        self.left
    }

    /// How many words after the centre it covers.
    pub fn right(&self) -> usize {
        self.right
    }

    /// How much a neighbour counts, depending on its distance.
    pub fn weight(&self) -> Weight {
        self.weight
    }

    /// What happens to the position of a word that is not in the vocabulary.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// How much a neighbour counts that is `offset` positions after the centre, or before it if `offset` is
    /// negative; 0 outside the window.
    ///
    /// ```
    /// use course::corpus::{Weight, Window};
    /// let hal = Window::new(3, 0)?.weighted(Weight::Linear);
    /// assert_eq!([-4, -3, -2, -1, 0, 1].map(|at| hal.weight_at(at)), [0.0, 1.0, 2.0, 3.0, 0.0, 0.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn weight_at(&self, offset: isize) -> f32 {
        let size = if offset < 0 { self.left } else { self.right };
        let distance = offset.unsigned_abs();
        if distance == 0 || distance > size {
            return 0.0;
        }
        match self.weight {
            Weight::Uniform => 1.0,
            Weight::Inverse => 1.0 / distance as f32,
            Weight::Linear => (size - distance + 1) as f32,
        }
    }

    /// All pairs of `tokens`, which are a document's words or their numbers: for each centre, its context
    /// from left to right.
    pub fn pairs<T: Clone>(&self, tokens: &[T]) -> Vec<Pair<T>> {
        let mut pairs = Vec::new();
        for centre in 0..tokens.len() {
            pairs_around(tokens, centre, self.left, self.right, &mut pairs);
        }
        pairs
    }

    /// All pairs of `tokens` in windows that are reduced at random, as in word2vec. The window of each centre
    /// has one size for both sides, drawn uniformly from 1 to the size of the larger side.
    ///
    /// ```
    /// use course::corpus::Window;
    /// let tokens = [0, 1, 2, 3, 4, 5];
    /// let window = Window::symmetric(3)?;
    /// let reduced = window.reduced_pairs(&tokens, &mut course::rng::seeded(1));
    /// assert!(reduced.len() < window.pairs(&tokens).len());
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn reduced_pairs<T: Clone>(&self, tokens: &[T], rng: &mut Rng) -> Vec<Pair<T>> {
        let most = self.left.max(self.right);
        let mut pairs = Vec::new();
        for centre in 0..tokens.len() {
            let size = rng.random_range(1..=most);
            pairs_around(
                tokens,
                centre,
                self.left.min(size),
                self.right.min(size),
                &mut pairs,
            );
        }
        pairs
    }
}

/// Adds the pairs of the word at `centre` with up to `left` words before it and `right` words after it.
fn pairs_around<T: Clone>(tokens: &[T], centre: usize, left: usize, right: usize, pairs: &mut Vec<Pair<T>>) {
    let from = centre.saturating_sub(left);
    let to = tokens.len().min(centre + right + 1);
    pairs.extend(
        (from..to)
            .filter(|&context| context != centre)
            .map(|context| Pair {
                centre: tokens[centre].clone(),
                context: tokens[context].clone(),
                distance: centre.abs_diff(context),
            }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;
    use proptest::prelude::*;

    /// The drawing at the top of this file.
    #[test]
    fn the_company_of_sat() {
        let tokens = ["the", "cat", "sat", "on", "the", "mat"];
        let pairs = Window::symmetric(2).unwrap().pairs(&tokens);
        let sat: Vec<_> = pairs
            .iter()
            .filter(|p| p.centre == "sat")
            .map(|p| (p.context, p.distance))
            .collect();
        assert_eq!(sat, [("the", 2), ("cat", 1), ("on", 1), ("the", 2)]);
        assert_eq!(pairs.len(), 2 * (5 + 4));
    }

    #[test]
    fn a_window_without_words_is_an_error() {
        let e = Window::symmetric(0).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the size of the window: expected 1 to 10000 words, got 0"
        );
        assert_eq!(
            Window::new(0, 10_001).unwrap_err().kind(),
            crate::error::ErrorKind::Value
        );
        assert!(Window::new(0, 1).is_ok());
    }

    /// 4,000 windows of size 5: the share of pairs at distance d is (5 − d + 1)/5 within four standard
    /// deviations of a binomial, which are at most 0.032.
    #[test]
    fn reduced_windows_are_linear_on_average() {
        let tokens: Vec<u32> = (0..4_010).collect();
        let pairs = Window::new(0, 5).unwrap().reduced_pairs(&tokens, &mut seeded(3));
        for d in 1..=5 {
            let n = pairs
                .iter()
                .filter(|p| p.distance == d && p.centre < 4_000)
                .count();
            let share = n as f64 / 4_000.0;
            assert!(
                (share - (6 - d) as f64 / 5.0).abs() < 0.032,
                "distance {d}: {share}"
            );
        }
    }

    proptest! {
        /// Every pair is inside, and each pair of positions occurs once. A left window, mirrored, is a right
        /// one.
        #[test]
        fn pairs_are_the_places_within_the_window(n in 0_usize..12, left in 0_usize..5, right in 1_usize..5) {
            let places: Vec<usize> = (0..n).collect();
            let window = Window::new(left, right).unwrap();
            let pairs: Vec<_> = window.pairs(&places).iter().map(|p| (p.centre, p.context)).collect();
            let mut expected = Vec::new();
            for i in 0..n {
                for j in 0..n {
                    if window.weight_at(j as isize - i as isize) != 0.0 {
                        expected.push((i, j));
                    }
                }
            }
            prop_assert_eq!(&pairs, &expected);
            let mut mirrored: Vec<_> =
                Window::new(right, left).unwrap().pairs(&places).iter().map(|p| (p.context, p.centre)).collect();
            mirrored.sort_unstable();
            prop_assert_eq!(mirrored, expected);
        }
    }
}
