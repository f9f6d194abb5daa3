//! title: The words of a topic
//! concept: P(word | topic)
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: Go row by row: a row is a topic.
//! hint: The sum of a row with η added to each of its V counts is n + V·η.
//!
//! `counts` has a row for each topic and a column for each of the V words: how often the word has the topic.
//! The result has the same shape, P(word | topic) = (n_kw + η) / (n_k + V·η), where n_k is the sum of row k.
//! Each row then sums to 1.

/// P(word | topic) from counts.
pub fn phi_from_counts(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    // solution
    let of_topic = |row: &Vec<u32>| {
        let sum = row.iter().sum::<u32>() as f32 + row.len() as f32 * eta;
        row.iter().map(|&n| (n as f32 + eta) / sum).collect()
    };
    counts.iter().map(of_topic).collect()
    // end
}
