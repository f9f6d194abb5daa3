//! A vector of its own for each example: nothing is shared, so what is learned of one says nothing of
//! another.

use ndarray::ArrayView2;

use super::{Encoder, check};
use crate::Result;
use crate::nn::{Embedding, Init, Scope, Tensor};
use crate::rng::Rng;

/// A table of vectors, one for each example.
///
/// ```
/// use course::contrast::{Encoder as _, VectorTable};
/// use course::nn::{DType, Device, Parameters};
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// let start = ndarray::array![[0.0, 1.0], [2.0, 3.0]];
/// let table = VectorTable::starting_at(parameters.scope("points"), start.view())?;
/// assert_eq!(table.vectors(&[1, 0])?, ndarray::array![[2.0, 3.0], [0.0, 1.0]]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct VectorTable {
    table: Embedding,
    n: usize,
}

impl VectorTable {
    /// `n` vectors of `dimension` numbers, drawn as `init` says. Parameter: `weight (n, dimension)`.
    ///
    /// # Errors
    /// The name is taken; see [`Init::draw`].
    pub fn new(scope: Scope, n: usize, dimension: usize, init: Init, rng: &mut Rng) -> Result<Self> {
        let table = Embedding::new(scope, n, dimension, init, rng)?;
        Ok(Self { table, n })
    }

    /// The rows of `start`, shape `(n, dimension)`.
    ///
    /// # Errors
    /// The name is taken.
    pub fn starting_at(scope: Scope, start: ArrayView2<f32>) -> Result<Self> {
        let (n, d) = start.dim();
        // Nothing is drawn.
        let made = Self::new(scope, n, d, Init::Zeros, &mut crate::rng::seeded(0))?;
        super::set(made.table.weight(), start)?;
        Ok(made)
    }
}

impl Encoder for VectorTable {
    fn n_examples(&self) -> usize {
        self.n
    }

    fn encode(&self, examples: &[u32]) -> Result<Tensor> {
        check(examples, self.n)?;
        let ids = Tensor::new(examples, self.table.weight().device())?;
        self.table.forward(&ids)
    }
}

crate::show::shown_as_line!(VectorTable, |this| {
    format!("A table of vectors, {:?}", this.table.weight().dims())
});
