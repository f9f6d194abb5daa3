//! How alike two vectors are: inner product, cosine, Euclidean distance.
//!
//! ```text
//! dot(x, y)       = Σ xᵢyᵢ
//! cosine(x, y)    = Σ xᵢyᵢ / (‖x‖ ‖y‖)       from −1 (opposite) over 0 (at a right angle) to 1 (same direction)
//! euclidean(x, y) = √Σ(xᵢ−yᵢ)²               0 for equal vectors
//! ```
//!
//! Frequent words tend to have longer vectors, so the inner product prefers them; the cosine looks only at
//! the direction. For vectors of length 1, all three put neighbours in the same order: ‖x−y‖² = 2 −
//! 2·cosine(x, y).
//!
//! Sums are computed in `f64`, in an order that is the same on every machine. The product of two `f32` is
//! exact in `f64`, so the result is correct to its last digit except in the rarest cases.

use crate::math::{cosine_of, inner, norm, squared_distance};
use crate::{Error, Result};

/// The inner product Σ xᵢyᵢ.
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::dot;
/// assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0])?, 11.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn dot(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(inner(x, y) as f32)
}

/// The cosine of the angle between two vectors.
///
/// The zero vector has no direction. Its cosine with anything is 0, as for a vector at a right angle: a word
/// about which nothing is known is like no other, and no ranking has to deal with NaN.
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::cosine;
/// assert_eq!(cosine(&[3.0, 4.0], &[6.0, 8.0])?, 1.0);
/// assert_eq!(cosine(&[1.0, 0.0], &[0.0, 1.0])?, 0.0);
/// assert_eq!(cosine(&[1.0, 0.0], &[0.0, 0.0])?, 0.0);
/// let e = cosine(&[1.0], &[1.0, 2.0]).unwrap_err();
/// assert_eq!(e.to_string(), "the second vector: expected the first one's length, 1, got 2");
/// # Ok::<(), course::Error>(())
/// ```
pub fn cosine(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(cosine_of(inner(x, y), norm(x), norm(y)) as f32)
}

/// The distance √Σ(xᵢ−yᵢ)².
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::euclidean;
/// assert_eq!(euclidean(&[1.0, 1.0], &[4.0, 5.0])?, 5.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn euclidean(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(squared_distance(x, y).sqrt() as f32)
}

fn same_length(x: &[f32], y: &[f32]) -> Result<()> {
    match x.len() == y.len() {
        true => Ok(()),
        false => Err(Error::shape(
            "the second vector",
            format!("the first one's length, {}", x.len()),
            y.len(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_vectors_are_equal() {
        assert_eq!(
            (
                dot(&[], &[]).unwrap(),
                cosine(&[], &[]).unwrap(),
                euclidean(&[], &[]).unwrap()
            ),
            (0.0, 0.0, 0.0)
        );
    }
}
