//! One sweep through one block of documents: the loop in which all the time is spent.
//!
//! The `K` weights of a position are computed all at once, with an instruction or two for 16 topics:
//!
//! ```text
//! weight[k] = (n_dk + αₖ) · (n_wk + η) · 1/(n_k + V·η)         a multiple of 16 numbers, the last ones 0
//! ```
//!
//! The position's own topic is not subtracted in memory but on the fly, by a comparison in every lane: if a
//! vector is read right after one of its numbers was written, the read has to wait for the write. To find the
//! drawn topic, the weights are added up over groups of 16 (16 sums), and those again to 4 sums. The drawn
//! number is then looked up in the 4 sums, in 4 of the 16, and in the groups: three short steps instead of a
//! search through `K`.
//!
//! For small `K` this is faster than samplers that only touch topics with a count, since it has no branches
//! to mispredict. Time grows with `K`, in steps of 16. Up to 128 topics the loops are unrolled, with a
//! separate copy for each length.
//!
//! Measured: with AVX2 the weights of 16 topics are a dozen instructions without a branch. A sampler that
//! only touches topics with a count took twice the processor time at 50 topics and 10 words a document, since
//! its branches follow the random numbers. If the compiler knows the length of a loop, the loop takes half
//! the time.

use multiversion::multiversion;

/// Topics that are computed together; rows of counts are padded to a multiple.
pub(super) const LANES: usize = 16;

/// 16 numbers of `f32` that share a cache line.
type Lane = [f32; LANES];

/// What the sweep of a block reads and changes. Rows have `width` numbers, a multiple of 16; the last ones
/// are 0.
pub(super) struct Block<'a> {
    pub(super) words: &'a [u32],
    /// Where each document begins in `words`, and where the last one ends; all are too large by `starts[0]`.
    pub(super) starts: &'a [usize],
    pub(super) topics: &'a mut [u16],
    /// n_wk as whole numbers, a row for each word.
    pub(super) rows: &'a mut [f32],
    /// n_k.
    pub(super) totals: &'a mut [i64],
    pub(super) alpha: &'a [f32],
    pub(super) eta: f32,
    pub(super) width: usize,
    pub(super) key: u64,
    /// After how many positions the denominators are computed again; right after that they are exact.
    pub(super) renew: usize,
}

/// Draws the topic of each position of the block again.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn sweep(block: &mut Block) {
    const ZERO: Lane = [0.0; LANES];
    match block.width / LANES {
        1 => run(block, [ZERO; 1]),
        2 => run(block, [ZERO; 2]),
        3 => run(block, [ZERO; 3]),
        4 => run(block, [ZERO; 4]),
        5 => run(block, [ZERO; 5]),
        6 => run(block, [ZERO; 6]),
        7 => run(block, [ZERO; 7]),
        8 => run(block, [ZERO; 8]),
        n => run(block, vec![ZERO; n]),
    }
}

/// The same with rows like `zero`. It is an array if the compiler is to know the length of the rows, which
/// halves the time.
#[inline(always)]
fn run<T: Clone + AsRef<[Lane]> + AsMut<[Lane]>>(block: &mut Block, zero: T) {
    let Block {
        words,
        starts,
        topics,
        rows,
        totals,
        alpha,
        eta,
        width,
        key,
        renew,
    } = block;
    let (eta, renew) = (*eta, *renew);
    let n_topics = alpha.len();
    let v_eta = rows.len() as f32 / *width as f32 * eta;
    let denominator = |total: i64| 1.0 / (total as f32 + v_eta);
    let exact = renew == 1;
    let groups = zero.as_ref().len();
    let rows = rows.as_chunks_mut::<LANES>().0;

    let (mut inverse, mut prior, mut weights, mut document) =
        (zero.clone(), zero.clone(), zero.clone(), zero);
    prior.as_mut().as_flattened_mut()[..n_topics].copy_from_slice(alpha);
    let mut since = renew;
    for ends in starts.windows(2) {
        let (from, to) = (ends[0] - starts[0], ends[1] - starts[0]);
        document.as_mut().copy_from_slice(prior.as_ref());
        for &topic in &topics[from..to] {
            document.as_mut().as_flattened_mut()[usize::from(topic)] += 1.0;
        }
        for i in from..to {
            if since >= renew {
                since = 0;
                for (inverse, &total) in inverse.as_mut().as_flattened_mut().iter_mut().zip(totals.iter()) {
                    *inverse = denominator(total);
                }
            }
            since += 1;
            let old = usize::from(topics[i]);
            let row = &mut rows[words[i] as usize * groups..][..groups];
            if exact {
                totals[old] -= 1;
                inverse.as_mut().as_flattened_mut()[old] = denominator(totals[old]);
            }
            let u = uniform(*key, i as u64);
            let drawn = draw(
                document.as_ref(),
                row,
                inverse.as_ref(),
                eta,
                old,
                u,
                weights.as_mut(),
            );
            // If rounding has led into the padding, the topic stays.
            let new = if drawn < n_topics { drawn } else { old };
            if exact {
                totals[new] += 1;
                inverse.as_mut().as_flattened_mut()[new] = denominator(totals[new]);
            }
            if new != old {
                topics[i] = new as u16;
                for counts in [document.as_mut().as_flattened_mut(), row.as_flattened_mut()] {
                    counts[old] -= 1.0;
                    counts[new] += 1.0;
                }
                if !exact {
                    totals[old] -= 1;
                    totals[new] += 1;
                }
            }
        }
    }
}

