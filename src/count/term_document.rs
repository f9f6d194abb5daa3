//! The term-document matrix: how often each word occurs in each document.
//!
//! It is the oldest representation of texts by numbers (Luhn 1957; Salton 1971, *The SMART Retrieval
//! System*). A row represents a document as a bag of words, without their order; a column represents a word
//! by the documents in which it occurs:
//!
//! ```text
//!                    cat  dog  sat                    N documents, V words
//!     "cat sat"       1    0    1
//!     "dog sat sat"   0    1    2                     X[d, w] = how often w stands in d
//! ```
//!
//! The matrix is large, since every document brings new words, and nearly empty, since a document has few of
//! all words. By Zipf's law half of the words of a corpus occur only once. They say nothing about another
//! document, so words that occur in fewer than [`Terms::min_documents`] documents are left out. The number of
//! documents in which a word occurs is its **document frequency**; [weights](super::Weighting) are made from
//! it.
//!
//! The plain way, [`term_document_plain`], reads the texts twice: once for the vocabulary, and once to count
//! each document in a map. The fast way reads them once. Each thread has its own hash table, which stays warm
//! in its cache, and writes a document as sorted numbers of that table. When everything is read, the tables
//! are merged, the words get their final numbers, and the rows are translated. The final numbers are those of
//! [`Vocabulary`], by frequency and then by alphabet, so the result does not depend on which thread saw a
//! word first. Time O(tokens), memory 8 bytes for each entry, and twice that during the translation: a
//! document of a million words is one row like any other.
//!
//! It leaves out the order of the words: [`cooccurrence`](super::cooccurrence) counts the words near a word.

use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;

use super::Sparse;
use crate::corpus::{Batch, Cut, Texts, Vocabulary, WordIndex, each_group, grouped};
use crate::plot::{Column, Table};
use crate::{Error, Result, show};

/// Which words become columns.
///
/// ```
/// use course::count::Terms;
/// let terms = Terms { min_documents: 5, min_letters: 2, ..Terms::default() };
/// assert_eq!(terms.most_share, 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// In how many documents a word must occur at least.
    pub min_documents: usize,
    /// In what share of the documents a word may occur at most, from 0 to 1.
    pub most_share: f64,
    /// How many characters a word must have at least; 2 leaves out *a* and *I*, as scikit-learn does.
    pub min_letters: usize,
}

crate::plot::shown_as_record!(Terms);

impl Default for Terms {
    /// All words.
    fn default() -> Self {
        Self {
            min_documents: 1,
            most_share: 1.0,
            min_letters: 1,
        }
    }
}

impl Terms {
    /// Words that occur in at least this many documents.
    pub fn in_at_least(min_documents: usize) -> Self {
        Self {
            min_documents,
            ..Self::default()
        }
    }

    fn check(&self) -> Result<()> {
        if self.most_share > 0.0 && self.most_share <= 1.0 {
            return Ok(());
        }
        let expected = "more than 0 and at most 1";
        Err(Error::value(
            "the share of the documents",
            expected,
            self.most_share,
        ))
    }

    /// Whether a word of this document frequency is kept.
    fn keeps(&self, documents: u64, n_documents: usize) -> bool {
        documents >= self.min_documents as u64 && documents as f64 <= self.most_share * n_documents as f64
    }
}

/// How often each word occurs in each document: a row for each document, a column for each word.
///
/// ```
/// use course::count::{Terms, term_document};
/// let counts = term_document(&["The cat sat.", "The dog sat, and sat."], Terms::default())?;
/// assert_eq!(counts.count(1, "sat")?, 2.0);
/// assert_eq!(counts.document_frequency("the")?, 2);
/// assert_eq!(counts.vocabulary().words()[..2], ["sat", "the"]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct TermDocument {
    pub(super) vocabulary: Vocabulary,
    pub(super) cut: Cut,
    /// (documents, words)
    pub(super) matrix: Sparse,
    /// By word.
    pub(super) document_frequencies: Vec<u64>,
}

/// The documents that one thread has read.
#[derive(Default)]
struct Reader {
    index: WordIndex,
    /// For each word, by its number in this reader: in how many documents it occurs, and how often.
    documents: Vec<u64>,
    counts: Vec<u64>,
    /// While a document is read: how often each word has occurred.
    now: Vec<u32>,
    seen: Vec<u32>,
}

