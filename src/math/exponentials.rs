//! Exponentials of many numbers at once, for a softmax: the processor computes eight or sixteen in parallel.
//!
//! ```text
//!     eˣ = 2ᵏ eᶠ            k = round(x / ln 2),  f = x − k ln 2,  |f| ≤ ln 2 / 2
//! ```
//!
//! 2ᵏ is written directly into the bits of a float's exponent, and eᶠ is its Taylor series up to f⁷/7!, whose
//! rest is below 0.35⁸/8! = 6·10⁻⁹ of it, less than the rounding of `f32`.

use multiversion::multiversion;

/// How many partial sums are kept apart, so that the processor can add them in parallel.
const LANES: usize = 16;

/// Below this eˣ is not a normal number of `f32`, and 0 is as good.
const LOWEST: f32 = -87.0;

/// 1.5 · 2²³: a number of `f32` around 0 that is added to it and subtracted again is rounded to a whole one.
const TO_WHOLE: f32 = 12_582_912.0;

/// ln 2 in two parts. The first has 12 bits, so k times it is exact.
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

/// eˣ for x from −∞ to 88, to two units in the last place; exactly 0 for x below −87.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    let shifted = x * std::f32::consts::LOG2_E + TO_WHOLE;
    let k = shifted - TO_WHOLE;
    let f = x - k * LN_2[0] - k * LN_2[1];
    let mut sum = 1.0 / 5040.0;
    for factorial in [720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0] {
        sum = sum * f + 1.0 / factorial;
    }
    // The low bits of `shifted` are k.
    let power = f32::from_bits((shifted.to_bits().wrapping_add(127)) << 23);
    if x < LOWEST { 0.0 } else { sum * power }
}

/// Replaces each x by exp(`by` x − `minus`), which must not be above e⁸⁸, and returns the sum.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(crate) fn exponentials(x: &mut [f32], by: f32, minus: f32) -> f64 {
    let mut all = 0.0;
    // Sums of a few hundred numbers in f32, and their sum in f64.
    for piece in x.chunks_mut(LANES * 64) {
        let mut sums = [0.0_f32; LANES];
        let (lanes, rest) = piece.as_chunks_mut::<LANES>();
        for lane in lanes {
            for (x, sum) in lane.iter_mut().zip(&mut sums) {
                *x = exponential(*x * by - minus);
                *sum += *x;
            }
        }
        for (x, sum) in rest.iter_mut().zip(&mut sums) {
            *x = exponential(*x * by - minus);
            *sum += *x;
        }
        all += sums.iter().copied().map(f64::from).sum::<f64>();
    }
    all
}

/// The largest number; −∞ of nothing. NaN does not count.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(crate) fn largest(x: &[f32]) -> f32 {
    let (lanes, rest) = x.as_chunks::<LANES>();
    let mut most = [f32::NEG_INFINITY; LANES];
    for lane in lanes {
        for (most, &x) in most.iter_mut().zip(lane) {
            *most = if x > *most { x } else { *most };
        }
    }
    most.iter()
        .chain(rest)
        .fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every 2⁻⁷ from −90 to 80.
    #[test]
    fn it_is_the_exponential() {
        let x: Vec<f32> = (-90 * 128..80 * 128).map(|i| i as f32 / 128.0).collect();
        let mut y = x.clone();
        let sum = exponentials(&mut y, 1.0, 0.0);
        for (&x, &y) in x.iter().zip(&y) {
            let expected = if x < LOWEST { 0.0 } else { f64::from(x).exp() };
            assert!(
                (f64::from(y) - expected).abs() <= 2.5e-7 * expected,
                "{x}: {y} {expected}"
            );
        }
        let expected: f64 = y.iter().copied().map(f64::from).sum();
        assert!((sum - expected).abs() < 1e-6 * expected);
    }

    #[test]
    fn the_scale_and_the_largest_number_go_in() {
        let mut x = [1.0, 2.0, f32::NEG_INFINITY];
        assert_eq!(largest(&x), 2.0);
        let sum = exponentials(&mut x, 10.0, 20.0);
        assert_eq!((x[1], x[2]), (1.0, 0.0));
        assert!((sum - 1.0 - (-10_f64).exp()).abs() < 1e-9);
        assert!(exponentials(&mut [f32::NAN], 1.0, 0.0).is_nan());
        assert_eq!(largest(&[]), f32::NEG_INFINITY);
    }
}
