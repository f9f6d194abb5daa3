//! The hash of an n-gram.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::words::ngram_bucket;

exercise! {
    /// The row of the table that an n-gram is hashed to.
    "06_words/ngram_hash": ngram_hash(ngram: &str as &String, buckets: u32 as *u32) -> u32,
    exactly, allowed, random,
    public: [
        ("nothing: the number that it begins with", [String::from(""), 1_000_000_000_u32]),
        ("one letter", [String::from("a"), 4_000_000_000_u32]),
        ("an n-gram of fastText", [String::from("<the"), 2_000_000_u32]),
        ("one bucket", [String::from("the>"), 1_u32]),
    ],
    mistakes: [
        ("FNV-1", "This multiplies first: take the exclusive or first, then multiply.", multiply_first),
        ("no buckets", "This is the hash itself: take the remainder by the number of buckets.", no_remainder),
        ("sum of bytes", "This adds the bytes: the order of the letters must matter.", sum),
        ("begins at 0", "The hash begins at 0 here: begin with 2166136261.", from_zero),
    ],
}

fn allowed(values: &[Value]) -> bool {
    get::<String>(values, 0).is_some_and(|s| s.is_ascii()) && get::<u32>(values, 1).is_some_and(|n| n > 0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let text: String = (0..n)
        .map(|_| char::from(b'a' + whole(rng, 0..=25) as u8))
        .collect();
    let buckets = [10_u32, 1000, 2_000_000][whole(rng, 0..=2)];
    vec![text.to_value(), buckets.to_value()]
}

fn truth(ngram: &str, buckets: u32) -> u32 {
    ngram_bucket(ngram, buckets)
}

fn multiply_first(ngram: &str, buckets: u32) -> u32 {
    let step = |h: u32, b: u8| h.wrapping_mul(16_777_619) ^ u32::from(b);
    ngram.bytes().fold(2_166_136_261, step) % buckets
}

fn no_remainder(ngram: &str, _: u32) -> u32 {
    // With the largest number of buckets, every hash except the very last stays as it is.
    ngram_bucket(ngram, u32::MAX)
}

fn sum(ngram: &str, buckets: u32) -> u32 {
    ngram.bytes().map(u32::from).sum::<u32>() % buckets
}

fn from_zero(ngram: &str, buckets: u32) -> u32 {
    let step = |h: u32, b: u8| (h ^ u32::from(b)).wrapping_mul(16_777_619);
    ngram.bytes().fold(0, step) % buckets
}
