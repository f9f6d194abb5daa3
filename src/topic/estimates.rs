//! Estimates of φ and θ from the topics that all positions have now.
//!
//! ```text
//! φ(w | k) = (n_wk + η) / (n_k + V·η)        θ(k | d) = (n_dk + αₖ) / (n_d + Σ α)
//! ```
//!
//! They are the means of P(φ | z) and P(θ | z), which are Dirichlet distributions (Griffiths and Steyvers
//! 2004). V is the number of words, n_d the length of document d.

/// φ of shape `(V, K)`, row after row. `rows` has `width` counts for each word, of which the first `K` are
/// n_wk; `totals` has n_k for each of the `K` topics.
pub(crate) fn phi(rows: &[f32], width: usize, totals: &[i64], eta: f64) -> Vec<f32> {
    let n_words = rows.len() / width;
    let inverse: Vec<f64> = totals
        .iter()
        .map(|&n| 1.0 / (n as f64 + n_words as f64 * eta))
        .collect();
    rows.chunks(width)
        .flat_map(|row| {
            row.iter()
                .zip(&inverse)
                .map(|(&n, inverse)| ((f64::from(n) + eta) * inverse) as f32)
        })
        .collect()
}

/// Writes θ of a document of `n` words to `row`, which has `K` numbers. `counts` has the topics that occur,
/// each with n_dk; `sum` is Σ α.
pub(crate) fn theta(row: &mut [f32], counts: &[(u16, u32)], n: usize, alpha: &[f32], sum: f32) {
    let whole = n as f32 + sum;
    row.iter_mut()
        .zip(alpha)
        .for_each(|(x, alpha)| *x = alpha / whole);
    counts
        .iter()
        .for_each(|&(topic, n)| row[usize::from(topic)] += n as f32 / whole);
}

/// The topics that occur among those of a document's positions, each with how often it does.
pub(crate) fn topic_counts(topics: &[u16]) -> Vec<(u16, u32)> {
    let mut topics = topics.to_vec();
    topics.sort_unstable();
    topics
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as u32))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two words and two topics, the rows padded to three: (3 + ½)/(4 + 2·½), (1 + ½)/5, and (0 + ½)/(4 + 1),
    /// (4 + ½)/5. A document of three words with topics 1, 0, 1 and α = ½, 1½: ½ + 1 and 1½ + 2 of 5.
    #[test]
    fn on_paper() {
        let phi = phi(&[3.0, 0.0, 9.0, 1.0, 4.0, 9.0], 3, &[4, 4], 0.5);
        assert_eq!(phi, [0.7, 0.1, 0.3, 0.9]);
        let counts = topic_counts(&[1, 0, 1]);
        assert_eq!(counts, [(0, 1), (1, 2)]);
        let mut row = [9.0; 2];
        theta(&mut row, &counts, 3, &[0.5, 1.5], 2.0);
        assert_eq!(row.map(|x| (x * 1e6).round() / 1e6), [0.3, 0.7]);
    }
}
