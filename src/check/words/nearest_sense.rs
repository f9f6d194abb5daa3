//! Which sense of a word a context means.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::check::words::{are_vectors, cosine, first_largest, is_clear, vectors, vectors_of};
use crate::embeddings;
use crate::math::inner as dot;
use crate::rng::Rng;
use crate::words;

exercise! {
    /// The index of the sense that fits the context best.
    "06_words/nearest_sense": nearest_sense(
        context: &[Vec<f32>] as &Vec<Vec<f32>>, senses: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> usize,
    exactly, allowed, random,
    public: [
        ("one context word", [vec![vec![0.0_f32, 1.0]], vec![vec![1.0_f32, 0.0], vec![0.0_f32, 2.0]]]),
        ("a long vector of another direction", [vec![vec![1.0_f32, 1.0]], vec![vec![9.0_f32, 0.0], vec![1.0_f32, 1.0]]]),
        ("two words against one", [
            vec![vec![1.0_f32, 0.0], vec![1.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![vec![0.0_f32, 1.0], vec![1.0_f32, 0.0]]
        ]),
        ("one sense", [vec![vec![1.0_f32, 0.0]], vec![vec![-1.0_f32, 0.0]]]),
        ("two senses alike: the first", [vec![vec![1.0_f32, 0.0]], vec![vec![2.0_f32, 0.0], vec![4.0_f32, 0.0]]]),
    ],
    mistakes: [
        ("dot product", "This takes the largest product, which a long vector wins: divide by the sense's length.", by_product),
        ("distance", "This takes the smallest distance: compare directions, by the cosine.", by_distance),
        ("first word", "Only the first context word has a say: take the mean of all.", first_word),
        ("opposite", "This is the sense that fits worst.", worst),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (Some(context), Some(senses)) = (vectors_of(values, 0), vectors_of(values, 1)) else {
        return false;
    };
    let d = senses.first().map(Vec::len);
    if !are_vectors(&senses, None) || !are_vectors(&context, d) {
        return false;
    }
    let mean = mean(&context);
    let cosines = || senses.iter().map(|sense| cosine(&mean, sense));
    let equal = senses.iter().all(|sense| cosine(&senses[0], sense) > 1.0 - 1e-9);
    dot(&mean, &mean) > 1e-6 && (is_clear(cosines().map(|c| c + 2.0)) || equal)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let d = 2 + whole(rng, 0..=2);
    let (words, senses) = (1 + whole(rng, 0..=n), 1 + whole(rng, 0..=n.min(4)));
    loop {
        let case = vec![
            vectors(rng, words, d).to_value(),
            vectors(rng, senses, d).to_value(),
        ];
        if allowed(&case) {
            return case;
        }
    }
}

fn mean(context: &[Vec<f32>]) -> Vec<f32> {
    embeddings::mean(context.iter().map(Vec::as_slice), context[0].len()).to_vec()
}

fn truth(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    words::nearest(&mean(context), senses.iter().map(Vec::as_slice)).map_or(0, |(i, _)| i)
}

fn by_product(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    let mean = mean(context);
    first_largest(senses.iter().map(|sense| dot(&mean, sense)))
}

fn by_distance(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    let mean = mean(context);
    first_largest(
        senses
            .iter()
            .map(|sense| 2.0 * dot(&mean, sense) - dot(sense, sense)),
    )
}

fn first_word(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    truth(&context[..1], senses)
}

fn worst(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    let mean = mean(context);
    first_largest(senses.iter().map(|sense| -cosine(&mean, sense)))
}
