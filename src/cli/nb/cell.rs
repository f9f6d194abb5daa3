//! Executes one cell and watches over it: its time, the amount of output, the kernel's memory, and whether
//! somebody wants it stopped.

use super::client::{Event, Kernel};
use super::observer::{Observer, Options};
use super::output::{Limits, Output, Outputs};
use super::verdict::{Failure, FailureKind, judge, question_message, suspect};
use serde_json::{Map, Value};
use std::future::pending;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout, timeout_at};

/// How long the kernel may take to obey an interrupt before it is ended: enough for rustc to finish a cell.
const OBEY: Duration = Duration::from_secs(5);

/// Output may come after the end of a cell, since standard error takes another way. After this long without
/// output, it is over.
const SETTLE: Duration = Duration::from_millis(30);

/// The longest wait for output to settle.
const SETTLE_AT_MOST: Duration = Duration::from_secs(2);

/// How long to wait for the error of a `?` that may have failed. On an overloaded machine it came 5 ms late.
const LATE: Duration = Duration::from_millis(200);

/// How often the kernel's memory is looked at.
const MEMORY_CHECK: Duration = Duration::from_millis(250);

/// By how much the kernel may grow during a cell, in bytes. The cell's own process is not counted, only what
/// evcxr keeps: output that it has not passed on yet, and what rust-analyzer learned.
const MOST_GROWTH: u64 = 2 << 30;

/// The longest that a question to the kernel may take.
const QUESTION: Duration = Duration::from_secs(20);

/// The longest wait for the rest of an interrupted cell's output: evcxr keeps in memory what was printed, and
/// passes on 4,000 lines a second.
const DRAIN: Duration = Duration::from_secs(5);

/// What the runner's own cells write. When it has come, everything before it has come.
const LAST_WORDS: &str = "course: this is the end";

/// What executing a cell gave.
pub(super) struct Execution {
    pub(super) outputs: Vec<Output>,
    pub(super) failure: Option<Failure>,
    /// Whether the kernel can go on.
    pub(super) is_alive: bool,
}

/// Executes `source`, the code cell `number`.
pub(super) async fn execute(
    kernel: &mut Kernel,
    number: usize,
    source: &str,
    options: &Options,
    stop: &mut watch::Receiver<bool>,
    observer: &mut dyn Observer,
) -> Execution {
    let mut watched = Watched {
        number,
        outputs: Outputs::new(options.limits),
        cause: None,
        observer,
    };
    let answer = watched.follow(kernel, source, options.timeout, stop).await;
    let is_alive = match (&answer, &watched.cause) {
        (Answer::Gone(_), _) => false,
        (Answer::Reply(_), Some(cause)) if cause.kind != FailureKind::Interrupted => is_drained(kernel).await,
        (Answer::Reply(_), _) => true,
    };
    let failure = match (watched.cause.take(), answer) {
        (Some(cause), _) => {
            watched.note(&cause.message);
            Some(cause)
        }
        (None, Answer::Reply(ok)) => match judge(watched.outputs.list(), ok) {
            None => watched.unmask(kernel, source).await,
            failure => failure,
        },
        (None, Answer::Gone(log)) => Some(Failure {
            kind: FailureKind::KernelDied,
            message: "the kernel itself ended".into(),
            details: log,
        }),
    };
    Execution {
        outputs: watched.outputs.list().to_vec(),
        failure,
        is_alive,
    }
}

/// How the kernel answered.
enum Answer {
    /// With a reply: whether it said "ok".
    Reply(bool),
    /// Not at all: it has ended, with these words, or it has to be ended.
    Gone(String),
}

/// A cell under execution.
struct Watched<'a> {
    number: usize,
    outputs: Outputs,
    /// Why it was interrupted, if it was.
    cause: Option<Failure>,
    observer: &'a mut dyn Observer,
}

