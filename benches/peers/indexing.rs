//! Word vectors by BEAGLE and by random indexing, for words that occur at least 5 times.
//!
//! Reading the file is part of the work. BEAGLE counts the vocabulary first, which is timed separately;
//! random indexing needs none. `--dimension`, `--window` and `--min_count` change the settings.

use course::corpus::{TextFiles, Unit, Vocabulary, Window};
use course::count::Beagle;
use course::indexing::{Context, RandomIndexing};
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

pub(crate) fn beagle(options: &Options) -> Outcome {
    let settings = Beagle {
        dimension: options.get("dimension")?.unwrap_or(1024),
        window: options.get("window")?.unwrap_or(3),
        seed: options.seed,
        ..Beagle::default()
    };
    let min_count = options.get("min_count")?.unwrap_or(5);
    let texts = TextFiles::open(&options.input, Unit::Line)?;
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
        let (model, took) = timed(|| settings.train(&texts, &vocabulary));
        let words = model?.order()?.len();
        let params =
            json!({"dimension": settings.dimension, "window": settings.window, "min_count": min_count});
        options.emit(params, &took, tokens, "words/s", json!({"words": words}));
    }
    Ok(())
}

pub(crate) fn random_indexing(options: &Options) -> Outcome {
    let window = options.get("window")?.unwrap_or(2);
    let settings = RandomIndexing {
        dimension: options.get("dimension")?.unwrap_or(1000),
        context: Context::Window(Window::symmetric(window)?),
        seed: options.seed,
        ..RandomIndexing::default()
    };
    let texts = TextFiles::open(&options.input, Unit::Line)?;
    for _ in 0..options.runs {
        let (model, took) = timed(|| settings.train(&texts));
        let model = model?;
        let params = json!({"dimension": settings.dimension, "spikes": settings.spikes, "window": window});
        options.emit(
            params,
            &took,
            model.tokens() as f64,
            "words/s",
            json!({"words": model.len()}),
        );
    }
    Ok(())
}
