//! The unigram model: training and encoding as in `bpe_sentencepiece.py` with `unigram`.

use course::tokenize::{Tokenizer, Unigram, UnigramTraining};
use serde_json::json;

use crate::bpe::{Made, encode_lines, model_or};
use crate::frame::{Options, Outcome, timed};

fn training(options: &Options) -> Result<UnigramTraining, Box<dyn std::error::Error>> {
    Ok(UnigramTraining {
        vocab_size: options.get("vocab")?.unwrap_or(8_000),
        ..UnigramTraining::default()
    })
}

/// The quality is bytes per token on the corpus itself, counted after the clock has stopped.
pub(crate) fn train(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.lines().collect();
    let training = training(options)?;
    for _ in 0..options.runs {
        let (made, took) = timed(|| Unigram::train(&lines, &training));
        let made = made?.collapsing_spaces();
        let tokens: usize = lines.iter().map(|line| made.count(line)).sum();
        let params = json!({"vocab": training.vocab_size, "kind": "unigram", "coverage": training.coverage});
        let quality = json!({
            "vocab": made.vocab_size(), "tokens": tokens, "bytes_per_token": text.len() as f64 / tokens as f64,
        });
        options.emit(params, &took, text.len() as f64 / 1e6, "MB/s", quality);
        if let Some(path) = options.keep("tokenizer.json")? {
            std::fs::write(path, made.to_json()?)?;
        }
    }
    Ok(())
}

/// Encodes with the model in `--model FILE`, or else with one trained on the text with `--vocab N`.
pub(crate) fn encode(options: &Options) -> Outcome {
    let train = |lines: &[&str]| -> Made { Ok(Box::new(Unigram::train(&lines, &training(options)?)?)) };
    encode_lines(options, &|| model_or(options, &train), json!({"kind": "unigram"}))
}
