//! Stopping and going on: what has been learned of a stream is λ; the settings, the words and the number of batches go
//! with it, so the file needs nothing beside it.
//!
//! ```text
//! {"format":"course online topics 1", …}\n     settings, words with their counts, D, batches: one line of JSON
//! λ                                            f64 each, little-endian, K for each word
//! ```

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{OnlineLda, OnlineTopics};
use crate::corpus::Vocabulary;
use crate::embeddings::formats::write_whole;
use crate::error::Place;
use crate::{Error, Result};

const FORMAT: &str = "course online topics 1";
/// More are not a file that `save` wrote.
const MOST_BATCHES: usize = u32::MAX as usize;

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    settings: OnlineLda,
    n_docs: usize,
    batches: usize,
    words: Vec<String>,
    counts: Vec<u64>,
}

impl OnlineTopics {
    /// Writes it to a file, which is there whole or not at all. After [`resume`](Self::resume), the next batch is the one
    /// after [`batches`](Self::batches).
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
        let head = Head {
            format: FORMAT.to_owned(),
            settings: self.settings.clone(),
            n_docs: self.n_docs,
            batches: self.batches,
            words: self.vocabulary.words().to_vec(),
            counts: self.vocabulary.counts().to_vec(),
        };
        write_whole(path.as_ref(), |out| {
            serde_json::to_writer(&mut *out, &head)?;
            out.write_all(b"\n")?;
            self.lambda
                .iter()
                .try_for_each(|x| out.write_all(&x.to_le_bytes()))
        })
    }

    /// Reads what [`save`](Self::save) wrote.
    ///
    /// # Errors
    /// The file cannot be read, is not such a file, or is cut short.
    pub fn resume(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let broken = |problem: String| Error::format(path.display(), Place::Whole, problem);
        let end = bytes.iter().position(|&b| b == b'\n').unwrap_or(bytes.len());
        let head: Head = serde_json::from_slice(&bytes[..end]).map_err(|e| {
            broken(format!(
                "expected topics of a stream that `save` wrote, got another file ({e})"
            ))
        })?;
        if head.format != FORMAT {
            return Err(broken(format!("expected {FORMAT:?}, got {:?}", head.format)));
        }
        if head.batches > MOST_BATCHES {
            return Err(broken(format!(
                "expected at most {MOST_BATCHES} batches, got {}",
                head.batches
            )));
        }
        let vocabulary =
            Vocabulary::from_words_and_counts(head.words, head.counts).map_err(|e| broken(e.to_string()))?;
        head.settings
            .check(&vocabulary, head.n_docs)
            .map_err(|e| broken(e.to_string()))?;
        let (numbers, rest) = bytes.get(end + 1..).unwrap_or(&[]).as_chunks::<8>();
        let expected = vocabulary.len().checked_mul(head.settings.n_topics);
        if Some(numbers.len()) != expected || !rest.is_empty() {
            return Err(broken(format!(
                "expected {} topics of {} words, 8 bytes each, got {} bytes",
                head.settings.n_topics,
                vocabulary.len(),
                bytes.len().saturating_sub(end + 1)
            )));
        }
        let lambda: Vec<f64> = numbers.iter().map(|&x| f64::from_le_bytes(x)).collect();
        if let Some(x) = lambda.iter().find(|x| !(**x > 0.0 && x.is_finite())) {
            return Err(broken(format!("expected positive numbers for λ, got {x}")));
        }
        Ok(Self::with_lambda(
            head.settings,
            vocabulary,
            head.n_docs,
            lambda,
            head.batches,
        ))
    }
}
