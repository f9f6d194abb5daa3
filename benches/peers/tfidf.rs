//! TF-IDF as in `lsa_sklearn.py`: words of at least two letters and five documents, smooth idf, rows of
//! length 1.

use course::count::{Terms, Weighting, term_document};
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

/// scikit-learn's `min_df=5` and `token_pattern=r"(?u)\b\w\w+\b"`.
pub(crate) const TERMS: Terms = Terms {
    min_documents: 5,
    min_letters: 2,
    most_share: 1.0,
};

pub(crate) fn run(options: &Options) -> Outcome {
    let text = std::fs::read_to_string(&options.input)?;
    let lines: Vec<&str> = text.lines().collect();
    for _ in 0..options.runs {
        let (made, took) =
            timed(|| term_document(&lines, TERMS).map(|counts| counts.tfidf(Weighting::default())));
        let made = made?;
        let matrix = made.matrix();
        let params = json!({"min_df": 5, "norm": "l2", "smooth_idf": true, "sublinear_tf": false});
        let sum: f64 = matrix.total();
        let quality = json!({
            "docs": matrix.n_rows(), "vocab": matrix.n_columns(), "nnz": matrix.n_entries(), "sum": sum,
        });
        options.emit(params, &took, text.len() as f64 / 1e6, "MB/s", quality);
    }
    Ok(())
}
