//! The tokenizers of the crate `tiktoken-rs`. [`Gpt`] reads the same vocabularies into this pack's own
//! tokenizer; this is the original, for comparison.

use tiktoken_rs::CoreBPE;

use crate::error::Location;
use crate::tokenize::vocab::{Tokens, Vocab};
use crate::tokenize::{Gpt, Token, Tokenizer};
use crate::{Error, Result};

/// A tokenizer of `tiktoken-rs`. Text is only text: no special token is made from it.
///
/// ```
/// use course::tokenize::{Gpt, Tiktoken, Tokenizer};
/// let theirs = Tiktoken::load(Gpt::R50k)?;
/// assert_eq!(theirs.ids("Hello world!"), Gpt::R50k.load()?.ids("Hello world!"));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Tiktoken {
    vocab: Vocab,
    core: CoreBPE,
}

impl Tiktoken {
    /// The tokenizer with this vocabulary.
    ///
    /// # Errors
    /// The list cannot be read, which would mean that the crate is broken.
    pub fn load(vocabulary: Gpt) -> Result<Self> {
        let (name, core) = match vocabulary {
            Gpt::R50k => ("r50k_base", tiktoken_rs::r50k_base()),
            Gpt::P50k => ("p50k_base", tiktoken_rs::p50k_base()),
            Gpt::Cl100k => ("cl100k_base", tiktoken_rs::cl100k_base()),
            Gpt::O200k => ("o200k_base", tiktoken_rs::o200k_base()),
        };
        let core = core.map_err(|e| Error::format(name, Location::Whole, e.to_string()))?;
        // The list has as many ids as this pack's reading of it.
        let n = vocabulary.load()?.vocab_size() as u32;
        let tokens = Tokens::new((0..n).map(|id| core.decode_bytes(&[id]).unwrap_or_default()));
        Ok(Self {
            vocab: Vocab::new(&format!("tiktoken {name}"), tokens, None, None),
            core,
        })
    }

    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.vocab.name = name.into();
        self
    }
}

impl Tokenizer for Tiktoken {
    fn vocab(&self) -> &Vocab {
        &self.vocab
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        let mut start = 0;
        for id in self.core.encode_ordinary(text) {
            let end = start + self.vocab.tokens.get(id).map_or(0, <[u8]>::len);
            tokens.push(Token { id, start, end });
            start = end;
        }
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        ids.extend(self.core.encode_ordinary(text));
    }
}

crate::show::shown_as_line!(Tiktoken, |this| this.vocab.to_string());
