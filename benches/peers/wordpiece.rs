//! WordPiece, as in `bpe_hf.py` with `wordpiece`: BERT's cut into words, without normalisation.

use course::tokenize::{Normalization, Score, Tokenizer, WordPiece, WordPieceTraining};
use serde_json::json;

use crate::bpe::{Made, encode_lines, model_or};
use crate::frame::{Options, Outcome, timed};

fn training(options: &Options) -> Result<WordPieceTraining, Box<dyn std::error::Error>> {
    let score = match options.get::<String>("score")?.as_deref() {
        None | Some("frequency") => Score::Frequency,
        Some("likelihood") => Score::Likelihood,
        Some(other) => return Err(format!("--score {other}: frequency or likelihood").into()),
    };
    Ok(WordPieceTraining {
        vocab_size: options.get("vocab")?.unwrap_or(8_000),
        min_count: options.get("min-count")?.unwrap_or(1),
        score,
        special: vec!["[UNK]".to_owned()],
        normalization: Normalization {
            clean: false,
            split_chinese: false,
            ..Normalization::cased()
        },
    })
}

pub(crate) fn train(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.lines().collect();
    let training = training(options)?;
    for _ in 0..options.runs {
        let (made, took) = timed(|| WordPiece::train(&lines, &training));
        let made = made?;
        let tokens: usize = lines.iter().map(|line| made.count(line)).sum();
        let params = json!({"vocab": training.vocab_size, "kind": "wordpiece", "score": format!("{:?}", training.score)});
        let quality =
            json!({"vocab": made.vocab_size(), "bytes_per_token": text.len() as f64 / tokens as f64});
        options.emit(params, &took, text.len() as f64 / 1e6, "MB/s", quality);
    }
    Ok(())
}

/// Encodes with the model in `--model FILE`, or else with one trained on the text with `--vocab N`.
pub(crate) fn encode(options: &Options) -> Outcome {
    let train = |lines: &[&str]| -> Made { Ok(Box::new(WordPiece::train(&lines, &training(options)?)?)) };
    encode_lines(
        options,
        &|| model_or(options, &train),
        json!({"kind": "wordpiece"}),
    )
}
