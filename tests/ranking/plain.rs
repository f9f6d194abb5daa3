//! The losses on plain numbers, chained by hand with the gradients of the distances, where a loss is a sum
//! over pairs or triplets.

use course::loss::{
    Distance, MultiSimilarity, angle_similarity, angle_similarity_gradient, contrastive,
    contrastive_gradient, cosent, cosent_gradient, margin_mse, margin_mse_gradient, multi_similarity,
    multi_similarity_gradient, online_contrastive, online_contrastive_gradient, pair_loss,
    pair_loss_gradient, soft_triplet, soft_triplet_gradient, triplet, triplet_gradient,
};
use ndarray::Array2;

use super::losses::{Case, peer};
use super::{Batch, apart};

/// A value, and the gradient by each input.
struct Ours {
    value: f64,
    gradients: Vec<Array2<f64>>,
}

impl Ours {
    fn new(inputs: &[Array2<f32>]) -> Self {
        let zeros = |x: &Array2<f32>| Array2::zeros(x.dim());
        Self {
            value: 0.0,
            gradients: inputs.iter().map(zeros).collect(),
        }
    }

    fn add(&mut self, input: usize, row: usize, by: f64, gradient: &[f32]) {
        let mut sum = self.gradients[input].row_mut(row);
        for (sum, g) in sum.iter_mut().zip(gradient) {
            *sum += by * f64::from(*g);
        }
    }
}

fn row(x: &Array2<f32>, i: usize) -> Vec<f32> {
    x.row(i).to_vec()
}

/// A loss with the gradient by each distance: the mean over rows of `inputs[0]` against `inputs[1..]`.
fn by_row(inputs: &[Array2<f32>], d: Distance, loss: impl Fn(usize, &[f32]) -> (f32, Vec<f32>)) -> Ours {
    let mut ours = Ours::new(inputs);
    let n = inputs[0].nrows();
    for i in 0..n {
        let anchor = row(&inputs[0], i);
        let others: Vec<Vec<f32>> = inputs[1..].iter().map(|x| row(x, i)).collect();
        let distances: Vec<f32> = others.iter().map(|x| d.between(&anchor, x)).collect();
        let (value, gradient) = loss(i, &distances);
        ours.value += f64::from(value) / n as f64;
        for (k, (x, g)) in others.iter().zip(gradient).enumerate() {
            let (of_anchor, of_x) = d.gradient(&anchor, x);
            let by = f64::from(g) / n as f64;
            ours.add(0, i, by, &of_anchor);
            ours.add(k + 1, i, by, &of_x);
        }
    }
    ours
}

/// Similarities of pairs and their gradients, put into CoSENT.
fn graded(
    inputs: &[Array2<f32>],
    batch: &Batch,
    scale: f32,
    similarity: impl Fn(&[f32], &[f32]) -> (f32, (Vec<f32>, Vec<f32>)),
) -> Ours {
    let mut ours = Ours::new(inputs);
    let grades: Vec<f32> = batch.labels.iter().map(|&x| x as f32).collect();
    let pairs: Vec<_> = (0..grades.len())
        .map(|i| similarity(&row(&inputs[0], i), &row(&inputs[1], i)))
        .collect();
    let similarities: Vec<f32> = pairs.iter().map(|(s, _)| *s).collect();
    ours.value = f64::from(cosent(&similarities, &grades, scale).expect("a loss"));
    let gradient = cosent_gradient(&similarities, &grades, scale).expect("a gradient");
    for (i, (g, (_, (of_x, of_y)))) in gradient.into_iter().zip(&pairs).enumerate() {
        ours.add(0, i, f64::from(g), of_x);
        ours.add(1, i, f64::from(g), of_y);
    }
    ours
}

fn multi(inputs: &[Array2<f32>], batch: &Batch, options: &MultiSimilarity) -> Ours {
    let (x, labels) = (&inputs[0], batch.classes());
    let mut ours = Ours::new(inputs);
    let n = labels.len();
    for i in 0..n {
        let others = |positive: bool| -> Vec<usize> {
            let belongs = |&j: &usize| j != i && (labels[j] == labels[i]) == positive;
            (0..n).filter(belongs).collect()
        };
        let similarity = |&j: &usize| 1.0 - Distance::Cosine.between(&row(x, i), &row(x, j));
        let rows = [others(true), others(false)];
        let [p, n_] = [0, 1].map(|k| rows[k].iter().map(similarity).collect::<Vec<f32>>());
        ours.value += f64::from(multi_similarity(&p, &n_, options).expect("a loss")) / n as f64;
        let gradients = multi_similarity_gradient(&p, &n_, options).expect("a gradient");
        for (j, g) in rows
            .concat()
            .into_iter()
            .zip(gradients.0.iter().chain(&gradients.1))
        {
            let (of_i, of_j) = Distance::Cosine.gradient(&row(x, i), &row(x, j));
            ours.add(0, i, f64::from(-g) / n as f64, &of_i);
            ours.add(0, j, f64::from(-g) / n as f64, &of_j);
        }
    }
    ours
}

