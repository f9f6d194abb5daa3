//! Documents that come one after the other, in batches that threads work on in parallel.

use super::Texts;
use crate::Result;

/// How much text a batch holds, in bytes. It is enough that handing a batch to a thread costs nothing
/// compared with the work on it.
pub(super) const BATCH: usize = 1 << 20;

/// Documents, one after the other in one string.
#[derive(Default)]
pub(crate) struct Batch {
    text: String,
    /// Where each document ends.
    ends: Vec<usize>,
}

impl Batch {
    /// The documents, in order.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }

    /// Its size in bytes; an empty document adds nothing.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// Calls `work` with the documents of `texts` in order, as many batches at a time as there are threads. The
/// contents of a batch do not depend on the number of threads.
pub(crate) fn each_group(texts: &dyn Texts, work: &mut dyn FnMut(&[Batch]) -> Result<()>) -> Result<()> {
    let mut group: Vec<Batch> = Vec::new();
    group.resize_with(rayon::current_num_threads(), Batch::default);
    let mut filling = 0;
    texts.each(&mut |text| {
        group[filling].push(text);
        if group[filling].text.len() < BATCH {
            return Ok(());
        }
        filling += 1;
        if filling < group.len() {
            return Ok(());
        }
        filling = 0;
        work(&group)?;
        group.iter_mut().for_each(Batch::clear);
        Ok(())
    })?;
    group.retain(|batch| !batch.ends.is_empty());
    if group.is_empty() { Ok(()) } else { work(&group) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_comes_once_and_in_order() {
        let texts: Vec<String> = (0..50_000)
            .map(|i| format!("{i} {}", "x".repeat(i % 300)))
            .collect();
        let mut seen = Vec::new();
        let mut groups = 0;
        each_group(&texts, &mut |group| {
            groups += 1;
            seen.extend(group.iter().flat_map(Batch::documents).map(str::to_owned));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, texts);
        assert!(groups > 1 || rayon::current_num_threads() > 7, "{groups} group");
    }

    #[test]
    fn no_document_no_group() {
        each_group(&[""; 0], &mut |_| panic!("there is nothing to work on")).unwrap();
    }
}
