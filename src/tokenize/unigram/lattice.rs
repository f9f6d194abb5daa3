//! All the ways to cut a piece into tokens, and what is computed from them.
//!
//! The lattice has a node at each end of a character, and an edge for each token that fits between two nodes.
//! A cut is a path from the first node to the last. Its log-probability is the sum of its tokens'
//! log-probabilities, so
//!
//! - the best path is found node by node (Viterbi): best(j) = max over edges i→j of best(i) + score;
//! - the n best paths likewise, with the n best at every node;
//! - the sum over all paths likewise, with + in place of max: forward(j) = Σ forward(i)·p, and backward in
//!   the same way from the other end; then forward(i)·p·backward(j)/total is the probability that a random
//!   path has this edge;
//! - a path is drawn from the distribution of all paths by going back from the end, taking each edge with its
//!   share of forward.
//!
//! Each takes time proportional to the number of edges (n times that for the n best).

use rand::Rng as _;

use super::trie::Trie;
use crate::rng::Rng;

/// A token that fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) id: u32,
    pub(super) score: f64,
}

/// The tokens and what each is worth.
#[derive(Clone)]
pub(super) struct Model {
    pub(super) trie: Trie,
    /// Log-probabilities.
    pub(super) scores: Vec<f64>,
    pub(super) unknown: u32,
    /// The log-probability of a character that no token is made for.
    pub(super) unknown_score: f64,
    pub(super) sums: Sums,
}

/// The precision of the sums of scores. It can decide which of two nearly equal cuts is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sums {
    /// Double precision, as in the `tokenizers` library.
    Double,
    /// Single precision, as in SentencePiece's training.
    Single,
    /// Kept in single precision and compared in double precision, as in SentencePiece's encoding.
    KeptSingle,
}

impl Model {
    /// The edges of `piece`, sorted by where they begin and then by length. At least one edge of one
    /// character begins at each node: if no token is that character alone, it is the unknown token.
    pub(super) fn edges(&self, piece: &str, edges: &mut Vec<Edge>) {
        edges.clear();
        for (start, c) in piece.char_indices() {
            let mut single = false;
            self.trie.each(&piece.as_bytes()[start..], |len, id| {
                single |= len == c.len_utf8();
                edges.push(Edge {
                    start: start as u32,
                    end: (start + len) as u32,
                    id,
                    score: self.scores[id as usize],
                });
            });
            if !single {
                edges.push(Edge {
                    start: start as u32,
                    end: (start + c.len_utf8()) as u32,
                    id: self.unknown,
                    score: self.unknown_score,
                });
            }
        }
    }
}

/// The best path through `edges` to byte `len`, in order. Of equally good paths, the one whose last edge was
/// found first.
pub(super) fn viterbi(
    edges: &[Edge],
    len: usize,
    sums: Sums,
    best: &mut Vec<(f64, u32)>,
    path: &mut Vec<Edge>,
) {
    const NEVER: u32 = u32::MAX;
    best.clear();
    best.resize(len + 1, (f64::NEG_INFINITY, NEVER));
    best[0].0 = 0.0;
    for (edge, i) in edges.iter().zip(0..) {
        let mut score = best[edge.start as usize].0 + edge.score;
        if sums == Sums::Single {
            score = f64::from(score as f32);
        }
        let target = &mut best[edge.end as usize];
        if target.1 == NEVER || score > target.0 {
            if sums == Sums::KeptSingle {
                score = f64::from(score as f32);
            }
            *target = (score, i);
        }
    }
    path.clear();
    let mut at = len;
    while at > 0 {
        let Some(edge) = edges.get(best[at].1 as usize) else {
            break;
        };
        path.push(*edge);
        at = edge.start as usize;
    }
    path.reverse();
}

/// Up to `n` best paths, with the best first, each with its score.
pub(super) fn n_best(edges: &[Edge], len: usize, n: usize) -> Vec<(f64, Vec<Edge>)> {
    // At every node up to n of (score, edge that ends here, rank of the path at the edge's beginning).
    let mut best: Vec<Vec<(f64, usize, usize)>> = vec![Vec::new(); len + 1];
    best[0].push((0.0, usize::MAX, 0));
    for place in 0..len {
        if best[place].is_empty() {
            continue;
        }
        best[place].sort_by(|x, y| y.0.total_cmp(&x.0));
        best[place].truncate(n);
        let first = edges.partition_point(|e| (e.start as usize) < place);
        for (i, edge) in edges.iter().enumerate().skip(first) {
            if edge.start as usize != place {
                break;
            }
            for rank in 0..best[place].len() {
                let score = best[place][rank].0 + edge.score;
                best[edge.end as usize].push((score, i, rank));
            }
        }
    }
    best[len].sort_by(|x, y| y.0.total_cmp(&x.0));
    best[len].truncate(n);
    let walk = |rank: usize| {
        let (mut place, mut rank, mut path) = (len, rank, Vec::new());
        while place > 0 {
            let (_, i, before) = best[place][rank];
            path.push(edges[i]);
            (place, rank) = (edges[i].start as usize, before);
        }
        path.reverse();
        path
    };
    (0..best[len].len())
        .map(|rank| (best[len][rank].0, walk(rank)))
        .collect()
}

/// ln(eᵃ + eᵇ), without overflow or underflow.
fn log_add(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// Draws a path with probability proportional to exp(`alpha` · score).
pub(super) fn sample(edges: &[Edge], len: usize, alpha: f64, rng: &mut Rng) -> Vec<Edge> {
    let mut forward = vec![f64::NEG_INFINITY; len + 1];
    forward[0] = 0.0;
    for e in edges {
        let score = forward[e.start as usize] + alpha * e.score;
        forward[e.end as usize] = log_add(forward[e.end as usize], score);
    }
    let mut by_end: Vec<&Edge> = edges.iter().collect();
    by_end.sort_by_key(|e| e.end);
    let (mut at, mut path) = (len, Vec::new());
    while at > 0 {
        let first = by_end.partition_point(|e| (e.end as usize) < at);
        let here = by_end[first..].iter().take_while(|e| e.end as usize == at);
        let mut left = rng.random::<f64>();
        let mut chosen = None;
        for e in here {
            chosen = Some(**e);
            left -= (forward[e.start as usize] + alpha * e.score - forward[at]).exp();
            if left <= 0.0 {
                break;
            }
        }
        let Some(edge) = chosen else { break };
        path.push(edge);
        at = edge.start as usize;
    }
    path.reverse();
    path
}

/// Adds to `expected` how often each token is in a random path, times `count`. Returns `count` times the
/// log-probability of the piece. `room` is working space for the sums.
pub(super) fn expect(
    edges: &[Edge],
    len: usize,
    count: f64,
    expected: &mut [f64],
    room: &mut [Vec<f64>; 2],
) -> f64 {
    let [forward, backward] = room;
    for side in [&mut *forward, &mut *backward] {
        side.clear();
        side.resize(len + 1, 0.0);
    }
    // Probabilities and not their logarithms: in training, pieces are cut so short that no product vanishes.
    (forward[0], backward[len]) = (1.0, 1.0);
    for e in edges {
        forward[e.end as usize] += forward[e.start as usize] * e.score.exp();
    }
    let total = forward[len];
    if total <= 0.0 {
        return 0.0;
    }
    for e in edges.iter().rev() {
        let p = e.score.exp();
        let after = backward[e.end as usize];
        expected[e.id as usize] += count * forward[e.start as usize] * p * after / total;
        backward[e.start as usize] += p * after;
    }
    count * total.ln()
}
