//! Initial values of parameters, drawn from a seeded generator.
//!
//! A weight of shape `(outputs, inputs)` sums `inputs` numbers into each output. If every weight has variance
//! v, the variance of an output is `inputs · v` times that of an input. In the backward pass, the variance of
//! a gradient grows by the factor `outputs · v`. The rules below choose v so that neither grows or shrinks
//! from layer to layer:
//!
//! | rule | v | source |
//! |---|---|---|
//! | [`FanIn`](Init::FanIn) | 1/(3 · inputs) | \[1\]; torch's default |
//! | [`XavierUniform`](Init::XavierUniform), [`…Normal`](Init::XavierNormal) | 2/(inputs + outputs) | \[2\] |
//! | [`KaimingUniform`](Init::KaimingUniform), [`…Normal`](Init::KaimingNormal) | 2/inputs | \[3\] |
//! | [`Normal`](Init::Normal)`(0.02)` | 0.02² whatever the size | \[4\] |
//!
//! Kaiming's v is twice 1/inputs, since a ReLU blocks half of its inputs. The sources:
//!
//! 1. LeCun, Bottou, Orr and Müller 1998, *Efficient BackProp*
//! 2. Glorot and Bengio 2010, *Understanding the difficulty of training deep feedforward neural networks*
//! 3. He, Zhang, Ren and Sun 2015, *Delving deep into rectifiers*
//! 4. Radford et al. 2018, *Improving language understanding by generative pre-training*
//!
//! candle's own layers begin with `KaimingNormal` where torch begins with `FanIn`, and its generator for the
//! CPU cannot be seeded. Here numbers are drawn as `f64` in the order of the rows and then rounded, so a seed
//! gives the same model in each type.

use candle_core::{DType, Device, Tensor};
use rand::Rng as _;
use rand_distr::StandardNormal;

use crate::rng::Rng;
use crate::{Error, Result};

/// How a parameter begins; there is a table at the head of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// All 0: biases.
    Zeros,
    /// All 1: the scales of a norm.
    Ones,
    /// All this number.
    Constant(f64),
    /// Uniform between minus this number and this number.
    Uniform(f64),
    /// Normal around 0 with this standard deviation.
    Normal(f64),
    /// Uniform, at most 1/√inputs.
    FanIn,
    /// Uniform, at most √(6 / (inputs + outputs)).
    XavierUniform,
    /// Normal, with the standard deviation √(2 / (inputs + outputs)).
    XavierNormal,
    /// Uniform, at most √(6 / inputs).
    KaimingUniform,
    /// Normal, with the standard deviation √(2 / inputs).
    KaimingNormal,
}

impl Init {
    /// A tensor of this shape. `dtype` is a type of floating-point numbers.
    ///
    /// # Errors
    /// The rule needs inputs and outputs, but the shape has fewer than two dimensions; or a bound is negative
    /// or not finite.
    ///
    /// ```
    /// use course::nn::{DType, Device, Init};
    /// use course::rng::seeded;
    /// let draw = || Init::FanIn.draw(&[3, 4], DType::F32, &Device::Cpu, &mut seeded(1));
    /// let (a, b) = (draw()?.to_vec2::<f32>()?, draw()?.to_vec2::<f32>()?);
    /// assert_eq!(a, b);
    /// assert!(a.concat().iter().all(|x| x.abs() <= 0.5));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn draw(self, shape: &[usize], dtype: DType, device: &Device, rng: &mut Rng) -> Result<Tensor> {
        let fans = || fans(shape).ok_or_else(|| no_fans(self, shape));
        let law = match self {
            Self::Zeros => Law::All(0.0),
            Self::Ones => Law::All(1.0),
            Self::Constant(x) => Law::All(x),
            Self::Uniform(most) => Law::Uniform(most),
            Self::Normal(deviation) => Law::Normal(deviation),
            Self::FanIn => Law::Uniform((1.0 / fans()?.0).sqrt()),
            Self::XavierUniform => Law::Uniform((6.0 / (fans()?.0 + fans()?.1)).sqrt()),
            Self::XavierNormal => Law::Normal((2.0 / (fans()?.0 + fans()?.1)).sqrt()),
            Self::KaimingUniform => Law::Uniform((6.0 / fans()?.0).sqrt()),
            Self::KaimingNormal => Law::Normal((2.0 / fans()?.0).sqrt()),
        };
        law.check(self)?;
        let n: usize = shape.iter().product();
        let numbers = (0..n).map(|_| law.draw(rng));
        // At most two types are in memory at a time: f64 only if that is the type asked for.
        let tensor = match dtype {
            DType::F64 => Tensor::from_vec(numbers.collect::<Vec<f64>>(), shape, &Device::Cpu)?,
            _ => Tensor::from_vec(
                numbers.map(|x| x as f32).collect::<Vec<f32>>(),
                shape,
                &Device::Cpu,
            )?,
        };
        Ok(tensor.to_dtype(dtype)?.to_device(device)?)
    }
}

