//! For each row of a batch: the farthest row of its own class and the nearest row of another.
//!
//! Naive: n² distances of d numbers each. Fast: products of blocks of rows, and of each block only the
//! smallest and the largest number, while it is in the cache. The n × n matrix of distances is never there.
//! For an anchor x the order of distances is that of
//!
//! ```text
//!     Euclidean   (‖x − y‖² − ‖x‖²) / 2 = ‖y‖²/2 − x·y           of rows from which the mean is subtracted
//!     cosine      −x̂·ŷ                                          of rows of length 1
//!     dot         −x·y
//! ```
//!
//! The rows are first sorted by class, so the rows of an anchor's class are one run of each block, and
//! finding the smallest number of the rest takes no comparison of labels.
//!
//! A product in `f32` is rounded. As in [`nearest`](crate::embeddings::nearest), all rows that come within
//! the largest possible error of the best are compared by distances from differences, and these decide. So
//! what is found does not depend on blocks and threads, and among equal distances it is the lowest row.
//!
//! Time: 2n²d operations. Memory: the rows once more, and half a megabyte a thread.

use ndarray::{Array2, ArrayView2, s};
use rayon::prelude::*;

use crate::loss::Distance;
use crate::loss::listed::{Between, row};
use crate::loss::one_label_a_row;
use crate::nn::Real;
use crate::{Error, Result};

/// The hardest rows for an anchor, if there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hardest {
    /// The farthest other row of its class.
    pub positive: Option<u32>,
    /// The nearest row of another class.
    pub negative: Option<u32>,
}

crate::plot::shown_as_record!(Hardest);

/// Anchors in a block. With [`COLUMNS`] the products take half a megabyte in `f32`.
const ANCHORS: usize = 256;

/// Rows in a block; see [`ANCHORS`].
const COLUMNS: usize = 512;

/// Beyond this size a product of two lengths may overflow `f32`, and everything is compared exactly.
const LARGE: f64 = 1e30;

/// The hardest rows for each row of `x`, `(n, d)`.
///
/// ```
/// use course::loss::{Distance, Hardest, hardest};
/// let x = ndarray::array![[0.0_f32], [1.0], [3.0]];
/// let found = hardest(x.view(), &[7, 7, 8], Distance::Euclidean)?;
/// assert_eq!(found[0], Hardest { positive: Some(1), negative: Some(2) });
/// assert_eq!(found[2], Hardest { positive: None, negative: Some(1) });
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or a number is not finite.
pub fn hardest<T: Real>(x: ArrayView2<T>, labels: &[u32], distance: Distance) -> Result<Vec<Hardest>> {
    let n = x.nrows();
    one_label_a_row(labels, n)?;
    if let Some(i) = x.outer_iter().position(|row| row.iter().any(|x| !x.is_finite())) {
        return Err(Error::value(format!("vector {i}"), "finite numbers", "others"));
    }
    let x = x.as_standard_layout();
    let search = Search::new(x.view(), labels, distance);
    let places: Vec<usize> = (0..n).step_by(ANCHORS).collect();
    let blocks: Result<Vec<Vec<Hardest>>> = places
        .into_par_iter()
        .map(|from| search.block(from, (from + ANCHORS).min(n)))
        .collect();
    let mut out = vec![Hardest::default(); n];
    for (found, &i) in blocks?.into_iter().flatten().zip(&search.order) {
        out[i as usize] = found;
    }
    Ok(out)
}

struct Search<'a, T> {
    x: ArrayView2<'a, T>,
    distance: Distance,
    /// The rows of `x` by class, and for each place there the first place of its class and the first behind.
    order: Vec<u32>,
    classes: Vec<(usize, usize)>,
    /// What products are taken of, in that order, and their lengths.
    z: Array2<T>,
    norms: Vec<f64>,
    longest: f64,
    /// ‖y‖²/2, or 0.
    half_squares: Vec<T>,
}

/// The best so far.
struct Best {
    /// Its distance, and where it would be among the rounded numbers.
    d: f64,
    id: Option<u32>,
    key: f64,
}

