//! Index vectors: each thing that can be counted gets a sparse random vector as its name.
//!
//! A ternary vector of d numbers, with a few +1 and as many −1 at positions drawn at random; all else is 0.
//! Two of them seldom share a position, so they are nearly orthogonal: the dot product of two vectors with s
//! such numbers each is 0 on average, with a spread of s/√d. The vector depends only on the seed and the
//! name, not on when the name was first met. So a text can grow, and models of different texts fit together.
//!
//! The hash of the name is the number of the stream of random numbers. BEAGLE's environment vectors are drawn
//! in the same way.

use rand::Rng as _;
use xxhash_rust::xxh3::xxh3_64;

use crate::rng;

/// One entry of an index vector: twice its position, plus one if the entry is −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spike(u32);

impl Spike {
    /// Its position and its sign.
    pub(super) fn parts(self) -> (usize, f32) {
        (self.0 as usize / 2, if self.0 & 1 == 0 { 1.0 } else { -1.0 })
    }
}

/// The index vector of `name`: `n` entries at different positions below `d`, the first half of them +1.
pub(super) fn index_vector(seed: u64, name: &str, d: usize, n: usize) -> Vec<Spike> {
    let mut rng = rng::stream(seed, xxh3_64(name.as_bytes()));
    let mut spikes: Vec<Spike> = Vec::with_capacity(n);
    while spikes.len() < n {
        let position = rng.random_range(0..d as u32);
        if spikes.iter().all(|spike| spike.0 / 2 != position) {
            let sign = u32::from(spikes.len() >= n.div_ceil(2));
            spikes.push(Spike(2 * position + sign));
        }
    }
    spikes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_plus_as_minus_at_different_positions() {
        for (d, n) in [(1000, 10), (10, 10), (2, 1), (8, 3)] {
            let spikes = index_vector(7, "word", d, n);
            let mut positions: Vec<usize> = spikes.iter().map(|spike| spike.parts().0).collect();
            positions.sort_unstable();
            positions.dedup();
            assert_eq!(positions.len(), n);
            assert!(positions.iter().all(|&position| position < d));
            let sum: f32 = spikes.iter().map(|spike| spike.parts().1).sum();
            assert_eq!(sum, (n % 2) as f32);
        }
        assert_eq!(
            index_vector(7, "word", 1000, 10),
            index_vector(7, "word", 1000, 10)
        );
        assert_ne!(
            index_vector(7, "word", 1000, 10),
            index_vector(8, "word", 1000, 10)
        );
        assert_ne!(
            index_vector(7, "word", 1000, 10),
            index_vector(7, "world", 1000, 10)
        );
    }
}
