//! InfoNCE on the vectors of a batch, value and gradient at once; the module `infonce` has the formulas, and
//! `band.rs` the products.

use ndarray::{Array2, ArrayD, ArrayView2, IxDyn};

use super::band::{Bands, Block, Part};
use super::options::{FalseNegatives, InfoNce, Temperature};
use crate::loss::Distance;
use crate::loss::distance::{across, normalize};
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
    let loss = OfBatch::new(options, negatives.len());
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

/// What stands on one side of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Anchors,
    Positives,
    Negatives(usize),
    Queue,
}

struct OfBatch<'a> {
    options: &'a InfoNce,
    /// Left and right of each block.
    sides: Vec<[Side; 2]>,
    /// The blocks of each softmax.
    groups: Vec<Vec<usize>>,
    n_negatives: usize,
}

impl<'a> OfBatch<'a> {
    fn new(options: &'a InfoNce, n_negatives: usize) -> Self {
        use Side::{Anchors, Negatives, Positives, Queue};
        let negatives = || (0..n_negatives).map(Negatives);
        let mut sides = vec![[Anchors, Positives]];
        sides.extend(negatives().map(|side| [Anchors, side]));
        if options.queue.is_some() {
            sides.push([Anchors, Queue]);
        }
        let d = options.directions;
        if d.anchor_to_anchor {
            sides.push([Anchors, Anchors]);
        }
        if d.positive_to_positive {
            sides.push([Positives, Positives]);
        }
        if d.positive_to_negative {
            sides.extend(negatives().map(|side| [Positives, side]));
        }
        let one_way = sides.len();
        if d.positive_to_anchor {
            sides.push([Positives, Anchors]);
        }
        let groups = match d.joint {
            true => vec![(0..sides.len()).collect()],
            false => vec![(0..one_way).collect(), (one_way..sides.len()).collect()],
        };
        let groups = groups.into_iter().filter(|group: &Vec<_>| !group.is_empty());
        Self {
            options,
            groups: groups.collect(),
            sides,
            n_negatives,
        }
    }

    /// The input that has these vectors.
    fn input(&self, side: Side) -> usize {
        match side {
            Side::Anchors => 0,
            Side::Positives => 1,
            Side::Negatives(k) => 2 + k,
            Side::Queue => 2 + self.n_negatives,
        }
    }

    fn learned_vectors(&self) -> usize {
        2 + self.n_negatives + usize::from(self.options.queue.is_some())
    }

    /// The blocks of similarities, and behind them those of the guide.
    fn blocks(&self) -> Vec<Block> {
        let block = |[left, right]: [Side; 2]| Block {
            left: self.input(left),
            right: self.input(right),
            learns: true,
        };
        let mut blocks: Vec<Block> = self.sides.iter().map(|&sides| block(sides)).collect();
        if let FalseNegatives::Guide(_) = self.options.false_negatives {
            let first = self.learned_vectors();
            let of_guide = self.sides.iter().filter(|sides| sides[1] != Side::Queue);
            let of_guide: Vec<Block> = of_guide.map(|&sides| block(sides)).collect();
            blocks.extend(of_guide.into_iter().map(|block| Block {
                left: first + block.left,
                right: first + block.right,
                learns: false,
            }));
        }
        blocks
    }

    /// Whether row i of a block has its own positive at column i.
    fn has_positive(sides: [Side; 2]) -> bool {
        use Side::{Anchors, Positives};
        sides == [Anchors, Positives] || sides == [Positives, Anchors]
    }

