//! The shape of a space of vectors: is what belongs together near, is the rest spread out, and how many of
//! the dimensions are used?
//!
//! A loss that only pulls together has its minimum where all vectors are one point, and the loss does not
//! say so. These numbers do:
//!
//! ```text
//!     alignment        E ‖u − v‖²  over positive pairs                              0: equal          [1]
//!     uniformity       ln E e^(−2‖u − v‖²)  over all pairs      0: one point; the lower, the more even [1]
//!     effective rank   e^H  with  H = −Σ p ln p,  pₖ = σₖ/Σσ        1 to d: how many directions       [2]
//!     anisotropy       E cos(x, y)  over all pairs              0: no direction is preferred, 1: one  [3]
//!     collapsed        the share of directions along which there is next to nothing                   [4]
//!     within, between  mean distance of two of a class, of two of different classes
//! ```
//!
//! u and v are the vectors scaled to length 1 (a zero vector stays); σ are the singular values of the matrix,
//! as it is, of vectors. A direction, a principal axis around the mean, has collapsed if the standard
//! deviation along it is below 1 % of what it would be if the same vectors filled all directions evenly. All
//! pairs are those of two different rows, each once. Positive pairs are all pairs of a class, or two matrices
//! row by row.
//!
//! Many vectors that are spread evenly have a uniformity near −4 if d is large, where two independent
//! directions have ‖u − v‖² near 2, and near −1.57 in the plane (ln of `e⁻⁴ I₀(4)`). Few can be below that:
//! two opposite ones have −8.
//!
//! Cost: O(n² d) for n vectors of d numbers, and O(min(n, d)³) for the ranks.
//!
//! 1. Wang and Isola 2020, *Understanding Contrastive Representation Learning through Alignment and
//!    Uniformity on the Hypersphere*
//! 2. Roy and Vetterli 2007, *The Effective Rank: A Measure of Effective Dimensionality*
//! 3. Ethayarajh 2019, *How Contextual are Contextualized Word Representations?*
//! 4. Jing, Vincent, LeCun and Tian 2022, *Understanding Dimensional Collapse in Contrastive Self-supervised
//!    Learning*, where the spectrum is looked at; the bound of 1 % is ours

mod pairs;
mod spectrum;

use ndarray::{Array2, ArrayView2, Axis, concatenate};

use pairs::{Pairs, row};
use spectrum::{collapsed, rank_of, spectrum, wide};

use crate::math::{norm, squared_distance, unit_rows};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// What was measured of some vectors. A number is absent where there is no pair to measure it on.
#[derive(Clone, Copy, PartialEq)]
pub struct Geometry {
    /// How many vectors, and of how many numbers.
    pub shape: (usize, usize),
    /// Mean squared distance of positive pairs, on the unit sphere: 0 to 4.
    pub alignment: Option<f64>,
    /// ln of the mean of `e^(−2‖u−v‖²)`: −8 to 0, and 0 where all is one point.
    pub uniformity: Option<f64>,
    /// How many directions are used: 1 to the dimension; 0 if all vectors are zero.
    pub effective_rank: f64,
    /// Mean cosine of two vectors: about 0 to 1.
    pub anisotropy: Option<f64>,
    /// The share of directions that have collapsed: 0 to 1.
    pub collapsed: f64,
    /// Mean Euclidean distance of two vectors of a class.
    pub within: Option<f64>,
    /// Mean Euclidean distance of two vectors of different classes.
    pub between: Option<f64>,
}

