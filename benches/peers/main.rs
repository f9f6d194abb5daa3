//! Our side of the comparison with the peers.
//!
//! ```text
//! cargo bench --bench peers -- TASK INPUT [--threads N] [--seed S] [--out DIR] [--runs R] [--KEY VALUE …]
//! ```
//!
//! This runs one task with the parameters of the peer's script, `--runs` times in one process. It prints one
//! JSON line a run, with the fields that the peers' scripts print (`"peer": "course"`). Only the work is
//! timed, not reading the input. `--out DIR` keeps the results for the scorer. Each task is one file here and
//! is named in `TASKS`.

#![allow(clippy::print_stderr, reason = "a program that reports to its caller")]

mod bpe;
mod cached;
mod cooccurrence;
mod doc2vec;
mod encode;
mod frame;
mod glove;
mod gpt_step;
mod indexing;
mod infonce;
mod knn;
mod lda;
mod lsa;
mod minhash;
mod ranking;
mod tfidf;
mod unigram;
mod word2vec;
mod wordpiece;

use std::process::ExitCode;

use frame::{Options, Outcome};

/// A task's name, what its input is, and the task itself.
type Task = (&'static str, &'static str, fn(&Options) -> Outcome);

const TASKS: &[Task] = &[
    (
        "batch-hard",
        "anything; it is not read: 4,096 vectors are drawn",
        ranking::batch_hard,
    ),
    (
        "beagle",
        "a text, each line a document; --dimension N, --window N",
        indexing::beagle,
    ),
    ("bpe-train", "a text; --vocab N", bpe::train),
    (
        "bpe-encode",
        "a text; --gpt NAME, --model FILE, or else trained on it with --vocab N",
        bpe::encode,
    ),
    ("bpe-one-word", "anything; it is not read", bpe::one_word),
    ("bpe-stream", "a text of any size; --vocab N", bpe::stream),
    ("bpe-encode-tiktoken-rs", "a text; --gpt NAME", bpe::tiktoken),
    (
        "cached",
        "anything; it is not read; --n N, --chunk N",
        cached::run,
    ),
    (
        "cbow",
        "a text of words with spaces between, each line a document; --d N, --epochs N, --min_count N, --negative N, --output hs",
        word2vec::cbow,
    ),
    (
        "doc2vec",
        "a text of words with spaces between, each line a document",
        doc2vec::run,
    ),
    (
        "encode",
        "a text, each line a document, or `glosses`; MiniLM must have been fetched",
        encode::run,
    ),
    (
        "fasttext",
        "a text of words with spaces between, each line a document",
        word2vec::fasttext,
    ),
    ("cooccurrence", "a text, each line a document", cooccurrence::run),
    (
        "glove",
        "a text of words with spaces between, each line a document; --d N, --epochs N",
        glove::run,
    ),
    (
        "gpt-step",
        "anything; it is not read: tokens are drawn; --steps N",
        gpt_step::run,
    ),
    ("infonce", "anything; it is not read; --n N, --d N", infonce::run),
    (
        "knn",
        "raw little-endian f32, rows of 100: 100,000 rows to search, then 1,000 queries",
        knn::run,
    ),
    (
        "lda",
        "a text cut into words, each line a document; --topics, --sweeps, --blocks",
        lda::run,
    ),
    (
        "minhash",
        "a text of words and spaces, each line a document",
        minhash::run,
    ),
    (
        "random-indexing",
        "a text, each line a document; --dimension N, --window N",
        indexing::random_indexing,
    ),
    (
        "sgns",
        "a text of words with spaces between, each line a document; --d N, --epochs N, --min_count N, --negative N, --output hs",
        word2vec::skip_gram,
    ),
    ("lsa", "a text, each line a document", lsa::run),
    (
        "triplet",
        "anything; it is not read: three times 1,024 vectors are drawn",
        ranking::triplet,
    ),
    ("tfidf", "a text, each line a document", tfidf::run),
    (
        "unigram-encode",
        "a text; --model FILE, or else trained on it with --vocab N",
        unigram::encode,
    ),
    ("unigram-train", "a text; --vocab N", unigram::train),
    (
        "wordpiece-encode",
        "a text; --model FILE, or else trained on it with --vocab N",
        wordpiece::encode,
    ),
    (
        "wordpiece-train",
        "a text; --vocab N, --score likelihood, --min-count N",
        wordpiece::train,
    ),
];

fn main() -> ExitCode {
    // `cargo bench` and `cargo test --benches` add flags of their own, `--bench` among them.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let task = arguments
        .first()
        .and_then(|name| TASKS.iter().find(|t| t.0 == name));
    let Some((name, _, run)) = task else {
        eprintln!("usage: peers TASK INPUT [--threads N] [--seed S] [--out DIR] [--runs R] [--KEY VALUE …]");
        TASKS
            .iter()
            .for_each(|(name, input, _)| eprintln!("  {name}: {input}"));
        return ExitCode::from(if arguments.is_empty() { 0 } else { 2 });
    };
    match Options::parse(name, &arguments[1..]).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{name}: {e}");
            ExitCode::FAILURE
        }
    }
}
