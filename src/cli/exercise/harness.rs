//! The program that runs a student's functions. It answers but decides nothing: the judge is in another
//! process.
//!
//! `answers NAME` talks to the judge through its standard input, which is a socket. It first sends eight
//! zeros to say that it has started. A question is a length in 8 bytes, and then a list of arguments of that
//! length. An answer is a length, and then `v` and a value, `p` and a panic's message as a text, or `x` if
//! the arguments do not fit.
//!
//! It is in a module before the student's, so that no macro of the student's reaches it.

mod harness {
    use std::io::{Read, Write};
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::value::{Crosses, Value};

    /// The stack of the functions' thread. It is as large as the first thread's usually is, and the same
    /// everywhere.
    const STACK: usize = 8 << 20;

    pub fn main() {
        // For a thread that it has made, the standard library knows where the stack ends, and reports an
        // overflow.
        let functions = std::thread::Builder::new().stack_size(STACK).spawn(answer_all);
        if let Ok(functions) = functions {
            let _ = functions.join();
        }
    }

    fn answer_all() {
        let Some(name) = std::env::args().nth(1) else { return };
        let Ok(socket) = std::io::stdin().as_fd().try_clone_to_owned() else {
            return;
        };
        let mut judge = UnixStream::from(socket);
        std::panic::set_hook(Box::new(|_| ()));
        if judge.write_all(&[0; 8]).is_err() {
            return;
        }
        while let Some(Value::List(values)) = question(&mut judge) {
            let mut answer = Vec::new();
            match catch_unwind(AssertUnwindSafe(|| crate::call(&name, &values))) {
                Ok(Some(value)) => {
                    answer.push(b'v');
                    value.write(&mut answer);
                }
                Ok(None) => answer.push(b'x'),
                Err(payload) => {
                    let text = (payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                        .or_else(|| payload.downcast_ref::<String>().cloned())
                        .unwrap_or_else(|| "a panic without a message".to_owned());
                    answer.push(b'p');
                    text.to_value().write(&mut answer);
                }
            }
            let length = (answer.len() as u64).to_le_bytes();
            if judge.write_all(&length).and_then(|()| judge.write_all(&answer)).is_err() {
                return;
            }
        }
    }

    fn question(judge: &mut UnixStream) -> Option<Value> {
        let mut length = [0; 8];
        judge.read_exact(&mut length).ok()?;
        let mut bytes = vec![0; u64::from_le_bytes(length) as usize];
        judge.read_exact(&mut bytes).ok()?;
        Value::read(&mut bytes.as_slice())
    }
}

#[path = "course-value.rs"]
mod value;

fn main() {
    harness::main();
}
