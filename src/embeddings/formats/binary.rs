//! word2vec's binary format: a line with the number of words and of dimensions, then for each word its bytes,
//! a space, and its vector as little-endian `f32`. word2vec itself writes a line break after each vector,
//! gensim does not.

use std::io::{BufRead, Read, Write};
use std::path::Path;

use super::{Rows, text};
use crate::embeddings::Embeddings;
use crate::error::Location;
use crate::files::write_whole;
use crate::{Error, Result};

/// A word longer than this is a sign that numbers are being read as a word.
const LONGEST_WORD: u64 = 1 << 16;

pub(super) fn read(mut source: impl BufRead, path: &Path) -> Result<Embeddings> {
    let broken = |at: u64, problem: String| Error::format(path.display(), Location::Byte(at), problem);
    let io = |e| Error::io("read", path, e);
    let mut line = Vec::new();
    let mut at = source
        .by_ref()
        .take(64)
        .read_until(b'\n', &mut line)
        .map_err(io)? as u64;
    let (n, dimension) = match text::header(&line) {
        Some((n, d)) if line.ends_with(b"\n") && (d > 0 || n == 0) => (n, d),
        _ if line.is_empty() => return Err(broken(0, "expected vectors, got an empty file".into())),
        _ => {
            let got = String::from_utf8_lossy(&line);
            let problem = format!("expected a line with the numbers of words and of dimensions, got {got:?}");
            return Err(broken(0, problem));
        }
    };
    let mut rows = Rows::new(path, dimension);
    let size = (dimension as u64).saturating_mul(size_of::<f32>() as u64);
    let mut bytes = Vec::new();
    let mut word = Vec::new();
    for i in 0..n {
        let cut = |at: u64| broken(at, format!("the file ends in word {} of {n}", i + 1));
        word.clear();
        let read = source
            .by_ref()
            .take(LONGEST_WORD)
            .read_until(b' ', &mut word)
            .map_err(io)? as u64;
        if word.pop() != Some(b' ') {
            return Err(match read {
                LONGEST_WORD => broken(
                    at,
                    format!("expected word {} of {n}, got bytes without a space", i + 1),
                ),
                _ => cut(at + read),
            });
        }
        let breaks = word.iter().take_while(|&&b| b == b'\n').count();
        rows.word(&word[breaks..], Location::Byte(at + breaks as u64))?;
        at += read;
        // Reads as many bytes as there are, whatever the first line says.
        bytes.clear();
        let got = source.by_ref().take(size).read_to_end(&mut bytes).map_err(io)? as u64;
        if got < size {
            return Err(cut(at + got));
        }
        for (j, &x) in bytes.as_chunks().0.iter().enumerate() {
            let x = f32::from_le_bytes(x);
            if !x.is_finite() {
                return Err(broken(
                    at + 4 * j as u64,
                    format!("expected a finite number, got {x}"),
                ));
            }
            rows.numbers.push(x);
        }
        at += bytes.len() as u64;
    }
    let end = super::rest(source, path)?;
    match end.iter().position(|&b| b != b'\n') {
        None => rows.done(),
        Some(more) => {
            let problem = format!("expected the end after {n} words as the first line says, got more");
            Err(broken(at + more as u64, problem))
        }
    }
}

pub(super) fn write(e: &Embeddings, path: &Path) -> Result<()> {
    if let Some(word) = e.words().iter().find(|word| word.contains([' ', '\n'])) {
        let expected = "words without spaces and line breaks (safetensors can hold them)";
        return Err(Error::value(
            "the words of a binary word2vec file",
            expected,
            format!("{word:?}"),
        ));
    }
    write_whole(path, |out| {
        writeln!(out, "{} {}", e.len(), e.dimension())?;
        for (word, row) in e.words().iter().zip(e.matrix().outer_iter()) {
            out.write_all(word.as_bytes())?;
            out.write_all(b" ")?;
            for x in row {
                out.write_all(&x.to_le_bytes())?;
            }
        }
        Ok(())
    })
}
