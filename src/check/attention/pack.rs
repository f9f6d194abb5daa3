//! Documents in rows of one length.

use super::is_counted;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The documents, one behind the other, cut into rows.
    "09_attention/pack": pack(documents: &[Vec<usize>] as &Vec<Vec<usize>>, end: usize as *usize, length: usize as *usize) -> Vec<Vec<usize>>,
    exactly, |values| is_counted(values, 2), random,
    public: [
        ("two documents in two rows", [vec![vec![1_usize, 2], vec![3_usize]], 0_usize, 2_usize]),
        ("what does not fill a row is left out", [vec![vec![1_usize, 2, 3], vec![4_usize, 5]], 9_usize, 3_usize]),
        ("an empty document is an end", [vec![vec![], vec![1_usize]], 0_usize, 3_usize]),
        ("too little for a row", [vec![vec![1_usize]], 0_usize, 5_usize]),
        ("no document", [Vec::<Vec<usize>>::new(), 0_usize, 2_usize]),
    ],
    mistakes: [
        ("no ends", "There is no end between the documents: put `end` after each.", no_ends),
        ("no last end", "The last document has no end: put `end` after each of them.", no_last),
        ("ends in front", "The ends stand in front of the documents: put `end` after each.", in_front),
        ("short row kept", "The last row is shorter than the others: leave it out.", short_kept),
        ("filled up", "The last row is filled up with `end`: leave it out.", filled),
        ("documents apart", "A row never has tokens of two documents, and much is left out: join all documents before you cut.", apart),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let document = |rng: &mut Rng| (0..whole(rng, 0..=4)).map(|_| whole(rng, 1..=9)).collect();
    let documents: Vec<Vec<usize>> = (0..1 + n / 2).map(|_| document(rng)).collect();
    vec![
        documents.to_value(),
        whole(rng, 0..=9).to_value(),
        whole(rng, 1..=4).to_value(),
    ]
}

type Rows = Vec<Vec<usize>>;

fn joined(documents: &[Vec<usize>], end: usize) -> Vec<usize> {
    documents
        .iter()
        .flat_map(|document| document.iter().copied().chain([end]))
        .collect()
}

fn cut(tokens: &[usize], length: usize) -> Rows {
    let whole_rows = tokens.len() / length;
    (0..whole_rows)
        .map(|i| tokens[i * length..(i + 1) * length].to_vec())
        .collect()
}

fn truth(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    cut(&joined(documents, end), length)
}

fn no_ends(documents: &[Vec<usize>], _: usize, length: usize) -> Rows {
    cut(&documents.concat(), length)
}

fn no_last(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    let mut tokens = joined(documents, end);
    tokens.pop();
    cut(&tokens, length)
}

fn in_front(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    let tokens: Vec<usize> = documents
        .iter()
        .flat_map(|d| [end].into_iter().chain(d.iter().copied()))
        .collect();
    cut(&tokens, length)
}

fn short_kept(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    joined(documents, end)
        .chunks(length)
        .map(<[usize]>::to_vec)
        .collect()
}

fn filled(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    let mut rows = short_kept(documents, end, length);
    rows.iter_mut().for_each(|row| row.resize(length, end));
    rows
}

fn apart(documents: &[Vec<usize>], end: usize, length: usize) -> Rows {
    documents
        .iter()
        .flat_map(|d| truth(std::slice::from_ref(d), end, length))
        .collect()
}
