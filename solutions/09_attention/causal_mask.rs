//! title: No look at the future
//! concept: causal mask
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: With as many queries as keys, query i may look at the keys j ≤ i.
//! hint: With fewer queries, query 0 has the position n_keys − n_queries.
//!
//! The keys are the tokens of a text, in order. The queries are its last `n_queries` tokens: the others
//! came before, and only their keys were kept, as in a cache. Each token may look at itself and at all
//! before it. Return a row for each query that says for each key whether the query may look at it. There is
//! at least one query, and there are at least as many keys.

/// For each query, whether it may look at each key.
pub fn causal_mask(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    // solution
    let first = n_keys - n_queries;
    let row = |i: usize| (0..n_keys).map(|j| j <= first + i).collect();
    (0..n_queries).map(row).collect()
    // end
}
