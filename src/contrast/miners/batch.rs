//! Triplets of a batch by their kind, and the hardest of each anchor.

use ndarray::ArrayView2;

use crate::loss::distance::distances;
use crate::loss::{Distance, Triplet, hardest, one_label_a_row};
use crate::{Error, Result};

/// What a triplet still has to learn. The inequalities are in the module's doc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any triplet.
    All,
    /// The negative is farther than the positive by the margin, or by more.
    Easy,
    /// The negative is farther than the positive, but by less than the margin.
    SemiHard,
    /// The negative is not farther than the positive.
    Hard,
}

impl Kind {
    /// The kind of a triplet with these distances: easy, semi-hard or hard.
    ///
    /// ```
    /// use course::contrast::miners::Kind;
    /// let kinds = [2.5, 1.5, 1.25, 1.0].map(|to_negative| Kind::of(1.0, to_negative, 0.5));
    /// assert_eq!(kinds, [Kind::Easy, Kind::Easy, Kind::SemiHard, Kind::Hard]);
    /// ```
    pub fn of(to_positive: f32, to_negative: f32, margin: f32) -> Self {
        if to_negative <= to_positive {
            Self::Hard
        } else if to_negative - to_positive < margin {
            Self::SemiHard
        } else {
            Self::Easy
        }
    }
}

/// All triplets of a kind among the rows of `x`, `(n, d)`, by anchor, positive and negative. The margin has
/// the unit of the distance.
///
/// ```
/// use course::contrast::miners::{Kind, triplets};
/// use course::loss::{Distance, Triplet};
/// // An anchor at 0, its positive at 1, and a negative at 1.5.
/// let x = ndarray::array![[0.0], [1.0], [1.5]];
/// let of = |kind| triplets(x.view(), &[0, 0, 1], Distance::Euclidean, kind, 1.0);
/// // To the positive, the negative is nearer than the anchor.
/// assert_eq!(of(Kind::SemiHard)?, [Triplet { anchor: 0, positive: 1, negative: 2 }]);
/// assert_eq!(of(Kind::Hard)?, [Triplet { anchor: 1, positive: 0, negative: 2 }]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or the margin is negative or not finite.
pub fn triplets(
    x: ArrayView2<f32>,
    labels: &[u32],
    distance: Distance,
    kind: Kind,
    margin: f32,
) -> Result<Vec<Triplet>> {
    let mut found = Vec::new();
    each(x, labels, distance, margin, |triplet, its| {
        if kind == Kind::All || kind == its {
            found.push(triplet);
        }
    })?;
    Ok(found)
}

/// How many triplets of a batch are of each kind.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct TripletCounts {
    /// No loss, no gradient.
    pub easy: usize,
    /// In the right order, but not by the margin.
    pub semi_hard: usize,
    /// In the wrong order.
    pub hard: usize,
}

crate::show::shown_as_line!(TripletCounts, |this| {
    let Self {
        easy,
        semi_hard,
        hard,
    } = this;
    format!("{easy} easy triplets, {semi_hard} semi-hard, {hard} hard")
});

/// How many of the triplets of `x`, `(n, d)`, are of each kind: only semi-hard and hard ones have a gradient.
///
/// ```
/// use course::contrast::miners::counts;
/// use course::loss::Distance;
/// let x = ndarray::array![[0.0], [1.0], [1.5]];
/// let counts = counts(x.view(), &[0, 0, 1], Distance::Euclidean, 1.0)?;
/// assert_eq!(counts.to_string(), "0 easy triplets, 1 semi-hard, 1 hard");
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// As [`triplets`].
pub fn counts(x: ArrayView2<f32>, labels: &[u32], distance: Distance, margin: f32) -> Result<TripletCounts> {
    let mut counts = TripletCounts::default();
    each(x, labels, distance, margin, |_, kind| match kind {
        Kind::Hard => counts.hard += 1,
        Kind::SemiHard => counts.semi_hard += 1,
        Kind::All | Kind::Easy => counts.easy += 1,
    })?;
    Ok(counts)
}

/// For each row of `x`, `(n, d)`, that has both: its farthest positive and its nearest negative, the lower
/// row among equal ones (Hermans, Beyer and Leibe 2017).
///
/// ```
/// use course::contrast::miners::batch_hard;
/// use course::loss::{Distance, Triplet};
/// let x = ndarray::array![[0.0], [1.0], [-2.0], [5.0]];
/// let found = batch_hard(x.view(), &[0, 0, 0, 1], Distance::Euclidean)?;
/// assert_eq!(found[0], Triplet { anchor: 0, positive: 2, negative: 3 });
/// assert_eq!(found.len(), 3); // row 3 has no positive
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or a number is not finite.
pub fn batch_hard(x: ArrayView2<f32>, labels: &[u32], distance: Distance) -> Result<Vec<Triplet>> {
    let all = hardest(x, labels, distance)?.into_iter().enumerate();
    let triplets = all.filter_map(|(i, hardest)| {
        Some(Triplet {
            anchor: i as u32,
            positive: hardest.positive?,
            negative: hardest.negative?,
        })
    });
    Ok(triplets.collect())
}

