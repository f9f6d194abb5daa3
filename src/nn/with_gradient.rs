//! A loss whose value and gradient come from code of one's own, as one operation of a network.
//!
//! A loss is one number, so its gradient by each input can be computed together with its value:
//!
//! ```text
//!     (x₁, …, xₖ)  ↦  L,  ∂L/∂x₁, …, ∂L/∂xₖ              forward
//!     ∂L'/∂xᵢ = ∂L'/∂L · ∂L/∂xᵢ                          backward, in a larger loss L'
//! ```
//!
//! candle's own operations would make a tensor for each step of arithmetic, and another one for each on the
//! way back. Here what is expensive is done once, and the way back is a product with one number. Memory: the
//! gradients, from the forward pass until the graph is dropped. Where no variable is behind an input, its
//! gradient is not asked for ([`Inputs::tracked`]).
//!
//! An operation whose result is a matrix is [`of_two_matrices`](super::of_two_matrices()).
//!
//! The numbers are computed on the CPU, in `f64` if the inputs are `f64`, otherwise in `f32`. A gradient of a
//! gradient is not defined: it would be 0.

use candle_core::{CpuStorage, CustomOp1, DType, Device, Layout, Shape, Tensor};
use ndarray::{ArrayD, ArrayView1, ArrayView2, ArrayViewD, Ix1, Ix2};

use super::backward::hand_over;
use super::fused::{Number, numbers_of, of_type};
use super::real::Real;
use crate::{Error, Result};

/// The numbers of the inputs, in the order in which they were given.
pub struct Inputs<'a, T> {
    arrays: Vec<ArrayViewD<'a, T>>,
    tracked: Vec<bool>,
}

impl<'a, T: Real> Inputs<'a, T> {
    /// Input `i`, a matrix whose rows lie one behind the other.
    ///
    /// # Errors
    /// There is no such input, or it is not a matrix.
    pub fn matrix(&self, i: usize) -> Result<ArrayView2<'a, T>> {
        let array = self.array(i)?;
        let shape = format!("{:?}", array.shape());
        array
            .into_dimensionality::<Ix2>()
            .map_err(|_| Error::shape(format!("input {i} of a loss"), "a matrix", shape))
    }

    /// Input `i`, a vector.
    ///
    /// # Errors
    /// There is no such input, or it is not a vector.
    pub fn vector(&self, i: usize) -> Result<ArrayView1<'a, T>> {
        let array = self.array(i)?;
        let shape = format!("{:?}", array.shape());
        array
            .into_dimensionality::<Ix1>()
            .map_err(|_| Error::shape(format!("input {i} of a loss"), "a vector", shape))
    }

    /// Input `i`, a single number (of shape `()` or with one number in each dimension).
    ///
    /// # Errors
    /// There is no such input, or it is more or less than one number.
    pub fn number(&self, i: usize) -> Result<T> {
        let array = self.array(i)?;
        match (array.len(), array.first()) {
            (1, Some(&x)) => Ok(x),
            (n, _) => Err(Error::shape(format!("input {i} of a loss"), "one number", n)),
        }
    }

    /// Input `i`, of any shape.
    ///
    /// # Errors
    /// There is no such input.
    pub fn array(&self, i: usize) -> Result<ArrayViewD<'a, T>> {
        let array = self.arrays.get(i).cloned();
        array.ok_or_else(|| Error::value("an input of a loss", format!("{}", self.arrays.len()), i))
    }

    /// How many inputs there are.
    #[allow(clippy::len_without_is_empty, reason = "a loss has an input")]
    pub fn len(&self) -> usize {
        self.arrays.len()
    }

    /// Whether the gradient by input `i` is needed: a variable is behind it.
    pub fn tracked(&self, i: usize) -> bool {
        self.tracked.get(i).copied().unwrap_or(false)
    }
}

/// What a loss computes at once.
pub struct ValueAndGradients<T> {
    /// L.
    pub value: f64,
    /// `∂L/∂xᵢ` for each input, in the shape of the input. `None` is allowed where it is not
    /// [tracked](Inputs::tracked).
    pub gradients: Vec<Option<ArrayD<T>>>,
}

