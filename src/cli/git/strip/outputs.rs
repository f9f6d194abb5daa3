//! Outputs and counts: which of them stay.

use std::io::Read;

use super::Pass;
use crate::git::fault::Fault;
use crate::git::scan::{AtMost, Fate, Scanner, Sink};
use crate::git::tree::Json;

impl Pass<'_> {
    /// Copies outputs, or the small ones of them, or none.
    pub(super) fn outputs<R: Read>(
        &mut self,
        scanner: &mut Scanner<R>,
        out: &mut Vec<u8>,
        depth: usize,
        keep: bool,
    ) -> Result<(), Fault> {
        if scanner.peek()? != Some(b'[') {
            // Jupyter writes a list; anything else here is no output that anybody could read.
            scanner.skip()?;
            self.removed.outputs += 1;
            out.put(b"[]");
            return Ok(());
        }
        let mut dropped = false;
        let by_type =
            !self.options.keep_output_types.is_empty() || !self.options.drop_output_types.is_empty();
        scanner.array(out, depth, |scanner, out| {
            if keep && !by_type && scanner.peek()? == Some(b'{') {
                scanner.object(out, depth + 1, |scanner, out, key| {
                    match key {
                        // Before nbformat 4 it had another name, and could not be null.
                        "execution_count" => self.count(scanner, out)?,
                        _ => scanner.value(out, depth + 2)?,
                    }
                    Ok(Fate::Keep)
                })?;
                return Ok(Fate::Keep);
            }
            let mut kept = match by_type {
                true => self.of_a_type(scanner, keep)?,
                false => self.small(scanner)?,
            };
            let Some(output) = &mut kept else {
                dropped = true;
                return Ok(Fate::Drop);
            };
            if !self.options.keep_count && output.get("execution_count").is_some() {
                output.set("execution_count", Json::Literal("null".to_owned()));
            }
            output.write(out, depth + 1);
            Ok(Fate::Keep)
        })?;
        self.removed.outputs += usize::from(dropped);
        Ok(())
    }

    /// The next output, if it is not larger than what may stay.
    fn small<R: Read>(&self, scanner: &mut Scanner<R>) -> Result<Option<Json>, Fault> {
        let most = self.options.max_size;
        if most == 0 {
            scanner.skip()?;
            return Ok(None);
        }
        // Keys, quotes and indentation are not counted, so the JSON may be larger than the limit. An output
        // whose JSON is many times larger is not worth keeping.
        let mut written = AtMost::new(most.saturating_mul(16).saturating_add(64 * 1024));
        scanner.value(&mut written, 0)?;
        if written.overflown {
            return Ok(None);
        }
        let output = Json::read(&written.bytes)?;
        Ok((characters(&output) <= most).then_some(output))
    }

    /// The next output, if it stays, where its type matters. As in nbstripout, types to be kept are kept in
    /// all cells, and then nothing else is kept but small outputs.
    fn of_a_type<R: Read>(&self, scanner: &mut Scanner<R>, keep: bool) -> Result<Option<Json>, Fault> {
        let mut written = Vec::new();
        scanner.value(&mut written, 0)?;
        let output = Json::read(&written)?;
        let options = self.options;
        let is_one_of = |types: &[String]| types.iter().any(|wanted| has_type(&output, wanted));
        let stays = keep && options.keep_output_types.is_empty()
            || characters(&output) <= options.max_size
            || is_one_of(&options.keep_output_types);
        Ok((stays && !is_one_of(&options.drop_output_types)).then_some(output))
    }

    /// Copies a count, or writes `null` in its place.
    pub(super) fn count<R: Read>(
        &mut self,
        scanner: &mut Scanner<R>,
        out: &mut Vec<u8>,
    ) -> Result<(), Fault> {
        if self.options.keep_count {
            return scanner.value(out, DEEP);
        }
        let start = out.len();
        scanner.value(out, DEEP)?;
        self.removed.counts += usize::from(&out[start..] != b"null");
        out.truncate(start);
        out.put(b"null");
        Ok(())
    }
}

/// A count is a number, which has no lines to indent; anything else in its place need not look good.
const DEEP: usize = 4;

/// Whether an output is of this type: `error`, or `stream:stdout` with its name.
fn has_type(output: &Json, wanted: &str) -> bool {
    let is = |key: &str, value: &str| output.get(key).and_then(Json::text).as_deref() == Some(value);
    match wanted.split_once(':') {
        Some((kind, name)) => is("output_type", kind) && is("name", name),
        None => is("output_type", wanted),
    }
}

/// How many characters a value has, as nbstripout counts them: those of strings, numbers and words, not those
/// of keys.
fn characters(value: &Json) -> usize {
    match value {
        Json::Object(members) => members.iter().map(|(_, v)| characters(v)).sum(),
        Json::Array(items) => items.iter().map(characters).sum(),
        Json::String(_) => value.text().map_or(1, |text| text.chars().count()),
        Json::Literal(word) => word.len(),
    }
}
