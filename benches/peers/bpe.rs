//! Byte-pair encoding: training as in `bpe_hf.py`, encoding as in `bpe_tiktoken.py`.

use std::fmt::Write as _;

use course::corpus::{TextFiles, Unit};
use course::tokenize::{Bpe, BpeTraining, Tokenizer, encode_all, encode_each};
use serde_json::{Value, json};

use crate::frame::{Options, Outcome, timed};

/// The line ends stay with their lines, because the peer reads a file like that.
pub(crate) fn train(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let vocab_size = options.get("vocab")?.unwrap_or(32_000);
    let training = BpeTraining {
        vocab_size,
        ..BpeTraining::default()
    };
    for _ in 0..options.runs {
        let (made, took) = timed(|| Bpe::train(&lines, &training));
        let made = made?;
        let params = json!({"vocab": vocab_size, "kind": "bpe", "min_frequency": 0});
        let quality = json!({"vocab": made.vocab_size(), "merges": made.merges().len()});
        options.emit(params, &took, text.len() as f64 / 1e6, "MB/s", quality);
        if let Some(path) = options.keep("merges.txt")? {
            let written = |id| {
                made.token_bytes(id)
                    .unwrap_or_default()
                    .iter()
                    .map(|&b| letter(b))
                    .collect::<String>()
            };
            let mut out = String::new();
            for &(a, b, _) in made.merges() {
                writeln!(out, "{} {}", written(a), written(b))?;
            }
            std::fs::write(path, out)?;
        }
    }
    Ok(())
}

/// The character that byte-level vocabularies write for a byte.
fn letter(b: u8) -> char {
    let shift = match b {
        33..=126 | 161..=172 | 174..=255 => u32::from(b),
        0..=32 => 256 + u32::from(b),
        127..=160 => 256 + 33 + u32::from(b) - 127,
        173 => 256 + 67,
    };
    char::from_u32(shift).unwrap_or('?')
}

/// Encodes line by line, without the line ends. One thread goes through the lines; several share them.
pub(crate) fn encode_lines(
    options: &Options,
    make: &dyn Fn() -> Result<Box<dyn Tokenizer>, Box<dyn std::error::Error>>,
    mut params: Value,
) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.lines().collect();
    for _ in 0..options.runs {
        // A new tokenizer each time, so that no run profits from what the previous one has kept.
        let tokenizer = make()?;
        params["vocab"] = json!(tokenizer.vocab_size());
        let (ids, took) = timed(|| {
            if options.threads == 1 {
                lines.iter().map(|line| tokenizer.ids(line)).collect()
            } else {
                encode_all(tokenizer.as_ref(), &lines)
            }
        });
        let tokens: usize = ids.iter().map(Vec::len).sum();
        let quality = json!({"tokens": tokens, "bytes_per_token": text.len() as f64 / tokens as f64});
        options.emit(params.clone(), &took, text.len() as f64 / 1e6, "MB/s", quality);
        if let Some(path) = options.keep("ids.bin")? {
            let bytes: Vec<u8> = ids.iter().flatten().flat_map(|id| id.to_le_bytes()).collect();
            std::fs::write(path, bytes)?;
        }
    }
    Ok(())
}

/// A tokenizer, or why there is none.
pub(crate) type Made = Result<Box<dyn Tokenizer>, Box<dyn std::error::Error>>;

/// The tokenizer in `--model FILE`, or else one that `train` makes from the lines of the input.
pub(crate) fn model_or(options: &Options, train: &dyn Fn(&[&str]) -> Made) -> Made {
    if let Some(trained) = model(options)? {
        return Ok(trained);
    }
    let text = std::fs::read_to_string(&options.input)?;
    train(&text.lines().collect::<Vec<_>>())
}

/// The tokenizer in `--model FILE`, which a peer has trained.
fn model(options: &Options) -> Result<Option<Box<dyn Tokenizer>>, Box<dyn std::error::Error>> {
    let Some(path) = options.get::<String>("model")? else {
        return Ok(None);
    };
    Ok(Some(Box::new(course::tokenize::formats::load(path)?)))
}