    /// Gives −∞ to what does not count in row i of a block; `guide` are the guide's similarities.
    fn mask<T: Real>(&self, i: usize, sides: [Side; 2], s: &mut [T], guide: Option<(&[T], T)>) {
        use Side::{Anchors, Negatives, Positives, Queue};
        // A vector with itself, or a positive with what was found against its own anchor.
        let own = match sides {
            [Anchors, Anchors] | [Positives, Positives | Negatives(_)] => s.get_mut(i),
            _ => None,
        };
        if let Some(own) = own {
            *own = T::neg_infinity();
        }
        let positive = Self::has_positive(sides).then_some(i);
        let mut leave_out = |is_false: &dyn Fn(usize) -> bool| {
            for (j, s) in s.iter_mut().enumerate() {
                if positive != Some(j) && is_false(j) {
                    *s = T::neg_infinity();
                }
            }
        };
        let of_queue = self.options.queue.as_ref().map(|queue| queue.labels.as_slice());
        let in_queue = |j: usize| of_queue.and_then(|labels| labels.get(j));
        match &self.options.false_negatives {
            FalseNegatives::Keep => {}
            FalseNegatives::EqualLabels(labels) => match sides[1] {
                Anchors | Positives => leave_out(&|j| labels[j] == labels[i]),
                Queue => leave_out(&|j| in_queue(j) == Some(&labels[i])),
                // They were found to be negatives.
                Negatives(_) => {}
            },
            FalseNegatives::EqualTexts {
                anchors,
                positives,
                negatives,
            } => {
                let is_own = |text: u32| text == anchors[i] || text == positives[i];
                let row_is_own = |j: usize| anchors[j] == anchors[i] || positives[j] == positives[i];
                match sides[1] {
                    Anchors => leave_out(&|j| is_own(anchors[j]) || row_is_own(j)),
                    Positives => leave_out(&|j| is_own(positives[j]) || row_is_own(j)),
                    Negatives(k) => leave_out(&|j| is_own(negatives[k][j])),
                    Queue => leave_out(&|j| in_queue(j).is_some_and(|&text| is_own(text))),
                }
            }
            FalseNegatives::Guide(_) => {
                if let Some((guide, most)) = guide {
                    leave_out(&|j| guide[j] > most);
                }
            }
        }
    }

    /// The guide's similarity above which a candidate is left out.
    fn most<T: Real>(&self, of_positive: T) -> T {
        match &self.options.false_negatives {
            FalseNegatives::Guide(guide) => {
                let margin = T::nearest(guide.margin);
                of_positive
                    - if guide.relative {
                        margin * of_positive.abs()
                    } else {
                        margin
                    }
            }
            _ => T::infinity(),
        }
    }
}

/// 1/τ, and what ∂L/∂u is to be multiplied with if u = ln(1/τ) is learned.
fn scale(temperature: &Temperature, u: Option<f64>) -> f64 {
    match (temperature, u) {
        (Temperature::Fixed(t), _) => 1.0 / t,
        (_, u) => u.unwrap_or(Temperature::START).min(Temperature::MOST.ln()).exp(),
    }
}

/// The rows of a softmax over some blocks.
struct Rows<'a> {
    loss: &'a OfBatch<'a>,
    offsets: &'a [usize],
    lengths: Vec<usize>,
    scale: f64,
    /// 1 / (rows · softmaxes)
    weight: f64,
    learned: bool,
}

