//! Asking a function in another process.
//!
//! One thread does it all: it waits for an answer, for what the program prints, and for the time limit. The
//! limit is on the program's own time, if the system reports it, so that no answer is late because the
//! machine is busy. On an idle machine this is the time on the clock.
//!
//! A function that sleeps uses no time of its own. On the clock it has four times as long.

use std::io::{self, PipeReader, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use course::check::{Answer, Value, Verdict, answer_of_panic};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::limits::Allowed;
use crate::sandbox::{self, Group, LIBRARIES, LOADERS, Limits, Role};

/// How long a program may take to start.
const START: Duration = Duration::from_secs(60);

/// How often the program's time is looked at once the limit may be reached.
const LOOK: Duration = Duration::from_millis(20);

/// A program that sleeps uses no time of its own. On the clock it gets this many times as much.
const SLEEP: u32 = 4;

/// All answers of one function together may take this many times as long as one answer.
const ALL: u64 = 10;

/// The longest answer that is read, in bytes. The answers to the exercises are a thousand times shorter.
const LONGEST: u64 = 1 << 20;

/// The most memory that one answer may take once it is read, and that all answers of a function may take
/// together, because the judge keeps them. A list of empty values takes thirty times its bytes.
const ROOM: usize = 1 << 20;
const ALL_ROOM: usize = 8 << 20;

/// How many bytes a program may print before the rest is cut off.
const PRINTED: u64 = 1 << 16;

/// How much of the last output is kept. It is there that the standard library says why it aborts.
const LAST: usize = 1 << 12;

/// How long a process may take to end after its connection has ended.
const END: Duration = Duration::from_secs(2);

/// What the sandbox says if the kernel has no memory for a program.
const NO_MEMORY: &str = "(os error 12)";

/// The signals `SIGSEGV` and `SIGXCPU`.
const SEGMENT: i32 = 11;
const TIME: i32 = 24;

/// What is shown at the end of output that was cut off.
const CUT: &str = "\n… output cut off\n";

/// A running program with the function `name`. When it is dropped, the program ends.
pub(crate) struct Running {
    group: Group,
    socket: UnixStream,
    output: Option<PipeReader>,
    /// Whether the program's output goes to standard error.
    echo: bool,
    printed: u64,
    last: Vec<u8>,
    /// How much memory all its answers have taken.
    received: usize,
    seconds: u64,
    began: Instant,
    /// How it ended, once it has.
    over: Option<Answer>,
}

/// Why no answer came.
enum Silence {
    Late,
    Ended,
}

impl Running {
    /// Starts `program` in its folder, or says why it does not start: a large `static` needs its memory
    /// before the first question. With `echo`, the program's output goes to standard error.
    ///
    /// # Errors
    /// The system cannot start the program, whatever the student wrote.
    pub(crate) fn start(
        program: &Path,
        name: &str,
        allowed: &Allowed,
        echo: bool,
    ) -> Result<Result<Self, Verdict>> {
        let limits = Limits {
            role: Role::Answers,
            care: allowed.care,
            memory: allowed.memory,
            seconds: allowed.seconds * ALL,
            read: LIBRARIES.map(PathBuf::from).to_vec(),
            run: [program.to_owned()]
                .into_iter()
                .chain(LOADERS.map(PathBuf::from))
                .collect(),
            write: Vec::new(),
            without: allowed.without.clone(),
            parent: std::process::id(),
        };
        let (socket, theirs) = UnixStream::pair()?;
        let (output, printed) = io::pipe()?;
        let folder = program.parent().unwrap_or(Path::new("/"));
        let mut command = sandbox::command(&limits, folder, program)?;
        command
            .arg(name)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::from(printed.try_clone()?))
            .stderr(Stdio::from(printed));
        let group = Group::start(&mut command)?;
        // Otherwise this process would hold the other ends open.
        drop(command);
        socket.set_nonblocking(true)?;
        let mut running = Self {
            group,
            socket,
            output: Some(output),
            echo: false,
            printed: 0,
            last: Vec::new(),
            received: 0,
            seconds: allowed.seconds,
            began: Instant::now(),
            over: None,
        };
        let mut ready = [0; 8];
        match running.receive(&mut ready, START, START) {
            Ok(()) if ready == [0; 8] => {}
            Err(Silence::Late) => bail!(
                "the program with the function does not start in {} s",
                START.as_secs()
            ),
            _ => return running.why_not_started().map(Err),
        }
        running.echo = echo;
        Ok(Ok(running))
    }

    /// Why the program ended before the first question.
    ///
    /// # Errors
    /// The sandbox did not even start it, for a reason other than its size.
    fn why_not_started(&mut self) -> Result<Verdict> {
        let status = self.group.ends(END);
        self.drain();
        let said = String::from_utf8_lossy(&self.last).trim().to_owned();
        if status.and_then(|status| status.code()) == Some(sandbox::FAILED) && !said.contains(NO_MEMORY) {
            bail!("the program with the function does not start: {said}");
        }
        // No code of the student's runs before the first question, and other programs do start here. So the
        // program was too large: the kernel ends what it cannot load, the loader says that there is no room,
        // or the thread of the functions cannot be made.
        Ok(Verdict::MemoryLimit)
    }

    /// The function's answer. Once its process has ended, the answer stays the same.
    pub(crate) fn ask(&mut self, arguments: &[Value]) -> Answer {
        if let Some(over) = &self.over {
            return over.clone();
        }
        let mut question = Vec::new();
        Value::List(arguments.to_vec()).write(&mut question);
        let answer = match self.exchange(&question) {
            Ok(Some(bytes)) => self.read_answer(&bytes),
            Ok(None) => too_long(),
            Err(Silence::Late) => Answer::TimedOut(self.seconds),
            Err(Silence::Ended) => self.why_ended(),
        };
        let goes_on = matches!(
            answer,
            Answer::Value(_) | Answer::Panicked(_) | Answer::NotAttempted
        );
        if goes_on && self.began.elapsed() > Duration::from_secs(self.seconds * ALL) * SLEEP {
            self.over = Some(Answer::TimedOut(self.seconds * ALL));
        }
        if !goes_on {
            self.group.kill();
            self.over = Some(answer.clone());
        }
        answer
    }

    /// Whether it has printed more than is kept.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.printed > PRINTED
    }

    /// The bytes of the answer; `None` if there are too many.
    fn exchange(&mut self, question: &[u8]) -> Result<Option<Vec<u8>>, Silence> {
        let one = Duration::from_secs(self.seconds);
        let before = self.group.processor_time();
        let own = before.map_or(one, |before| before + one);
        self.send(&(question.len() as u64).to_le_bytes(), one * SLEEP)?;
        self.send(question, one * SLEEP)?;
        let mut length = [0; 8];
        self.receive(&mut length, own, one * SLEEP)?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST {
            return Ok(None);
        }
        let mut bytes = vec![0; length as usize];
        self.receive(&mut bytes, own, one * SLEEP)?;
        Ok(Some(bytes))
    }

    fn send(&mut self, mut bytes: &[u8], patience: Duration) -> Result<(), Silence> {
        let begin = Instant::now();
        while !bytes.is_empty() {
            match self.socket.write(bytes) {
                Ok(n) => bytes = &bytes[n..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.wait(PollFlags::OUT, LOOK);
                    if begin.elapsed() > patience {
                        return Err(Silence::Late);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Silence::Ended),
            }
        }
        Ok(())
    }

    /// Fills `bytes`; it gives up when the process has used `own` of its time or when `patience` is over.
    fn receive(&mut self, bytes: &mut [u8], own: Duration, patience: Duration) -> Result<(), Silence> {
        let begin = Instant::now();
        // On the clock, the process needs at least as long as it has time left.
        let before = self.group.processor_time();
        let least = before.map_or(own, |before| own.saturating_sub(before));
        let mut at = 0;
        while at < bytes.len() {
            match self.socket.read(&mut bytes[at..]) {
                Ok(0) => return Err(Silence::Ended),
                Ok(n) => at += n,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let clock = begin.elapsed();
                    if clock < least {
                        self.wait(PollFlags::IN, least - clock);
                        continue;
                    }
                    let used = self.group.processor_time();
                    if clock >= patience || used.is_none_or(|used| used >= own) {
                        return Err(Silence::Late);
                    }
                    self.wait(PollFlags::IN, LOOK);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Silence::Ended),
            }
        }
        Ok(())
    }

    /// Waits until the socket is ready or something has been printed, which is then read, or until `patience`
    /// is over.
    fn wait(&mut self, ready: PollFlags, patience: Duration) {
        let Ok(patience) = Timespec::try_from(patience) else {
            return;
        };
        let mut ends = vec![PollFd::new(&self.socket, ready)];
        if let Some(output) = &self.output {
            ends.push(PollFd::new(output, PollFlags::IN));
        }
        let _ = poll(&mut ends, Some(&patience));
        if ends.get(1).is_some_and(|end| !end.revents().is_empty()) {
            self.read_output();
        }
    }

    /// Reads what has been printed. If nothing has been, it waits.
    fn read_output(&mut self) {
        let mut buffer = [0; 1 << 14];
        let Some(output) = &mut self.output else { return };
        let Ok(n @ 1..) = output.read(&mut buffer) else {
            self.output = None;
            return;
        };
        let left = PRINTED.saturating_sub(self.printed);
        self.printed += n as u64;
        if self.echo {
            let shown = &buffer[..n.min(left as usize)];
            let _ = io::stderr().write_all(shown);
            if left > 0 && n as u64 > left {
                let _ = io::stderr().write_all(CUT.as_bytes());
            }
        }
        self.last.extend_from_slice(&buffer[..n]);
        let surplus = self.last.len().saturating_sub(LAST);
        self.last.drain(..surplus);
    }

    /// Reads what is still in the pipe.
    fn drain(&mut self) {
        while let Some(output) = &self.output {
            let mut end = [PollFd::from_borrowed_fd(output.as_fd(), PollFlags::IN)];
            let none = Timespec {
                tv_sec: 0,
                tv_nsec: 0,
            };
            if !matches!(poll(&mut end, Some(&none)), Ok(1..)) {
                return;
            }
            self.read_output();
        }
    }

    /// Why there are no more answers.
    fn why_ended(&mut self) -> Answer {
        // The connection ends a moment before the process does.
        let status = self.group.ends(END);
        self.drain();
        let said = |what: &str| String::from_utf8_lossy(&self.last).contains(what);
        let signal = status.as_ref().and_then(ExitStatus::signal);
        match (status, signal) {
            // The standard library has aborted, after a message to standard error.
            (Some(_), Some(_)) if said("has overflowed its stack") => Answer::StackOverflow,
            // Without `unsafe`, only a stack overflow does this.
            (Some(_), Some(SEGMENT)) => Answer::StackOverflow,
            (Some(_), Some(_)) if said("memory allocation of ") => Answer::MemoryLimit,
            // The kernel ended it at the limit of its time for all answers.
            (Some(_), Some(TIME)) => Answer::TimedOut(self.seconds * ALL),
            (Some(_), Some(signal)) => Answer::Gone(format!("ended by signal {signal}")),
            (Some(_), None) => Answer::ExitedEarly,
            (None, _) => Answer::Gone("closed its connection to the judge".to_owned()),
        }
    }
    fn read_answer(&mut self, bytes: &[u8]) -> Answer {
        let Some((&letter, mut rest)) = bytes.split_first() else {
            return Answer::Gone("sent an empty answer".to_owned());
        };
        let mut room = ROOM.min(ALL_ROOM.saturating_sub(self.received));
        let before = room;
        let value = Value::read_within(&mut rest, &mut room);
        self.received += before - room;
        match (letter, value) {
            (b'v', Some(value)) if rest.is_empty() => Answer::Value(value),
            (b'p', Some(Value::Text(message))) => answer_of_panic(message),
            (_, None) if room == 0 => too_long(),
            _ => Answer::Gone("sent what is no answer".to_owned()),
        }
    }
}

fn too_long() -> Answer {
    Answer::Gone("sent an answer that is too long".to_owned())
}
