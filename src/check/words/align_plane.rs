//! Rotating points of the plane onto others.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::check::words::{are_vectors, vectors, vectors_of};
use crate::rng::Rng;

exercise! {
    /// The points of `a`, rotated onto those of `b`.
    "06_words/align_plane": align_plane(a: &[Vec<f32>] as &Vec<Vec<f32>>, b: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    nearly, allowed, random,
    public: [
        ("a quarter turn", [vec![vec![1.0_f32, 0.0], vec![0.0_f32, 2.0]], vec![vec![0.0_f32, 1.0], vec![-2.0_f32, 0.0]]]),
        ("nothing to turn", [vec![vec![3.0_f32, 4.0]], vec![vec![3.0_f32, 4.0]]]),
        ("half a turn", [vec![vec![1.0_f32, 2.0]], vec![vec![-1.0_f32, -2.0]]]),
        ("lengths stay as they are", [vec![vec![1.0_f32, 0.0]], vec![vec![0.0_f32, 5.0]]]),
        ("not all points can fit", [vec![vec![2.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![vec![2.0_f32, 0.0], vec![1.0_f32, 0.0]]]),
    ],
    mistakes: [
        ("the wrong way", "The points turn the wrong way: by the opposite angle.", backwards),
        ("not turned", "The points are where they were.", as_before),
        ("b itself", "These are the points of b: turn those of a, whose lengths stay as they are.", itself),
        ("only the first point", "The angle is that of the first pair of points: all pairs have a say.", first_pair),
        ("mean of the angles", "This is the mean of the pairs' angles: points far from the origin count for more.", mean_angle),
    ],
}

/// C and S, which give the best angle.
fn parts(a: &[Vec<f32>], b: &[Vec<f32>]) -> (f64, f64) {
    a.iter().zip(b).fold((0.0, 0.0), |(along, across), (a, b)| {
        let [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]].map(f64::from);
        (along + ax * bx + ay * by, across + ax * by - ay * bx)
    })
}

fn turned(a: &[Vec<f32>], (along, across): (f64, f64)) -> Vec<Vec<f32>> {
    let length = along.hypot(across);
    let (cos, sin) = (along / length, across / length);
    let point = |p: &Vec<f32>| {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]));
        vec![(x * cos - y * sin) as f32, (x * sin + y * cos) as f32]
    };
    a.iter().map(point).collect()
}

fn allowed(values: &[Value]) -> bool {
    let (Some(a), Some(b)) = (vectors_of(values, 0), vectors_of(values, 1)) else {
        return false;
    };
    if a.len() != b.len() || !are_vectors(&a, Some(2)) || !are_vectors(&b, Some(2)) {
        return false;
    }
    let (along, across) = parts(&a, &b);
    along.hypot(across) > 0.5
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n = 1 + whole(rng, 0..=n);
    loop {
        let case = vec![vectors(rng, n, 2).to_value(), vectors(rng, n, 2).to_value()];
        if allowed(&case) {
            return case;
        }
    }
}

/// The library's Procrustes may mirror as well, and this only turns.
fn truth(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    turned(a, parts(a, b))
}

fn backwards(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let (along, across) = parts(a, b);
    turned(a, (along, -across))
}

fn as_before(a: &[Vec<f32>], _: &[Vec<f32>]) -> Vec<Vec<f32>> {
    a.to_vec()
}

fn itself(_: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    b.to_vec()
}

fn first_pair(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    turned(a, parts(&a[..1], &b[..1]))
}

fn mean_angle(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let angle = |p: (&Vec<f32>, &Vec<f32>)| {
        let (along, across) = parts(std::slice::from_ref(p.0), std::slice::from_ref(p.1));
        across.atan2(along)
    };
    let mean = a.iter().zip(b).map(angle).sum::<f64>() / a.len() as f64;
    turned(a, (mean.cos(), mean.sin()))
}
