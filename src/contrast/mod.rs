//! Contrast: vectors that learn from what belongs together and what does not. The losses themselves are in
//! [`loss`](crate::loss); here is everything around them.
//!
//! | what | where |
//! |---|---|
