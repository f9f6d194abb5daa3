//! A network in a checkpoint: its parameters under their names, what the optimiser keeps for each as
//! `optimiser.KIND.NAME`, and the best parameters so far as `best.NAME`. Types of less than 32 bits are
//! written as `f32`, which can represent all their numbers.

use std::collections::BTreeMap;

use super::OptimiserState;
use super::checkpoint::{Kept, Tensors};
use crate::nn::{DType, Parameters, Tensor};
use crate::{Error, Result};

/// Copies of parameters, by name.
pub(super) type Best = BTreeMap<String, Tensor>;

/// Copies that are not changed by steps.
pub(super) fn copies(parameters: &Parameters) -> Result<Best> {
    let copies = parameters
        .iter()
        .map(|(name, x)| Ok((name.to_owned(), x.as_tensor().copy()?.detach())));
    copies.collect()
}

/// Sets the parameters to the numbers of the copies.
pub(super) fn put_back(copies: &Best, parameters: &Parameters) -> Result<()> {
    copies.iter().try_for_each(|(name, x)| parameters.set(name, x))
}

/// Everything that training needs to resume.
///
/// # Errors
/// A parameter is not finite. Then the earlier checkpoint stays, which is sound.
pub(super) fn tensors(parameters: &Parameters, optimiser: &OptimiserState, best: &Best) -> Result<Tensors> {
    let mut all = Tensors::default();
    for (name, x) in parameters.iter() {
        if !put(&mut all, name.to_owned(), x)? {
            let expected = "finite numbers; a smaller learning rate may help";
            return Err(Error::value(format!("the parameter {name}"), expected, "others"));
        }
    }
    for (kind, name, x) in optimiser.tensors() {
        put(&mut all, format!("optimiser.{kind}.{name}"), x)?;
    }
    for (name, x) in best {
        put(&mut all, format!("best.{name}"), x)?;
    }
    Ok(all)
}

/// Returns whether all numbers are finite.
fn put(all: &mut Tensors, name: String, x: &Tensor) -> Result<bool> {
    let flat = x.flatten_all()?;
    if x.dtype() == DType::F64 {
        let numbers: Vec<f64> = flat.to_vec1()?;
        let finite = numbers.iter().all(|x| x.is_finite());
        all.put(name, x.dims(), numbers);
        return Ok(finite);
    }
    let numbers: Vec<f32> = flat.to_dtype(DType::F32)?.to_vec1()?;
    let finite = numbers.iter().all(|x| x.is_finite());
    all.put(name, x.dims(), numbers);
    Ok(finite)
}

/// Sets parameters and optimiser to what [`tensors`] wrote after this many steps, and returns the best
/// parameters.
pub(super) fn go_on(
    kept: &Kept,
    steps: i32,
    parameters: &Parameters,
    optimiser: &mut OptimiserState,
) -> Result<Best> {
    let get = |name: &str, like: &Tensor| -> Result<Tensor> {
        let (dims, device) = (like.dims(), like.device());
        let tensor = match like.dtype() {
            DType::F64 => Tensor::from_vec(kept.numbers::<f64>(name, dims)?, dims, device)?,
            _ => Tensor::from_vec(kept.numbers::<f32>(name, dims)?, dims, device)?,
        };
        Ok(tensor.to_dtype(like.dtype())?)
    };
    let find = |name: String, like: &Tensor| -> Result<Option<Tensor>> {
        kept.has(&name).then(|| get(&name, like)).transpose()
    };
    let mut best = Best::new();
    for (name, x) in parameters.iter() {
        parameters.set(name, &get(name, x)?)?;
        if let Some(x) = find(format!("best.{name}"), x)? {
            best.insert(name.to_owned(), x);
        }
    }
    optimiser.go_on(steps, parameters, |kind, name, x| {
        find(format!("optimiser.{kind}.{name}"), x)
    })?;
    Ok(best)
}
