//! title: A MinHash signature
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: For hash function i compute (a[i]·x + b[i]) mod p for each element x, and keep the smallest.
//! hint: `min()` of no elements is `None`; `unwrap_or(p)` says what then.
//!
//! Hash function i maps x to (a[i]·x + b[i]) mod p with the prime p = 2³¹ − 1 = 2147483647. Number i of the
//! signature is the smallest hash of the set's elements by function i; of an empty set it is p. All numbers
//! are below p, so that nothing overflows.

/// The signature of `set`.
pub fn minhash(set: &[u64], a: &[u64], b: &[u64]) -> Vec<u64> {
    // solution
    const P: u64 = 2_147_483_647;
    let smallest = |(a, b): (&u64, &u64)| set.iter().map(|x| (a * x + b) % P).min().unwrap_or(P);
    a.iter().zip(b).map(smallest).collect()
    // end
}
