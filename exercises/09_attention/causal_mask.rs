//! title: No look at the future
//! concept: causal mask
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! The keys are the tokens of a text, in order. The queries are its last `n_queries` tokens: the others
//! came before, and only their keys were kept, as in a cache. Each token may look at itself and at all
//! before it. Return a row for each query that says for each key whether the query may look at it. There is
//! at least one query, and there are at least as many keys.

/// For each query, whether it may look at each key.
#[allow(unused_variables, reason = "not written yet")]
pub fn causal_mask(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    todo!()
}
