//! title: Side by side again
//! concept: multi-head attention
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: Begin with an empty row for each token, and append each head's numbers to it.
//!
//! Each head has an answer for each token: `heads[h][i]` is that of head h for token i. Put a token's
//! answers side by side, the first head's numbers first, so that each token has one row again. All heads
//! have as many tokens, and all answers are of the same length. There is at least one head.

/// The rows of all heads side by side.
pub fn join_heads(heads: &[Vec<Vec<f32>>]) -> Vec<Vec<f32>> {
    // solution
    let mut rows = vec![Vec::new(); heads[0].len()];
    for head in heads {
        for (row, part) in rows.iter_mut().zip(head) {
            row.extend_from_slice(part);
        }
    }
    rows
    // end
}
