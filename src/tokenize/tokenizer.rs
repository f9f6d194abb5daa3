//! What every tokenizer can do, and the form of a text that is cut into tokens.

use std::fmt;
use std::ops::Range;

use rayon::prelude::*;

use super::vocab::Vocab;
use crate::corpus::{Batch, Texts, each_group};
use crate::{Error, Result, plot, show};

/// From text to ids and back. Every measure and every picture takes `&dyn Tokenizer`, so they work with all
/// tokenizers.
///
/// ```
/// use course::tokenize::{Bpe, BpeTraining, Tokenizer};
/// let t = Bpe::train(&["low lower lowest"], &BpeTraining { vocab_size: 260, ..Default::default() })?;
/// let ids = t.ids("slow");
/// assert_eq!(t.decode(&ids)?, "slow");
/// # Ok::<(), course::Error>(())
/// ```
pub trait Tokenizer: Sync {
    /// Its name and its tokens.
    fn vocab(&self) -> &Vocab;

    /// Its name in tables.
    fn name(&self) -> &str {
        &self.vocab().name
    }

    /// How many ids there are: every id is below this.
    fn vocab_size(&self) -> usize {
        self.vocab().tokens.len()
    }

    /// The bytes that token `id` puts into a text, or `None` if no token has this id.
    fn token_bytes(&self, id: u32) -> Option<&[u8]> {
        self.vocab().tokens.get(id)
    }

    /// Token `id` as the vocabulary writes it: `##ing`, `▁the`. Bytes that are not UTF-8 are written as
    /// `\xff`.
    fn token_text(&self, id: u32) -> Option<String> {
        self.vocab().written().get(id).map(readable)
    }

    /// The id of the token that the vocabulary writes as `token`.
    fn token_id(&self, token: &str) -> Option<u32> {
        self.vocab().written().id(token.as_bytes())
    }

    /// The id of the token for what the vocabulary cannot write, if there is one: such text is lost.
    fn unknown_id(&self) -> Option<u32> {
        self.vocab().unknown
    }

    /// Appends the tokens of `text` to `tokens`, each with the bytes of `text` that it stands for.
    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>);

    /// Appends the ids of the tokens of `text` to `ids`.
    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        let mut tokens = Vec::new();
        self.push_tokens(text, &mut tokens);
        ids.extend(tokens.iter().map(|t| t.id));
    }

    /// The bytes of the text that `ids` stand for.
    ///
    /// # Errors
    /// An id that no token has.
    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for &id in ids {
            bytes.extend_from_slice(
                self.token_bytes(id)
                    .ok_or_else(|| no_token(self.vocab_size(), id))?,
            );
        }
        Ok(bytes)
    }

    /// The text that `ids` stand for. Tokens can end in the middle of a character; what is not UTF-8 becomes
    /// `�`.
    ///
    /// # Errors
    /// An id that no token has.
    fn decode(&self, ids: &[u32]) -> Result<String> {
        let bytes = self.decode_bytes(ids)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
    }

    /// The ids of the tokens of `text`.
    fn ids(&self, text: &str) -> Vec<u32> {
        // About as many as there will be: growing the vector costs more than the memory.
        let mut ids = Vec::with_capacity(text.len() / 4 + 4);
        self.push_ids(text, &mut ids);
        ids
    }

    /// How many tokens `text` has.
    fn count(&self, text: &str) -> usize {
        self.ids(text).len()
    }

    /// `text` cut into tokens, to be looked at.
    fn encode(&self, text: &str) -> Encoding {
        let mut tokens = Vec::new();
        self.push_tokens(text, &mut tokens);
        let written = tokens
            .iter()
            .map(|t| self.token_text(t.id).unwrap_or_default())
            .collect();
        Encoding {
            text: text.to_owned(),
            tokens,
            written,
        }
    }
}

