//! The filter itself: a notebook without what running it has left.
//!
//! One pass over the stream. What is kept is written in Jupyter's own form into memory; outputs are looked at
//! and forgotten. So the time is that of looking at every byte once, and the memory is the size of the
//! result.
//!
//! One pass would do but for one thing. What says whether outputs stay may come after them: in the notebook's
//! metadata, which Jupyter puts last, or in a cell whose keys are in an unusual order. The pass guesses and
//! notes what it finds. If the guess was wrong, there is a second pass, which knows.

mod metadata;
mod outputs;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::fault::Fault;
use super::options::Options;
use super::scan::{Fate, Scanner};
use super::tree::Json;
use metadata::{copy_without, is_true};

/// A stripped notebook.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stripped {
    /// The notebook in Jupyter's form, with one new line at its end.
    pub(crate) text: Vec<u8>,
    /// What was taken away.
    pub(crate) removed: Removed,
}

/// How much was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    /// Cells that had outputs.
    pub(crate) outputs: usize,
    /// Execution counts.
    pub(crate) counts: usize,
    /// Entries of metadata.
    pub(crate) metadata: usize,
    /// Cells.
    pub(crate) cells: usize,
}

/// What decides whether outputs stay, and may come after them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// What the notebook's metadata say.
    notebook: Option<bool>,
    /// What cells' metadata say, for cells that have their metadata after their outputs.
    cells: BTreeMap<usize, bool>,
}

/// Strips a notebook. An empty file stays empty.
pub(crate) fn strip(source: &mut (impl Read + Seek), options: &Options) -> Result<Stripped, Fault> {
    source.rewind()?;
    let first = Pass::new(options, Known::default()).run(&mut *source)?;
    if first.found == Known::default() {
        return Ok(first.done);
    }
    source.rewind()?;
    // What is found does not depend on what is known, so this pass knows everything.
    Ok(Pass::new(options, first.found).run(source)?.done)
}

struct Finished {
    done: Stripped,
    found: Known,
}

/// One pass.
struct Pass<'a> {
    options: &'a Options,
    notebook_keys: Vec<&'a str>,
    cell_keys: Vec<&'a str>,
    cell_metadata_keys: Vec<&'a str>,
    known: Known,
    found: Known,
    removed: Removed,
    /// How many cells were begun.
    cells: usize,
}

/// What is known about the cell that is being read.
#[derive(Default)]
struct Cell {
    /// What its metadata say about its outputs.
    keep: Option<bool>,
    /// Whether it had outputs before its metadata.
    outputs_came_first: bool,
    has_dropped_tag: bool,
    is_blank: bool,
}

impl<'a> Pass<'a> {
    fn new(options: &'a Options, known: Known) -> Self {
        let cell_keys = options.keys("cell");
        let below = |key: &&'a str| key.strip_prefix("metadata.");
        Self {
            options,
            notebook_keys: options.keys("metadata"),
            cell_metadata_keys: cell_keys.iter().filter_map(below).collect(),
            cell_keys: cell_keys
                .iter()
                .copied()
                .filter(|key| !key.starts_with("metadata."))
                .collect(),
            known,
            found: Known::default(),
            removed: Removed::default(),
            cells: 0,
        }
    }

    fn run(mut self, source: impl Read) -> Result<Finished, Fault> {
        let mut scanner = Scanner::new(source)?;
        let mut text = Vec::new();
        if !scanner.is_at_end()? {
            self.notebook(&mut scanner, &mut text)?;
            scanner.finish()?;
            text.push(b'\n');
        }
        Ok(Finished {
            done: Stripped {
                text,
                removed: self.removed,
            },
            found: self.found,
        })
    }

