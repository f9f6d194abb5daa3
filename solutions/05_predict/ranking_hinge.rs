//! title: The true window must win by one
//! concept: ranking loss
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Each corrupted window has its own hinge; add them up.
//! hint: Where a hinge is 0, nothing moves: its gradients are 0. Exactly at the corner, too.
//! hint: Where it is positive, it rises by 1 with s' and falls by 1 with s.
//!
//! Collobert and Weston's network gives a window of words a score s, and scores s'ᵢ to the same window with
//! another word in its middle. The true window should win by a margin of 1:
//!
//!     L = Σᵢ max(0, 1 − s + s'ᵢ).
//!
//! Return L, its derivative by s, and its derivatives by the s'ᵢ. At 1 − s + s'ᵢ = 0 take 0 as the
//! derivative.

/// The loss, and its derivatives by the true score and by the corrupted ones.
pub fn ranking_hinge(score: f32, corrupted: &[f32]) -> (f32, f32, Vec<f32>) {
    // solution
    let (mut loss, mut by_score, mut by_corrupted) = (0.0, 0.0, Vec::new());
    for other in corrupted {
        let hinge = 1.0 - score + other;
        if hinge > 0.0 {
            loss += hinge;
            by_score -= 1.0;
            by_corrupted.push(1.0);
        } else {
            by_corrupted.push(0.0);
        }
    }
    (loss, by_score, by_corrupted)
    // end
}
