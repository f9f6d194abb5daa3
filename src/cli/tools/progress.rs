//! Progress of work that takes minutes: bars in a terminal, and elsewhere a line when a step begins, goes on and ends.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// How often a step that has no terminal says that it is still going on.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// Several steps, side by side.
pub(crate) struct Steps {
    bars: Option<MultiProgress>,
}

/// One step.
pub(crate) struct Step {
    name: String,
    bar: Option<ProgressBar>,
    began: Instant,
    said: Mutex<Instant>,
}

impl Steps {
    /// Bars if standard error is a terminal, else lines.
    pub(crate) fn new() -> Self {
        Self {
            bars: std::io::stderr().is_terminal().then(MultiProgress::new),
        }
    }

    /// Begins a step.
    pub(crate) fn start(&self, name: &str) -> Step {
        let bar = self.bars.as_ref().map(|bars| {
            let bar = bars.add(ProgressBar::new(0));
            bar.set_style(style(false));
            bar.set_message(name.to_owned());
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        if bar.is_none() {
            say(&format!("{name} …"));
        }
        Step {
            name: name.to_owned(),
            bar,
            began: Instant::now(),
            said: Mutex::new(Instant::now()),
        }
    }
}

impl Step {
    /// So much of it is done.
    pub(crate) fn progress(&self, done: u64, all: u64) {
        match &self.bar {
            Some(bar) => {
                if bar.length() == Some(0) {
                    bar.set_style(style(true));
                }
                bar.set_length(all);
                bar.set_position(done);
            }
            None => {
                let Ok(mut said) = self.said.lock() else { return };
                if said.elapsed() >= SIGN_OF_LIFE {
                    *said = Instant::now();
                    say(&format!(
                        "{}: {done} of {all} after {} s",
                        self.name,
                        self.began.elapsed().as_secs()
                    ));
                }
            }
        }
    }

    /// It is finished.
    pub(crate) fn done(self) {
        let line = format!(
            "{}: done in {:.0} s",
            self.name,
            self.began.elapsed().as_secs_f32()
        );
        match self.bar {
            Some(bar) => {
                bar.set_style(finished());
                bar.finish_with_message(line);
            }
            None => say(&line),
        }
    }
}

/// A line on standard error, which is where all progress goes.
#[expect(clippy::print_stderr, reason = "progress belongs to standard error")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

fn style(counted: bool) -> ProgressStyle {
    let form = if counted {
        "{spinner} {msg:28} [{bar:30}] {pos}/{len}, {elapsed} (about {eta} left)"
    } else {
        "{spinner} {msg:28} {elapsed}"
    };
    ProgressStyle::with_template(form)
        .map_or_else(|_| ProgressStyle::default_bar(), |s| s.progress_chars("=> "))
}

fn finished() -> ProgressStyle {
    ProgressStyle::with_template("✓ {msg}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
