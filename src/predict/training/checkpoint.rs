//! A file to go on from: both matrices and how far training is, as safetensors. It is written whole or not at all.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ndarray::Array2;
use safetensors::tensor::{SafeTensors, TensorView};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Place;
use crate::files::write_whole;
use crate::{Error, Result};

/// Where training keeps what it has, and how often it writes that.
///
/// A training that was stopped, or killed, and is called again with the same options, texts and checkpoint goes on from what
/// was written last. On one thread its result is then the same as if it had never been stopped. The file stays when training
/// is done; the same call then returns at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The file.
    pub path: PathBuf,
    /// The time from one writing to the next. It is written at the end, too, and when the report stops the training.
    pub every: Duration,
}

crate::plot::shown_as_record!(Checkpoint);

impl Checkpoint {
    /// In this file, once a minute.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            every: Duration::from_secs(60),
        }
    }

    /// The file is another training's: what was expected and what came.
    pub(crate) fn of_another(&self, (expected, got): (String, String)) -> Error {
        let what = format!("the checkpoint {}", self.path.display());
        Error::value(what, expected, format!("{got}; remove the file to begin anew"))
    }
}

/// How far training is, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The options, as JSON.
    pub(super) options: String,
    /// Words of the vocabulary, and running words of a pass.
    pub(super) vocabulary: usize,
    pub(super) tokens: u64,
    /// The pass, and how many batches of it are done.
    pub(super) epoch: usize,
    pub(super) batches: usize,
    /// Running words so far.
    pub(super) words: u64,
}

/// Under this name the state is in the metadata.
const STATE: &str = "training";

pub(crate) fn write(
    path: &Path,
    state: &impl Serialize,
    input: Array2<f32>,
    output: Array2<f32>,
) -> Result<()> {
    let failed = |e: String| Error::io("write", path, std::io::Error::other(e));
    let json = serde_json::to_string(state).map_err(|e| failed(e.to_string()))?;
    let matrices = [("input", input), ("output", output)];
    let bytes: Vec<Vec<u8>> = matrices
        .iter()
        .map(|(_, m)| m.iter().flat_map(|x| x.to_le_bytes()).collect())
        .collect();
    let tensors = matrices.iter().zip(&bytes).map(|((name, m), bytes)| {
        let view = TensorView::new(safetensors::Dtype::F32, m.shape().to_vec(), bytes)?;
        Ok((*name, view))
    });
    let tensors = tensors
        .collect::<Result<Vec<_>, safetensors::SafeTensorError>>()
        .map_err(|e| failed(e.to_string()))?;
    let metadata = HashMap::from([(STATE.to_owned(), json)]);
    let file = safetensors::serialize(tensors, Some(metadata)).map_err(|e| failed(e.to_string()))?;
    write_whole(path, |out| out.write_all(&file))
}

/// What a checkpoint has: how far training is, the inputs and the outputs.
pub(crate) type Kept<S> = (S, Array2<f32>, Array2<f32>);

/// What the file has; none if there is no file.
pub(crate) fn read<S: DeserializeOwned>(path: &Path) -> Result<Option<Kept<S>>> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io("read", path, e)),
    };
    let wrong = |problem: String| {
        let problem = format!("expected a checkpoint of this training: {problem}");
        Error::format(path.display(), Place::Whole, problem)
    };
    let (_, metadata) = SafeTensors::read_metadata(&bytes).map_err(|e| wrong(e.to_string()))?;
    let state = metadata.metadata().as_ref().and_then(|m| m.get(STATE));
    let state = state.ok_or_else(|| wrong("it does not say how far training is".into()))?;
    let state = serde_json::from_str(state).map_err(|e| wrong(e.to_string()))?;
    let tensors = SafeTensors::deserialize(&bytes).map_err(|e| wrong(e.to_string()))?;
    let matrix = |name: &str| {
        let tensor = tensors.tensor(name).map_err(|e| wrong(e.to_string()))?;
        match (tensor.dtype(), tensor.shape()) {
            (safetensors::Dtype::F32, &[n, d]) => {
                let numbers = tensor.data().as_chunks().0.iter();
                let numbers = numbers.map(|&x| f32::from_le_bytes(x)).collect();
                Array2::from_shape_vec((n, d), numbers).map_err(|e| wrong(e.to_string()))
            }
            (kind, shape) => Err(wrong(format!("{name} is {kind:?} of shape {shape:?}"))),
        }
    };
    Ok(Some((state, matrix("input")?, matrix("output")?)))
}
