//! title: TF-IDF with smoothing
//! concept: tf-idf
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: First the document frequency of each word: in how many rows is its count above 0?
//! hint: `(1.0 + n_documents as f32) / (1.0 + df)` and then `.ln() + 1.0`.
//! hint: Multiply first, then divide the row by its length; a row of zeros has length 0 and stays.
//!
//! Row d of `counts` says how often each word occurs in document d. With N documents, n of which have the
//! word, the smooth IDF is ln((1 + N) / (1 + n)) + 1. It does not matter how often a document has the
//! word. Multiply each count by its word's IDF, then divide each row by its Euclidean length. A row of
//! zeros stays a row of zeros.

/// The counts weighted by smooth idf, each row of length 1.
pub fn tf_idf(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    let n_words = counts.first().map_or(0, Vec::len);
    let n_documents = counts.len() as f32;
    let idf: Vec<f32> = (0..n_words)
        .map(|w| {
            let n = counts.iter().filter(|row| row[w] > 0.0).count() as f32;
            ((1.0 + n_documents) / (1.0 + n)).ln() + 1.0
        })
        .collect();
    counts
        .iter()
        .map(|row| {
            let row: Vec<f32> = row.iter().zip(&idf).map(|(tf, idf)| tf * idf).collect();
            let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
            row.iter()
                .map(|x| if length == 0.0 { 0.0 } else { x / length })
                .collect()
        })
        .collect()
    // end
}
