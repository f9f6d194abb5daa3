//! Counting a text's words and the words around them: window 5, words that occur at least 5 times.
//!
//! `--window`, `--min_count` and `--unit line|file` change that. Reading the file is part of the work, as it
//! is when a text is larger than the memory.

use course::corpus::{TextFiles, Unit, Vocabulary, Window};
use course::count::cooccurrence;
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

pub(crate) fn run(options: &Options) -> Outcome {
    let size = options.get("window")?.unwrap_or(5);
    let min_count = options.get("min_count")?.unwrap_or(5);
    let unit = match options.get::<String>("unit")?.as_deref() {
        None | Some("line") => Unit::Line,
        Some("file") => Unit::File,
        Some(other) => return Err(format!("--unit {other}: line or file").into()),
    };
    let texts = TextFiles::open(&options.input, unit)?;
    for _ in 0..options.runs {
        let (vocabulary, took) = timed(|| Vocabulary::of(&texts, min_count));
        let vocabulary = vocabulary?;
        let tokens = vocabulary.tokens() as f64 / vocabulary.coverage();
        let params = json!({"step": "vocabulary", "min_count": min_count});
        options.emit(
            params,
            &took,
            tokens,
            "words/s",
            json!({"words": vocabulary.len()}),
        );

        let window = Window::symmetric(size)?;
        let (counts, took) = timed(|| cooccurrence(&texts, &vocabulary, window));
        let counts = counts?;
        let params = json!({"step": "pairs", "window": size, "min_count": min_count});
        let quality = json!({"entries": counts.matrix().n_entries(), "pairs": counts.matrix().total()});
        options.emit(params, &took, tokens, "words/s", quality);
    }
    Ok(())
}
