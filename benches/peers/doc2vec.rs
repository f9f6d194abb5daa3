//! Document vectors by DBOW, with gensim's parameters: counting the words and five passes.

use course::corpus::{TextFiles, Texts, Unit};
use course::predict::Doc2Vec;
use ndarray::Array2;
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

/// How many documents are inferred anew, to see whether they find themselves, and how many words each has at
/// least.
const ASKED: usize = 150;
const WORDS: usize = 15;

pub(crate) fn run(options: &Options) -> Outcome {
    let texts = TextFiles::open(&options.input, Unit::Line)?.already_cut();
    let training = Doc2Vec {
        dimension: options.get("d")?.unwrap_or(100),
        epochs: options.get("epochs")?.unwrap_or(5),
        seed: options.seed,
        ..Default::default()
    };
    let mut documents = Vec::new();
    texts.each(&mut |text| {
        documents.push(text.to_owned());
        Ok(())
    })?;
    let asked: Vec<usize> = (0..documents.len())
        .step_by((documents.len() / 300).max(1))
        .filter(|&i| documents[i].split(' ').count() >= WORDS)
        .take(ASKED)
        .collect();
    for _ in 0..options.runs {
        let (model, took) = timed(|| training.train(&texts));
        let model = model?;
        let mut vectors = Array2::zeros((asked.len(), training.dimension));
        for (mut row, &i) in vectors.rows_mut().into_iter().zip(&asked) {
            row.assign(&model.infer(&documents[i], 20, options.seed));
        }
        let found = model.nearest(&vectors, 1)?;
        let hits = (0..asked.len()).filter(|&i| found.ids[[i, 0]] as usize == asked[i]);
        let share = hits.count() as f64 / asked.len() as f64;
        let words = model.vocabulary().tokens() as f64 * training.epochs as f64;
        options.emit(
            serde_json::to_value(&training)?,
            &took,
            words,
            "words/s",
            json!({"infer_self_top1": (share * 1e3).round() / 1e3, "n": asked.len()}),
        );
    }
    Ok(())
}