impl<'a, T: Real> Search<'a, T> {
    fn new(x: ArrayView2<'a, T>, labels: &[u32], distance: Distance) -> Self {
        let n = x.nrows();
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by_key(|&i| labels[i as usize]);
        let mut classes = Vec::with_capacity(n);
        for class in order.chunk_by(|&i, &j| labels[i as usize] == labels[j as usize]) {
            let from = classes.len();
            classes.resize(from + class.len(), (from, from + class.len()));
        }
        // The order of squared distances is that of distances, and needs no root.
        let (distance, euclidean) = match distance {
            Distance::Euclidean | Distance::SquaredEuclidean => (Distance::SquaredEuclidean, true),
            other => (other, false),
        };
        let mean: Vec<f64> = match euclidean {
            true => {
                let mut mean = vec![0.0; x.ncols()];
                for row in x.outer_iter() {
                    mean.iter_mut()
                        .zip(row)
                        .for_each(|(m, x)| *m += x.wide() / n as f64);
                }
                mean
            }
            false => vec![0.0; x.ncols()],
        };
        let mut z = Array2::zeros(x.dim());
        let length = |row: &[T]| row.iter().map(|x| x.wide() * x.wide()).sum::<f64>().sqrt();
        let rows: Vec<_> = z.outer_iter_mut().zip(&order).collect();
        let norms: Vec<f64> = (rows.into_par_iter().with_min_len(256))
            .map(|(mut z, &i)| {
                let x = row(x, i);
                let by = match (distance, length(x)) {
                    (Distance::Cosine, norm) if norm > 0.0 => 1.0 / norm,
                    _ => 1.0,
                };
                let numbers = z.iter_mut().zip(x).zip(&mean);
                numbers.for_each(|((z, &x), m)| *z = T::nearest((x.wide() - m) * by));
                z.iter().map(|z| z.wide() * z.wide()).sum::<f64>().sqrt()
            })
            .collect();
        let half_square = |norm: &f64| T::nearest(if euclidean { norm * norm / 2.0 } else { 0.0 });
        Self {
            x,
            distance,
            order,
            classes,
            z,
            longest: norms.iter().copied().fold(0.0, f64::max),
            half_squares: norms.iter().map(half_square).collect(),
            norms,
        }
    }

    /// The hardest rows of the anchors at these places.
    fn block(&self, from: usize, to: usize) -> Result<Vec<Hardest>> {
        let anchors = self.z.slice(s![from..to, ..]); // (to - from, d)
        let mut products = Array2::zeros((to - from, COLUMNS));
        let new = || Best {
            d: f64::INFINITY,
            id: None,
            key: f64::INFINITY,
        };
        let mut best: Vec<[Best; 2]> = (from..to).map(|_| [new(), new()]).collect();
        for start in (0..self.order.len()).step_by(COLUMNS) {
            let end = (start + COLUMNS).min(self.order.len());
            let mut products = products.slice_mut(s![.., ..end - start]);
            T::matmul_into(anchors, self.z.slice(s![start..end, ..]).t(), products.view_mut())?;
            for (i, [positive, negative]) in best.iter_mut().enumerate() {
                let (place, Some(keys)) = (from + i, products.row_mut(i).into_slice()) else {
                    continue;
                };
                let halves = &self.half_squares[start..end];
                keys.iter_mut()
                    .zip(halves)
                    .for_each(|(key, &half)| *key = half - *key);
                let (first, behind) = self.classes[place];
                let (first, behind) = (first.clamp(start, end), behind.clamp(start, end));
                self.take(place, &keys[..first - start], start, negative);
                self.take(place, &keys[behind - start..], behind, negative);
                // The farthest is the nearest with the sign turned.
                let own = &mut keys[first - start..behind - start];
                own.iter_mut().for_each(|key| *key = -*key);
                match (first..behind).contains(&place) {
                    false => self.take(place, own, first, positive),
                    true => {
                        self.take(place, &own[..place - first], first, positive);
                        self.take(place, &own[place + 1 - first..], place + 1, positive);
                    }
                }
            }
        }
        let hardest = |[positive, negative]: [Best; 2]| Hardest {
            positive: positive.id,
            negative: negative.id,
        };
        Ok(best.into_iter().map(hardest).collect())
    }

    /// The largest error of a key, four times: that of a sum of d products, of a few roundings around it, and
    /// of products too small for the type.
    fn error(&self, place: usize) -> f64 {
        let (unit, least) = (T::epsilon().wide() / 2.0, T::min_positive_value().wide());
        let (a, b) = (self.norms[place], self.longest);
        match a * b < LARGE && b * b < LARGE {
            true => 4.0 * (self.x.ncols() + 8) as f64 * (unit * (a * b + b * b) + least),
            false => f64::INFINITY,
        }
    }

