//! An HTTP server on this machine that can be told to misbehave.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How a file is sent.
#[derive(Clone, Copy)]
pub(crate) enum Behaviour {
    /// As it should be, also from the middle if asked.
    Good,
    /// The connection breaks each time after this many bytes.
    Cut(usize),
    /// The connection breaks once after this many bytes. Later the server sends only whole files.
    CutOnceThenWhole(usize),
    /// After this many bytes nothing more comes.
    Stall(usize),
    /// As it should be, but only after this time.
    Slow(Duration),
}

struct State {
    files: Mutex<HashMap<String, (Vec<u8>, Behaviour)>>,
    requests: Mutex<Vec<String>>,
    stopped: AtomicBool,
}

pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves these files: path, content, behaviour.
    pub(crate) fn start(files: Vec<(String, Vec<u8>, Behaviour)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            files: Mutex::new(
                files
                    .into_iter()
                    .map(|(path, content, is)| (path, (content, is)))
                    .collect(),
            ),
            requests: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let listening = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&shared);
                // A client that goes away in the middle: some of the tests are about this.
                thread::spawn(move || answer(stream, &shared).ok());
            }
        });
        Self {
            address,
            state,
            listening: Some(listening),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// What was asked for: the path, and from which byte.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }

    pub(crate) fn set(&self, path: &str, behaviour: Behaviour) {
        self.state.files.lock().unwrap().get_mut(path).unwrap().1 = behaviour;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

fn answer(mut stream: TcpStream, state: &State) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut from = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(range) = header.strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().unwrap();
        }
    }
    let note = if from > 0 {
        format!("{path} from {from}")
    } else {
        path.clone()
    };
    state.requests.lock().unwrap().push(note);

    let Some((content, behaviour)) = state.files.lock().unwrap().get(&path).cloned() else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    if let Behaviour::Slow(wait) = behaviour {
        thread::sleep(wait);
    }
    let whole_only = matches!(behaviour, Behaviour::CutOnceThenWhole(_)) && from > 0;
    if whole_only {
        state.files.lock().unwrap().get_mut(&path).unwrap().1 = Behaviour::Good;
        from = 0;
    }
    let rest = &content[from.min(content.len())..];
    let status = if from > 0 {
        let last = content.len() - 1;
        format!(
            "206 Partial Content\r\nContent-Range: bytes {from}-{last}/{}",
            content.len()
        )
    } else {
        "200 OK".to_owned()
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        rest.len()
    )?;
    match behaviour {
        Behaviour::Cut(n) | Behaviour::CutOnceThenWhole(n) if !whole_only => {
            stream.write_all(&rest[..n.min(rest.len())])
        }
        Behaviour::Stall(n) => {
            stream.write_all(&rest[..n])?;
            while !state.stopped.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(10));
            }
            Ok(())
        }
        _ => stream.write_all(rest),
    }
}