impl Watched<'_> {
    async fn follow(
        &mut self,
        kernel: &mut Kernel,
        source: &str,
        limit: Duration,
        stop: &mut watch::Receiver<bool>,
    ) -> Answer {
        if let Err(error) = kernel.execute(source).await {
            return Answer::Gone(format!("{error:#}"));
        }
        let mut deadline = Instant::now() + limit;
        let memory = kernel.memory();
        let mut look = interval(MEMORY_CHECK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut reply, mut is_idle) = (None, false);
        loop {
            let cause = tokio::select! {
                event = kernel.next() => match event {
                    Event::Output(output) => self.take(output),
                    Event::Reply(ok) => {
                        reply = Some(ok);
                        None
                    }
                    Event::Idle => {
                        is_idle = true;
                        None
                    }
                    Event::Ended(log) => return Answer::Gone(log),
                },
                () = sleep_until(deadline) => match self.cause {
                    Some(_) => return Answer::Gone(String::new()),
                    None => Some(Failure::new(FailureKind::Timeout, format!("not done after {} s", limit.as_secs_f64()))),
                },
                () = stopped(stop), if self.cause.is_none() => {
                    Some(Failure::new(FailureKind::Interrupted, "the run was interrupted"))
                }
                _ = look.tick() => {
                    if kernel.memory() > memory.map(|before| before + MOST_GROWTH) {
                        let message = format!("the kernel keeps more than {} GiB of output", MOST_GROWTH >> 30);
                        self.cause = Some(Failure::new(FailureKind::Flood, message));
                        return Answer::Gone(String::new());
                    }
                    None
                }
            };
            if let Some(cause) = cause {
                self.cause = Some(cause);
                deadline = Instant::now() + OBEY;
                if let Err(error) = kernel.interrupt().await {
                    return Answer::Gone(format!("{error:#}"));
                }
            }
            if let (Some(ok), true) = (reply, is_idle) {
                return match self.cause {
                    None => self.settle(kernel, ok).await,
                    Some(_) => Answer::Reply(ok),
                };
            }
        }
    }

    /// Takes what comes after the end.
    async fn settle(&mut self, kernel: &mut Kernel, ok: bool) -> Answer {
        let end = Instant::now() + SETTLE_AT_MOST;
        while Instant::now() < end {
            match timeout(SETTLE, kernel.next()).await {
                Err(_) => return Answer::Reply(ok),
                Ok(Event::Output(output)) => self.cause = self.take(output).or(self.cause.take()),
                Ok(Event::Reply(_) | Event::Idle) => {}
                Ok(Event::Ended(log)) => return Answer::Gone(log),
            }
        }
        Answer::Gone(String::new())
    }

    /// Finds out whether a `?` at the top of the cell failed: it did if none of the cell's variables exists
    /// and there is an error on standard error.
    async fn unmask(&mut self, kernel: &mut Kernel, source: &str) -> Option<Failure> {
        let variables = suspect(source, self.outputs.list())?;
        let answers = if variables.is_empty() {
            Vec::new()
        } else {
            ask(kernel, ":vars", None, QUESTION).await.0
        };
        for answer in answers {
            match &answer {
                Output::Data { data, .. } if lists_any(data, &variables) => return None,
                Output::Stream { .. } => self.cause = self.take(answer).or(self.cause.take()),
                _ => {}
            }
        }
        let end = Instant::now() + LATE;
        while question_message(self.outputs.list()).is_none() {
            match timeout_at(end, kernel.next()).await {
                Ok(Event::Output(output)) => self.cause = self.take(output).or(self.cause.take()),
                Ok(Event::Reply(_) | Event::Idle) => {}
                Ok(Event::Ended(_)) | Err(_) => break,
            }
        }
        question_message(self.outputs.list()).map(|message| Failure::new(FailureKind::Error, message))
    }

    /// Keeps an output, or says why it is too much.
    fn take(&mut self, mut output: Output) -> Option<Failure> {
        output.name_cell(self.number);
        if self
            .cause
            .as_ref()
            .is_some_and(|cause| cause.kind == FailureKind::Flood)
        {
            return None;
        }
        match self.outputs.push(output.clone()) {
            Ok(()) => {
                self.observer.output(&output);
                None
            }
            Err(message) => Some(Failure::new(
                FailureKind::Flood,
                format!("{message}; the rest is cut off"),
            )),
        }
    }

    /// Puts a note of the runner's own under the outputs.
    fn note(&mut self, message: &str) {
        self.outputs.note(format!("cargo course run: {message}\n"));
    }
}

/// Whether evcxr's list of variables has one of these.
fn lists_any(list: &Map<String, Value>, names: &[String]) -> bool {
    let text = list.get("text/plain").and_then(Value::as_str).unwrap_or_default();
    let mut listed = text.lines().filter_map(|line| line.split_once(": "));
    listed.any(|(listed, _)| names.iter().any(|name| name == listed))
}

/// Waits until the run is to be stopped.
pub(super) async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        pending::<()>().await;
    }
}

/// A panic that only now comes to light, if there is one.
pub(super) async fn last_words(kernel: &mut Kernel) -> Option<Failure> {
    let code = format!("eprintln!({LAST_WORDS:?});");
    let (answers, _) = ask(kernel, &code, Some(LAST_WORDS), QUESTION).await;
    judge(&answers, true).filter(|failure| failure.kind == FailureKind::Panic)
}

/// Whether everything that an interrupted cell has printed has arrived. If not, the kernel is of no more use:
/// the rest would be taken for the next cell's output.
async fn is_drained(kernel: &mut Kernel) -> bool {
    ask(
        kernel,
        &format!("println!({LAST_WORDS:?});"),
        Some(LAST_WORDS),
        DRAIN,
    )
    .await
    .1
}

/// What the kernel answers to `code`, up to the printed text `until` if one is given; and whether that is
/// all, or only what had come when the time was up.
async fn ask(
    kernel: &mut Kernel,
    code: &str,
    until: Option<&str>,
    patience: Duration,
) -> (Vec<Output>, bool) {
    let mut outputs = Outputs::new(Limits::default());
    let listen = async {
        kernel.execute(code).await.ok()?;
        let (mut is_answered, mut is_idle, mut is_said) = (false, false, until.is_none());
        while !is_answered || !is_idle || !is_said {
            match kernel.next().await {
                Event::Output(output) => {
                    is_said |= matches!((&output, until), (Output::Stream { text, .. }, Some(end)) if text.contains(end));
                    // The rest of an answer that is too long is left out.
                    let _ = outputs.push(output);
                }
                // What does not compile prints nothing.
                Event::Reply(ok) => (is_answered, is_said) = (true, is_said || !ok),
                Event::Idle => is_idle = true,
                Event::Ended(_) => return None,
            }
        }
        Some(())
    };
    let is_whole = matches!(timeout(patience, listen).await, Ok(Some(())));
    (outputs.list().to_vec(), is_whole)
}