/// The ids of the tokens of each of `texts`, using all threads.
///
/// ```
/// use course::tokenize::{Bpe, BpeTraining, encode_all};
/// let t = Bpe::train(&["aaab"], &BpeTraining { vocab_size: 257, ..Default::default() })?;
/// assert_eq!(encode_all(&t, &["aa", "b"]), [vec![256], vec![u32::from(b'b' - b'!')]]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn encode_all<S: AsRef<str> + Sync>(tokenizer: &dyn Tokenizer, texts: &[S]) -> Vec<Vec<u32>> {
    texts
        .par_iter()
        .with_min_len(16)
        .map(|text| tokenizer.ids(text.as_ref()))
        .collect()
}

/// Calls `f` with the ids of the tokens of each text, in order. The texts may be a file of any size: only a
/// megabyte for each thread, and its tokens, are in memory at a time.
///
/// ```
/// use course::tokenize::{WordPiece, encode_each};
/// let mut n = 0;
/// encode_each(&WordPiece::bert(), &["one two", "three"], &mut |ids| {
///     n += ids.len();
///     Ok(())
/// })?;
/// assert_eq!(n, 3);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// What reading the texts, or `f`, returns.
pub fn encode_each(
    tokenizer: &dyn Tokenizer,
    texts: &dyn Texts,
    f: &mut dyn FnMut(&[u32]) -> Result<()>,
) -> Result<()> {
    each_group(texts, &mut |group| {
        // For each batch the ids of all its texts, and where the ids of each text end.
        let encoded: Vec<(Vec<u32>, Vec<usize>)> = (group.par_iter())
            .map(|batch: &Batch| {
                let (mut ids, mut ends) = (Vec::new(), Vec::new());
                for text in batch.documents() {
                    tokenizer.push_ids(text, &mut ids);
                    ends.push(ids.len());
                }
                (ids, ends)
            })
            .collect();
        for (ids, ends) in encoded {
            let mut start = 0;
            for end in ends {
                f(&ids[start..end])?;
                start = end;
            }
        }
        Ok(())
    })
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: u32,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends. This is equal to `start` for a token that stands for nothing in the text.
    pub end: usize,
}

crate::plot::shown_as_record!(Token);

/// A text and the tokens that it was cut into.
#[derive(Clone, PartialEq, Eq)]
pub struct Encoding {
    text: String,
    tokens: Vec<Token>,
    written: Vec<String>,
}

impl Encoding {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<u32> {
        self.tokens.iter().map(|t| t.id).collect()
    }

    /// The tokens as the vocabulary writes them.
    pub fn written(&self) -> &[String] {
        &self.written
    }

    /// Where each token is in the text, in bytes.
    pub fn spans(&self) -> Vec<Range<usize>> {
        self.tokens.iter().map(|t| t.start..t.end).collect()
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens in colours, each with its id.
    pub fn plot(&self) -> plot::Tokens {
        plot::tokens(&self.written).ids(self.ids())
    }

    fn summary(&self) -> String {
        let n_chars = self.text.chars().count();
        format!("{} tokens for {n_chars} characters", self.len())
    }

    /// Shows the tokens in colours in a notebook; the id of each appears under the pointer.
    pub fn evcxr_display(&self) {
        let tokens = self.plot().to_html();
        show::display(
            &format!("{tokens}<small>{}</small>", self.summary()),
            &self.to_string(),
        );
    }
}

impl fmt::Display for Encoding {
    /// The tokens with bars between them, and how many there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.plot(), self.summary())
    }
}

crate::show::debug_shows!(Encoding, |this, f| {
    f.debug_list()
        .entries(this.written.iter().zip(this.ids()))
        .finish()
});

/// The error for an id that no token has.
pub(super) fn no_token(vocab_size: usize, id: u32) -> Error {
    Error::value(
        "the number of a token",
        format!("a token's number, below {vocab_size}"),
        id,
    )
}

/// Bytes as text; what is not UTF-8 is written as `\xff`.
pub(super) fn readable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        for b in chunk.invalid() {
            out.push_str(&format!("\\x{b:02x}"));
        }
    }
    out
}
