//! Two spaces turned onto each other, to see which words have moved.
//!
//! Embeddings of two centuries, or two runs on one text, cannot be compared number by number. Training knows
//! angles and not axes, so each space comes out with a random rotation. Most words mean what they meant. The
//! rotation that brings the shared words nearest to each other ([`procrustes`]) therefore undoes the
//! difference, and a word that is still far from itself has changed (Hamilton, Leskovec and Jurafsky 2016,
//! "Diachronic Word Embeddings Reveal Statistical Laws of Semantic Change"):
//!
//! ```text
//!     R = argmin ‖A R − B‖     rows: the shared words' vectors, each of length 1
//!     change(w) = 1 − cos(a_w R, b_w)        0: as it was     1: nothing in common
//! ```
//!
//! Rare words seem to change most, because their vectors are mostly chance. So ask only for words that both
//! vocabularies counted often, and compare with two runs on the same text, which shows how much is noise.
//! Cost: see [`procrustes`].

use ndarray::Array2;

use super::{Embeddings, Neighbours};
use crate::corpus::Vocabulary;
use crate::math::{cosine_of, inner, matmul, norm, procrustes, unit_rows};
use crate::plot::{Column, Scatter, Table};
use crate::{Error, Result};

/// A space that has been rotated onto another.
#[derive(Clone)]
pub struct Alignment {
    /// The space that was rotated, and the one that it was rotated onto.
    from: Embeddings,
    to: Embeddings,
    rotation: Array2<f32>,
    n_shared: usize,
}

crate::show::shown_as_line!(Alignment, |this| {
    format!(
        "{} words turned onto {} words by {} shared ones",
        this.from.len(),
        this.to.len(),
        this.n_shared
    )
});

/// A word and how far it has moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The word.
    pub word: String,
    /// 1 − cosine: 0 to 2.
    pub change: f32,
    /// Its counts in the first and the second vocabulary.
    pub counts: [u64; 2],
}

crate::plot::shown_as_record!(Change);

/// The words that have moved most, the farthest first.
#[derive(Clone, PartialEq)]
pub struct Changes(Vec<Change>);

impl Embeddings {
    /// This space, rotated as a whole so that the words that both have are as near as possible to where `to`
    /// has them. Lengths and angles stay the same.
    ///
    /// # Errors
    /// The dimensions differ, or no word is in both.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// let words = |w: &str| Vocabulary::from_words(w.split(' ').map(String::from).collect());
    /// // The same plane, turned by a right angle.
    /// let old = ndarray::array![[1.0, 0.0], [0.9, 0.1], [0.8, 0.2], [0.0, 1.0], [0.1, 0.9]];
    /// let new = ndarray::array![[0.0, 1.0], [-0.1, 0.9], [-0.2, 0.8], [-1.0, 0.0], [-0.7, 0.1]];
    /// let old = Embeddings::new(words("cat dog rat engine cart")?, old)?;
    /// let new = Embeddings::new(words("cat dog rat engine wheel")?, new)?;
    /// let aligned = old.align(&new)?;
    /// assert!(aligned.change("cat")? < 0.01);
    /// // Nobody says cart any more. What instead?
    /// assert_eq!(aligned.counterparts("cart", 1)?.words(), ["wheel"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn align(&self, to: &Self) -> Result<Alignment> {
        self.align_on(to, self.words().iter().filter(|word| to.contains(word)))
    }

    /// The same with these words alone, for instance words that are known not to have changed.
    ///
    /// # Errors
    /// The dimensions differ; there is no word, or one is not in both.
    pub fn align_on<S: AsRef<str>>(
        &self,
        to: &Self,
        words: impl IntoIterator<Item = S>,
    ) -> Result<Alignment> {
        if self.dimension() != to.dimension() {
            let (expected, got) = (self.dimension().to_string(), to.dimension().to_string());
            return Err(Error::shape("the dimension of the other space", expected, got));
        }
        let words: Vec<S> = words.into_iter().collect();
        if words.is_empty() {
            return Err(Error::value("the shared words", "at least one", "none"));
        }
        let rows = |e: &Self| -> Result<Array2<f32>> {
            let ids = e.ids(words.iter())?;
            Ok(unit_rows(&e.rows(&ids)))
        };
        let found = procrustes(rows(self)?.view(), rows(to)?.view())?;
        let rotation = found.rotation.mapv(|x| x as f32);
        Ok(Alignment {
            from: Self::new(
                self.vocabulary().clone(),
                matmul(self.matrix().view(), rotation.view())?,
            )?,
            to: to.clone(),
            rotation,
            n_shared: words.len(),
        })
    }
}

