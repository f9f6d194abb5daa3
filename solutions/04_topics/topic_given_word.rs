//! title: A word by its topics
//! concept: Bayes' theorem
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: First P(word | topic) · P(topic) for each topic.
//! hint: Their sum is P(word).
//!
//! `phi` has a row for each of the K topics: P(word | topic) of each word. `shares` has P(topic). By Bayes,
//! P(topic | word) = P(word | topic) · P(topic) / P(word), where P(word) is the sum of the numerators over
//! the topics. Return it for all topics and word number `word`; it sums to 1. A word that no topic has gets
//! 1/K for each topic.

/// What a word says about the topic.
pub fn topic_given_word(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    // solution
    let joint: Vec<f32> = phi.iter().zip(shares).map(|(row, share)| row[word] * share).collect();
    let sum: f32 = joint.iter().sum();
    if sum == 0.0 {
        return vec![1.0 / phi.len() as f32; phi.len()];
    }
    joint.iter().map(|p| p / sum).collect()
    // end
}
