//! The share of analogies that embeddings answer with exactly the right word.
//!
//! The rule is the same as for one [`Analogy`](crate::embeddings::Analogy), but for thousands at once: the
//! scores of a block of questions with all words are matrix products.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::AnalogyQuestions;
use crate::Result;
use crate::embeddings::analogy::{EPSILON, product};
use crate::embeddings::{AnalogyMethod, Embeddings, Metric, nearest};
use crate::math::{inner, matmul_into, unit_rows};
use crate::plot::{Cell, Column, Table};

/// How many of a section's questions were answered right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionScore {
    /// The section.
    pub name: String,
    /// Questions answered right.
    pub n_right: usize,
    /// Questions whose four words are all known; only these were asked.
    pub n_covered: usize,
    /// All questions of the section.
    pub n_questions: usize,
}

crate::plot::shown_as_record!(SectionScore);

impl SectionScore {
    /// The share of right answers among the questions that were asked; 0 when none was.
    pub fn accuracy(&self) -> f32 {
        self.n_right as f32 / self.n_covered.max(1) as f32
    }

    fn add(mut self, other: &Self) -> Self {
        self.n_right += other.n_right;
        self.n_covered += other.n_covered;
        self.n_questions += other.n_questions;
        self
    }
}

/// How many questions of each section were answered right.
#[derive(Clone, PartialEq, Eq)]
pub struct AnalogyAccuracy {
    sections: Vec<SectionScore>,
}

impl Embeddings {
    /// Asks all questions whose four words are known. An answer is right when the best one is the fourth
    /// word.
    ///
    /// # Errors
    /// Never in practice: a question that cannot be asked is left out.
    ///
    /// ```
    /// use course::embeddings::{AnalogyMethod, Embeddings, evaluation::AnalogyQuestions};
    /// let text = ": family\nman woman king queen\nman woman boy girl\nman woman xyzzy queen\n";
    /// let questions = AnalogyQuestions::parse("mine", text)?;
    /// let accuracy = Embeddings::glove().analogy_accuracy(&questions, AnalogyMethod::Add)?;
    /// assert_eq!((accuracy.total().n_right, accuracy.total().n_covered), (2, 2));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn analogy_accuracy(
        &self,
        questions: &AnalogyQuestions,
        method: AnalogyMethod,
    ) -> Result<AnalogyAccuracy> {
        let units = unit_rows(self.matrix());
        let mut sections = Vec::new();
        for (name, questions) in questions.sections() {
            let known: Vec<[u32; 4]> = (questions.iter())
                .filter_map(|[a, b, c, d]| {
                    let id = |word: &str| self.vocabulary().id(word);
                    Some([id(a)?, id(b)?, id(c)?, id(d)?])
                })
                .collect();
            let answers = match method {
                AnalogyMethod::Add => self.answers_by_sum(&known)?,
                AnalogyMethod::Mul => answers_by_product(&units, &known)?,
            };
            sections.push(SectionScore {
                name: name.clone(),
                n_right: known
                    .iter()
                    .zip(&answers)
                    .filter(|(q, answer)| Some(q[3]) == **answer)
                    .count(),
                n_covered: known.len(),
                n_questions: questions.len(),
            });
        }
        Ok(AnalogyAccuracy { sections })
    }

    fn answers_by_sum(&self, questions: &[[u32; 4]]) -> Result<Vec<Option<u32>>> {
        let mut targets = Array2::zeros((questions.len(), self.dimension()));
        for (mut row, &[a, b, c, _]) in targets.outer_iter_mut().zip(questions) {
            row.iter_mut()
                .zip(self.parallelogram([a, b, c]).iter())
                .for_each(|(x, &y)| *x = y);
        }
        // The best word that is none of the three is among the best four.
        let found = nearest(
            self.matrix().view(),
            targets.view(),
            self.len().clamp(1, 4),
            Metric::Cosine,
        )?;
        let answer = |(q, ids): (&[u32; 4], ndarray::ArrayView1<u32>)| {
            ids.iter().copied().find(|id| !q[..3].contains(id))
        };
        Ok(questions.iter().zip(found.ids.outer_iter()).map(answer).collect())
    }
}

/// Questions in a block. Three rows of `n_words` scores are kept for each.
const BLOCK: usize = 32;

/// A score in `f32` that is this close to the best one is computed again in `f64`. The bound is far larger
/// than the rounding error of the sums.
const CLOSE: f32 = 1e-3;

fn answers_by_product(units: &Array2<f32>, questions: &[[u32; 4]]) -> Result<Vec<Option<u32>>> {
    let blocks: Vec<Vec<Option<u32>>> = questions
        .par_chunks(BLOCK)
        .map(|block| {
            // Cosines of a, b and c of each question with all words: three of (block, n_words).
            let mut cosines = [0, 1, 2].map(|_| Array2::zeros((block.len(), units.nrows())));
            for (place, out) in cosines.iter_mut().enumerate() {
                let ids: Vec<usize> = block.iter().map(|q| q[place] as usize).collect();
                matmul_into(units.select(Axis(0), &ids).view(), units.t(), out.view_mut())?;
            }
            Ok(block
                .iter()
                .enumerate()
                .map(|(i, q)| best_product(units, q, i, &cosines))
                .collect())
        })
        .collect::<Result<_>>()?;
    Ok(blocks.concat())
}

