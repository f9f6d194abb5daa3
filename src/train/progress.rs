//! How far training is.

use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

/// How far training is; as text, it is one line to print.
///
/// ```
/// use std::time::Duration;
/// use course::train::Progress;
/// let progress = Progress {
///     epoch: 1,
///     epochs: 5,
///     done: 4_000_000,
///     of: 10_000_000,
///     elapsed: Duration::from_secs(8),
///     loss: Some(0.2513),
///     ..Progress::default()
/// };
/// assert_eq!(progress.to_string(), "40 %, epoch 2 of 5, 500 thousand words/s, loss 0.251, 12 s left");
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Progress {
    /// The epoch, from 0.
    pub epoch: usize,
    /// How many epochs there are.
    pub epochs: usize,
    /// What is counted: words, pairs, examples.
    pub unit: &'static str,
    /// How many of them are done, of all epochs.
    pub done: u64,
    /// How many there are in all epochs together.
    pub of: u64,
    /// How many of them were done by an earlier run that this one resumes.
    pub done_before: u64,
    /// How long this run has taken.
    pub elapsed: Duration,
    /// The mean loss since the last report; it may be measured on a part.
    pub loss: Option<f64>,
    /// The perplexity of the training words, if it is measured.
    pub perplexity: Option<f64>,
    /// The last loss of held-out examples, if there are any.
    pub held_out: Option<f64>,
}

impl Default for Progress {
    /// One epoch of words, of which none is done.
    fn default() -> Self {
        Self {
            epoch: 0,
            epochs: 1,
            unit: "words",
            done: 0,
            of: 0,
            done_before: 0,
            elapsed: Duration::ZERO,
            loss: None,
            perplexity: None,
            held_out: None,
        }
    }
}

impl Progress {
    /// Units per second in this run.
    pub fn per_second(&self) -> f64 {
        (self.done - self.done_before) as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// How long the rest will take at this speed.
    pub fn left(&self) -> Duration {
        let seconds = self.of.saturating_sub(self.done) as f64 / self.per_second().max(1.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

crate::show::shown_as_line!(Progress);

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100 * self.done / self.of.max(1);
        write!(f, "{percent} %, epoch {} of {}", self.epoch + 1, self.epochs)?;
        match self.per_second() {
            speed if speed < 1e4 => write!(f, ", {speed:.0} {}/s", self.unit)?,
            speed => write!(f, ", {:.0} thousand {}/s", speed / 1e3, self.unit)?,
        }
        if let Some(loss) = self.loss {
            write!(f, ", loss {loss:.3}")?;
        }
        if let Some(loss) = self.held_out {
            write!(f, ", held out {loss:.3}")?;
        }
        if let Some(perplexity) = self.perplexity {
            write!(f, ", perplexity {perplexity:.0}")?;
        }
        write!(f, ", {} s left", self.left().as_secs())
    }
}

/// The least time between two lines.
const EVERY: Duration = Duration::from_secs(3);

/// Shows how far training is; pass it to any method's `train_with`. In a terminal it is a bar, if the crate's
/// feature `bar` is on. In a notebook, in a file and without the feature it is a line every three seconds,
/// and one at the end.
///
/// ```
/// use course::{predict::Word2Vec, train::show_progress};
/// let texts = ["the cat sat on the mat", "the dog sat on the log"].repeat(50);
/// let options = Word2Vec { dimension: 8, min_count: 1, ..Default::default() };
/// let model = options.train_with(&texts, None, &mut show_progress())?;
/// # assert_eq!(model.embeddings()?.len(), 7);
/// # Ok::<(), course::Error>(())
/// ```
pub fn show_progress() -> impl FnMut(Progress) -> ControlFlow<()> {
    let mut shown = Shown::new();
    move |progress| {
        shown.show(&progress);
        ControlFlow::Continue(())
    }
}

struct Shown {
    lines: Lines,
    #[cfg(feature = "bar")]
    bar: Option<indicatif::ProgressBar>,
}

impl Shown {
    fn new() -> Self {
        Self {
            lines: Lines::default(),
            #[cfg(feature = "bar")]
            bar: bar(),
        }
    }

    fn show(&mut self, progress: &Progress) {
        #[cfg(feature = "bar")]
        if let Some(bar) = &self.bar {
            bar.set_length(progress.of);
            bar.set_position(progress.done);
            bar.set_message(progress.to_string());
            if progress.done >= progress.of {
                bar.finish();
            }
            return;
        }
        if let Some(line) = self.lines.of(progress) {
            println!("{line}");
        }
    }
}

/// None if standard error is not a terminal.
#[cfg(feature = "bar")]
fn bar() -> Option<indicatif::ProgressBar> {
    use std::io::IsTerminal as _;
    let style = indicatif::ProgressStyle::with_template("[{bar:30}] {msg}").ok()?;
    (std::io::stderr().is_terminal())
        .then(|| indicatif::ProgressBar::new(0).with_style(style.progress_chars("=> ")))
}

/// Decides which reports become lines.
#[derive(Default)]
struct Lines {
    next: Duration,
}

impl Lines {
    fn of(&mut self, progress: &Progress) -> Option<String> {
        if self.next == Duration::ZERO {
            self.next = EVERY;
        }
        if progress.elapsed < self.next && progress.done < progress.of {
            return None;
        }
        self.next = progress.elapsed + EVERY;
        Some(progress.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_every_three_seconds_and_a_last_one() {
        let mut lines = Lines::default();
        let shown = (1..=80).filter_map(|i| {
            lines.of(&Progress {
                epoch: i / 41,
                epochs: 2,
                done: 1_000_000 * i as u64,
                of: 80_000_000,
                elapsed: Duration::from_millis(100 * i as u64),
                ..Progress::default()
            })
        });
        let shown: Vec<String> = shown.collect();
        assert_eq!(
            shown,
            [
                "37 %, epoch 1 of 2, 10000 thousand words/s, 5 s left",
                "75 %, epoch 2 of 2, 10000 thousand words/s, 2 s left",
                "100 %, epoch 2 of 2, 10000 thousand words/s, 0 s left",
            ]
        );
    }
}
