//! How the tokens per word fall as the vocabulary grows: measured at some sizes, and a curve through them.
//!
//! With more tokens, more words are whole. But each new token is rarer than those before it (Zipf), so the
//! gain shrinks. A power law with a limit describes this well over the sizes in use:
//!
//! ```text
//! F(V) = f + a · V^(-b)
//! ```
//!
//! f is what is left when every word has its own token (above 1 where punctuation counts). For a given b the
//! curve is a straight line in V^(-b), so f and a are a linear least-squares fit. Only b is searched for, by
//! golden-section search. If the best line had a limit below 1, which no text has, f is held at 1.
//!
//! Left out: why it should be a power law. The curve is a description, to be trusted between the measured
//! sizes and a little beyond.

use super::compression::compression;
use crate::corpus::Texts;
use crate::plot::{self, Column, Curves, Table};
use crate::tokenize::Tokenizer;
use crate::{Error, Result};

/// The range in which the exponent is searched.
const EXPONENTS: (f64, f64) = (0.02, 3.0);
/// The golden ratio less 1: the part of the interval that each step of golden-section search keeps.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// F(V) = f + a V^(-b), and the points that it was fitted to.
#[derive(Clone, PartialEq)]
pub struct FertilityCurve {
    limit: f64,
    scale: f64,
    exponent: f64,
    points: Vec<(usize, f64)>,
}

impl FertilityCurve {
    /// The least-squares curve through the tokens per word at some sizes of the vocabulary.
    ///
    /// ```
    /// use course::tokenize::measures::FertilityCurve;
    /// let measured = [(1_000, 2.1), (4_000, 1.65), (16_000, 1.4), (64_000, 1.26)];
    /// let curve = FertilityCurve::fit(&measured)?;
    /// assert!((curve.at(8_000.0) - 1.5).abs() < 0.02);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fewer than three different sizes; a size of 0; tokens per word that are not a number above 0; points
    /// that rise with the size.
    pub fn fit(points: &[(usize, f64)]) -> Result<Self> {
        let mut points = points.to_vec();
        points.sort_by_key(|p| p.0);
        let n_sizes = points.chunk_by(|x, y| x.0 == y.0).count();
        if n_sizes < 3 {
            return Err(Error::shape(
                "the measured points",
                "at least three sizes of the vocabulary",
                n_sizes,
            ));
        }
        if let Some((v, f)) = points
            .iter()
            .find(|(v, f)| *v == 0 || !f.is_finite() || *f <= 0.0)
        {
            let got = format!("{f} tokens a word at {v}");
            return Err(Error::value("a measured point", "numbers above 0", got));
        }
        let (mut low, mut high) = EXPONENTS;
        // Each step leaves 0.618 of the interval; 60 steps are more than a double can tell.
        for _ in 0..60 {
            let (x, y) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
            if line(&points, x).2 <= line(&points, y).2 {
                high = y;
            } else {
                low = x;
            }
        }
        let exponent = (low + high) / 2.0;
        let (limit, scale, _) = line(&points, exponent);
        if scale <= 0.0 {
            return Err(Error::value(
                "the measured points",
                "fewer tokens a word where the vocabulary is larger",
                "a curve that rises",
            ));
        }
        Ok(Self {
            limit,
            scale,
            exponent,
            points,
        })
    }

    /// The curve with these numbers, without points.
    ///
    /// # Errors
    /// A limit or exponent that is not above 0; a negative scale.
    pub fn new(limit: f64, scale: f64, exponent: f64) -> Result<Self> {
        let fine = |x: f64| x.is_finite() && x > 0.0;
        if !(fine(limit) && fine(exponent) && scale.is_finite() && scale >= 0.0) {
            let got = format!("f = {limit}, a = {scale}, b = {exponent}");
            return Err(Error::value("the curve f + a V^(-b)", "f, b > 0 and a >= 0", got));
        }
        Ok(Self {
            limit,
            scale,
            exponent,
            points: Vec::new(),
        })
    }

