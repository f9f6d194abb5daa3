//! Who may look at whom.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::context::attention::AttentionMask;
use crate::rng::Rng;

exercise! {
    /// For each query, whether it may look at each key.
    "09_attention/causal_mask": causal_mask(n_queries: usize as *usize, n_keys: usize as *usize) -> Vec<Vec<bool>>,
    exactly, allowed, random,
    public: [
        ("three tokens", [3_usize, 3_usize]),
        ("one new token, three in the cache", [1_usize, 4_usize]),
        ("two new tokens, one in the cache", [2_usize, 3_usize]),
        ("the first token sees itself", [1_usize, 1_usize]),
    ],
    mistakes: [
        ("not itself", "A token may look at itself, too: j ≤ i, not j < i.", not_itself),
        ("the future", "This shows each token what comes after it: it may look at what came before.", future),
        ("first at first", "The first query is put at the first key: the last query has the position of the last key.", first_at_first),
        ("everything", "This lets every token see all others: then the next word is no secret.", everything),
        ("keys first", "There is a row for each key: a row belongs to a query.", keys_first),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (queries, keys): (Option<usize>, Option<usize>) = (get(values, 0), get(values, 1));
    matches!((queries, keys), (Some(queries), Some(keys)) if queries > 0 && queries <= keys)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let keys = 1 + n / 2;
    vec![whole(rng, 1..=keys).to_value(), keys.to_value()]
}

fn truth(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    let causal = AttentionMask::causal(n_queries, n_keys);
    mask(n_queries, n_keys, |i, j| causal.allows(i, j))
}

fn mask(n_queries: usize, n_keys: usize, may: impl Fn(usize, usize) -> bool) -> Vec<Vec<bool>> {
    let row = |i: usize| (0..n_keys).map(|j| may(i, j)).collect();
    (0..n_queries).map(row).collect()
}

fn not_itself(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    mask(n_queries, n_keys, |i, j| j < i + n_keys - n_queries)
}

fn future(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    mask(n_queries, n_keys, |i, j| j >= i + n_keys - n_queries)
}

fn first_at_first(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    mask(n_queries, n_keys, |i, j| j <= i)
}

fn everything(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    mask(n_queries, n_keys, |_, _| true)
}

fn keys_first(n_queries: usize, n_keys: usize) -> Vec<Vec<bool>> {
    mask(n_keys, n_queries, |j, i| j <= i + n_keys - n_queries)
}
