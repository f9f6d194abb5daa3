//! One step of training: some input rows are asked about some output rows, and all of them are moved.
//!
//! Let the rows of `X`, shape `(u, d)`, be inputs and those of `Y`, shape `(o, d)`, outputs. Input `i` has been asked about
//! output `j` so many times, `allᵢⱼ`, and so many times the right answer was yes, `yesᵢⱼ`. With `σ(x) = 1/(1 + e⁻ˣ)` the loss
//! is the negative logarithm of the probability of all answers, and
//!
//! ```text
//!     L = − Σᵢⱼ  yesᵢⱼ ln σ(xᵢ·yⱼ) + (allᵢⱼ − yesᵢⱼ) ln σ(−xᵢ·yⱼ)
//!     ∂L/∂xᵢ = − Σⱼ gᵢⱼ yⱼ        ∂L/∂yⱼ = − Σᵢ gᵢⱼ xᵢ        gᵢⱼ = yesᵢⱼ − allᵢⱼ σ(xᵢ·yⱼ)
//! ```
//!
//! so a step is three small matrix products: the scores `X Yᵀ`, and the moves `α G Y` and `α Gᵀ X`. For a continuous bag of
//! words the inputs are means of words, `H = M X` with a row of `M` for each window, and the moves of a mean go to each of its
//! words.
//!
//! The original program works on two vectors at a time, and draws new noise for each pair. Nearly all of its time goes into
//! fetching rows: noise is drawn from the whole vocabulary and is never in the cache. Here some windows that follow each other
//! are one step, with the same noise for all of them (Ji, Satish, Li and Dubey 2016, "Parallelizing Word2Vec in Multi-Core and
//! Many-Core Architectures", share it in a window): each row is read and written once a step, and the products keep the
//! processor busy. The expected move is the same; the moves of one step do not see each other.

use super::super::shared::{LANES, Shared};
use super::products::{A, B, Lanes, add_products, moves, product, scores};

/// A window: which inputs are around, and which outputs they are asked about with which answer. Numbers of places in the
/// step.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) inputs: Vec<usize>,
    pub(super) outputs: Vec<(usize, bool)>,
}

/// What is asked in a step, and room to answer it. Kept from one step to the next.
#[derive(Default)]
pub(super) struct Step {
    inputs: Vec<u32>,
    outputs: Vec<u32>,
    x: Vec<Lanes>,
    y: Vec<Lanes>,
    moved: Vec<Lanes>,
    /// How often each input is asked about each output, and how often the answer is yes.
    all: Vec<f32>,
    yes: Vec<f32>,
    /// Scores, then what the rows are to be moved by.
    g: Vec<f32>,
    means: Vec<Lanes>,
    /// The shares of the inputs in each mean.
    shares: Vec<f32>,
}

impl Step {
    pub(super) fn clear(&mut self) {
        self.inputs.clear();
        self.outputs.clear();
    }

    /// Input row `id` takes part; its place in the step.
    pub(super) fn input(&mut self, id: u32) -> usize {
        place(&mut self.inputs, id)
    }

    /// Output row `id` takes part; its place in the step.
    pub(super) fn output(&mut self, id: u32) -> usize {
        place(&mut self.outputs, id)
    }

    /// Each word of a window is asked by itself (skip-gram).
    pub(super) fn each(&mut self, windows: &[Asked], inputs: &Shared, outputs: &Shared, alpha: f32) {
        let (u, o, columns) = self.begin(self.inputs.len());
        for window in windows {
            for &i in &window.inputs {
                let (all, yes) = (&mut self.all[i * columns..], &mut self.yes[i * columns..]);
                for &(j, answer) in &window.outputs {
                    all[j] += 1.0;
                    yes[j] += f32::from(u8::from(answer));
                }
            }
        }
        let n = outputs.stride() / LANES;
        read(inputs, &self.inputs, A, &mut self.x);
        read(outputs, &self.outputs, B, &mut self.y);
        scores(&self.x, &self.y, n, columns, &mut self.g);
        moves(&mut self.g, &self.all, &self.yes, alpha);
        add_products(
            &self.y[..o * n],
            &self.x,
            n,
            u,
            &self.g,
            (1, columns),
            &mut self.moved,
        );
        write(outputs, &self.outputs, &self.moved);
        add_products(
            &self.x[..u * n],
            &self.y,
            n,
            o,
            &self.g,
            (columns, 1),
            &mut self.moved,
        );
        write(inputs, &self.inputs, &self.moved);
    }

