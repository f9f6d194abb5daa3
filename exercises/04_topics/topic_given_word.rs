//! title: A word by its topics
//! concept: Bayes' theorem
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `phi` has a row for each of the K topics: P(word | topic) of each word. `shares` has P(topic). By Bayes,
//! P(topic | word) = P(word | topic) · P(topic) / P(word), where P(word) is the sum of the numerators over
//! the topics. Return it for all topics and word number `word`; it sums to 1. A word that no topic has gets
//! 1/K for each topic.

/// What a word says about the topic.
#[allow(unused_variables, reason = "not written yet")]
pub fn topic_given_word(phi: &[Vec<f32>], shares: &[f32], word: usize) -> Vec<f32> {
    todo!()
}
