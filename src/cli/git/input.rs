//! A notebook to be read, perhaps twice.
//!
//! What decides whether outputs stay may come after them, so the filter must be able to start again. A file
//! can be rewound. What comes through a pipe is kept: in memory if it is small, else in a file without a
//! name, which disappears with the process.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use super::fault::Fault;

/// How much of a pipe is kept in memory. Notebooks without pictures are far smaller.
const IN_MEMORY: usize = 8 * 1024 * 1024;

/// What can be read from the beginning, as often as needed.
pub(crate) enum Input {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

impl Input {
    /// Keeps what `pipe` brings.
    pub(crate) fn keep(mut pipe: impl Read) -> Result<Self, Fault> {
        let mut start = Vec::with_capacity(64 * 1024);
        pipe.by_ref().take(IN_MEMORY as u64).read_to_end(&mut start)?;
        if start.len() < IN_MEMORY {
            return Ok(Self::Memory(Cursor::new(start)));
        }
        let mut file = temporary(&start)?;
        let mut piece = vec![0; 1024 * 1024];
        loop {
            match pipe.read(&mut piece) {
                Ok(0) => return Ok(Self::File(file)),
                Ok(n) => file.write_all(&piece[..n]).map_err(no_room)?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Everything, as it was given.
    pub(crate) fn copy_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.rewind()?;
        io::copy(self, out).map(|_| ())
    }
}

fn temporary(start: &[u8]) -> Result<File, Fault> {
    let mut file = tempfile::tempfile().map_err(no_room)?;
    file.write_all(start).map_err(no_room)?;
    Ok(file)
}

fn no_room(error: io::Error) -> Fault {
    let folder = std::env::temp_dir();
    Fault::new(
        0,
        format!(
            "a large notebook is kept in {} while it is stripped: {error}; set TMPDIR to a folder with room",
            folder.display()
        ),
    )
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Memory(memory) => memory.read(buffer),
        }
    }
}

impl Seek for Input {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(memory) => memory.seek(to),
        }
    }
}
