//! The program that runs a student's functions. It answers, and decides nothing: the judge is in another process.
//!
//! `answers SOCKET NAME` connects to the socket. A question is the length of what follows in 8 bytes and a list of
//! arguments; an answer is `v` and a value, `p` and a panic's message as a text, or `x` where the arguments do not fit.

mod value;

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};

use value::{Crosses, Value};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(socket), Some(name)) = (arguments.next(), arguments.next()) else {
        return;
    };
    let Ok(mut judge) = UnixStream::connect(socket) else {
        return;
    };
    std::panic::set_hook(Box::new(|_| ()));
    while let Some(Value::List(values)) = question(&mut judge) {
        let mut answer = Vec::new();
        match catch_unwind(AssertUnwindSafe(|| call(&name, &values))) {
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
                Value::Text(text).write(&mut answer);
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
