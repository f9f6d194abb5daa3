//! Properties of filter, text and merge, over random notebooks and over broken ones.
//!
//! There are two sorts of inputs: real notebooks that are changed as people and programs change them
//! ([`change`]), and files with bytes taken out, doubled or replaced ([`damage`]). Input number *n* is the
//! same on every machine.
//!
//! ```console
//! $ COURSE_FUZZ=1000000 cargo test --features cli --bin course git::properties -- --nocapture
//! ```
//!
//! tries that many inputs for each property, instead of a few thousand. `COURSE_FUZZ_FROM` is the number of
//! the first one. What such runs have found is kept in `tests/fixtures/git` and tried in every run.

#![allow(clippy::print_stderr, reason = "a long run says how much it tried")]

mod change;
mod damage;
mod found;
mod merge;
mod strip;
mod text;
mod whole;

use std::ops::Range;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::tree::Json;

/// The numbers of the inputs to try: a few, or as many as the environment says.
fn numbers(few: u64) -> Range<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let from = number("COURSE_FUZZ_FROM").unwrap_or(0);
    from..from + number("COURSE_FUZZ").unwrap_or(few)
}

fn generator(number: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(number)
}

fn pick<T: Clone>(rng: &mut impl Rng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())].clone()
}

/// The lectures, the fixtures of other tests, and a notebook of everything that is unusual.
fn real() -> Vec<Json> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = ["notebooks", "tests/notebooks", "tests/browser/fixtures"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ipynb"))
        .collect();
    paths.sort();
    let read = |path| Json::read(&std::fs::read(path).unwrap()).ok();
    let mut all: Vec<Json> = paths.into_iter().filter_map(read).collect();
    all.retain(|notebook| whole::check(notebook).is_ok());
    assert!(!all.is_empty());
    all.push(Json::read(include_bytes!("../../../../tests/fixtures/git/unusual.json")).unwrap());
    all
}