/// The geometry of vectors, shape `(n, d)`, whose positive pairs are those with the same label.
///
/// # Errors
/// There is no vector, the labels are not as many as the vectors, or a number is not finite.
///
/// ```
/// use course::contrast::geometry;
/// let vectors = ndarray::array![[3.0, 0.0], [1.0, 0.0], [0.0, 2.0]];
/// let g = geometry(vectors.view(), &[7, 7, 9])?;
/// // Directions: two equal ones and one at a right angle, at the squared distance 2.
/// assert_eq!(g.alignment, Some(0.0));
/// assert!((g.uniformity.unwrap() - ((1.0 + 2.0 * (-4_f64).exp()) / 3.0).ln()).abs() < 1e-12);
/// assert!((g.anisotropy.unwrap() - 1.0 / 3.0).abs() < 1e-12);
/// // Distances: 2 within; √13 and √5 between.
/// assert_eq!(g.within, Some(2.0));
/// assert!((g.between.unwrap() - (13_f64.sqrt() + 5_f64.sqrt()) / 2.0).abs() < 1e-12);
/// assert_eq!(g.collapsed, 0.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn geometry(vectors: ArrayView2<f32>, labels: &[u32]) -> Result<Geometry> {
    if labels.len() != vectors.nrows() {
        let expected = format!("{}, one for each vector", vectors.nrows());
        return Err(Error::shape("the labels", expected, labels.len().to_string()));
    }
    let (x, u) = prepared(vectors)?;
    let pairs = Pairs::of(&x, &u, |i, j| labels[i] == labels[j]);
    let mut found = whole(&x, &u, &pairs)?;
    found.alignment = mean(pairs.positive_unit, pairs.n_within);
    found.within = mean(pairs.within, pairs.n_within);
    found.between = mean(pairs.between, pairs.n - pairs.n_within);
    Ok(found)
}

/// The geometry of two matrices of the same shape whose rows belong together, such as a text and its
/// translation. All but the alignment is measured on the rows of both together; `within` is the distance of a
/// row to its partner and `between` that of all others.
///
/// # Errors
/// There is no row, the shapes differ, or a number is not finite.
///
/// ```
/// use course::contrast::geometry_of_pairs;
/// let (x, y) = (ndarray::array![[1.0, 0.0], [0.0, 1.0]], ndarray::array![[0.0, 2.0], [0.0, 2.0]]);
/// let g = geometry_of_pairs(x.view(), y.view())?;
/// assert_eq!((g.shape, g.alignment), ((4, 2), Some(1.0))); // squared distances 2 and 0
/// # Ok::<(), course::Error>(())
/// ```
pub fn geometry_of_pairs(x: ArrayView2<f32>, y: ArrayView2<f32>) -> Result<Geometry> {
    if x.dim() != y.dim() {
        let [expected, got] = [x.dim(), y.dim()].map(|dim| format!("{dim:?}"));
        return Err(Error::shape("the second of each pair", expected, got));
    }
    let both = concatenate(Axis(0), &[x, y]);
    let both = both.map_err(|e| Error::shape("the pairs", "two matrices", e.to_string()))?;
    // Row i and its partner have the same label.
    let labels: Vec<u32> = (0..x.nrows() as u32).chain(0..x.nrows() as u32).collect();
    geometry(both.view(), &labels)
}

/// Alignment alone: the mean squared distance of the rows of `x` and of `y`, each scaled to length 1.
///
/// # Errors
/// There is no row, or the shapes differ.
///
/// ```
/// let (x, y) = (ndarray::array![[1.0, 0.0], [0.0, 1.0]], ndarray::array![[0.0, 2.0], [0.0, 2.0]]);
/// assert_eq!(course::contrast::alignment(x.view(), y.view())?, 1.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn alignment(x: ArrayView2<f32>, y: ArrayView2<f32>) -> Result<f64> {
    if x.dim() != y.dim() || x.nrows() == 0 {
        let (expected, got) = (format!("{:?} and a row", x.dim()), format!("{:?}", y.dim()));
        return Err(Error::shape("the second of each pair", expected, got));
    }
    let (u, v) = (unit_rows(&standard(x)), unit_rows(&standard(y)));
    let sum: f64 = (0..u.nrows())
        .map(|i| squared_distance(row(&u, i), row(&v, i)))
        .sum();
    Ok(sum / u.nrows() as f64)
}

/// Uniformity alone: `ln E e^(−2‖u−v‖²)` over all pairs of rows, each scaled to length 1.
///
/// # Errors
/// There are fewer than two rows.
///
/// ```
/// let opposite = ndarray::array![[1.0, 0.0], [-3.0, 0.0]];
/// assert_eq!(course::contrast::uniformity(opposite.view())?, -8.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn uniformity(vectors: ArrayView2<f32>) -> Result<f64> {
    let u = unit_rows(&standard(vectors));
    let pairs = Pairs::of(&u, &u, |_, _| false);
    mean(pairs.kernel, pairs.n)
        .map(f64::ln)
        .ok_or_else(|| Error::shape("the vectors", "at least 2", u.nrows().to_string()))
}

