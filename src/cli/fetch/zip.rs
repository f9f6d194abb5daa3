//! Reads zip files: the list of members at the end, then a member by its place. Only what a wheel has: no encryption,
//! no parts, less than 4 GB, stored or deflated.
//!
//! The crate `zip` is among candle's dependencies, but without deflate; to switch that on would compile candle twice,
//! once for the command line and once for the kernel. There is no checksum here: every file is checked by SHA-256.

use std::io::{Read, Seek, SeekFrom, Take};

use anyhow::{Context, Result, bail};
use flate2::read::DeflateDecoder;

/// A member, as the list says it.
#[derive(Debug, PartialEq)]
pub(crate) struct Member {
    /// Its path, with slashes.
    pub(crate) name: String,
    method: u16,
    packed: u32,
    offset: u32,
}

/// Signatures of the three records that are read here.
const END: [u8; 4] = *b"PK\x05\x06";
const LISTED: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// The last record has 22 bytes and a comment of up to 65,535.
const END_BYTES: usize = 22;

/// The regular files in the archive.
pub(crate) fn members(file: &mut (impl Read + Seek)) -> Result<Vec<Member>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_from = length.saturating_sub((END_BYTES + 65_535) as u64);
    file.seek(SeekFrom::Start(tail_from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let end = (tail.windows(END_BYTES).rposition(|w| w.starts_with(&END)))
        .context("not a zip file, or cut short")?;
    let end = Fields(&tail[end..]);
    let (count, bytes, from) = (end.u16(10)?, end.u32(12)?, end.u32(16)?);
    if from == u32::MAX {
        bail!("a zip file of more than 4 GB");
    }
    file.seek(SeekFrom::Start(u64::from(from)))?;
    let mut list = Vec::new();
    file.take(u64::from(bytes)).read_to_end(&mut list)?;

    let mut members = Vec::with_capacity(usize::from(count));
    let mut rest = list.as_slice();
    for _ in 0..count {
        let at = Fields(rest);
        if !rest.starts_with(&LISTED) {
            bail!("the list of members is broken");
        }
        let name_bytes = usize::from(at.u16(28)?);
        let whole = 46 + name_bytes + usize::from(at.u16(30)?) + usize::from(at.u16(32)?);
        let name = rest
            .get(46..46 + name_bytes)
            .context("the list of members is cut short")?;
        let name = String::from_utf8_lossy(name).into_owned();
        if !name.ends_with('/') {
            members.push(Member {
                name,
                method: at.u16(10)?,
                packed: at.u32(20)?,
                offset: at.u32(42)?,
            });
        }
        rest = rest.get(whole..).context("the list of members is cut short")?;
    }
    Ok(members)
}

/// The content of a member.
pub(crate) fn open<'a, F: Read + Seek>(file: &'a mut F, member: &Member) -> Result<Content<'a, F>> {
    file.seek(SeekFrom::Start(u64::from(member.offset)))?;
    let mut local = [0; 30];
    file.read_exact(&mut local).context("cut short")?;
    if !local.starts_with(&LOCAL) {
        bail!("{} is not where the list says", member.name);
    }
    let local = Fields(&local);
    let skip = i64::from(local.u16(26)?) + i64::from(local.u16(28)?);
    file.seek(SeekFrom::Current(skip))?;
    let packed = file.take(u64::from(member.packed));
    match member.method {
        0 => Ok(Content::Stored(packed)),
        8 => Ok(Content::Deflated(DeflateDecoder::new(packed))),
        other => bail!("{} is packed by method {other}", member.name),
    }
}

/// What [`open`] gives.
pub(crate) enum Content<'a, F> {
    Stored(Take<&'a mut F>),
    Deflated(DeflateDecoder<Take<&'a mut F>>),
}

impl<F: Read> Read for Content<'_, F> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Stored(from) => from.read(to),
            Self::Deflated(from) => from.read(to),
        }
    }
}

/// Little-endian numbers at fixed places of a record.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u16(&self, at: usize) -> Result<u16> {
        match self.0.get(at..at + 2) {
            Some(&[a, b]) => Ok(u16::from_le_bytes([a, b])),
            _ => bail!("cut short"),
        }
    }

    fn u32(&self, at: usize) -> Result<u32> {
        Ok(u32::from(self.u16(at)?) | u32::from(self.u16(at + 2)?) << 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Made by Python: see tests/fixtures/fetch/make.py.
    const WHEEL: &[u8] = include_bytes!("../../../tests/fixtures/fetch/tiny-1.0-py3-none-any.whl");

    fn read(bytes: &[u8], name: &str) -> Result<String> {
        let mut file = Cursor::new(bytes);
        let members = members(&mut file)?;
        let member = members
            .iter()
            .find(|m| m.name == name)
            .context("no such member")?;
        let mut text = String::new();
        open(&mut file, member)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn stored_and_deflated_members_of_pythons_zipfile() {
        let names: Vec<String> = members(&mut Cursor::new(WHEEL))
            .unwrap()
            .into_iter()
            .map(|m| m.name)
            .collect();
        assert_eq!(names, ["tiny/words.txt", "tiny/stored.txt", "../escaped.txt"]);
        assert_eq!(
            read(WHEEL, "tiny/words.txt").unwrap(),
            "one two three\n".repeat(100)
        );
        assert_eq!(read(WHEEL, "tiny/stored.txt").unwrap(), "stored\n");
    }

    #[test]
    fn every_cut_is_an_error_and_not_a_panic() {
        for length in 0..WHEEL.len() {
            assert!(read(&WHEEL[..length], "tiny/words.txt").is_err(), "{length}");
        }
        assert_eq!(
            members(&mut Cursor::new(b"no zip")).unwrap_err().to_string(),
            "not a zip file, or cut short"
        );
    }
}
