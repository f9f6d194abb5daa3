//! The binary format of the original program, `.bin`, which gensim reads and writes, too. A file has the
//! options, the words with their counts, and both matrices. All numbers are little-endian.
//!
//! ```text
//! 793712314 12  : i32
//! d window epochs min_count negative 1 loss model buckets min_n max_n 100 : i32   subsample : f64
//! entries words labels : i32   tokens pruned : i64   then for each entry  word 0 count : i64 kind : i8
//! 0 rows d : i64 X : f32 …    0 rows d : i64 Y : f32 …
//! ```
//!
//! Files of the original program are read with all their rows. What is written here has zeros in the rows of
//! buckets that no word of the vocabulary uses.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use ndarray::Array2;

use super::model::Rows;
use super::{FastText, FastTextModel};
use crate::corpus::Vocabulary;
use crate::embeddings::formats::kind;
use crate::error::Location;
use crate::files::write_whole;
use crate::predict::Architecture;
use crate::{Error, Result};

const MAGIC: i32 = 793_712_314;
const VERSION: i32 = 12;
/// The loss "negative sampling", and the models CBOW, skip-gram and classifier.
const NEGATIVE_SAMPLING: i32 = 2;
const CBOW: i32 = 1;
const SKIP_GRAM: i32 = 2;
/// A longer word means that numbers are being read as text.
const LONGEST_WORD: usize = 1 << 16;
/// A word of n characters has n·max_n n-grams. The limit keeps every word within memory.
const LONGEST_NGRAM: usize = 1000;
/// The kind of an entry that is a word, and of one that begins with `__label__`, which skip-gram and CBOW do
/// not learn.
const WORD: u8 = 0;
const LABEL: u8 = 1;

impl FastTextModel {
    /// Reads a model that was written by fastText, by gensim (`.bin`) or by [`write_bin`](Self::write_bin).
    /// All buckets have a row, as in the file: two million buckets of 300 numbers take 2.4 GB.
    ///
    /// # Errors
    /// The file cannot be read, is not a fastText model, or is cut short. Or it is a classifier, a quantised
    /// model (`.ftz`) or a model with n-grams of words, which are not supported.
    pub fn read_bin(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|e| Error::io("open", path, e))?;
        let length = file.metadata().map_err(|e| Error::io("read", path, e))?.len();
        let mut source = Source {
            reader: BufReader::with_capacity(1 << 20, file),
            path,
            at: 0,
            length,
        };
        source.model()
    }

    /// Writes the model in the format of fastText. Buckets that no word uses are zeros.
    ///
    /// # Errors
    /// The file cannot be written. What was there before is then untouched.
    ///
    /// ```
    /// use course::words::{FastText, FastTextModel};
    /// # let folder = std::env::temp_dir().join(format!("course-doc-ft-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # let path = folder.join("model.bin");
    /// let texts = ["the cats chased the mouse", "the dogs chased the cat"].repeat(20);
    /// let options = FastText { dimension: 8, min_count: 1, buckets: 1000, ..Default::default() };
    /// let model = options.train(&texts)?;
    /// model.write_bin(&path)?;
    /// assert_eq!(FastTextModel::read_bin(&path)?.vector("cats")?, model.vector("cats")?);
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn write_bin(&self, path: impl AsRef<Path>) -> Result<()> {
        let (n, d) = self.output().dim();
        let options = self.options();
        let model = match options.architecture {
            Architecture::Cbow => CBOW,
            Architecture::SkipGram => SKIP_GRAM,
        };
        let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let numbers = [
            MAGIC,
            VERSION,
            number(d),
            number(options.window),
            number(options.epochs),
            number(options.min_count as usize),
            number(options.negative),
            1,
            NEGATIVE_SAMPLING,
            model,
            number(options.buckets as usize),
            number(options.min_n),
            number(options.max_n),
            100,
        ];
        write_whole(path.as_ref(), |out| {
            for number in numbers {
                out.write_all(&number.to_le_bytes())?;
            }
            out.write_all(&options.subsample.unwrap_or(0.0).to_le_bytes())?;
            for entries in [number(n), number(n), 0] {
                out.write_all(&entries.to_le_bytes())?;
            }
            let tokens = self.vocabulary().tokens() as i64;
            for number in [tokens, -1] {
                out.write_all(&number.to_le_bytes())?;
            }
            for (word, &count) in self.vocabulary().words().iter().zip(self.vocabulary().counts()) {
                out.write_all(word.as_bytes())?;
                out.write_all(&[0])?;
                out.write_all(&(count as i64).to_le_bytes())?;
                out.write_all(&[0])?;
            }
            let row = |out: &mut dyn Write, row: ndarray::ArrayView1<f32>| {
                let bytes: Vec<u8> = row.iter().flat_map(|x| x.to_le_bytes()).collect();
                out.write_all(&bytes)
            };
            let head = |out: &mut dyn Write, rows: usize| {
                out.write_all(&[0])?;
                out.write_all(&(rows as i64).to_le_bytes())?;
                out.write_all(&(d as i64).to_le_bytes())
            };
            head(out, n + options.buckets as usize)?;
            for id in 0..n {
                row(out, self.input().row(id))?;
            }
            let zeros = ndarray::Array1::zeros(d);
            for bucket in 0..options.buckets {
                match self.rows.of_bucket(bucket) {
                    Some(id) => row(out, self.input().row(id as usize))?,
                    None => row(out, zeros.view())?,
                }
            }
            head(out, n)?;
            self.output().rows().into_iter().try_for_each(|y| row(out, y))
        })
    }
}

