//! How far apart two vectors are, with the gradient: what every loss of a ranking is a function of.
//!
//! | | distance | similarity | ∂ distance / ∂x |
//! |---|---|---|---|
//! | [`Euclidean`](Distance::Euclidean) | d = ‖x − y‖ | −d | (x − y) / d |
//! | [`SquaredEuclidean`](Distance::SquaredEuclidean) | ‖x − y‖² | −‖x − y‖² | 2 (x − y) |
//! | [`Cosine`](Distance::Cosine) | 1 − cos(x, y) | cos(x, y) | −(ŷ − cos(x, y) x̂) / ‖x‖, with x̂ = x/‖x‖ |
//! | [`Dot`](Distance::Dot) | −x·y | x·y | −y |
//!
//! The distance is small for what is alike and the similarity large. The cosine and the product are
//! similarities by nature, and the distance is made of them; it is never below 0 for the cosine (0 to 2) and
//! may be below 0 for the product. Of lengths 1, ‖x − y‖² = 2 (1 − cos(x, y)), so these two rank alike, with
//! margins that differ by a factor of 2.
//!
//! Where there is no derivative the gradient is 0: of the Euclidean distance of equal vectors, and of the
//! cosine where one of the two is zero (their cosine is 0 by definition). Other libraries differ there:
//! torch's `pairwise_distance` adds 10⁻⁶ to each difference, so that equal vectors have a distance and a
//! gradient; its `cosine_similarity` has a gradient of 10⁸ at zero.
//!
//! On tensors: [`between`](super::tensors::distances) all rows of two matrices, and
//! [`row_by_row`](super::tensors::distances_row_by_row).

#[cfg(feature = "nn")]
mod batch;
#[cfg(feature = "nn")]
mod products;

#[cfg(feature = "nn")]
pub use batch::{matrix, of_rows};
#[cfg(feature = "nn")]
pub(crate) use products::{across, normalize};
#[cfg(feature = "nn")]
pub use products::{distances, distances_gradient};

use crate::math::{cosine_of, inner, norm, squared_distance};

/// How the distance of two vectors is measured; the module's doc has the formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Distance {
    /// The length of the difference.
    Euclidean,
    /// The squared length of the difference.
    SquaredEuclidean,
    /// 1 − the cosine of the angle between them: from 0 to 2, whatever their lengths.
    #[default]
    Cosine,
    /// The inner product with the sign turned: not a distance in the sense of geometry, and can be below 0.
    Dot,
}

impl Distance {
    /// The distance of two vectors of the same length (the rest of a longer one is ignored).
    ///
    /// ```
    /// use course::loss::Distance;
    /// let (x, y) = ([3.0, 4.0], [0.0, 1.0]);
    /// assert_eq!(Distance::Euclidean.between(&x, &[0.0, 0.0]), 5.0);
    /// assert_eq!(Distance::SquaredEuclidean.between(&x, &y), 18.0);
    /// assert!((Distance::Cosine.between(&x, &y) - 0.2).abs() < 1e-6); // 1 − 4/5
    /// assert_eq!(Distance::Dot.between(&x, &y), -4.0);
    /// ```
    pub fn between(self, x: &[f32], y: &[f32]) -> f32 {
        match self {
            Self::Euclidean => squared_distance(x, y).sqrt() as f32,
            Self::SquaredEuclidean => squared_distance(x, y) as f32,
            Self::Cosine => (1.0 - cosine_of(inner(x, y), norm(x), norm(y))) as f32,
            Self::Dot => -inner(x, y) as f32,
        }
    }

    /// The similarity that belongs to a distance: 1 − it for the cosine, otherwise −it.
    ///
    /// ```
    /// use course::loss::Distance;
    /// assert_eq!(Distance::Cosine.similarity(0.25), 0.75);
    /// assert_eq!(Distance::Dot.similarity(-4.0), 4.0);
    /// ```
    pub fn similarity(self, distance: f32) -> f32 {
        match self {
            Self::Cosine => 1.0 - distance,
            _ => -distance,
        }
    }

