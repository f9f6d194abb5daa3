//! To watch a loss at work: a small network turns rows of numbers, such as pictures, into vectors, learns by any
//! loss on vectors and labels, and shows where the rows that it did not learn from lie at some moments.
//!
//! ```text
//!     z = W₂ max(0, W₁ x + b₁) + b₂          x (n, inputs), z (n, dimension)
//! ```
//!
//! Every fourth row is held out. A batch has the same number of rows of each class, as losses with positives
//! need them: of 60 rows drawn at random some would have no partner. The optimiser is Adam, and the learning
//! rate falls to a tenth.
//!
//! In the plane, the vectors are the picture: [`film`](crate::plot::film) shows [`Watched::frames`].

use std::cell::RefCell;
use std::fmt;

use ndarray::{Array2, ArrayView2, Axis};
use rand::seq::index::sample;

use crate::nn::{DType, Device, Init, Linear, Parameters, Tensor};
use crate::plot::{Column, Table};
use crate::rng::seeded;
use crate::train::{Along, Training};
use crate::{Error, Result};

/// One row in so many is held out.
const HELD_OUT: usize = 4;

/// How a loss is watched.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// How many numbers a vector has.
    pub dimension: usize,
    /// How many numbers the hidden layer has.
    pub hidden: usize,
    /// Whether each vector is divided by its length: in the plane, whether all are on a circle.
    pub unit: bool,
    /// Steps of the optimiser.
    pub steps: usize,
    /// Rows of each class in a batch.
    pub per_class: usize,
    /// Adam's learning rate at the start.
    pub learning_rate: f64,
    /// Fixes the network at the start, and all batches.
    pub seed: u64,
    /// The steps before which the vectors are looked at, besides the end; ascending.
    pub moments: Vec<usize>,
}

crate::plot::shown_as_record!(Watch);

impl Default for Watch {
    /// The plane; 400 steps with 6 rows of each class; looked at after 0, 10, 30, 100 and 400 of them.
    fn default() -> Self {
        Self {
            dimension: 2,
            hidden: 64,
            unit: false,
            steps: 400,
            per_class: 6,
            learning_rate: 0.01,
            seed: 1,
            moments: vec![0, 10, 30, 100],
        }
    }
}

/// The vectors of the held-out rows after some steps.
#[derive(Clone, PartialEq)]
pub struct Moment {
    /// Steps done.
    pub step: usize,
    /// The loss of the batch that came next; at the end, of one more batch.
    pub loss: f64,
    /// Shape `(held out, dimension)`.
    pub vectors: Array2<f32>,
}

/// What was seen of a loss.
#[derive(Clone, PartialEq)]
pub struct Watched {
    /// From the start to the end.
    pub moments: Vec<Moment>,
    /// The labels of the held-out rows.
    pub labels: Vec<u32>,
    /// The loss of the batch of each step.
    pub losses: Vec<f64>,
}

/// A loss on the vectors of a batch, `(n, dimension)`, and their labels: a tensor of one number.
pub type OnBatch<'a> = &'a dyn Fn(&Tensor, &[u32]) -> Result<Tensor>;

