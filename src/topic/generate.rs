//! The story told forwards: documents are drawn from known topics, to see whether the topics are found again.
//!
//! A Dirichlet draw is `K` gamma draws divided by their sum.

use ndarray::Array2;
use rand::Rng as _;
use rand_distr::{Distribution, Gamma};

use super::TopicDocs;
use super::plain::choose;
use crate::corpus::Vocabulary;
use crate::{Error, Result, rng::seeded};

/// Documents, with the topics that they were drawn from.
#[derive(Clone)]
pub struct Generated {
    /// The documents.
    pub docs: TopicDocs,
    /// P(word | topic), shape `(K, V)`.
    pub phi: Array2<f32>,
    /// P(topic | document), shape `(n_docs, K)`.
    pub theta: Array2<f32>,
    /// The topic of each position.
    pub topics: Vec<Vec<usize>>,
}

crate::show::shown_as_line!(Generated, |this| {
    format!("{} documents of {} topics", this.theta.nrows(), this.phi.nrows())
});

/// Draws `n_docs` documents of `length` words from the topics `phi`, shape `(K, V)`. The θ of each document
/// is drawn from Dirichlet(α).
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::topic::generate;
/// let words = Vocabulary::from_words(["river", "bank", "money"].map(String::from).into())?;
/// let phi = ndarray::array![[0.7, 0.3, 0.0], [0.0, 0.3, 0.7]];
/// let made = generate(words, &phi, 0.5, 3, 6, 1)?;
/// assert_eq!((made.docs.len(), made.docs.tokens()), (3, 18));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// As [`TopicModel::from_phi`](super::TopicModel::from_phi), or a topic without any probability.
pub fn generate(
    vocabulary: Vocabulary,
    phi: &Array2<f32>,
    alpha: f32,
    n_docs: usize,
    length: usize,
    seed: u64,
) -> Result<Generated> {
    let model = super::TopicModel::from_phi(vocabulary, phi, alpha)?;
    let k = model.n_topics();
    if let Some(topic) = phi.rows().into_iter().position(|row| row.sum() <= 0.0) {
        return Err(Error::value(
            format!("P(word | topic {topic})"),
            "a positive number",
            "zeros",
        ));
    }
    let gamma = Gamma::new(alpha, 1.0_f32).map_err(|e| Error::value("α", "a positive number", e))?;
    let mut rng = seeded(seed);
    let rows: Vec<Vec<f64>> = phi
        .rows()
        .into_iter()
        .map(|row| row.iter().map(|&p| f64::from(p)).collect())
        .collect();
    let mut theta = Array2::zeros((n_docs, k));
    let (mut documents, mut topics) = (Vec::new(), Vec::new());
    for mut row in theta.rows_mut() {
        row.iter_mut()
            .for_each(|x| *x = gamma.sample(&mut rng).max(f32::MIN_POSITIVE));
        row /= row.sum();
        let weights: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
        let drawn: Vec<usize> = (0..length).map(|_| choose(&weights, rng.random())).collect();
        documents.push(
            drawn
                .iter()
                .map(|&z| choose(&rows[z], rng.random()) as u32)
                .collect(),
        );
        topics.push(drawn);
    }
    Ok(Generated {
        docs: TopicDocs::new(model.vocabulary().clone(), documents)?,
        phi: phi.clone(),
        theta,
        topics,
    })
}

/// A matrix from its rows, for topics that are written down by hand.
///
/// ```
/// let phi = course::topic::matrix(&[vec![0.7, 0.3, 0.0], vec![0.0, 0.3, 0.7]])?;
/// assert_eq!(phi.dim(), (2, 3));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The rows differ in length.
pub fn matrix(rows: &[Vec<f32>]) -> Result<Array2<f32>> {
    let width = rows.first().map_or(0, Vec::len);
    if let Some(row) = rows.iter().find(|row| row.len() != width) {
        return Err(Error::shape(
            "a row of the matrix",
            format!("{width} numbers"),
            row.len(),
        ));
    }
    Ok(Array2::from_shape_fn((rows.len(), width), |(i, j)| rows[i][j]))
}

/// Griffiths and Steyvers' bars: the words are the cells of a square of 5 by 5, and each of the ten topics is
/// a row or a column. So a document can be drawn as a picture, and a topic too.
///
/// # Errors
/// Never: these topics are valid.
///
/// ```
/// let made = course::topic::bars(10, 100, 1)?;
/// assert_eq!(made.phi.dim(), (10, 25));
/// assert_eq!(made.phi.row(0).iter().filter(|p| **p > 0.0).count(), 5);
/// # Ok::<(), course::Error>(())
/// ```
pub fn bars(n_docs: usize, length: usize, seed: u64) -> Result<Generated> {
    let words = Vocabulary::from_words((0..25).map(|i| format!("r{}c{}", i / 5, i % 5)).collect())?;
    let phi = Array2::from_shape_fn((10, 25), |(topic, word)| {
        let is_in = if topic < 5 {
            word / 5 == topic
        } else {
            word % 5 == topic - 5
        };
        f32::from(u8::from(is_in)) / 5.0
    });
    generate(words, &phi, 1.0, n_docs, length, seed)
}
