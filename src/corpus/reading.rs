//! Texts from a user's own files. They are read when they are asked for, and are never all in memory
//! together.
//!
//! A file is UTF-8, plain or compressed by gzip (recognised by its first bytes, not by its name). A
//! byte-order mark at its beginning is skipped, and a line may end with a carriage return. If a file is
//! anything else, the error says so: see [`TextFiles::open`].

use std::fs;
use std::path::{Path, PathBuf};

use super::lines::{Line, Lines};
use super::{Corpus, Cut, Document, Texts, grouped};
use crate::error::Location;
use crate::{Error, Result};

/// The part of a file that is one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A line that is not blank.
    Line,
    /// The lines between blank lines.
    Paragraph,
    /// The whole file.
    File,
}

/// Files on disk as a source of documents.
///
/// ```
/// use course::corpus::{TextFiles, Unit, Vocabulary};
/// # let folder = std::env::temp_dir().join(format!("course-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// let path = folder.join("two.txt");
/// std::fs::write(&path, "the cat sat\nthe dog sat\n").unwrap();
/// let texts = TextFiles::open(&path, Unit::Line)?;
/// assert_eq!(Vocabulary::of(&texts, 2)?.words(), ["sat", "the"]);
/// assert_eq!(texts.corpus()?.len(), 2);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct TextFiles {
    name: String,
    files: Vec<PathBuf>,
    bytes: u64,
    unit: Unit,
    cut: Cut,
}

/// A document longer than this, in bytes, is streamed in pieces, so that memory stays bounded when a file of
/// many gigabytes is one line.
const MOST_BYTES: usize = 16 << 20;

impl TextFiles {
    /// The file `path`, or all files in the folder `path` and its subfolders, in the order of their names.
    /// Names that begin with a full stop are left out.
    ///
    /// A document of more than 16 MiB is streamed in pieces that are cut at white space.
    ///
    /// # Errors
    /// `path` does not exist, the folder has no files, or all files are empty. The contents of the files are
    /// looked at only when they are read: a file that is not UTF-8, or that has nothing but white space, is
    /// an error then.
    pub fn open(path: impl AsRef<Path>, unit: Unit) -> Result<Self> {
        Self::find(path.as_ref(), &|_| true, "a file", unit)
    }

    /// The files in the folder `path` and its subfolders whose names end with `ending` or with `ending` and
    /// ".gz"; an example of `ending` is ".txt". Otherwise like [`TextFiles::open`].
    ///
    /// # Errors
    /// As for [`TextFiles::open`].
    pub fn open_folder(path: impl AsRef<Path>, ending: &str, unit: Unit) -> Result<Self> {
        let keep = |name: &str| name.strip_suffix(".gz").unwrap_or(name).ends_with(ending);
        Self::find(
            path.as_ref(),
            &keep,
            &format!("a file that ends with {ending:?}"),
            unit,
        )
    }

    fn find(path: &Path, keep: &dyn Fn(&str) -> bool, expected: &str, unit: Unit) -> Result<Self> {
        let metadata = fs::metadata(path).map_err(|e| Error::io("open", path, e))?;
        let mut files = Vec::new();
        if metadata.is_dir() {
            list(path, keep, &mut files)?;
            if files.is_empty() {
                return Err(Error::value(
                    format!("the folder {}", path.display()),
                    expected,
                    "none",
                ));
            }
        } else {
            files.push((path.to_owned(), metadata.len()));
        }
        let bytes = files.iter().map(|&(_, n)| n).sum();
        let texts = Self {
            name: name_of(path),
            files: files.into_iter().map(|(file, _)| file).collect(),
            bytes,
            unit,
            cut: Cut::Words,
        };
        // Some files, such as pipes, have no length of their own. So only ordinary files can be recognised as
        // empty here.
        if bytes == 0 && (metadata.is_dir() || metadata.is_file()) {
            return Err(texts.nothing());
        }
        Ok(texts)
    }

    /// The same files, for texts that are already cut into words separated by white space.
    #[must_use]
    pub fn already_cut(mut self) -> Self {
        self.cut = Cut::Spaces;
        self
    }

    /// The files, in reading order.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// How many bytes the files take on disk.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// All documents in memory. The title of a document is the name of its file. Unless the whole file is one
    /// document, the number of the document's first line is added.
    ///
    /// # Errors
    /// A file cannot be read or is not UTF-8, or no file has a document.
    pub fn corpus(&self) -> Result<Corpus> {
        let mut documents = Vec::new();
        self.read(usize::MAX, &mut |name, line, text| {
            let title = match self.unit {
                Unit::File => name.to_owned(),
                Unit::Line | Unit::Paragraph => format!("{name}, line {line}"),
            };
            documents.push(Document::new(title, text));
            Ok(())
        })?;
        let corpus = Corpus::new(&self.name, documents);
        Ok(if self.cut == Cut::Spaces {
            corpus.already_cut()
        } else {
            corpus
        })
    }

