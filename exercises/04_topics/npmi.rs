//! title: Do two words go together?
//! concept: coherence
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `has_a` and `has_b` say of each document whether it has word a, and word b. With P the share of the
//! documents, NPMI = ln(P(a, b) / (P(a) · P(b))) / −ln P(a, b). Words that are never together have −1 (also a
//! word that no document has); words that both are in every document have 1.

/// Whether two words stand in the same documents more often than chance.
#[allow(unused_variables, reason = "not written yet")]
pub fn npmi(has_a: &[bool], has_b: &[bool]) -> f32 {
    todo!()
}