/// The effective rank alone: e to the entropy of the singular values, taken as shares of their sum.
///
/// # Errors
/// There is no vector, or a number is not finite.
///
/// ```
/// use course::contrast::effective_rank;
/// use ndarray::array;
/// assert!((effective_rank(array![[2.0, 0.0], [0.0, 2.0]].view())? - 2.0).abs() < 1e-9);
/// assert!((effective_rank(array![[1.0, 2.0], [2.0, 4.0]].view())? - 1.0).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
pub fn effective_rank(vectors: ArrayView2<f32>) -> Result<f64> {
    Ok(rank_of(&spectrum(&wide(&prepared(vectors)?.0))?))
}

/// The rows, and the rows scaled to length 1.
fn prepared(vectors: ArrayView2<f32>) -> Result<(Array2<f32>, Array2<f32>)> {
    if vectors.is_empty() {
        return Err(Error::shape(
            "the vectors",
            "at least one",
            format!("{:?}", vectors.dim()),
        ));
    }
    if let Some(x) = vectors.iter().find(|x| !x.is_finite()) {
        return Err(Error::value("the vectors", "finite numbers", x.to_string()));
    }
    let x = standard(vectors);
    let u = unit_rows(&x);
    Ok((x, u))
}

fn standard(vectors: ArrayView2<f32>) -> Array2<f32> {
    vectors.as_standard_layout().into_owned()
}

fn mean(sum: f64, n: usize) -> Option<f64> {
    (n > 0).then(|| sum / n as f64)
}

/// Everything but what needs labels.
fn whole(x: &Array2<f32>, u: &Array2<f32>, pairs: &Pairs) -> Result<Geometry> {
    let (n, d) = x.dim();
    // Σ over pairs of u·v is half of ‖Σ u‖² − Σ ‖u‖².
    let sum: Vec<f64> = (0..d)
        .map(|k| u.column(k).iter().map(|&x| f64::from(x)).sum())
        .collect();
    let squares: f64 = (0..n).map(|i| norm(row(u, i)).powi(2)).sum();
    let products = 0.5 * (sum.iter().map(|s| s * s).sum::<f64>() - squares);
    Ok(Geometry {
        shape: (n, d),
        alignment: None,
        uniformity: mean(pairs.kernel, pairs.n).map(f64::ln),
        effective_rank: rank_of(&spectrum(&wide(x))?),
        anisotropy: mean(products, pairs.n),
        collapsed: collapsed(x)?,
        within: None,
        between: None,
    })
}

impl Geometry {
    fn table(&self) -> Table {
        let rows = [
            ("alignment", self.alignment, "0: positive pairs are equal"),
            ("uniformity", self.uniformity, "0: one point; lower: more even"),
            (
                "effective rank",
                Some(self.effective_rank),
                "directions that are used",
            ),
            ("anisotropy", self.anisotropy, "mean cosine"),
            ("collapsed", Some(self.collapsed), "share of the directions"),
            ("within", self.within, "mean distance in a class"),
            ("between", self.between, "mean distance of two classes"),
        ];
        let (n, d) = self.shape;
        Table::new([
            Column::new("measure"),
            Column::new("value").decimals(4),
            Column::new(""),
        ])
        .rows(rows)
        .note(format!("{n} vectors of {d} numbers"))
    }
}

