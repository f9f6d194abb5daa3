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
//! so a step is three small matrix products: the scores `X Yᵀ`, and the moves `α G Y` and `α Gᵀ X`. Where a window is asked as a
//! whole, by the mean of its inputs, as for a continuous bag of words, the means stand for `X`, and each input of a window is
//! moved by the whole of its mean's move, as in the original program.
//!
//! The original program works on two vectors at a time, and draws new noise for each pair. Nearly all of its time goes into
//! fetching rows: noise is drawn from the whole vocabulary and is never in the cache. Here some windows that follow each other
//! are one step, with the same noise for all of them (Ji, Satish, Li and Dubey 2016, "Parallelizing Word2Vec in Multi-Core and
//! Many-Core Architectures", share it in a window): each row is read and written once a step, and the products keep the
//! processor busy. The expected move is the same; the moves of one step do not see each other.

use super::super::shared::{LANES, Shared};
use super::by_mean;
use super::products::{A, B, Lanes, add_products, moves, scores};
use super::questions::Questions;

/// Of so many steps one has its loss measured.
const LOSS_EVERY: u64 = 64;

/// The loss of some questions: see above.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Loss {
    pub(super) sum: f64,
    pub(super) questions: f64,
}

impl Loss {
    /// The answer is `p`, `all` times, and `yes` times it is right.
    fn add(&mut self, p: f32, all: f32, yes: f32) {
        let p = f64::from(p).clamp(1e-9, 1.0 - 1e-9);
        self.sum -= f64::from(yes) * p.ln() + f64::from(all - yes) * (1.0 - p).ln();
        self.questions += f64::from(all);
    }
}

/// Takes one step after the other. The questions of the next one are written while the rows of the last are on their way from
/// memory: a thread of its own would otherwise wait for them a quarter of its time.
pub(crate) struct Stepper<'a> {
    input: &'a Shared,
    output: &'a Shared,
    /// Whether a window is asked by the mean of its inputs, and not each input by itself.
    by_mean: bool,
    pub(super) alpha: f32,
    next: Questions,
    ready: Questions,
    room: Room,
    n: u64,
    pub(super) loss: Loss,
}

impl<'a> Stepper<'a> {
    pub(crate) fn new(input: &'a Shared, output: &'a Shared, by_mean: bool) -> Self {
        Self {
            input,
            output,
            by_mean,
            alpha: 0.0,
            next: Questions::default(),
            ready: Questions::default(),
            room: Room::default(),
            n: 0,
            loss: Loss::default(),
        }
    }

    /// The questions of the next step, to be written.
    #[inline]
    pub(crate) fn questions(&mut self) -> &mut Questions {
        &mut self.next
    }

    /// The questions are written.
    pub(crate) fn go(&mut self) {
        self.next.alpha = self.alpha;
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

    /// Takes the step whose questions wait.
    pub(crate) fn finish(&mut self) {
        if self.ready.n_windows() == 0 {
            return;
        }
        let loss = self.n.is_multiple_of(LOSS_EVERY).then_some(&mut self.loss);
        self.n += 1;
        if self.by_mean {
            self.room.means(&self.ready, self.input, self.output, loss);
        } else {
            self.room.each(&self.ready, self.input, self.output, loss);
        }
        self.ready.clear();
    }
}

/// Room to answer the questions of a step.
#[derive(Default)]
struct Room {
    x: Vec<Lanes>,
    y: Vec<Lanes>,
    moved: Vec<Lanes>,
    /// How often each input is asked about each output, and how often the answer is yes.
    all: Vec<f32>,
    yes: Vec<f32>,
    /// Scores, then what the rows are to be moved by.
    g: Vec<f32>,
    means: Vec<Lanes>,
}

impl Room {
    /// Each input of a window is asked by itself (skip-gram).
    fn each(&mut self, asks: &Questions, input: &Shared, output: &Shared, loss: Option<&mut Loss>) {
        let (u, o) = (asks.inputs.ids.len(), asks.outputs.ids.len());
        let columns = self.begin(u, o);
        for (around, asked) in asks.windows() {
            for &i in around {
                let (all, yes) = (&mut self.all[i * columns..], &mut self.yes[i * columns..]);
                for asked in asked {
                    all[asked.place] += asked.all;
                    yes[asked.place] += asked.yes;
                }
            }
        }
        let n = output.stride() / LANES;
        read(input, &asks.inputs.ids, A, &mut self.x);
        read(output, &asks.outputs.ids, B, &mut self.y);
        scores(&self.x, &self.y, n, columns, &mut self.g);
        if let Some(loss) = loss {
            for ((p, all), yes) in self.g.iter().zip(&self.all).zip(&self.yes) {
                loss.add(*p, *all, *yes);
            }
        }
        moves(&mut self.g, &self.all, &self.yes, asks.alpha);
        let (x, y) = (&self.x[..u * n], &self.y[..o * n]);
        add_products(y, x, n, u, &self.g, (1, columns), &mut self.moved);
        write(output, &asks.outputs.ids, &self.moved);
        add_products(x, y, n, o, &self.g, (columns, 1), &mut self.moved);
        write(input, &asks.inputs.ids, &self.moved);
    }

    /// The mean of a window is asked (continuous bag of words).
    fn means(&mut self, asks: &Questions, input: &Shared, output: &Shared, loss: Option<&mut Loss>) {
        let (m, n) = (asks.n_windows(), output.stride() / LANES);
        read(input, &asks.inputs.ids, 1, &mut self.x);
        read(output, &asks.outputs.ids, 1, &mut self.y);
        for rows in [&mut self.means, &mut self.moved] {
            rows.resize(m * n, [0.0; LANES]);
        }
        by_mean::answers(&self.x, &self.y, n, asks, &mut self.means, &mut self.g);
        if let Some(loss) = loss {
            for (p, asked) in self.g.iter().zip(asks.asked()) {
                loss.add(*p, asked.all, asked.yes);
            }
        }
        by_mean::errors(&mut self.g, asks);
        by_mean::moves(&self.means, &self.g, n, asks, &mut self.y, &mut self.moved);
        by_mean::spread(&self.moved, n, asks, &mut self.x);
        write(input, &asks.inputs.ids, &self.x);
        write(output, &asks.outputs.ids, &self.y);
    }

    /// Makes room for `rows` that are asked about `o` outputs; the number of columns of the scores.
    fn begin(&mut self, rows: usize, o: usize) -> usize {
        let columns = o.next_multiple_of(B);
        let size = rows.next_multiple_of(A) * columns;
        for counts in [&mut self.all, &mut self.yes] {
            counts.clear();
            counts.resize(size, 0.0);
        }
        columns
    }
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
                let alpha = 0.01;
                let mut stepper = Stepper::new(&shared_x, &shared_y, mean);
                stepper.alpha = alpha;
                for (inputs, outputs) in windows {
                    let questions = stepper.questions();
                    for &id in inputs {
                        let place = questions.input(id);
                        questions.around(place);
                    }
                    for &(id, yes) in outputs {
                        let place = questions.output(id);
                        questions.ask(place, 1.0, f32::from(u8::from(yes)));
                    }
                    questions.end_window();
                }
                stepper.go();
                assert_eq!(shared_x.matrix(), x, "the questions wait for the next ones");
                stepper.finish();
                let measured = stepper.loss;
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
                assert_eq!(measured.questions, if mean { 7.0 } else { 21.0 });
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