/// What one number is drawn from.
#[derive(Clone, Copy)]
enum Law {
    All(f64),
    Uniform(f64),
    Normal(f64),
}

impl Law {
    fn check(self, init: Init) -> Result<()> {
        match self {
            Self::Uniform(x) | Self::Normal(x) if !(x >= 0.0 && x.is_finite()) => Err(Error::value(
                format!("{init:?}"),
                "a finite width that is not negative",
                x,
            )),
            _ => Ok(()),
        }
    }

    fn draw(self, rng: &mut Rng) -> f64 {
        match self {
            Self::All(x) => x,
            Self::Uniform(most) => rng.random_range(-most..=most),
            Self::Normal(deviation) => deviation * rng.sample::<f64, _>(StandardNormal),
        }
    }
}

/// Inputs and outputs of a weight `(outputs, inputs, …)`: further dimensions are a kernel that all inputs
/// share. Both are at least 1.
fn fans(shape: &[usize]) -> Option<(f64, f64)> {
    let (&[outputs, inputs], kernel) = shape.split_first_chunk()?;
    let kernel: usize = kernel.iter().product();
    Some(((inputs * kernel).max(1) as f64, (outputs * kernel).max(1) as f64))
}

fn no_fans(init: Init, shape: &[usize]) -> Error {
    Error::shape(
        format!("{init:?}"),
        "(outputs, inputs)",
        format!("{shape:?}; for a bias give Uniform or Zeros"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    fn numbers(init: Init, shape: &[usize]) -> Vec<f64> {
        let tensor = init
            .draw(shape, DType::F64, &Device::Cpu, &mut seeded(3))
            .unwrap();
        tensor.flatten_all().unwrap().to_vec1().unwrap()
    }

    /// The moments that the sources require, from 200 · 300 numbers: a variance is exact to about √(2 /
    /// 60,000) of itself, and five times that is 3 %.
    #[test]
    fn variances_are_those_of_the_sources() {
        let (outputs, inputs) = (200.0_f64, 300.0_f64);
        for (init, variance, most) in [
            (Init::FanIn, 1.0 / (3.0 * inputs), (1.0 / inputs).sqrt()),
            (
                Init::XavierUniform,
                2.0 / (inputs + outputs),
                (6.0 / (inputs + outputs)).sqrt(),
            ),
            (Init::XavierNormal, 2.0 / (inputs + outputs), f64::INFINITY),
            (Init::KaimingUniform, 2.0 / inputs, (6.0 / inputs).sqrt()),
            (Init::KaimingNormal, 2.0 / inputs, f64::INFINITY),
            (Init::Normal(0.02), 0.0004, f64::INFINITY),
            (Init::Uniform(0.1), 0.01 / 3.0, 0.1),
        ] {
            let numbers = numbers(init, &[200, 300]);
            let n = numbers.len() as f64;
            let mean = numbers.iter().sum::<f64>() / n;
            let got = numbers.iter().map(|x| x * x).sum::<f64>() / n;
            assert!(mean.abs() < 5.0 * (variance / n).sqrt(), "{init:?}: mean {mean}");
            assert!((got / variance - 1.0).abs() < 0.03, "{init:?}: {got} {variance}");
            let largest = numbers.iter().fold(0.0, |a: f64, x| a.max(x.abs()));
            assert!(largest <= most, "{init:?}: {largest}");
            assert!(most.is_infinite() || largest > 0.99 * most, "{init:?}: {largest}");
        }
    }

    #[test]
    fn a_seed_is_one_model_in_every_type() {
        let draw = |dtype| {
            let tensor = Init::Normal(1.0).draw(&[50], dtype, &Device::Cpu, &mut seeded(9));
            tensor
                .unwrap()
                .to_dtype(DType::F32)
                .unwrap()
                .to_vec1::<f32>()
                .unwrap()
        };
        let exact = draw(DType::F64);
        assert_eq!(draw(DType::F32), exact);
        let rounded = draw(DType::BF16);
        assert!(
            rounded
                .iter()
                .zip(&exact)
                .all(|(a, b)| (a - b).abs() <= b.abs() / 256.0)
        );
        assert_ne!(rounded, exact);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        let draw = |init: Init, shape: &[usize]| {
            let drawn = init.draw(shape, DType::F32, &Device::Cpu, &mut seeded(1));
            drawn.map(|_| ()).map_err(|e| e.to_string())
        };
        assert_eq!(
            draw(Init::FanIn, &[3]).unwrap_err(),
            "FanIn: expected (outputs, inputs), got [3]; for a bias give Uniform or Zeros"
        );
        assert_eq!(
            draw(Init::Uniform(-1.0), &[3]).unwrap_err(),
            "Uniform(-1.0): expected a finite width that is not negative, got -1"
        );
        assert_eq!(numbers(Init::Constant(2.5), &[2]), [2.5, 2.5]);
        assert_eq!(draw(Init::FanIn, &[0, 0]), Ok(()));
    }
}
