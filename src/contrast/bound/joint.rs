//! A world of few things: a table p(x,c), from which everything follows by sums.
//!
//! ```text
//!     p(x) = Σ_c p(x,c)      r(x,c) = p(x,c) / (p(x) p(c))      I = Σ p(x,c) ln r(x,c)
//! ```
//!
//! Rows are x, columns are c.

use ndarray::{Array1, Array2, Axis};

use crate::math::AliasTable;
use crate::plot::{Cell, Column, Matrix, Table};
use crate::{Error, Result};

/// A table of probabilities p(x,c), shape `(n_x, n_c)`, which sum to 1.
///
/// ```
/// use course::contrast::bound::Joint;
/// // x agrees with c three times in four.
/// let world = Joint::new(ndarray::array![[3.0, 1.0], [1.0, 3.0]])?;
/// assert_eq!(world.ratio()[[0, 0]], 1.5); // p(x|c)/p(x) = (3/4) / (1/2)
/// let by_hand = 0.75 * 1.5_f64.ln() + 0.25 * 0.5_f64.ln();
/// assert!((world.mutual_information() - by_hand).abs() < 1e-15);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Joint {
    p: Array2<f64>,
    p_x: Array1<f64>,
    p_c: Array1<f64>,
}

impl Joint {
    /// The table with these weights, divided by their sum.
    ///
    /// # Errors
    /// There is no weight, one is negative or not finite, or all of a row or of a column are 0.
    pub fn new(weights: Array2<f64>) -> Result<Self> {
        if let Some(w) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0)) {
            let expected = "finite numbers from 0 on";
            return Err(Error::value("the weights of a table", expected, w.to_string()));
        }
        let sum = weights.sum();
        let p = weights / sum;
        let (p_x, p_c) = (p.sum_axis(Axis(1)), p.sum_axis(Axis(0)));
        if p.is_empty() || !p_x.iter().chain(&p_c).all(|&p| p > 0.0) {
            let (expected, got) = ("a weight above 0 in each row and column", "none in one of them");
            return Err(Error::value("the weights of a table", expected, got));
        }
        Ok(Self { p, p_x, p_c })
    }

    /// The table of these counts or weights, in any form in which a heat map takes its rows.
    ///
    /// # Errors
    /// As [`new`](Self::new), or the rows are not of one length.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// let world = Joint::of(vec![vec![3, 1], vec![1, 3]])?;
    /// assert_eq!(world.p()[[0, 1]], 0.125);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn of(counts: impl Matrix) -> Result<Self> {
        let rows = counts.rows_of_numbers();
        let (n_x, n_c) = (rows.len(), rows.first().map_or(0, Vec::len));
        if let Some(row) = rows.iter().find(|row| row.len() != n_c) {
            let expected = format!("{n_c} numbers, as many as the first");
            return Err(Error::shape("a row of a table", expected, row.len().to_string()));
        }
        Self::new(Array2::from_shape_fn((n_x, n_c), |(x, c)| rows[x][c]))
    }

    /// `n` things of which c is a noisy copy: with probability `1 − noise` it is x, else any of the `n`.
    /// Without noise the mutual information is ln n, with a noise of 1 it is 0.
    ///
    /// # Errors
    /// `n` is 0, or `noise` is not within 0 to 1.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// assert!((Joint::copies(10, 0.0)?.mutual_information() - 10_f64.ln()).abs() < 1e-12);
    /// assert!(Joint::copies(10, 1.0)?.mutual_information().abs() < 1e-12);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn copies(n: usize, noise: f64) -> Result<Self> {
        Error::from_0_to_1("the noise of copies", noise)?;
        let off = noise / n as f64;
        Self::new(Array2::from_shape_fn((n, n), |(x, c)| {
            off + if x == c { 1.0 - noise } else { 0.0 }
        }))
    }

    /// p(x,c), shape `(n_x, n_c)`.
    pub fn p(&self) -> &Array2<f64> {
        &self.p
    }

    /// p(x).
    pub fn p_x(&self) -> &Array1<f64> {
        &self.p_x
    }

    /// p(c).
    pub fn p_c(&self) -> &Array1<f64> {
        &self.p_c
    }

    /// p(x|c), shape `(n_x, n_c)`: each column sums to 1.
    pub fn conditional(&self) -> Array2<f64> {
        &self.p / &self.p_c
    }

    /// The density ratio r = p(x|c)/p(x), shape `(n_x, n_c)`.
    pub fn ratio(&self) -> Array2<f64> {
        self.conditional() / self.p_x.view().insert_axis(Axis(1))
    }

    /// The optimal score ln r, shape `(n_x, n_c)`; −∞ where x never comes with c.
    pub fn optimal_scores(&self) -> Array2<f64> {
        self.ratio().mapv(f64::ln)
    }

    /// I(x,c) in nats.
    pub fn mutual_information(&self) -> f64 {
        let ratio = self.ratio();
        let terms = self.p.iter().zip(&ratio).map(|(&p, &r)| match p {
            0.0 => 0.0,
            p => p * r.ln(),
        });
        terms.sum()
    }

    /// p(i|X,c) for each place i, from its definition: of the samples `xs`, number i was drawn from p(x|c)
    /// and the others from p(x). It is the softmax of the optimal scores, since the product of these factors
    /// is r(xᵢ,c) times that of all p(x_l).
    ///
    /// # Errors
    /// A sample or the context is not in the table, or `c` never comes with any of the samples.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// let world = Joint::new(ndarray::array![[3.0, 1.0], [1.0, 3.0]])?;
    /// // 1.5 / (1.5 + 0.5 + 0.5)
    /// let p = world.posterior(&[0, 1, 1], 0)?;
    /// assert!((p[0] - 0.6).abs() < 1e-15 && (p[1] - 0.2).abs() < 1e-15);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn posterior(&self, xs: &[usize], c: usize) -> Result<Vec<f64>> {
        let (n_x, n_c) = self.p.dim();
        if c >= n_c {
            return Err(Error::value("the context", format!("below {n_c}"), c.to_string()));
        }
        if let Some(x) = xs.iter().find(|&&x| x >= n_x) {
            return Err(Error::value("a sample", format!("below {n_x}"), x.to_string()));
        }
        let at_place = |i: usize| -> f64 {
            let factors = xs.iter().enumerate().map(|(l, &x)| match l == i {
                true => self.p[[x, c]] / self.p_c[c],
                false => self.p_x[x],
            });
            factors.product()
        };
        let joint: Vec<f64> = (0..xs.len()).map(at_place).collect();
        let sum: f64 = joint.iter().sum();
        if sum <= 0.0 {
            let expected = "samples of which one can come with the context";
            return Err(Error::value("the samples", expected, format!("{xs:?}")));
        }
        Ok(joint.into_iter().map(|p| p / sum).collect())
    }

    /// Draws from p(x,c), as the number `x · n_c + c`.
    pub(super) fn pairs(&self) -> Result<AliasTable> {
        AliasTable::new(&self.p.iter().copied().collect::<Vec<_>>())
    }

    /// The error unless `scores` has the shape of the table, no NaN and no +∞, and there are samples.
    pub(super) fn check(&self, scores: &Array2<f64>, n: usize) -> Result<()> {
        if scores.dim() != self.p.dim() {
            let [expected, got] = [self.p.dim(), scores.dim()].map(|dim| format!("{dim:?}"));
            return Err(Error::shape("the scores", expected, got));
        }
        if let Some(s) = scores.iter().find(|s| s.is_nan() || **s == f64::INFINITY) {
            return Err(Error::value("the scores", "numbers below ∞", s.to_string()));
        }
        if n == 0 {
            return Err(Error::value("the number of samples", "1 or more", "0"));
        }
        Ok(())
    }

    fn table(&self) -> Table {
        let contexts = (0..self.p_c.len()).map(|c| Column::new(format!("c {c}")).decimals(3).shaded());
        let columns = [Column::new("p(x,c)")].into_iter().chain(contexts);
        let columns = columns.chain([Column::new("p(x)").decimals(3)]);
        let mut table = Table::new(columns.collect::<Vec<_>>());
        for (x, row) in self.p.outer_iter().enumerate() {
            let cells = row.iter().map(|&p| Cell::from(p)).chain([self.p_x[x].into()]);
            table.push(
                [Cell::from(format!("x {x}"))]
                    .into_iter()
                    .chain(cells)
                    .collect::<Vec<_>>(),
            );
        }
        let (n_x, n_c) = self.p.dim();
        table.note(format!(
            "{n_x} × {n_c}, mutual information {:.4} nats",
            self.mutual_information()
        ))
    }
}

crate::show::shown_as_table!(Joint);
