//! Near duplicates, as in `minhash_datasketch.py`: the first 20,000 documents of twenty words or more and
//! 2,000 planted copies, each without one word; 128 permutations of sets of three words, threshold 0.7.
//!
//! The peer's clock starts with the sets of shingles ready, as strings; this one starts with the texts.

use std::collections::HashSet;

use course::Result;
use course::corpus::dedup::{Bands, NearDuplicates, jaccard, shingles};
use course::corpus::{Cut, Texts};
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

const N: usize = 20_000;
const PLANTED: usize = 2_000;

/// Documents whose words are separated by spaces.
struct Spaces(Vec<String>);

impl Texts for Spaces {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.0.each(f)
    }

    fn cut(&self) -> Cut {
        Cut::Spaces
    }
}

pub(crate) fn run(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines = text.lines().filter(|l| l.split_ascii_whitespace().count() >= 20);
    let mut documents: Vec<String> = lines.take(N).map(str::to_owned).collect();
    for j in 0..PLANTED {
        let words = documents.get(10 * j).ok_or("the text is too short")?;
        let without: Vec<&str> = (words.split_ascii_whitespace().enumerate())
            .filter(|(i, _)| *i != 5)
            .map(|(_, word)| word)
            .collect();
        documents.push(without.join(" "));
    }
    let texts = Spaces(documents);
    let search = NearDuplicates {
        seed: options.seed,
        ..NearDuplicates::default()
    };
    let sets: Vec<Vec<u64>> = texts.0.iter().map(|t| shingles(t, 3, Cut::Spaces)).collect();
    let similar = |i: usize, j: usize| jaccard(&sets[i], &sets[j]) >= search.threshold;
    let planted: Vec<(usize, usize)> = (0..PLANTED)
        .map(|j| (10 * j, N + j))
        .filter(|&(i, j)| similar(i, j))
        .collect();
    let bands = Bands::for_threshold(search.n_permutations, search.threshold)?;
    for _ in 0..options.runs {
        let (near, took) = timed(|| search.find(&texts));
        let near = near?;
        let pairs: HashSet<(usize, usize)> = near.pairs().iter().map(|p| (p.first, p.second)).collect();
        let found = planted.iter().filter(|p| pairs.contains(p)).count();
        let right = pairs.iter().filter(|&&(i, j)| similar(i, j)).count();
        let params = json!({
            "docs": texts.0.len(), "shingles": sets.iter().map(Vec::len).sum::<usize>(),
            "perms": search.n_permutations, "threshold": search.threshold, "b_r": [bands.n(), bands.rows()],
        });
        let quality = json!({
            "pairs": pairs.len(), "candidates": near.n_candidates(),
            "planted_recall": found as f64 / planted.len() as f64, "planted_true": planted.len(),
            "precision": right as f64 / pairs.len().max(1) as f64,
        });
        options.emit(params, &took, texts.0.len() as f64, "docs/s", quality);
    }
    Ok(())
}
