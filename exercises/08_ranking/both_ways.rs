//! title: Both directions
//! concept: InfoNCE
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `similarities[i][j]` is the similarity of picture i with text j; picture i and text i are partners. Row i
//! asks for the text of picture i, and column j for the picture of text j. The loss of a list of similarities
//! is that of InfoNCE,
//!
//!     −ln( e^(s_partner/τ) / Σ e^(s/τ) ),
//!
//! with the sum over the whole list. Return the mean over the rows and the mean over the columns, added and
//! halved. The loss must be right also where e^(s/τ) is too large for an `f32`. There are as many columns as
//! rows, at least one, and `temperature` is τ and above 0.

/// The mean of InfoNCE's losses in both directions.
#[allow(unused_variables, reason = "not written yet")]
pub fn both_ways(similarities: &[Vec<f32>], temperature: f32) -> f32 {
    todo!()
}