/// Some documents: the reader whose word numbers they use, how many different words each document has, and
/// the words with their counts.
struct Rows {
    reader: usize,
    lengths: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Reader {
    fn read(&mut self, reader: usize, batch: &Batch, cut: Cut, terms: &Terms) -> Rows {
        let (mut lengths, mut entries) = (Vec::new(), Vec::new());
        for text in batch.documents() {
            let Self { index, now, seen, .. } = self;
            let words = cut.iter(text).filter(|word| is_long(word, terms.min_letters));
            index.each_id_or_insert(words, |id| {
                let at = id as usize;
                if at >= now.len() {
                    now.push(0);
                }
                if now[at] == 0 {
                    seen.push(id);
                }
                now[at] += 1;
            });
            self.documents.resize(self.now.len(), 0);
            self.counts.resize(self.now.len(), 0);
            lengths.push(self.seen.len() as u32);
            for id in self.seen.drain(..) {
                let at = id as usize;
                let n = std::mem::take(&mut self.now[at]);
                self.documents[at] += 1;
                self.counts[at] += u64::from(n);
                entries.push((id, n));
            }
        }
        Rows {
            reader,
            lengths,
            entries,
        }
    }
}

#[inline]
fn is_long(word: &str, min_letters: usize) -> bool {
    // A character has at most four bytes.
    word.len() >= 4 * min_letters
        || word.chars().nth(min_letters.wrapping_sub(1)).is_some()
        || min_letters == 0
}

/// Counts the words of each document of `texts`, with all threads; the bits are the same with any number of
/// them.
///
/// # Errors
/// The share is not above 0 and at most 1; errors of reading the texts. Texts without a word give a matrix
/// without columns.
pub fn term_document(texts: &dyn Texts, terms: Terms) -> Result<TermDocument> {
    terms.check()?;
    let cut = texts.cut();
    let mut readers: Vec<Reader> = Vec::new();
    let mut all: Vec<Rows> = Vec::new();
    each_group(texts, &mut |group| {
        readers.resize_with(group.len().max(readers.len()), Reader::default);
        let read = |(i, (reader, batch)): (usize, (&mut Reader, &Batch))| reader.read(i, batch, cut, &terms);
        let rows: Vec<Rows> = readers.par_iter_mut().zip(group).enumerate().map(read).collect();
        all.extend(rows);
        Ok(())
    })?;
    let n_documents = all.iter().map(|rows| rows.lengths.len()).sum();

    // Merges the tables: the words of each reader get a common number.
    let mut index = WordIndex::default();
    let (mut documents, mut counts) = (Vec::new(), Vec::new());
    let mut common: Vec<Vec<u32>> = Vec::new();
    for reader in readers {
        let mut numbers = Vec::with_capacity(reader.documents.len());
        for (word, (n_documents, n)) in
            (reader.index.words().iter()).zip(reader.documents.iter().zip(&reader.counts))
        {
            let id = index.get_or_insert(word) as usize;
            if id == documents.len() {
                documents.push(0);
                counts.push(0);
            }
            documents[id] += n_documents;
            counts[id] += n;
            numbers.push(id as u32);
        }
        common.push(numbers);
    }
    let kept = |id: usize| terms.keeps(documents[id], n_documents);
    let words = index.into_words();
    let of_kept = (words.iter().cloned().zip(counts.iter().copied()).enumerate())
        .filter(|&(id, _)| kept(id))
        .map(|(_, word)| word);
    let vocabulary = Vocabulary::from_counts(of_kept, 0);
    let finals: Vec<u32> = (words.iter())
        .map(|word| vocabulary.id(word).unwrap_or(u32::MAX))
        .collect();
    let mut document_frequencies = vec![0; vocabulary.len()];
    for (&to, &n) in finals.iter().zip(&documents) {
        if let Some(slot) = document_frequencies.get_mut(to as usize) {
            *slot = n;
        }
    }
    let tables: Vec<Vec<u32>> = common
        .into_iter()
        .map(|numbers| numbers.into_iter().map(|id| finals[id as usize]).collect())
        .collect();
    Ok(TermDocument {
        matrix: translated(all, &tables, vocabulary.len()),
        vocabulary,
        cut,
        document_frequencies,
    })
}

/// The rows, with the final numbers of the words.
fn translated(all: Vec<Rows>, tables: &[Vec<u32>], n_words: usize) -> Sparse {
    let parts: Vec<(Vec<u32>, Vec<u32>, Vec<f32>)> = all
        .into_par_iter()
        .map(|rows| {
            let table = &tables[rows.reader];
            let mut lengths = rows.lengths;
            let (mut columns, mut values) = (Vec::new(), Vec::new());
            let mut row: Vec<(u32, u32)> = Vec::new();
            let mut from = 0;
            for length in &mut lengths {
                let entries = &rows.entries[from..from + *length as usize];
                from += *length as usize;
                row.clear();
                row.extend(
                    (entries.iter().map(|&(id, n)| (table[id as usize], n)))
                        .filter(|&(id, _)| id != u32::MAX),
                );
                row.sort_unstable_by_key(|&(id, _)| id);
                columns.extend(row.iter().map(|&(id, _)| id));
                values.extend(row.iter().map(|&(_, n)| n as f32));
                *length = row.len() as u32;
            }
            (lengths, columns, values)
        })
        .collect();
    let n = parts.iter().map(|(_, columns, _)| columns.len()).sum();
    let (mut starts, mut columns, mut values) = (vec![0], Vec::with_capacity(n), Vec::with_capacity(n));
    let mut end = 0;
    for (lengths, own_columns, own_values) in parts {
        starts.extend(lengths.iter().map(|&n| {
            end += n as usize;
            end
        }));
        columns.extend_from_slice(&own_columns);
        values.extend_from_slice(&own_values);
    }
    Sparse {
        n_columns: n_words,
        starts,
        columns,
        values,
    }
}

/// The same matrix in the plain way: first the vocabulary, then a map for each document.
///
/// # Errors
/// As for [`term_document`].
pub fn term_document_plain(texts: &dyn Texts, terms: Terms) -> Result<TermDocument> {
    terms.check()?;
    let cut = texts.cut();
    let mut documents: Vec<BTreeMap<String, u64>> = Vec::new();
    texts.each(&mut |text| {
        let mut counts = BTreeMap::new();
        for word in cut
            .iter(text)
            .filter(|word| word.chars().count() >= terms.min_letters)
        {
            *counts.entry(word.into_owned()).or_insert(0) += 1;
        }
        documents.push(counts);
        Ok(())
    })?;
    let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (word, &n) in documents.iter().flatten() {
        let sum = sums.entry(word).or_default();
        *sum = (sum.0 + 1, sum.1 + n);
    }
    sums.retain(|_, sum| terms.keeps(sum.0, documents.len()));
    let counts = sums.iter().map(|(&word, &(_, n))| (word.to_owned(), n));
    let vocabulary = Vocabulary::from_counts(counts, 0);
    let rows = documents.iter().map(|counts| {
        let entry = |(word, &n): (&String, &u64)| Some((vocabulary.id(word)?, n as f32));
        counts.iter().filter_map(entry).collect()
    });
    let matrix = Sparse::from_rows(vocabulary.len(), rows.collect())?;
    let document_frequencies = vocabulary.words().iter().map(|w| sums[w.as_str()].0).collect();
    Ok(TermDocument {
        vocabulary,
        cut,
        matrix,
        document_frequencies,
    })
}

impl TermDocument {
    /// The words of the columns, each with how often it occurs.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The counts: (documents, words).
    pub fn matrix(&self) -> &Sparse {
        &self.matrix
    }

