//! Two sets row by row: row i of the first asks for row i of the second among all rows of the second.
//!
//! The rank of the right answer is 1 and as many as are not farther than it. Most others are told apart by a
//! matrix product in `f32`; where two are so close that rounding could decide, the distances are computed
//! again in `f64`. Cost: O(n² d) at the speed of a product, on all threads.

use ndarray::{ArrayView2, Axis, s};
use rayon::prelude::*;

use super::labels::check_k;
use super::space::Space;
use crate::loss::Distance;
use crate::math::matmul_into;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// Queries in a block of the product.
const BLOCK: usize = 64;
/// Products that differ by less than this share of the lengths are compared again: far above the rounding of
/// a sum of some thousand products in `f32`.
const CLOSE: f64 = 1e-4;

/// At which rank each query found its answer. Shows itself as a table.
#[derive(Clone, PartialEq)]
pub struct PairRetrieval {
    ranks: Vec<usize>,
}

/// Ranks the rows of `y` for each row of `x`, both of shape `(n, d)`. For the other direction, swap them.
///
/// # Errors
/// There is no row, the shapes differ, or a number is not finite.
///
/// ```
/// use course::contrast::retrieval_of_pairs;
/// use course::loss::Distance;
/// use ndarray::array;
/// let (english, german) = (array![[1.0, 0.0], [0.0, 1.0]], array![[0.9, 0.1], [0.8, 0.3]]);
/// let found = retrieval_of_pairs(english.view(), german.view(), Distance::Cosine)?;
/// assert_eq!(found.ranks(), [1, 1]);
/// // Backwards, both look like the first.
/// let back = retrieval_of_pairs(german.view(), english.view(), Distance::Cosine)?;
/// assert_eq!((back.ranks(), back.recall(1)?, back.mrr()), (&[1, 2][..], 0.5, 0.75));
/// assert_eq!(back.triplet_accuracy(), Some(0.5)); // one of two triplets is wrong
/// # Ok::<(), course::Error>(())
/// ```
pub fn retrieval_of_pairs(
    x: ArrayView2<f32>,
    y: ArrayView2<f32>,
    distance: Distance,
) -> Result<PairRetrieval> {
    if x.dim() != y.dim() || x.nrows() == 0 {
        let (expected, got) = (format!("{:?} and a row", x.dim()), format!("{:?}", y.dim()));
        return Err(Error::shape("the second of each pair", expected, got));
    }
    let (x, y) = (Space::new(x)?, Space::new(y)?);
    let blocks: Vec<usize> = (0..x.len()).step_by(BLOCK).collect();
    let ranks: Result<Vec<Vec<usize>>> = blocks
        .into_par_iter()
        .map(|from| block(&x, &y, from, distance))
        .collect();
    Ok(PairRetrieval {
        ranks: ranks?.concat(),
    })
}

/// The ranks of the queries from `from` on.
fn block(x: &Space, y: &Space, from: usize, distance: Distance) -> Result<Vec<usize>> {
    let (n, to) = (y.len(), (from + BLOCK).min(x.len()));
    let mut products = ndarray::Array2::zeros((to - from, n));
    matmul_into(x.rows.slice(s![from..to, ..]), y.rows.t(), products.view_mut())?;
    let rank = |(k, row): (usize, ndarray::ArrayView1<f32>)| {
        let i = from + k;
        // A number that is larger for what is nearer, and how far rounding can have moved it.
        let key = |j: usize| {
            let (product, of_x, of_y) = (f64::from(row[j]), x.norms[i], y.norms[j]);
            match distance {
                Distance::Cosine if of_x * of_y == 0.0 => (0.0, CLOSE),
                Distance::Cosine => (product / (of_x * of_y), CLOSE),
                Distance::Dot => (product, CLOSE * of_x * of_y),
                Distance::Euclidean | Distance::SquaredEuclidean => {
                    (product - 0.5 * of_y * of_y, CLOSE * of_y * (of_x + of_y))
                }
            }
        };
        let (own, own_error) = key(i);
        let exact = x.distance(i, y, i, distance);
        let not_farther = |j: &usize| {
            let (other, error) = key(*j);
            match (other - own).abs() > own_error + error {
                true => other > own,
                false => x.distance(i, y, *j, distance) <= exact,
            }
        };
        1 + (0..n).filter(|&j| j != i).filter(not_farther).count()
    };
    Ok(products.axis_iter(Axis(0)).enumerate().map(rank).collect())
}

