//! One vector, owned: what a word is once it is represented.

use std::fmt;
use std::ops::Deref;

use crate::{Error, Result};

/// A vector that a notebook can keep from cell to cell. It can be used as a slice of `f32` everywhere.
///
/// Its arithmetic is in methods that return a [`Result`], because vectors of different lengths have no sum.
///
/// ```
/// use course::embeddings::Vector;
/// let king = Vector::from(vec![1.0, 1.0, 0.0]);
/// let man = Vector::from(vec![0.0, 1.0, 0.0]);
/// let woman = Vector::from(vec![0.0, 0.0, 1.0]);
/// let queen = king.minus(&man)?.plus(&woman)?;
/// assert_eq!(*queen, [1.0, 0.0, 1.0]);
/// assert_eq!(queen.norm(), 2_f32.sqrt());
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Vector(Vec<f32>);

impl Vector {
    /// The sum of both.
    ///
    /// # Errors
    /// The lengths differ.
    pub fn plus(&self, other: &[f32]) -> Result<Self> {
        self.with(other, |x, y| x + y)
    }

    /// This vector minus the other.
    ///
    /// # Errors
    /// The lengths differ.
    pub fn minus(&self, other: &[f32]) -> Result<Self> {
        self.with(other, |x, y| x - y)
    }

    /// Every number times `factor`.
    pub fn times(&self, factor: f32) -> Self {
        Self(self.iter().map(|x| x * factor).collect())
    }

    /// The length in space (the norm), √Σxᵢ².
    pub fn norm(&self) -> f32 {
        self.iter().map(|x| x * x).sum::<f32>().sqrt()
    }

    /// The same direction with length 1. The zero vector has no direction and stays as it is.
    pub fn normalized(&self) -> Self {
        match self.norm() {
            0.0 => self.clone(),
            norm => self.times(1.0 / norm),
        }
    }

    fn with(&self, other: &[f32], f: impl Fn(f32, f32) -> f32) -> Result<Self> {
        if self.len() != other.len() {
            return Err(Error::shape(
                "the second vector",
                format!("the first one's length, {}", self.len()),
                other.len(),
            ));
        }
        Ok(Self(self.iter().zip(other).map(|(&x, &y)| f(x, y)).collect()))
    }
}

impl Deref for Vector {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl From<Vec<f32>> for Vector {
    fn from(numbers: Vec<f32>) -> Self {
        Self(numbers)
    }
}

impl From<&[f32]> for Vector {
    fn from(numbers: &[f32]) -> Self {
        Self(numbers.to_vec())
    }
}

impl From<Vector> for Vec<f32> {
    fn from(vector: Vector) -> Self {
        vector.0
    }
}

/// More numbers than this are not drawn.
const DRAWN: usize = 1024;

impl Vector {
    /// As a strip of colours: blue above zero, orange below; the further from zero, the stronger.
    pub fn to_html(&self) -> String {
        let largest = self.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        let n = self.len().min(DRAWN);
        // Up to 64 numbers get wide bars, so that each can be pointed at; a strip is at most 640 pixels wide.
        let width = (640.0 / n.max(1) as f32).min(10.0);
        let cells: String = (self.iter().take(n).enumerate())
            .map(|(i, x)| {
                let colour = if *x < 0.0 { "213,94,0" } else { "0,114,178" };
                let strength = x.abs() / largest;
                format!(
                    "<rect x=\"{:.2}\" width=\"{width:.2}\" height=\"24\" fill=\"rgba({colour},{strength:.3})\">\
                     <title>{i}: {x:.4}</title></rect>",
                    i as f32 * width
                )
            })
            .collect();
        format!(
            "<svg width=\"{:.0}\" height=\"24\" role=\"img\">{cells}</svg><div>{} numbers, length {:.3}</div>",
            n as f32 * width,
            self.len(),
            self.norm()
        )
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }
}

/// How many numbers the text form prints.
const SHOWN: usize = 8;

impl fmt::Display for Vector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<String> = self.iter().take(SHOWN).map(|x| format!("{x:.3}")).collect();
        let more = if self.len() > SHOWN { ", …" } else { "" };
        write!(
            f,
            "[{}{more}] ({} numbers, length {:.3})",
            shown.join(", "),
            self.len(),
            self.norm()
        )
    }
}

crate::show::debug_shows!(Vector);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lengths_have_no_sum() {
        let e = Vector::from(vec![1.0]).plus(&[1.0, 2.0]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the second vector: expected the first one's length, 1, got 2"
        );
    }

    #[test]
    fn zero_has_no_direction() {
        let zero = Vector::from(vec![0.0; 3]);
        assert_eq!(zero.normalized(), zero);
        assert_eq!(*Vector::from(vec![3.0, 4.0]).normalized(), [0.6, 0.8]);
    }
}