/// A loss that computes its value and its gradients itself.
pub trait WithGradient {
    /// L, and ∂L/∂xᵢ for each input.
    ///
    /// # Errors
    /// The inputs do not fit.
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>>;
}

/// `loss` of the inputs, as a tensor of one number with a gradient. Any number of inputs.
///
/// ```
/// use course::Result;
/// use course::nn::{
///     Device, Inputs, Real, Tensor, ValueAndGradients, Var, WithGradient, backward, with_gradient,
/// };
///
/// /// Σ x²
/// struct Squares;
///
/// impl WithGradient for Squares {
///     fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
///         let x = inputs.array(0)?;
///         let value = x.iter().map(|x| x.wide() * x.wide()).sum();
///         Ok(ValueAndGradients { value, gradients: vec![Some(x.mapv(|x| x + x))] })
///     }
/// }
///
/// let x = Var::new(&[1_f32, 3.0], &Device::Cpu)?;
/// let loss = with_gradient(&[&x], &Squares)?;
/// assert_eq!(loss.to_scalar::<f32>()?, 10.0);
/// let half = backward(&(loss * 0.5)?)?;
/// assert_eq!(half.get(&x).expect("a gradient").to_vec1::<f32>()?, [1.0, 3.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// There are no inputs, they are not all of one type, or the loss fails, or a gradient is missing or has
/// another shape than its input.
pub fn with_gradient(inputs: &[&Tensor], loss: &impl WithGradient) -> Result<Tensor> {
    super::memory::keep();
    let inputs = inputs.iter().map(|x| on_cpu(x)).collect::<Result<Vec<_>>>()?;
    let Some(first) = inputs.first() else {
        return Err(Error::value("a loss", "an input", "none"));
    };
    same_type(first, &inputs)?;
    match first.dtype() {
        DType::F64 => compute::<f64>(&inputs, loss),
        _ => compute::<f32>(&inputs, loss),
    }
}

/// `x` on the CPU in `f32` or `f64`, its numbers one behind the other; gradients go the way back.
pub(super) fn on_cpu(x: &Tensor) -> Result<Tensor> {
    let dtype = match x.dtype() {
        DType::F32 | DType::F64 => x.dtype(),
        other if other.is_float() => DType::F32,
        other => {
            let expected = "floating-point numbers";
            return Err(Error::value("an input of a loss", expected, other.as_str()));
        }
    };
    Ok(x.to_device(&Device::Cpu)?.to_dtype(dtype)?.contiguous()?)
}

pub(super) fn same_type(first: &Tensor, inputs: &[Tensor]) -> Result<()> {
    match inputs.iter().find(|x| x.dtype() != first.dtype()) {
        Some(other) => Err(Error::value(
            "the inputs of a loss",
            format!("{} in all", first.dtype().as_str()),
            other.dtype().as_str(),
        )),
        None => Ok(()),
    }
}

fn compute<T: Number + Real>(inputs: &[Tensor], loss: &impl WithGradient) -> Result<Tensor> {
    let tracked: Vec<bool> = inputs.iter().map(Tensor::track_op).collect();
    let done = {
        let storages: Vec<_> = inputs.iter().map(Tensor::storage_and_layout).collect();
        let mut arrays = Vec::new();
        for (storage, layout) in &storages {
            let numbers = numbers_of::<T>(storage, layout)?;
            let shape = layout.dims();
            let array = ArrayViewD::from_shape(shape, numbers);
            arrays.push(array.map_err(|e| Error::shape("a tensor", format!("{shape:?}"), e))?);
        }
        let tracked = tracked.clone();
        loss.value_and_gradients(&Inputs { arrays, tracked })?
    };
    let mut gradients = done.gradients.into_iter();
    // The loss is a sum with a term for each tracked input: the value belongs to the first, and to the others
    // belongs 0. So each has one gradient, whatever their number.
    let mut sum: Option<Tensor> = None;
    for (i, x) in inputs.iter().enumerate() {
        let gradient = gradients.next().flatten();
        if !tracked[i] {
            continue;
        }
        let shape = gradient.as_ref().map(|g| g.shape().to_vec());
        let Some(gradient) = gradient.filter(|g| g.shape() == x.dims()) else {
            return Err(Error::shape(
                format!("the gradient by input {i} of a loss"),
                format!("{:?}", x.dims()),
                shape.map_or_else(|| "none".to_owned(), |shape| format!("{shape:?}")),
            ));
        };
        let gradient = tensor(gradient, x.shape())?;
        let value = if sum.is_none() { done.value } else { 0.0 };
        let term = x.apply_op1(Term { value, gradient })?;
        sum = Some(match sum {
            Some(sum) => (sum + term)?,
            None => term,
        });
    }
    match sum {
        Some(sum) => Ok(sum),
        None => Ok(Tensor::new(<T as Real>::nearest(done.value), &Device::Cpu)?),
    }
}