/// None if the loss has no plain form that is a sum over rows.
fn ours(case: &Case, batch: &Batch) -> Option<Ours> {
    let inputs: Vec<Array2<f32>> = batch.vectors.iter().map(|x| x.rows()).collect();
    let margin = || case.options.number("margin") as f32;
    let scale = || case.options.number("scale") as f32;
    let positive = |i: usize| batch.labels[i] > 0.5;
    Some(match case.loss.as_str() {
        "pair" => by_row(&inputs, case.options.distance(), |i, d| {
            let gradient = pair_loss_gradient(d[0], positive(i), margin());
            (pair_loss(d[0], positive(i), margin()), vec![gradient])
        }),
        "hadsell" => by_row(&inputs, case.options.distance(), |i, d| {
            let gradient = contrastive_gradient(d[0], positive(i), margin());
            (contrastive(d[0], positive(i), margin()), vec![gradient])
        }),
        "triplets" => by_row(&inputs, case.options.distance(), |_, d| {
            let gradient = triplet_gradient(d[0], d[1], margin());
            (triplet(d[0], d[1], margin()), vec![gradient.0, gradient.1])
        }),
        "soft triplets" => by_row(&inputs, case.options.distance(), |_, d| {
            let gradient = soft_triplet_gradient(d[0], d[1]);
            (soft_triplet(d[0], d[1]), vec![gradient.0, gradient.1])
        }),
        "margin-MSE" => {
            let d = match case.options.text("similarity") {
                "dot" => Distance::Dot,
                _ => Distance::Cosine,
            };
            let teacher: Vec<(f32, f32)> = case.options.list("scores");
            by_row(&inputs, d, |i, distances| {
                let student = (d.similarity(distances[0]), d.similarity(distances[1]));
                let gradient = margin_mse_gradient(student, teacher[i]);
                // A similarity is a distance with the sign turned.
                (margin_mse(student, teacher[i]), vec![-gradient.0, -gradient.1])
            })
        }
        "cosent" => graded(&inputs, batch, scale(), |x, y| {
            let turned = |g: Vec<f32>| g.into_iter().map(|g| -g).collect();
            let (of_x, of_y) = Distance::Cosine.gradient(x, y);
            (1.0 - Distance::Cosine.between(x, y), (turned(of_x), turned(of_y)))
        }),
        "angle" => graded(&inputs, batch, scale(), |x, y| {
            let gradient = angle_similarity_gradient(x, y).expect("a gradient");
            (angle_similarity(x, y).expect("a similarity"), gradient)
        }),
        "multi-similarity" => multi(&inputs, batch, &MultiSimilarity::default()),
        "online" => online(&inputs, batch, case.options.distance(), margin()),
        _ => return None,
    })
}

/// Which pairs are hard, all pairs say together.
fn online(inputs: &[Array2<f32>], batch: &Batch, d: Distance, margin: f32) -> Ours {
    let positive: Vec<bool> = batch.labels.iter().map(|&label| label == 1.0).collect();
    let distances: Vec<f32> = (0..positive.len())
        .map(|i| d.between(&row(&inputs[0], i), &row(&inputs[1], i)))
        .collect();
    let mut ours = Ours::new(inputs);
    ours.value = f64::from(online_contrastive(&distances, &positive, margin).expect("a loss"));
    let gradient = online_contrastive_gradient(&distances, &positive, margin).expect("a gradient");
    for (i, g) in gradient.into_iter().enumerate() {
        let (of_x, of_y) = d.gradient(&row(&inputs[0], i), &row(&inputs[1], i));
        ours.add(0, i, f64::from(g), &of_x);
        ours.add(1, i, f64::from(g), &of_y);
    }
    ours
}

#[test]
fn plain_losses_are_those_of_others_to_the_gradients() {
    let peer = peer();
    let mut compared = 0;
    for case in &peer.cases {
        let batch = &peer.batches[&case.kind][&case.batch];
        let Some(ours) = ours(case, batch) else { continue };
        if case.loss == "online" && case.batch.ends_with("only") {
            // With one kind alone theirs compares with the mean of that kind, ours with nothing.
            assert_eq!(ours.value, 0.0, "{case}");
            continue;
        }
        let what = case.to_string();
        assert!(
            apart(&[ours.value], &[Some(case.value)]) <= 1e-5,
            "{what}: {}",
            ours.value
        );
        for (got, expected) in ours.gradients.iter().zip(&case.gradients) {
            let got: Vec<f64> = got.iter().copied().collect();
            let apart = apart(&got, expected);
            assert!(apart <= 1e-5, "{what}, {apart}: {got:?}");
        }
        compared += 1;
    }
    assert_eq!(compared, 118);
}