/// Draws a topic with `u` from 0 to 1; `old` is the position's own topic, which the counts still contain.
#[inline(always)]
fn draw(
    document: &[Lane],
    row: &[Lane],
    inverse: &[Lane],
    eta: f32,
    old: usize,
    u: f32,
    weights: &mut [Lane],
) -> usize {
    let mut sums: Lane = [0.0; LANES];
    let mut first = 0_u32;
    for (((n_dk, n_wk), inverse), weights) in document.iter().zip(row).zip(inverse).zip(&mut *weights) {
        for lane in 0..LANES {
            let own = if first + lane as u32 == old as u32 {
                1.0
            } else {
                0.0
            };
            let weight = (n_dk[lane] - own) * ((n_wk[lane] - own + eta) * inverse[lane]);
            weights[lane] = weight;
            sums[lane] += weight;
        }
        first += LANES as u32;
    }
    // 16 sums to 4: lane i of `quarters` has lanes i, i + 4, i + 8 and i + 12.
    let mut quarters = [0.0; 4];
    for lane in 0..4 {
        quarters[lane] = (sums[lane] + sums[lane + 4]) + (sums[lane + 8] + sums[lane + 12]);
    }
    let total = quarters[0] + quarters[1] + quarters[2] + quarters[3];
    let (quarter, left) = place(quarters, u * total);
    let (step, left) = place(
        [
            sums[quarter],
            sums[quarter + 4],
            sums[quarter + 8],
            sums[quarter + 12],
        ],
        left,
    );
    let lane = quarter + 4 * step;
    let (mut group, mut passed) = (0, 0.0);
    let before_last = weights.len() - 1;
    for weights in &weights[..before_last] {
        passed += weights[lane];
        group += usize::from(passed <= left);
    }
    group * LANES + lane
}

/// Which of four parts `left` falls into, and how far. There is no branch, since the processor could only
/// guess it.
#[inline(always)]
fn place(parts: [f32; 4], left: f32) -> (usize, f32) {
    let ends = [parts[0], parts[0] + parts[1], parts[0] + parts[1] + parts[2]];
    let i = usize::from(ends[0] <= left) + usize::from(ends[1] <= left) + usize::from(ends[2] <= left);
    (i, left - [0.0, ends[0], ends[1], ends[2]][i])
}

/// Number `i` of the stream `key`, at least 0 and below 1: SplitMix64 (Steele, Lea and Flood 2014), which
/// needs no state.
#[inline(always)]
fn uniform(key: u64, i: u64) -> f32 {
    (mix(key, i) >> 40) as f32 * (1.0 / 16_777_216.0)
}

/// 64 bits of the stream `key`.
#[inline(always)]
pub(super) fn mix(key: u64, i: u64) -> u64 {
    let mut z = key.wrapping_add((i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100,000 draws hit each topic as often as its weight says, whatever the padding.
    #[test]
    fn topics_are_drawn_by_their_weights() {
        for n_topics in [1_usize, 2, 15, 16, 17, 50, 70] {
            let width = n_topics.next_multiple_of(LANES);
            let old = n_topics / 2;
            let pad = |f: &dyn Fn(usize) -> f32| -> Vec<f32> {
                (0..width)
                    .map(|k| if k < n_topics { f(k) } else { 0.0 })
                    .collect()
            };
            let own = |k: usize| f32::from(u8::from(k == old));
            let document = pad(&|k| 0.5 + ((k * 7) % 5) as f32 + own(k));
            let row = pad(&|k| ((k * 3) % 4) as f32 + own(k));
            let inverse = pad(&|k| 1.0 / (3.0 + k as f32));
            let weight: Vec<f64> = (0..n_topics)
                .map(|k| f64::from((document[k] - own(k)) * (row[k] - own(k) + 0.25) * inverse[k]))
                .collect();
            let total: f64 = weight.iter().sum();
            let mut hits = vec![0_u32; n_topics];
            let lanes = |numbers: &[f32]| numbers.as_chunks::<LANES>().0.to_vec();
            let (document, row, inverse) = (lanes(&document), lanes(&row), lanes(&inverse));
            let mut weights = lanes(&vec![0.0; width]);
            let n = 100_000;
            for i in 0..n {
                let drawn = draw(&document, &row, &inverse, 0.25, old, uniform(3, i), &mut weights);
                hits[drawn] += 1;
            }
            for k in 0..n_topics {
                let p = weight[k] / total;
                let sigma = (n as f64 * p * (1.0 - p)).sqrt();
                // Five standard deviations: one test in a million fails by chance.
                assert!(
                    (f64::from(hits[k]) - n as f64 * p).abs() <= 5.0 * sigma + 1e-9,
                    "{n_topics} {k} {} {p}",
                    hits[k]
                );
            }
        }
    }
}
