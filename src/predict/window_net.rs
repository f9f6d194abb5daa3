//! The network that reads a window of words. NNLM, Collobert and Weston's network and the tagger are this
//! network with different outputs.
//!
//! ```text
//!     x = [C(w₁); C(w₂); …; C(wₖ)]    the rows of the window's words in a table C, one behind the other
//!     y = c + U tanh(b + H x)  (+ W x)    W, direct connections, only where they are asked for
//! ```
//!
//! Shapes: ids `(n, k)`, C `(rows, d)`, x `(n, k·d)`, H `(k·d, h)`, U `(outputs, h)`, W `(outputs, k·d)`, y
//! `(n, outputs)`. The network learns C together with the rest: the vector of a word is what the network
//! finds useful to know about it. c is stored as a last column of U, for a hidden unit that is always 1:
//! adding it to y separately would take as long as the product. The parameters have the names of the formula.

use ndarray::Array2;

use crate::nn::{DType, Device, Init, Parameters, Tensor, Var};
use crate::rng::Rng;
use crate::train::Training;
use crate::{Error, Result};

/// How large the parts are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Rows of the table.
    pub(super) rows: usize,
    /// Numbers of a row.
    pub(super) dimension: usize,
    /// Words of a window.
    pub(super) window: usize,
    pub(super) hidden: usize,
    pub(super) outputs: usize,
    pub(super) direct: bool,
}

/// C, H, b, U with c, and W. An optimiser changes them in place: a clone shares them.
#[derive(Clone)]
pub(super) struct WindowNet {
    pub(super) parameters: Parameters,
    table: Var,
    to_hidden: Var,
    hidden_bias: Var,
    /// `(outputs, h + 1)`.
    pub(super) from_hidden: Var,
    pub(super) direct: Option<Var>,
}

impl WindowNet {
    /// Drawn uniformly from −1/√n to 1/√n, where n is the number of inputs of a unit. The rows of the table
    /// are drawn from −0.1 to 0.1, so that soon most of a vector is what it has learned. Biases are 0.
    pub(super) fn new(sizes: Sizes, dtype: DType, rng: &mut Rng) -> Result<Self> {
        let mut parameters = Parameters::new(dtype, &Device::Cpu);
        let mut scope = parameters.scope("");
        let mut draw = |name, rows: usize, columns: usize, most| {
            scope.parameter(name, (rows, columns), Init::Uniform(most), rng)
        };
        let wide = sizes.window * sizes.dimension;
        let root = |n: usize| 1.0 / (n.max(1) as f64).sqrt();
        let table = draw("C", sizes.rows, sizes.dimension, 0.1)?;
        let to_hidden = draw("H", wide, sizes.hidden, root(wide))?;
        let from_hidden = draw("U", sizes.outputs, sizes.hidden + 1, root(sizes.hidden))?;
        let direct = (sizes.direct)
            .then(|| draw("W", sizes.outputs, wide, root(wide)))
            .transpose()?;
        let hidden_bias = scope.parameter("b", sizes.hidden, Init::Zeros, rng)?;
        let net = Self {
            parameters,
            table,
            to_hidden,
            hidden_bias,
            from_hidden,
            direct,
        };
        net.set_output_bias(&vec![0.0; sizes.outputs])?;
        Ok(net)
    }

    /// x and the hidden units of windows, `(n, k·d)` and `(n, h + 1)`.
    pub(super) fn hidden(&self, ids: &Tensor) -> Result<(Tensor, Tensor)> {
        let n = ids.dim(0)?;
        let x = self
            .table
            .index_select(&ids.flatten_all()?, 0)?
            .reshape((n, ()))?;
        let hidden = x
            .matmul(&self.to_hidden)?
            .broadcast_add(&self.hidden_bias)?
            .tanh()?;
        let ones = Tensor::ones((n, 1), x.dtype(), x.device())?;
        Ok((x, Tensor::cat(&[hidden, ones], 1)?))
    }

    /// y for all outputs, `(n, outputs)`.
    pub(super) fn outputs(&self, ids: &Tensor) -> Result<Tensor> {
        let (x, hidden) = self.hidden(ids)?;
        let y = hidden.matmul(&self.from_hidden.t()?)?;
        match &self.direct {
            Some(direct) => Ok((y + x.matmul(&direct.t()?)?)?),
            None => Ok(y),
        }
    }

