//! "Man is to king as woman is to …": the word that completes a parallelogram.
//!
//! For a : b = c : ?, over all words `d` except a, b and c themselves,
//!
//! ```text
//! 3CosAdd   d = argmax cos(d, b − a + c) = argmax  cos(d, b) − cos(d, a) + cos(d, c)    vectors of length 1
//! 3CosMul   d = argmax cos⁺(d, b) · cos⁺(d, c) / (cos⁺(d, a) + ε)     cos⁺ = (cos + 1)/2
//! ```
//!
//! In the sum, one large term can decide alone; the product needs all three (Levy and Goldberg 2014,
//! "Linguistic Regularities in Sparse and Explicit Word Representations"). Leaving out the three words is
//! part of the method. Without it the answer is mostly b or c, which shows how short a − b is.

use rayon::prelude::*;

use super::neighbours::scored;
use super::{Embeddings, Metric, Neighbour, Vector};
use crate::math::{cosine_of, inner, norm};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// How the answer of an [`Analogy`] is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnalogyMethod {
    /// 3CosAdd: the largest cosine to b − a + c.
    #[default]
    Add,
    /// 3CosMul: the largest product of the cosines to b and c, divided by that to a.
    Mul,
}

/// Keeps 3CosMul from dividing by zero; the paper's value.
pub(super) const EPSILON: f64 = 0.001;

/// The best answers to a : b = c : ?, the best first.
#[derive(Clone, PartialEq)]
pub struct Analogy {
    question: [String; 3],
    method: AnalogyMethod,
    found: Vec<Neighbour>,
}

impl Embeddings {
    /// `a` is to `b` as `c` is to …: the `k` best answers by 3CosAdd. The three words are left out.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or there are fewer than `k` others.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// // Two dimensions: royal or not, female or male.
    /// let words = ["man", "woman", "king", "queen", "apple"].map(String::from).to_vec();
    /// let numbers = ndarray::array![[0.1, 1.0], [0.1, -1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, 0.0]];
    /// let e = Embeddings::new(Vocabulary::from_words(words)?, numbers)?;
    /// assert_eq!(e.analogy("man", "king", "woman", 1)?.answer(), "queen");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn analogy(&self, a: &str, b: &str, c: &str, k: usize) -> Result<Analogy> {
        self.analogy_by(a, b, c, k, AnalogyMethod::Add)
    }

    /// `a` is to `b` as `c` is to …: the `k` best answers by either method. The three words are left out.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or there are fewer than `k` others.
    pub fn analogy_by(&self, a: &str, b: &str, c: &str, k: usize, method: AnalogyMethod) -> Result<Analogy> {
        let ids = [
            self.vocabulary().require(a)?,
            self.vocabulary().require(b)?,
            self.vocabulary().require(c)?,
        ];
        let found = match method {
            AnalogyMethod::Add => {
                let target = self.parallelogram(ids);
                self.nearest_without("", &target, &ids, k, Metric::Cosine)?
                    .found()
                    .to_vec()
            }
            AnalogyMethod::Mul => self.largest_products(ids, k)?,
        };
        Ok(Analogy {
            question: [a, b, c].map(str::to_owned),
            method,
            found,
        })
    }

    /// b − a + c of vectors of length 1.
    pub(super) fn parallelogram(&self, [a, b, c]: [u32; 3]) -> Vector {
        let [a, b, c] = [a, b, c].map(|id| self.row(id));
        let [na, nb, nc] = [a, b, c].map(|v| norm(v).max(f64::MIN_POSITIVE));
        let numbers: Vec<f32> = (a.iter().zip(b).zip(c))
            .map(|((&a, &b), &c)| (f64::from(b) / nb - f64::from(a) / na + f64::from(c) / nc) as f32)
            .collect();
        numbers.into()
    }

    fn largest_products(&self, question: [u32; 3], k: usize) -> Result<Vec<Neighbour>> {
        let mut left_out = question.to_vec();
        left_out.sort_unstable();
        left_out.dedup();
        let others = self.len() - left_out.len();
        if !(1..=others).contains(&k) {
            let expected = format!("1 to {others}, as many other words as there are");
            return Err(Error::value("the number of answers", expected, k));
        }
        let norms = question.map(|id| norm(self.row(id)));
        let mut scores: Vec<(f64, u32)> = (0..self.len() as u32)
            .into_par_iter()
            .with_min_len(256)
            .filter(|id| !left_out.contains(id))
            .map(|id| {
                let d = self.row(id);
                let norm_d = norm(d);
                let [a, b, c] =
                    [0, 1, 2].map(|i| cosine_of(inner(d, self.row(question[i])), norm_d, norms[i]));
                (product([a, b, c]), id)
            })
            .collect();
        scores.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        scores.truncate(k);
        let named = |(score, id): (f64, u32)| Neighbour {
            word: self.vocabulary().word(id).unwrap_or_default().to_owned(),
            id,
            score: score as f32,
        };
        Ok(scores.into_iter().map(named).collect())
    }
}

/// The score of 3CosMul, computed from the cosines to a, b and c.
pub(crate) fn product(cosines: [f64; 3]) -> f64 {
    let [a, b, c] = cosines.map(|cosine| (cosine + 1.0) / 2.0);
    b * c / (a + EPSILON)
}

impl Analogy {
    /// The best answer.
    pub fn answer(&self) -> &str {
        self.found.first().map_or("", |n| n.word.as_str())
    }

