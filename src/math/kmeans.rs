//! Spherical k-means: unit vectors in k clusters, each around its own direction. Also a measure of how well
//! the clusters are separated.
//!
//! Let `x` be vectors of length 1, shape `(n, d)`, `m` the centres, also of length 1, and `h(x)` the cluster
//! of `x`:
//!
//! ```text
//!     maximise  Σ x · m_h(x)   by turns of   h(x) = argmax_j x · m_j   and   m_j = Σ x / |Σ x| over cluster j
//! ```
//!
//! No iteration makes the sum smaller, so the iterations end, though not always at the best clusters (Dhillon
//! and Modha 2001, "Concept Decompositions for Large Sparse Text Data Using Clustering"). Therefore k-means
//! is started several times, with centres that are far apart. Each of these is one of the vectors, drawn in
//! proportion to `1 − cosine` to the nearest centre so far, which is half the squared distance (k-means++;
//! Arthur and Vassilvitskii 2007).
//!
//! **Silhouette** (Rousseeuw 1987). Let `a` be the mean distance `1 − cos` of x to the other vectors of its
//! cluster, and `b` that to the vectors of the nearest other cluster. The silhouette of x is
//! `(b − a) / max(a, b)`, from −1 to 1, and 0 for a vector alone in its cluster. The mean over a cluster is
//! an inner product with the sum of the cluster, so `n k` products are enough instead of `n²` distances.
//!
//! Cost `O(n k d)` for each iteration; ten to thirty iterations are usual.

use ndarray::{Array2, Axis};
use rand::Rng as _;

use super::{matmul, unit_rows};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// The largest number of iterations. Clusters that are not stable by then change little.
const MOST_ITERATIONS: usize = 100;

/// Vectors in clusters.
#[derive(Clone, PartialEq)]
pub struct Clusters {
    /// The cluster of each vector, from 0, the largest cluster first.
    pub labels: Vec<u32>,
    /// The directions of the clusters, of length 1, shape `(k, d)`.
    pub centres: Array2<f32>,
    /// `Σ x · m`, at most n.
    pub agreement: f64,
}

crate::show::shown_as_line!(Clusters, |this| {
    format!(
        "{} vectors in {} clusters, agreement {:.4}",
        this.labels.len(),
        this.centres.nrows(),
        this.agreement
    )
});

/// The rows of `x`, shape `(n, d)`, in `k` clusters by direction: the best of `restarts` starts.
///
/// ```
/// use course::math::spherical_kmeans;
/// let x = ndarray::array![[1.0, 0.1], [0.0, 2.0], [3.0, 0.0], [0.2, 1.0], [5.0, -0.1]];
/// let found = spherical_kmeans(&x, 2, 5, 1)?;
/// assert_eq!(found.labels, [0, 1, 0, 1, 0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `k` is not from 1 to n, or `restarts` is 0.
pub fn spherical_kmeans(x: &Array2<f32>, k: usize, restarts: usize, seed: u64) -> Result<Clusters> {
    let n = x.nrows();
    if !(1..=n).contains(&k) {
        let expected = format!("1 to {n}, as many as there are vectors");
        return Err(Error::value("the number of clusters", expected, k));
    }
    Error::at_least(1, "the number of restarts", restarts)?;
    let x = unit_rows(x);
    let mut best: Option<Clusters> = None;
    for start in 0..restarts as u64 {
        let found = once(&x, k, &mut stream(seed, start))?;
        if best.as_ref().is_none_or(|best| found.agreement > best.agreement) {
            best = Some(found);
        }
    }
    best.map(largest_first)
        .ok_or_else(|| Error::value("the number of restarts", "1 or more", "0"))
}

fn once(x: &Array2<f32>, k: usize, rng: &mut Rng) -> Result<Clusters> {
    let n = x.nrows();
    let mut centres = seeds(x, k, rng);
    let mut labels = vec![u32::MAX; n];
    for _ in 0..MOST_ITERATIONS {
        // (n, k)
        let cosines = matmul(x.view(), centres.t())?;
        let mut changed = false;
        for (label, row) in labels.iter_mut().zip(cosines.rows()) {
            let mut best = 0;
            for j in 1..k {
                if row[j] > row[best] {
                    best = j;
                }
            }
            changed |= *label != best as u32;
            *label = best as u32;
        }
        if !changed {
            break;
        }
        centres = unit_rows(&sums(x, &labels, k).mapv(|x| x as f32));
        // A cluster that has lost all its vectors restarts with the vector that fits its own cluster worst.
        for j in 0..k {
            if !labels.contains(&(j as u32)) {
                let fit = |i: usize| cosines[[i, labels[i] as usize]];
                let not_alone = |i: &usize| labels.iter().filter(|l| **l == labels[*i]).nth(1).is_some();
                let worst = (0..n)
                    .filter(not_alone)
                    .min_by(|&a, &b| fit(a).total_cmp(&fit(b)));
                if let Some(worst) = worst {
                    labels[worst] = j as u32;
                    centres.row_mut(j).assign(&x.row(worst));
                }
            }
        }
    }
    let agreement = sums(x, &labels, k)
        .rows()
        .into_iter()
        .map(|s| s.dot(&s).sqrt())
        .sum();
    Ok(Clusters {
        labels,
        centres,
        agreement,
    })
}

