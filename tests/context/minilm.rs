//! MiniLM's sentence vectors are those of sentence-transformers 6.2, where MiniLM has been fetched. The
//! expected numbers are those of tests/oracles/context_minilm.py.

use course::context::{Bert, Contextual as _};
use course::error::ErrorKind;
use serde::Deserialize;

#[derive(Deserialize)]
struct Peer {
    texts: Vec<String>,
    tokens: Vec<usize>,
    vectors: Vec<Vec<f32>>,
}

/// Among them an empty text, and one of 931 tokens, of which 256 count.
#[test]
fn sentence_vectors_are_those_of_sentence_transformers() {
    let minilm = match Bert::minilm() {
        Ok(minilm) => minilm,
        Err(e) => return assert_eq!(e.kind(), ErrorKind::Missing, "{e}"),
    };
    let peer: Peer = serde_json::from_str(include_str!("../fixtures/context/minilm.json")).expect("JSON");
    let together = minilm.sentence_vectors(&peer.texts).expect("vectors");
    for (i, (text, expected)) in peer.texts.iter().zip(&peer.vectors).enumerate() {
        let alone = minilm
            .sentence_vectors(std::slice::from_ref(text))
            .expect("a vector");
        for (row, what) in [(together.row(i), "together"), (alone.row(0), "alone")] {
            assert_eq!(row.len(), expected.len());
            let apart = row
                .iter()
                .zip(expected)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f32::max);
            assert!(apart < 1e-4, "{what}, {text:?}: {apart}");
        }
        match peer.tokens[i] > 512 {
            false => assert_eq!(
                minilm.states(text).expect("states").tokens().len(),
                peer.tokens[i]
            ),
            true => assert_eq!(
                minilm
                    .states(text)
                    .map(|_| ())
                    .expect_err("it is too long")
                    .to_string(),
                format!(
                    "a text: expected at most 512 tokens, the model's positions, got {}",
                    peer.tokens[i]
                )
            ),
        }
    }
}
