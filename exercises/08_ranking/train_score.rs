//! title: Train until partners find each other
//! concept: learning a score
//! points: 5
//! difficulty: 3
//! minutes: 30
//!
//! This is the second of two steps: train with the loss of `score_gradient`. Row i of `x` and row i of `y`
//! are partners. Two columns of `x` and two of `y` hold what partners have in common, in any order, and
//! perhaps with another sign. The other columns are noise. Nobody says which is which: that is for training
//! to find out.
//!
//! Return a matrix W, with a row for each column of `x` and a column for each column of `y`, whose score xᵀWy
//! finds partners. It is tried on new rows, in which the noise is another: in 8 of 10 cases a row of x must
//! have a higher score with its partner than with any other row of y. Every such W is right, whatever its
//! scale. A random W does not find so many, nor do the products of the partners alone, nor a single step
//! downhill; some hundred steps do. A case may take two seconds.

/// A matrix W whose score xᵀWy is highest for partners.
#[allow(unused_variables, reason = "not written yet")]
pub fn train_score(x: &[Vec<f32>], y: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