    /// The answers with their scores, the best first: a cosine, or the quotient of 3CosMul.
    pub fn found(&self) -> &[Neighbour] {
        &self.found
    }

    /// As a table, with a bar for each score.
    pub fn table(&self) -> Table {
        let [a, b, c] = &self.question;
        let table = match self.method {
            AnalogyMethod::Add => scored(&self.found, Metric::Cosine),
            AnalogyMethod::Mul => {
                Table::new([Column::new("word"), Column::new("quotient").decimals(3).bars()])
                    .rows(self.found.iter().map(|n| (&n.word, n.score)))
            }
        };
        table.title(format!("{a} is to {b} as {c} is to …"))
    }
}

crate::show::shown_as_table!(Analogy);

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::Rng;

    use super::*;
    use crate::corpus::Vocabulary;

    fn random(n: usize, d: usize) -> Embeddings {
        let mut rng = crate::rng::seeded(1);
        let words = Vocabulary::from_words((0..n).map(|i| format!("w{i}")).collect()).unwrap();
        Embeddings::new(
            words,
            Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0)),
        )
        .unwrap()
    }

    /// The formulas as the paper writes them, word by word.
    #[test]
    fn both_methods_are_their_formulas() {
        let e = random(60, 5);
        let cos = |x: usize, y: &str| f64::from(e.cosine(&format!("w{x}"), y).unwrap());
        let best = |score: &dyn Fn(usize) -> f64| {
            let others = (0..60).filter(|i| ![3, 14, 15].contains(i));
            format!(
                "w{}",
                others.max_by(|&i, &j| score(i).total_cmp(&score(j))).unwrap()
            )
        };
        let add = best(&|d| cos(d, "w14") - cos(d, "w3") + cos(d, "w15"));
        assert_eq!(e.analogy("w3", "w14", "w15", 5).unwrap().answer(), add);
        let plus = |d, w| (cos(d, w) + 1.0) / 2.0;
        let mul = best(&|d| plus(d, "w14") * plus(d, "w15") / (plus(d, "w3") + 0.001));
        let found = e.analogy_by("w3", "w14", "w15", 5, AnalogyMethod::Mul).unwrap();
        assert_eq!(found.answer(), mul);
        assert!(found.found().is_sorted_by(|a, b| a.score >= b.score));
    }

    /// Cosines on paper: a = (1, 0), b = (0, 1), c = (1, 0), and d one of (0, 1)·2 and (−1, 0). For the first
    /// d, the cosines 0, 1, 0 become ½, 1, ½, so the product is 1 · ½ / (½ + 0.001) = 0.998. For the second,
    /// −1, 0, −1 become 0, ½, 0, and the product is 0.
    #[test]
    fn the_product_on_paper() {
        let words = Vocabulary::from_words("a b c d e".split(' ').map(String::from).collect()).unwrap();
        let vectors = ndarray::array![[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 2.0], [-1.0, 0.0]];
        let e = Embeddings::new(words, vectors).unwrap();
        let found = e.analogy_by("a", "b", "c", 2, AnalogyMethod::Mul).unwrap();
        assert_eq!(found.answer(), "d");
        let scores: Vec<f32> = found.found().iter().map(|n| n.score).collect();
        assert!(
            (scores[0] - 0.5 / 0.501).abs() < 1e-6 && scores[1].abs() < 1e-6,
            "{scores:?}"
        );
    }

    /// gensim 4.4's answers with the built-in vectors, from tests/oracles/cosmul.py, in its order. gensim
    /// adds 10⁻⁶ to the denominator and the paper 0.001, so the scores agree when each is multiplied by its
    /// own denominator. Six digits are printed.
    #[test]
    fn the_products_are_gensims() {
        let glove = Embeddings::glove();
        let gensim = [
            (
                ["man", "king", "woman"],
                "queen throne elizabeth princess daughter",
                [0.928_882, 0.882_326, 0.878_932, 0.876_728, 0.870_490],
            ),
            (
                ["france", "paris", "italy"],
                "rome milan venice turin madrid",
                [0.932_087, 0.894_102, 0.891_445, 0.889_258, 0.884_363],
            ),
            (
                ["good", "better", "bad"],
                "worse too unfortunately hurt because",
                [0.971_096, 0.932_842, 0.927_567, 0.925_998, 0.925_306],
            ),
        ];
        for ([a, b, c], words, scores) in gensim {
            let found = glove.analogy_by(a, b, c, 5, AnalogyMethod::Mul).unwrap();
            let ours: Vec<&str> = found.found().iter().map(|n| n.word.as_str()).collect();
            assert_eq!(ours.join(" "), words);
            for (n, score) in found.found().iter().zip(scores) {
                let below = f64::from(glove.cosine(a, &n.word).unwrap() + 1.0) / 2.0;
                let product = f64::from(n.score) * (below + EPSILON);
                assert!((product - score * (below + 1e-6)).abs() < 1e-6, "{}", n.word);
            }
        }
    }

    #[test]
    fn all_other_words_can_be_asked_for_and_no_more() {
        let e = random(10, 3);
        for method in [AnalogyMethod::Add, AnalogyMethod::Mul] {
            let all = e.analogy_by("w0", "w1", "w0", 8, method).unwrap();
            assert!(all.found().iter().all(|n| n.id > 1));
            assert!(
                e.analogy_by("w0", "w1", "w2", 8, method)
                    .unwrap_err()
                    .to_string()
                    .contains("1 to 7")
            );
            assert!(e.analogy_by("w0", "w1", "w2", 0, method).is_err());
        }
    }
}