impl PairRetrieval {
    /// The rank of each right answer, from 1.
    pub fn ranks(&self) -> &[usize] {
        &self.ranks
    }

    /// The share of queries whose answer is among the nearest `k`.
    ///
    /// # Errors
    /// `k` is 0 or more than there are rows.
    pub fn recall(&self, k: usize) -> Result<f64> {
        check_k(k, self.ranks.len())?;
        let found = self.ranks.iter().filter(|&&rank| rank <= k).count();
        Ok(found as f64 / self.ranks.len() as f64)
    }

    /// Mean reciprocal rank.
    pub fn mrr(&self) -> f64 {
        self.ranks.iter().map(|&rank| 1.0 / rank as f64).sum::<f64>() / self.ranks.len() as f64
    }

    /// The share of triplets of a query, its answer and another answer in which the first is nearer:
    /// 1 − the mean of (rank − 1) / (n − 1). None of a single pair.
    pub fn triplet_accuracy(&self) -> Option<f64> {
        let n = self.ranks.len();
        let wrong: usize = self.ranks.iter().map(|rank| rank - 1).sum();
        (n > 1).then(|| 1.0 - wrong as f64 / (n * (n - 1)) as f64)
    }

    /// The median rank: half of the queries need no more.
    pub fn median_rank(&self) -> usize {
        let mut ranks = self.ranks.clone();
        ranks.sort_unstable();
        ranks[(ranks.len() - 1) / 2]
    }

    fn table(&self) -> Table {
        let recalls = [1, 5, 10, 100].into_iter().filter_map(|k| {
            let recall = self.recall(k).ok()?;
            Some((format!("recall at {k}"), recall))
        });
        let rows = recalls.chain([("MRR".to_owned(), self.mrr())]);
        let note = format!("{} queries, median rank {}", self.ranks.len(), self.median_rank());
        let columns = [Column::new("measure"), Column::new("value").decimals(4)];
        Table::new(columns).rows(rows).note(note)
    }
}

crate::show::shown_as_table!(PairRetrieval);

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};
    use rand::Rng as _;

    use super::*;

    /// The rank by comparing all distances in `f64`.
    fn plain(x: &Array2<f32>, y: &Array2<f32>, distance: Distance) -> Vec<usize> {
        let (x, y) = (Space::new(x.view()).unwrap(), Space::new(y.view()).unwrap());
        let of = |i: usize, j: usize| x.distance(i, &y, j, distance);
        let rank = |i| (0..y.len()).filter(|&j| j == i || of(i, j) <= of(i, i)).count();
        (0..x.len()).map(rank).collect()
    }

    /// Also far from the origin, where distances by products have few digits, with equal rows, and with zero.
    #[test]
    fn the_ranks_are_those_of_exact_distances() {
        let mut rng = crate::rng::seeded(1);
        for shift in [0.0, 100.0] {
            let x = Array2::from_shape_simple_fn((150, 7), || shift + rng.random_range(-1.0..1.0_f32));
            let mut y = x.mapv(|x| x + rng.random_range(-0.5..0.5));
            for k in 0..40 {
                let row = y.row(k).to_owned();
                y.row_mut(149 - k).assign(&row);
            }
            y.row_mut(70).fill(0.0);
            for distance in [Distance::Euclidean, Distance::Cosine, Distance::Dot] {
                let found = retrieval_of_pairs(x.view(), y.view(), distance).unwrap();
                assert_eq!(found.ranks(), plain(&x, &y, distance), "{distance:?}, {shift}");
            }
        }
    }

    #[test]
    fn equal_answers_are_wrong_ones() {
        let x = Array2::from_elem((3, 2), 1.0);
        let found = retrieval_of_pairs(x.view(), x.view(), Distance::Cosine).unwrap();
        assert_eq!((found.ranks(), found.median_rank()), (&[3, 3, 3][..], 3));
        assert_eq!(found.triplet_accuracy(), Some(0.0));
        assert!(found.recall(4).unwrap_err().to_string().contains("1 to 3"));
        let other = array![[1.0, 1.0]];
        assert!(retrieval_of_pairs(x.view(), other.view(), Distance::Dot).is_err());
    }
}
