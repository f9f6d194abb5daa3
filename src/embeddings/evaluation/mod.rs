//! How good are the vectors? Their cosines are compared with people's ratings of pairs of words, and they
//! answer analogy questions.
//!
//! | what | measure | from |
//! |---|---|---|
//! | 353 pairs, related or similar | Spearman's correlation with people's ratings | WordSim-353 (Finkelstein et al. 2001) |
//! | 999 pairs, similar only | the same | SimLex-999 (Hill, Reichart and Korhonen 2015) |
//! | 19,544 questions a : b = c : ? | share of right answers | Google's set (Mikolov et al. 2013) |
//!
//! Words are looked up in lower case. Pairs and questions with an unknown word are left out, so a score means
//! nothing without the number that were covered. All three sets are fetched
//! (`cargo course fetch word-pairs`), because they have no licence of their own.

mod accuracy;
mod agreement;
mod comparison;
mod questions;
mod rated_pairs;
mod spearman;

pub use accuracy::{AnalogyAccuracy, SectionScore};
pub use agreement::{Agreement, Evaluation};
pub use comparison::{Comparison, comparison};
pub use questions::AnalogyQuestions;
pub use rated_pairs::RatedPairs;
pub use spearman::spearman;
