//! git's packets: four hexadecimal digits say how long a packet is, themselves included; `0000` ends a list.
//!
//! Source: git's documentation, `gitprotocol-common` and `gitattributes` ("Long Running Filter Process").

use std::io::{self, Read, Write};

/// The most that one packet holds, as git has it.
const LARGEST: usize = 65516;

/// The next packet; nothing at the end of a list.
pub(crate) fn packet(pipe: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = length(pipe)? else {
        return Ok(None);
    };
    let mut content = vec![0; length];
    pipe.read_exact(&mut content)?;
    Ok(Some(content))
}

/// The length of the next packet's content.
fn length(pipe: &mut impl Read) -> io::Result<Option<usize>> {
    let mut digits = [0; 4];
    pipe.read_exact(&mut digits)?;
    let number = std::str::from_utf8(&digits).ok();
    let number = number.and_then(|digits| usize::from_str_radix(digits, 16).ok());
    match number {
        Some(0) => Ok(None),
        Some(n) if n >= 4 && n - 4 <= LARGEST => Ok(Some(n - 4)),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("expected the length of a packet, got {digits:?}"),
        )),
    }
}

/// The lines of a list, without their ends.
pub(crate) fn lines(pipe: &mut impl Read) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    while let Some(line) = packet(pipe)? {
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        lines.push(String::from_utf8_lossy(line).into_owned());
    }
    Ok(lines)
}

/// Writes a list of lines.
pub(crate) fn write_lines(pipe: &mut impl Write, lines: &[&str]) -> io::Result<()> {
    for line in lines {
        writeln!(pipe, "{:04x}{line}", line.len() + 5)?;
    }
    pipe.write_all(b"0000")
}

/// Writes content, in as many packets as it takes, and the end of their list.
pub(crate) fn write_content(pipe: &mut impl Write, content: &[u8]) -> io::Result<()> {
    for piece in content.chunks(LARGEST) {
        write!(pipe, "{:04x}", piece.len() + 4)?;
        pipe.write_all(piece)?;
    }
    pipe.write_all(b"0000")
}

/// The content of a list of packets, as one stream that ends with the list.
pub(crate) struct Content<'a, R> {
    pipe: &'a mut R,
    left: usize,
    ended: bool,
}

impl<'a, R: Read> Content<'a, R> {
    pub(crate) fn new(pipe: &'a mut R) -> Self {
        Self {
            pipe,
            left: 0,
            ended: false,
        }
    }

    /// Reads the rest, which is not needed.
    pub(crate) fn skip(mut self) -> io::Result<()> {
        io::copy(&mut self, &mut io::sink()).map(|_| ())
    }
}

impl<R: Read> Read for Content<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left == 0 {
            if self.ended {
                return Ok(0);
            }
            match length(self.pipe)? {
                Some(length) => self.left = length,
                None => self.ended = true,
            }
        }
        let most = self.left.min(buffer.len());
        let read = self.pipe.read(&mut buffer[..most])?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read;
        Ok(read)
    }
}