impl Alignment {
    /// The space that was rotated, after the rotation.
    pub fn from(&self) -> &Embeddings {
        &self.from
    }

    /// The space that it was rotated onto, unchanged.
    pub fn to(&self) -> &Embeddings {
        &self.to
    }

    /// `R`, shape `(d, d)`; a row vector of the first space becomes `x R`.
    pub fn rotation(&self) -> &Array2<f32> {
        &self.rotation
    }

    /// How many words determined the rotation.
    pub fn n_shared(&self) -> usize {
        self.n_shared
    }

    /// How far `word` has moved: 1 − cosine of its two vectors, from 0 to 2.
    ///
    /// # Errors
    /// The word is not in both.
    pub fn change(&self, word: &str) -> Result<f32> {
        let (a, b) = (
            self.from.vocabulary().require(word)?,
            self.to.vocabulary().require(word)?,
        );
        Ok(self.between(a, b))
    }

    fn between(&self, a: u32, b: u32) -> f32 {
        let (a, b) = (self.from.row(a), self.to.row(b));
        (1.0 - cosine_of(inner(a, b), norm(a), norm(b))) as f32
    }

    /// The `k` words of the second space nearest to where `word` was in the first: what took its place.
    ///
    /// # Errors
    /// The first space has no such word, or the second has fewer than `k` words.
    pub fn counterparts(&self, word: &str, k: usize) -> Result<Neighbours> {
        self.to.neighbours_of(&self.from.vector(word)?, k)
    }

    /// The `k` words that have moved farthest, among those that both vocabularies counted at least
    /// `min_count` times. There may be fewer. Ties are in the order of the first vocabulary.
    pub fn changes(&self, k: usize, min_count: u64) -> Changes {
        let count = |e: &Embeddings, id: u32| {
            e.vocabulary()
                .counts()
                .get(id as usize)
                .copied()
                .unwrap_or_default()
        };
        let mut all: Vec<Change> = (0..)
            .zip(self.from.words())
            .filter_map(|(a, word)| {
                let b = self.to.vocabulary().id(word)?;
                let counts = [count(&self.from, a), count(&self.to, b)];
                let change = self.between(a, b);
                let word = word.clone();
                (counts.iter().all(|n| *n >= min_count)).then_some(Change { word, change, counts })
            })
            .collect();
        all.sort_by(|a, b| b.change.total_cmp(&a.change));
        all.truncate(k);
        Changes(all)
    }

    /// A map with an arrow for each of `words`, from where it was to where it is. The ends are named by
    /// `labels`, such as `["1850", "2000"]`. Around each end are the `k` nearest words of the second space.
    ///
    /// # Errors
    /// A word is not in both, no word is given, or the second space has fewer than `k` + 1 words.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let glove = Embeddings::glove();
    /// let map = glove.align(&glove)?.map_moves(["bank", "mouse"], ["then", "now"], 3)?;
    /// assert!(map.to_svg().contains("bank, now"));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn map_moves<S: AsRef<str>>(
        &self,
        words: impl IntoIterator<Item = S>,
        labels: [&str; 2],
        k: usize,
    ) -> Result<Scatter> {
        let (mut names, mut rows, mut around) = (Vec::new(), Vec::new(), Vec::new());
        let mut moved = 0;
        for word in words {
            let word = word.as_ref();
            for (space, label) in [(&self.from, labels[0]), (&self.to, labels[1])] {
                let vector = space.vector(word)?;
                names.push(format!("{word}, {label}"));
                // The word itself may be among them.
                let near = self.to.neighbours_of(&vector, k + 1)?;
                let others = near.found().iter().filter(|n| n.word != word).take(k);
                around.extend(others.map(|n| n.id));
                rows.push(vector.to_vec());
            }
            moved += 1;
        }
        around.sort_unstable();
        around.dedup();
        for id in around {
            names.extend(self.to.vocabulary().word(id).map(str::to_owned));
            rows.push(self.to.row(id).to_vec());
        }
        let shape = (rows.len(), self.to.dimension());
        let matrix = Array2::from_shape_fn(shape, |(i, j)| rows[i][j]);
        let shown = Embeddings::new(Vocabulary::from_words(names.clone())?, matrix)?;
        Ok(shown.map(names)?.arrows((0..moved).map(|i| (2 * i, 2 * i + 1))))
    }
}

