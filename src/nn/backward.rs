//! The gradients of a loss, without a detour for those that are complete when they arrive.
//!
//! candle's own `backward` begins each gradient with zeros and adds to them, on threads of its own that go on
//! spinning for a while afterwards. For three matrices of 1 MB that took three quarters of the time of a
//! triplet loss. [`backward`] gives the same numbers: where an operation of this room
//! ([`with_gradient`](super::with_gradient())) has the gradient by a *variable*, it is kept aside and joins
//! the others at the end; a second one for the same variable is added to the first.

use std::cell::RefCell;

use candle_core::TensorId;
use candle_core::backprop::GradStore;

use super::Tensor;
use crate::Result;

thread_local! {
    /// Gradients by variables, while [`backward`] runs on this thread.
    static COMPLETE: RefCell<Option<Vec<(TensorId, Tensor)>>> = const { RefCell::new(None) };
}

/// The gradient of `loss`, a single number, by each variable that it depends on.
///
/// ```
/// use course::nn::{Device, Var, backward};
/// let x = Var::new(&[1_f32, 3.0], &Device::Cpu)?;
/// let gradients = backward(&x.sqr()?.sum_all()?)?;
/// assert_eq!(gradients.get(&x).expect("a gradient").to_vec1::<f32>()?, [2.0, 6.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// An operation has no gradient.
pub fn backward(loss: &Tensor) -> Result<GradStore> {
    COMPLETE.set(Some(Vec::new()));
    let gradients = loss.backward();
    let complete = COMPLETE.take().unwrap_or_default();
    let mut gradients = gradients?;
    for (id, gradient) in complete {
        let sum = match gradients.get_id(id) {
            Some(other) => (other + gradient)?,
            None => gradient,
        };
        gradients.insert_id(id, sum);
    }
    Ok(gradients)
}

/// What an operation returns as its gradient by `x`: nothing, if [`backward`] keeps it.
pub(super) fn hand_over(x: &Tensor, gradient: Tensor) -> Option<Tensor> {
    let kept = |all: &mut Option<Vec<_>>| match all {
        Some(all) if x.is_variable() => {
            all.push((x.id(), gradient));
            None
        }
        _ => Some(gradient),
    };
    COMPLETE.with_borrow_mut(kept)
}

#[cfg(test)]
mod tests {
    use ndarray::Array1;

    use super::*;
    use crate::nn::{Device, Inputs, Real, ValueAndGradients, Var, WithGradient, with_gradient};

    /// Σ c x
    struct Sum(f32);

    impl WithGradient for Sum {
        fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
            let x = inputs.vector(0)?;
            let c = T::nearest(self.0.into());
            Ok(ValueAndGradients {
                value: (c * x.sum()).wide(),
                gradients: vec![Some(Array1::from_elem(x.len(), c).into_dyn())],
            })
        }
    }

    /// A variable behind our operation twice, behind candle's, and behind ours with another one between.
    #[test]
    fn all_ways_to_a_variable_count_as_in_the_original() {
        let x = Var::new(&[1_f32, 2.0], &Device::Cpu).unwrap();
        let y = Var::new(&[3_f32, 4.0], &Device::Cpu).unwrap();
        let product = (x.as_tensor() * y.as_tensor()).unwrap();
        let terms = [
            with_gradient(&[&x], &Sum(3.0)).unwrap(),
            (with_gradient(&[&x], &Sum(1.0)).unwrap() * 10.0).unwrap(),
            with_gradient(&[&product], &Sum(100.0)).unwrap(),
            x.sum_all().unwrap(),
        ];
        let loss = terms.into_iter().reduce(|a, b| (a + b).unwrap()).unwrap();
        let (ours, theirs) = (backward(&loss).unwrap(), loss.backward().unwrap());
        for (variable, expected) in [(&x, [314.0, 414.0]), (&y, [100.0, 200.0])] {
            for gradients in [&ours, &theirs] {
                let gradient = gradients.get(variable).unwrap();
                assert_eq!(gradient.to_vec1::<f32>().unwrap(), expected);
            }
        }
    }

    #[test]
    fn after_an_error_the_next_one_is_not_disturbed() {
        let x = Var::new(&[1_f32, 2.0], &Device::Cpu).unwrap();
        let reduced = x.cumsum(0).unwrap().sum_all().unwrap();
        assert!(backward(&reduced).is_ok());
        let plain = with_gradient(&[&x], &Sum(2.0)).unwrap();
        assert!(plain.backward().unwrap().get(&x).is_some());
        assert!(backward(&plain).unwrap().get(&x).is_some());
    }
}
