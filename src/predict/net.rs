//! The network that looks at a window of words: NNLM, Collobert and Weston's, and the tagger are this one with different outputs.
//!
//! ```text
//!     x = [C(w₁); C(w₂); …; C(wₖ)]            the rows of the window's words in a table C, one behind the other
//!     y = c + U tanh(b + H x)  (+ W x)        W, direct connections, only where they are asked for
//! ```
//!
//! Shapes: ids `(n, k)`, C `(rows, d)`, x `(n, k·d)`, H `(k·d, h)`, U `(outputs, h)`, W `(outputs, k·d)`, y `(n, outputs)`. The network learns
//! C with all the rest: what it finds useful to know of a word is the word's vector. On candle, which also has the gradients. c is a
//! last column of U, against a hidden unit that is always 1: adding it to y by itself would take as long as the product.

use candle_core::{DType, Device, Tensor, Var};
use ndarray::Array2;
use rand::Rng as _;

use crate::rng::Rng;
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

/// C, H, b, U with c, and W. It is moved by an optimiser, not copied: a clone shares them.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub(super) table: Var,
    to_hidden: Var,
    hidden_bias: Var,
    /// `(outputs, h + 1)`.
    pub(super) from_hidden: Var,
    pub(super) direct: Option<Var>,
}

impl Net {
    /// Drawn evenly from −1/√n to 1/√n, n being the numbers that go into a unit; the rows of the table from −0.1 to
    /// 0.1, so that soon most of a vector is what it has learned; biases are 0.
    pub(super) fn new(sizes: Sizes, dtype: DType, rng: &mut Rng) -> Result<Self> {
        let mut draw = |rows: usize, columns: usize, most: f64| -> Result<Var> {
            let numbers: Vec<f64> = (0..rows * columns)
                .map(|_| rng.random_range(-most..=most))
                .collect();
            let tensor = Tensor::from_vec(numbers, (rows, columns), &Device::Cpu)?.to_dtype(dtype)?;
            Ok(Var::from_tensor(&tensor)?)
        };
        let wide = sizes.window * sizes.dimension;
        let root = |n: usize| 1.0 / (n.max(1) as f64).sqrt();
        let (table, to_hidden) = (
            draw(sizes.rows, sizes.dimension, 0.1)?,
            draw(wide, sizes.hidden, root(wide))?,
        );
        let from_hidden = draw(sizes.outputs, sizes.hidden + 1, root(sizes.hidden))?;
        let direct = sizes
            .direct
            .then(|| draw(sizes.outputs, wide, root(wide)))
            .transpose()?;
        let net = Self {
            table,
            to_hidden,
            hidden_bias: Var::zeros(sizes.hidden, dtype, &Device::Cpu)?,
            from_hidden,
            direct,
        };
        net.set_output_bias(&vec![0.0; sizes.outputs])?;
        Ok(net)
    }

    /// c.
    pub(super) fn set_output_bias(&self, bias: &[f64]) -> Result<()> {
        let bias = Tensor::new(bias, &Device::Cpu)?
            .unsqueeze(1)?
            .to_dtype(self.table.dtype())?;
        let h = self.from_hidden.dim(1)? - 1;
        let weights = self.from_hidden.narrow(1, 0, h)?;
        Ok(self.from_hidden.set(&Tensor::cat(&[&weights, &bias], 1)?)?)
    }