impl Rows<'_> {
    /// Turns the similarities of row i into ∂L/∂s.
    fn row<T: Real>(&self, i: usize, line: &mut [T]) -> Part {
        let n_blocks = self.loss.sides.len();
        let end = match n_blocks {
            0 => 0,
            n => self.offsets[n - 1] + self.lengths[n - 1],
        };
        let (line, guide) = line.split_at_mut(end);
        let most = match guide.get(i) {
            // The guide's first block is that of anchors and positives.
            Some(&of_positive) => self.loss.most(of_positive),
            None => T::infinity(),
        };
        let mut from_guide = 0;
        for (b, &sides) in self.loss.sides.iter().enumerate() {
            let s = &mut line[self.offsets[b]..self.offsets[b] + self.lengths[b]];
            let mut of_guide = None;
            if !guide.is_empty() && sides[1] != Side::Queue {
                of_guide = Some((&guide[from_guide..from_guide + s.len()], most));
                from_guide += s.len();
            }
            self.loss.mask(i, sides, s, of_guide);
        }
        // The same number in all directions, whatever the order of their sums.
        let positive = line[self.offsets[0] + i];
        let mut part = Part::default();
        for group in &self.loss.groups {
            let of_group = self.softmax(i, line, group, positive);
            part.loss += of_group.loss;
            part.of_log_scale += of_group.of_log_scale;
        }
        part
    }

    fn softmax<T: Real>(&self, i: usize, line: &mut [T], group: &[usize], positive: T) -> Part {
        let range = |b: usize| self.offsets[b]..self.offsets[b] + self.lengths[b];
        // How often the positive is in it.
        let mut count = 0.0;
        let mut max = positive;
        for &b in group {
            if OfBatch::has_positive(self.loss.sides[b]) {
                line[self.offsets[b] + i] = T::neg_infinity();
                count += 1.0;
            }
            let largest = T::largest(&line[range(b)]);
            max = if largest > max { largest } else { max };
        }
        let by = T::nearest(self.scale);
        let (mut of_negatives, mut with_similarity) = (0.0, 0.0);
        for &b in group {
            let s = &mut line[range(b)];
            let before = if self.learned { s.to_vec() } else { Vec::new() };
            of_negatives += T::exponentials(s, by, max * by);
            // What is left out has an exponential of 0, and no finite similarity.
            let pairs = before.iter().zip(s.iter()).filter(|(_, e)| **e != T::zero());
            with_similarity += pairs.map(|(s, e)| s.wide() * e.wide()).sum::<f64>();
        }
        let behind = (max.wide() - positive.wide()) * self.scale;
        let sum = count * (-behind).exp() + of_negatives;
        let loss = match behind == 0.0 && count == 1.0 {
            true => of_negatives.ln_1p(),
            false => sum.ln() + behind,
        };
        // ∂L/∂s of a negative is p/τ, that of the positive −Σp/τ over the negatives.
        let factor = self.weight * self.scale / sum;
        let of_positive = -of_negatives * factor;
        let mut first = true;
        for &b in group {
            let s = &mut line[range(b)];
            let factor = T::nearest(factor);
            s.iter_mut().for_each(|e| *e *= factor);
            if OfBatch::has_positive(self.loss.sides[b]) && std::mem::take(&mut first) {
                s[i] = T::nearest(of_positive);
            }
        }
        Part {
            loss: self.weight * loss,
            of_log_scale: factor * with_similarity + of_positive * positive.wide(),
        }
    }
}

impl WithGradient for OfBatch<'_> {
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

/// Matrices whose rows have the length 1, if the similarity is the cosine, and the lengths that they had.
pub(super) struct Unit<T> {
    scaled: Vec<Option<(Array2<T>, ndarray::Array1<T>)>>,
}

impl<T: Real> Unit<T> {
    pub(super) fn new(given: &[ArrayView2<T>], is_scaled: impl Fn(usize) -> bool) -> Self {
        let scale = |(i, x): (usize, &ArrayView2<T>)| {
            is_scaled(i).then(|| {
                let mut x = x.to_owned();
                let lengths = normalize(&mut x);
                (x, lengths)
            })
        };
        Self {
            scaled: given.iter().enumerate().map(scale).collect(),
        }
    }

    pub(super) fn views<'a>(&'a self, given: &[ArrayView2<'a, T>]) -> Vec<ArrayView2<'a, T>> {
        let view = |(scaled, given): (&'a Option<(Array2<T>, _)>, &ArrayView2<'a, T>)| match scaled {
            Some((x, _)) => x.view(),
            None => *given,
        };
        self.scaled.iter().zip(given).map(view).collect()
    }

    /// The gradients by the vectors as they were given.
    pub(super) fn gradients(&self, gradients: Vec<Option<Array2<T>>>) -> Vec<Option<ArrayD<T>>> {
        let each = self.scaled.iter().zip(gradients);
        each.map(|(scaled, gradient)| {
            let mut gradient = gradient?;
            if let Some((unit, lengths)) = scaled {
                across(&mut gradient, unit.view(), lengths.view());
            }
            Some(gradient.into_dyn())
        })
        .collect()
    }
}