    /// Compares those of the rows at `start`, … that may be nearer to the anchor than the best so far. For
    /// positives, whose keys have their sign turned, farther.
    fn take(&self, place: usize, keys: &[T], start: usize, best: &mut Best) {
        let error = self.error(place);
        let least = smallest(keys).wide();
        let limit = (best.key + error).min(least + 2.0 * error);
        if least > limit {
            return;
        }
        let anchor = row(self.x, self.order[place]);
        let (own_first, own_behind) = self.classes[place];
        let sign = if (own_first..own_behind).contains(&start) {
            -1.0
        } else {
            1.0
        };
        for (j, key) in keys.iter().enumerate() {
            if key.wide() > limit {
                continue;
            }
            let id = self.order[start + j];
            let d = sign * Between::new(anchor, row(self.x, id), self.distance).d;
            if d < best.d || (d == best.d && best.id.is_some_and(|best| id < best)) {
                let norm = self.norms[place];
                let key = match self.distance {
                    Distance::Euclidean | Distance::SquaredEuclidean => (d - sign * norm * norm) / 2.0,
                    Distance::Cosine => d - sign,
                    Distance::Dot => d,
                };
                *best = Best { d, id: Some(id), key };
            }
        }
    }
}

/// The smallest of these numbers, ∞ if there are none; sixteen at a time.
fn smallest<T: Real>(numbers: &[T]) -> T {
    let (chunks, rest) = numbers.as_chunks::<16>();
    let mut lanes = [T::infinity(); 16];
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane = if x < *lane { x } else { *lane };
        }
    }
    lanes
        .iter()
        .chain(rest)
        .fold(T::infinity(), |a, &x| if x < a { x } else { a })
}

#[cfg(test)]
mod tests {
    use rand::Rng as _;

    use super::*;

    /// Two loops, in the same arithmetic.
    fn naive(x: ArrayView2<f32>, labels: &[u32], distance: Distance) -> Vec<Hardest> {
        let n = labels.len();
        // Roots of different squares may be equal.
        let distance = match distance {
            Distance::Euclidean => Distance::SquaredEuclidean,
            other => other,
        };
        let d = |i: usize, j: usize| Between::new(row(x, i as u32), row(x, j as u32), distance).d;
        let of = |i: usize| {
            let (mut hardest, mut far, mut near) = (Hardest::default(), f64::NEG_INFINITY, f64::INFINITY);
            for j in (0..n).filter(|&j| j != i) {
                if labels[i] == labels[j] && d(i, j) > far {
                    (far, hardest.positive) = (d(i, j), Some(j as u32));
                }
                if labels[i] != labels[j] && d(i, j) < near {
                    (near, hardest.negative) = (d(i, j), Some(j as u32));
                }
            }
            hardest
        };
        (0..n).map(of).collect()
    }

    /// More rows than a block has; some are equal, some nearly so, one is zero; and all far from the origin,
    /// where products in `f32` tell nothing.
    #[test]
    fn it_finds_what_two_loops_find() {
        let rng = &mut crate::rng::seeded(1);
        let mut x = Array2::from_shape_fn((600, 5), |_| rng.random_range(-1.0..1.0_f32));
        for i in 0..100 {
            let copy = x.row(i).to_owned();
            x.row_mut(i + 200).assign(&copy);
            x.row_mut(i + 300).assign(&copy.mapv(|x| x * (1.0 + 1e-7)));
        }
        x.row_mut(7).fill(0.0);
        let labels: Vec<u32> = (0..600).map(|i| i * i % 7 + u32::from(i == 599) * 100).collect();
        for distance in [
            Distance::Euclidean,
            Distance::SquaredEuclidean,
            Distance::Cosine,
            Distance::Dot,
        ] {
            for x in [
                x.clone(),
                x.mapv(|x| x + 1000.0),
                x.mapv(|x| x * 1e-20),
                x.mapv(|x| x * 1e17),
            ] {
                let found = hardest(x.view(), &labels, distance).unwrap();
                let expected = naive(x.view(), &labels, distance);
                let apart = found.iter().zip(&expected).position(|(a, b)| a != b);
                assert_eq!(apart, None, "{distance:?}");
            }
        }
    }

    #[test]
    fn one_class_has_no_negatives() {
        let x = ndarray::array![[0.0_f32], [1.0], [1.0]];
        let found = hardest(x.view(), &[3; 3], Distance::Euclidean).unwrap();
        assert!(found.iter().all(|h| h.negative.is_none()));
        let positives: Vec<_> = found.iter().map(|h| h.positive).collect();
        assert_eq!(positives, [Some(1), Some(0), Some(0)]);
        assert_eq!(hardest(x.slice(s![..0, ..]), &[], Distance::Dot).unwrap(), []);
        let told = hardest(x.view(), &[0; 2], Distance::Dot).unwrap_err().to_string();
        assert_eq!(told, "the labels: expected 3, one for each row, got 2");
        let x = ndarray::array![[0.0_f32], [f32::NAN]];
        assert!(hardest(x.view(), &[0; 2], Distance::Dot).is_err());
    }
}
