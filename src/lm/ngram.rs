//! n-grams: the next word is predicted by counting which words followed the last ones.
//!
//! Before there were networks, this was the language model: how often was *of the people* followed by *by*?
//! Most sequences of five words never occurred, so the counts of longer contexts are mixed with those of
//! shorter ones. **Kneser and Ney's** way to do it (1995; in the interpolated form of Chen and Goodman 1998)
//! takes a little, D, away from every count and gives it to the shorter context:
//!
//! ```text
//!              max(n(c, w) − D, 0)      D · kinds(c)
//! P(w | c)  =  ───────────────────  +  ────────────── · P(w | c without its first word)
//!                     n(c)                  n(c)
//! ```
//!
//! with n(c) = Σ_w n(c, w), and kinds(c) the number of different words that followed c. When no context is
//! left, the rest is shared evenly by all classes. A context that never occurred leaves everything to the
//! shorter one. The longest contexts have the counts of the text. The idea is in the shorter ones, which have
//! **continuation counts**: there, n(c, w) is the number of different words that came before *c w*.
//! `Francisco` is frequent, but follows only one word, so it is a bad guess after a word that was never seen.
//!
//! D is n₁ / (n₁ + 2 n₂), where n₁ and n₂ are the numbers of sequences with count 1 and 2 (Ney, Essen and
//! Kneser 1994). It is computed separately for each length, and is at least 0.1 and at most 0.9. A sentence
//! is preceded by ends of sentences, and predicted up to its end.
//!
//! Memory: a few dozen bytes for each different sequence of up to n words. It leaves out several discounts
//! for one length.

use std::collections::HashMap;

use super::{LanguageModel, TokenSet, WordTokens};
use crate::corpus::{Texts, Vocabulary};
use crate::{Error, Result};

/// Longer sequences are hardly ever seen twice.
const LONGEST: usize = 8;

/// How to count.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::NGram;
/// let texts = ["The cat sat. The dog sat. The cat ran."];
/// let model = NGram { order: 2, ..NGram::default() }.train(&texts, &Vocabulary::of(&texts, 1)?)?;
/// let p = |word| model.probability("the", word);
/// assert!(p("cat")? > p("dog")? && p("dog")? > p("ran")?);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NGram {
    /// How many words a sequence has: the context and the word that is predicted.
    pub order: usize,
    /// D for all lengths; if it is none, D is estimated for each length.
    pub discount: Option<f64>,
}

crate::plot::shown_as_record!(NGram);

impl Default for NGram {
    fn default() -> Self {
        Self {
            order: 3,
            discount: None,
        }
    }
}

/// What followed a context.
#[derive(Clone, Debug, Default)]
struct Followers {
    times: HashMap<u32, u64>,
    total: u64,
}