    /// How many documents there are.
    pub fn n_documents(&self) -> usize {
        self.matrix.n_rows()
    }

    /// In how many documents each word occurs, in the order of the columns.
    pub fn document_frequencies(&self) -> &[u64] {
        &self.document_frequencies
    }

    /// In how many documents `word` occurs.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn document_frequency(&self, word: &str) -> Result<u64> {
        Ok(self.document_frequencies[self.vocabulary.require(word)? as usize])
    }

    /// How often `word` occurs in document number `document`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary; no such document.
    pub fn count(&self, document: usize, word: &str) -> Result<f32> {
        self.matrix.get(document, self.vocabulary.require(word)? as usize)
    }

    /// The counts of one more text, for the words that are columns: (column, count) in the order of the
    /// columns.
    pub fn counts_of(&self, text: &str) -> Vec<(u32, f32)> {
        counts_of(&self.vocabulary, self.cut, text)
    }

    fn table(&self) -> Table {
        let rows = (self.vocabulary.words().iter().zip(self.vocabulary.counts()))
            .zip(&self.document_frequencies)
            .take(8)
            .map(|((word, &count), &documents)| (word, count, documents));
        Table::new([
            Column::new("word"),
            Column::new("count").grouped().bars(),
            Column::new("in documents").grouped().bars(),
        ])
        .title(self.summary())
        .rows(rows)
    }

    fn summary(&self) -> String {
        let (n, v) = (self.n_documents() as u64, self.vocabulary.len() as u64);
        format!(
            "{} documents × {} words, {:.2}% of the entries not zero",
            grouped(n),
            grouped(v),
            100.0 * self.matrix.density()
        )
    }

    /// Shows its size and its most frequent words in a notebook.
    pub fn evcxr_display(&self) {
        show::display(&self.table().to_html(), &self.to_string());
    }
}

/// The counts of the words of `text` that are in `vocabulary`, in the order of their numbers.
pub(super) fn counts_of(vocabulary: &Vocabulary, cut: Cut, text: &str) -> Vec<(u32, f32)> {
    let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
    vocabulary.each_id(text, cut, |id| {
        if let Some(id) = id {
            *counts.entry(id).or_insert(0.0) += 1.0;
        }
    });
    counts.into_iter().collect()
}

impl fmt::Display for TermDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

show::debug_shows!(TermDocument, |this, f| f.write_str(&this.summary()));
