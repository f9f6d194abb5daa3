//! Two models merged into one.

use crate::Result;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::indexing::{RandomIndex, RandomIndexing};
use crate::rng::Rng;

type Model = Vec<(String, Vec<f32>)>;

exercise! {
    /// The model of both texts.
    "03_indexing/merge_contexts": merge_contexts(
        first: &[(String, Vec<f32>)] as &Vec<(String, Vec<f32>)>, second: &[(String, Vec<f32>)] as &Vec<(String, Vec<f32>)>
    ) -> Vec<(String, Vec<f32>)>,
    nearly, allowed, random,
    public: [
        ("a word of both, and one of each", [
            model(&[("war", &[1.0, 0.0]), ("tax", &[0.0, 2.0])]), model(&[("peace", &[3.0, 1.0]), ("war", &[1.0, -1.0])])
        ]),
        ("nothing in common", [model(&[("war", &[1.0])]), model(&[("peace", &[2.0])])]),
        ("an empty model changes nothing", [model(&[("war", &[1.0])]), model(&[])]),
        ("nor does it the other way round", [model(&[]), model(&[("war", &[1.0])])]),
    ],
    mistakes: [
        ("only words of the first", "Words that only the second model has are lost: append them.", first_only),
        ("mean", "A word of both has the mean of its vectors: models merge by the sum.", mean),
        ("replaced", "The second model's vector has replaced the first's: add them up.", replaced),
        ("kept", "A word of both has kept the first model's vector: add the second's.", kept),
        ("second first", "The words of the second model come first: begin with those of the first.", turned),
    ],
}

fn model(words: &[(&str, &[f32])]) -> Model {
    words
        .iter()
        .map(|(word, vector)| ((*word).to_owned(), vector.to_vec()))
        .collect()
}

/// Each word occurs once, and all vectors have the same length.
fn allowed(values: &[Value]) -> bool {
    let (Some(first), Some(second)) = (Model::from_value(&values[0]), Model::from_value(&values[1])) else {
        return false;
    };
    let once = |model: &Model| {
        model
            .iter()
            .enumerate()
            .all(|(i, (word, _))| model[..i].iter().all(|(other, _)| other != word))
    };
    let mut lengths = first.iter().chain(&second).map(|(_, vector)| vector.len());
    let length = lengths.next();
    once(&first) && once(&second) && length != Some(0) && lengths.all(|other| Some(other) == length)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = 1 + n / 3;
    let mut model = || -> Model {
        let mut words = Vec::new();
        for letter in 0..n as u8 + 1 {
            if whole(rng, 0..=2) > 0 {
                let vector = (0..width).map(|_| whole(rng, 0..=8) as f32 - 4.0).collect();
                words.push((char::from(b'a' + letter % 26).to_string(), vector));
            }
        }
        words.dedup_by(|a, b| a.0 == b.0);
        words.truncate(26);
        let by = if words.is_empty() {
            0
        } else {
            whole(rng, 0..=words.len() - 1)
        };
        words.rotate_left(by);
        words
    };
    vec![model().to_value(), model().to_value()]
}

fn merged(
    first: &[(String, Vec<f32>)],
    second: &[(String, Vec<f32>)],
    both: impl Fn(f32, f32) -> f32,
) -> Model {
    let mut merged = first.to_vec();
    for (word, vector) in second {
        match merged.iter_mut().find(|(other, _)| other == word) {
            Some((_, own)) => own
                .iter_mut()
                .zip(vector)
                .for_each(|(own, x)| *own = both(*own, *x)),
            None => merged.push((word.clone(), vector.clone())),
        }
    }
    merged
}

fn truth(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    let Some((_, any)) = first.first().or(second.first()) else {
        return Model::new();
    };
    let settings = RandomIndexing {
        dimension: any.len(),
        spikes: 1,
        ..RandomIndexing::default()
    };
    let model = |words: &[(String, Vec<f32>)]| -> Result<RandomIndex> {
        let mut model = settings.start()?;
        words
            .iter()
            .for_each(|(word, context)| model.add(word, 1, context));
        Ok(model)
    };
    let both = || -> Result<RandomIndex> {
        let mut both = model(first)?;
        both.merge(&model(second)?)?;
        Ok(both)
    };
    let listed = |both: RandomIndex| -> Model {
        let all = both.contexts();
        all.map(|(word, context)| (word.to_owned(), context.to_vec()))
            .collect()
    };
    both().map_or(Model::new(), listed)
}

fn first_only(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    let mut all = truth(first, second);
    all.truncate(first.len());
    all
}

fn mean(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    merged(first, second, |a, b| (a + b) / 2.0)
}

fn replaced(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    merged(first, second, |_, b| b)
}

fn kept(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    merged(first, second, |a, _| a)
}

fn turned(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Model {
    truth(second, first)
}
