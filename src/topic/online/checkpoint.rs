//! Stopping and going on: what has been learned from a stream is λ. The settings, the words and the number of
//! batches are stored with it, so the file is complete. It is a [checkpoint](crate::train::Checkpoint), as
//! all training writes it, with the tensor `lambda` (f64), K numbers for each word.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{OnlineLda, OnlineTopics};
use crate::Result;
use crate::corpus::Vocabulary;
use crate::train::checkpoint::{Belongs, Kept, Tensors};

/// A file with more batches was not written by `save`.
const MOST_BATCHES: usize = u32::MAX as usize;

const TRAINING: &str = "topics of a stream";

#[derive(Serialize, Deserialize)]
struct State {
    n_docs: usize,
    batches: usize,
    words: Vec<String>,
    counts: Vec<u64>,
}

impl OnlineTopics {
    /// Writes the state to a file. The file is written whole or not at all. After [`resume`](Self::resume),
    /// the next batch is the one after [`batches`](Self::batches).
    ///
    /// # Errors
    /// The file cannot be written.
    ///
    /// ```
    /// use course::topic::{OnlineLda, OnlineTopics, bars};
    /// let docs = bars(20, 30, 1)?.docs;
    /// let settings = OnlineLda { n_topics: 10, ..OnlineLda::default() };
    /// let mut topics = settings.begin(docs.vocabulary(), docs.len())?;
    /// topics.learn(&docs)?;
    /// let path = std::env::temp_dir().join("course-doc-online-topics.bin");
    /// topics.save(&path)?;
    /// let mut resumed = OnlineTopics::resume(&path)?;
    /// topics.learn(&docs)?;
    /// resumed.learn(&docs)?;
    /// assert_eq!(topics.model()?, resumed.model()?);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let state = State {
            n_docs: self.n_docs,
            batches: self.batches,
            words: self.vocabulary.words().to_vec(),
            counts: self.vocabulary.counts().to_vec(),
        };
        let mut tensors = Tensors::default();
        let shape = [self.vocabulary.len(), self.settings.n_topics];
        tensors.put("lambda", &shape, self.lambda.iter().copied());
        let belongs = Belongs::new(TRAINING, &self.settings, format!("{} words", shape[0]))?;
        tensors.write(path.as_ref(), &belongs, &state)
    }

    /// Reads what [`save`](Self::save) wrote.
    ///
    /// # Errors
    /// The file cannot be read, is not such a file, or is cut short.
    pub fn resume(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let kept = Kept::open(path, TRAINING)?;
        let training = &kept.belongs().training;
        if training != TRAINING {
            return Err(kept.wrong(&format!("got one of {training}")));
        }
        let (settings, state): (OnlineLda, State) = (kept.options()?, kept.state()?);
        if state.batches > MOST_BATCHES {
            let problem = format!("expected at most {MOST_BATCHES} batches, got {}", state.batches);
            return Err(kept.wrong(&problem));
        }
        let vocabulary = Vocabulary::from_words_and_counts(state.words, state.counts)
            .map_err(|e| kept.wrong(&e.to_string()))?;
        settings
            .check(&vocabulary, state.n_docs)
            .map_err(|e| kept.wrong(&e.to_string()))?;
        let lambda: Vec<f64> = kept.numbers("lambda", &[vocabulary.len(), settings.n_topics])?;
        if let Some(x) = lambda.iter().find(|x| !(**x > 0.0 && x.is_finite())) {
            return Err(kept.wrong(&format!("expected positive numbers for λ, got {x}")));
        }
        Ok(Self::with_lambda(
            settings,
            vocabulary,
            state.n_docs,
            lambda,
            state.batches,
        ))
    }
}
