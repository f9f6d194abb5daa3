//! Asking a function in another process.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use course::check::{Answer, Value, answer_of_panic};

/// How long one answer may take, as in a notebook.
const SECONDS: u64 = 2;

/// How long a program may take to start.
const START: Duration = Duration::from_secs(10);

/// The longest answer that is read: the exercises' are a thousand times shorter.
const LONGEST: u64 = 1 << 24;

/// A running program with the function `name`. Dropping it ends the program.
pub(crate) struct Running {
    child: Child,
    socket: UnixStream,
    _folder: tempfile::TempDir,
}

impl Running {
    /// Starts `program`. What it prints goes to standard error.
    pub(crate) fn start(program: &Path, name: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("judge");
        let listener = UnixListener::bind(&path)?;
        listener.set_nonblocking(true)?;
        let mut child = Command::new(program)
            .arg(&path)
            .arg(name)
            .stdin(Stdio::null())
            .stdout(io::stderr())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let begin = Instant::now();
        let socket = loop {
            match listener.accept() {
                Ok((socket, _)) => break socket,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && begin.elapsed() < START => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                Err(error) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(error).context("the program with the function does not start");
                }
            }
        };
        socket.set_nonblocking(false)?;
        socket.set_read_timeout(Some(Duration::from_secs(SECONDS)))?;
        socket.set_write_timeout(Some(Duration::from_secs(SECONDS)))?;
        Ok(Self {
            child,
            socket,
            _folder: folder,
        })
    }

    /// The function's answer. After one that is not a value the program is not asked again.
    pub(crate) fn ask(&mut self, arguments: &[Value]) -> Answer {
        let mut question = Vec::new();
        Value::List(arguments.to_vec()).write(&mut question);
        match self.exchange(&question) {
            Ok(bytes) => read_answer(&bytes),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                Answer::TimedOut(SECONDS)
            }
            Err(_) => self.why_gone(),
        }
    }

    fn exchange(&mut self, question: &[u8]) -> io::Result<Vec<u8>> {
        self.socket.write_all(&(question.len() as u64).to_le_bytes())?;
        self.socket.write_all(question)?;
        let mut length = [0; 8];
        self.socket.read_exact(&mut length)?;
        let length = u64::from_le_bytes(length);
        if length > LONGEST {
            return Err(io::Error::other("the answer is too long"));
        }
        let mut bytes = vec![0; length as usize];
        self.socket.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Why nothing more comes.
    fn why_gone(&mut self) -> Answer {
        // The connection ends a moment before the process does.
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(1) {
            match self.child.try_wait() {
                Ok(Some(status)) => return ended(status),
                _ => std::thread::sleep(Duration::from_millis(2)),
            }
        }
        Answer::Gone("closed its connection to the judge".to_owned())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ended(status: ExitStatus) -> Answer {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(_), _) => Answer::ExitedEarly,
        // The standard library aborts on a stack overflow, after a message to standard error.
        (None, Some(6)) => Answer::StackOverflow,
        (None, Some(signal)) => Answer::Gone(format!("ended by signal {signal}")),
        (None, None) => Answer::Gone("ended".to_owned()),
    }
}

fn read_answer(bytes: &[u8]) -> Answer {
    let Some((&letter, mut rest)) = bytes.split_first() else {
        return Answer::Gone("sent an empty answer".to_owned());
    };
    match (letter, Value::read(&mut rest)) {
        (b'v', Some(value)) if rest.is_empty() => Answer::Value(value),
        (b'p', Some(Value::Text(message))) => answer_of_panic(message),
        _ => Answer::Gone("sent what is no answer".to_owned()),
    }
}
