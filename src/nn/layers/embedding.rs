//! The embedding: a table with a vector for each id.
//!
//! ```text
//!     y = W[id]               ids (…), W (rows, dimension), y (…, dimension)
//!     ∂L/∂W[i] = Σ ∂L/∂y over all places where id = i
//! ```
//!
//! Parameter: `weight`. The gradient is as large as the table, however few rows a batch looks up.

use candle_core::{DType, Tensor, Var};

use crate::nn::{Init, Scope};
use crate::rng::Rng;
use crate::{Error, Result};

/// A table of vectors: ids of any shape `(…)` in, their rows `(…, dimension)` out.
#[derive(Clone)]
pub struct Embedding {
    weight: Var,
}

impl Embedding {
    /// `rows` vectors of `dimension` numbers.
    ///
    /// # Errors
    /// The name is taken; see [`Init::draw`].
    pub fn new(mut scope: Scope, rows: usize, dimension: usize, init: Init, rng: &mut Rng) -> Result<Self> {
        let weight = scope.parameter("weight", (rows, dimension), init, rng)?;
        Ok(Self { weight })
    }

    /// The rows of `ids`, whose type is `U32`, `U8` or `I64`.
    ///
    /// # Errors
    /// An id has no row. candle itself would return zeros for the largest number of the id's type.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor> {
        let (rows, dimension) = self.weight.dims2()?;
        let flat = ids.flatten_all()?.contiguous()?;
        if flat.elem_count() > 0 {
            let wide = flat.to_dtype(DType::I64)?;
            let (least, most) = (wide.min_all()?, wide.max_all()?);
            for id in [least.to_scalar::<i64>()?, most.to_scalar::<i64>()?] {
                if id < 0 || id >= rows as i64 {
                    let expected = format!("0 to {}", rows as i64 - 1);
                    return Err(Error::value("an id of an embedding", expected, id));
                }
            }
        }
        let shape = [ids.dims(), &[dimension]].concat();
        Ok(self.weight.index_select(&flat, 0)?.reshape(shape)?)
    }

    /// The table, `(rows, dimension)`.
    pub fn weight(&self) -> &Var {
        &self.weight
    }
}

crate::show::shown_as_line!(Embedding, |this| {
    format!("An embedding, (rows, dimension) = {:?}", this.weight.dims())
});

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;
    use crate::nn::Parameters;
    use crate::rng::seeded;

    #[test]
    fn an_id_without_a_row_is_an_error() {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let layer = Embedding::new(parameters.scope("wte"), 3, 2, Init::Normal(1.0), &mut seeded(1)).unwrap();
        let ids = Tensor::new(&[[2_u32, 0]], &Device::Cpu).unwrap();
        assert_eq!(layer.forward(&ids).unwrap().dims(), [1, 2, 2]);
        for id in [3, u32::MAX] {
            let e = layer
                .forward(&Tensor::new(&[0, id], &Device::Cpu).unwrap())
                .unwrap_err();
            assert_eq!(
                e.to_string(),
                format!("an id of an embedding: expected 0 to 2, got {id}")
            );
        }
        assert!(
            layer
                .forward(&Tensor::new(&[-1_i64], &Device::Cpu).unwrap())
                .is_err()
        );
        let none = Tensor::zeros((2, 0), DType::U32, &Device::Cpu).unwrap();
        assert_eq!(layer.forward(&none).unwrap().dims(), [2, 0, 2]);
    }
}
