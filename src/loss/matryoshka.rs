//! Matryoshka: vectors whose beginnings are vectors, too, so that later a shorter piece can be used (Kusupati
//! and others, *Matryoshka representation learning*, 2022).
//!
//! ```text
//!     L = Σ_m c_m L'(x₁..xₘ of each vector)               m in {d, d/2, d/4, …}, c the weights, 1 in the paper
//! ```
//!
//! L' is any loss, with its own gradient; number i of a vector gets that of all pieces it is part of, so the
//! first numbers learn the most. The cost is that of L' for each m, and the encoder runs only once.
//!
//! Scaled to length 1 or not is a choice, since a piece of a vector of length 1 is shorter.
//! sentence-transformers always scales every piece, the whole one too, also for a loss on distances that are
//! not cosines: with margins that were meant for longer vectors that is another loss.

use crate::nn::{D, Tensor};
use crate::{Error, Result};

/// Which pieces count, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Matryoshka {
    /// The length m of each piece, in any order.
    pub lengths: Vec<usize>,
    /// c, one for each; if there are none, all are 1.
    pub weights: Vec<f32>,
    /// Whether the pieces are scaled to length 1.
    pub normalize: bool,
}

crate::plot::shown_as_record!(Matryoshka);

impl Matryoshka {
    /// The whole vector of d numbers, half of it, and so on down to `least`; weights of 1, not scaled.
    ///
    /// ```
    /// use course::loss::Matryoshka;
    /// assert_eq!(Matryoshka::halves(256, 64)?.lengths, [256, 128, 64]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `least` is 0 or above d.
    pub fn halves(d: usize, least: usize) -> Result<Self> {
        if least == 0 || least > d {
            let expected = format!("from 1 to {d}");
            return Err(Error::value("the shortest piece", expected, least.to_string()));
        }
        Ok(Self {
            lengths: std::iter::successors(Some(d), |m| Some(m / 2))
                .take_while(|&m| m >= least)
                .collect(),
            weights: Vec::new(),
            normalize: false,
        })
    }

    /// # Errors
    /// There are no pieces, one is empty or longer than d, or there are not as many weights as pieces, all
    /// of them finite.
    pub fn check(&self, d: usize) -> Result<()> {
        if self.lengths.is_empty() {
            return Err(Error::value("the pieces", "at least one length", "none"));
        }
        if let Some(m) = self.lengths.iter().find(|&&m| m == 0 || m > d) {
            let expected = format!("from 1 to {d}, as the vectors have");
            return Err(Error::value("the length of a piece", expected, m.to_string()));
        }
        if !self.weights.is_empty() && self.weights.len() != self.lengths.len() {
            let expected = format!("none, or {}, one for each piece", self.lengths.len());
            return Err(Error::shape(
                "the weights",
                expected,
                self.weights.len().to_string(),
            ));
        }
        match self.weights.iter().find(|c| !c.is_finite()) {
            Some(c) => Err(Error::value("a weight", "a finite number", c.to_string())),
            None => Ok(()),
        }
    }
}

/// Σ c `loss` of the pieces of `inputs`, all matrices with rows of the same length: `loss` gets a matrix for
/// each of them, `(n, m)`.
///
/// ```
/// use course::loss::{Distance, Matryoshka, TripletOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let row = |x: [f32; 4]| Tensor::new(&[x], &Device::Cpu);
/// let (a, p, n) = (row([3.0, 4.0, 0.0, 0.0])?, row([0.0, 0.0, 1.0, 0.0])?, row([0.0, 0.0, 0.0, 10.0])?);
/// let options = TripletOptions { margin: Some(5.0), distance: Distance::Euclidean, ..Default::default() };
/// let loss = |x: &[Tensor]| tensors::triplet_row_by_row(&x[0], &x[1], &x[2], &options);
///
/// let pieces = Matryoshka { normalize: true, ..Matryoshka::halves(4, 1)? };
/// let sum = tensors::matryoshka(&[&a, &p, &n], &pieces, loss)?;
/// assert!((sum.to_scalar::<f32>()? - 15.0).abs() < 1e-5); // 5 for each piece
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of [`Matryoshka::check`] and of the loss.
pub fn matryoshka(
    inputs: &[&Tensor],
    pieces: &Matryoshka,
    loss: impl Fn(&[Tensor]) -> Result<Tensor>,
) -> Result<Tensor> {
    for x in inputs {
        pieces.check(x.dims2()?.1)?;
    }
    let mut sum: Option<Tensor> = None;
    for (i, &m) in pieces.lengths.iter().enumerate() {
        let cut = |x: &&Tensor| -> Result<Tensor> {
            let piece = x.narrow(D::Minus1, 0, m)?; // (n, m)
            if pieces.normalize {
                unit_rows(&piece)
            } else {
                Ok(piece)
            }
        };
        let parts = inputs.iter().map(cut).collect::<Result<Vec<_>>>()?;
        let term = (loss(&parts)? * f64::from(pieces.weights.get(i).copied().unwrap_or(1.0)))?;
        sum = Some(match sum {
            Some(sum) => (sum + term)?,
            None => term,
        });
    }
    sum.ok_or_else(|| Error::value("the pieces", "at least one length", "none"))
}

