//! One step of training: a few input rows are scored against a few output rows, and all of them move.
//!
//! Let the rows of `X`, shape `(u, d)`, be inputs and those of `Y`, shape `(o, d)`, be outputs. Input `i` was
//! scored against output `j` `countᵢⱼ` times. In `positiveᵢⱼ` of these the output was the right one, and in
//! the others a negative sample. The loss is the sum of that of [negative
//! sampling](crate::loss::negative_sampling), where its gradient is derived:
//!
//! ```text
//!     L = − Σᵢⱼ  positiveᵢⱼ ln σ(xᵢ·yⱼ) + (countᵢⱼ − positiveᵢⱼ) ln σ(−xᵢ·yⱼ)
//!     ∂L/∂xᵢ = − Σⱼ gᵢⱼ yⱼ        ∂L/∂yⱼ = − Σᵢ gᵢⱼ xᵢ        gᵢⱼ = positiveᵢⱼ − countᵢⱼ σ(xᵢ·yⱼ)
//! ```
//!
//! So a step is three small matrix products: the scores `X Yᵀ`, and the updates `α G Y` and `α Gᵀ X` with the
//! learning rate `α`. For a continuous bag of words, the mean of a window's inputs stands for `X`. Each input
//! of the window then gets the whole update of the mean, as in the original program.
//!
//! The original program works on two vectors at a time, and draws new negative samples for each pair. Nearly
//! all of its time goes into fetching rows: negative samples come from the whole vocabulary, and are never in
//! the cache. Here a few neighbouring windows make one step and share their negative samples (Ji, Satish, Li
//! and Dubey 2016, "Parallelizing Word2Vec in Multi-Core and Many-Core Architectures", share them within a
//! window). Each row is read and written once a step, and the products keep the processor busy. The expected
//! update is the same; but the updates within a step do not see each other.

use super::super::shared::{LANES, Shared};
use super::by_mean;
use super::examples::Examples;
use super::products::{A, B, Lanes, add_products, gradients, scores};
use crate::loss::negative_sampling;

/// The loss is measured in one of this many steps.
const LOSS_EVERY: u64 = 64;

/// The summed loss of some targets.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Loss {
    pub(super) sum: f64,
    pub(super) targets: f64,
}

impl Loss {
    /// Adds a target with this score, scored `count` times; in `positive` of these it is the right one.
    fn add(&mut self, score: f32, count: f32, positive: f32) {
        if count > 0.0 {
            self.sum += f64::from(count * negative_sampling(score, positive / count));
            self.targets += f64::from(count);
        }
    }
}

/// Stochastic gradient descent, one step after the other. The examples of the next step are written while the
/// rows of the last one are on their way from memory. Otherwise a thread would wait for them a quarter of its
/// time.
pub(crate) struct Sgd<'a> {
    input: &'a Shared,
    output: &'a Shared,
    /// Whether a window is scored by the mean of its inputs, and not input by input.
    by_mean: bool,
    pub(super) learning_rate: f32,
    next: Examples,
    ready: Examples,
    workspace: Workspace,
    n_steps: u64,
    pub(super) loss: Loss,
}

impl<'a> Sgd<'a> {
    pub(crate) fn new(input: &'a Shared, output: &'a Shared, by_mean: bool) -> Self {
        Self {
            input,
            output,
            by_mean,
            learning_rate: 0.0,
            next: Examples::default(),
            ready: Examples::default(),
            workspace: Workspace::default(),
            n_steps: 0,
            loss: Loss::default(),
        }
    }

    /// The examples of the next step, to be written.
    #[inline]
    pub(crate) fn examples(&mut self) -> &mut Examples {
        &mut self.next
    }

    /// Called when the examples are written: fetches their rows, and meanwhile takes the step before.
    pub(crate) fn step(&mut self) {
        self.next.learning_rate = self.learning_rate;
        if self.next.n_windows() > 0 {
            self.next
                .inputs
                .ids
                .iter()
                .for_each(|&id| self.input.prefetch(id));
            self.next
                .outputs
                .ids
                .iter()
                .for_each(|&id| self.output.prefetch(id));
            self.finish();
            std::mem::swap(&mut self.next, &mut self.ready);
        }
        self.next.clear();
    }

    /// Takes the step that is still waiting.
    pub(crate) fn finish(&mut self) {
        if self.ready.n_windows() == 0 {
            return;
        }
        let loss = self.n_steps.is_multiple_of(LOSS_EVERY).then_some(&mut self.loss);
        self.n_steps += 1;
        if self.by_mean {
            self.workspace
                .step_by_means(&self.ready, self.input, self.output, loss);
        } else {
            self.workspace
                .step_by_inputs(&self.ready, self.input, self.output, loss);
        }
        self.ready.clear();
    }
}