fn best_product(units: &Array2<f32>, q: &[u32; 4], i: usize, cosines: &[Array2<f32>; 3]) -> Option<u32> {
    let [a, b, c] = cosines;
    let plus = |cosine: f32| (cosine + 1.0) / 2.0;
    let rough = |d: usize| plus(b[[i, d]]) * plus(c[[i, d]]) / (plus(a[[i, d]]) + EPSILON as f32);
    let others = || (0..units.nrows()).filter(|&d| !q[..3].contains(&(d as u32)));
    let best = others().map(rough).fold(0.0, f32::max);
    let row = |id: usize| units.index_axis(Axis(0), id).to_slice().unwrap_or(&[]);
    let exact = |d: usize| product([q[0], q[1], q[2]].map(|id| inner(row(id as usize), row(d))));
    let close = others()
        .filter(|&d| rough(d) >= best * (1.0 - CLOSE))
        .map(|d| (exact(d), d));
    let best = close.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
    best.map(|(_, d)| d as u32)
}

impl AnalogyAccuracy {
    /// Each section's score.
    pub fn sections(&self) -> &[SectionScore] {
        &self.sections
    }

    /// All sections together.
    pub fn total(&self) -> SectionScore {
        self.sum("all", |_| true)
    }

    /// The sections about meaning: in Google's set, those whose names do not begin with "gram".
    pub fn semantic(&self) -> SectionScore {
        self.sum("semantic", |name| !name.starts_with("gram"))
    }

    /// The sections about grammar: in Google's set, those whose names begin with "gram".
    pub fn syntactic(&self) -> SectionScore {
        self.sum("syntactic", |name| name.starts_with("gram"))
    }

    fn sum(&self, name: &str, which: impl Fn(&str) -> bool) -> SectionScore {
        let start = SectionScore {
            name: name.to_owned(),
            ..SectionScore::default()
        };
        self.sections
            .iter()
            .filter(|s| which(&s.name))
            .fold(start, SectionScore::add)
    }

    /// As a table: a row for each section, then the sums.
    pub fn table(&self) -> Table {
        let sums = [self.semantic(), self.syntactic(), self.total()];
        let accuracy = Column::new("right").percent(1).bars().range(0.0, 1.0);
        Table::new([
            Column::new("section"),
            accuracy,
            Column::new("asked"),
            Column::new("questions"),
        ])
        .rows(
            self.sections
                .iter()
                .chain(sums.iter().filter(|s| s.n_questions > 0))
                .map(|s| {
                    let share = if s.n_covered == 0 {
                        Cell::empty()
                    } else {
                        Cell::from(s.accuracy())
                    };
                    (s.name.clone(), share, s.n_covered, s.n_questions)
                }),
        )
    }
}

crate::show::shown_as_table!(AnalogyAccuracy);

#[cfg(test)]
mod tests {
    use super::*;

    /// Every answer is the same as that of the single question.
    #[test]
    fn many_at_once_are_the_single_ones() {
        let e = Embeddings::glove().first(3000).unwrap();
        let words = "man woman king queen paris france london england good better bad worse he she";
        let words: Vec<&str> = words.split(' ').filter(|w| e.contains(w)).collect();
        let n = words.len();
        let mut lines = vec![": all".to_owned()];
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i) {
                lines.push([i, j, (i + j) % n, (i + 2 * j) % n].map(|k| words[k]).join(" "));
            }
        }
        for method in [AnalogyMethod::Add, AnalogyMethod::Mul] {
            // The fourth word is the single question's answer, so all are right.
            let answered: Vec<String> = (lines[1..].iter())
                .map(|line| {
                    let [a, b, c, _] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
                    let answer = e.analogy_by(a, b, c, 1, method).unwrap();
                    format!("{a} {b} {c} {}", answer.answer())
                })
                .collect();
            let questions = AnalogyQuestions::parse("q", &answered.join("\n")).unwrap();
            let total = e.analogy_accuracy(&questions, method).unwrap().total();
            assert_eq!(
                (total.n_right, total.n_covered),
                (n * (n - 1), n * (n - 1)),
                "{method:?}"
            );
            let questions = AnalogyQuestions::parse("q", &lines.join("\n")).unwrap();
            let total = e.analogy_accuracy(&questions, method).unwrap().total();
            assert!(total.n_right < total.n_covered / 2);
        }
    }

    #[test]
    fn sections_are_summed() {
        let text = ": family\nman woman king queen\n: gram1-x\nman woman king king\nxyzzy a b c\n";
        let questions = AnalogyQuestions::parse("q", text).unwrap();
        let accuracy = Embeddings::glove()
            .analogy_accuracy(&questions, AnalogyMethod::Add)
            .unwrap();
        let counts = |s: SectionScore| (s.n_right, s.n_covered, s.n_questions);
        assert_eq!(counts(accuracy.semantic()), (1, 1, 1));
        assert_eq!(counts(accuracy.syntactic()), (0, 1, 2));
        assert_eq!(counts(accuracy.total()), (1, 2, 3));
        assert_eq!(accuracy.total().accuracy(), 0.5);
    }
}