/// k-means++.
fn seeds(x: &Array2<f32>, k: usize, rng: &mut Rng) -> Array2<f32> {
    let n = x.nrows();
    let mut chosen = vec![rng.random_range(0..n)];
    let mut far: Vec<f64> = vec![f64::INFINITY; n];
    while chosen.len() < k {
        let last = x.row(chosen[chosen.len() - 1]);
        for (far, row) in far.iter_mut().zip(x.rows()) {
            *far = far.min((1.0 - f64::from(row.dot(&last))).max(0.0));
        }
        let total: f64 = far.iter().sum();
        let mut at = rng.random::<f64>() * total;
        // If every vector coincides with a centre, take the first one that is not a centre itself.
        let spare = (0..n).find(|i| !chosen.contains(i)).unwrap_or_default();
        let mut next = spare;
        for (i, far) in far.iter().enumerate() {
            if *far > 0.0 && total > 0.0 {
                next = i;
                if at < *far {
                    break;
                }
                at -= far;
            }
        }
        chosen.push(if chosen.contains(&next) { spare } else { next });
    }
    x.select(Axis(0), &chosen)
}

/// The sum of the vectors of each cluster.
fn sums(x: &Array2<f32>, labels: &[u32], k: usize) -> Array2<f64> {
    let mut sums = Array2::zeros((k, x.ncols()));
    for (row, &label) in x.rows().into_iter().zip(labels) {
        let mut sum = sums.row_mut(label as usize);
        sum.zip_mut_with(&row, |sum: &mut f64, x| *sum += f64::from(*x));
    }
    sums
}

/// Numbers the clusters by size. Of equally large ones, the one with the earlier vector is first.
fn largest_first(found: Clusters) -> Clusters {
    let k = found.centres.nrows();
    let mut sizes = vec![(0_usize, usize::MAX); k];
    for (i, &label) in found.labels.iter().enumerate() {
        let size = &mut sizes[label as usize];
        *size = (size.0 + 1, size.1.min(i));
    }
    let mut order: Vec<usize> = (0..k).collect();
    order.sort_by_key(|&j| (std::cmp::Reverse(sizes[j].0), sizes[j].1));
    let mut place = vec![0; k];
    order
        .iter()
        .enumerate()
        .for_each(|(to, &from)| place[from] = to as u32);
    Clusters {
        labels: found.labels.iter().map(|&l| place[l as usize]).collect(),
        centres: found.centres.select(Axis(0), &order),
        agreement: found.agreement,
    }
}