    pub(super) fn parameters(&self) -> Vec<Var> {
        let Self {
            table,
            to_hidden,
            hidden_bias,
            from_hidden,
            direct,
        } = self.clone();
        let mut all = vec![table, to_hidden, hidden_bias, from_hidden];
        all.extend(direct);
        all
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
        let ones = Tensor::ones((n, 1), x.dtype(), &Device::Cpu)?;
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

    /// How many words a window has.
    pub(super) fn window(&self) -> Result<usize> {
        Ok(self.to_hidden.dim(0)? / self.table.dim(1)?)
    }

    /// Puts vectors into the first rows of the table.
    pub(super) fn take_over(&self, vectors: &Array2<f32>) -> Result<()> {
        let ((n, d), rows) = (vectors.dim(), self.table.dim(0)?);
        let numbers: Vec<f32> = vectors.iter().copied().collect();
        let first = Tensor::from_vec(numbers, (n, d), &Device::Cpu)?.to_dtype(self.table.dtype())?;
        let rest = self.table.narrow(0, n, rows - n)?;
        Ok(self.table.set(&Tensor::cat(&[&first, &rest], 0)?)?)
    }

    /// The first `n` rows of the table.
    pub(super) fn vectors(&self, n: usize) -> Result<Array2<f32>> {
        let rows = self.table.narrow(0, 0, n)?.to_dtype(DType::F32)?;
        let (n, d) = rows.dims2()?;
        let numbers = rows.flatten_all()?.to_vec1::<f32>()?;
        Array2::from_shape_vec((n, d), numbers)
            .map_err(|e| Error::shape("the table", format!("{n} by {d}"), e.to_string()))
    }
}

/// Windows of `k` ids each as a tensor `(n, k)`.
pub(super) fn windows(ids: Vec<u32>, k: usize) -> Result<Tensor> {
    let n = ids.len() / k;
    Ok(Tensor::from_vec(ids, (n, k), &Device::Cpu)?)
}

/// The gradients of `loss` against central differences, for every number of the network, which is in `f64`.
#[cfg(test)]
pub(super) fn check_gradients(net: &Net, loss: &dyn Fn() -> Result<Tensor>) {
    const H: f64 = 1e-5;
    let gradients = loss().unwrap().backward().unwrap();
    let value = || loss().unwrap().to_scalar::<f64>().unwrap();
    let mut moved = 0;
    for variable in net.parameters() {
        let shape = variable.shape().clone();
        let numbers: Vec<f64> = variable.flatten_all().unwrap().to_vec1().unwrap();
        let gradient: Vec<f64> = match gradients.get(&variable) {
            Some(gradient) => gradient.flatten_all().unwrap().to_vec1().unwrap(),
            None => vec![0.0; numbers.len()],
        };
        let set = |numbers: &[f64]| {
            let tensor = Tensor::from_vec(numbers.to_vec(), shape.clone(), &Device::Cpu).unwrap();
            variable.set(&tensor).unwrap();
        };
        for (i, gradient) in gradient.into_iter().enumerate() {
            let mut near = numbers.clone();
            near[i] = numbers[i] + H;
            set(&near);
            let up = value();
            near[i] = numbers[i] - H;
            set(&near);
            let differences = (up - value()) / (2.0 * H);
            assert!(
                (gradient - differences).abs() < 1e-8,
                "{shape:?} {i}: {gradient} {differences}"
            );
            moved += usize::from(gradient.abs() > 1e-6);
        }
        set(&numbers);
    }
    assert!(moved > 10, "nearly all gradients are 0");
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
        let net = Net::new(sizes, DType::F64, &mut seeded(1)).unwrap();
        let set = |variable: &Var, numbers: &[f64]| {
            let shape = variable.shape().clone();
            variable
                .set(&Tensor::from_vec(numbers.to_vec(), shape, &Device::Cpu).unwrap())
                .unwrap();
        };
        set(&net.table, &[1.0, 2.0]);
        set(&net.to_hidden, &[1.0, -1.0]);
        set(&net.hidden_bias, &[1.0]);
        set(&net.from_hidden, &[1.0, 0.0, 3.0, 10.0]);
        set(net.direct.as_ref().unwrap(), &[0.0, 1.0, 0.0, 0.0]);
        // x = (1, 2), tanh(1 + 1 − 2) = 0: y = (0 + 2, 10). x = (2, 1), tanh(2) = t: y = (t + 1, 3t + 10).
        let y = net.outputs(&windows(vec![0, 1, 1, 0], 2).unwrap()).unwrap();
        let t = 2.0_f64.tanh();
        assert_eq!(
            y.to_vec2::<f64>().unwrap(),
            [[2.0, 10.0], [t + 1.0, 3.0 * t + 10.0]]
        );
    }
}
