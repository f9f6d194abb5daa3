//! From tokens of bytes back to a text.

use crate::check::cases::{any, exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe_decode_plain;

exercise! {
    /// The text that tokens of bytes stand for; what is not UTF-8 becomes `�`.
    "07_tokens/decode_tokens": decode_tokens(tokens: &[Vec<u8>] as &Vec<Vec<u8>>) -> String,
    exactly, any, random,
    public: [
        ("two tokens", [vec![b"to".to_vec(), b"ken".to_vec()]]),
        ("a letter cut in two", [vec![vec![b'b', 0xc3], vec![0xa4, b'r']]]),
        ("a byte that no text has", [vec![vec![b'a', 0xff, b'b']]]),
        ("cut off in the middle of a letter", [vec![vec![b'a', 0xe2, 0x82]]]),
        ("no tokens", [Vec::<Vec<u8>>::new()]),
    ],
    mistakes: [
        ("token by token", "A token can end in the middle of a letter: put all bytes together first, then decode.", one_by_one),
        ("dropped", "Bytes that are no text are not left out: each run of them shows as `�`.", dropped),
        ("a letter for each byte", "A letter outside ASCII is several bytes: decode UTF-8, not byte by byte.", latin),
        ("one mark a byte", "What is cut off in the middle of a letter is one `�`, not one for each of its bytes.", mark_each),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut bytes = Vec::new();
    for _ in 0..n {
        match whole(rng, 0..=4) {
            0 => bytes.extend("ä".bytes()),
            1 => bytes.extend("€".bytes()),
            2 => bytes.push(0xff),
            3 => bytes.extend([0xe2, 0x82]),
            _ => bytes.push(b'a'),
        }
    }
    let (mut tokens, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let (token, after) = rest.split_at(whole(rng, 1..=rest.len().min(3)));
        tokens.push(token.to_vec());
        rest = after;
    }
    vec![tokens.to_value()]
}

fn truth(tokens: &[Vec<u8>]) -> String {
    bpe_decode_plain(tokens)
}

fn one_by_one(tokens: &[Vec<u8>]) -> String {
    tokens
        .iter()
        .map(|token| String::from_utf8_lossy(token))
        .collect()
}

fn dropped(tokens: &[Vec<u8>]) -> String {
    truth(tokens).replace('\u{fffd}', "")
}

fn latin(tokens: &[Vec<u8>]) -> String {
    tokens.concat().into_iter().map(char::from).collect()
}

fn mark_each(tokens: &[Vec<u8>]) -> String {
    let bytes = tokens.concat();
    bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().to_owned() + &"\u{fffd}".repeat(chunk.invalid().len()))
        .collect()
}