impl Watch {
    /// Learns from the rows of `x`, shape `(n, inputs)`, and their labels.
    ///
    /// # Errors
    /// There are not as many labels as rows, a class has fewer rows to learn from than a batch takes, an option
    /// is out of range, and errors of the loss.
    ///
    /// ```
    /// use course::contrast::Watch;
    /// use course::loss::Distance;
    /// use course::loss::tensors::distances;
    /// // Two classes, and a loss that only pulls: all pairs of a batch become near.
    /// let x = ndarray::Array2::from_shape_fn((40, 3), |(i, j)| ((i * (j + 2)) as f32).sin());
    /// let labels: Vec<u32> = (0..40).map(|i| i / 20).collect();
    /// let watch = Watch { steps: 60, ..Watch::default() };
    /// let pulled = watch.learn(&x, &labels, &|z, _| Ok(distances(z, z, Distance::SquaredEuclidean)?.mean_all()?))?;
    /// assert!(pulled.last().loss < 0.01 * pulled.moments[0].loss);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn learn(&self, x: &Array2<f32>, labels: &[u32], loss: OnBatch) -> Result<Watched> {
        if labels.len() != x.nrows() {
            let expected = format!("{}, one for each row", x.nrows());
            return Err(Error::shape("the labels", expected, labels.len().to_string()));
        }
        let (held_out, seen): (Vec<usize>, Vec<usize>) =
            (0..x.nrows()).partition(|i| i % HELD_OUT == HELD_OUT - 1);
        let classes = self.classes(&seen, labels)?;
        let device = Device::Cpu;
        let mut parameters = Parameters::new(DType::F32, &device);
        let rng = &mut seeded(self.seed);
        let up = Linear::new(parameters.scope("up"), x.ncols(), self.hidden, Init::FanIn, rng)?;
        let down = Linear::new(
            parameters.scope("down"),
            self.hidden,
            self.dimension,
            Init::FanIn,
            rng,
        )?;
        let vectors = |rows: &[usize]| -> Result<Tensor> {
            let x = x.select(Axis(0), rows);
            let x = Tensor::from_iter(x.iter().copied(), &device)?.reshape(x.dim())?;
            let z = down.forward(&up.forward(&x)?.relu()?)?;
            if self.unit { of_length_1(&z) } else { Ok(z) }
        };
        let of_batch = |rng: &mut crate::rng::Rng| -> Result<Tensor> {
            let drawn = |rows: &Vec<usize>| -> Vec<usize> {
                sample(rng, rows.len(), self.per_class)
                    .into_iter()
                    .map(|i| rows[i])
                    .collect()
            };
            let rows: Vec<usize> = classes.iter().flat_map(drawn).collect();
            let of_rows: Vec<u32> = rows.iter().map(|&i| labels[i]).collect();
            loss(&vectors(&rows)?, &of_rows)
        };
        let seen_so_far = RefCell::new((Vec::new(), Vec::new()));
        let look = |step: usize, loss: f64| -> Result<Moment> {
            let rows = vectors(&held_out)?.to_vec2::<f32>()?;
            let vectors = Array2::from_shape_fn((held_out.len(), self.dimension), |(i, j)| rows[i][j]);
            Ok(Moment { step, loss, vectors })
        };
        let number = |loss: &Tensor| -> Result<f64> { Ok(f64::from(loss.to_scalar::<f32>()?)) };
        let training = Training {
            epochs: 1,
            batch: 1,
            learning_rate: self.learning_rate,
            seed: self.seed,
            ..Training::default()
        };
        training.fit(&parameters, self.steps, Along::default(), &|_, rng| {
            let loss = of_batch(rng)?;
            let (moments, losses) = &mut *seen_so_far.borrow_mut();
            if self.moments.contains(&losses.len()) {
                moments.push(look(losses.len(), number(&loss)?)?);
            }
            losses.push(number(&loss)?);
            Ok(loss)
        })?;
        let (mut moments, losses) = seen_so_far.into_inner();
        moments.push(look(self.steps, number(&of_batch(rng)?)?)?);
        let labels = held_out.iter().map(|&i| labels[i]).collect();
        Ok(Watched {
            moments,
            labels,
            losses,
        })
    }

    /// The rows of each class to learn from, in the order of the labels.
    fn classes(&self, seen: &[usize], labels: &[u32]) -> Result<Vec<Vec<usize>>> {
        let mut classes = std::collections::BTreeMap::<u32, Vec<usize>>::new();
        for &i in seen {
            classes.entry(labels[i]).or_default().push(i);
        }
        for (what, n) in [
            ("the dimension", self.dimension),
            ("the hidden layer", self.hidden),
            ("the rows of each class", self.per_class),
        ] {
            if n == 0 {
                return Err(Error::value(what, "1 or more", "0"));
            }
        }
        if let Some((label, rows)) = classes.iter().find(|(_, rows)| rows.len() < self.per_class) {
            let what = format!("class {label}");
            let expected = format!("{} rows to learn from", self.per_class);
            return Err(Error::value(what, expected, rows.len().to_string()));
        }
        Ok(classes.into_values().collect())
    }
}

impl Watched {
    /// The end.
    pub fn last(&self) -> &Moment {
        // There is one at the end of each training.
        &self.moments[self.moments.len() - 1]
    }

    /// The share of held-out rows whose nearest other held-out row has the same label, at the end: the recall
    /// at 1. Of equally near rows the first one counts.
    pub fn accuracy(&self) -> f64 {
        let vectors = self.last().vectors.view();
        let right = (0..vectors.nrows()).filter(|&i| {
            let nearest = (0..vectors.nrows())
                .filter(|&j| j != i)
                .min_by(|&j, &k| distance(vectors, i, j).total_cmp(&distance(vectors, i, k)));
            nearest.is_some_and(|j| self.labels[i] == self.labels[j])
        });
        right.count() as f64 / vectors.nrows().max(1) as f64
    }

    /// The rows of [`frames`](Self::frames): at most this many of each class.
    fn shown(&self, per_class: usize) -> Vec<usize> {
        let earlier = |i: usize| self.labels[..i].iter().filter(|&&l| l == self.labels[i]).count();
        let mut shown: Vec<usize> = (0..self.labels.len())
            .filter(|&i| earlier(i) < per_class)
            .collect();
        shown.sort_by_key(|&i| self.labels[i]);
        shown
    }

    /// The label of each point of a frame, for [`film`](crate::plot::film).
    pub fn names(&self, per_class: usize) -> Vec<String> {
        self.shown(per_class)
            .iter()
            .map(|&i| self.labels[i].to_string())
            .collect()
    }

    /// For [`film`](crate::plot::film): the first two numbers of at most this many vectors of each class, at
    /// each moment, under the step and the loss.
    pub fn frames(&self, per_class: usize) -> Vec<(String, Vec<(f32, f32)>)> {
        let shown = self.shown(per_class);
        let frame = |moment: &Moment| {
            let second = usize::from(moment.vectors.ncols() > 1);
            let point = |&i: &usize| (moment.vectors[[i, 0]], moment.vectors[[i, second]]);
            let caption = format!("step {}: loss {:.2}", moment.step, moment.loss);
            (caption, shown.iter().map(point).collect())
        };
        self.moments.iter().map(frame).collect()
    }

