//! The members of an archive, one after the other. Little memory is used, whatever the archive's headers say.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

/// The largest list of members in a zip archive, and the largest header in a tar archive that describes a
/// member; both in bytes.
const LIST: u64 = 4 << 20;
const HEADER: u64 = 1 << 20;

/// What a member is.
pub(super) enum Kind {
    /// A file with the size that the archive says, in bytes.
    File(u64),
    Folder,
    Link,
    /// One of several members with the same path.
    Twice,
    /// A device, a file with holes, and the like.
    Other,
}

/// Gets a member's path as the archive writes it, what the member is, and its content.
pub(super) type Take<'a> = dyn FnMut(&str, Kind, &mut dyn Read) -> Result<(), String> + 'a;

/// The members of a zip archive.
pub(super) fn zip(path: &Path, take: &mut Take<'_>) -> Result<(), String> {
    let broken = |error: zip::result::ZipError| format!("is no zip archive that can be read: {error}");
    let open = || {
        File::open(path)
            .map(BufReader::new)
            .map_err(|error| error.to_string())
    };
    let left = Rc::new(Cell::new(LIST));
    let limited = Limited {
        from: open()?,
        left: Rc::clone(&left),
    };
    let mut archive = zip::ZipArchive::new(limited).map_err(broken)?;
    left.set(u64::MAX);
    // Of several members with one path, the crate keeps the last.
    let twice = if archive.has_duplicate_names() {
        twice(open()?, archive.central_directory_start()).map_err(|error| error.to_string())?
    } else {
        BTreeSet::new()
    };
    for i in 0..archive.len() {
        let mut member = archive.by_index(i).map_err(broken)?;
        let kind = match &member {
            folder if folder.is_dir() => Kind::Folder,
            link if link.is_symlink() => Kind::Link,
            several if twice.contains(several.name_raw()) => Kind::Twice,
            file => Kind::File(file.size()),
        };
        let path = member.name().map_err(broken)?.into_owned();
        take(&path, kind, &mut member)?;
    }
    Ok(())
}

/// The members of a tar archive.
pub(super) fn tar(from: impl Read, take: &mut Take<'_>) -> Result<(), String> {
    let mut archive = tar::Archive::new(from);
    let mut next = Next::default();
    let mut is_empty = true;
    // Raw, because otherwise the crate reads a name as long as its header says, however long that is.
    for member in archive.entries().map_err(no_tar)?.raw(true) {
        let mut member = member.map_err(no_tar)?;
        let kind = member.header().entry_type();
        if next.describes(kind, &mut member)? {
            continue;
        }
        is_empty = false;
        let size = member.size();
        let Next { path, size: stated } = std::mem::take(&mut next);
        if stated.is_some_and(|stated| stated != size) {
            return Err(no_tar("a member has two sizes"));
        }
        let path = path.unwrap_or_else(|| member.header().path_bytes().into_owned());
        let kind = match kind {
            kind if kind.is_file() || kind.is_contiguous() => Kind::File(size),
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_symlink() || kind.is_hard_link() => Kind::Link,
            _ => Kind::Other,
        };
        take(&String::from_utf8_lossy(&path), kind, &mut member)?;
    }
    if is_empty {
        return Err("is no tar archive, or an empty one".to_owned());
    }
    Ok(())
}

fn no_tar(why: impl std::fmt::Display) -> String {
    format!("is no tar archive that can be read: {why}")
}

/// What the headers of a tar archive say about the member after them.
#[derive(Default)]
struct Next {
    path: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Next {
    /// Whether this is such a header. If it is, it is read.
    fn describes(&mut self, kind: tar::EntryType, header: &mut impl Read) -> Result<bool, String> {
        if kind.is_pax_global_extensions() || kind.is_gnu_longlink() {
            return Ok(true);
        }
        if !kind.is_gnu_longname() && !kind.is_pax_local_extensions() {
            return Ok(false);
        }
        let mut bytes = Vec::new();
        header.take(HEADER + 1).read_to_end(&mut bytes).map_err(no_tar)?;
        if bytes.len() as u64 > HEADER {
            return Err(format!("has a header of more than {} MB", HEADER >> 20));
        }
        if kind.is_gnu_longname() {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            bytes.truncate(end);
            self.path = Some(bytes);
            return Ok(true);
        }
        for record in tar::PaxExtensions::new(&bytes) {
            let record = record.map_err(no_tar)?;
            match record.key() {
                Ok("path") => self.path = Some(record.value_bytes().to_vec()),
                Ok("size") => self.size = record.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
        Ok(true)
    }
}

/// Reads a given number of bytes and no more.
struct Limited<R> {
    from: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(to)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(std::io::Error::other("its list of files is too long")),
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Limited<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.from.seek(to)
    }
}

/// The names that occur more than once in a zip archive's list, which begins at `start`.
fn twice(mut archive: impl Read + Seek, start: u64) -> std::io::Result<BTreeSet<Vec<u8>>> {
    const ENTRY: usize = 46;
    archive.seek(SeekFrom::Start(start))?;
    let mut list = Vec::new();
    archive.take(LIST).read_to_end(&mut list)?;
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    let mut rest = list.as_slice();
    while rest.starts_with(b"PK\x01\x02") {
        let length = |at: usize| {
            rest.get(at..at + 2)
                .map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8)
        };
        let (name, more) = (length(28), length(30) + length(32));
        let Some(text) = rest.get(ENTRY..ENTRY + name) else {
            break;
        };
        if !seen.insert(text) {
            twice.insert(text.to_vec());
        }
        rest = rest.get(ENTRY + name + more..).unwrap_or_default();
    }
    Ok(twice)
}