/// A file that is read from its beginning to its end.
struct Source<'a> {
    reader: BufReader<File>,
    path: &'a Path,
    at: u64,
    length: u64,
}

impl Source<'_> {
    fn wrong(&self, problem: impl Into<String>) -> Error {
        Error::format(self.path.display(), Location::Byte(self.at), problem)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        self.reader.read_exact(bytes).map_err(|e| match e.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                self.wrong("expected the rest of a fastText model, got the end of the file")
            }
            _ => Error::io("read", self.path, e),
        })?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn i32(&mut self) -> Result<i32> {
        Ok(i32::from_le_bytes(self.bytes()?))
    }

    fn i64(&mut self) -> Result<i64> {
        Ok(i64::from_le_bytes(self.bytes()?))
    }

    /// A number that is a count.
    fn count(&mut self, what: &str) -> Result<usize> {
        let n = self.i32()?;
        usize::try_from(n).map_err(|_| self.wrong(format!("{what}: expected 0 or more, got {n}")))
    }

    fn model(&mut self) -> Result<FastTextModel> {
        let start = (self.reader.fill_buf()).map_err(|e| Error::io("read", self.path, e))?;
        if !start.starts_with(&MAGIC.to_le_bytes()) {
            let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
            let vectors = "a file of vectors, which `Embeddings::read` reads";
            let is_header = header.len() < 64 && header.split(|&b| b == b' ').count() == 2;
            let digits = header.iter().all(|b| b.is_ascii_digit() || b" \r".contains(b));
            let otherwise = if is_header && digits {
                vectors
            } else {
                "something else"
            };
            let got = kind::of(start).unwrap_or(otherwise);
            return Err(self.wrong(format!("expected a model of fastText (.bin), got {got}")));
        }
        self.i32()?;
        let version = self.i32()?;
        if version != VERSION {
            return Err(self.wrong(format!("expected version {VERSION} of the format, got {version}")));
        }
        let (d, window) = (self.count("the dimension")?, self.count("the window")?);
        let (epochs, min_count) = (self.count("the epochs")?, self.count("min_count")?);
        let negative = self.count("the negative samples")?;
        let word_ngrams = self.i32()?;
        let loss = self.i32()?;
        let model = self.i32()?;
        let kind = match (model, word_ngrams, loss) {
            (CBOW, 1, NEGATIVE_SAMPLING) => Architecture::Cbow,
            (SKIP_GRAM, 1, NEGATIVE_SAMPLING) => Architecture::SkipGram,
            _ => {
                return Err(self.wrong(format!(
                    "expected skip-gram or CBOW by negative sampling (model 2 or 1, n-grams of words 1, loss 2), got model \
                     {model}, n-grams of words {word_ngrams}, loss {loss}"
                )));
            }
        };
        let buckets = self.count("the buckets")?;
        let (min_n, max_n) = (self.count("min_n")?, self.count("max_n")?);
        if max_n > LONGEST_NGRAM {
            return Err(self.wrong(format!("max_n: expected at most {LONGEST_NGRAM}, got {max_n}")));
        }
        self.i32()?;
        let subsample = f64::from_le_bytes(self.bytes()?);
        let vocabulary = self.vocabulary()?;
        let options = FastText {
            architecture: kind,
            negative,
            dimension: d,
            window,
            min_count: min_count as u64,
            min_n,
            max_n,
            buckets: buckets as u32,
            subsample: (subsample > 0.0).then_some(subsample),
            epochs,
            ..FastText::default()
        };
        let n = vocabulary.len();
        let input = self.matrix("the inputs", (n + buckets, d))?;
        let output = self.matrix("the outputs", (n, d))?;
        let rows = Rows::all(&options, n);
        Ok(FastTextModel {
            options,
            vocabulary,
            rows,
            input,
            output,
        })
    }

    fn vocabulary(&mut self) -> Result<Vocabulary> {
        let (entries, n) = (self.count("the entries")?, self.count("the words")?);
        let labels = self.count("the labels")?;
        self.i64()?;
        let pruned = self.i64()?;
        if n.checked_add(labels) != Some(entries) || pruned > 0 {
            return Err(self.wrong(format!(
                "expected words and labels, got {n} words and {labels} labels in {entries} entries, {pruned} pruned"
            )));
        }
        let (mut words, mut counts) = (Vec::new(), Vec::new());
        for i in 0..entries {
            let mut word = Vec::new();
            loop {
                match self.bytes()? {
                    [0] => break,
                    [byte] => word.push(byte),
                }
                if word.len() > LONGEST_WORD {
                    let what = format!("word {} of {entries}", i + 1);
                    return Err(self.wrong(format!("expected {what}, got bytes without an end")));
                }
            }
            let of = |problem: String| format!("word {} of {entries}: {problem}", i + 1);
            let word = String::from_utf8(word)
                .map_err(|e| self.wrong(of(format!("expected UTF-8: {}", e.utf8_error()))))?;
            let count = self.i64()?;
            let count = u64::try_from(count)
                .map_err(|_| self.wrong(of(format!("expected a count of 0 or more, got {count}"))))?;
            // The words come first, since the rows of the matrices belong to them.
            let expected = if i < n { WORD } else { LABEL };
            let [kind] = self.bytes()?;
            if kind != expected {
                return Err(self.wrong(of(format!("expected kind {expected}, got {kind}"))));
            }
            if i < n {
                words.push(word);
                counts.push(count);
            }
        }
        Vocabulary::from_words_and_counts(words, counts).map_err(|e| self.wrong(e.to_string()))
    }

    fn matrix(&mut self, what: &str, (rows, d): (usize, usize)) -> Result<Array2<f32>> {
        if self.bytes()? != [0] {
            return Err(self.wrong(format!(
                "{what}: expected plain numbers, got a quantised model (.ftz)"
            )));
        }
        let (got_rows, got_d) = (self.i64()?, self.i64()?);
        if (got_rows, got_d) != (rows as i64, d as i64) {
            return Err(self.wrong(format!(
                "{what}: expected shape ({rows}, {d}), got ({got_rows}, {got_d})"
            )));
        }
        let left = self.length.saturating_sub(self.at);
        if (rows as u64).saturating_mul(d as u64).saturating_mul(4) > left {
            return Err(self.wrong(format!(
                "{what}: expected {rows} rows of {d} numbers, got {left} bytes"
            )));
        }
        // Both are bounded by what is left of the file, but with no rows the dimension may be anything.
        let mut numbers = Vec::with_capacity(rows * d);
        let mut bytes = vec![0; if rows > 0 { 4 * d } else { 0 }];
        for _ in 0..rows {
            self.fill(&mut bytes)?;
            numbers.extend(bytes.as_chunks().0.iter().map(|&x| f32::from_le_bytes(x)));
        }
        Array2::from_shape_vec((rows, d), numbers).map_err(|e| self.wrong(e.to_string()))
    }
}
