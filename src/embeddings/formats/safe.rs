//! safetensors: the tensor `vectors` of `f32`, shape `(n_words, dimension)`, the tensor `counts` of `u64`,
//! shape `(n_words)`, and the words as a JSON list in the metadata, under `words`. In Python:
//!
//! ```text
//! with safetensors.safe_open(path, "numpy") as f:
//!     words, vectors = json.loads(f.metadata()["words"]), f.get_tensor("vectors")
//! ```
//!
//! Vectors in `f16` and `bf16` are read as well.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::Path;

use half::{bf16, f16};
use ndarray::Array2;
use safetensors::Dtype;
use safetensors::tensor::{SafeTensors, TensorView};

use crate::corpus::Vocabulary;
use crate::embeddings::Embeddings;
use crate::error::Location;
use crate::files::write_whole;
use crate::{Error, Result};

pub(super) fn read(source: impl Read, path: &Path) -> Result<Embeddings> {
    let wrong = |problem: String| Error::format(path.display(), Location::Whole, problem);
    let bytes = super::rest(source, path)?;
    if bytes.is_empty() {
        return Err(Error::format(
            path.display(),
            Location::Byte(0),
            "expected vectors, got an empty file",
        ));
    }
    let (header, metadata) = SafeTensors::read_metadata(&bytes).map_err(|e| {
        // Either the header is broken, or the length of the file is not what the header says.
        let place = match bytes.first_chunk().map(|&n| u64::from_le_bytes(n)) {
            Some(n) if n.saturating_add(8) <= bytes.len() as u64 => bytes.len() as u64,
            _ => 0,
        };
        Error::format(
            path.display(),
            Location::Byte(place),
            format!("not safetensors, or cut short: {e}"),
        )
    })?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(|e| wrong(e.to_string()))?;
    let words = metadata.metadata().as_ref().and_then(|m| m.get("words"));
    let words = words
        .ok_or_else(|| wrong("expected a list of words in the metadata under \"words\", got none".into()))?;
    let words: Vec<String> = serde_json::from_str(words).map_err(|e| {
        wrong(format!(
            "the metadata's \"words\": expected a JSON list of words: {e}"
        ))
    })?;

    let vectors = tensors
        .tensor("vectors")
        .map_err(|e| wrong(format!("the tensor \"vectors\": {e}")))?;
    let &[n, dimension] = vectors.shape() else {
        return Err(wrong(format!(
            "the tensor \"vectors\": expected two dimensions, got {:?}",
            vectors.shape()
        )));
    };
    if n != words.len() {
        let problem = format!(
            "the tensor \"vectors\": expected {} rows, one for each word, got {n}",
            words.len()
        );
        return Err(wrong(problem));
    }
    let numbers = numbers(&vectors).ok_or_else(|| {
        wrong(format!(
            "the tensor \"vectors\": expected F32, F16 or BF16, got {:?}",
            vectors.dtype()
        ))
    })?;
    if let Some(i) = numbers.iter().position(|x| !x.is_finite()) {
        let start = metadata.info("vectors").map_or(0, |info| info.data_offsets.0);
        let at = 8 + header + start + i * vectors.dtype().bitsize() / 8;
        let problem = format!("expected a finite number, got {}", numbers[i]);
        return Err(Error::format(path.display(), Location::Byte(at as u64), problem));
    }
    let matrix = Array2::from_shape_vec((n, dimension), numbers).map_err(|e| wrong(e.to_string()))?;
    let words = match tensors.tensor("counts") {
        Ok(counts) if counts.dtype() == Dtype::U64 && counts.shape() == [n] => {
            let counts = counts.data().as_chunks().0.iter().map(|&c| u64::from_le_bytes(c));
            Vocabulary::from_words_and_counts(words, counts.collect())
        }
        Ok(_) => {
            return Err(wrong(format!(
                "the tensor \"counts\": expected U64 of shape [{n}]"
            )));
        }
        Err(_) => Vocabulary::from_words(words),
    };
    Embeddings::new(words.map_err(|e| wrong(e.to_string()))?, matrix)
}

fn numbers(tensor: &TensorView) -> Option<Vec<f32>> {
    let pairs = || tensor.data().as_chunks().0.iter();
    Some(match tensor.dtype() {
        Dtype::F32 => tensor
            .data()
            .as_chunks()
            .0
            .iter()
            .map(|&x| f32::from_le_bytes(x))
            .collect(),
        Dtype::F16 => pairs().map(|&x| f16::from_le_bytes(x).to_f32()).collect(),
        Dtype::BF16 => pairs().map(|&x| bf16::from_le_bytes(x).to_f32()).collect(),
        _ => return None,
    })
}

pub(super) fn write(e: &Embeddings, path: &Path) -> Result<()> {
    let words = serde_json::to_string(e.words()).map_err(|e| Error::io("write", path, e.into()))?;
    let metadata = HashMap::from([("words".to_owned(), words)]);
    let vectors: Vec<u8> = e.numbers().iter().flat_map(|x| x.to_le_bytes()).collect();
    let counts: Vec<u8> = e
        .vocabulary()
        .counts()
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let make = || {
        let vectors = TensorView::new(Dtype::F32, e.matrix().shape().to_vec(), &vectors)?;
        let counts = TensorView::new(Dtype::U64, vec![e.len()], &counts)?;
        safetensors::serialize([("vectors", vectors), ("counts", counts)], Some(metadata))
    };
    let file = make().map_err(|e| Error::io("write", path, std::io::Error::other(e.to_string())))?;
    write_whole(path, |out| out.write_all(&file))
}