    /// The mean of a window is asked, and each of its words is moved by the whole of the mean's move, as in the original
    /// program (continuous bag of words).
    pub(super) fn means(&mut self, windows: &[Asked], inputs: &Shared, outputs: &Shared, alpha: f32) {
        let (u, o, columns) = self.begin(windows.len());
        let m = windows.len();
        self.shares.clear();
        self.shares.resize(m * u, 0.0);
        for (i, window) in windows.iter().enumerate() {
            let share = 1.0 / window.inputs.len() as f32;
            window
                .inputs
                .iter()
                .for_each(|&input| self.shares[i * u + input] += share);
            for &(j, answer) in &window.outputs {
                self.all[i * columns + j] += 1.0;
                self.yes[i * columns + j] += f32::from(u8::from(answer));
            }
        }
        let n = outputs.stride() / LANES;
        read(inputs, &self.inputs, 1, &mut self.x);
        read(outputs, &self.outputs, B, &mut self.y);
        self.means.clear();
        self.means.resize(m.next_multiple_of(A) * n, [0.0; LANES]);
        product(&self.x, n, u, &self.shares, (u, 1), &mut self.means[..m * n]);
        scores(&self.means, &self.y, n, columns, &mut self.g);
        moves(&mut self.g, &self.all, &self.yes, alpha);
        add_products(
            &self.y[..o * n],
            &self.means,
            n,
            m,
            &self.g,
            (1, columns),
            &mut self.moved,
        );
        write(outputs, &self.outputs, &self.moved);
        // The means' moves, and then each word's: as many times as it is in the window.
        product(&self.y, n, o, &self.g, (columns, 1), &mut self.means[..m * n]);
        for (window, shares) in windows.iter().zip(self.shares.chunks_exact_mut(u)) {
            shares
                .iter_mut()
                .for_each(|share| *share *= window.inputs.len() as f32);
        }
        add_products(
            &self.x[..u * n],
            &self.means,
            n,
            m,
            &self.shares,
            (1, u),
            &mut self.moved,
        );
        write(inputs, &self.inputs, &self.moved);
    }

    /// Makes room for `rows` that are asked: the numbers of inputs, of outputs, and of columns of the scores.
    fn begin(&mut self, rows: usize) -> (usize, usize, usize) {
        let columns = self.outputs.len().next_multiple_of(B);
        let size = rows.next_multiple_of(A) * columns;
        for counts in [&mut self.all, &mut self.yes] {
            counts.clear();
            counts.resize(size, 0.0);
        }
        (self.inputs.len(), self.outputs.len(), columns)
    }
}

/// The place of `id`, which is new if it is not there.
#[inline]
fn place(ids: &mut Vec<u32>, id: u32) -> usize {
    ids.iter().position(|&other| other == id).unwrap_or_else(|| {
        ids.push(id);
        ids.len() - 1
    })
}

/// Reads these rows, and fills up with zeros to a multiple of `of` rows.
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
    /// The inputs of a window, and the outputs with their answers.
    type Window<'a> = (&'a [u32], &'a [(u32, bool)]);

    /// The loss of these windows, by its definition.
    fn loss((x, y): Rows, windows: &[Window], mean: bool) -> f64 {
        let row = |m: &Array2<f32>, i: u32| m.row(i as usize).mapv(f64::from);
        let mut sum = 0.0;
        for (inputs, outputs) in windows {
            let of_one = |x: &ndarray::Array1<f64>| -> f64 {
                let term = |&(j, yes): &(u32, bool)| {
                    let score = x.dot(&row(y, j));
                    (1.0 + (if yes { -score } else { score }).exp()).ln()
                };
                outputs.iter().map(term).sum()
            };
            let rows = inputs.iter().map(|&i| row(x, i));
            sum += if mean {
                let n = inputs.len() as f64;
                // Each word is moved by the whole of the mean's move: n times its own share.
                n * of_one(&(rows.fold(ndarray::Array1::zeros(x.ncols()), |sum, row| sum + row) / n))
            } else {
                rows.map(|x| of_one(&x)).sum()
            };
        }
        sum
    }

    /// A step moves every number by −α times its derivative, measured by finite differences; with words that come twice.
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
                let (mut step, alpha) = (Step::default(), 0.01);
                let asked: Vec<Asked> = (windows.iter())
                    .map(|(inputs, outputs)| Asked {
                        inputs: inputs.iter().map(|&id| step.input(id)).collect(),
                        outputs: outputs.iter().map(|&(id, yes)| (step.output(id), yes)).collect(),
                    })
                    .collect();
                if mean {
                    step.means(&asked, &shared_x, &shared_y, alpha);
                } else {
                    step.each(&asked, &shared_x, &shared_y, alpha);
                }
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
                        // The outputs see each window once, also where the loss above counts its words.
                        let of_y = derivative(1, mean) / if mean { 3.0 } else { 1.0 };
                        for (new, old, derivative) in [(&new_x, &x, derivative(0, mean)), (&new_y, &y, of_y)]
                        {
                            let moved = f64::from(new[[i, j]] - old[[i, j]]);
                            let expected = -f64::from(alpha) * derivative;
                            // Moves are of the order of 1e-2; what finite differences leave is of second order in h.
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
