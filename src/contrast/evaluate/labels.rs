//! Vectors with labels: each asks for those of its own class.
//!
//! Cost: O(n² (d + log n)), on all threads; n numbers a query.

use ndarray::ArrayView2;
use rayon::prelude::*;

use super::space::Space;
use crate::loss::Distance;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// What one query found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The number of the vector that asked.
    pub query: u32,
    /// R: how many others its class has.
    pub others: usize,
    /// The rank of the first of them, from 1.
    pub first: usize,
    /// The share of the nearest R that are of the class.
    pub r_precision: f64,
    /// The average precision within the nearest R.
    pub ap_at_r: f64,
    /// The average precision over all ranks.
    pub ap: f64,
    /// How many triplets of the query, one of its class and one of another class are right.
    pub right_triplets: usize,
}

crate::plot::shown_as_record!(Ranked);

/// What all queries found. Shows itself as a table.
#[derive(Clone, PartialEq)]
pub struct Retrieval {
    n: usize,
    queries: Vec<Ranked>,
}

/// Ranks all vectors, shape `(n, d)`, for each of them.
///
/// # Errors
/// The labels are not as many as the vectors, a number is not finite, or no label is there twice.
///
/// ```
/// use course::contrast::retrieval;
/// use course::loss::Distance;
/// // Five points on a line; the first, second and fourth are of one class.
/// let x = ndarray::array![[0.0], [1.0], [2.1], [3.3], [10.0]];
/// let found = retrieval(x.view(), &[0, 0, 1, 0, 2], Distance::Euclidean)?;
/// // 0 finds 1 first, 1 finds 0 first, 3.3 finds 2.1, which is wrong, and then 1.
/// assert_eq!((found.queries().len(), found.left_out()), (3, 2));
/// assert!((found.recall(1)? - 2.0 / 3.0).abs() < 1e-12 && found.recall(2)? == 1.0);
/// assert_eq!(found.r_precision(), 0.5);
/// assert!((found.mrr() - (1.0 + 1.0 + 0.5) / 3.0).abs() < 1e-12);
/// # Ok::<(), course::Error>(())
/// ```
pub fn retrieval(vectors: ArrayView2<f32>, labels: &[u32], distance: Distance) -> Result<Retrieval> {
    if labels.len() != vectors.nrows() {
        let expected = format!("{}, one for each vector", vectors.nrows());
        return Err(Error::shape("the labels", expected, labels.len().to_string()));
    }
    let space = Space::new(vectors)?;
    let ranked: Vec<Option<Ranked>> = (0..space.len())
        .into_par_iter()
        .map(|i| rank(&space, labels, i, distance))
        .collect();
    let queries: Vec<Ranked> = ranked.into_iter().flatten().collect();
    if queries.is_empty() {
        let expected = "a label that two vectors have";
        return Err(Error::value(
            "the labels",
            expected,
            format!("{} different ones", labels.len()),
        ));
    }
    Ok(Retrieval {
        n: space.len(),
        queries,
    })
}

/// None if the vector is alone in its class.
fn rank(space: &Space, labels: &[u32], query: usize, distance: Distance) -> Option<Ranked> {
    let mut others: Vec<(f64, bool)> = (0..space.len())
        .filter(|&j| j != query)
        .map(|j| {
            (
                space.distance(query, space, j, distance),
                labels[j] == labels[query],
            )
        })
        .collect();
    // At equal distances what is of another class comes first: false is less than true.
    others.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let ranks: Vec<usize> = (1..).zip(&others).filter(|(_, o)| o.1).map(|(k, _)| k).collect();
    let r = ranks.len();
    let first = *ranks.first()?;
    // The precision at the rank of the m-th of the class is m / rank.
    let precision = |(m, &rank): (usize, &usize)| (m + 1) as f64 / rank as f64;
    // Behind the m-th of the class are all of other classes but those before it.
    let of_others = others.len() - r;
    let behind = |(m, &rank): (usize, &usize)| of_others - (rank - (m + 1));
    let within: Vec<usize> = ranks.iter().copied().filter(|&rank| rank <= r).collect();
    Some(Ranked {
        query: query as u32,
        others: r,
        first,
        r_precision: within.len() as f64 / r as f64,
        ap_at_r: within.iter().enumerate().map(precision).sum::<f64>() / r as f64,
        ap: ranks.iter().enumerate().map(precision).sum::<f64>() / r as f64,
        right_triplets: ranks.iter().enumerate().map(behind).sum(),
    })
}

