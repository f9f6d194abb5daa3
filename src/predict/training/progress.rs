//! How far training is.

use std::fmt;
use std::time::Duration;

use crate::show;

/// How far training is; as text, a line to print.
///
/// ```
/// use std::time::Duration;
/// use course::predict::Progress;
/// let progress = Progress {
///     epoch: 1,
///     epochs: 5,
///     words: 4_000_000,
///     of: 10_000_000,
///     words_before: 0,
///     elapsed: Duration::from_secs(8),
///     loss: Some(0.2513),
/// };
/// assert_eq!(progress.to_string(), "40 %, pass 2 of 5, 500 thousand words/s, loss 0.251, 12 s left");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The pass through the texts, from 0.
    pub epoch: usize,
    /// How many passes there are.
    pub epochs: usize,
    /// Running words so far, of all passes.
    pub words: u64,
    /// Running words of all passes together.
    pub of: u64,
    /// Running words of an earlier run that this one goes on from.
    pub words_before: u64,
    /// How long this run has taken.
    pub elapsed: Duration,
    /// The mean loss of a question since the last report, measured on some of them; ln 2 = 0.693 for who knows nothing.
    pub loss: Option<f64>,
}

impl Progress {
    /// Running words a second in this run.
    pub fn words_per_second(&self) -> f64 {
        (self.words - self.words_before) as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// How long the rest takes at this speed.
    pub fn left(&self) -> Duration {
        let seconds = self.of.saturating_sub(self.words) as f64 / self.words_per_second().max(1.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100 * self.words / self.of.max(1);
        let thousand = (self.words_per_second() / 1e3).round();
        write!(f, "{percent} %, pass {} of {}", self.epoch + 1, self.epochs)?;
        write!(f, ", {thousand} thousand words/s")?;
        if let Some(loss) = self.loss {
            write!(f, ", loss {loss:.3}")?;
        }
        write!(f, ", {} s left", self.left().as_secs())
    }
}

impl Progress {
    /// Shows the line in a notebook.
    pub fn evcxr_display(&self) {
        let text = self.to_string();
        show::display(&show::escape(&text), &text);
    }
}