    /// Calls `f` for each document, or for each piece of a document that has more than `most` bytes. It gets
    /// the file's name, the number of the first line and the text.
    fn read(&self, most: usize, f: &mut dyn FnMut(&str, u64, &str) -> Result<()>) -> Result<()> {
        let mut n = 0_u64;
        for file in &self.files {
            let name = name_of(file);
            let mut f = |line: u64, text: &str| {
                n += 1;
                f(&name, line, text)
            };
            let mut lines = Lines::open(file, most)?;
            self.documents(&mut lines, most, &mut f)?;
        }
        if n == 0 { Err(self.nothing()) } else { Ok(()) }
    }

    /// Calls `f` with the number of the first line and the text of each document in `lines`.
    pub(super) fn documents(
        &self,
        lines: &mut Lines,
        most: usize,
        f: &mut dyn FnMut(u64, &str) -> Result<()>,
    ) -> Result<()> {
        if self.unit == Unit::Line {
            return lines.each(&mut |line| {
                if line.is_blank() {
                    Ok(())
                } else {
                    f(line.number, line.text)
                }
            });
        }
        let mut gathered = Gathered::default();
        lines.each(&mut |line| {
            if self.unit == Unit::Paragraph && line.is_blank() {
                return gathered.give(f);
            }
            if gathered.text.len().saturating_add(line.text.len()) > most {
                gathered.give(f)?;
            }
            gathered.add(&line);
            Ok(())
        })?;
        gathered.give(f)
    }

    /// The part of a file that is one document.
    pub(super) fn unit(&self) -> Unit {
        self.unit
    }

    /// The error for files without any document.
    fn nothing(&self) -> Error {
        match self.files.as_slice() {
            [file] => Error::format(
                file.display(),
                Location::Whole,
                "expected a text, got an empty file",
            ),
            files => {
                let problem = format!("expected a text, got {} empty files", files.len());
                Error::format(&self.name, Location::Whole, problem)
            }
        }
    }
}

impl Texts for TextFiles {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.read(MOST_BYTES, &mut |_, _, text| f(text))
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.read_mixed(MOST_BYTES, seed, f)
    }

    fn cut(&self) -> Cut {
        self.cut
    }
}

crate::show::shown_as_line!(TextFiles, |this| {
    let unit = match this.unit {
        Unit::Line => "line",
        Unit::Paragraph => "paragraph",
        Unit::File => "file",
    };
    let files = this.files.len();
    let plural = if files == 1 { "" } else { "s" };
    format!(
        "{}: {files} file{plural}, {} bytes, each {unit} a document",
        this.name,
        grouped(this.bytes)
    )
});

/// Lines that are joined into a document.
#[derive(Default)]
struct Gathered {
    text: String,
    /// The number of the first line.
    first: u64,
}

impl Gathered {
    fn add(&mut self, line: &Line<'_>) {
        if self.text.is_empty() {
            self.first = line.number;
        }
        self.text.push_str(line.text);
        if line.ends {
            self.text.push('\n');
        }
    }

    /// Passes on what there is, unless it is blank, and starts again.
    fn give(&mut self, f: &mut dyn FnMut(u64, &str) -> Result<()>) -> Result<()> {
        if !self.text.trim_ascii().is_empty() {
            f(self.first, &self.text)?;
        }
        self.text.clear();
        Ok(())
    }
}

/// The files in `folder` and its subfolders for whose names `keep` is true, by name, with their lengths.
fn list(folder: &Path, keep: &dyn Fn(&str) -> bool, files: &mut Vec<(PathBuf, u64)>) -> Result<()> {
    let failed = |e| Error::io("list", folder, e);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder could lead back to a folder above it, so only links to files are followed.
        if entry.file_type().map_err(failed)?.is_dir() {
            list(&path, keep, files)?;
        } else if keep(&name) {
            let metadata = fs::metadata(&path).map_err(|e| Error::io("open", &path, e))?;
            if metadata.is_file() {
                files.push((path, metadata.len()));
            }
        }
    }
    Ok(())
}

/// The last part of `path`, without its ending.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() && !path.is_dir() => stem.to_owned(),
        _ => name.to_owned(),
    }
}
