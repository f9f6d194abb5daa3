//! A file to resume from. It has one form for everything that is trained: named tensors, and what they belong
//! to.
//!
//! ```text
//! safetensors      tensors by name: weights, and what the optimiser knows of each
//!   its metadata, under "checkpoint", as JSON
//!     format       "course checkpoint 2"
//!     training     what is trained, such as "word2vec"
//!     options      all options of the training, as JSON
//!     data         what it is trained on, in words
//!     state        how far it is, as JSON
//! ```
//!
//! It is a single entry of the metadata, since several entries would be in another order each time. A file is
//! written whole or not at all. It is accepted only if training, options and data are the same. Files of the
//! first form (two tensors, `input` and `output`, without a format; topic models with a line of JSON in
//! front) are refused with advice: their options have names that no longer exist.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ndarray::Array2;
use safetensors::Dtype;
use safetensors::tensor::{Metadata, SafeTensors, TensorView};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Location;
use crate::files::write_whole;
use crate::{Error, Result};

/// Where training saves its state, and how often.
///
/// If training was stopped or killed, and is called again with the same options, data and checkpoint, it
/// resumes from the state that was saved last. Its result is then the same as if it had never been stopped;
/// for word2vec, fastText and Doc2Vec only on one thread. The file stays when training is done; the same call
/// then returns at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The file.
    pub path: PathBuf,
    /// The time between two saves. The state is also saved at the end, and when the report stops the
    /// training.
    pub every: Duration,
}

crate::plot::shown_as_record!(Checkpoint);

impl Checkpoint {
    /// Saves to this file, once a minute.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            every: Duration::from_secs(60),
        }
    }

    /// The content of the file; none if there is no file.
    pub(crate) fn read<S: DeserializeOwned>(&self, of: &Belongs) -> Result<Option<(S, Kept)>> {
        if !fs::exists(&self.path).map_err(|e| Error::io("read", &self.path, e))? {
            return Ok(None);
        }
        let kept = Kept::open(&self.path, &of.training)?;
        let before = kept.belongs();
        let differs = [
            ("a checkpoint of", &of.training, &before.training),
            ("the options", &of.options, &before.options),
            ("", &of.data, &before.data),
        ];
        if let Some((what, now, before)) = differs.into_iter().find(|(_, now, before)| now != before) {
            let expected = format!("{what} {now}").trim_start().to_owned();
            let got = format!("{before}; remove the file to begin anew");
            let what = format!("the checkpoint {}", self.path.display());
            return Err(Error::value(what, expected, got));
        }
        Ok(Some((kept.state()?, kept)))
    }

    /// Writes the file.
    pub(crate) fn write(&self, of: &Belongs, state: &impl Serialize, tensors: Tensors) -> Result<()> {
        tensors.write(&self.path, of, state)
    }
}

/// What a checkpoint belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Belongs {
    /// What is trained.
    pub(crate) training: String,
    /// All its options, as JSON.
    pub(crate) options: String,
    /// What it is trained on, in words.
    pub(crate) data: String,
}

/// What the metadata says.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    #[serde(flatten)]
    of: Belongs,
    /// As JSON.
    state: String,
}

impl Belongs {
    pub(crate) fn new(training: &str, options: &impl Serialize, data: String) -> Result<Self> {
        Ok(Self {
            training: training.to_owned(),
            options: as_json(options)?,
            data,
        })
    }
}

/// Options in the form in which a checkpoint has them.
pub(crate) fn as_json(options: &impl Serialize) -> Result<String> {
    let json = serde_json::to_string(options);
    json.map_err(|e| Error::value("the options", "what JSON can hold", e.to_string()))
}

const FORMAT: &str = "course checkpoint 2";
/// The name of the metadata entry; the first form had its state elsewhere.
const HEAD: &str = "checkpoint";
const OLD_STATE: &str = "training";
/// How files of topic models began before they had this form.
const OLD_TOPICS: &[u8] = br#"{"format":"course "#;
const OLD: &str = "it was written by an earlier version of this library, whose options had other names; \
     finish the training with that version, or remove the file to begin anew";

/// Numbers that a tensor of a checkpoint can have.
pub(crate) trait Number: Copy {
    const DTYPE: Dtype;
    fn push(self, bytes: &mut Vec<u8>);
    /// None unless there are exactly as many bytes as the number needs.
    fn of(bytes: &[u8]) -> Option<Self>;
    const SIZE: usize = size_of::<Self>();
}

macro_rules! number {
    ($type:ty, $dtype:ident) => {
        impl Number for $type {
            const DTYPE: Dtype = Dtype::$dtype;

            fn push(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn of(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self::from_le_bytes)
            }
        }
    };
}

