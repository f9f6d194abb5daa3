//! What the tests of fused operations have in common.

use candle_core::{DType, Device, Tensor, Var};
use rand::Rng as _;

use super::gradient_check;
use crate::Result;
use crate::rng::seeded;

/// All numbers, as `f64`, in their order.
pub(super) fn values(tensor: &Tensor) -> Vec<f64> {
    let all = tensor.to_dtype(DType::F64).unwrap().flatten_all().unwrap();
    all.to_vec1().unwrap()
}

/// The largest difference, relative to the larger magnitude if that is above 1.
fn apart(a: &Tensor, b: &Tensor) -> f64 {
    assert_eq!((a.dims(), a.dtype()), (b.dims(), b.dtype()));
    let (a, b) = (values(a), values(b));
    let differences = a.iter().zip(&b).map(|(a, b)| match a == b {
        true => 0.0, // Also two infinities.
        false => (a - b).abs() / a.abs().max(b.abs()).max(1.0),
    });
    differences.fold(0.0, |most, x| if x > most || x.is_nan() { x } else { most })
}

/// Asserts that both forms have the same results and gradients for random inputs of these shapes, in both
/// types and in any memory layout, and that the gradients are the slopes if there are few numbers.
pub(super) fn same_as_plain(
    shapes: &[&[usize]],
    fused: impl Fn(&[Tensor]) -> Result<Tensor>,
    plain: impl Fn(&[Tensor]) -> Result<Tensor>,
) {
    // The rounding of a few thousand additions, in units in the last place of numbers around 1.
    for (dtype, most) in [(DType::F64, 1e-12), (DType::F32, 2e-5)] {
        let rng = &mut seeded(7);
        let mut variables = Vec::new();
        for shape in shapes {
            let n: usize = shape.iter().product();
            let numbers: Vec<f64> = (0..n).map(|_| rng.random_range(-2.0..2.0)).collect();
            let tensor = Tensor::from_vec(numbers, *shape, &Device::Cpu).unwrap();
            variables.push(Var::from_tensor(&tensor.to_dtype(dtype).unwrap()).unwrap());
        }
        let inputs: Vec<Tensor> = variables.iter().map(|v| v.as_tensor().clone()).collect();
        let (a, b) = (fused(&inputs).unwrap(), plain(&inputs).unwrap());
        assert!(apart(&a, &b) <= most, "{shapes:?} {dtype:?}: {}", apart(&a, &b));
        if a.elem_count() == 0 {
            continue;
        }
        // A loss in which each result has a weight of its own.
        let weights: Vec<f64> = (0..a.elem_count()).map(|_| rng.random_range(-1.0..1.0)).collect();
        let weights = Tensor::from_vec(weights, a.shape(), &Device::Cpu)
            .unwrap()
            .to_dtype(dtype)
            .unwrap();
        let loss = |y: Tensor| -> Result<Tensor> {
            let seen = y.detach().eq(f64::NEG_INFINITY)?;
            Ok(seen.where_cond(&y.zeros_like()?, &y)?.mul(&weights)?.sum_all()?)
        };
        let (of_a, of_b) = (
            loss(a).unwrap().backward().unwrap(),
            loss(b).unwrap().backward().unwrap(),
        );
        for variable in &variables {
            let [a, b] = [&of_a, &of_b].map(|gradients| match gradients.get(variable) {
                Some(gradient) => gradient.clone(),
                None => variable.zeros_like().unwrap(),
            });
            assert!(
                apart(&a, &b) <= most * 10.0,
                "{shapes:?} {dtype:?}: gradients {}",
                apart(&a, &b)
            );
        }
        if dtype == DType::F64 && variables.iter().map(|v| v.elem_count()).sum::<usize>() < 100 {
            let named = variables.iter().map(|v| ("input", v));
            let check = gradient_check(named, || loss(fused(&inputs)?)).unwrap();
            assert!(check.largest < 1e-8, "{check}");
        }
        // The same numbers, as every second number of a wider tensor.
        let spread: Vec<Tensor> = inputs.iter().map(spread).collect();
        assert!(spread.iter().all(|x| x.elem_count() < 2 || !x.is_contiguous()));
        assert!(apart(&fused(&spread).unwrap(), &fused(&inputs).unwrap()) == 0.0);
    }
}

/// The same tensor, with a gap after each number.
fn spread(x: &Tensor) -> Tensor {
    let rank = x.rank();
    let wide = Tensor::stack(&[x, &x.zeros_like().unwrap()], rank).unwrap();
    wide.narrow(rank, 0, 1).unwrap().squeeze(rank).unwrap()
}
