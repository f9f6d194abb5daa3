//! Word vectors by word2vec, with gensim's parameters: counting the words and five passes.

use course::corpus::{TextFiles, Unit};
use course::embeddings::Format;
use course::predict::{Architecture, Output, Word2Vec};
use course::words::FastText;
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

pub(crate) fn skip_gram(options: &Options) -> Outcome {
    run(options, Architecture::SkipGram)
}

pub(crate) fn cbow(options: &Options) -> Outcome {
    run(options, Architecture::Cbow)
}

/// Words by skip-gram, with fastText's parameters.
pub(crate) fn fasttext(options: &Options) -> Outcome {
    let texts = TextFiles::open(&options.input, Unit::Line)?.already_cut();
    let training = FastText {
        dimension: options.get("d")?.unwrap_or(100),
        epochs: options.get("epochs")?.unwrap_or(5),
        seed: options.seed,
        ..Default::default()
    };
    for _ in 0..options.runs {
        let (model, took) = timed(|| training.train(&texts));
        let model = model?;
        let words = model.vocabulary().tokens() as f64 * training.epochs as f64;
        let params = serde_json::to_value(&training)?;
        let quality = json!({"vocab": model.vocabulary().len(), "rows": model.input().nrows()});
        options.emit(params, &took, words, "words/s", quality);
        if let Some(path) = options.keep("words.vec")? {
            model.embeddings()?.write_as(&path, Format::Word2vec)?;
        }
    }
    Ok(())
}

fn run(options: &Options, architecture: Architecture) -> Outcome {
    let texts = TextFiles::open(&options.input, Unit::Line)?.already_cut();
    let hierarchical = options.get::<String>("output")?.as_deref() == Some("hs");
    let training = Word2Vec {
        architecture,
        output: if hierarchical {
            Output::HierarchicalSoftmax
        } else {
            Output::Negative(options.get("negative")?.unwrap_or(5))
        },
        dimension: options.get("d")?.unwrap_or(100),
        epochs: options.get("epochs")?.unwrap_or(5),
        min_count: options.get("min_count")?.unwrap_or(5),
        seed: options.seed,
        ..Default::default()
    };
    for _ in 0..options.runs {
        let (model, took) = timed(|| training.train(&texts));
        let model = model?;
        let words = model.vocabulary().tokens() as f64 * training.epochs as f64;
        let params = json!({
            "vector_size": training.dimension, "window": training.window, "output": format!("{:?}", training.output),
            "min_count": training.min_count, "sample": training.subsample, "epochs": training.epochs,
            "alpha": training.learning_rate, "min_alpha": training.min_learning_rate, "seed": training.seed,
        });
        options.emit(
            params,
            &took,
            words,
            "words/s",
            json!({"vocab": model.vocabulary().len()}),
        );
        if let Some(path) = options.keep("words.vec")? {
            model.embeddings()?.write_as(&path, Format::Word2vec)?;
        }
    }
    Ok(())
}
