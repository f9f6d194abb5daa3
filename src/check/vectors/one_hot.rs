//! One-hot vectors.

use crate::check::cases::{any, exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::Value;
use crate::embeddings::Vector;
use crate::rng::Rng;

exercise! {
    /// The one-hot vector of a word, or nothing for a word that is not in the vocabulary.
    "01_vectors/one_hot": one_hot(word: &str as &String, vocabulary: &[String] as &Vec<String>) -> Option<Vec<f32>>,
    exactly, any, random,
    public: [
        ("the second of three words", ["dog".to_owned(), words(&["cat", "dog", "whale"])]),
        ("the first word", ["cat".to_owned(), words(&["cat", "dog"])]),
        ("a word that is not there", ["ship".to_owned(), words(&["cat", "dog"])]),
        ("an empty vocabulary", ["cat".to_owned(), Vec::<String>::new()]),
    ],
    mistakes: [
        ("counted from one", "The 1 is one place too late: the first word has place 0.", late),
        ("all zeros for an unknown word", "An unknown word has no vector: return None, not zeros.", zeros),
        ("the place", "The vector holds the word's place: it holds a 1 at that place.", place),
        ("up to the word", "Every place up to the word's is 1: only the word's own is.", thermometer),
    ],
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A vocabulary of n letters, and one of them or another letter.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let letter = |i: usize| Value::Text(char::from(b'a' + (i % 26) as u8).to_string());
    vec![
        letter(whole(rng, 0..=n)),
        Value::List((0..n).map(letter).collect()),
    ]
}

fn truth(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    let place = vocabulary.iter().position(|other| other == word)?;
    Vector::one_hot(place, vocabulary.len())
        .ok()
        .map(|vector| vector.to_vec())
}

fn late(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    let mut vector = truth(word, vocabulary)?;
    vector.rotate_right(1);
    Some(vector)
}

fn zeros(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    Some(truth(word, vocabulary).unwrap_or(vec![0.0; vocabulary.len()]))
}

fn place(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    let place = vocabulary.iter().position(|other| other == word)?;
    Some(
        truth(word, vocabulary)?
            .iter()
            .map(|x| x * place as f32)
            .collect(),
    )
}

fn thermometer(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    let place = vocabulary.iter().position(|other| other == word)?;
    Some(
        (0..vocabulary.len())
            .map(|i| f32::from(u8::from(i <= place)))
            .collect(),
    )
}
