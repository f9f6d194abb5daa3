//! The exercises of lecture 07, one per file: the truth, the cases, and the mistakes that people make.

mod best_vocabulary;
mod bpe_encode;
mod bpe_train;
mod byte_fallback;
mod candidate_pairs;
mod cost_per_word;
mod decode_tokens;
mod merge_pair;
mod minhash;
mod own_tokenizer;
mod pair_counts;
mod split_words;
mod viterbi;
mod wordpiece;
mod wordpiece_scores;

super::cases::lecture! {
    pair_counts,
    merge_pair,
    bpe_train,
    bpe_encode,
    own_tokenizer,
    decode_tokens,
    byte_fallback,
    wordpiece,
    wordpiece_scores,
    viterbi,
    split_words,
    cost_per_word,
    best_vocabulary,
    minhash,
    candidate_pairs,
}

use super::cases::whole;
use super::value::Value;
use crate::rng::Rng;

/// A word of `n` letters, drawn from the first `letters` letters of the alphabet.
fn word(rng: &mut Rng, n: usize, letters: usize) -> String {
    (0..n)
        .map(|_| char::from(b'a' + whole(rng, 0..=letters - 1) as u8))
        .collect()
}

/// A list of texts, each with at least one letter, and no two equal.
fn different_texts(value: &Value) -> bool {
    let Value::List(texts) = value else { return false };
    let filled = |text: &Value| matches!(text, Value::Text(text) if !text.is_empty());
    texts
        .iter()
        .enumerate()
        .all(|(i, text)| filled(text) && !texts[..i].contains(text))
}
