//! Fertility, and the share of split words.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::measures::Fertility;

exercise! {
    /// Tokens per word, and the share of words that have two or more tokens.
    "07_tokens/split_words": split_words(tokens: &[usize] as &Vec<usize>) -> (f64, f64),
    nearly, allowed, random,
    public: [
        ("one word of three is split", [vec![1_usize, 3, 1]]),
        ("no word is split", [vec![1_usize, 1]]),
        ("every word is split", [vec![2_usize, 2]]),
        ("no words", [Vec::<usize>::new()]),
    ],
    mistakes: [
        ("words a token", "Fertility is tokens over words: this is the other way round.", upside_down),
        ("share of tokens", "The share counts words: this counts the tokens of split words among all tokens.", of_tokens),
        ("three or more", "A word of two tokens is split, too.", three),
        ("whole words", "This is the share of words that are not split.", whole_words),
    ],
}

fn allowed(values: &[Value]) -> bool {
    matches!(&values[0], Value::List(all) if all.iter().all(|n| *n != Value::Whole(0)))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![(0..n).map(|_| whole(rng, 1..=4)).collect::<Vec<_>>().to_value()]
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn at_least(tokens: &[usize], least: usize) -> usize {
    tokens.iter().filter(|n| **n >= least).count()
}

fn truth(tokens: &[usize]) -> (f64, f64) {
    let words = Fertility::of_words(tokens);
    (words.fertility(), words.split_share())
}

fn upside_down(tokens: &[usize]) -> (f64, f64) {
    (share(tokens.len(), tokens.iter().sum()), truth(tokens).1)
}

fn of_tokens(tokens: &[usize]) -> (f64, f64) {
    let split = tokens.iter().filter(|n| **n >= 2).sum();
    (truth(tokens).0, share(split, tokens.iter().sum()))
}

fn three(tokens: &[usize]) -> (f64, f64) {
    (truth(tokens).0, share(at_least(tokens, 3), tokens.len()))
}

fn whole_words(tokens: &[usize]) -> (f64, f64) {
    (
        truth(tokens).0,
        share(tokens.len() - at_least(tokens, 2), tokens.len()),
    )
}
