//! What InfoNCE makes of a row of similarities: a softmax, its loss, and ∂L/∂s in their place.

use super::band::Part;
use super::comparisons::{Comparisons, Side};
use crate::nn::Real;

/// The rows of a softmax over some blocks.
pub(super) struct Rows<'a> {
    pub(super) loss: &'a Comparisons<'a>,
    pub(super) offsets: &'a [usize],
    pub(super) lengths: Vec<usize>,
    pub(super) scale: f64,
    /// 1 / (rows · softmaxes)
    pub(super) weight: f64,
    pub(super) learned: bool,
}

impl Rows<'_> {
    /// Turns the similarities of row i into ∂L/∂s.
    pub(super) fn row<T: Real>(&self, i: usize, line: &mut [T]) -> Part {
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
            if Comparisons::has_positive(self.loss.sides[b]) {
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
            if Comparisons::has_positive(self.loss.sides[b]) && std::mem::take(&mut first) {
                s[i] = T::nearest(of_positive);
            }
        }
        Part {
            loss: self.weight * loss,
            of_log_scale: factor * with_similarity + of_positive * positive.wide(),
        }
    }
}
