//! title: Perplexity of a topic model
//! concept: perplexity
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: The probability of a word is a sum over the topics: θ_k · φ_kw.
//! hint: Then the mean of the logarithms, its negative, and exp.
//!
//! `phi` has a row for each topic, P(word | topic); `theta` has P(topic | document); `words` are the
//! document's N words as numbers, at least one. A word's probability is p_i = Σ_k theta_k · phi_kw. Return
//! exp(−(1/N) · Σ_i ln p_i): the number of words among which the model is as undecided as if it threw a die.

/// Among how many words a topic model is undecided.
pub fn lda_perplexity(phi: &[Vec<f32>], theta: &[f32], words: &[usize]) -> f32 {
    // solution
    let log = |word: &usize| {
        let p: f32 = phi.iter().zip(theta).map(|(row, share)| row[*word] * share).sum();
        p.ln()
    };
    (-words.iter().map(log).sum::<f32>() / words.len() as f32).exp()
    // end
}