impl Retrieval {
    /// What each query found, in the order of the vectors.
    pub fn queries(&self) -> &[Ranked] {
        &self.queries
    }

    /// How many vectors are alone in their class, and so asked nothing.
    pub fn left_out(&self) -> usize {
        self.n - self.queries.len()
    }

    /// The share of queries with one of their class among the nearest `k`.
    ///
    /// # Errors
    /// `k` is 0, or there are not `k` other vectors.
    pub fn recall(&self, k: usize) -> Result<f64> {
        check_k(k, self.n - 1)?;
        Ok(self.mean(|q| if q.first <= k { 1.0 } else { 0.0 }))
    }

    /// The share of queries whose nearest is of their class: recall at 1.
    pub fn precision_at_1(&self) -> f64 {
        self.mean(|q| if q.first == 1 { 1.0 } else { 0.0 })
    }

    /// Mean R-precision.
    pub fn r_precision(&self) -> f64 {
        self.mean(|q| q.r_precision)
    }

    /// MAP@R.
    pub fn map_at_r(&self) -> f64 {
        self.mean(|q| q.ap_at_r)
    }

    /// Mean average precision over all ranks.
    pub fn map(&self) -> f64 {
        self.mean(|q| q.ap)
    }

    /// Mean reciprocal rank of the first of the class.
    pub fn mrr(&self) -> f64 {
        self.mean(|q| 1.0 / q.first as f64)
    }

    /// The share of all triplets of a query, one of its class and one of another class whose first two are
    /// nearer to each other: [`triplet_accuracy`](super::triplet_accuracy) of all of them. None if there is
    /// one class alone.
    pub fn triplet_accuracy(&self) -> Option<f64> {
        let all: usize = self
            .queries
            .iter()
            .map(|q| q.others * (self.n - 1 - q.others))
            .sum();
        let right: usize = self.queries.iter().map(|q| q.right_triplets).sum();
        (all > 0).then(|| right as f64 / all as f64)
    }

    fn mean(&self, of: impl Fn(&Ranked) -> f64) -> f64 {
        self.queries.iter().map(of).sum::<f64>() / self.queries.len() as f64
    }

    fn table(&self) -> Table {
        let at = |k| self.recall(k).ok();
        let rows = [
            ("precision at 1", Some(self.precision_at_1())),
            ("recall at 5", at(5)),
            ("recall at 10", at(10)),
            ("R-precision", Some(self.r_precision())),
            ("MAP@R", Some(self.map_at_r())),
            ("MAP", Some(self.map())),
            ("MRR", Some(self.mrr())),
            ("triplets", self.triplet_accuracy()),
        ];
        let note = format!("{} queries among {} vectors", self.queries.len(), self.n);
        let columns = [Column::new("measure"), Column::new("value").decimals(4)];
        Table::new(columns)
            .rows(rows.into_iter().filter(|row| row.1.is_some()))
            .note(note)
    }
}

crate::show::shown_as_table!(Retrieval);