/// The numbers of an array as a tensor; they are copied only if they do not lie one behind the other.
pub(super) fn tensor<T: Number + Real, D: ndarray::Dimension>(
    array: ndarray::Array<T, D>,
    shape: &Shape,
) -> candle_core::Result<Tensor> {
    let numbers = match array.is_standard_layout() {
        true => array.into_raw_vec_and_offset().0,
        false => array.iter().copied().collect(),
    };
    Tensor::from_vec(numbers, shape, &Device::Cpu)
}

/// A number and its gradient by one input.
struct Term {
    value: f64,
    gradient: Tensor,
}

impl CustomOp1 for Term {
    fn name(&self) -> &'static str {
        "a loss with its gradient"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, _: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let value = of_type!(candle_core::backend::BackendStorage::dtype(storage), T => {
            let value = <T as Real>::nearest(self.value);
            <T as candle_core::WithDType>::to_cpu_storage_owned(vec![value])
        });
        Ok((value, Shape::from(())))
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, by: &Tensor) -> candle_core::Result<Option<Tensor>> {
        let by = by.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        match by == 1.0 {
            true => Ok(hand_over(x, self.gradient.clone())),
            false => Ok(hand_over(x, (&self.gradient * by)?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Var;
    use ndarray::Array2;

    use super::*;
    use crate::nn::gradient_check;

    /// L = s · Σᵢⱼ aᵢⱼ vⱼ²
    struct Mixed;

    impl WithGradient for Mixed {
        fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
            let (a, v, s) = (inputs.matrix(0)?, inputs.vector(1)?, inputs.number(2)?);
            let squares = v.mapv(|v| v * v);
            let sum = a.dot(&squares).sum();
            let of_a = Array2::from_shape_fn(a.dim(), |(_, j)| s * squares[j]);
            let of_v = (a.sum_axis(ndarray::Axis(0)) * v).mapv(|x| (s + s) * x);
            Ok(ValueAndGradients {
                value: (s * sum).wide(),
                gradients: vec![
                    Some(of_a.into_dyn()),
                    Some(of_v.into_dyn()),
                    inputs
                        .tracked(2)
                        .then(|| ArrayD::from_elem(ndarray::IxDyn(&[]), sum)),
                ],
            })
        }
    }

    fn variables(dtype: DType) -> [Var; 3] {
        let of = |numbers: &[f64], shape: &[usize]| {
            let tensor = Tensor::from_slice(numbers, shape, &Device::Cpu).unwrap();
            Var::from_tensor(&tensor.to_dtype(dtype).unwrap()).unwrap()
        };
        [
            of(&[1.0, -2.0, 0.5, 3.0, 1.5, -1.0], &[2, 3]),
            of(&[0.5, 2.0, -1.0], &[3]),
            of(&[0.25], &[]),
        ]
    }

    fn named(variables: &[Var; 3]) -> [(&'static str, &Var); 3] {
        [("a", &variables[0]), ("v", &variables[1]), ("s", &variables[2])]
    }

    /// Once with a factor, and once more in the same graph, where another operation lies between.
    #[test]
    fn the_gradient_is_right_within_a_larger_loss() {
        let vars = variables(DType::F64);
        let [a, v, s] = &vars;
        let loss = || {
            let one = with_gradient(&[a, v, s], &Mixed)?;
            let other = with_gradient(&[&a.tanh()?, v, &s.exp()?], &Mixed)?;
            Ok(((one * -3.0)? + (&other * &other)?)?)
        };
        let check = gradient_check(named(&vars), loss).unwrap().within(1e-8).unwrap();
        assert_eq!(check.checked, 10);
    }

    /// Input 0 twice: both of its gradients count.
    #[test]
    fn a_tensor_may_be_more_than_one_input() {
        struct Product;
        impl WithGradient for Product {
            fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
                let (x, y) = (inputs.number(0)?, inputs.number(1)?);
                let of = |x: T| Some(ArrayD::from_elem(ndarray::IxDyn(&[1]), x));
                Ok(ValueAndGradients {
                    value: (x * y).wide(),
                    gradients: vec![of(y), of(x)],
                })
            }
        }
        let x = Var::new(&[5_f32], &Device::Cpu).unwrap();
        let square = with_gradient(&[&x, &x], &Product).unwrap();
        assert_eq!(square.to_scalar::<f32>().unwrap(), 25.0);
        let gradients = square.backward().unwrap();
        assert_eq!(gradients.get(&x).unwrap().to_vec1::<f32>().unwrap(), [10.0]);
    }

    /// Also if the numbers do not lie one behind the other, and in types that are not computed with.
    #[test]
    fn any_layout_and_type_has_the_same_loss() {
        let [a, v, s] = variables(DType::F32);
        let value = |a: &Tensor, v: &Tensor, s: &Tensor| {
            let loss = with_gradient(&[a, v, s], &Mixed).unwrap();
            loss.to_dtype(DType::F64).unwrap().to_scalar::<f64>().unwrap()
        };
        let expected = value(&a, &v, &s);
        let turned = a.t().unwrap().contiguous().unwrap().t().unwrap();
        assert!(!turned.is_contiguous());
        assert_eq!(value(&turned, &v, &s), expected);
        // All of these numbers are exact in 16 bits.
        let [a16, v16, s16] =
            [&a, &v, &s].map(|x| Var::from_tensor(&x.to_dtype(DType::BF16).unwrap()).unwrap());
        assert_eq!(value(&a16, &v16, &s16), expected);
        let gradients = with_gradient(&[&a16, &v16, &s16], &Mixed)
            .unwrap()
            .backward()
            .unwrap();
        assert_eq!(gradients.get(&a16).unwrap().dtype(), DType::BF16);
    }

    #[test]
    fn constants_are_not_asked_for_a_gradient() {
        let [a, v, s] = variables(DType::F64);
        let loss = with_gradient(&[&a, &v.detach(), &s.detach()], &Mixed).unwrap();
        let gradients = loss.backward().unwrap();
        assert!(gradients.get(&a).is_some() && gradients.get(&v).is_none());
        let constant = with_gradient(&[&a.detach(), &v.detach(), &s.detach()], &Mixed).unwrap();
        assert!(!constant.track_op());
        assert_eq!(
            constant.to_scalar::<f64>().unwrap(),
            loss.to_scalar::<f64>().unwrap()
        );
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let [a, v, s] = variables(DType::F64);
        let narrow = s.to_dtype(DType::F32).unwrap();
        let e = with_gradient(&[&a, &v, &narrow], &Mixed).unwrap_err().to_string();
        assert_eq!(e, "the inputs of a loss: expected f64 in all, got f32");
        let e = with_gradient(&[&v, &v, &s], &Mixed).unwrap_err().to_string();
        assert_eq!(e, "input 0 of a loss: expected a matrix, got [3]");
        assert!(with_gradient(&[&a, &v], &Mixed).is_err() && with_gradient(&[], &Mixed).is_err());
        struct Wrong;
        impl WithGradient for Wrong {
            fn value_and_gradients<T: Real>(&self, _: &Inputs<T>) -> Result<ValueAndGradients<T>> {
                Ok(ValueAndGradients {
                    value: 0.0,
                    gradients: vec![Some(ArrayD::zeros(ndarray::IxDyn(&[2])))],
                })
            }
        }
        let e = with_gradient(&[&v], &Wrong).unwrap_err().to_string();
        assert_eq!(e, "the gradient by input 0 of a loss: expected [3], got [2]");
        assert!(with_gradient(&[&Tensor::new(&[1_u32], &Device::Cpu).unwrap()], &Wrong).is_err());
    }
}
