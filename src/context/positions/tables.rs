//! Positions as tensors, for networks: the same numbers as the plain functions.

use super::sinusoidal::speed;
use super::{alibi_bias, alibi_slopes, sinusoidal};
use crate::nn::{D, DType, Device, Mask, Tensor};
use crate::{Error, Result};

/// Sines and cosines of the angles by which queries and keys are turned, `(positions, d / 2)` each. Pairs are
/// halves, as in Llama.
#[derive(Clone)]
pub struct Rotary {
    sin: Tensor,
    cos: Tensor,
}

impl Rotary {
    /// For positions 0 to `n − 1` of queries of `d` numbers.
    ///
    /// # Errors
    /// `d` is not even; the base is not above 0.
    pub fn new(n: usize, d: usize, base: f64, dtype: DType, device: &Device) -> Result<Self> {
        if !d.is_multiple_of(2) {
            return Err(Error::value("the length of a query or key", "an even number", d));
        }
        if !(base > 0.0 && base.is_finite()) {
            return Err(Error::value(
                "the base of rotary positions",
                "a number above 0",
                base,
            ));
        }
        let angles = (0..n).flat_map(|p| (0..d / 2).map(move |i| p as f64 * speed(i, d, base)));
        let angles: Vec<f64> = angles.collect();
        let table = |of: fn(f64) -> f64| -> Result<Tensor> {
            let numbers: Vec<f64> = angles.iter().map(|&a| of(a)).collect();
            Ok(Tensor::from_vec(numbers, (n, d / 2), &Device::Cpu)?
                .to_dtype(dtype)?
                .to_device(device)?)
        };
        Ok(Self {
            sin: table(f64::sin)?,
            cos: table(f64::cos)?,
        })
    }

    /// x `(…, n, d)` turned, its first row as position `from`.
    ///
    /// # Errors
    /// The table ends before the last position.
    pub fn turn(&self, x: &Tensor, from: usize) -> Result<Tensor> {
        let (n, d) = (x.dim(D::Minus2)?, x.dim(D::Minus1)?);
        let positions = self.sin.dim(0)?;
        if from + n > positions || d != 2 * self.sin.dim(1)? {
            let expected = format!(
                "at most {positions} positions of {} numbers",
                2 * self.sin.dim(1)?
            );
            let got = format!("{} of {d}", from + n);
            return Err(Error::shape("rotary positions", expected, got));
        }
        let (sin, cos) = (self.sin.narrow(0, from, n)?, self.cos.narrow(0, from, n)?);
        let (a, b) = (x.narrow(D::Minus1, 0, d / 2)?, x.narrow(D::Minus1, d / 2, d / 2)?);
        let first = (a.broadcast_mul(&cos)? - b.broadcast_mul(&sin)?)?;
        let second = (a.broadcast_mul(&sin)? + b.broadcast_mul(&cos)?)?;
        Ok(Tensor::cat(&[first, second], D::Minus1)?)
    }
}

impl std::fmt::Display for Rotary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (n, half) = (self.sin.dims()[0], self.sin.dims()[1]);
        write!(
            f,
            "rotary positions 0 to {n}, for queries of {} numbers",
            2 * half
        )
    }
}

crate::show::shown_as_line!(Rotary);

/// The vectors of positions 0 to `n − 1`, `(n, d)`.
///
/// # Errors
/// `d` is not even.
pub fn sinusoidal_table(n: usize, d: usize, dtype: DType, device: &Device) -> Result<Tensor> {
    let rows: Vec<Vec<f32>> = (0..n).map(|p| sinusoidal(p, d)).collect::<Result<_>>()?;
    let table = Tensor::from_vec(rows.concat(), (n, d), &Device::Cpu)?;
    Ok(table.to_dtype(dtype)?.to_device(device)?)
}

/// ALiBi with the causal mask, `(1, heads, queries, keys)`.
///
/// # Errors
/// There is no head.
pub fn alibi_mask(heads: usize, queries: usize, keys: usize) -> Result<Mask> {
    let slopes = alibi_slopes(heads)?;
    let numbers = slopes
        .iter()
        .map(|&slope| alibi_bias(slope, queries, keys).concat());
    let numbers: Vec<f32> = numbers.flatten().collect();
    let shape = (1, heads, queries, keys);
    Ok(Mask::Added(Tensor::from_vec(numbers, shape, &Device::Cpu)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::positions::{RotaryPairs, rotate};
    use crate::nn::{Init, Var, gradient_check};
    use crate::rng::seeded;

    #[test]
    fn a_turned_tensor_has_turned_rows() {
        let rotary = Rotary::new(12, 6, 10_000.0, DType::F32, &Device::Cpu).unwrap();
        let x = Init::Normal(1.0)
            .draw(&[1, 2, 4, 6], DType::F32, &Device::Cpu, &mut seeded(1))
            .unwrap();
        let y = rotary.turn(&x, 5).unwrap().squeeze(0).unwrap();
        let (x, y) = (
            x.squeeze(0).unwrap().to_vec3::<f32>().unwrap(),
            y.to_vec3::<f32>().unwrap(),
        );
        for (x, y) in x.iter().zip(&y) {
            for (i, (x, y)) in x.iter().zip(y).enumerate() {
                let plain = rotate(x, 5 + i, 10_000.0, RotaryPairs::Halves).unwrap();
                for (a, b) in y.iter().zip(plain) {
                    assert!((a - b).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn a_turn_has_its_gradient_and_its_bounds() {
        let rotary = Rotary::new(4, 4, 100.0, DType::F64, &Device::Cpu).unwrap();
        let x = Init::Normal(1.0)
            .draw(&[1, 3, 4], DType::F64, &Device::Cpu, &mut seeded(1))
            .unwrap();
        let x = Var::from_tensor(&x).unwrap();
        let loss = || Ok((rotary.turn(&x, 1)?.sqr()? * 0.5)?.narrow(2, 1, 2)?.sum_all()?);
        gradient_check([("x", &x)], loss).unwrap().within(1e-7).unwrap();
        assert_eq!(
            rotary.turn(&x, 2).unwrap_err().to_string(),
            "rotary positions: expected at most 4 positions of 4 numbers, got 5 of 4"
        );
    }
}
