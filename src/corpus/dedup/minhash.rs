//! MinHash: a short signature of a set, from which the similarity of two sets can be read.
//!
//! Number all possible elements at random, and take the least number in a set, min π(A). The least number of
//! the union of two sets is equally likely to belong to any of its elements, and the two minima are equal
//! exactly if that element is in both sets:
//!
//! ```text
//! P(min π(A) = min π(B)) = |A ∩ B| / |A ∪ B| = J(A, B)
//! ```
//!
//! So the share of k independent numberings in which two signatures agree is an estimate of J, with standard
//! deviation √(J (1-J) / k): 0.04 at k = 128 and J = 0.7. A signature is k numbers, however large the set is.
//!
//! A random permutation of all 32-bit numbers cannot be stored. The permutation x → (x ⊕ s) · a mod 2³², with
//! a odd, takes two instructions, and AVX-512 does sixteen of them at a time. It is not random enough for
//! elements that follow a pattern, but here the elements are hashes. The inner loop runs over the
//! permutations, in blocks that stay in registers: a set of n elements costs n·k/16 steps.
//!
//! Source: Broder (1997), *On the Resemblance and Containment of Documents*; Broder, Charikar, Frieze and
//! Mitzenmacher (1998), *Min-Wise Independent Permutations*; multiply-shift hashing is from Dietzfelbinger et
//! al. (1997).

use multiversion::multiversion;
use rand::Rng as _;

use crate::{Error, Result, rng};

/// How many permutations are computed in one run over a set: four registers of AVX-512 for the minima, and as
/// many for each constant.
const BLOCK: usize = 64;

/// k random permutations that turn sets into signatures.
#[derive(Clone)]
pub struct MinHash {
    n: usize,
    /// The numbers for the exclusive or, and those for the multiplication, in whole blocks.
    xor: Vec<[u32; BLOCK]>,
    odd: Vec<[u32; BLOCK]>,
}

crate::show::shown_as_line!(MinHash, |this| format!("MinHash: {} hash functions", this.n));

impl MinHash {
    /// `n` permutations, drawn from `seed`.
    ///
    /// # Errors
    /// `n` is 0 or above 65,536.
    pub fn new(n: usize, seed: u64) -> Result<Self> {
        if !(1..=1 << 16).contains(&n) {
            return Err(Error::value("the number of permutations", "1 to 65536", n));
        }
        let mut rng = rng::seeded(seed);
        let n_blocks = n.div_ceil(BLOCK);
        let mut draw = |or: u32| -> Vec<[u32; BLOCK]> {
            (0..n_blocks)
                .map(|_| std::array::from_fn(|_| rng.random::<u32>() | or))
                .collect()
        };
        let (xor, odd) = (draw(0), draw(1));
        Ok(Self { n, xor, odd })
    }

    /// How many permutations there are, and so how many numbers a signature has.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Always false: there is at least one.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// The signature of a set of hashes: the least number for each permutation. For the empty set, all are
    /// `u32::MAX`.
    ///
    /// ```
    /// use course::corpus::{Cut, dedup::{MinHash, jaccard, shingles}};
    /// let hash = MinHash::new(512, 1)?;
    /// let [a, b] = ["we the people of the united states", "we the people of the united kingdom"]
    ///     .map(|text| shingles(text, 2, Cut::Words));
    /// let estimate = MinHash::similarity(&hash.signature(&a), &hash.signature(&b));
    /// assert!((estimate - jaccard(&a, &b)).abs() < 0.1); // 5/7
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn signature(&self, set: &[u64]) -> Vec<u32> {
        let mut out = vec![u32::MAX; self.n];
        let mut folded = Vec::new();
        self.sign(set, &mut folded, &mut out);
        out
    }

    /// The same, written into `out`. `folded` is scratch space for the elements as 32 bits.
    pub(super) fn sign(&self, set: &[u64], folded: &mut Vec<u32>, out: &mut [u32]) {
        folded.clear();
        folded.extend(set.iter().map(|&x| (x ^ (x >> 32)) as u32));
        for ((xor, odd), out) in self.xor.iter().zip(&self.odd).zip(out.chunks_mut(BLOCK)) {
            let least = least_of_block(folded, xor, odd);
            out.copy_from_slice(&least[..out.len()]);
        }
    }

    /// The share of positions at which two signatures agree: an estimate of the sets' Jaccard similarity.
    pub fn similarity(a: &[u32], b: &[u32]) -> f64 {
        let same = a.iter().zip(b).filter(|(x, y)| x == y).count();
        same as f64 / a.len().max(b.len()).max(1) as f64
    }
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2", "x86_64+sse4.1"))]
fn least_of_block(set: &[u32], xor: &[u32; BLOCK], odd: &[u32; BLOCK]) -> [u32; BLOCK] {
    let mut least = [u32::MAX; BLOCK];
    for &x in set {
        for i in 0..BLOCK {
            least[i] = least[i].min((x ^ xor[i]).wrapping_mul(odd[i]));
        }
    }
    least
}
