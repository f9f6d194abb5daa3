//! Topics by Gibbs sampling: 50 topics, α 0.1, η 0.01, 100 sweeps; the last 2,000 documents are held out.
//!
//! `--topics`, `--sweeps` and `--blocks` change that. The input is already cut into words, with one document
//! a line. `phi.npy` has P(word | topic), with the words in alphabetical order.

use course::corpus::{TextFiles, Unit};
use course::topic::{Gibbs, Lda, TopicWords};
use serde_json::json;

use crate::frame::{Options, Outcome, timed, write_npy};

/// Documents that are not trained on.
const HELD_OUT: usize = 2000;

pub(crate) fn run(options: &Options) -> Outcome {
    let texts = TextFiles::open(&options.input, Unit::Line)?.already_cut();
    let docs = TopicWords::default().read(&texts)?;
    let (train, held_out) = docs.split_last(HELD_OUT);
    let settings = Lda {
        n_topics: options.get("topics")?.unwrap_or(50),
        sweeps: options.get("sweeps")?.unwrap_or(100),
        blocks: options.get("blocks")?,
        seed: options.seed,
        ..Lda::default()
    };
    for _ in 0..options.runs {
        let mut sampler = Gibbs::new(&settings, &train)?;
        let ((), took) = timed(|| (0..settings.sweeps).for_each(|_| sampler.sweep()));
        let model = sampler.model()?;
        let params = json!({
            "k": settings.n_topics, "alpha": settings.alpha, "eta": settings.eta, "iters": settings.sweeps,
            "blocks": settings.blocks,
        });
        let quality = json!({
            "npmi": model.coherence(&train)?.mean(), "heldout_ppl": model.perplexity(&held_out)?,
            "docs": train.len(), "tokens": train.tokens(), "vocab": train.vocabulary().len(),
        });
        if let Some(path) = options.keep("phi.npy")? {
            let words = model.vocabulary().words();
            let mut order: Vec<usize> = (0..words.len()).collect();
            order.sort_by(|&a, &b| words[a].cmp(&words[b]));
            let phi = model.phi();
            let numbers = phi
                .rows()
                .into_iter()
                .flat_map(|row| order.iter().map(|&w| row[w]).collect::<Vec<f32>>());
            let bytes: Vec<u8> = numbers.flat_map(f32::to_le_bytes).collect();
            write_npy(&path, "<f4", settings.n_topics, words.len(), &bytes)?;
        }
        let amount = train.tokens() as f64 * settings.sweeps as f64;
        options.emit(params, &took, amount, "tokens*iters/s", quality);
    }
    Ok(())
}
