//! title: Do two words go together?
//! concept: coherence
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: P(a, b) is the share of the documents that have both.
//! hint: Two cases have no logarithm or no denominator: never together, and both in every document.
//!
//! `has_a` and `has_b` say of each document whether it has word a, and word b. With P the share of the
//! documents, NPMI = ln(P(a, b) / (P(a) · P(b))) / −ln P(a, b). Words that are never together have −1 (also a
//! word that no document has); words that both are in every document have 1.

/// Whether two words stand in the same documents more often than chance.
pub fn npmi(has_a: &[bool], has_b: &[bool]) -> f32 {
    // solution
    let n = has_a.len() as f32;
    let share = |has: &[bool]| has.iter().filter(|x| **x).count() as f32 / n;
    let together: Vec<bool> = has_a.iter().zip(has_b).map(|(a, b)| *a && *b).collect();
    let both = share(&together);
    if both == 0.0 {
        return -1.0;
    }
    if both == 1.0 {
        return 1.0;
    }
    (both / (share(has_a) * share(has_b))).ln() / -both.ln()
    // end
}
