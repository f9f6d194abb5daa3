//! Encoders: what makes a vector of an example. The losses only see the vectors, so any encoder learns by any
//! loss.
//!
//! | encoder | an example is | vector | learned |
//! |---|---|---|---|
//! | [`VectorTable`] | a number | its row | all rows |
//! | [`WordAverage`] | a text | mean of the vectors of its words | the words' vectors |
//! | [`Mlp`] | a row of numbers, such as pixels | layers with ReLU between them | the layers |
//!
//! An encoder of one's own is a type with two methods. It keeps the examples, so that training needs only
//! their numbers.

mod mlp;
mod vector_table;
mod word_average;

pub use mlp::Mlp;
pub use vector_table::VectorTable;
pub use word_average::WordAverage;

use ndarray::{Array2, ArrayView2};

use crate::Result;
use crate::nn::{DType, Tensor, Var};

/// Examples that [`Encoder::vectors`] encodes at a time.
const BLOCK: usize = 1024;

/// What makes vectors of examples, which are numbers from 0 on.
pub trait Encoder {
    /// How many examples there are.
    fn n_examples(&self) -> usize;

    /// The vectors of these examples as rows, `(n, d)`, with a gradient.
    ///
    /// # Errors
    /// An example is not there.
    fn encode(&self, examples: &[u32]) -> Result<Tensor>;

    /// The vectors of these examples as numbers, `(n, d)`, for evaluation and pictures.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    fn vectors(&self, examples: &[u32]) -> Result<Array2<f32>> {
        let mut all = Vec::new();
        for block in examples.chunks(BLOCK) {
            let rows = self.encode(block)?.detach().to_dtype(DType::F32)?;
            all.extend(rows.flatten_all()?.to_vec1::<f32>()?);
        }
        let d = all.len().checked_div(examples.len()).unwrap_or_default();
        let table = Array2::from_shape_vec((examples.len(), d), all);
        table.map_err(|e| {
            crate::Error::shape("the vectors of an encoder", "rows of one length", e.to_string())
        })
    }
}

/// The error for an example that is not there.
fn check(examples: &[u32], n: usize) -> Result<()> {
    match examples.iter().find(|&&i| i as usize >= n) {
        None => Ok(()),
        Some(i) => Err(crate::Error::value(
            "an example",
            format!("below {n}"),
            i.to_string(),
        )),
    }
}

/// Gives a variable the numbers of a table.
fn set(variable: &Var, table: ArrayView2<f32>) -> Result<()> {
    let numbers: Vec<f32> = table.iter().copied().collect();
    let tensor = Tensor::from_vec(numbers, table.dim(), variable.device())?;
    Ok(variable.set(&tensor.to_dtype(variable.dtype())?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Device, Init, Parameters, gradient_check};
    use crate::rng::seeded;

    /// Every encoder gives the same vectors one by one as together, lets gradients through to all that it
    /// has, and refuses what is not there.
    #[test]
    fn encoders_are_alike() {
        let (mut parameters, rng) = (Parameters::new(DType::F64, &Device::Cpu), &mut seeded(1));
        let table = VectorTable::new(parameters.scope("table"), 3, 2, Init::Normal(1.0), rng).unwrap();
        let inputs = ndarray::array![[0.5, 1.0], [-1.0, 2.0], [0.25, -0.5]];
        let mlp = Mlp::new(parameters.scope("mlp"), inputs.view(), &[4, 2], rng).unwrap();
        let texts = [vec![0, 1, 1], vec![], vec![2]];
        let words =
            WordAverage::new(parameters.scope("words"), &texts, 3, 2, Init::Normal(1.0), rng).unwrap();
        let encoders: [&dyn Encoder; 3] = [&table, &mlp, &words];
        for encoder in encoders {
            let all = encoder.vectors(&[0, 1, 2]).unwrap();
            assert_eq!(all.dim(), (3, 2));
            for (i, row) in (0..3).zip(all.outer_iter()) {
                let alone = encoder.vectors(&[i]).unwrap();
                assert!((&alone.row(0) - &row).iter().all(|x| x.abs() < 1e-6));
            }
            let e = encoder.encode(&[1, 3]).unwrap_err().to_string();
            assert_eq!(e, "an example: expected below 3, got 3");
            assert_eq!(
                (encoder.n_examples(), encoder.vectors(&[]).unwrap().dim()),
                (3, (0, 0))
            );
        }
        let loss = || {
            let all: Result<Vec<Tensor>> = encoders.iter().map(|e| e.encode(&[2, 0, 0])).collect();
            Ok(Tensor::stack(&all?, 0)?.sqr()?.sum_all()?)
        };
        gradient_check(parameters.iter(), loss)
            .unwrap()
            .within(1e-7)
            .unwrap();
    }
}