    /// Sets c.
    pub(super) fn set_output_bias(&self, bias: &[f64]) -> Result<()> {
        let u = &self.from_hidden;
        let bias = Tensor::new(bias, u.device())?.unsqueeze(1)?.to_dtype(u.dtype())?;
        let weights = u.narrow(1, 0, u.dim(1)? - 1)?;
        self.parameters.set("U", &Tensor::cat(&[&weights, &bias], 1)?)
    }

    /// How many words a window has.
    pub(super) fn window(&self) -> Result<usize> {
        Ok(self.to_hidden.dim(0)? / self.table.dim(1)?)
    }

    /// Puts vectors into the first rows of the table.
    pub(super) fn take_over(&self, vectors: &Array2<f32>) -> Result<()> {
        let ((n, d), rows) = (vectors.dim(), self.table.dim(0)?);
        let numbers: Vec<f32> = vectors.iter().copied().collect();
        let first = Tensor::from_vec(numbers, (n, d), self.table.device())?.to_dtype(self.table.dtype())?;
        let rest = self.table.narrow(0, n, rows - n)?;
        self.parameters.set("C", &Tensor::cat(&[&first, &rest], 0)?)
    }

    /// The first `n` rows of the table.
    pub(super) fn vectors(&self, n: usize) -> Result<Array2<f32>> {
        let rows = self.table.narrow(0, 0, n)?.to_dtype(DType::F32)?;
        let (n, d) = rows.dims2()?;
        let numbers = rows.flatten_all()?.to_vec1::<f32>()?;
        Array2::from_shape_vec((n, d), numbers)
            .map_err(|e| Error::shape("the table", format!("{n} by {d}"), e))
    }
}

/// How all these networks are trained, apart from what their options say: by Adam.
pub(super) fn training(epochs: usize, batch: usize, learning_rate: f64, seed: u64) -> Result<Training> {
    let training = Training {
        epochs,
        batch,
        learning_rate,
        seed,
        ..Training::default()
    };
    training.check()?;
    Ok(training)
}

/// Windows of `k` ids each as a tensor `(n, k)`.
pub(super) fn windows(ids: Vec<u32>, k: usize) -> Result<Tensor> {
    let n = ids.len() / k;
    Ok(Tensor::from_vec(ids, (n, k), &Device::Cpu)?)
}

/// Checks the gradients of a loss for every number of a network, which is in `f64`.
#[cfg(test)]
pub(super) fn check_gradients(net: &WindowNet, loss: &dyn Fn() -> Result<Tensor>) {
    let check = crate::nn::gradient_check(net.parameters.iter(), loss).unwrap();
    assert!(check.not_zero > 10, "nearly all gradients are 0");
    check.within(1e-8).unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    /// On paper: a table of two rows, a window of two words, one hidden unit, two outputs.
    #[test]
    fn the_outputs_on_paper() {
        let sizes = Sizes {
            rows: 2,
            dimension: 1,
            window: 2,
            hidden: 1,
            outputs: 2,
            direct: true,
        };
        let net = WindowNet::new(sizes, DType::F64, &mut seeded(1)).unwrap();
        for (name, numbers) in [
            ("C", vec![1.0, 2.0]),
            ("H", vec![1.0, -1.0]),
            ("b", vec![1.0]),
            ("U", vec![1.0, 0.0, 3.0, 10.0]),
            ("W", vec![0.0, 1.0, 0.0, 0.0]),
        ] {
            let shape = net.parameters.get(name).unwrap().shape().clone();
            let numbers = Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap();
            net.parameters.set(name, &numbers).unwrap();
        }
        // x = (1, 2), tanh(1 + 1 − 2) = 0: y = (0 + 2, 10). x = (2, 1), tanh(2) = t: y = (t + 1, 3t + 10).
        let y = net.outputs(&windows(vec![0, 1, 1, 0], 2).unwrap()).unwrap();
        let t = 2.0_f64.tanh();
        assert_eq!(
            y.to_vec2::<f64>().unwrap(),
            [[2.0, 10.0], [t + 1.0, 3.0 * t + 10.0]]
        );
    }
}