number!(f32, F32);
number!(f64, F64);
number!(u16, U16);

/// Named tensors to be written.
#[derive(Default)]
pub(crate) struct Tensors(BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>);

impl Tensors {
    pub(crate) fn put<T: Number>(
        &mut self,
        name: impl Into<String>,
        shape: &[usize],
        numbers: impl IntoIterator<Item = T>,
    ) {
        let mut bytes = Vec::with_capacity(T::SIZE * shape.iter().product::<usize>());
        numbers.into_iter().for_each(|x| x.push(&mut bytes));
        self.0.insert(name.into(), (T::DTYPE, shape.to_vec(), bytes));
    }

    pub(crate) fn put_matrix(&mut self, name: &str, matrix: &Array2<f32>) {
        self.put(name, matrix.shape(), matrix.iter().copied());
    }

    pub(crate) fn write(&self, path: &Path, of: &Belongs, state: &impl Serialize) -> Result<()> {
        let failed = |e: String| Error::io("write", path, std::io::Error::other(e));
        let tensors = self.0.iter().map(|(name, (dtype, shape, bytes))| {
            let view = TensorView::new(*dtype, shape.clone(), bytes);
            view.map(|view| (name, view)).map_err(|e| failed(e.to_string()))
        });
        let head = Head {
            format: FORMAT.to_owned(),
            of: of.clone(),
            state: as_json(state)?,
        };
        let metadata = HashMap::from([(HEAD.to_owned(), as_json(&head)?)]);
        let file = safetensors::serialize(tensors.collect::<Result<Vec<_>>>()?, Some(metadata));
        let file = file.map_err(|e| failed(e.to_string()))?;
        write_whole(path, |out| out.write_all(&file))
    }
}

/// The content of a file.
pub(crate) struct Kept {
    path: PathBuf,
    /// What is trained, for errors.
    training: String,
    bytes: Vec<u8>,
    /// Where the numbers begin.
    start: usize,
    header: Metadata,
    head: Head,
}

impl Kept {
    /// Reads a file, which must exist.
    pub(crate) fn open(path: &Path, training: &str) -> Result<Self> {
        let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let wrong = |problem: &str| not_of(path, training, problem);
        if bytes.starts_with(OLD_TOPICS) {
            return Err(wrong(OLD));
        }
        let (size, header) = SafeTensors::read_metadata(&bytes).map_err(|e| wrong(&e.to_string()))?;
        let texts = header.metadata().as_ref();
        let head = match texts.and_then(|texts| texts.get(HEAD)) {
            Some(head) => serde_json::from_str::<Head>(head).map_err(|e| wrong(&e.to_string()))?,
            None if texts.is_some_and(|texts| texts.contains_key(OLD_STATE)) => return Err(wrong(OLD)),
            None => return Err(wrong(&format!("its metadata has no {HEAD:?}"))),
        };
        if head.format != FORMAT {
            let problem = format!("expected the format {FORMAT:?}, got {:?}", head.format);
            return Err(wrong(&problem));
        }
        Ok(Self {
            path: path.to_owned(),
            training: training.to_owned(),
            bytes,
            start: size + 8,
            header,
            head,
        })
    }

    /// The error for a file that is not what it should be.
    pub(crate) fn wrong(&self, problem: &str) -> Error {
        not_of(&self.path, &self.training, problem)
    }

    pub(crate) fn belongs(&self) -> &Belongs {
        &self.head.of
    }

    pub(crate) fn options<O: DeserializeOwned>(&self) -> Result<O> {
        let options = serde_json::from_str(&self.head.of.options);
        options.map_err(|e| self.wrong(&format!("its options: {e}")))
    }

    pub(crate) fn state<S: DeserializeOwned>(&self) -> Result<S> {
        let state = serde_json::from_str(&self.head.state);
        state.map_err(|e| self.wrong(&format!("its state: {e}")))
    }

