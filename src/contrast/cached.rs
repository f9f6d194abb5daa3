//! Cached gradients: a batch of any size in the memory of a small one (Gao, Zhang, Han and Callan 2021,
//! *Scaling deep contrastive learning batch size under memory limited setup*, GradCache).
//!
//! The losses of a contrast compare all vectors of a batch with one another, so a batch cannot be cut into
//! parts whose losses are added up: parts would be smaller batches, with fewer negatives. But the loss sees
//! nothing of an encoder f but its vectors v = f(x):
//!
//! ```text
//!     ∂L/∂θ = Σᵢ ∂L/∂vᵢ · ∂vᵢ/∂θ
//! ```
//!
//! 1. All examples are encoded, a chunk at a time. The vectors are kept, the graphs are not.
//! 2. The loss of all vectors, and its gradient by each: what is *cached*.
//! 3. Each chunk is encoded once more, with its graph, and goes back from Σᵢ vᵢ · ∂L/∂vᵢ, whose gradient is
//!    the sum above.
//!
//! The gradient is that of the whole batch, up to rounding. Both encodings of a chunk draw from the same
//! stream of the seed, so dropout leaves out the same numbers twice; otherwise the vectors of step 3 would
//! not be those whose gradient was taken.
//!
//! Time: one more forward pass. Memory: the graph of one chunk, and the vectors with their gradient. The loss
//! itself must not need the square of the batch: those in `loss::tensors` do not.

use std::ops::Range;

use crate::nn::{DType, Parameters, Tensor, Var, backward};
use crate::rng::{Rng, stream};
use crate::train::Gradients;
use crate::{Error, Result};

/// The vectors of some examples, a matrix with a row for each: one matrix, or more (of anchors, of
/// positives, …).
pub type Encode<'a> = &'a dyn Fn(Range<usize>, &mut Rng) -> Result<Vec<Tensor>>;

/// The loss of the vectors of all examples, as one number.
pub type LossOfVectors<'a> = &'a dyn Fn(&[Tensor]) -> Result<Tensor>;

/// The loss of a batch, and its gradients, for [`Optimiser`](crate::train::Optimiser) to make a step of.
pub struct CachedGradients {
    /// L.
    pub loss: f64,
    /// ∂L/∂θ.
    pub gradients: Gradients,
}

crate::show::shown_as_line!(CachedGradients, |this| {
    format!("A loss of {:.4}, and its gradients", this.loss)
});

