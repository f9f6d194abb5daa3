//! How good are vectors? Their cosines against what people say about pairs of words, and questions of
//! analogy.
//!
//! | what | measure | from |
//! |---|---|---|
//! | 353 pairs, related or similar | Spearman's correlation with people's ratings | WordSim-353 (Finkelstein et al. 2001) |
//! | 999 pairs, similar only | the same | SimLex-999 (Hill, Reichart and Korhonen 2015) |
//! | 19,544 questions a : b = c : ? | share of right answers | Google's set (Mikolov et al. 2013) |
//!
//! Words are looked up in lower case, and pairs and questions with an unknown word are left out: a score is
//! worth nothing without how many were covered. All three sets are fetched (`cargo course fetch word-pairs`),
//! since they have no licence of their own.

mod accuracy;
mod agreement;
mod questions;
mod rated_pairs;
mod spearman;

pub use accuracy::{AnalogyAccuracy, SectionScore};
pub use agreement::{Agreement, Evaluation};
pub use questions::AnalogyQuestions;
pub use rated_pairs::RatedPairs;
pub use spearman::spearman;