    /// Whether there is a tensor of this name.
    #[cfg(feature = "nn")]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.header.info(name).is_some()
    }

    /// The numbers of a tensor of this shape.
    pub(crate) fn numbers<T: Number>(&self, name: &str, shape: &[usize]) -> Result<Vec<T>> {
        let Some(info) = self.header.info(name) else {
            return Err(self.wrong(&format!("it has no tensor {name:?}")));
        };
        let (from, to) = info.data_offsets;
        let bytes = self.bytes.get(self.start + from..self.start + to);
        let (Some(bytes), true) = (bytes, info.dtype == T::DTYPE && info.shape == shape) else {
            let expected = format!("{:?} of shape {shape:?}", T::DTYPE);
            let got = format!("{:?} of shape {:?}", info.dtype, info.shape);
            return Err(self.wrong(&format!("the tensor {name:?}: expected {expected}, got {got}")));
        };
        Ok(bytes.chunks_exact(T::SIZE).filter_map(T::of).collect())
    }

    pub(crate) fn matrix(&self, name: &str, (n, d): (usize, usize)) -> Result<Array2<f32>> {
        let numbers = self.numbers(name, &[n, d])?;
        Array2::from_shape_vec((n, d), numbers).map_err(|e| self.wrong(&e.to_string()))
    }
}

fn not_of(path: &Path, training: &str, problem: &str) -> Error {
    let problem = format!("expected a checkpoint of {training}: {problem}");
    Error::format(path.display(), Location::Whole, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs() -> Belongs {
        Belongs::new("a test", &[1, 2], "three words".to_owned()).unwrap()
    }

    fn error<T>(result: Result<T>) -> String {
        result.err().map(|e| e.to_string()).unwrap_or_default()
    }

    /// Numbers that JSON or a decimal text would not preserve come back to the last bit.
    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let checkpoint = Checkpoint::new(folder.path().join("state"));
        assert!(checkpoint.read::<f64>(&belongs()).unwrap().is_none());
        let mut tensors = Tensors::default();
        let matrix = Array2::from_shape_fn((2, 3), |(i, j)| 0.1 + (3 * i + j) as f32);
        tensors.put_matrix("matrix", &matrix);
        tensors.put("large", &[2], [1e300, f64::INFINITY]);
        tensors.put("topics", &[3], [0_u16, 7, 65535]);
        checkpoint.write(&belongs(), &0.1, tensors).unwrap();
        let (state, kept) = checkpoint.read::<f64>(&belongs()).unwrap().unwrap();
        assert_eq!(state, 0.1);
        assert_eq!(kept.matrix("matrix", (2, 3)).unwrap(), matrix);
        assert_eq!(
            kept.numbers::<f64>("large", &[2]).unwrap(),
            [1e300, f64::INFINITY]
        );
        assert_eq!(kept.numbers::<u16>("topics", &[3]).unwrap(), [0, 7, 65535]);
        let wrong = error(kept.matrix("matrix", (3, 2)));
        assert!(
            wrong.contains("\"matrix\": expected F32 of shape [3, 2], got F32 of shape [2, 3]"),
            "{wrong}"
        );
        assert!(error(kept.numbers::<f32>("none", &[1])).contains("no tensor \"none\""));
    }

    #[test]
    fn a_checkpoint_of_another_training_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let checkpoint = Checkpoint::new(folder.path().join("state"));
        checkpoint.write(&belongs(), &0, Tensors::default()).unwrap();
        let told = |of: Belongs| error(checkpoint.read::<i32>(&of));
        assert_eq!(told(belongs()), "");
        for (of, expected) in [
            (
                Belongs {
                    training: "b".into(),
                    ..belongs()
                },
                "expected a checkpoint of b, got a test; remove the file",
            ),
            (
                Belongs {
                    options: "[]".into(),
                    ..belongs()
                },
                "expected the options [], got [1,2]; remove",
            ),
            (
                Belongs {
                    data: "no word".into(),
                    ..belongs()
                },
                "expected no word, got three words; remove",
            ),
        ] {
            let told = told(of);
            assert!(told.contains(expected), "{told}");
        }
        let path = &checkpoint.path;
        let whole = fs::read(path).unwrap();
        for n in 0..whole.len() {
            fs::write(path, &whole[..n]).unwrap();
            let told = told(belongs());
            assert!(told.contains("expected a checkpoint of a test: "), "{n}: {told}");
        }
    }

    /// The first form of each training, as it was.
    #[test]
    fn files_of_the_first_form_are_refused_with_advice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let numbers = [0_u8; 8];
        let view = || TensorView::new(Dtype::F32, vec![1, 2], &numbers).unwrap();
        let metadata = HashMap::from([("training".to_owned(), "{\"options\":\"{}\"}".to_owned())]);
        let first = safetensors::serialize([("input", view()), ("output", view())], Some(metadata)).unwrap();
        for bytes in [first, b"{\"format\":\"course topics 1\"}\n\0\0".to_vec()] {
            fs::write(&path, bytes).unwrap();
            let told = error(Checkpoint::new(&path).read::<i32>(&belongs()));
            assert!(
                told.contains("an earlier version") && told.ends_with("remove the file to begin anew"),
                "{told}"
            );
        }
    }
}