impl NGram {
    /// Counts the sequences of `texts`, sentence by sentence. All words that are not in `vocabulary` are one
    /// class.
    ///
    /// # Errors
    /// The order is not from 1 to 8, a discount is not between 0 and 1, there is no word, or the texts cannot
    /// be read.
    pub fn train(&self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<NGramModel> {
        if !(1..=LONGEST).contains(&self.order) {
            let expected = format!("1 to {LONGEST}");
            return Err(Error::value("the order", expected, self.order));
        }
        if let Some(d) = self.discount.filter(|d| !(*d > 0.0 && *d < 1.0)) {
            return Err(Error::value("the discount", "between 0 and 1", d));
        }
        let tokens = WordTokens::new(vocabulary.clone())?;
        let (classes, sentences) = (tokens.classes(), tokens.sequences(texts)?);
        // levels[n]: contexts of n words.
        let mut levels = vec![HashMap::<Vec<u32>, Followers>::new(); self.order];
        for sentence in &sentences {
            for (at, &word) in sentence.iter().enumerate() {
                let context: Vec<u32> = classes.context(sentence, at, self.order - 1).collect();
                add(&mut levels[self.order - 1], context, word, 1);
            }
        }
        // Every different sequence counts once for the sequence without its first word.
        for n in (1..self.order).rev() {
            let (shorter, longer) = levels.split_at_mut(n);
            for (context, followers) in &longer[0] {
                for &word in followers.times.keys() {
                    add(&mut shorter[n - 1], context[1..].to_vec(), word, 1);
                }
            }
        }
        let discounts = levels
            .iter()
            .map(|level| self.discount.unwrap_or_else(|| discount(level)));
        Ok(NGramModel {
            tokens,
            discounts: discounts.collect(),
            levels,
        })
    }
}

fn add(level: &mut HashMap<Vec<u32>, Followers>, context: Vec<u32>, word: u32, n: u64) {
    let followers = level.entry(context).or_default();
    *followers.times.entry(word).or_default() += n;
    followers.total += n;
}

/// n₁ / (n₁ + 2 n₂).
fn discount(level: &HashMap<Vec<u32>, Followers>) -> f64 {
    let all = || level.values().flat_map(|followers| followers.times.values());
    let (once, twice) = (
        all().filter(|n| **n == 1).count(),
        all().filter(|n| **n == 2).count(),
    );
    let d = once as f64 / (once + 2 * twice).max(1) as f64;
    d.clamp(0.1, 0.9)
}

/// Counted sequences. It owns everything that it needs.
#[derive(Clone)]
pub struct NGramModel {
    tokens: WordTokens,
    levels: Vec<HashMap<Vec<u32>, Followers>>,
    discounts: Vec<f64>,
}

impl NGramModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.tokens.vocabulary()
    }

    /// D for contexts of 0, 1, … words.
    pub fn discounts(&self) -> &[f64] {
        &self.discounts
    }

    /// P(word | context). Only the last words of the context count.
    ///
    /// # Errors
    /// `word` is not in the vocabulary.
    pub fn probability(&self, context: &str, word: &str) -> Result<f64> {
        let word = self.vocabulary().require(word)?;
        Ok(self.of_class(&self.last(&self.tokens.ids(context)), word))
    }

    /// The last `order − 1` tokens before the next one; positions before the beginning are ends.
    fn last(&self, before: &[u32]) -> Vec<u32> {
        let n = self.levels.len() - 1;
        self.tokens.classes().context(before, before.len(), n).collect()
    }

    /// P of a class after a context of `order − 1` classes, from the shortest context to the longest.
    fn of_class(&self, context: &[u32], class: u32) -> f64 {
        let mut p = 1.0 / self.tokens.len() as f64;
        for (n, (level, d)) in self.levels.iter().zip(&self.discounts).enumerate() {
            if let Some(followers) = level.get(&context[context.len() - n..]) {
                let times = followers.times.get(&class).map_or(0.0, |&n| n as f64);
                let (kinds, total) = (followers.times.len() as f64, followers.total as f64);
                p = (times - d).max(0.0) / total + d * kinds / total * p;
            }
        }
        p
    }
}

impl LanguageModel for NGramModel {
    fn tokens(&self) -> &dyn TokenSet {
        &self.tokens
    }

    /// ln P of each token.
    fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
        let before = self.last(context);
        let classes = 0..self.tokens.len() as u32;
        Ok(classes.map(|class| self.of_class(&before, class).ln()).collect())
    }

    /// Each position separately, without the probabilities of other tokens.
    fn log_probabilities(&self, sequences: &[Vec<u32>]) -> Result<Vec<Vec<f64>>> {
        let of_one = |sequence: &Vec<u32>| {
            let p = |at: usize| self.of_class(&self.last(&sequence[..at]), sequence[at]).ln();
            (0..sequence.len()).map(p).collect()
        };
        Ok(sequences.iter().map(of_one).collect())
    }
}

crate::show::shown_as_line!(NGramModel);

