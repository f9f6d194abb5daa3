//! `cargo course strip`: strips notebooks in place, or checks that they are stripped.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::clean::to_standard_output;
use super::difference::unified;
use super::fault::Fault;
use super::input::Input;
use super::options::StripArgs;
use super::settings::Settings;
use super::strip::{Removed, Stripped, strip};
use crate::tools::progress::say;
use crate::tools::save;

/// Strip outputs, execution counts and other traces of running from notebooks.
///
/// Sources, ids, tags and all other metadata stay byte for byte. A notebook that is clean already is not
/// written.
#[derive(Args)]
#[command(after_help = "Examples:
  cargo course strip notebooks/*.ipynb             strip in place
  cargo course strip --check notebooks/*.ipynb     exit 1 and name those that are not clean; for CI
  cargo course strip --dry-run my.ipynb            show what would change
  cargo course strip --staged                      strip what is staged, and leave the working copy alone
  cargo course strip - < in.ipynb > out.ipynb      from standard input to standard output
  cargo course strip --max-size 2k my.ipynb        keep outputs of up to 2000 characters

What a notebook says of itself:
  cell tag or metadata keep_output                 its outputs stay; false: they go, whatever the options say
  cell metadata init_cell                          the same, but for --strip-init-cells
  notebook metadata keep_output                    all its outputs stay, unless a cell says otherwise

The options have nbstripout's names and meanings, except that ids, tags and the metadata of exercises always stay. They
can also be set for a repository and for some files; the command line outranks attributes, they outrank git's
configuration, and lists add up:
  git config filter.course-notebook.keepOutput true
  *.ipynb course-max-size=2k course-drop-tagged-cells=solution,scratch      (in .gitattributes)")]
pub(crate) struct StripCommand {
    /// The notebooks; `-`, or none at all: standard input to standard output.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing; exit 1 and name the notebooks that are not clean.
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing; show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Strip staged notebooks in git's index; files and unstaged changes are not touched.
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    staged: bool,
    #[command(flatten)]
    options: StripArgs,
}

impl StripCommand {
    /// Runs it, and returns the exit code.
    pub(crate) fn run(&self) -> Result<i32> {
        if self.staged {
            super::pre_commit::strip_staged(&self.files, &self.options)?;
            return Ok(0);
        }
        let mut settings = Settings::at(Path::new("."));
        if self.is_pipe() {
            let path = PathBuf::from("<standard input>");
            let options = self
                .options
                .over(&settings.of(&path))
                .map_err(anyhow::Error::msg)?;
            let mut input = Input::keep(io::stdin().lock()).map_err(|f| f.of(&path))?;
            let stripped = strip(&mut input, &options).map_err(|f| f.of(&path))?;
            return self.report(&path, &mut input, &stripped);
        }
        let mut code = 0;
        for file in &self.files {
            // One broken notebook does not keep the others from being stripped.
            match self.one(file, &mut settings) {
                Ok(one) => code = code.max(one),
                Err(error) => {
                    say(&format!("{error:#}"));
                    code = 1;
                }
            }
        }
        Ok(code)
    }

    /// Whether the notebook comes through standard input.
    fn is_pipe(&self) -> bool {
        self.files.is_empty() || self.files == [Path::new("-")]
    }

    fn one(&self, path: &Path, settings: &mut Settings) -> Result<i32> {
        let options = self
            .options
            .over(&settings.of(path))
            .map_err(anyhow::Error::msg)?;
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        if !file.metadata()?.is_file() {
            bail!("{}: expected a notebook, got no plain file", path.display());
        }
        let mut input = Input::File(file);
        let stripped = strip(&mut input, &options).map_err(|fault| fault.of(path))?;
        self.report(path, &mut input, &stripped)
    }

    fn report(&self, path: &Path, input: &mut Input, stripped: &Stripped) -> Result<i32> {
        if self.is_pipe() && !self.check && !self.dry_run {
            to_standard_output(&stripped.text)?;
            return Ok(0);
        }
        if is_same(input, &stripped.text)? {
            return Ok(0);
        }
        if self.check {
            println!("{}: {}", path.display(), stripped.removed.in_words());
            return Ok(1);
        }
        if self.dry_run {
            let mut old = Vec::new();
            input.copy_to(&mut old)?;
            let path = path.to_string_lossy();
            to_standard_output(unified(&path, &old, &stripped.text).as_bytes())?;
            return Ok(0);
        }
        save::replace(path, &stripped.text)?;
        Ok(0)
    }
}

/// Whether the notebook is clean already.
fn is_same(input: &mut Input, text: &[u8]) -> Result<bool, Fault> {
    use std::io::{Read, Seek};
    input.rewind()?;
    let mut start = Vec::with_capacity(text.len() + 1);
    input.take(text.len() as u64 + 1).read_to_end(&mut start)?;
    Ok(start == text)
}

impl Removed {
    /// What is not clean.
    pub(crate) fn in_words(self) -> String {
        let counted = [
            (self.outputs, "cell with outputs", "cells with outputs"),
            (self.counts, "execution count", "execution counts"),
            (
                self.metadata,
                "entry of metadata to be removed",
                "entries of metadata to be removed",
            ),
            (self.cells, "cell to be removed", "cells to be removed"),
        ];
        let words: Vec<String> = counted
            .iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
            .collect();
        if words.is_empty() {
            "not in Jupyter's own form".to_owned()
        } else {
            words.join(", ")
        }
    }
}
