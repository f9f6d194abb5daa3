//! How firmly two neighbouring words belong together, from four counts.
//!
//! n(a) and n(b) are the counts of the words, n(ab) is how often b directly follows a, N is the number of
//! tokens, and δ is a discount:
//!
//! ```text
//!     collocation   (n(ab) − δ) · N / (n(a) n(b))              Mikolov and others 2013, their program's form
//!     NPMI          ln( p(ab) / (p(a) p(b)) ) / −ln p(ab)      Bouma 2009;  p = n / N
//! ```
//!
//! The first says how many times more often the pair occurs than it would by chance. It has no upper bound
//! and favours rare words; δ is there to counter that. The second is 1 for words that occur only together and
//! 0 for chance, and its threshold may stay the same when the corpus grows.

/// `(n(ab) − δ) · N / (n(a) n(b))`; −∞ if one of the words does not occur.
///
/// ```
/// use course::words::phrase_score;
/// // 10 times "new york" among 1000 words, new 20 times, york 10 times: (10 − 5) · 1000 / 200.
/// assert_eq!(phrase_score(10, 20, 10, 1000, 5), 25.0);
/// ```
pub fn phrase_score(pair: u64, a: u64, b: u64, running_words: u64, delta: u64) -> f64 {
    if a == 0 || b == 0 {
        return f64::NEG_INFINITY;
    }
    (pair as f64 - delta as f64) / a as f64 / b as f64 * running_words as f64
}

/// The normalised pointwise mutual information of two neighbouring words, from −1 to 1; −∞ if they are never
/// neighbours.
///
/// ```
/// use course::words::phrase_npmi;
/// // Only together: 1. As chance has it, p(ab) = p(a) p(b): 0.
/// assert!((phrase_npmi(10, 10, 10, 1000) - 1.0).abs() < 1e-12);
/// assert!(phrase_npmi(10, 100, 100, 1000).abs() < 1e-12);
/// ```
pub fn phrase_npmi(pair: u64, a: u64, b: u64, running_words: u64) -> f64 {
    if pair == 0 || a == 0 || b == 0 || running_words == 0 {
        return f64::NEG_INFINITY;
    }
    let p = |n: u64| n as f64 / running_words as f64;
    if pair >= running_words {
        return 1.0;
    }
    (p(pair) / (p(a) * p(b))).ln() / -p(pair).ln()
}
