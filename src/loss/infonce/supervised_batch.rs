//! The supervised contrastive loss on the vectors of a batch, value and gradient at once; `supervised.rs` has
//! the formulas, and `band.rs` the products.

use super::band::{Bands, Block, Part};
use super::options::{Queue, check_similarity};
use super::unit::Unit;
use super::{check_temperature, same_number};
use crate::loss::{Average, Distance};
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// The options of the loss.
#[derive(Clone, Debug)]
pub struct SupervisedContrastive {
    /// What the temperature divides: [`Distance::Cosine`] stands for the cosine, [`Distance::Dot`] for the
    /// product. Others are refused.
    pub similarity: Distance,
    /// τ, 0.1 in the paper.
    pub temperature: f64,
    /// What the sum over anchors is divided by: all, those that have a positive (valid), or those whose
    /// loss is not 0.
    pub average: Average,
    /// Labelled vectors of earlier batches, as more positives and negatives (Wang et al. 2020). They get no
    /// gradient.
    pub queue: Option<Queue>,
}

crate::plot::shown_as_record!(SupervisedContrastive);

impl Default for SupervisedContrastive {
    fn default() -> Self {
        Self {
            similarity: Distance::Cosine,
            temperature: 0.1,
            average: Average::Valid,
            queue: None,
        }
    }
}

/// The mean of [`supervised_contrastive`](crate::loss::supervised_contrastive) over vectors, `(n, d)`, with a
/// label each. It is 0, and so is its gradient, if no two have the same label.
///
/// ```
/// use course::loss::{SupervisedContrastive, tensors::supervised_contrastive};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[1_f32, 0.0], [1.0, 0.0], [-1.0, 0.0]], &Device::Cpu)?;
/// let options = SupervisedContrastive { temperature: 1.0, ..Default::default() };
/// // Both anchors with a positive: ln(e¹ + e⁻¹) − 1.
/// let loss = supervised_contrastive(&x, &[7, 7, 8], &options)?.to_scalar::<f32>()?;
/// assert!((loss - 0.126_928).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Labels are not as many as vectors, the temperature is not above 0, or the similarity is neither cosine nor
/// product.
pub fn of_batch(x: &Tensor, labels: &[u32], options: &SupervisedContrastive) -> Result<Tensor> {
    check_temperature(options.temperature)?;
    check_similarity(options.similarity)?;
    let (n, d) = x.dims2()?;
    same_number(&vec![(); n], labels)?;
    let mut inputs = vec![x.clone()];
    if let Some(queue) = &options.queue {
        let (m, of_queue) = queue.vectors.dims2()?;
        if of_queue != d || queue.labels.len() != m {
            let got = format!("({m}, {of_queue}) and {} labels", queue.labels.len());
            return Err(Error::shape("a queue", format!("(m, {d}) and m labels"), got));
        }
        let vectors = queue.vectors.to_device(x.device())?.to_dtype(x.dtype())?;
        inputs.push(vectors.detach());
    }
    let loss = OfBatch { labels, options };
    with_gradient(&inputs.iter().collect::<Vec<_>>(), &loss)
}

struct OfBatch<'a> {
    labels: &'a [u32],
    options: &'a SupervisedContrastive,
}

impl OfBatch<'_> {
    /// Whether a column has the label of row i, and is not itself row i.
    fn is_positive(&self, i: usize, column: usize) -> bool {
        let n = self.labels.len();
        let label = match column.checked_sub(n) {
            None => self.labels.get(column),
            Some(of_queue) => self
                .options
                .queue
                .as_ref()
                .and_then(|queue| queue.labels.get(of_queue)),
        };
        column != i && label == self.labels.get(i)
    }

    /// Turns the similarities of row i into ∂Lᵢ/∂s.
    fn row<T: Real>(&self, i: usize, s: &mut [T]) -> (Part, bool) {
        let scale = 1.0 / self.options.temperature;
        let (mut positives, mut mean) = (0.0, 0.0);
        for (column, s) in s.iter().enumerate() {
            if self.is_positive(i, column) {
                positives += 1.0;
                mean += s.wide();
            }
        }
        if positives == 0.0 {
            s.fill(T::zero());
            return (Part::default(), false);
        }
        mean /= positives;
        s[i] = T::neg_infinity();
        let (by, max) = (T::nearest(scale), T::largest(s));
        let sum = T::exponentials(s, by, max * by);
        let loss = sum.ln() + (max.wide() - mean) * scale;
        let factor = T::nearest(scale / sum);
        s.iter_mut().for_each(|e| *e *= factor);
        let pull = T::nearest(scale / positives);
        for (column, g) in s.iter_mut().enumerate() {
            if self.is_positive(i, column) {
                *g -= pull;
            }
        }
        let of_log_scale = 0.0;
        (Part { loss, of_log_scale }, true)
    }
}

impl WithGradient for OfBatch<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let given = (0..inputs.len())
            .map(|i| inputs.matrix(i))
            .collect::<Result<Vec<_>>>()?;
        let unit = Unit::new(&given, |_| self.options.similarity == Distance::Cosine);
        let matrices = unit.views(&given);
        let blocks: Vec<Block> = (0..matrices.len())
            .map(|right| Block {
                left: 0,
                right,
                learns: true,
            })
            .collect();
        let tracked: Vec<bool> = (0..matrices.len()).map(|i| inputs.tracked(i)).collect();
        let bands = Bands {
            matrices: &matrices,
            tracked: &tracked,
            blocks: &blocks,
        };
        let n = self.labels.len();
        let columns = matrices.iter().map(|x| x.nrows()).sum::<usize>();
        let valid = (0..n).filter(|&i| (0..columns).any(|column| self.is_positive(i, column)));
        let valid = valid.count();
        let sum = bands.run(n, |i, s| self.row(i, s).0)?;
        let not_zero = sum.parts.iter().filter(|part| part.loss > 0.0).count();
        let divisor = self.options.average.divisor(n, valid, not_zero);
        let by = T::nearest(1.0 / divisor);
        let scaled = sum.gradients.into_iter().map(|gradient| {
            let mut gradient = gradient?;
            gradient.mapv_inplace(|g| g * by);
            Some(gradient)
        });
        Ok(ValueAndGradients {
            value: sum.parts.iter().map(|part| part.loss).sum::<f64>() / divisor,
            gradients: unit.gradients(scaled.collect()),
        })
    }
}
