//! All cases of some losses on tensors, in `f32` and in `f64`.

use course::Result;
use course::nn::{DType, Device, Tensor, Var};

use super::losses::{Case, peer};
use super::{Batch, PRECISIONS, apart, numbers};

/// What a loss of ours is to a case.
pub(super) enum Ours {
    /// The same, to the gradient by each input.
    Same(Result<Tensor>),
    /// The same value. Where the larger of two equal numbers is asked for, theirs may have the other one.
    SameValue(Result<Tensor>),
    /// Another number by design, which is finite and has this value.
    Differs(Result<Tensor>, f64),
}

/// Compares all cases that `ours` knows, and returns how many these are. It gets a case, its batch and the
/// inputs as tensors: the vectors, and then the numbers that the case has besides.
pub(super) fn compare(ours: impl Fn(&Case, &Batch, &[Tensor]) -> Option<Ours>) -> usize {
    let peer = peer();
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in &peer.cases {
        let batch = &peer.batches[&case.kind][&case.batch];
        for (dtype, most) in PRECISIONS {
            let mut inputs: Vec<Var> = batch.vectors.iter().map(|x| x.var(dtype)).collect();
            inputs.extend(case.numbers(dtype));
            let tensors: Vec<Tensor> = inputs.iter().map(|x| x.as_tensor().clone()).collect();
            let Some(ours) = ours(case, batch, &tensors) else {
                continue;
            };
            let what = format!("{case} in {dtype:?}");
            let (loss, value, same_gradient) = match ours {
                Ours::Same(loss) => (loss, case.value, true),
                Ours::SameValue(loss) => (loss, case.value, false),
                Ours::Differs(loss, value) => (loss, value, false),
            };
            let loss = loss.expect(&what);
            let got = numbers(&loss);
            if apart(&got, &[Some(value)]) > most {
                wrong.push(format!("{what}: {got:?}, expected {value}"));
            }
            let gradients = loss.backward().expect(&what);
            for (input, expected) in inputs.iter().zip(&case.gradients) {
                let expected = match same_gradient {
                    true => expected.clone(),
                    false => vec![None; expected.len()],
                };
                let got = match gradients.get(input) {
                    Some(gradient) => numbers(gradient),
                    None => vec![0.0; expected.len()],
                };
                let apart = apart(&got, &expected);
                if apart > most {
                    wrong.push(format!("{what}, {apart}: {got:?}, expected {expected:?}"));
                }
            }
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    compared
}

impl Case {
    /// The logarithm of the scale, where it is learned too.
    fn numbers(&self, dtype: DType) -> Option<Var> {
        let number = self.options.0.get("logarithm_of_scale")?.as_f64()?;
        let tensor = Tensor::new(number, &Device::Cpu).and_then(|x| x.to_dtype(dtype));
        Some(Var::from_tensor(&tensor.expect("a number")).expect("a variable"))
    }
}
