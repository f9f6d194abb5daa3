//! Near duplicates: all pairs of documents whose sets of shingles have at least a given similarity.
//!
//! 1. Each document becomes its set of shingles, and the set becomes a signature (`minhash.rs`).
//! 2. Documents that agree in a band of their signatures are candidates (`bands.rs`). For each band, the
//!    documents are sorted by a hash of its numbers, so equal ones are next to each other.
//! 3. The similarity of each candidate pair is computed exactly, from the sets, and pairs below the threshold
//!    are dropped.
//!
//! So every pair that is found is correct, and only what the bands miss is missed: at most one pair in a
//! hundred at the threshold itself, fewer above it. Libraries that skip step 3 must choose narrower bands to
//! be precise, and lose more.
//!
//! A page with ten thousand copies would give fifty million pairs. Copies with exactly the same signature are
//! therefore compared only with the first of them. The pairs among them follow from that, and the
//! [groups](Near::groups) are the same.
//!
//! Cost: see the two files; the time of step 3 grows with the number of candidates. Memory: 8 bytes per
//! shingle, 4 per number of a signature. The documents themselves are read once and not kept.

use rayon::prelude::*;

use super::shingles::push_shingles;
use super::{Bands, Groups, MinHash, jaccard};
use crate::corpus::{Batch, Cut, Texts, each_group};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// What counts as nearly the same, and how it is searched for.
#[derive(Clone, Debug, PartialEq)]
pub struct NearDuplicates {
    /// Two documents are near duplicates from this similarity on.
    pub threshold: f64,
    /// How many words a shingle has.
    pub shingle: usize,
    /// How many numbers a signature has.
    pub n_permutations: usize,
    /// The seed of the permutations.
    pub seed: u64,
}

crate::plot::shown_as_record!(NearDuplicates);

impl Default for NearDuplicates {
    /// A Jaccard similarity of 0.7, shingles of three words, 128 permutations.
    fn default() -> Self {
        Self {
            threshold: 0.7,
            shingle: 3,
            n_permutations: 128,
            seed: 1,
        }
    }
}

/// Two documents and how similar they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPair {
    /// The earlier one.
    pub first: usize,
    /// The later one.
    pub second: usize,
    /// Jaccard's similarity of their shingles.
    pub similarity: f64,
}

crate::plot::shown_as_record!(NearPair);

/// The near duplicates that were found.
#[derive(Clone, PartialEq)]
pub struct Near {
    n_documents: usize,
    n_candidates: usize,
    pairs: Vec<NearPair>,
}

/// Sets of numbers, one after the other, and their signatures.
#[derive(Default)]
struct Signed {
    shingles: Vec<u64>,
    ends: Vec<usize>,
    signatures: Vec<u32>,
}

impl Signed {
    fn set(&self, i: usize) -> &[u64] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.shingles[start..self.ends[i]]
    }

    fn append(&mut self, other: Self) {
        let n = self.shingles.len();
        self.shingles.extend(other.shingles);
        self.ends.extend(other.ends.into_iter().map(|end| n + end));
        self.signatures.extend(other.signatures);
    }
}

impl NearDuplicates {
    /// The near duplicates among `texts`, found on all threads; the result does not depend on their number.
    ///
    /// ```
    /// use course::corpus::dedup::NearDuplicates;
    /// let texts = ["call me ishmael some years ago never mind how long precisely",
    ///     "the sea was calm that morning and the ship lay still",
    ///     "call me ishmael some years ago never mind how long exactly"];
    /// let near = NearDuplicates::default().find(&texts)?;
    /// assert_eq!((near.pairs()[0].first, near.pairs()[0].second), (0, 2));
    /// assert_eq!(near.groups().keep(&texts).len(), 2);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// Reading the texts fails; the threshold is not above 0 and at most 1; a shingle has no words; there are
    /// no permutations or too many; there are more than 2³² documents.
    pub fn find(&self, texts: &dyn Texts) -> Result<Near> {
        let hash = MinHash::new(self.n_permutations, self.seed)?;
        let bands = Bands::for_threshold(self.n_permutations, self.threshold)?;
        if self.shingle == 0 {
            return Err(Error::value("the words of a shingle", "at least 1", "0"));
        }
        let signed = self.sign(texts, &hash)?;
        let n = signed.ends.len();
        if n > u32::MAX as usize {
            return Err(Error::value("the documents", "at most 4294967295", n));
        }
        let candidates = candidates(&signed, hash.len(), bands);
        let pairs = (candidates.par_iter().with_min_len(256))
            .filter_map(|&(first, second)| {
                let (first, second) = (first as usize, second as usize);
                let similarity = jaccard(signed.set(first), signed.set(second));
                (similarity >= self.threshold).then_some(NearPair {
                    first,
                    second,
                    similarity,
                })
            })
            .collect();
        Ok(Near {
            n_documents: n,
            n_candidates: candidates.len(),
            pairs,
        })
    }

