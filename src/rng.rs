//! The one source of randomness: a seeded generator, which is passed as an argument wherever something is
//! drawn.
//!
//! ChaCha with eight rounds gives the same numbers on every machine and with every version of `rand`. It has
//! 2⁶⁴ independent streams for one seed. A parallel loop gives stream `i` to piece `i` of the work (and not
//! to thread `i`), so its result does not depend on the number of threads.
//!
//! The random vector of a word comes from the stream whose number is the hash of the word. So a word can come
//! later, and the models of two machines can be added up.

use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator. It implements [`rand::Rng`].
///
/// A type of this crate, and not an alias of `ChaCha8Rng`: the kernel can find the type of
/// `let mut rng = seeded(7);` only in this crate's own sources.
#[derive(Clone, PartialEq, Eq)]
pub struct Rng(ChaCha8Rng);

crate::show::shown_as_line!(Rng, |_| {
    "A seeded random number generator (ChaCha8)".to_owned()
});

impl RngCore for Rng {
    #[inline]
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    #[inline]
    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    #[inline]
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}

/// A generator that always gives the same numbers for the same `seed`.
///
/// ```
/// use rand::Rng;
/// let (mut a, mut b) = (course::rng::seeded(7), course::rng::seeded(7));
/// assert_eq!(a.random::<u64>(), b.random::<u64>());
/// ```
pub fn seeded(seed: u64) -> Rng {
    Rng(ChaCha8Rng::seed_from_u64(seed))
}

/// Stream number `stream` of `seed`, independent of all other streams of the seed.
///
/// ```
/// use rand::Rng;
/// let (mut a, mut b) = (course::rng::stream(7, 0), course::rng::stream(7, 1));
/// assert_ne!(a.random::<u64>(), b.random::<u64>());
/// ```
pub fn stream(seed: u64, stream: u64) -> Rng {
    let mut rng = seeded(seed);
    rng.0.set_stream(stream);
    rng
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_chacha() {
        let mut plain = ChaCha8Rng::seed_from_u64(7);
        plain.set_stream(3);
        let mut ours = stream(7, 3);
        let (mut a, mut b) = ([0; 5], [0; 5]);
        assert_eq!(ours.next_u64(), plain.next_u64());
        ours.fill_bytes(&mut a);
        plain.fill_bytes(&mut b);
        assert_eq!(a, b);
        assert_eq!(ours.next_u32(), plain.next_u32());
    }
}