/// Memory for the numbers of a step.
#[derive(Default)]
struct Workspace {
    x: Vec<Lanes>,
    y: Vec<Lanes>,
    updated: Vec<Lanes>,
    /// How often each input is scored against each output, and how often that output is the right one.
    count: Vec<f32>,
    positive: Vec<f32>,
    /// Scores, then G times the learning rate.
    g: Vec<f32>,
    means: Vec<Lanes>,
}

impl Workspace {
    /// Skip-gram: each input of a window is scored by itself.
    fn step_by_inputs(
        &mut self,
        examples: &Examples,
        input: &Shared,
        output: &Shared,
        loss: Option<&mut Loss>,
    ) {
        let (u, o) = (examples.inputs.ids.len(), examples.outputs.ids.len());
        let columns = self.begin(u, o);
        for (inputs, targets) in examples.windows() {
            for &i in inputs {
                let count = &mut self.count[i * columns..];
                let positive = &mut self.positive[i * columns..];
                for target in targets {
                    count[target.slot] += target.count;
                    positive[target.slot] += target.positive;
                }
            }
        }
        let n = output.stride() / LANES;
        read(input, &examples.inputs.ids, A, &mut self.x);
        read(output, &examples.outputs.ids, B, &mut self.y);
        scores(&self.x, &self.y, n, columns, &mut self.g);
        if let Some(loss) = loss {
            for ((score, count), positive) in self.g.iter().zip(&self.count).zip(&self.positive) {
                loss.add(*score, *count, *positive);
            }
        }
        gradients(&mut self.g, &self.count, &self.positive, examples.learning_rate);
        let (x, y) = (&self.x[..u * n], &self.y[..o * n]);
        add_products(y, x, n, u, &self.g, (1, columns), &mut self.updated);
        write(output, &examples.outputs.ids, &self.updated);
        add_products(x, y, n, o, &self.g, (columns, 1), &mut self.updated);
        write(input, &examples.inputs.ids, &self.updated);
    }

    /// Continuous bag of words: the mean of a window is scored.
    fn step_by_means(
        &mut self,
        examples: &Examples,
        input: &Shared,
        output: &Shared,
        loss: Option<&mut Loss>,
    ) {
        let (m, n) = (examples.n_windows(), output.stride() / LANES);
        read(input, &examples.inputs.ids, 1, &mut self.x);
        read(output, &examples.outputs.ids, 1, &mut self.y);
        for rows in [&mut self.means, &mut self.updated] {
            rows.resize(m * n, [0.0; LANES]);
        }
        by_mean::scores(&self.x, &self.y, n, examples, &mut self.means, &mut self.g);
        if let Some(loss) = loss {
            for (score, target) in self.g.iter().zip(examples.targets()) {
                loss.add(*score, target.count, target.positive);
            }
        }
        by_mean::gradients(&mut self.g, examples);
        by_mean::updates(&self.means, &self.g, n, examples, &mut self.y, &mut self.updated);
        by_mean::update_inputs(&self.updated, n, examples, &mut self.x);
        write(input, &examples.inputs.ids, &self.x);
        write(output, &examples.outputs.ids, &self.y);
    }

    /// Makes room for the scores of `rows` inputs against `o` outputs; returns the number of columns.
    fn begin(&mut self, rows: usize, o: usize) -> usize {
        let columns = o.next_multiple_of(B);
        let size = rows.next_multiple_of(A) * columns;
        for counts in [&mut self.count, &mut self.positive] {
            counts.clear();
            counts.resize(size, 0.0);
        }
        columns
    }
}

/// Reads these rows, and pads them with rows of zeros to a multiple of `of`.
#[inline]
fn read(from: &Shared, ids: &[u32], of: usize, to: &mut Vec<Lanes>) {
    let n = from.stride() / LANES;
    to.resize(ids.len().next_multiple_of(of) * n, [0.0; LANES]);
    to[ids.len() * n..].fill([0.0; LANES]);
    for (row, &id) in to.chunks_exact_mut(n).zip(ids) {
        from.read(id, row.as_flattened_mut());
    }
}

