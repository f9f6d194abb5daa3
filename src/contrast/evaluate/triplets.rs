//! The share of triplets whose positive is nearer than their negative.

use ndarray::ArrayView2;

use super::space::Space;
use crate::loss::{Distance, Triplet};
use crate::{Error, Result};

/// The share of triplets whose anchor is truly nearer to its positive than to its negative: equal distances
/// are wrong. The triplets are numbers of rows of `vectors`, shape `(n, d)`.
///
/// # Errors
/// There is no triplet, one names a row that is not there, or a number is not finite.
///
/// ```
/// use course::contrast::triplet_accuracy;
/// use course::loss::{Distance, Triplet};
/// let x = ndarray::array![[0.0], [1.0], [3.0], [-1.0]];
/// let of = |positive, negative| Triplet { anchor: 0, positive, negative };
/// // 1 is nearer to 0 than 3 is, and as near as −1.
/// let triplets = [of(1, 2), of(2, 1), of(1, 3)];
/// assert!((triplet_accuracy(x.view(), &triplets, Distance::Euclidean)? - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), course::Error>(())
/// ```
pub fn triplet_accuracy(vectors: ArrayView2<f32>, triplets: &[Triplet], distance: Distance) -> Result<f64> {
    let space = Space::new(vectors)?;
    if triplets.is_empty() {
        return Err(Error::value("the triplets", "at least one", "none"));
    }
    let mut right = 0_usize;
    for t in triplets {
        let [a, p, n] = [t.anchor, t.positive, t.negative].map(|i| i as usize);
        if let Some(row) = [a, p, n].into_iter().find(|&row| row >= space.len()) {
            let expected = format!("rows below {}", space.len());
            return Err(Error::value("a triplet", expected, row.to_string()));
        }
        let to = |j| space.distance(a, &space, j, distance);
        right += usize::from(to(p) < to(n));
    }
    Ok(right as f64 / triplets.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_strict_and_checks_its_rows() {
        let x = ndarray::array![[1.0, 0.0], [2.0, 0.0], [0.0, 0.0]];
        let triplet = |anchor, positive, negative| Triplet {
            anchor,
            positive,
            negative,
        };
        // As sentence-transformers: a positive that is its own negative is wrong.
        let accuracy = |t, by| triplet_accuracy(x.view(), &[t], by);
        assert_eq!(accuracy(triplet(0, 1, 1), Distance::Cosine).unwrap(), 0.0);
        // A zero vector has the cosine 0.
        assert_eq!(accuracy(triplet(0, 1, 2), Distance::Cosine).unwrap(), 1.0);
        assert_eq!(accuracy(triplet(0, 1, 2), Distance::Euclidean).unwrap(), 0.0);
        let e = accuracy(triplet(0, 3, 1), Distance::Dot).unwrap_err().to_string();
        assert_eq!(e, "a triplet: expected rows below 3, got 3");
        assert!(triplet_accuracy(x.view(), &[], Distance::Dot).is_err());
    }
}