    /// The shingles and signatures of all documents, in order.
    fn sign(&self, texts: &dyn Texts, hash: &MinHash) -> Result<Signed> {
        let cut: Cut = texts.cut();
        let mut all = Signed::default();
        each_group(texts, &mut |group| {
            let parts: Vec<Signed> = (group.par_iter())
                .map(|batch: &Batch| {
                    let mut part = Signed::default();
                    let (mut words, mut set, mut folded) = (Vec::new(), Vec::new(), Vec::new());
                    for text in batch.documents() {
                        push_shingles(text, self.shingle, cut, &mut words, &mut set);
                        let at = part.signatures.len();
                        part.signatures.resize(at + hash.len(), u32::MAX);
                        hash.sign(&set, &mut folded, &mut part.signatures[at..]);
                        part.shingles.extend_from_slice(&set);
                        part.ends.push(part.shingles.len());
                    }
                    part
                })
                .collect();
            parts.into_iter().for_each(|part| all.append(part));
            Ok(())
        })?;
        Ok(all)
    }
}

/// Pairs of documents that agree in a band, each once, in order. A document without shingles is in no pair.
fn candidates(signed: &Signed, len: usize, bands: Bands) -> Vec<(u32, u32)> {
    let documents: Vec<u32> = (0..signed.ends.len() as u32)
        .filter(|&i| !signed.set(i as usize).is_empty())
        .collect();
    let signature = |i: u32| &signed.signatures[i as usize * len..(i as usize + 1) * len];
    let of_band = |band: usize| {
        let place = band * bands.rows()..(band + 1) * bands.rows();
        let key = |&i: &u32| {
            let fold = |hash: u64, &x: &u32| {
                (hash ^ u64::from(x))
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                    .rotate_left(29)
            };
            signature(i)[place.clone()].iter().fold(0, fold)
        };
        let mut keys: Vec<(u64, u32)> = documents.iter().map(|i| (key(i), *i)).collect();
        keys.sort_unstable();
        let mut pairs = Vec::new();
        for same in keys.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() > 1) {
            // Documents with the same whole signature are represented by the first one that had it.
            let mut different: Vec<u32> = Vec::new();
            for &(_, j) in same {
                match different.iter().find(|&&i| signature(i) == signature(j)) {
                    Some(&i) => pairs.push((i, j)),
                    None => {
                        pairs.extend(different.iter().map(|&i| (i, j)));
                        different.push(j);
                    }
                }
            }
        }
        pairs
    };
    let mut pairs: Vec<(u32, u32)> = (0..bands.n()).into_par_iter().flat_map_iter(of_band).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

impl Near {
    /// The pairs, sorted by their first and then by their second document.
    pub fn pairs(&self) -> &[NearPair] {
        &self.pairs
    }

    /// How many pairs were compared in the search.
    pub fn n_candidates(&self) -> usize {
        self.n_candidates
    }

    /// The documents that are connected by pairs.
    pub fn groups(&self) -> Groups {
        Groups::of_pairs(self.n_documents, self.pairs.iter().map(|p| (p.first, p.second)))
    }

    /// The pairs, the most similar first.
    pub fn table(&self) -> Table {
        let mut order: Vec<&NearPair> = self.pairs.iter().collect();
        order.sort_by(|x, y| y.similarity.total_cmp(&x.similarity));
        let columns = [
            Column::new("document"),
            Column::new("document"),
            Column::new("similarity").decimals(3).bars().range(0.0, 1.0),
        ];
        let n = self.n_documents as u64;
        Table::new(columns)
            .rows(order.iter().map(|p| (p.first, p.second, p.similarity)))
            .at_most(20)
            .note(format!(
                "{} near duplicates; {} pairs were compared, of {}",
                self.pairs.len(),
                self.n_candidates,
                crate::corpus::grouped(n * n.saturating_sub(1) / 2)
            ))
    }
}

crate::show::shown_as_table!(Near);
