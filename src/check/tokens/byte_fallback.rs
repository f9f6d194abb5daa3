//! Characters without a token, written as bytes.

use crate::check::cases::{any, exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::unigram::byte_name;

exercise! {
    /// The characters of a text, and the bytes of those that have no token.
    "07_tokens/byte_fallback": byte_fallback(
        text: &str as &String, known: &[String] as &Vec<String>
    ) -> Vec<String>,
    exactly, any, random,
    public: [
        ("all are known", ["ab".to_owned(), vec!["a".to_owned(), "b".to_owned()]]),
        ("two bytes", ["bär".to_owned(), vec!["b".to_owned(), "r".to_owned()]]),
        ("three bytes", ["€".to_owned(), Vec::<String>::new()]),
        ("a line's end", ["\n".to_owned(), Vec::<String>::new()]),
    ],
    mistakes: [
        ("code point", "These are the characters' numbers (code points): write the bytes of their UTF-8.", code_point),
        ("one unknown token", "An unknown character is not lost: it becomes its bytes.", unknown),
        ("small letters", "The bytes are written with capital letters: `<0xC3>`.", small),
        ("bytes for all", "A character that has a token of its own stays as it is.", bytes_for_all),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let all = ["a", "b", "ä", "ß", "€", "語", "\n"];
    let text: String = (0..n).map(|_| all[whole(rng, 0..=all.len() - 1)]).collect();
    let known: Vec<String> = all
        .iter()
        .filter(|_| whole(rng, 0..=1) == 1)
        .map(|letter| (*letter).to_owned())
        .collect();
    vec![text.to_value(), known.to_value()]
}

/// The characters that are known; for each other one, what `other` gives.
fn tokens(text: &str, known: &[String], other: impl Fn(char) -> Vec<String>) -> Vec<String> {
    let of_one = |c: char| {
        let token = c.to_string();
        if known.contains(&token) {
            vec![token]
        } else {
            other(c)
        }
    };
    text.chars().flat_map(of_one).collect()
}

fn bytes(c: char) -> Vec<String> {
    c.to_string().bytes().map(byte_name).collect()
}

fn truth(text: &str, known: &[String]) -> Vec<String> {
    tokens(text, known, bytes)
}

fn code_point(text: &str, known: &[String]) -> Vec<String> {
    tokens(text, known, |c| vec![format!("<0x{:02X}>", u32::from(c))])
}

fn unknown(text: &str, known: &[String]) -> Vec<String> {
    tokens(text, known, |_| vec!["<unk>".to_owned()])
}

fn small(text: &str, known: &[String]) -> Vec<String> {
    tokens(text, known, |c| {
        c.to_string()
            .bytes()
            .map(|byte| format!("<0x{byte:02x}>"))
            .collect()
    })
}

fn bytes_for_all(text: &str, _: &[String]) -> Vec<String> {
    truth(text, &[])
}
