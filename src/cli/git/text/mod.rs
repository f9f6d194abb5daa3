//! Notebooks as plain text: for `git diff`, for review, and to be edited.
//!
//! The form is jupytext's "percent" format, which jupytext, VS Code, Spyder and others read: each cell begins
//! with a line `// %%`, text is in comments, and for Rust the whole is a file that an editor colours.
//!
//! ```text
//! // ---
//! // jupyter:
//! //   kernelspec:
//! //     name: rust
//! // ---
//!
//! // %% [markdown] id="aims"
//! // # Aims
//!
//! // %% id="war" tags=["quiz"]
//! println!("{}", 1 + 1);
//! ```
//!
//! Ids, metadata and attachments are in the cell's first line, as `key=JSON`, so that the way back gives the
//! same notebook. Outputs, counts and fields that are not nbformat's are not kept. jupytext takes the id for
//! an entry of metadata, keeps it there and writes it back. The header says who wrote the text; see [`mark`].

mod active;
mod command;
mod entries;
mod fence;
mod header;
mod language;
mod literal;
mod mark;
mod marker;
mod quotes;
mod read;
mod write;
mod yaml;

use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use super::clean::to_standard_output;
use super::fault::Fault;
use super::input::Input;
use super::options::Options;
use super::strip::strip;
use super::tree::Json;
use crate::tools::files::read;
use crate::tools::save;
use language::Language;
use quotes::Quotes;

/// Convert notebooks to and from plain text.
#[derive(Args)]
pub(crate) struct NbArgs {
    #[command(subcommand)]
    way: Way,
}

#[derive(Subcommand)]
enum Way {
    /// Write a notebook as text, in jupytext's percent format. Outputs are left out.
    #[command(after_help = "Example:
  cargo course nb to-text notebooks/01_vectors.ipynb -o vectors.rs")]
    ToText(Files),
    /// Write a notebook from such a text.
    #[command(after_help = "Example:
  cargo course nb from-text vectors.rs -o vectors.ipynb")]
    FromText(Files),
}

#[derive(Args)]
struct Files {
    /// The file to read.
    file: PathBuf,
    /// The file to write; standard output if none is given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the file although there is one.
    #[arg(long, requires = "output")]
    force: bool,
}

impl NbArgs {
    pub(crate) fn run(&self) -> Result<()> {
        match &self.way {
            Way::ToText(files) => files.put(to_text(&files.file, false)?.as_bytes()),
            Way::FromText(files) => {
                let path = &files.file;
                let text = read(path)?;
                let extension = path.extension().and_then(|extension| extension.to_str());
                let notebook = from_text(&text, extension).map_err(|fault| fault.of(path))?;
                files.put(&notebook.to_file())
            }
        }
    }
}

impl Files {
    fn put(&self, content: &[u8]) -> Result<()> {
        let Some(output) = &self.output else {
            return to_standard_output(content);
        };
        // The file that is there may hold outputs that exist nowhere else.
        if output.exists() && !self.force {
            bail!("{} exists: --force replaces it", output.display());
        }
        save::create(output, content, false)
    }
}

/// What git compares instead of the notebook at `path`: its text, or the file itself if it cannot be read as
/// a notebook.
pub(crate) fn conversion(path: &Path) -> Result<()> {
    match to_text(path, true) {
        Ok(text) => to_standard_output(text.as_bytes()),
        Err(_) => {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            to_standard_output(&bytes)
        }
    }
}

/// The text of the notebook at `path`; `lossy` if it need not be read again.
fn to_text(path: &Path, lossy: bool) -> Result<String> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    text(&mut Input::File(file), lossy).map_err(|fault| fault.of(path))
}

/// The text of a notebook. An empty file has an empty text.
pub(super) fn text(source: &mut (impl Read + Seek), lossy: bool) -> Result<String, Fault> {
    let stripped = strip(source, &Options::default())?;
    if stripped.text.is_empty() {
        return Ok(String::new());
    }
    write::text(&Json::read(&stripped.text)?, lossy)
}

/// The notebook of a text; `extension` is what the name of its file ends with.
pub(super) fn from_text(text: &str, extension: Option<&str>) -> Result<Json, Fault> {
    read::notebook(text, extension)
}
