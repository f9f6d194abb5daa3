//! Latent semantic analysis as in `lsa_sklearn.py`: TF-IDF, which is not timed, then 100 dimensions by 5
//! power iterations with 10 extra directions. `--power`, `--k` and `--oversampling` change that.

use course::count::{SvdOptions, Weighting, term_document, truncated_svd};
use serde_json::json;

use crate::frame::{Options, Outcome, timed, write_npy};
use crate::tfidf::TERMS;

pub(crate) fn run(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.lines().collect();
    let tfidf = term_document(&lines, TERMS)?.tfidf(Weighting::default());
    let svd = SvdOptions {
        k: options.get("k")?.unwrap_or(100),
        power_iterations: options.get("power")?.unwrap_or(5),
        oversampling: options.get("oversampling")?.unwrap_or(10),
        seed: options.seed,
    };
    for _ in 0..options.runs {
        let (made, took) = timed(|| truncated_svd(tfidf.matrix(), &svd));
        let made = made?;
        let sigma = made.singular_values();
        let params = json!({
            "n_components": svd.k, "n_iter": svd.power_iterations, "n_oversamples": svd.oversampling,
        });
        let quality = json!({
            "energy": made.energy_kept().last(), "sigma1": sigma.first(), "sigma100": sigma.last(),
        });
        options.emit(params, &took, tfidf.matrix().n_entries() as f64, "nnz/s", quality);
        if let Some(path) = options.keep("documents.npy")? {
            let documents = made.scaled_left();
            let bytes: Vec<u8> = documents.iter().flat_map(|x| x.to_le_bytes()).collect();
            write_npy(&path, "<f4", documents.nrows(), documents.ncols(), &bytes)?;
        }
    }
    Ok(())
}