    /// ∂ distance / ∂x and ∂ distance / ∂y of two vectors of the same length.
    ///
    /// ```
    /// use course::loss::Distance;
    /// let (of_x, of_y) = Distance::Euclidean.gradient(&[3.0, 4.0], &[0.0, 0.0]);
    /// assert_eq!((of_x, of_y), (vec![0.6, 0.8], vec![-0.6, -0.8]));
    /// // No derivative here, and 0 is defined.
    /// assert_eq!(Distance::Euclidean.gradient(&[1.0], &[1.0]).0, [0.0]);
    /// ```
    pub fn gradient(self, x: &[f32], y: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let n = x.len().min(y.len());
        let (x, y) = (&x[..n], &y[..n]);
        match self {
            Self::Euclidean => match squared_distance(x, y).sqrt() {
                0.0 => (vec![0.0; n], vec![0.0; n]),
                d => along_difference(x, y, 1.0 / d),
            },
            Self::SquaredEuclidean => along_difference(x, y, 2.0),
            Self::Cosine => {
                let (norm_x, norm_y) = (norm(x), norm(y));
                let cosine = cosine_of(inner(x, y), norm_x, norm_y);
                (
                    turn(x, y, norm_x, norm_y, cosine),
                    turn(y, x, norm_y, norm_x, cosine),
                )
            }
            Self::Dot => {
                let negative = |x: &[f32]| x.iter().map(|x| -x).collect();
                (negative(y), negative(x))
            }
        }
    }
}

/// by (x − y), and its negative.
fn along_difference(x: &[f32], y: &[f32], by: f64) -> (Vec<f32>, Vec<f32>) {
    let of_x: Vec<f32> = x
        .iter()
        .zip(y)
        .map(|(&x, &y)| (by * (f64::from(x) - f64::from(y))) as f32)
        .collect();
    let of_y = of_x.iter().map(|x| -x).collect();
    (of_x, of_y)
}

/// −(ŷ − cos x̂) / ‖x‖: the component of ŷ across x.
fn turn(x: &[f32], y: &[f32], norm_x: f64, norm_y: f64, cosine: f64) -> Vec<f32> {
    if norm_x * norm_y == 0.0 {
        return vec![0.0; x.len()];
    }
    let component = |(&x, &y): (&f32, &f32)| f64::from(y) / norm_y - cosine * f64::from(x) / norm_x;
    x.iter()
        .zip(y)
        .map(|xy| (-component(xy) / norm_x) as f32)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Distance; 4] = [
        Distance::Euclidean,
        Distance::SquaredEuclidean,
        Distance::Cosine,
        Distance::Dot,
    ];

    fn pair() -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
        (1_usize..40).prop_flat_map(|n| {
            let numbers = || prop::collection::vec(-3.0_f32..3.0, n);
            (numbers(), numbers())
        })
    }

    proptest! {
        /// A step of h along one axis. `f32` holds the distance to 10⁻⁷ of itself, at most 10⁻⁵ here, which
        /// is divided by 2h; the curvature adds h²/d². So vectors that nearly touch are left out.
        #[test]
        fn the_gradient_is_the_slope((x, y) in pair(), at in 0_usize..40) {
            const H: f32 = 1.0 / 128.0;
            prop_assume!(squared_distance(&x, &y) > 1.0 && norm(&x) > 1.0 && norm(&y) > 1.0);
            let at = at % x.len();
            for distance in ALL {
                let (of_x, of_y) = distance.gradient(&x, &y);
                let slope = |move_x: bool| {
                    let moved = |by: f32| {
                        let (mut x, mut y) = (x.clone(), y.clone());
                        if move_x { x[at] += by } else { y[at] += by };
                        f64::from(distance.between(&x, &y))
                    };
                    ((moved(H) - moved(-H)) / f64::from(2.0 * H)) as f32
                };
                for (got, slope) in [(of_x[at], slope(true)), (of_y[at], slope(false))] {
                    prop_assert!((got - slope).abs() < 5e-3, "{distance:?}: {got} {slope}");
                }
            }
        }

        #[test]
        fn a_distance_has_no_direction((x, y) in pair()) {
            for distance in ALL {
                prop_assert_eq!(distance.between(&x, &y), distance.between(&y, &x));
                let (of_x, of_y) = distance.gradient(&x, &y);
                prop_assert_eq!((of_y, of_x), distance.gradient(&y, &x));
            }
        }
    }

    #[test]
    fn equal_and_zero_vectors_have_a_gradient() {
        let (x, zero) = ([0.6_f32, -0.8], [0.0; 2]);
        assert_eq!(Distance::Euclidean.between(&x, &x), 0.0);
        assert_eq!(Distance::Cosine.between(&x, &zero), 1.0);
        for distance in ALL {
            for (a, b) in [(&x, &x), (&x, &zero), (&zero, &x), (&zero, &zero)] {
                let (of_a, of_b) = distance.gradient(a, b);
                assert!(of_a.iter().chain(&of_b).all(|g| g.is_finite()), "{distance:?}");
                if distance == Distance::Cosine && (a == &zero || b == &zero) {
                    assert_eq!((of_a, of_b), (vec![0.0; 2], vec![0.0; 2]));
                }
            }
        }
    }
}