/// The mean silhouette of the rows of `x`, shape `(n, d)`, in the clusters `labels`, with the
/// distance `1 − cosine`; −1 to 1.
///
/// ```
/// use course::math::cosine_silhouette;
/// let x = ndarray::array![[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 3.0]];
/// assert_eq!(cosine_silhouette(&x, &[0, 0, 1, 1])?, 1.0);
/// assert_eq!(cosine_silhouette(&x, &[0, 1, 0, 1])?, -0.5);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The number of labels is not the number of rows, or fewer than two clusters have vectors.
pub fn cosine_silhouette(x: &Array2<f32>, labels: &[u32]) -> Result<f64> {
    if labels.len() != x.nrows() {
        let (expected, got) = (format!("{}", x.nrows()), labels.len().to_string());
        return Err(Error::shape("the labels", expected, got));
    }
    let mut names = labels.to_vec();
    names.sort_unstable();
    names.dedup();
    let k = names.len();
    if k < 2 {
        return Err(Error::value("the number of clusters", "2 or more", k));
    }
    let labels: Vec<u32> = (labels.iter())
        .map(|label| names.binary_search(label).unwrap_or_default() as u32)
        .collect();
    let x = unit_rows(x);
    let sums = sums(&x, &labels, k);
    let mut sizes = vec![0.0_f64; k];
    labels.iter().for_each(|&l| sizes[l as usize] += 1.0);
    let mut total = 0.0;
    for (row, &own) in x.rows().into_iter().zip(&labels) {
        let own = own as usize;
        if sizes[own] < 2.0 {
            continue;
        }
        let with = |j: usize| {
            row.iter()
                .zip(sums.row(j))
                .map(|(x, s)| f64::from(*x) * s)
                .sum::<f64>()
        };
        let itself: f64 = row.iter().map(|x| f64::from(*x).powi(2)).sum();
        let a = 1.0 - (with(own) - itself) / (sizes[own] - 1.0);
        let others = (0..k).filter(|&j| j != own).map(|j| 1.0 - with(j) / sizes[j]);
        let b = others.fold(f64::INFINITY, f64::min);
        let most = a.max(b);
        if most > 0.0 {
            total += (b - a) / most;
        }
    }
    Ok(total / labels.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(n: usize, d: usize, seed: u64) -> Array2<f32> {
        let mut rng = crate::rng::seeded(seed);
        Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0))
    }

    /// No other way to put nine vectors into three clusters has a larger sum.
    #[test]
    fn no_way_of_all_is_better() {
        for seed in 0..10 {
            let x = random(9, 3, seed);
            let found = spherical_kmeans(&x, 3, 20, 1).unwrap();
            let units = unit_rows(&x);
            let mut best = 0.0_f64;
            for code in 0..3_u32.pow(9) {
                let labels: Vec<u32> = (0..9).map(|i| code / 3_u32.pow(i) % 3).collect();
                let lengths = sums(&units, &labels, 3)
                    .rows()
                    .into_iter()
                    .map(|s| s.dot(&s).sqrt())
                    .sum();
                best = best.max(lengths);
            }
            assert!(
                (found.agreement - best).abs() < 1e-5,
                "{seed}: {} {best}",
                found.agreement
            );
            let by_centres: f32 = (units.rows().into_iter().zip(&found.labels))
                .map(|(x, &l)| x.dot(&found.centres.row(l as usize)))
                .sum();
            assert!((f64::from(by_centres) - found.agreement).abs() < 1e-4);
        }
    }

    /// The order of the vectors changes only the order of the labels.
    #[test]
    fn permuted_vectors_come_into_the_same_clusters() {
        let mut x = random(60, 4, 5);
        for (i, mut row) in x.rows_mut().into_iter().enumerate() {
            row[i % 3] += 4.0;
        }
        let found = spherical_kmeans(&x, 3, 5, 1).unwrap();
        assert!((0..60).all(|i| found.labels[i] == found.labels[i % 3]));
        let order: Vec<usize> = (0..60).rev().collect();
        let reversed = spherical_kmeans(&x.select(Axis(0), &order), 3, 5, 1).unwrap();
        assert!((found.agreement - reversed.agreement).abs() < 1e-9);
        assert!((0..60).all(|i| reversed.labels[i] == reversed.labels[i % 3]));
        assert_eq!(found, spherical_kmeans(&x, 3, 5, 1).unwrap());
    }

    #[test]
    fn degenerate_clouds() {
        // All in one direction, all zero, and as many clusters as vectors.
        let same = spherical_kmeans(&Array2::ones((4, 2)), 2, 3, 1).unwrap();
        assert!((same.agreement - 4.0).abs() < 1e-6 && same.labels.contains(&1));
        assert_eq!(
            spherical_kmeans(&Array2::zeros((3, 2)), 3, 1, 1)
                .unwrap()
                .agreement,
            0.0
        );
        let each = spherical_kmeans(&random(5, 3, 1), 5, 3, 1).unwrap();
        let mut labels = each.labels.clone();
        labels.sort_unstable();
        assert_eq!(labels, [0, 1, 2, 3, 4]);
        for k in [0, 6] {
            let error = spherical_kmeans(&random(5, 3, 1), k, 1, 1)
                .unwrap_err()
                .to_string();
            assert!(error.contains("expected 1 to 5"), "{error}");
        }
        assert!(spherical_kmeans(&random(5, 3, 1), 1, 0, 1).is_err());
        assert!(cosine_silhouette(&random(5, 3, 1), &[1; 5]).is_err());
        assert!(cosine_silhouette(&random(5, 3, 1), &[1; 4]).is_err());
    }

    /// scikit-learn's silhouette, from tests/oracles/senses.py. Cluster 3 is a single vector.
    #[test]
    fn the_silhouette_is_scikit_learns() {
        let x = Array2::from_shape_fn((12, 3), |(i, j)| {
            let (i, j) = (i as f64, j as f64);
            (i * 1.7 + j * 2.3 + i * j * 0.31).sin() as f32
        });
        for (labels, expected) in [
            ([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], 0.37207561),
            ([0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 3], -0.23723987),
        ] {
            let found = cosine_silhouette(&x, &labels).unwrap();
            assert!((found - expected).abs() < 1e-8, "{found} {expected}");
        }
    }
}
