//! title: The true window must win by one
//! concept: ranking loss
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Collobert and Weston's network gives a window of words a score s, and scores s'ᵢ to the same window with
//! another word in its middle. The true window should win by a margin of 1:
//!
//!     L = Σᵢ max(0, 1 − s + s'ᵢ).
//!
//! Return L, its derivative by s, and its derivatives by the s'ᵢ. At 1 − s + s'ᵢ = 0 take 0 as the
//! derivative.

/// The loss, and its derivatives by the true score and by the corrupted ones.
#[allow(unused_variables, reason = "not written yet")]
pub fn ranking_hinge(score: f32, corrupted: &[f32]) -> (f32, f32, Vec<f32>) {
    todo!()
}