/// The error unless `k` of `most` can be asked for.
pub(super) fn check_k(k: usize, most: usize) -> Result<()> {
    match (1..=most).contains(&k) {
        true => Ok(()),
        false => {
            let expected = format!("1 to {most}, as many as there are to be found");
            Err(Error::value("k", expected, k.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, Axis, array};
    use proptest::prelude::*;

    use super::*;
    use crate::contrast::triplet_accuracy;
    use crate::loss::Triplet;

    /// pytorch-metric-learning 2.9.0, `AccuracyCalculator(k=None)`; the same with 2.8.1.
    #[test]
    fn it_is_pytorch_metric_learning_s() {
        let x = array![[0.0], [1.0], [2.1], [3.3], [10.0]];
        let found = retrieval(x.view(), &[0, 0, 1, 0, 2], Distance::Euclidean).unwrap();
        let got = [
            found.precision_at_1(),
            found.r_precision(),
            found.map_at_r(),
            found.map(),
            found.mrr(),
        ];
        for (got, expected) in got.into_iter().zip([0.666_667, 0.5, 0.416_667, 0.75, 0.833_333]) {
            assert!((got - expected).abs() < 1e-6, "{found}");
        }
    }

    /// All in one point: whatever the order, the others come first.
    #[test]
    fn one_point_finds_nothing() {
        let x = Array2::from_elem((4, 2), 1.5);
        for labels in [[0, 0, 1, 1], [0, 1, 0, 1]] {
            for distance in [Distance::Euclidean, Distance::Cosine, Distance::Dot] {
                let found = retrieval(x.view(), &labels, distance).unwrap();
                assert_eq!(found.precision_at_1(), 0.0);
                assert!((found.mrr() - 1.0 / 3.0).abs() < 1e-12);
            }
        }
    }

    proptest! {
        /// Numbers from a small set, so that there are many ties: the order of the rows changes nothing.
        #[test]
        fn the_order_changes_nothing(
            x in prop::collection::vec((-2_i8..3, -2_i8..3, 0_u32..3), 4..12),
        ) {
            let table = Array2::from_shape_fn((x.len(), 2), |(i, k)| f32::from([x[i].0, x[i].1][k]));
            let mut labels: Vec<u32> = x.iter().map(|row| row.2).collect();
            labels[1] = labels[0];
            let order: Vec<usize> = (0..x.len()).rev().collect();
            let backwards: Vec<u32> = order.iter().map(|&i| labels[i]).collect();
            for distance in [Distance::Euclidean, Distance::Cosine, Distance::Dot] {
                let a = retrieval(table.view(), &labels, distance).unwrap();
                let b = retrieval(table.select(Axis(0), &order).view(), &backwards, distance).unwrap();
                prop_assert!((a.map() - b.map()).abs() < 1e-12);
                prop_assert!((a.map_at_r() - b.map_at_r()).abs() < 1e-12);
                prop_assert!(a.map_at_r() <= a.r_precision() + 1e-12 && a.map_at_r() <= a.map() + 1e-12);
                let n = labels.len() as u32;
                let triplets: Vec<Triplet> = (0..n * n * n)
                    .map(|k| Triplet { anchor: k / (n * n), positive: k / n % n, negative: k % n })
                    .filter(|t| {
                        let [a, p, n] = [t.anchor, t.positive, t.negative].map(|i| labels[i as usize]);
                        t.anchor != t.positive && a == p && a != n
                    })
                    .collect();
                let accuracy = triplet_accuracy(table.view(), &triplets, distance).ok();
                prop_assert_eq!(a.triplet_accuracy(), accuracy);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let x = array![[0.0], [1.0], [2.0]];
        let told = |labels: &[u32]| {
            let found = retrieval(x.view(), labels, Distance::Euclidean);
            found.err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert_eq!(
            told(&[1, 1]),
            "the labels: expected 3, one for each vector, got 2"
        );
        assert!(told(&[1, 2, 3]).contains("a label that two vectors have"));
        let found = retrieval(x.view(), &[1, 1, 2], Distance::Euclidean).unwrap();
        for k in [0, 3] {
            assert_eq!(
                found.recall(k).unwrap_err().to_string(),
                format!("k: expected 1 to 2, as many as there are to be found, got {k}")
            );
        }
        assert!(retrieval(array![[f32::NAN], [0.0]].view(), &[1, 1], Distance::Dot).is_err());
    }
}
