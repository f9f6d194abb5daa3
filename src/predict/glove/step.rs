//! The steps of one word: all its pairs with some of its context words, one after the other.
//!
//! Both gradients of a pair (see `loss/glove.rs`) are taken before either side moves. AdaGrad (Duchi, Hazan
//! and Singer 2011) gives each single number a step size of its own, which shrinks the more the number has
//! moved already: a rare word still learns when *the* has settled.
//!
//! ```text
//!     s = α ∂J/∂x        x ← x − s / √G        G ← G + s²        G = 1 at first
//! ```
//!
//! G sums the squares of `s`, which contains the learning rate α. The authors' program does so too, and that
//! is why its α of 0.05 works.
//!
//! In memory, a row is a vector followed by the AdaGrad sum of each of its numbers, both padded to whole
//! [`LANES`]. The bias of a word needs no code of its own. It is one more column, and the other side has a
//! one there that never moves. So there are two more columns, `[w, b, 1]` against `[c, 1, a]`, whose product
//! is `w · c + b + a`. A one does not move because its sum of squares starts at [`NEVER`]; a zero of the
//! padding does not move because its gradient is 0.
//!
//! The roots take most of the time: a processor needs about three times as long for `1/√x` as for all the
//! rest. An estimate from the bits of x and two of Newton's steps (`y ← y (3 − x y²) / 2`) are exact to 5 in
//! a million, and take a third of the time.

use multiversion::multiversion;

pub(super) const LANES: usize = 16;
pub(super) type Lanes = [f32; LANES];

/// A sum of squares so large that a step divided by its root is too small to change 1.
pub(super) const NEVER: f32 = 1e30;

/// A pair of the current word and a context word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The index of the context word's row in its block.
    pub(super) column: u32,
    /// ln X.
    pub(super) log: f32,
    /// f(X).
    pub(super) weight: f32,
}

/// Makes a step for each of `pairs`. Their word has `row`, `2n` lanes; the rows of the context words are in
/// `columns`. Returns the sum of `f e² / 2`. A step that would not be finite is left out.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn steps(
    row: &mut [Lanes],
    columns: &mut [Lanes],
    n: usize,
    pairs: &[Pair],
    learning_rate: f32,
) -> f64 {
    let (w, gw) = row.split_at_mut(n);
    let mut loss = 0.0;
    for pair in pairs {
        let column = &mut columns[pair.column as usize * 2 * n..][..2 * n];
        let (c, gc) = column.split_at_mut(n);
        let mut sums = [0.0; LANES];
        for (w, c) in w.iter().zip(&*c) {
            for l in 0..LANES {
                sums[l] += w[l] * c[l];
            }
        }
        let error = total(&sums) - pair.log;
        let g = learning_rate * pair.weight * error;
        if !g.is_finite() {
            continue;
        }
        loss += f64::from(0.5 * pair.weight * error * error);
        for (((w, c), gw), gc) in w.iter_mut().zip(c).zip(gw.iter_mut()).zip(gc) {
            for l in 0..LANES {
                let (to_w, to_c) = (g * c[l], g * w[l]);
                w[l] -= to_w * inverse_root(gw[l]);
                c[l] -= to_c * inverse_root(gc[l]);
                gw[l] += to_w * to_w;
                gc[l] += to_c * to_c;
            }
        }
    }
    loss
}

/// The sum of the lanes, in halves.
#[inline(always)]
fn total(lanes: &Lanes) -> f32 {
    let mut eight = [0.0; 8];
    for l in 0..8 {
        eight[l] = lanes[l] + lanes[l + 8];
    }
    let four = [
        eight[0] + eight[4],
        eight[1] + eight[5],
        eight[2] + eight[6],
        eight[3] + eight[7],
    ];
    (four[0] + four[2]) + (four[1] + four[3])
}

/// `1/√x` for x of 1 and more.
#[inline(always)]
fn inverse_root(x: f32) -> f32 {
    // Half the exponent, negated, and a mantissa that makes the largest error small: 3.5 %.
    let y = f32::from_bits(0x5f37_59df - (x.to_bits() >> 1));
    let half = 0.5 * x;
    let y = y * (1.5 - half * y * y);
    y * (1.5 - half * y * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_root() {
        for i in 0..2000_i16 {
            let x = 1.01_f32.powi(i32::from(i));
            let exact = 1.0 / f64::from(x).sqrt();
            let error = (f64::from(inverse_root(x)) / exact - 1.0).abs();
            assert!(error < 6e-6, "{x}: {error}");
        }
        assert!(inverse_root(NEVER) < 1e-14);
    }

    /// On paper: w = (1, 0), b = ½, c = (½, 1), a = 0, ln X = 2, f = ½, α = 1. e = ½ + ½ − 2 = −1, g = −½.
    /// All sums are 1, so the steps are the gradients: w ← (1, 0) + ½ (½, 1), c ← (½, 1) + ½ (1, 0), b ← 1, a
    /// ← ½.
    #[test]
    fn a_step_on_paper() {
        let row = |numbers: [f32; 4], one: usize| {
            let mut row = [[0.0; LANES], [1.0; LANES]];
            row[0][..4].copy_from_slice(&numbers);
            row[1][one] = NEVER;
            row
        };
        let (mut w, mut c) = (row([1.0, 0.0, 0.5, 1.0], 3), row([0.5, 1.0, 1.0, 0.0], 2));
        let pair = Pair {
            column: 0,
            log: 2.0,
            weight: 0.5,
        };
        let loss = steps(&mut w, &mut c, 1, &[pair], 1.0);
        assert_eq!(loss, 0.25);
        let close = |got: &[f32], expected: [f32; 4]| {
            for (got, expected) in got.iter().zip(expected) {
                assert!((got - expected).abs() < 6e-6, "{got} {expected}");
            }
        };
        close(&w[0], [1.25, 0.5, 1.0, 1.0]);
        close(&c[0], [1.0, 1.0, 1.0, 0.5]);
        assert_eq!((w[0][3], c[0][2]), (1.0, 1.0));
        assert_eq!(w[1][..3], [1.0625, 1.25, 1.25]);
        assert_eq!(c[1][..2], [1.25, 1.0]);
        assert!(w[0][4..].iter().chain(&c[0][4..]).all(|x| *x == 0.0));
    }

    #[test]
    fn what_is_not_finite_makes_no_step() {
        let mut w = [[f32::MAX; LANES], [1.0; LANES]];
        let (mut c, before) = (w, w);
        let pair = Pair {
            column: 0,
            log: 0.0,
            weight: 1.0,
        };
        assert_eq!(steps(&mut w, &mut c, 1, &[pair], 0.05), 0.0);
        assert_eq!((w, c), (before, before));
    }
}
