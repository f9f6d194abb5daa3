//! Binding with direction: *dog bites* is not *bites dog*.
//!
//! Convolution does not care about order, so Jones and Mewhort scramble the left and the right argument
//! differently: a ⊛ b becomes L(a) ⊛ R(b) with two fixed permutations. They draw theirs at random. Ours
//! multiply positions by an odd number,
//!
//! ```text
//!     (L a)[3j mod d] = a[j]        (R b)[5j mod d] = b[j]
//! ```
//!
//! which scrambles as well: all numbers move but a few, at most d/64 for d = 1024. It also has a great
//! advantage: it scrambles the spectrum by the same rule, F(L a)[f] = F(a)[3f], and L(a ⊛ b) = L(a) ⊛ L(b).
//! So the n-gram x₁ … xₙ, bound from the left, is one product of spectra,
//!
//! ```text
//!     ((x₁ ⊛ x₂) ⊛ x₃) … ⊛ xₙ   =   F⁻¹( F(x₁)[3ⁿ⁻¹ f] · Π_{k ≥ 2} F(xₖ)[5 · 3ⁿ⁻ᵏ f] )
//! ```
//!
//! and no transform is needed between reading a word and the end of the text. 5 is not a power of 3 modulo a
//! power of two, so the factors differ by position. A factor is −1 times another one only for long n-grams in
//! few dimensions; a test says which.
//!
//! With half a million words of text and a vocabulary of 10,000, the two transforms for each word of the
//! vocabulary take 7 % of the time.

use crate::Result;

/// The factors for the positions of the left and of the right argument.
const LEFT: usize = 3;
const RIGHT: usize = 5;

/// Which number of a half spectrum goes to each position, and whether its imaginary part changes its sign.
pub(super) struct Turn {
    from: Vec<u32>,
    sign: Vec<f32>,
}

impl Turn {
    /// The turn of a first word that is followed by `n` more.
    pub(super) fn first(d: usize, n: usize) -> Self {
        Self::by(d, power(d, 1, n))
    }

    /// The turn of another word that is followed by `n` more.
    pub(super) fn other(d: usize, n: usize) -> Self {
        Self::by(d, power(d, RIGHT, n))
    }

    fn by(d: usize, factor: usize) -> Self {
        let places = (0..=d / 2).map(|f| factor * f % d);
        Self {
            from: places.clone().map(|f| f.min(d - f) as u32).collect(),
            sign: places.map(|f| if f > d / 2 { -1.0 } else { 1.0 }).collect(),
        }
    }

    /// Writes the spectrum `of`, turned, from position `from` on, to `re` and `im`.
    pub(super) fn apply(&self, of: &[f32], from: usize, re: &mut [f32], im: &mut [f32]) {
        let (of_re, of_im) = of.split_at(of.len() / 2);
        let table = self.from[from..].iter().zip(&self.sign[from..]);
        for ((re, im), (&place, &sign)) in re.iter_mut().zip(im).zip(table) {
            *re = of_re[place as usize];
            *im = sign * of_im[place as usize];
        }
    }
}

/// start · 3ⁿ modulo d.
fn power(d: usize, start: usize, n: usize) -> usize {
    (0..n).fold(start % d, |product, _| product * LEFT % d)
}

/// L(a): the left argument of a binding, scrambled.
pub(super) fn left(a: &[f32]) -> Vec<f32> {
    scrambled(a, LEFT)
}

/// R(b): the right argument of a binding, scrambled.
pub(super) fn right(b: &[f32]) -> Vec<f32> {
    scrambled(b, RIGHT)
}

/// L(a) ⊛ R(b), in time.
pub(super) fn bind(a: &[f32], b: &[f32]) -> Result<Vec<f32>> {
    super::circular_convolution(&left(a), &right(b))
}

fn scrambled(a: &[f32], factor: usize) -> Vec<f32> {
    let mut out = vec![0.0; a.len()];
    a.iter()
        .enumerate()
        .for_each(|(j, &x)| out[factor * j % a.len()] = x);
    out
}

/// Undoes the scrambling of a left argument.
pub(super) fn unscrambled_left(a: &[f32]) -> Vec<f32> {
    (0..a.len()).map(|j| a[LEFT * j % a.len()]).collect()
}

/// Undoes the scrambling of a right argument.
pub(super) fn unscrambled_right(a: &[f32]) -> Vec<f32> {
    (0..a.len()).map(|j| a[RIGHT * j % a.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fft::Fft;
    use super::*;

    /// The rule at the head of this file: binding step by step, without spectra, is one product of turned
    /// spectra.
    #[test]
    fn an_n_gram_is_one_product() {
        let d = 64;
        let fft = Fft::new(d);
        let vector = |k: usize| -> Vec<f32> {
            (0..d)
                .map(|j| ((j * j + k * j * 5 + k) % 7) as f32 - 3.0)
                .collect()
        };
        let x: Vec<Vec<f32>> = (1..=4).map(vector).collect();
        let slow = bind(&bind(&bind(&x[0], &x[1]).unwrap(), &x[2]).unwrap(), &x[3]).unwrap();
        let half = d / 2 + 1;
        let mut product = vec![0.0; 2 * half];
        product[..half].fill(1.0);
        for (k, x) in x.iter().enumerate() {
            let turn = if k == 0 {
                Turn::first(d, 3)
            } else {
                Turn::other(d, 3 - k)
            };
            let (mut re, mut im) = (vec![0.0; half], vec![0.0; half]);
            turn.apply(&fft.spectrum(x), 0, &mut re, &mut im);
            for f in 0..half {
                let (a, b) = (product[f], product[half + f]);
                (product[f], product[half + f]) = (a * re[f] - b * im[f], a * im[f] + b * re[f]);
            }
        }
        // Numbers up to 3⁴ · 64³ = 2 · 10⁷ with 7 digits.
        let most = slow.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let fast = fft.signal(&product);
        assert!(slow.iter().zip(&fast).all(|(a, b)| (a - b).abs() < 1e-5 * most));
    }

    #[test]
    fn scrambling_can_be_undone_and_keeps_few_places() {
        let d = 1024;
        let x: Vec<f32> = (0..d).map(|j| j as f32).collect();
        assert_eq!(unscrambled_left(&left(&x)), x);
        assert_eq!(unscrambled_right(&right(&x)), x);
        // The factors of all positions in n-grams of up to 7 words.
        let mut factors: Vec<usize> = (1..7).map(|n| power(d, 1, n)).collect();
        factors.extend((0..6).map(|n| power(d, RIGHT, n)));
        for (i, &a) in factors.iter().enumerate() {
            for &b in &factors[..i] {
                let same = (0..d).filter(|j| a * j % d == b * j % d).count();
                assert!(same <= d / 64, "{a} and {b}: {same} places");
                assert!((a + b) % d != 0, "{a} and {b} are opposite");
            }
        }
    }
}