    /// Counts all tokens per word for each tokenizer on `texts`, and fits the curve to these counts and the
    /// sizes of the vocabularies.
    ///
    /// A byte-pair encoding of n tokens contains all smaller ones, so one training is enough:
    ///
    /// ```
    /// use course::data::jargon;
    /// use course::tokenize::{Bpe, BpeTraining, Tokenizer, measures::FertilityCurve};
    /// let texts: Vec<&str> = jargon::entries().iter().map(|e| e.definition.as_str()).collect();
    /// let large = Bpe::train(&texts, &BpeTraining { vocab_size: 4_000, ..Default::default() })?;
    /// let sizes = [500, 1_000, 2_000, 4_000].map(|n| large.first(n));
    /// let tokenizers: Vec<Bpe> = sizes.into_iter().collect::<Result<_, _>>()?;
    /// let all: Vec<&dyn Tokenizer> = tokenizers.iter().map(|t| t as &dyn Tokenizer).collect();
    /// let curve = FertilityCurve::measure(&all, &texts)?;
    /// assert!(curve.at(2_000.0) < curve.at(1_000.0));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`FertilityCurve::fit`]; what reading the texts returns; texts without a word.
    pub fn measure(tokenizers: &[&dyn Tokenizer], texts: &dyn Texts) -> Result<Self> {
        let point = |t: &&dyn Tokenizer| {
            let c = compression(*t, texts)?;
            match c.n_words() {
                0 => Err(super::fold::nothing("at least one word")),
                _ => Ok((t.vocab_size(), c.tokens_per_word())),
            }
        };
        let points: Vec<(usize, f64)> = tokenizers.iter().map(point).collect::<Result<_>>()?;
        Self::fit(&points)
    }

    /// F(V): tokens per word with a vocabulary of `vocab_size`.
    pub fn at(&self, vocab_size: f64) -> f64 {
        self.limit + self.scale * vocab_size.powf(-self.exponent)
    }

    /// f: tokens per word with an infinite vocabulary.
    pub fn limit(&self) -> f64 {
        self.limit
    }

    /// a.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// b.
    pub fn exponent(&self) -> f64 {
        self.exponent
    }

    /// The measured sizes and tokens per word, by size.
    pub fn points(&self) -> &[(usize, f64)] {
        &self.points
    }

    /// The measured points beside the curve.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("vocabulary").grouped(),
            Column::new("tokens a word").decimals(3),
            Column::new("curve").decimals(3),
        ];
        Table::new(columns)
            .rows(self.points.iter().map(|&(v, f)| (v, f, self.at(v as f64))))
            .note(format!(
                "F(V) = {:.3} + {:.3} V^(-{:.3})",
                self.limit, self.scale, self.exponent
            ))
    }

    /// The curve and the points, on a logarithmic axis.
    pub fn plot(&self) -> Curves {
        let (low, high) = match self.points.as_slice() {
            [first, .., last] => (first.0 as f64, last.0 as f64),
            _ => (500.0, 500_000.0),
        };
        let at = |i: i32| low * (high / low).powf(f64::from(i) / 60.0);
        let line: Vec<(f64, f64)> = (0..=60).map(|i| (at(i), self.at(at(i)))).collect();
        let points: Vec<(f64, f64)> = self.points.iter().map(|&(v, f)| (v as f64, f)).collect();
        plot::curves()
            .line("measured", points)
            .line("f + a V^(-b)", line)
            .log_x()
            .x_label("size of the vocabulary V")
            .y_label("tokens a word F(V)")
    }
}

/// The best limit and scale for this exponent, and the sum of squares that they leave.
fn line(points: &[(usize, f64)], exponent: f64) -> (f64, f64, f64) {
    let xs = || points.iter().map(|p| (p.0 as f64).powf(-exponent));
    let ys = || points.iter().map(|p| p.1);
    let n = points.len() as f64;
    let (mx, my) = (xs().sum::<f64>() / n, ys().sum::<f64>() / n);
    let sxy: f64 = xs().zip(ys()).map(|(x, y)| (x - mx) * (y - my)).sum();
    let sxx: f64 = xs().map(|x| (x - mx) * (x - mx)).sum();
    let (mut limit, mut scale) = (my - sxy / sxx * mx, sxy / sxx);
    if limit < 1.0 {
        limit = my.min(1.0);
        scale = xs().zip(ys()).map(|(x, y)| x * (y - limit)).sum::<f64>() / xs().map(|x| x * x).sum::<f64>();
    }
    let left = xs().zip(ys()).map(|(x, y)| (y - limit - scale * x).powi(2)).sum();
    (limit, scale, left)
}

crate::show::shown_as_table!(FertilityCurve);
