//! ALiBi: what is far away counts less (Press, Smith and Lewis 2022, *Train short, test long: attention with
//! linear biases enables input length extrapolation*).
//!
//! ```text
//!     s_ij = q_i · k_j / √d − m_h (i − j)              for j ≤ i; a slope m_h for each head h
//!     m_h = 2^(−8 (h + 1) / H)                         h = 0 … H − 1, if H is a power of 2
//! ```
//!
//! A head with a steep slope sees its neighbours, one with a slope near 0 the whole text. Nothing is added to
//! the tokens' vectors, and nothing is learned. **Shift**: the penalty depends on i − j alone. So a model can
//! read texts that are longer than those that it was trained on.
//!
//! If H is no power of 2, the authors take the slopes of the largest power P below it, and between them every
//! second slope of 2 P heads.

use crate::{Error, Result};

/// The slope of each head.
///
/// ```
/// use course::context::positions::alibi_slopes;
/// assert_eq!(alibi_slopes(8)?[..3], [0.5, 0.25, 0.125]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There is no head.
pub fn alibi_slopes(heads: usize) -> Result<Vec<f32>> {
    Error::at_least(1, "the number of heads", heads)?;
    let power = 1 << heads.ilog2();
    let of = |h: usize, all: usize| 2_f64.powf(-8.0 * (h + 1) as f64 / all as f64) as f32;
    let between = (0..).step_by(2).map(|h| of(h, 2 * power));
    Ok((0..power)
        .map(|h| of(h, power))
        .chain(between)
        .take(heads)
        .collect())
}

/// What is added to the scores of head `slope`: −slope · (i − j) for query i and key j ≤ i, −∞ for what comes
/// later. The last query stands where the last key stands.
///
/// ```
/// use course::context::positions::alibi_bias;
/// let no = f32::NEG_INFINITY;
/// assert_eq!(alibi_bias(0.5, 2, 3), [[-0.5, 0.0, no], [-1.0, -0.5, 0.0]]);
/// ```
pub fn alibi_bias(slope: f32, queries: usize, keys: usize) -> Vec<Vec<f32>> {
    let bias = |i: usize, j: usize| match (i + keys).checked_sub(j + queries) {
        Some(0) => 0.0,
        Some(distance) => -slope * distance as f32,
        None => f32::NEG_INFINITY,
    };
    (0..queries)
        .map(|i| (0..keys).map(|j| bias(i, j)).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slopes themselves are compared with BLOOM's in tests/gpts.rs.
    #[test]
    fn a_penalty_depends_on_the_distance_alone() {
        let bias = alibi_bias(0.25, 9, 9);
        for i in 1..9 {
            for j in 1..9 {
                assert_eq!(bias[i][j], bias[i - 1][j - 1]);
            }
        }
        assert!(alibi_slopes(0).is_err());
        let last = alibi_bias(0.25, 1, 9);
        assert_eq!(last[0], bias[8]);
    }
}