/// Writes these rows.
#[inline]
fn write(to: &Shared, ids: &[u32], from: &[Lanes]) {
    let n = to.stride() / LANES;
    for (row, &id) in from.chunks_exact(n).zip(ids) {
        to.write(id, row.as_flattened());
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::Rng as _;

    use super::*;

    type Rows<'a> = (&'a Array2<f32>, &'a Array2<f32>);
    /// The inputs of a window, and its outputs with their labels.
    type Window<'a> = (&'a [u32], &'a [(u32, bool)]);

    /// The loss of these windows, by its definition.
    fn loss((x, y): Rows, windows: &[Window], mean: bool) -> f64 {
        let row = |m: &Array2<f32>, i: u32| m.row(i as usize).mapv(f64::from);
        let mut sum = 0.0;
        for (inputs, outputs) in windows {
            let of_one = |x: &ndarray::Array1<f64>| -> f64 {
                let term = |&(j, positive): &(u32, bool)| {
                    let score = x.dot(&row(y, j));
                    (1.0 + (if positive { -score } else { score }).exp()).ln()
                };
                outputs.iter().map(term).sum()
            };
            let rows = inputs.iter().map(|&i| row(x, i));
            sum += if mean {
                let n = inputs.len() as f64;
                // Each input gets the whole update of the mean: n times its own share.
                n * of_one(&(rows.fold(ndarray::Array1::zeros(x.ncols()), |sum, row| sum + row) / n))
            } else {
                rows.map(|x| of_one(&x)).sum()
            };
        }
        sum
    }

    /// A step moves every number by −α times its derivative, measured by finite differences. Some words occur
    /// twice.
    #[test]
    fn a_step_goes_down_the_gradient() {
        let mut rng = crate::rng::seeded(3);
        let windows: [Window; 2] = [
            (&[1, 4, 1], &[(2, true), (5, false), (0, false), (5, false)]),
            (&[4, 0, 3], &[(1, true), (5, false), (0, false)]),
        ];
        for d in [3, 16, 20] {
            let mut random = || Array2::from_shape_fn((6, d), |_| rng.random_range(-1.0_f32..1.0));
            let (x, y) = (random(), random());
            for mean in [false, true] {
                let (shared_x, shared_y) = (Shared::of(&x), Shared::of(&y));
                let learning_rate = 0.01;
                let mut sgd = Sgd::new(&shared_x, &shared_y, mean);
                sgd.learning_rate = learning_rate;
                for (inputs, outputs) in windows {
                    let examples = sgd.examples();
                    for &id in inputs {
                        let slot = examples.input(id);
                        examples.add_input(slot);
                    }
                    for &(id, positive) in outputs {
                        let slot = examples.output(id);
                        examples.add_target(slot, 1.0, f32::from(u8::from(positive)));
                    }
                    examples.end_window();
                }
                sgd.step();
                assert_eq!(shared_x.matrix(), x, "a step waits until the next one is written");
                sgd.finish();
                let measured = sgd.loss;
                let expected: f64 = windows
                    .iter()
                    .map(|(inputs, outputs)| {
                        let n = if mean { inputs.len() as f64 } else { 1.0 };
                        loss((&x, &y), &[(inputs, outputs)], mean) / n
                    })
                    .sum();
                assert!(
                    (measured.sum - expected).abs() < 1e-4,
                    "{} {expected}",
                    measured.sum
                );
                assert_eq!(measured.targets, if mean { 7.0 } else { 21.0 });
                let (new_x, new_y) = (shared_x.matrix(), shared_y.matrix());
                let h = 1e-2;
                for i in 0..6 {
                    for j in 0..d {
                        let derivative = |which: usize, mean_as: bool| {
                            let at = |by: f32| {
                                let (mut x, mut y) = (x.clone(), y.clone());
                                [&mut x, &mut y][which][[i, j]] += by;
                                loss((&x, &y), &windows, mean_as)
                            };
                            (at(h) - at(-h)) / (2.0 * f64::from(h))
                        };
                        // The outputs see each window once, even where the loss above counts its words.
                        let of_y = derivative(1, mean) / if mean { 3.0 } else { 1.0 };
                        for (new, old, derivative) in [(&new_x, &x, derivative(0, mean)), (&new_y, &y, of_y)]
                        {
                            let moved = f64::from(new[[i, j]] - old[[i, j]]);
                            let expected = -f64::from(learning_rate) * derivative;
                            // Updates are of the order of 1e-2; the error of finite differences is of second
                            // order in h.
                            assert!(
                                (moved - expected).abs() < 5e-6,
                                "{d} {mean} {i} {j}: {moved} {expected}"
                            );
                        }
                    }
                }
            }
        }
    }
}
