//! From documents to a model: sweep after sweep, with a report now and then.

use std::ops::ControlFlow;
use std::time::Instant;

use super::Gibbs;
use crate::Result;
use crate::topic::{Lda, TopicDocs, TopicModel};
use crate::train::Progress;

impl Lda {
    /// Trains a model.
    ///
    /// # Errors
    /// As [`Gibbs::new`].
    pub fn train(&self, docs: &TopicDocs) -> Result<TopicModel> {
        self.run(docs, None)
    }

    /// The same with reports. `report` is called every [`report`](Self::report) sweeps, with the perplexity
    /// of the training words. It can end the training; what has been learned is kept.
    ///
    /// # Errors
    /// As [`Gibbs::new`].
    pub fn train_with(
        &self,
        docs: &TopicDocs,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<TopicModel> {
        self.run(docs, Some(report))
    }

    fn run(
        &self,
        docs: &TopicDocs,
        mut report: Option<&mut dyn FnMut(Progress) -> ControlFlow<()>>,
    ) -> Result<TopicModel> {
        let start = Instant::now();
        let mut sampler = Gibbs::new(self, docs)?;
        for sweep in 0..self.sweeps {
            sampler.sweep();
            if let Some(report) = &mut report
                && ((sweep + 1) % self.report.max(1) == 0 || sweep + 1 == self.sweeps)
            {
                let progress = Progress {
                    epoch: sweep,
                    epochs: self.sweeps,
                    done: ((sweep + 1) * docs.tokens()) as u64,
                    of: (self.sweeps * docs.tokens()) as u64,
                    elapsed: start.elapsed(),
                    perplexity: Some(sampler.training_perplexity()),
                    ..Progress::default()
                };
                if report(progress).is_break() {
                    break;
                }
            }
        }
        sampler.model()
    }
}