/// Every row scaled to length 1. A zero row stays, and has gradient 0.
fn unit_rows(x: &Tensor) -> Result<Tensor> {
    let squares = x.sqr()?.sum_keepdim(D::Minus1)?; // (n, 1)
    let is_zero = squares.eq(0.0)?;
    // The root of 1 in the place of that of 0, whose derivative is infinite.
    let lengths = is_zero.where_cond(&squares.ones_like()?, &squares)?.sqrt()?;
    let unit = x.broadcast_div(&lengths)?;
    let is_zero = is_zero.broadcast_as(unit.shape())?;
    Ok(is_zero.where_cond(&unit.zeros_like()?, &unit)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::tensors::triplet_row_by_row;
    use crate::loss::testing::{gradient_of, var};
    use crate::loss::{Distance, TripletOptions};
    use crate::nn::{Device, Var, gradient_check};

    fn euclidean() -> TripletOptions {
        TripletOptions {
            margin: Some(5.0),
            distance: Distance::Euclidean,
            ..TripletOptions::default()
        }
    }

    /// sentence-transformers' figures, whose pieces are always scaled: alone 0, [4] 5, [4, 2, 1] 15.
    #[test]
    fn it_is_that_of_sentence_transformers() {
        let row = |x: [f32; 4]| Tensor::new(&[x], &Device::Cpu).unwrap();
        let (a, p) = (row([3.0, 4.0, 0.0, 0.0]), row([0.0, 0.0, 1.0, 0.0]));
        let n = row([0.0, 0.0, 0.0, 10.0]);
        let of = |lengths: &[usize], normalize: bool, weights: &[f32]| {
            let pieces = Matryoshka {
                lengths: lengths.to_vec(),
                weights: weights.to_vec(),
                normalize,
            };
            let loss = |x: &[Tensor]| triplet_row_by_row(&x[0], &x[1], &x[2], &euclidean());
            let sum = matryoshka(&[&a, &p, &n], &pieces, loss).unwrap();
            sum.to_scalar::<f32>().unwrap()
        };
        assert_eq!(of(&[4], false, &[]), 0.0);
        assert!((of(&[4], true, &[]) - 5.0).abs() < 1e-6);
        assert!((of(&[4, 2, 1], true, &[]) - 15.0).abs() < 1e-5);
        assert!((of(&[4, 2, 1], true, &[1.0, 0.5, 0.0]) - 7.5).abs() < 1e-5);
    }

    /// Also where a piece is zero.
    #[test]
    fn the_gradient_is_the_slope() {
        let [a, p, n] = [0, 8, 16].map(|from| var(from, (2, 4)));
        for normalize in [false, true] {
            let pieces = Matryoshka {
                normalize,
                ..Matryoshka::halves(4, 1).unwrap()
            };
            let loss = |x: &[Tensor]| triplet_row_by_row(&x[0], &x[1], &x[2], &euclidean());
            let variables = [("a", &a), ("p", &p), ("n", &n)];
            let check = gradient_check(variables, || matryoshka(&[&a, &p, &n], &pieces, loss)).unwrap();
            check.within(1e-7).unwrap();
        }
        let zero = Var::zeros((1, 2), crate::nn::DType::F32, &Device::Cpu).unwrap();
        let sum = unit_rows(&zero).unwrap().sum_all().unwrap();
        assert_eq!(gradient_of(&sum, &zero), [[0.0, 0.0]]);
    }

    #[test]
    fn pieces_must_fit() {
        let check = |lengths: &[usize], weights: &[f32]| {
            let pieces = Matryoshka {
                lengths: lengths.to_vec(),
                weights: weights.to_vec(),
                normalize: false,
            };
            pieces.check(4).map_err(|e| e.to_string())
        };
        assert!(check(&[4, 1], &[]).is_ok() && check(&[4, 1], &[1.0, 0.5]).is_ok());
        let told = check(&[8], &[]).unwrap_err();
        assert_eq!(
            told,
            "the length of a piece: expected from 1 to 4, as the vectors have, got 8"
        );
        for (lengths, weights) in [
            (&[][..], &[][..]),
            (&[0], &[]),
            (&[4], &[1.0, 1.0]),
            (&[4], &[f32::NAN]),
        ] {
            assert!(check(lengths, weights).is_err(), "{lengths:?}");
        }
        assert!(Matryoshka::halves(4, 5).is_err() && Matryoshka::halves(4, 0).is_err());
    }
}
