//! From documents to a model: sweep after sweep, with a report now and then.

use std::time::Instant;

use super::Gibbs;
use crate::Result;
use crate::topic::{Lda, LdaProgress, TopicDocs, TopicModel};

impl Lda {
    /// Trains a model.
    ///
    /// # Errors
    /// As [`Gibbs::new`].
    pub fn train(&self, docs: &TopicDocs) -> Result<TopicModel> {
        self.run(docs, None)
    }

    /// The same, telling `progress` every [`report`](Self::report) sweeps.
    ///
    /// # Errors
    /// As [`Gibbs::new`].
    pub fn train_with(&self, docs: &TopicDocs, mut progress: impl FnMut(LdaProgress)) -> Result<TopicModel> {
        self.run(docs, Some(&mut progress))
    }

    fn run(&self, docs: &TopicDocs, mut progress: Option<&mut dyn FnMut(LdaProgress)>) -> Result<TopicModel> {
        let start = Instant::now();
        let mut sampler = Gibbs::new(self, docs)?;
        for sweep in 1..=self.sweeps {
            sampler.sweep();
            if let Some(progress) = &mut progress
                && (sweep % self.report.max(1) == 0 || sweep == self.sweeps)
            {
                progress(LdaProgress {
                    sweep,
                    sweeps: self.sweeps,
                    perplexity: sampler.training_perplexity(),
                    elapsed: start.elapsed(),
                });
            }
        }
        sampler.model()
    }
}
