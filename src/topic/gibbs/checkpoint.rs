//! Stopping and going on: what a sampler is, is its settings, α and a topic for each place.
//!
//! The counts follow from the topics, and the random numbers of a sweep from the seed and the sweep's number; so a file
//! of 2 bytes a place is enough, and a run that was killed and resumed ends in the same bytes as one that was not.
//!
//! ```text
//! {"format":"course topics 1", …}\n     settings, sweeps, α, a fingerprint of the documents: one line of JSON
//! topics                                u16 each, little-endian, one for each place
//! ```

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Gibbs;
use crate::Result;
use crate::topic::saved::{self, broken};
use crate::topic::{Lda, TopicDocs};

/// More are not a file that `save` wrote.
const MOST_SWEEPS: usize = u32::MAX as usize;

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    settings: Lda,
    sweeps: usize,
    /// As bits, so that they come back as they were.
    alpha: Vec<u32>,
    documents: String,
}

impl saved::Head for Head {
    const FORMAT: &'static str = "course topics 1";
    const WHAT: &'static str = "a sampler";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Gibbs {
    /// Writes it to a file, which is there whole or not at all.
    ///
    /// # Errors
    /// The file cannot be written.
    ///
    /// ```
    /// use course::topic::{Gibbs, Lda, bars};
    /// let docs = bars(20, 30, 1)?.docs;
    /// let mut sampler = Gibbs::new(&Lda { n_topics: 10, ..Lda::default() }, &docs)?;
    /// sampler.sweep();
    /// let path = std::env::temp_dir().join("course-doc-topics.bin");
    /// sampler.save(&path)?;
    /// let mut resumed = Gibbs::resume(&path, &docs)?;
    /// (sampler.sweep(), resumed.sweep());
    /// assert_eq!(sampler.topics(), resumed.topics());
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let head = Head {
            format: <Head as saved::Head>::FORMAT.to_owned(),
            settings: self.settings.clone(),
            sweeps: self.sweeps,
            alpha: self.alpha.iter().map(|x| x.to_bits()).collect(),
            documents: format!("{:016x}", self.docs.fingerprint()),
        };
        saved::write(path, &head, self.topics.iter().map(|topic| topic.to_le_bytes()))
    }

    /// Reads what [`save`](Self::save) wrote, for the same documents.
    ///
    /// # Errors
    /// The file cannot be read, is not such a file, is cut short, or belongs to other documents.
    pub fn resume(path: impl AsRef<Path>, docs: &TopicDocs) -> Result<Self> {
        let path = path.as_ref();
        let (head, bytes) = saved::read::<Head>(path)?;
        let broken = |problem: String| broken(path, problem);
        if head.documents != format!("{:016x}", docs.fingerprint()) {
            return Err(broken(format!(
                "expected the documents that it was trained on, got others: {docs}"
            )));
        }
        let (pairs, rest) = bytes.as_chunks::<2>();
        if pairs.len() != docs.tokens() || !rest.is_empty() {
            let got = bytes.len();
            return Err(broken(format!(
                "expected {} bytes of topics, got {got}",
                2 * docs.tokens()
            )));
        }
        let topics: Vec<u16> = pairs.iter().map(|&pair| u16::from_le_bytes(pair)).collect();
        let n_topics = head.settings.n_topics;
        if let Some(topic) = topics.iter().find(|&&topic| usize::from(topic) >= n_topics) {
            return Err(broken(format!("expected topics below {n_topics}, got {topic}")));
        }
        if head.sweeps > MOST_SWEEPS {
            return Err(broken(format!(
                "expected at most {MOST_SWEEPS} sweeps, got {}",
                head.sweeps
            )));
        }
        let alpha: Vec<f32> = head.alpha.iter().map(|&bits| f32::from_bits(bits)).collect();
        if alpha.len() != n_topics || alpha.iter().any(|x| !(*x > 0.0 && x.is_finite())) {
            return Err(broken(format!(
                "expected {n_topics} positive numbers for α, got others"
            )));
        }
        Self::with_topics(&head.settings, docs, topics, alpha, head.sweeps)
    }
}