    fn notebook<R: Read>(&mut self, scanner: &mut Scanner<R>, out: &mut Vec<u8>) -> Result<(), Fault> {
        if scanner.peek()? != Some(b'{') {
            return Err(scanner.unexpected("a notebook, which begins with `{`"));
        }
        let (mut has_format, mut has_cells) = (false, false);
        let line = scanner.line();
        scanner.object(out, 0, |scanner, out, key| {
            match key {
                "cells" => {
                    has_cells = true;
                    self.cells(scanner, out, 1)?;
                }
                "worksheets" => {
                    has_cells = true;
                    expect(scanner, b'[', "the list of worksheets")?;
                    scanner.array(out, 1, |scanner, out| {
                        expect(scanner, b'{', "a worksheet")?;
                        scanner.object(out, 2, |scanner, out, key| {
                            match key {
                                "cells" => self.cells(scanner, out, 3)?,
                                _ => scanner.value(out, 3)?,
                            }
                            Ok(Fate::Keep)
                        })?;
                        Ok(Fate::Keep)
                    })?;
                }
                "metadata" if scanner.peek()? == Some(b'{') => {
                    scanner.object(out, 1, |scanner, out, key| {
                        let start = out.len();
                        let fate = copy_without(scanner, out, 2, key, &self.notebook_keys)?;
                        self.removed.metadata += usize::from(fate == Fate::Drop);
                        if key == "keep_output" && self.options.keep_output.is_none() {
                            self.found.notebook = Some(is_true(&out[start..]));
                        }
                        Ok(fate)
                    })?;
                }
                _ => {
                    has_format |= key == "nbformat";
                    scanner.value(out, 1)?;
                }
            }
            Ok(Fate::Keep)
        })?;
        match (has_format, has_cells) {
            (true, true) => Ok(()),
            (false, _) => Err(Fault::new(line, "JSON, but no notebook: it has no `nbformat`")),
            (_, false) => Err(Fault::new(line, "JSON, but no notebook: it has no `cells`")),
        }
    }

    fn cells<R: Read>(
        &mut self,
        scanner: &mut Scanner<R>,
        out: &mut Vec<u8>,
        depth: usize,
    ) -> Result<(), Fault> {
        expect(scanner, b'[', "the list of cells")?;
        scanner.array(out, depth, |scanner, out| self.cell(scanner, out, depth + 1))
    }

    fn cell<R: Read>(
        &mut self,
        scanner: &mut Scanner<R>,
        out: &mut Vec<u8>,
        depth: usize,
    ) -> Result<Fate, Fault> {
        expect(scanner, b'{', "a cell")?;
        let mut cell = Cell {
            is_blank: true,
            ..Cell::default()
        };
        let index = self.cells;
        self.cells += 1;
        let before = self.removed;
        scanner.object(out, depth, |scanner, out, key| {
            let start = out.len();
            match key {
                "outputs" => {
                    cell.outputs_came_first = cell.keep.is_none();
                    let known = self.known.cells.get(&index).copied();
                    let keep = cell.keep.or(known).unwrap_or_else(|| self.default());
                    self.outputs(scanner, out, depth + 1, keep)?;
                }
                "execution_count" | "prompt_number" => self.count(scanner, out)?,
                "metadata" if scanner.peek()? == Some(b'{') => {
                    self.metadata(scanner, out, depth + 1, &mut cell)?;
                }
                _ => {
                    let fate = copy_without(scanner, out, depth + 1, key, &self.cell_keys)?;
                    if matches!(key, "source" | "input") && self.options.drop_empty_cells {
                        cell.is_blank &= Json::read(&out[start..])?
                            .joined()
                            .is_some_and(|text| text.trim().is_empty());
                    }
                    self.removed.metadata += usize::from(fate == Fate::Drop);
                    return Ok(fate);
                }
            }
            Ok(Fate::Keep)
        })?;
        if let Some(keep) = cell.keep.filter(|_| cell.outputs_came_first) {
            self.found.cells.insert(index, keep);
        }
        if cell.has_dropped_tag || (self.options.drop_empty_cells && cell.is_blank) {
            self.removed = before;
            self.removed.cells += 1;
            return Ok(Fate::Drop);
        }
        Ok(Fate::Keep)
    }

    /// Whether outputs stay in a cell that says nothing about them.
    fn default(&self) -> bool {
        self.options.keep_output.or(self.known.notebook).unwrap_or(false)
    }
}

fn expect<R: Read>(scanner: &mut Scanner<R>, first: u8, what: &str) -> Result<(), Fault> {
    if scanner.peek()? == Some(first) {
        Ok(())
    } else {
        Err(scanner.unexpected(what))
    }
}
