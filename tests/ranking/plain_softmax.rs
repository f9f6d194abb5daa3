//! The losses on plain similarities that are a softmax, chained by hand with the gradients of the distances.

use course::Result;
use course::loss::{
    Distance, info_nce, info_nce_both_ways, info_nce_both_ways_gradient, info_nce_gradient, masked, n_pairs,
    n_pairs_gradient, supervised_contrastive, supervised_contrastive_gradient,
};
use ndarray::Array2;

use super::losses::{Case, peer};
use super::{Batch, apart};

/// The value, and the gradient by each similarity, of a matrix of similarities.
type Loss = (f64, Vec<Vec<f32>>);

/// The mean of a loss over the rows, each with the number of its positive.
fn by_row(
    similarities: &[Vec<f32>],
    loss: impl Fn(&[f32], usize) -> Result<f32>,
    gradient: impl Fn(&[f32], usize) -> Result<Vec<f32>>,
) -> Loss {
    let n = similarities.len() as f32;
    let values = similarities
        .iter()
        .enumerate()
        .map(|(i, s)| loss(s, i).expect("a loss"));
    let value = values.map(f64::from).sum::<f64>() / f64::from(n);
    let gradients = similarities.iter().enumerate().map(|(i, s)| {
        let gradient = gradient(s, i).expect("a gradient");
        gradient.into_iter().map(|g| g / n).collect()
    });
    (value, gradients.collect())
}

/// A loss of this case, given the similarities of anchors and candidates; None if it has no plain form.
fn ours(case: &Case, batch: &Batch, s: &[Vec<f32>]) -> Option<Loss> {
    let options = &case.options;
    let temperature = || 1.0 / options.number("scale") as f32;
    Some(match case.loss.as_str() {
        "multiple negatives" if options.list::<Vec<String>>("directions").len() == 1 => {
            let t = temperature();
            by_row(s, |s, i| info_nce(s, i, t), |s, i| info_nce_gradient(s, i, t))
        }
        "both ways" => {
            let t = (-options.number("logarithm_of_scale")).exp() as f32;
            let value = info_nce_both_ways(s, t).expect("a loss");
            (
                f64::from(value),
                info_nce_both_ways_gradient(s, t).expect("a gradient"),
            )
        }
        "equal labels masked" => {
            let (t, labels) = (temperature(), options.list::<Vec<u32>>("labels"));
            let kept = |s: &[f32], i| masked(s, &labels, i);
            by_row(
                s,
                |s, i| info_nce(&kept(s, i)?, i, t),
                |s, i| info_nce_gradient(&kept(s, i)?, i, t),
            )
        }
        "n-pairs" if options.number("weight") == 0.0 => by_row(s, n_pairs, n_pairs_gradient),
        "supervised contrastive" => {
            let (t, labels) = (options.number("temperature") as f32, batch.classes());
            let loss = |s: &[f32], i| supervised_contrastive(s, &labels, i, t);
            let (mut value, mut gradient) =
                by_row(s, loss, |s, i| supervised_contrastive_gradient(s, &labels, i, t));
            if options.text("average") == "non-zero" {
                let above = |(i, s): &(usize, &Vec<f32>)| loss(s, *i).expect("a loss") > 0.0;
                let non_zero = s.iter().enumerate().filter(above).count().max(1);
                let by = s.len() as f32 / non_zero as f32;
                value *= f64::from(by);
                gradient.iter_mut().flatten().for_each(|g| *g *= by);
            }
            (value, gradient)
        }
        _ => return None,
    })
}

/// How the case compares vectors.
fn distance(case: &Case) -> Distance {
    let named = ["similarity", "distance"]
        .iter()
        .find_map(|name| case.options.0.get(*name)?.as_str());
    match named {
        Some("dot") => Distance::Dot,
        _ if case.loss == "n-pairs" => Distance::Dot,
        _ => Distance::Cosine,
    }
}

#[test]
fn plain_softmax_losses_are_those_of_others_to_the_gradients() {
    let peer = peer();
    let mut compared = 0;
    for case in &peer.cases {
        let batch = &peer.batches[&case.kind][&case.batch];
        // The candidates are the rows of all other matrices, or of the only one.
        let rows: Vec<Vec<Vec<f32>>> = (batch.vectors.iter())
            .map(|x| x.rows().outer_iter().map(|row| row.to_vec()).collect())
            .collect();
        let candidates: Vec<(usize, usize)> = match rows.len() {
            1 => (0..rows[0].len()).map(|j| (0, j)).collect(),
            k => (1..k)
                .flat_map(|k| (0..rows[k].len()).map(move |j| (k, j)))
                .collect(),
        };
        let d = distance(case);
        let similarity = |x: &[f32], &(k, j): &(usize, usize)| d.similarity(d.between(x, &rows[k][j]));
        let s: Vec<Vec<f32>> = (rows[0].iter())
            .map(|x| candidates.iter().map(|y| similarity(x, y)).collect())
            .collect();
        let Some((value, by_similarity)) = ours(case, batch, &s) else {
            continue;
        };
        assert!(apart(&[value], &[Some(case.value)]) <= 1e-5, "{case}: {value}");

        let mut gradients: Vec<Array2<f64>> = rows
            .iter()
            .map(|x| Array2::zeros((x.len(), x[0].len())))
            .collect();
        for (i, g) in by_similarity.iter().enumerate() {
            for (&(k, j), &g) in candidates.iter().zip(g) {
                let (of_x, of_y) = d.gradient(&rows[0][i], &rows[k][j]);
                for (at, of) in [((0, i), of_x), ((k, j), of_y)] {
                    let mut sum = gradients[at.0].row_mut(at.1);
                    sum.iter_mut()
                        .zip(of)
                        .for_each(|(sum, x)| *sum -= f64::from(g * x));
                }
            }
        }
        for (got, expected) in gradients.iter().zip(&case.gradients) {
            let got: Vec<f64> = got.iter().copied().collect();
            let apart = apart(&got, expected);
            assert!(apart <= 1e-5, "{case}, {apart}: {got:?}, expected {expected:?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 71);
}
