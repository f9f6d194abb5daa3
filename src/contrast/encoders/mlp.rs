//! A network: linear layers with ReLU between them.
//!
//! ```text
//!     h₁ = max(0, W₁ x + b₁)   …   v = W_l h_{l−1} + b_l            weights begin as torch's: `Init::FanIn`
//! ```

use ndarray::ArrayView2;

use super::{Encoder, check};
use crate::nn::{Init, Linear, Scope, Tensor};
use crate::rng::Rng;
use crate::{Error, Result};

/// Layers on rows of numbers.
///
/// ```
/// use course::contrast::{Encoder as _, Mlp};
/// use course::nn::{DType, Device, Parameters};
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// // Digits in the plane: 64 pixels, a layer of 32, and 2 coordinates.
/// let pixels = course::data::digits::matrix();
/// let encoder = Mlp::new(parameters.scope("mlp"), pixels.view(), &[32, 2], &mut course::rng::seeded(1))?;
/// assert_eq!(encoder.vectors(&[0, 1, 2])?.dim(), (3, 2));
/// assert_eq!(parameters.count(), 65 * 32 + 33 * 2);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Mlp {
    layers: Vec<Linear>,
    /// `(n, inputs)`.
    inputs: Tensor,
    sizes: Vec<usize>,
    on_sphere: bool,
}

/// Added under the root of the length, so that a zero vector has a finite gradient.
const TINY: f64 = 1e-12;

impl Mlp {
    /// Layers of these sizes, of which the last is the dimension of the vectors, on the rows of `inputs`,
    /// shape `(n, inputs)`. Parameters: `0.weight`, `0.bias`, `1.weight`, …
    ///
    /// # Errors
    /// There is no layer, or one of size 0; the names are taken.
    pub fn new(mut scope: Scope, inputs: ArrayView2<f32>, sizes: &[usize], rng: &mut Rng) -> Result<Self> {
        if sizes.is_empty() || sizes.contains(&0) {
            let got = format!("{sizes:?}");
            return Err(Error::value("the sizes of layers", "one or more, none 0", got));
        }
        let sizes: Vec<usize> = [inputs.ncols()]
            .into_iter()
            .chain(sizes.iter().copied())
            .collect();
        let mut layers = Vec::new();
        for (i, size) in sizes.windows(2).enumerate() {
            let scope = scope.scope(&i.to_string());
            layers.push(Linear::new(scope, size[0], size[1], Init::FanIn, rng)?);
        }
        let numbers: Vec<f32> = inputs.iter().copied().collect();
        let inputs = Tensor::from_vec(numbers, inputs.dim(), scope.device())?.to_dtype(scope.dtype())?;
        Ok(Self {
            layers,
            inputs,
            sizes,
            on_sphere: false,
        })
    }

    /// With vectors scaled to length 1: points of the sphere, in the plane of the circle.
    #[must_use]
    pub fn on_sphere(self) -> Self {
        Self {
            on_sphere: true,
            ..self
        }
    }

    /// The vectors of rows of one's own, `(n, inputs)`.
    ///
    /// # Errors
    /// A row has another length.
    pub fn forward(&self, inputs: &Tensor) -> Result<Tensor> {
        let mut x = inputs.clone();
        for (i, layer) in self.layers.iter().enumerate() {
            x = if i == 0 { x } else { x.relu()? };
            x = layer.forward(&x)?;
        }
        if self.on_sphere {
            let squares = x.sqr()?.sum_keepdim(1)?;
            x = x.broadcast_div(&(squares + TINY)?.sqrt()?)?;
        }
        Ok(x)
    }
}

impl Encoder for Mlp {
    fn n_examples(&self) -> usize {
        self.inputs.dims().first().copied().unwrap_or_default()
    }

    fn encode(&self, examples: &[u32]) -> Result<Tensor> {
        check(examples, self.n_examples())?;
        let ids = Tensor::new(examples, self.inputs.device())?;
        self.forward(&self.inputs.index_select(&ids, 0)?)
    }
}

crate::show::shown_as_line!(Mlp, |this| {
    let sizes: Vec<String> = this.sizes.iter().map(usize::to_string).collect();
    format!(
        "A network of layers {} on {} examples",
        sizes.join(" → "),
        this.n_examples()
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Parameters};
    use crate::rng::seeded;

    #[test]
    fn the_sphere_keeps_directions() {
        let inputs = ndarray::array![[1.0, 2.0, 3.0], [0.5, -1.0, 0.0]];
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let mlp = Mlp::new(parameters.scope("a"), inputs.view(), &[5, 3], &mut seeded(1)).unwrap();
        let free = mlp.vectors(&[0, 1]).unwrap();
        let unit = mlp.on_sphere().vectors(&[0, 1]).unwrap();
        for (free, unit) in free.outer_iter().zip(unit.outer_iter()) {
            assert!((unit.dot(&unit) - 1.0).abs() < 1e-5);
            assert!((free.dot(&unit) - free.dot(&free).sqrt()).abs() < 1e-5);
        }
        for sizes in [&[][..], &[3, 0]] {
            assert!(Mlp::new(parameters.scope("b"), inputs.view(), sizes, &mut seeded(1)).is_err());
        }
    }
}