/// The gradients of `loss` of examples 0 to `examples − 1`, of which at most `chunk` are encoded at a time.
/// What `encode` draws follows from the seed. The loss may have parameters of its own, such as a
/// temperature.
///
/// ```
/// use course::contrast::cached_gradients;
/// use course::loss::{InfoNce, tensors::info_nce};
/// use course::nn::{DType, Device, Init, Parameters, Tensor};
///
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// let rng = &mut course::rng::seeded(1);
/// let table = parameters.scope("").parameter("table", (20, 4), Init::Normal(1.0), rng)?;
/// let found = cached_gradients(
///     &parameters,
///     10,
///     3, // three rows of ten at a time
///     1,
///     &|rows, _| Ok(vec![table.narrow(0, rows.start, rows.len())?, table.narrow(0, 10 + rows.start, rows.len())?]),
///     &|vectors| info_nce(&vectors[0], &vectors[1], &InfoNce::default()),
/// )?;
/// assert_eq!(found.gradients.get("table").expect("a gradient").dims(), [20, 4]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The chunk is 0, or there is no example; an encoding has no matrix, or another number of rows than
/// examples; errors of `encode` and `loss`.
pub fn cached_gradients(
    parameters: &Parameters,
    examples: usize,
    chunk: usize,
    seed: u64,
    encode: Encode,
    loss: LossOfVectors,
) -> Result<CachedGradients> {
    if chunk == 0 || examples == 0 {
        let got = format!("{examples} examples in chunks of {chunk}");
        return Err(Error::value(
            "cached gradients",
            "an example or more, in chunks of one or more",
            got,
        ));
    }
    let chunks = || {
        (0..examples)
            .step_by(chunk)
            .map(|from| from..(from + chunk).min(examples))
    };
    let encoded = |i: usize, rows: Range<usize>| -> Result<Vec<Tensor>> {
        let n = rows.len();
        let vectors = encode(rows, &mut stream(seed, i as u64))?;
        match vectors.iter().find(|x| x.dims().first() != Some(&n)) {
            None if !vectors.is_empty() => Ok(vectors),
            other => Err(Error::shape(
                "an encoding",
                format!("matrices of {n} rows"),
                other.map_or_else(|| "none".to_owned(), |x| format!("{:?}", x.dims())),
            )),
        }
    };

    let mut parts: Vec<Vec<Tensor>> = Vec::new();
    for (i, rows) in chunks().enumerate() {
        // Without the detour over the graph, which ends here.
        let vectors = encoded(i, rows)?;
        parts.push(vectors.iter().map(Tensor::detach).collect());
    }
    let matrices = parts.first().map_or(0, Vec::len);
    if let Some(other) = parts.iter().find(|part| part.len() != matrices) {
        let expected = format!("{matrices} matrices, as of the first chunk");
        return Err(Error::shape("an encoding", expected, other.len().to_string()));
    }
    let mut all = Vec::new();
    for k in 0..matrices {
        let of_chunks: Vec<&Tensor> = parts.iter().map(|part| &part[k]).collect();
        all.push(Var::from_tensor(&Tensor::cat(&of_chunks, 0)?)?);
    }
    drop(parts);

    let vectors: Vec<Tensor> = all.iter().map(|x| x.as_tensor().clone()).collect();
    let value = loss(&vectors)?;
    let mut by_vector = backward(&value)?;
    let mut gradients = Gradients::taken(&mut by_vector, parameters);
    let cached: Vec<Option<Tensor>> = all.iter().map(|x| by_vector.remove(x)).collect();
    let value = value.to_dtype(DType::F64)?.to_scalar::<f64>()?;
    drop((by_vector, vectors, all));

    for (i, rows) in chunks().enumerate() {
        let mut sum: Option<Tensor> = None;
        for (vectors, cached) in encoded(i, rows.clone())?.iter().zip(&cached) {
            let Some(cached) = cached else { continue };
            let product = (vectors * cached.narrow(0, rows.start, rows.len())?)?.sum_all()?;
            sum = Some(match sum {
                Some(sum) => (sum + product)?,
                None => product,
            });
        }
        if let Some(sum) = sum {
            gradients.add(Gradients::of(&sum, parameters)?, 1.0)?;
        }
    }
    Ok(CachedGradients {
        loss: value,
        gradients,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::{Directions, InfoNce, Temperature, tensors::info_nce};
    use crate::nn::{Device, Init, Linear, dropout, gelu};
    use crate::rng::seeded;

    /// An encoder of two layers with dropout, and a temperature that is learned.
    struct Model {
        parameters: Parameters,
        up: Linear,
        down: Linear,
        temperature: Tensor,
        x: Tensor,
        y: Tensor,
    }

    const N: usize = 11;

    fn model() -> Model {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let rng = &mut seeded(3);
        let up = Linear::new(parameters.scope("up"), 5, 8, Init::FanIn, rng).unwrap();
        let down = Linear::new(parameters.scope("down"), 8, 4, Init::FanIn, rng).unwrap();
        let start = Init::Constant(Temperature::START);
        let temperature = parameters.scope("").parameter("u", 1, start, rng).unwrap();
        let temperature = temperature.as_tensor().clone();
        let mut random = || {
            Init::Normal(1.0)
                .draw(&[N, 5], DType::F64, &Device::Cpu, rng)
                .unwrap()
        };
        let (x, y) = (random(), random());
        Model {
            parameters,
            up,
            down,
            temperature,
            x,
            y,
        }
    }

    impl Model {
        fn encode(&self, x: &Tensor, p: f64, rng: &mut Rng) -> Result<Tensor> {
            self.down.forward(&dropout(&gelu(&self.up.forward(x)?)?, p, rng)?)
        }

        fn loss(&self, vectors: &[Tensor]) -> Result<Tensor> {
            let options = InfoNce {
                temperature: Temperature::Learned(self.temperature.clone()),
                directions: Directions::BOTH_WAYS,
                ..Default::default()
            };
            info_nce(&vectors[0], &vectors[1], &options)
        }

        fn cached(&self, chunk: usize, p: f64) -> CachedGradients {
            let encode = |rows: Range<usize>, rng: &mut Rng| {
                let of = |x: &Tensor| x.narrow(0, rows.start, rows.len());
                let (x, y) = (of(&self.x)?, of(&self.y)?);
                Ok(vec![self.encode(&x, p, rng)?, self.encode(&y, p, rng)?])
            };
            cached_gradients(&self.parameters, N, chunk, 7, &encode, &|v| self.loss(v)).unwrap()
        }

        /// The largest difference from the gradients of a loss with one graph.
        fn apart(&self, found: &CachedGradients, whole: &Tensor) -> f64 {
            let expected = Gradients::of(whole, &self.parameters).unwrap();
            let mut most = (found.loss - whole.to_scalar::<f64>().unwrap()).abs();
            for name in self.parameters.names() {
                let numbers = |g: &Gradients| -> Vec<f64> {
                    g.get(name).unwrap().flatten_all().unwrap().to_vec1().unwrap()
                };
                let (got, expected) = (numbers(&found.gradients), numbers(&expected));
                assert!(expected.iter().any(|g| g.abs() > 1e-4), "{name}: {expected:?}");
                for (got, expected) in got.iter().zip(expected) {
                    most = most.max((got - expected).abs());
                }
            }
            most
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_whole_batch() {
        let model = model();
        let rng = &mut seeded(1);
        let vectors = [&model.x, &model.y].map(|x| model.encode(x, 0.0, rng).unwrap());
        let whole = model.loss(&vectors).unwrap();
        for chunk in [1, 3, 4, N, 100] {
            let most = model.apart(&model.cached(chunk, 0.0), &whole);
            assert!(most < 1e-12, "{chunk}: {most}");
        }
    }

    /// The whole batch in one graph, each chunk with the generator that it has with cached gradients.
    #[test]
    fn dropout_is_the_same_twice() {
        let model = model();
        let mut parts = [Vec::new(), Vec::new()];
        for (i, from) in (0..N).step_by(4).enumerate() {
            let rng = &mut stream(7, i as u64);
            for (part, x) in parts.iter_mut().zip([&model.x, &model.y]) {
                let x = x.narrow(0, from, 4.min(N - from)).unwrap();
                part.push(model.encode(&x, 0.5, rng).unwrap());
            }
        }
        let vectors = parts.map(|part| Tensor::cat(&part, 0).unwrap());
        let whole = model.loss(&vectors).unwrap();
        let most = model.apart(&model.cached(4, 0.5), &whole);
        assert!(most < 1e-12, "{most}");
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let model = model();
        let with = |examples, chunk, rows: usize| {
            let encode = |_: Range<usize>, _: &mut Rng| Ok(vec![model.x.narrow(0, 0, rows)?]);
            let loss = |v: &[Tensor]| Ok(v[0].sum_all()?);
            let found = cached_gradients(&model.parameters, examples, chunk, 1, &encode, &loss);
            found.map(|found| found.loss).unwrap_err().to_string()
        };
        assert!(with(0, 1, 1).starts_with("cached gradients: expected an example or more"));
        assert!(with(1, 0, 1).ends_with("got 1 examples in chunks of 0"));
        assert_eq!(
            with(4, 2, 3),
            "an encoding: expected matrices of 2 rows, got [3, 5]"
        );
    }
}
