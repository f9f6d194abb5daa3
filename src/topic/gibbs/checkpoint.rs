//! Stopping and going on: the state of a sampler is its settings, α and a topic for each position.
//!
//! The counts follow from the topics, and the random numbers of a sweep follow from the seed and the number
//! of the sweep. So a file with 2 bytes for each position is enough, and a run that was killed and resumed
//! ends in the same bytes as one that was not. The file is a [checkpoint](crate::train::Checkpoint), as all
//! training writes it, with the tensors `topics` (u16) and `alpha` (f32).

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Gibbs;
use crate::Result;
use crate::topic::{Lda, TopicDocs};
use crate::train::checkpoint::{Belongs, Kept, Tensors};

/// A file with more sweeps was not written by `save`.
const MOST_SWEEPS: usize = u32::MAX as usize;

const TRAINING: &str = "topics by Gibbs sampling";

#[derive(Serialize, Deserialize)]
struct State {
    sweeps: usize,
}

/// What a checkpoint says about the documents: a number that other documents are unlikely to have.
fn data(docs: &TopicDocs) -> String {
    format!("documents {:016x}: {docs}", docs.fingerprint())
}

impl Gibbs {
    /// Writes the sampler to a file. The file is written whole or not at all.
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
        let mut tensors = Tensors::default();
        tensors.put("topics", &[self.topics.len()], self.topics.iter().copied());
        tensors.put("alpha", &[self.alpha.len()], self.alpha.iter().copied());
        let belongs = Belongs::new(TRAINING, &self.settings, data(&self.docs))?;
        tensors.write(path.as_ref(), &belongs, &State { sweeps: self.sweeps })
    }

    /// Reads what [`save`](Self::save) wrote, for the same documents.
    ///
    /// # Errors
    /// The file cannot be read, is not such a file, is cut short, or belongs to other documents.
    pub fn resume(path: impl AsRef<Path>, docs: &TopicDocs) -> Result<Self> {
        let path = path.as_ref();
        let kept = Kept::open(path, TRAINING)?;
        let of = kept.belongs();
        if (of.training.as_str(), &of.data) != (TRAINING, &data(docs)) {
            let problem = format!("expected the documents that it was trained on, got others: {docs}");
            return Err(kept.wrong(&problem));
        }
        let (settings, state): (Lda, State) = (kept.options()?, kept.state()?);
        let topics: Vec<u16> = kept.numbers("topics", &[docs.tokens()])?;
        let n_topics = settings.n_topics;
        if let Some(topic) = topics.iter().find(|&&topic| usize::from(topic) >= n_topics) {
            return Err(kept.wrong(&format!("expected topics below {n_topics}, got {topic}")));
        }
        if state.sweeps > MOST_SWEEPS {
            let problem = format!("expected at most {MOST_SWEEPS} sweeps, got {}", state.sweeps);
            return Err(kept.wrong(&problem));
        }
        let alpha: Vec<f32> = kept.numbers("alpha", &[n_topics])?;
        if alpha.iter().any(|x| !(*x > 0.0 && x.is_finite())) {
            return Err(kept.wrong(&format!("expected {n_topics} positive numbers for α, got others")));
        }
        Self::with_topics(&settings, docs, topics, alpha, state.sweeps)
    }
}
