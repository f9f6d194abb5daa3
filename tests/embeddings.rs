//! Embeddings against other programs: gensim, scikit-learn, scipy.

#![allow(clippy::expect_used, reason = "what fails here fails a test")]

mod evaluation;
mod formats;
#[cfg(target_os = "linux")]
mod hostile;