/// Encodes with the vocabulary of `--gpt r50k|cl100k|o200k` or of `--model FILE`, or else with one of
/// `--vocab` tokens, which is trained first.
pub(crate) fn encode(options: &Options) -> Outcome {
    let make = || -> Made {
        use course::tokenize::Gpt;
        if let Some(trained) = model(options)? {
            return Ok(trained);
        }
        Ok(Box::new(match options.get::<String>("gpt")?.as_deref() {
            Some("r50k") => Gpt::R50k.load()?,
            Some("cl100k") => Gpt::Cl100k.load()?,
            Some("o200k") => Gpt::O200k.load()?,
            Some(other) => return Err(format!("--gpt {other}: r50k, cl100k or o200k").into()),
            None => {
                let text = std::fs::read_to_string(&options.input)?;
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                let training = BpeTraining {
                    vocab_size: options.get("vocab")?.unwrap_or(32_000),
                    ..BpeTraining::default()
                };
                Bpe::train(&lines, &training)?
            }
        }))
    };
    encode_lines(options, &make, json!({"kind": "bpe"}))
}

/// Encodes the same lines with `tiktoken-rs`, in this process: `--gpt r50k|cl100k|o200k`.
pub(crate) fn tiktoken(options: &Options) -> Outcome {
    let core = match options.get::<String>("gpt")?.as_deref() {
        Some("r50k") => tiktoken_rs::r50k_base()?,
        Some("o200k") => tiktoken_rs::o200k_base()?,
        _ => tiktoken_rs::cl100k_base()?,
    };
    let text = std::fs::read_to_string(&options.input)?;
    for _ in 0..options.runs {
        let (n, took) = timed(|| {
            text.lines()
                .map(|line| core.encode_ordinary(line).len())
                .sum::<usize>()
        });
        options.emit(
            json!({"peer": "tiktoken-rs"}),
            &took,
            text.len() as f64 / 1e6,
            "MB/s",
            json!({"tokens": n}),
        );
    }
    Ok(())
}

/// Trains on a file of any size and encodes it, line by line; it is never in memory as a whole. `peak_rss_mb`
/// says how much memory was used at the peak.
pub(crate) fn stream(options: &Options) -> Outcome {
    let lines = TextFiles::open(&options.input, Unit::Line)?;
    let bytes = std::fs::metadata(&options.input)?.len() as f64;
    let training = BpeTraining {
        vocab_size: options.get("vocab")?.unwrap_or(32_000),
        ..BpeTraining::default()
    };
    let (made, took) = timed(|| Bpe::train(&lines, &training));
    let made = made?;
    let quality = json!({"vocab": made.vocab_size()});
    options.emit(json!({"step": "train"}), &took, bytes / 1e6, "MB/s", quality);
    let mut n = 0;
    let (done, took) = timed(|| {
        encode_each(&made, &lines, &mut |ids| {
            n += ids.len();
            Ok(())
        })
    });
    done?;
    let quality = json!({"tokens": n, "bytes_per_token": bytes / n as f64});
    options.emit(json!({"step": "encode"}), &took, bytes / 1e6, "MB/s", quality);
    Ok(())
}

/// Encodes one piece of a million letters and more without a space. Twice the letters should take twice the
/// time. The input is not read.
pub(crate) fn one_word(options: &Options) -> Outcome {
    let gpt = course::tokenize::Gpt::O200k.load()?;
    let mut random = options.seed;
    for n in [125_000, 250_000, 500_000, 1_000_000, 2_000_000, 4_000_000] {
        let random_letters: String = (0..n)
            .map(|_| {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'a' + (random >> 33) as u8 % 26)
            })
            .collect();
        for (kind, text) in [("a", "a".repeat(n)), ("random", random_letters)] {
            let (ids, took) = timed(|| gpt.ids(&text));
            let params = json!({"letters": n, "kind": kind, "ns_a_letter": took.seconds * 1e9 / n as f64});
            options.emit(
                params,
                &took,
                n as f64 / 1e6,
                "MB/s",
                json!({"tokens": ids.len()}),
            );
        }
    }
    Ok(())
}
