//! The size of the vocabulary at which a word is cheapest.

use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::measures::ModelSize;

exercise! {
    /// The size at which a word is cheapest, among sizes with measured fertilities.
    "07_tokens/best_vocabulary": best_vocabulary(
        sizes: &[usize] as &Vec<usize>, fertilities: &[f64] as &Vec<f64>, layers: usize as *usize,
        width: usize as *usize, context: usize as *usize
    ) -> usize,
    exactly, allowed, random,
    public: [
        ("a small model", [vec![1000_usize, 8000, 64000], vec![2.0_f64, 1.5, 1.2], 2_usize, 64_usize, 128_usize]),
        ("a large one", [vec![1000_usize, 8000, 64000], vec![2.0_f64, 1.5, 1.2], 48_usize, 4096_usize, 2048_usize]),
        ("a single size", [vec![500_usize], vec![2.5_f64], 1_usize, 8_usize, 8_usize]),
    ],
    mistakes: [
        ("fewest tokens", "The fewest tokens a word are not the cheapest: a larger vocabulary costs at the output.", fewest_tokens),
        ("without fertility", "This compares what a token costs: a word is as many tokens as the fertility says.", smallest),
        ("the place", "This is the size's place in the list: return the size.", place),
        ("dearest", "This is the dearest size.", dearest),
    ],
}

/// Sizes that rise and fertilities that fall, as training gives them; and no two sizes that cost the same.
fn allowed(values: &[Value]) -> bool {
    let (Some(sizes), Some(fertilities)) = (
        <Vec<usize>>::from_value(&values[0]),
        <Vec<f64>>::from_value(&values[1]),
    ) else {
        return false;
    };
    let positive =
        values[2..].iter().all(|n| *n != Value::Whole(0)) && sizes.first().is_some_and(|size| *size > 0);
    let ordered = sizes.is_sorted_by(|a, b| a < b) && fertilities.is_sorted_by(|a, b| a > b);
    if !positive
        || !ordered
        || length(&values[0]) != length(&values[1])
        || fertilities.iter().any(|f| *f < 1.0)
    {
        return false;
    }
    let mut costs = costs(values);
    costs.sort_by(f64::total_cmp);
    costs.windows(2).all(|two| two[1] - two[0] > 1e-6 * two[1])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    loop {
        let (mut size, mut fertility) = (200 * whole(rng, 1..=9), 1.0);
        let mut lists = (Vec::new(), Vec::new());
        for _ in 0..n.min(6) {
            lists.0.push(size);
            size *= whole(rng, 2..=4);
            fertility += whole(rng, 1..=8) as f64 / 16.0;
            lists.1.push(fertility);
        }
        lists.1.reverse();
        let model = [
            whole(rng, 1..=12),
            32 * whole(rng, 1..=32),
            128 * whole(rng, 1..=8),
        ];
        let mut values = vec![lists.0.to_value(), lists.1.to_value()];
        values.extend(model.map(|n| n.to_value()));
        if allowed(&values) {
            return values;
        }
    }
}

fn cost(size: usize, fertility: f64, model: [usize; 3]) -> f64 {
    ModelSize::new(model[0], model[1], model[2]).map_or(0.0, |t| t.flops_per_word(size as f64, fertility))
}

fn costs(values: &[Value]) -> Vec<f64> {
    let read = || {
        let model = [2, 3, 4].map(|i| usize::from_value(&values[i]).unwrap_or(1));
        let (sizes, fertilities) = (
            <Vec<usize>>::from_value(&values[0])?,
            <Vec<f64>>::from_value(&values[1])?,
        );
        Some(
            sizes
                .iter()
                .zip(fertilities)
                .map(|(&size, f)| cost(size, f, model))
                .collect(),
        )
    };
    read().unwrap_or_default()
}

/// The index of the size with the smallest key.
fn least(sizes: &[usize], key: impl Fn(usize) -> f64) -> usize {
    (0..sizes.len())
        .min_by(|&i, &j| key(i).total_cmp(&key(j)))
        .unwrap_or(0)
}

fn place(sizes: &[usize], fertilities: &[f64], layers: usize, width: usize, context: usize) -> usize {
    least(sizes, |i| {
        cost(sizes[i], fertilities[i], [layers, width, context])
    })
}

fn truth(sizes: &[usize], fertilities: &[f64], layers: usize, width: usize, context: usize) -> usize {
    sizes[place(sizes, fertilities, layers, width, context)]
}

fn fewest_tokens(sizes: &[usize], fertilities: &[f64], _: usize, _: usize, _: usize) -> usize {
    sizes[least(sizes, |i| fertilities[i])]
}

fn smallest(sizes: &[usize], _: &[f64], layers: usize, width: usize, context: usize) -> usize {
    sizes[least(sizes, |i| cost(sizes[i], 1.0, [layers, width, context]))]
}

fn dearest(sizes: &[usize], fertilities: &[f64], layers: usize, width: usize, context: usize) -> usize {
    sizes[least(sizes, |i| {
        -cost(sizes[i], fertilities[i], [layers, width, context])
    })]
}
