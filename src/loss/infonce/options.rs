//! What a contrastive loss on tensors can be told: similarity, temperature, directions, false negatives.

use super::check_temperature;
use crate::loss::Distance;
use crate::nn::Tensor;
use crate::{Error, Result};

/// InfoNCE of a batch of pairs. The default is one way, by cosine, with τ = 0.07.
#[derive(Clone, Debug, Default)]
pub struct InfoNce {
    /// What the temperature divides: [`Distance::Cosine`] stands for the cosine, [`Distance::Dot`] for the
    /// product. Others are refused.
    pub similarity: Distance,
    /// τ.
    pub temperature: Temperature,
    /// Who is compared with whom.
    pub directions: Directions,
    /// Which candidates do not count.
    pub false_negatives: FalseNegatives,
    /// Vectors of earlier batches, as more candidates for the anchors. They get no gradient.
    pub queue: Option<Queue>,
}

/// τ, by which similarities are divided.
#[derive(Clone, Debug)]
pub enum Temperature {
    /// A number above 0.
    Fixed(f64),
    /// A tensor of one number, u = ln(1/τ), that is learned. In this form it cannot fall below 0, and steps
    /// are shares of τ. 1/τ is held at [`Temperature::MOST`]: a u beyond it counts as there, and its
    /// gradient only leads back. (CLIP cuts u itself after each step, with the same result.)
    Learned(Tensor),
}

impl Temperature {
    /// Where CLIP's ln(1/τ) starts: τ = 0.07.
    pub const START: f64 = 2.659_260_036_932_778;

    /// The largest 1/τ, as in CLIP: there a smaller τ made training unstable.
    pub const MOST: f64 = 100.0;
}

impl Default for Temperature {
    fn default() -> Self {
        Self::Fixed(0.07)
    }
}

/// Who is compared with whom. Anchors are always compared with all positives and all negatives.
///
/// With the others the names of multiple-negatives ranking are: query to query, document to query, and
/// document to document, which is the last two together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directions {
    /// Each anchor with the other anchors.
    pub anchor_to_anchor: bool,
    /// Each positive with all anchors: the other way round.
    pub positive_to_anchor: bool,
    /// Each positive with the other positives.
    pub positive_to_positive: bool,
    /// Each positive with the negatives of the others.
    pub positive_to_negative: bool,
    /// One softmax over all of these together, in which the positive counts once for each direction that
    /// has it (twice with [`positive_to_anchor`](Self::positive_to_anchor)). If false, the mean over a
    /// softmax for each direction: then the directions within one kind are not allowed, since they contain
    /// no positive.
    pub joint: bool,
}

impl Directions {
    /// Anchors with positives and negatives alone.
    pub const ONE_WAY: Self = Self {
        anchor_to_anchor: false,
        positive_to_anchor: false,
        positive_to_positive: false,
        positive_to_negative: false,
        joint: true,
    };

    /// The mean over both ways, as in CLIP. The way back has no negatives but the other anchors.
    pub const BOTH_WAYS: Self = Self {
        positive_to_anchor: true,
        joint: false,
        ..Self::ONE_WAY
    };

    /// All in one softmax (Li et al. 2023, *Towards general text embeddings*, GTE).
    pub const ALL: Self = Self {
        anchor_to_anchor: true,
        positive_to_anchor: true,
        positive_to_positive: true,
        positive_to_negative: true,
        joint: true,
    };

    /// Those of GISTEmbed (Solatorio 2024).
    pub const GIST: Self = Self {
        anchor_to_anchor: true,
        positive_to_positive: true,
        ..Self::ONE_WAY
    };
}

impl Default for Directions {
    fn default() -> Self {
        Self::ONE_WAY
    }
}

/// Which candidates are left out, because they may belong to the anchor, too. The positive itself stays,
/// and so does every candidate with [`FalseNegatives::Keep`].
#[derive(Clone, Debug, Default)]
pub enum FalseNegatives {
    /// All count.
    #[default]
    Keep,
    /// Candidates from a row with the same label: one label for each pair.
    EqualLabels(Vec<u32>),
    /// Candidates that are the same text as the row's anchor or positive, or that belong to one of these in
    /// another row. Each text has a number.
    EqualTexts {
        /// Those of the anchors.
        anchors: Vec<u32>,
        /// Those of the positives.
        positives: Vec<u32>,
        /// Those of each matrix of negatives.
        negatives: Vec<Vec<u32>>,
    },
    /// Candidates that another model holds for more similar than the positive.
    Guide(Guide),
}

/// Vectors of the same texts by a model that is already good (Solatorio 2024, *GISTEmbed*). With its
/// cosines g, a candidate is left out if
///
/// ```text
///     g > g₊ − m             absolute
///     g > g₊ − m |g₊|        relative
/// ```
///
/// Where the guide has g₊ = 1 and m = 0 nothing is left out, not even another copy of the positive.
/// sentence-transformers then compares a row with itself, too; here a row is never its own negative.
#[derive(Clone, Debug)]
pub struct Guide {
    /// A vector for each anchor.
    pub anchors: Tensor,
    /// A vector for each positive.
    pub positives: Tensor,
    /// Vectors for each matrix of negatives.
    pub negatives: Vec<Tensor>,
    /// m, 0 or more.
    pub margin: f64,
    /// Whether the margin is a share of g₊.
    pub relative: bool,
}

/// Vectors of earlier batches.
#[derive(Clone, Debug)]
pub struct Queue {
    /// A matrix; it gets no gradient.
    pub vectors: Tensor,
    /// The label or text of each vector, to be compared as [`FalseNegatives`] says; or none at all. A guide
    /// does not see the queue.
    pub labels: Vec<u32>,
}

crate::plot::shown_as_record!(InfoNce, Directions, Guide, Queue);

impl InfoNce {
    /// # Errors
    /// A temperature is not above 0, the similarity is neither cosine nor product, or the directions have no
    /// positive.
    pub fn check(&self) -> Result<()> {
        match &self.temperature {
            Temperature::Fixed(t) => check_temperature(*t)?,
            Temperature::Learned(u) if u.elem_count() == 1 => {}
            Temperature::Learned(u) => {
                let got = format!("{:?}", u.dims());
                return Err(Error::shape("a learned temperature", "one number", got));
            }
        }
        check_similarity(self.similarity)?;
        let d = self.directions;
        if !d.joint && (d.anchor_to_anchor || d.positive_to_positive || d.positive_to_negative) {
            return Err(Error::value(
                "directions that are not joint",
                "anchors with positives and back, which contain the positive",
                format!("{d:?}"),
            ));
        }
        match &self.false_negatives {
            FalseNegatives::Guide(g) if g.margin.is_nan() || g.margin < 0.0 => {
                let got = g.margin.to_string();
                Err(Error::value("the margin of a guide", "0 or more", got))
            }
            _ => Ok(()),
        }
    }
}

pub(super) fn check_similarity(similarity: Distance) -> Result<()> {
    match similarity {
        Distance::Cosine | Distance::Dot => Ok(()),
        other => Err(Error::value(
            "the similarity of a contrastive loss",
            "the cosine or the product",
            format!("{other:?}"),
        )),
    }
}
