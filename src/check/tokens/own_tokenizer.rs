//! Training and encoding together, by byte-pair encoding.

use super::{bpe_train, word};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe_encode_plain;

exercise! {
    /// The tokens of each word of a text, by merges that were learned from words and their counts.
    "07_tokens/own_tokenizer": own_tokenizer(
        words: &[String] as &Vec<String>, counts: &[u64] as &Vec<u64>, n_merges: usize as *usize,
        text: &str as &String
    ) -> Vec<Vec<String>>,
    exactly, allowed, random,
    public: [
        ("the example of the lecture", [texts(&["low", "lower", "newest", "widest"]), vec![5_u64, 2, 6, 3], 5_usize, "lowest west".to_owned()]),
        ("letters that the corpus does not have", [texts(&["ab"]), vec![1_u64], 1_usize, "ab cab".to_owned()]),
        ("no merges", [texts(&["ab"]), vec![1_u64], 0_usize, "ab".to_owned()]),
        ("no text", [texts(&["ab"]), vec![1_u64], 1_usize, String::new()]),
        ("words of the speeches", [texts(&SPEECHES.map(|(word, _)| word)), SPEECHES.map(|(_, n)| n).to_vec(), 6_usize, "that bath which this shave".to_owned()]),
    ],
    mistakes: [
        ("learned from the text", "The merges were learned from `text`: learn them from `words` and `counts`.", from_the_text),
        ("words counted once", "A word that occurs n times has each of its pairs n times: `counts` has been left out.", counted_once),
        ("not cut at spaces", "The text is one long word here: cut it at the spaces first.", in_one_piece),
        ("one merge too few", "This has learned one merge too few.", one_too_few),
        ("last learnt first", "The merges are applied from the last to the first: begin with the one that was learned first.", last_first),
        ("no space is kept", "A space has become part of a token: spaces separate words, and belong to none.", with_spaces),
    ],
}

/// Words of the speeches with four letters or more, and how often they occur.
const SPEECHES: [(&str, u64); 5] = [
    ("that", 22_133),
    ("which", 12_332),
    ("this", 12_310),
    ("have", 12_172),
    ("with", 12_160),
];

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn allowed(values: &[Value]) -> bool {
    let Some(text) = get::<String>(values, 3) else {
        return false;
    };
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    bpe_train::allowed(values) && (text.is_empty() || text.split(' ').all(is_word))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut values = bpe_train::random(rng, n);
    let words: Vec<String> = (0..n.min(4))
        .map(|_| {
            let m = whole(rng, 1..=6);
            word(rng, m, 3)
        })
        .collect();
    values.push(words.join(" ").to_value());
    values
}

type Merges = Vec<(String, String)>;

fn encoded(text: &str, merges: &Merges) -> Vec<Vec<String>> {
    let words = text.split(' ').filter(|word| !word.is_empty());
    words.map(|word| bpe_encode_plain(word, merges)).collect()
}

fn truth(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    encoded(text, &bpe_train::truth(words, counts, n_merges))
}

fn from_the_text(_: &[String], _: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    let once = vec![1; words.len()];
    encoded(text, &bpe_train::truth(&words, &once, n_merges))
}

fn counted_once(words: &[String], _: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    truth(words, &vec![1; words.len()], n_merges, text)
}

fn in_one_piece(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    truth(words, counts, n_merges, &text.replace(' ', ""))
}

fn one_too_few(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    truth(words, counts, n_merges.saturating_sub(1), text)
}

fn last_first(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    let mut merges = bpe_train::truth(words, counts, n_merges);
    merges.reverse();
    encoded(text, &merges)
}

fn with_spaces(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    vec![bpe_encode_plain(text, &bpe_train::truth(words, counts, n_merges))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_speeches_are_counted() {
        let speeches = crate::data::sotu::corpus();
        let frequent = speeches.vocabulary(1000);
        let long = frequent
            .words()
            .iter()
            .filter(|word| word.len() > 3)
            .take(SPEECHES.len());
        let counted: Vec<(&str, u64)> = long
            .filter_map(|word| Some((word.as_str(), frequent.counts()[frequent.id(word)? as usize])))
            .collect();
        assert_eq!(counted, SPEECHES);
    }
}
