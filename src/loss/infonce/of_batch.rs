//! InfoNCE on the vectors of a batch, value and gradient at once; the module `infonce` has the formulas, and
//! `band.rs` the products.

use ndarray::{ArrayD, IxDyn};

use super::band::Bands;
use super::comparisons::Comparisons;
use super::options::{FalseNegatives, InfoNce, Temperature};
use super::rows::Rows;
use super::unit::Unit;
use crate::loss::Distance;
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// The mean of [`info_nce`](crate::loss::info_nce) over a batch: row i of `anchors` belongs to row i of
/// `positives`, both `(n, d)`, and the other rows are its negatives. A batch of one pair has the loss 0, and
/// so has an empty one.
///
/// ```
/// use course::loss::{InfoNce, Temperature, tensors::info_nce};
/// use course::nn::{Device, Tensor};
/// let anchors = Tensor::new(&[[1_f32, 0.0], [0.0, 1.0]], &Device::Cpu)?;
/// let options = InfoNce { temperature: Temperature::Fixed(1.0), ..Default::default() };
/// // Cosines of 1 and 0: ln(e + 1) − 1.
/// let loss = info_nce(&anchors, &anchors, &options)?.to_scalar::<f32>()?;
/// assert!((loss - 0.313_262).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, labels are not as many as rows, or as [`InfoNce::check`].
pub fn info_nce(anchors: &Tensor, positives: &Tensor, options: &InfoNce) -> Result<Tensor> {
    with_negatives(anchors, positives, &[], options)
}

/// [`info_nce`] with further negatives: row i of each of `negatives`, `(n, d)`, was found for row i, and is a
/// candidate for all rows. This is multiple-negatives ranking.
///
/// # Errors
/// As [`info_nce`].
pub fn with_negatives(
    anchors: &Tensor,
    positives: &Tensor,
    negatives: &[Tensor],
    options: &InfoNce,
) -> Result<Tensor> {
    options.check()?;
    let (n, d) = anchors.dims2()?;
    let mut inputs = vec![anchors.clone(), positives.clone()];
    inputs.extend(negatives.iter().cloned());
    inputs
        .iter()
        .try_for_each(|x| has_shape("vectors of pairs", x, (n, d)))?;
    let mut others = Vec::new();
    if let Some(queue) = &options.queue {
        let m = queue.vectors.dim(0)?;
        has_shape("a queue", &queue.vectors, (m, d))?;
        if !queue.labels.is_empty() {
            is_number("the labels of a queue", m, queue.labels.len())?;
        }
        others.push(&queue.vectors);
    }
    match &options.false_negatives {
        FalseNegatives::Keep => {}
        FalseNegatives::EqualLabels(labels) => is_number("the labels of pairs", n, labels.len())?,
        FalseNegatives::EqualTexts {
            anchors,
            positives,
            negatives: of_negatives,
        } => {
            is_number("the texts of anchors", n, anchors.len())?;
            is_number("the texts of positives", n, positives.len())?;
            is_number(
                "the matrices of negatives with texts",
                negatives.len(),
                of_negatives.len(),
            )?;
            let mut each = of_negatives.iter();
            each.try_for_each(|texts| is_number("the texts of negatives", n, texts.len()))?;
        }
        FalseNegatives::Guide(guide) => {
            is_number(
                "the matrices of negatives of a guide",
                negatives.len(),
                guide.negatives.len(),
            )?;
            let d = guide.anchors.dim(1)?;
            for x in [&guide.anchors, &guide.positives]
                .into_iter()
                .chain(&guide.negatives)
            {
                has_shape("a guide's vectors", x, (n, d))?;
                others.push(x);
            }
        }
    }
    for x in others {
        inputs.push(x.to_device(anchors.device())?.to_dtype(anchors.dtype())?.detach());
    }
    if let Temperature::Learned(u) = &options.temperature {
        inputs.push(u.to_dtype(anchors.dtype())?);
    }
    let inputs: Vec<&Tensor> = inputs.iter().collect();
    let loss = Comparisons::new(options, negatives.len());
    with_gradient(&inputs, &loss)
}

fn has_shape(what: &str, x: &Tensor, shape: (usize, usize)) -> Result<()> {
    match x.dims() == [shape.0, shape.1] {
        true => Ok(()),
        false => Err(Error::shape(
            what,
            format!("{shape:?}"),
            format!("{:?}", x.dims()),
        )),
    }
}

fn is_number(what: &str, n: usize, got: usize) -> Result<()> {
    match n == got {
        true => Ok(()),
        false => Err(Error::shape(what, n.to_string(), got.to_string())),
    }
}

/// 1/τ, which is held at its bound if u = ln(1/τ) is learned.
fn scale(temperature: &Temperature, u: Option<f64>) -> f64 {
    match (temperature, u) {
        (Temperature::Fixed(t), _) => 1.0 / t,
        (_, u) => u.unwrap_or(Temperature::START).min(Temperature::MOST.ln()).exp(),
    }
}

impl WithGradient for Comparisons<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let learned = matches!(self.options.temperature, Temperature::Learned(_));
        let last = inputs.len() - usize::from(learned);
        let u = if learned {
            Some(inputs.number(last)?.wide())
        } else {
            None
        };
        let given = (0..last).map(|i| inputs.matrix(i)).collect::<Result<Vec<_>>>()?;
        let unit = Unit::new(&given, |i| {
            self.options.similarity == Distance::Cosine || i >= self.learned_vectors()
        });
        let matrices = unit.views(&given);
        let tracked: Vec<bool> = (0..last).map(|i| inputs.tracked(i)).collect();
        let blocks = self.blocks();
        let bands = Bands {
            matrices: &matrices,
            tracked: &tracked,
            blocks: &blocks,
        };
        let (offsets, _) = bands.offsets();
        let n = given[0].nrows();
        let rows = Rows {
            loss: self,
            offsets: &offsets,
            lengths: blocks.iter().map(|b| matrices[b.right].nrows()).collect(),
            scale: scale(&self.options.temperature, u),
            weight: 1.0 / (n.max(1) * self.groups.len()) as f64,
            learned,
        };
        let sum = bands.run(n, |i, line| rows.row(i, line))?;
        let mut gradients = unit.gradients(sum.gradients);
        if let Some(u) = u {
            let of_u: f64 = sum.parts.iter().map(|part| part.of_log_scale).sum();
            // Beyond the bound, only back.
            let of_u = if u > Temperature::MOST.ln() {
                of_u.max(0.0)
            } else {
                of_u
            };
            let shape = inputs.array(last)?.shape().to_vec();
            gradients.push(Some(ArrayD::from_elem(IxDyn(&shape), T::nearest(of_u))));
        }
        Ok(ValueAndGradients {
            value: sum.parts.iter().map(|part| part.loss).sum(),
            gradients,
        })
    }
}