/// Calls `take` for each triplet, with its kind.
fn each(
    x: ArrayView2<f32>,
    labels: &[u32],
    distance: Distance,
    margin: f32,
    mut take: impl FnMut(Triplet, Kind),
) -> Result<()> {
    check(x, labels)?;
    if !(margin >= 0.0 && margin.is_finite()) {
        return Err(Error::value(
            "the margin",
            "a number of 0 or more",
            margin.to_string(),
        ));
    }
    let to = distances(x, x, distance)?; // (n, n)
    let n = labels.len();
    for a in 0..n {
        for p in (0..n).filter(|&p| p != a && labels[p] == labels[a]) {
            for n in (0..n).filter(|&n| labels[n] != labels[a]) {
                let triplet = Triplet {
                    anchor: a as u32,
                    positive: p as u32,
                    negative: n as u32,
                };
                take(triplet, Kind::of(to[[a, p]], to[[a, n]], margin));
            }
        }
    }
    Ok(())
}

/// Every row has a label.
pub(super) fn check(x: ArrayView2<f32>, labels: &[u32]) -> Result<()> {
    one_label_a_row(labels, x.nrows())
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::Rng as _;

    use super::*;
    use crate::loss::{triplet, valid_anchors};

    fn negatives(x: &Array2<f32>, labels: &[u32], kind: Kind) -> Vec<u32> {
        let found = triplets(x.view(), labels, Distance::Euclidean, kind, 0.5).unwrap();
        let of_first = found.iter().filter(|t| t.anchor == 0 && t.positive == 1);
        of_first.map(|t| t.negative).collect()
    }

    /// An anchor at 0, a positive at 1, negatives at 1.5, 1, 2 and −1, margin ½. pytorch-metric-learning
    /// finds the first one semi-hard, at the margin, where the loss is 0; ours is easy. The others are the
    /// same.
    #[test]
    fn kinds_differ_from_pytorch_metric_learning_only_at_the_margin() {
        let x = ndarray::array![[0.0_f32], [1.0], [1.5], [1.0], [2.0], [-1.0]];
        let labels = [0, 0, 1, 2, 3, 4];
        assert!(negatives(&x, &labels, Kind::SemiHard).is_empty());
        assert_eq!(negatives(&x, &labels, Kind::Hard), [3, 5]);
        assert_eq!(negatives(&x, &labels, Kind::Easy), [2, 4]);
        assert_eq!(negatives(&x, &labels, Kind::All), [2, 3, 4, 5]);
    }

    /// Each triplet is of one kind, and its loss is what the kind says.
    #[test]
    fn the_kinds_share_all_triplets() {
        let rng = &mut crate::rng::seeded(1);
        let x = Array2::from_shape_fn((12, 3), |_| rng.random_range(-1.0..1.0_f32));
        let labels = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 3, 4];
        for distance in [Distance::Euclidean, Distance::Cosine] {
            let of = |kind| triplets(x.view(), &labels, distance, kind, 0.3).unwrap();
            let parts = [Kind::Easy, Kind::SemiHard, Kind::Hard].map(of);
            let [easy, semi_hard, hard] = [0, 1, 2].map(|i| parts[i].len());
            assert!(easy > 0 && semi_hard > 0 && hard > 0);
            assert_eq!(
                counts(x.view(), &labels, distance, 0.3).unwrap(),
                TripletCounts {
                    easy,
                    semi_hard,
                    hard
                }
            );
            for (kind, part) in parts.iter().enumerate() {
                for t in part {
                    let row = |i: u32| x.row(i as usize).to_vec();
                    let d = |other| distance.between(&row(t.anchor), &row(other));
                    let loss = triplet(d(t.positive), d(t.negative), 0.3);
                    assert!(
                        [loss == 0.0, 0.0 < loss && loss < 0.3, loss >= 0.3][kind],
                        "{t:?}"
                    );
                }
            }
            let mut all = parts.concat();
            all.sort_unstable();
            assert_eq!(all, of(Kind::All));
            assert_eq!(all.len(), 4 * 3 * 8 + 2 * (3 * 2 * 9));
            // The hardest of each anchor are among them.
            let hardest = batch_hard(x.view(), &labels, distance).unwrap();
            assert_eq!(hardest.len(), valid_anchors(&labels));
            assert!(hardest.iter().all(|t| all.binary_search(t).is_ok()));
        }
    }

    #[test]
    fn no_triplet_is_an_empty_list() {
        let x = ndarray::array![[0.0_f32], [1.0]];
        for labels in [[0, 0], [0, 1]] {
            let found = triplets(x.view(), &labels, Distance::Euclidean, Kind::All, 0.0);
            assert_eq!(found.unwrap(), []);
            assert_eq!(batch_hard(x.view(), &labels, Distance::Euclidean).unwrap(), []);
        }
        let told = triplets(x.view(), &[0], Distance::Euclidean, Kind::All, 0.0).unwrap_err();
        assert_eq!(
            told.to_string(),
            "the labels: expected 2, one for each row, got 1"
        );
        for margin in [f32::NAN, -0.1] {
            let told = counts(x.view(), &[0, 0], Distance::Euclidean, margin).unwrap_err();
            assert_eq!(
                told.to_string(),
                format!("the margin: expected a number of 0 or more, got {margin}")
            );
        }
    }
}