impl Changes {
    /// The words with their changes, the farthest first.
    pub fn found(&self) -> &[Change] {
        &self.0
    }

    /// The words alone.
    pub fn words(&self) -> Vec<&str> {
        self.0.iter().map(|c| c.word.as_str()).collect()
    }

    /// As a table.
    pub fn table(&self) -> Table {
        let change = Column::new("change").decimals(3).bars();
        let columns = [
            Column::new("word"),
            change,
            Column::new("times before"),
            Column::new("times after"),
        ];
        Table::new(columns).rows((self.0.iter()).map(|c| (&c.word, c.change, c.counts[0], c.counts[1])))
    }
}

crate::show::shown_as_table!(Changes);

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::math::svd;

    fn random(n: usize, d: usize, seed: u64) -> Array2<f32> {
        let mut rng = crate::rng::seeded(seed);
        Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0))
    }

    fn named(n: usize, matrix: Array2<f32>) -> Embeddings {
        let words = (0..n).map(|i| format!("w{i}")).collect();
        Embeddings::new(Vocabulary::from_words(words).unwrap(), matrix).unwrap()
    }

    /// 200 words are rotated, and three of them are moved elsewhere: those three are found, and all others
    /// are where they were.
    #[test]
    fn the_words_that_moved_are_found() {
        let old = random(200, 20, 1);
        let turn = svd(&random(20, 20, 2).mapv(f64::from))
            .unwrap()
            .u
            .mapv(|x| x as f32);
        let mut new = old.dot(&turn);
        for (i, row) in [7, 70, 140].into_iter().zip(random(3, 20, 3).rows()) {
            new.row_mut(i).assign(&row);
        }
        let (old, new) = (named(200, old), named(200, new));
        let aligned = old.align(&new).unwrap();
        assert_eq!(aligned.n_shared(), 200);
        let mut words = aligned.changes(3, 1).words().join(" ");
        assert!(["w7", "w70", "w140"].iter().all(|w| words.contains(w)), "{words}");
        let all = aligned.changes(200, 1);
        let rest = &all.found()[3..];
        assert_eq!(rest.len(), 197);
        assert!(rest.iter().all(|c| c.change < 0.01), "{:?}", rest[0]);
        // Computed from words that did not move, the rotation is exact.
        let aligned = old.align_on(&new, (8..60).map(|i| format!("w{i}"))).unwrap();
        assert!(aligned.changes(200, 1).found()[3].change < 1e-6);
        assert!((aligned.rotation() - &turn).iter().all(|e| e.abs() < 1e-5));
        words = aligned.changes(9, 2).words().join(" ");
        assert_eq!(words, "", "every word was counted once");
    }

    /// A rotation keeps every cosine within the space.
    #[test]
    fn turning_changes_no_cosine() {
        let (old, new) = (named(30, random(30, 6, 5)), named(30, random(30, 6, 6)));
        let aligned = old.align(&new).unwrap();
        for i in 0..29 {
            let (a, b) = (format!("w{i}"), format!("w{}", i + 1));
            let before = old.cosine(&a, &b).unwrap();
            assert!((aligned.from().cosine(&a, &b).unwrap() - before).abs() < 1e-5);
        }
        assert_eq!(aligned.to(), &new);
    }

    #[test]
    fn bad_input_is_an_error() {
        let e = named(3, random(3, 2, 1));
        let error = |other: &Embeddings| e.align(other).err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(
            error(&named(3, random(3, 4, 1))),
            "the dimension of the other space: expected 2, got 4"
        );
        let strange = Vocabulary::from_words(vec!["x".into()]).unwrap();
        let strange = Embeddings::new(strange, random(1, 2, 1)).unwrap();
        assert_eq!(
            error(&strange),
            "the shared words: expected at least one, got none"
        );
        assert!(e.align_on(&e, ["nobody"]).is_err());
        let same = e.align(&e).unwrap();
        assert!(same.change("nobody").is_err() && same.counterparts("w0", 9).is_err());
        assert!(same.map_moves(["nobody"], ["a", "b"], 1).is_err());
        assert!(same.map_moves([""; 0], ["a", "b"], 1).is_err());
    }
}
