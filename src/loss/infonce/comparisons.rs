//! Who is compared with whom in InfoNCE of a batch, as blocks of similarities in a row, and which of these
//! candidates do not count.

use super::band::Block;
use super::options::{FalseNegatives, InfoNce};
use crate::nn::Real;

/// What stands on one side of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Anchors,
    Positives,
    Negatives(usize),
    Queue,
}

/// Which vectors are compared in a batch, in which order they stand in a row, and which of them count.
pub(super) struct Comparisons<'a> {
    pub(super) options: &'a InfoNce,
    /// Left and right of each block.
    pub(super) sides: Vec<[Side; 2]>,
    /// The blocks of each softmax.
    pub(super) groups: Vec<Vec<usize>>,
    n_negatives: usize,
}

impl<'a> Comparisons<'a> {
    pub(super) fn new(options: &'a InfoNce, n_negatives: usize) -> Self {
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

    pub(super) fn learned_vectors(&self) -> usize {
        2 + self.n_negatives + usize::from(self.options.queue.is_some())
    }

    /// The blocks of similarities, and behind them those of the guide.
    pub(super) fn blocks(&self) -> Vec<Block> {
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
    pub(super) fn has_positive(sides: [Side; 2]) -> bool {
        use Side::{Anchors, Positives};
        sides == [Anchors, Positives] || sides == [Positives, Anchors]
    }

    /// Gives −∞ to what does not count in row i of a block; `guide` are the guide's similarities.
    pub(super) fn mask<T: Real>(&self, i: usize, sides: [Side; 2], s: &mut [T], guide: Option<(&[T], T)>) {
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
    pub(super) fn most<T: Real>(&self, of_positive: T) -> T {
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