    /// Shows its moments in a notebook.
    pub fn evcxr_display(&self) {
        self.table().evcxr_display();
    }

    fn table(&self) -> Table {
        let columns = [Column::new("step").grouped(), Column::new("loss").decimals(4)];
        Table::new(columns).rows(self.moments.iter().map(|moment| (moment.step, moment.loss)))
    }
}

/// z/‖z‖, row by row. What is added under the root keeps the gradient of a zero vector finite.
fn of_length_1(z: &Tensor) -> Result<Tensor> {
    let squares = z.sqr()?.sum_keepdim(1)?;
    Ok(z.broadcast_div(&(squares + 1e-12)?.sqrt()?)?)
}

fn distance(vectors: ArrayView2<f32>, i: usize, j: usize) -> f64 {
    let numbers = vectors.row(i).into_iter().zip(vectors.row(j));
    numbers.map(|(a, b)| f64::from(a - b).powi(2)).sum()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, d) = self.vectors.dim();
        write!(
            f,
            "step {}: loss {:.4}, {n} vectors of {d} numbers",
            self.step, self.loss
        )
    }
}

impl fmt::Display for Watched {
    /// Step and loss of each moment, as a table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::shown_as_line!(Moment);
crate::show::debug_shows!(Watched);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Distance;
    use crate::loss::tensors::distances;

    /// Two classes that one number tells apart, and one number that says nothing.
    fn rows() -> (Array2<f32>, Vec<u32>) {
        let x = Array2::from_shape_fn((80, 2), |(i, j)| match j {
            0 => (i / 4 % 2) as f32,
            _ => (i as f32).sin(),
        });
        (x, (0..80).map(|i| i / 4 % 2).collect())
    }

    /// Mean distance within classes less that between them, up to 1.
    fn apart(z: &Tensor, labels: &[u32]) -> Result<Tensor> {
        let sign: Vec<f32> = (labels.iter().flat_map(|a| labels.iter().map(move |b| a == b)))
            .map(|same| if same { 1.0 } else { -1.0 })
            .collect();
        let sign = Tensor::from_vec(sign, (labels.len(), labels.len()), &Device::Cpu)?;
        let near = distances(z, z, Distance::Euclidean)?.minimum(1_f32)?;
        Ok((near * sign)?.mean_all()?)
    }

    #[test]
    fn classes_come_apart_and_every_moment_is_kept() {
        let (x, labels) = rows();
        let watch = Watch {
            steps: 100,
            moments: vec![0, 5],
            ..Watch::default()
        };
        let seen = watch.learn(&x, &labels, &apart).unwrap();
        assert_eq!(
            seen.moments.iter().map(|m| m.step).collect::<Vec<_>>(),
            [0, 5, 100]
        );
        assert_eq!((seen.labels.len(), seen.losses.len()), (20, 100));
        assert!(seen.last().loss < seen.moments[0].loss && seen.accuracy() == 1.0);
        let frames = seen.frames(3);
        assert_eq!((frames.len(), frames[0].1.len()), (3, 6));
        assert_eq!(seen.names(3), ["0", "0", "0", "1", "1", "1"]);
        assert!(frames[2].0.starts_with("step 100: loss -0."), "{}", frames[2].0);
        let unit = Watch {
            unit: true,
            ..watch.clone()
        }
        .learn(&x, &labels, &apart)
        .unwrap();
        let lengths = unit.last().vectors.map_axis(Axis(1), |v| v.dot(&v));
        assert!(lengths.iter().all(|l| (l - 1.0).abs() < 1e-5), "{lengths}");
        let again = watch.learn(&x, &labels, &apart).unwrap();
        assert!(again == seen, "the seed fixes all");
    }

    #[test]
    fn accuracy_asks_for_the_nearest_other_row() {
        let moment = |vectors| Watched {
            moments: vec![Moment {
                step: 0,
                loss: 0.0,
                vectors,
            }],
            labels: vec![1, 1, 2, 2],
            losses: Vec::new(),
        };
        assert_eq!(
            moment(ndarray::array![[0.0], [1.0], [5.0], [6.0]]).accuracy(),
            1.0
        );
        assert_eq!(
            moment(ndarray::array![[0.0], [1.0], [1.5], [9.0]]).accuracy(),
            0.5
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        let (x, labels) = rows();
        let error = |watch: Watch, labels: &[u32]| match watch.learn(&x, labels, &apart) {
            Ok(_) => "none".to_owned(),
            Err(e) => e.to_string(),
        };
        assert!(error(Watch::default(), &labels[1..]).contains("80, one for each row"));
        let few = Watch {
            per_class: 31,
            ..Watch::default()
        };
        assert!(
            error(few, &labels).contains("class 0"),
            "{}",
            error(Watch::default(), &labels)
        );
        assert!(
            error(
                Watch {
                    dimension: 0,
                    ..Watch::default()
                },
                &labels
            )
            .contains("the dimension")
        );
    }
}
