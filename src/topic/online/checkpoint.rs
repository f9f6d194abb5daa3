//! Stopping and going on: what has been learned of a stream is λ; the settings, the words and the number of batches go
//! with it, so the file needs nothing beside it.
//!
//! ```text
//! {"format":"course online topics 1", …}\n     settings, words with their counts, D, batches: one line of JSON
//! λ                                            f64 each, little-endian, K for each word
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{OnlineLda, OnlineTopics};
use crate::Result;
use crate::corpus::Vocabulary;
use crate::topic::saved::{self, broken};

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

impl saved::Head for Head {
    const FORMAT: &'static str = "course online topics 1";
    const WHAT: &'static str = "topics of a stream";

    fn format(&self) -> &str {
        &self.format
    }
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
            format: <Head as saved::Head>::FORMAT.to_owned(),
            settings: self.settings.clone(),
            n_docs: self.n_docs,
            batches: self.batches,
            words: self.vocabulary.words().to_vec(),
            counts: self.vocabulary.counts().to_vec(),
        };
        saved::write(path.as_ref(), &head, self.lambda.iter().map(|x| x.to_le_bytes()))
    }

    /// Reads what [`save`](Self::save) wrote.
    ///
    /// # Errors
    /// The file cannot be read, is not such a file, or is cut short.
    pub fn resume(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let (head, bytes) = saved::read::<Head>(path)?;
        let broken = |problem: String| broken(path, problem);
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
        let (numbers, rest) = bytes.as_chunks::<8>();
        let expected = vocabulary.len().checked_mul(head.settings.n_topics);
        if Some(numbers.len()) != expected || !rest.is_empty() {
            return Err(broken(format!(
                "expected {} topics of {} words, 8 bytes each, got {} bytes",
                head.settings.n_topics,
                vocabulary.len(),
                bytes.len()
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
