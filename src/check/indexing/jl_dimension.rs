//! The dimension of the Johnson-Lindenstrauss lemma.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::indexing;
use crate::rng::Rng;

exercise! {
    /// The smallest dimension for which the lemma promises to keep all squared distances.
    "03_indexing/jl_dimension": jl_dimension(n: usize as *usize, eps: f64 as *f64) -> usize,
    exactly, allowed, random,
    public: [
        ("a thousand points", [1000_usize, 0.5_f64]),
        ("half the distortion", [1000_usize, 0.25_f64]),
        ("a million points", [1_000_000_usize, 0.5_f64]),
        ("one point has no distances", [1_usize, 0.5_f64]),
    ],
    mistakes: [
        ("rounded down", "This is below the bound: round up.", down),
        ("decimal logarithm", "This is with the logarithm to base 10: take the natural one, `.ln()`.", decimal),
        ("binary logarithm", "This is with the logarithm to base 2: take the natural one, `.ln()`.", binary),
        ("no cube", "The term −ε³/3 is missing.", no_cube),
        ("no four", "The factor 4 is missing.", no_four),
        ("zero", "One point needs no dimension by the formula: return 1 at least.", zero),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (n, eps): (Option<usize>, Option<f64>) =
        (Crosses::from_value(&values[0]), Crosses::from_value(&values[1]));
    matches!((n, eps), (Some(1..), Some(eps)) if (0.01..=0.99).contains(&eps))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let points = whole(rng, 2..=10 + n * n * n);
    vec![points.to_value(), Value::Real(whole(rng, 5..=95) as f64 / 100.0)]
}

/// For the mistakes: the bound with another logarithm, another factor or another cube.
fn bound(log: f64, factor: f64, eps: f64, cube: f64) -> f64 {
    factor * log / (eps * eps / 2.0 - cube * eps * eps * eps / 3.0)
}

fn truth(n: usize, eps: f64) -> usize {
    indexing::jl_dimension(n, eps).unwrap_or(0)
}

fn up(bound: f64) -> usize {
    (bound.ceil() as usize).max(1)
}

fn down(n: usize, eps: f64) -> usize {
    (bound((n as f64).ln(), 4.0, eps, 1.0) as usize).max(1)
}

fn decimal(n: usize, eps: f64) -> usize {
    up(bound((n as f64).log10(), 4.0, eps, 1.0))
}

fn binary(n: usize, eps: f64) -> usize {
    up(bound((n as f64).log2(), 4.0, eps, 1.0))
}

fn no_cube(n: usize, eps: f64) -> usize {
    up(bound((n as f64).ln(), 4.0, eps, 0.0))
}

fn no_four(n: usize, eps: f64) -> usize {
    up(bound((n as f64).ln(), 1.0, eps, 1.0))
}

fn zero(n: usize, eps: f64) -> usize {
    bound((n as f64).ln(), 4.0, eps, 1.0).ceil() as usize
}