impl std::fmt::Display for NGramModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |level: &HashMap<Vec<u32>, Followers>| level.values().map(|x| x.times.len()).sum::<usize>();
        write!(
            f,
            "{}-grams of {} words:",
            self.levels.len(),
            self.vocabulary().len()
        )?;
        for (i, level) in self.levels.iter().enumerate() {
            write!(f, " {} of length {}", of(level), i + 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(texts: &[&str], words: &str, order: usize, d: f64) -> NGramModel {
        let vocabulary = Vocabulary::from_words(words.split(' ').map(String::from).collect()).unwrap();
        let settings = NGram {
            order,
            discount: Some(d),
        };
        settings.train(&texts, &vocabulary).unwrap()
    }

    fn all(model: &NGramModel, context: &[u32]) -> Vec<f64> {
        (0..model.tokens.len() as u32)
            .map(|class| model.of_class(context, class))
            .collect()
    }

    /// On paper: twice *a b*, once *a c*. Different pairs: (end) a, a b, a c, b (end), c (end); so b follows
    /// one word of five. P(b) = (1 − ½)/5 + ½·4/5 · 1/5 = 0.18, and P(b | a) = (2 − ½)/3 + ½·2/3 · 0.18 =
    /// 0.56.
    #[test]
    fn pairs_on_paper() {
        let model = model(&["A b. A b. A c."], "a b c", 2, 0.5);
        assert!((model.probability("a", "b").unwrap() - 0.56).abs() < 1e-12);
        // After a word that was never seen, the shorter context decides.
        assert!((model.probability("z", "b").unwrap() - 0.18).abs() < 1e-12);
    }

    /// Figures by the definition, in Python: tests/oracles/ngram.py.
    #[test]
    fn three_words_are_as_by_definition() {
        let texts = [
            "The cat sat on the mat.",
            "The dog sat on the log.",
            "A cat ran.",
            "The dog ran to the cat.",
        ];
        let model = model(&texts, "the cat sat on dog ran mat log", 3, 0.6);
        let expected = [
            (
                [0, 1],
                [
                    0.056842105263,
                    0.037894736842,
                    0.317894736842,
                    0.018947368421,
                    0.018947368421,
                    0.117894736842,
                    0.018947368421,
                    0.018947368421,
                    0.037894736842,
                    0.355789473684,
                ],
            ),
            (
                [1, 8],
                [
                    0.294736842105,
                    0.263157894737,
                    0.063157894737,
                    0.031578947368,
                    0.031578947368,
                    0.063157894737,
                    0.031578947368,
                    0.031578947368,
                    0.063157894737,
                    0.126315789474,
                ],
            ),
            (
                [9, 9],
                [
                    0.688421052632,
                    0.018947368421,
                    0.018947368421,
                    0.009473684211,
                    0.009473684211,
                    0.018947368421,
                    0.009473684211,
                    0.009473684211,
                    0.178947368421,
                    0.037894736842,
                ],
            ),
        ];
        for (context, expected) in expected {
            for (got, expected) in all(&model, &context).into_iter().zip(expected) {
                assert!((got - expected).abs() < 1e-11, "{context:?}: {got} {expected}");
            }
        }
    }

    #[test]
    fn probabilities_sum_to_one_after_every_context() {
        let text = crate::data::sotu::corpus().documents()[0].text.clone();
        let vocabulary = Vocabulary::of(&[text.as_str()], 2).unwrap();
        let model = NGram {
            order: 4,
            discount: None,
        }
        .train(&[text.as_str()], &vocabulary)
        .unwrap();
        for seed in 0..50_u32 {
            let n = model.tokens.len() as u32;
            let context = [seed * 7 % n, seed * 31 % n, seed % n];
            let sum: f64 = all(&model, &context).iter().sum();
            assert!((sum - 1.0).abs() < 1e-9, "{context:?} {sum}");
        }
        assert!(model.discounts().iter().all(|d| (0.1..=0.9).contains(d)));
    }
}
