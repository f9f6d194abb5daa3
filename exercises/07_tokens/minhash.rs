//! title: A MinHash signature
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Hash function i maps x to (a[i]·x + b[i]) mod p with the prime p = 2³¹ − 1 = 2147483647. Number i of the
//! signature is the smallest hash of the set's elements by function i; of an empty set it is p. All numbers
//! are below p, so that nothing overflows.

/// The signature of `set`.
#[allow(unused_variables, reason = "not written yet")]
pub fn minhash(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    todo!()
}
