//! Sentence vectors of many texts by MiniLM, which must have been fetched. The input is a text, each line a
//! document, or `glosses`: 2,000 of WordNet's, evenly spread, which `--out` writes for the peer,
//! `benches/encode_peers.py`. The first run is not timed.

use std::error::Error;

use course::context::Bert;
use course::data::wordnet;
use serde_json::json;

use crate::frame::{Options, Outcome, timed, write_npy};

/// How many of WordNet's glosses.
const GLOSSES: usize = 2000;

pub(crate) fn run(options: &Options) -> Outcome {
    let texts = texts(options)?;
    let minilm = Bert::minilm()?;
    minilm.sentence_vectors(&texts[..texts.len().min(64)])?;
    for _ in 0..options.runs {
        let (vectors, took) = timed(|| minilm.sentence_vectors(&texts));
        let vectors = vectors?;
        let (rows, columns) = vectors.dim();
        if let Some(path) = options.keep("vectors.npy")? {
            let bytes: Vec<u8> = vectors.iter().flat_map(|x| x.to_le_bytes()).collect();
            write_npy(&path, "<f4", rows, columns, &bytes)?;
        }
        let quality = json!({"dimension": columns});
        options.emit(json!({"texts": rows}), &took, rows as f64, "texts/s", quality);
    }
    Ok(())
}

fn texts(options: &Options) -> Result<Vec<String>, Box<dyn Error>> {
    if options.input.as_os_str() != "glosses" {
        return Ok(std::fs::read_to_string(&options.input)?
            .lines()
            .map(str::to_owned)
            .collect());
    }
    let all = wordnet::glosses();
    let some = all.iter().step_by((all.len() / GLOSSES).max(1)).take(GLOSSES);
    let texts: Vec<String> = some.map(|gloss| gloss.definition.clone()).collect();
    if let Some(path) = options.keep("texts.txt")? {
        std::fs::write(path, texts.join("\n"))?;
    }
    Ok(texts)
}
