//! Word vectors by GloVe: counting words and pairs, and fifteen epochs. `--learning-rate 0.05` is the
//! learning rate of the authors' program.

use course::corpus::{TextFiles, Unit};
use course::embeddings::Format;
use course::predict::Glove;
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

pub(crate) fn run(options: &Options) -> Outcome {
    let texts = TextFiles::open(&options.input, Unit::Line)?.already_cut();
    let training = Glove {
        dimension: options.get("d")?.unwrap_or(100),
        epochs: options.get("epochs")?.unwrap_or(15),
        x_max: options.get("x-max")?.unwrap_or(10.0),
        learning_rate: options.get("learning-rate")?.unwrap_or(0.1),
        seed: options.seed,
        ..Default::default()
    };
    for _ in 0..options.runs {
        let (model, took) = timed(|| training.train(&texts));
        let model = model?;
        let words = model.vocabulary().tokens() as f64 * training.epochs as f64;
        let params = json!({
            "vector_size": training.dimension, "window": training.window, "min_count": training.min_count,
            "x_max": training.x_max, "power": training.power, "epochs": training.epochs, "learning_rate": training.learning_rate,
            "seed": training.seed,
        });
        let quality = json!({"vocab": model.vocabulary().len(), "loss": model.losses().last()});
        options.emit(params, &took, words, "words/s", quality);
        if let Some(path) = options.keep("words.vec")? {
            model.embeddings()?.write_as(&path, Format::Word2vec)?;
        }
    }
    Ok(())
}