crate::show::shown_as_table!(Geometry);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::Rng as _;
    use rand_distr::StandardNormal;

    use super::*;
    use crate::rng::seeded;

    fn random(n: usize, d: usize, seed: u64) -> Array2<f32> {
        let mut rng = seeded(seed);
        Array2::from_shape_simple_fn((n, d), || rng.sample(StandardNormal))
    }

    fn numbers(g: &Geometry) -> [f64; 7] {
        let of = |x: Option<f64>| x.unwrap_or(-99.0);
        [
            of(g.alignment),
            of(g.uniformity),
            g.effective_rank,
            of(g.anisotropy),
            g.collapsed,
            of(g.within),
            of(g.between),
        ]
    }

    /// A turn by an angle in the plane of the first two axes, and another order of the rows.
    fn turned(x: &Array2<f32>, angle: f32) -> Array2<f32> {
        let mut y = x.clone();
        for mut row in y.outer_iter_mut() {
            let (a, b) = (row[0], row[1]);
            row[0] = angle.cos() * a - angle.sin() * b;
            row[1] = angle.sin() * a + angle.cos() * b;
        }
        y
    }

    proptest! {
        #[test]
        fn neither_a_rotation_nor_the_order_changes_it(seed in 0_u64..1000, angle in 0.0_f32..6.0) {
            let x = random(12, 4, seed);
            let labels: Vec<u32> = (0..12).map(|i| i % 3).collect();
            let expected = numbers(&geometry(x.view(), &labels).unwrap());
            let order: Vec<usize> = (0..12).rev().collect();
            let backwards: Vec<u32> = order.iter().map(|&i| labels[i] + 40).collect();
            let y = turned(&x, angle).select(Axis(0), &order);
            let got = numbers(&geometry(y.view(), &backwards).unwrap());
            // Rounding of the turn in `f32`.
            for (a, b) in expected.iter().zip(got) {
                prop_assert!((a - b).abs() < 1e-5, "{expected:?} {got:?}");
            }
        }
    }

    /// One point: nothing is spread, everything has collapsed, and the effective rank is 1.
    #[test]
    fn a_collapsed_space_is_seen() {
        let g = geometry(Array2::from_elem((5, 3), 2.0).view(), &[0, 0, 1, 1, 1]).unwrap();
        assert_eq!(
            (g.alignment, g.uniformity, g.collapsed),
            (Some(0.0), Some(0.0), 1.0)
        );
        assert!((g.effective_rank - 1.0).abs() < 1e-5 && (g.anisotropy.unwrap() - 1.0).abs() < 1e-6);
        assert_eq!((g.within, g.between), (Some(0.0), Some(0.0)));
        let zero = geometry(Array2::zeros((3, 2)).view(), &[0, 1, 2]).unwrap();
        assert_eq!(numbers(&zero), [-99.0, 0.0, 0.0, 0.0, 1.0, -99.0, 0.0]);
    }

    /// Normal vectors fill the sphere evenly: uniformity near −4 + 8/d, rank near the dimension. A dimension
    /// that is made a thousand times smaller has collapsed.
    #[test]
    fn an_even_spread_is_seen() {
        let mut x = random(800, 20, 1);
        let labels = vec![0; 800];
        let g = geometry(x.view(), &labels).unwrap();
        assert!((g.uniformity.unwrap() + 3.6).abs() < 0.1, "{g}");
        assert!(g.effective_rank > 19.8 && g.anisotropy.unwrap().abs() < 0.01 && g.collapsed == 0.0);
        assert!((g.alignment.unwrap() - 2.0).abs() < 0.01 && g.between.is_none());
        x.column_mut(3).mapv_inplace(|x| x / 1000.0);
        let g = geometry(x.view(), &labels).unwrap();
        assert!((g.collapsed - 0.05).abs() < 1e-9 && g.effective_rank < 19.5);
        // Fewer vectors than dimensions: eight of the twenty directions at most, less one for the mean.
        let few = geometry(random(8, 20, 2).view(), &[0; 8]).unwrap();
        assert!((few.collapsed - 13.0 / 20.0).abs() < 1e-9 && few.effective_rank < 8.0);
    }

    #[test]
    fn the_parts_are_those_of_the_whole() {
        let (x, y) = (random(6, 3, 1), random(6, 3, 2));
        let both = concatenate(Axis(0), &[x.view(), y.view()]).unwrap();
        let g = geometry_of_pairs(x.view(), y.view()).unwrap();
        let parts = [
            (alignment(x.view(), y.view()).unwrap(), g.alignment.unwrap()),
            (uniformity(both.view()).unwrap(), g.uniformity.unwrap()),
            (effective_rank(both.view()).unwrap(), g.effective_rank),
        ];
        for (part, whole) in parts {
            assert!((part - whole).abs() < 1e-12, "{part} {whole}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let x = random(3, 2, 1);
        let told = |r: Result<Geometry>| r.err().map(|e| e.to_string()).unwrap_or_default();
        assert_eq!(
            told(geometry(x.view(), &[1, 2])),
            "the labels: expected 3, one for each vector, got 2"
        );
        assert!(told(geometry(Array2::zeros((0, 2)).view(), &[])).contains("at least one"));
        assert!(told(geometry(ndarray::array![[f32::NAN]].view(), &[0])).contains("finite"));
        assert!(geometry_of_pairs(x.view(), random(2, 2, 1).view()).is_err());
        assert!(alignment(x.view(), random(2, 2, 1).view()).is_err());
        assert!(uniformity(random(1, 2, 1).view()).is_err());
    }
}
