//! Progress of work that takes minutes: bars in a terminal, and elsewhere a line when a step begins, goes on
//! and ends.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// How often steps without a terminal say that they are still at work.
const SIGN_OF_LIFE: Duration = Duration::from_secs(8);

/// Several steps, side by side.
pub(crate) struct Steps {
    bars: Option<MultiProgress>,
    going: Arc<Mutex<Going>>,
}

/// How far the steps without a terminal are.
#[derive(Default)]
struct Going {
    steps: Vec<State>,
    /// How many steps there have been.
    begun: usize,
    /// Ends the thread that says how far they are.
    end: Option<Sender<()>>,
}

/// A step that has begun and not ended.
struct State {
    number: usize,
    name: String,
    began: Instant,
    /// How much is done, of how much.
    progress: Option<(u64, u64)>,
}

/// One step. It ends when it is dropped.
pub(crate) struct Step {
    name: String,
    number: usize,
    began: Instant,
    bar: Option<ProgressBar>,
    going: Arc<Mutex<Going>>,
}

impl Steps {
    /// Bars if standard error is a terminal, else lines.
    pub(crate) fn new() -> Self {
        Self {
            bars: std::io::stderr().is_terminal().then(MultiProgress::new),
            going: Arc::default(),
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
        let (mut going, began) = (lock(&self.going), Instant::now());
        going.begun += 1;
        let number = going.begun;
        if bar.is_none() {
            say(&format!("{name} …"));
            going.steps.push(State {
                number,
                name: name.to_owned(),
                began,
                progress: None,
            });
            if going.end.is_none() {
                let (end, ended) = channel();
                going.end = Some(end);
                let steps = Arc::clone(&self.going);
                std::thread::spawn(move || give_signs(&steps, &ended));
            }
        }
        Step {
            name: name.to_owned(),
            number,
            began,
            bar,
            going: Arc::clone(&self.going),
        }
    }
}

impl Step {
    /// `done` of `all` is done.
    pub(crate) fn progress(&self, done: u64, all: u64) {
        if let Some(bar) = &self.bar {
            if bar.length() == Some(0) {
                bar.set_style(style(true));
            }
            bar.set_length(all);
            bar.set_position(done);
        }
        let mut going = lock(&self.going);
        if let Some(state) = going.steps.iter_mut().find(|state| state.number == self.number) {
            state.progress = Some((done, all));
        }
    }

    /// It is finished.
    pub(crate) fn done(self) {
        let line = format!(
            "{}: done in {:.0} s",
            self.name,
            self.began.elapsed().as_secs_f32()
        );
        match &self.bar {
            Some(bar) => {
                bar.set_style(finished());
                bar.finish_with_message(line);
            }
            None => say(&line),
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        let mut going = lock(&self.going);
        going.steps.retain(|state| state.number != self.number);
        if going.steps.is_empty() {
            going.end = None;
        }
    }
}

fn lock(going: &Mutex<Going>) -> MutexGuard<'_, Going> {
    going.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says again and again how far the steps are, until the last has ended.
fn give_signs(going: &Mutex<Going>, ended: &Receiver<()>) {
    while ended.recv_timeout(SIGN_OF_LIFE) == Err(RecvTimeoutError::Timeout) {
        let line = sign(&lock(going).steps);
        if !line.is_empty() {
            say(&line);
        }
    }
}

/// `JupyterLab, 8 s; the evcxr kernel 21 of 340, 16 s`.
fn sign(steps: &[State]) -> String {
    let mut line = String::new();
    for state in steps {
        let between = if line.is_empty() { "" } else { "; " };
        let _ = write!(line, "{between}{}", state.name);
        if let Some((done, all)) = state.progress {
            let _ = write!(line, " {done} of {all}");
        }
        let _ = write!(line, ", {} s", state.began.elapsed().as_secs());
    }
    line
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Where there is no terminal, as under a test runner that keeps the output.
    fn without_terminal() -> Steps {
        Steps {
            bars: None,
            going: Arc::default(),
        }
    }

    #[test]
    fn one_line_says_how_far_all_steps_are() {
        let steps = without_terminal();
        let lab = steps.start("JupyterLab");
        let kernel = steps.start("the kernel");
        kernel.progress(21, 340);
        let now = || sign(&lock(&steps.going).steps);
        assert_eq!(now(), "JupyterLab, 0 s; the kernel 21 of 340, 0 s");
        lab.done();
        assert_eq!(now(), "the kernel 21 of 340, 0 s");
        drop(kernel);
        assert_eq!(now(), "");
    }

    #[test]
    fn signs_end_with_the_last_step_and_begin_with_the_next() {
        let steps = without_terminal();
        let step = steps.start("one");
        assert!(lock(&steps.going).end.is_some());
        step.done();
        assert!(lock(&steps.going).end.is_none());
        let _step = steps.start("two");
        assert!(lock(&steps.going).end.is_some());
    }
}
