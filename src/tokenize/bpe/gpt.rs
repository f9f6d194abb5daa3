//! The vocabularies of OpenAI's models, which the crate `tiktoken-rs` carries.
//!
//! They are published as a list of byte strings. The position in the list is the token's id and also its
//! rank. Two neighbours merge if together they make a token; the pair whose token has the lowest id merges
//! first.

use rayon::prelude::*;

use super::{Bpe, Cut, Ranks, Scheme, Symbols};
use crate::error::Location;
use crate::tokenize::Pattern;
use crate::tokenize::vocab::Tokens;
use crate::{Error, Result};

/// A vocabulary from OpenAI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gpt {
    /// `r50k_base`: GPT-2 and GPT-3.
    R50k,
    /// `p50k_base`: Codex. It has runs of spaces as tokens.
    P50k,
    /// `cl100k_base`: GPT-3.5 and GPT-4.
    Cl100k,
    /// `o200k_base`: GPT-4o and later.
    O200k,
}

impl Gpt {
    /// The tokenizer. Each call builds it anew from the list that the crate carries.
    ///
    /// ```
    /// use course::tokenize::{Gpt, Tokenizer};
    /// let gpt2 = Gpt::R50k.load()?;
    /// assert_eq!(gpt2.ids("Hello world!"), [15496, 995, 0]);
    /// assert_eq!(gpt2.vocab_size(), 50_257);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The list cannot be read, which would mean that the crate is broken.
    pub fn load(self) -> Result<Bpe> {
        let (name, pattern, core) = match self {
            Gpt::R50k => ("r50k_base", Pattern::Gpt2, tiktoken_rs::r50k_base()),
            Gpt::P50k => ("p50k_base", Pattern::Gpt2, tiktoken_rs::p50k_base()),
            Gpt::Cl100k => ("cl100k_base", Pattern::Cl100k, tiktoken_rs::cl100k_base()),
            Gpt::O200k => ("o200k_base", Pattern::O200k, tiktoken_rs::o200k_base()),
        };
        let core = core.map_err(|e| Error::format(name, Location::Whole, e.to_string()))?;
        let mut special: Vec<(String, u32)> = (core.special_tokens().iter())
            .filter_map(|&token| Some((token.to_owned(), *core.encode_with_special_tokens(token).first()?)))
            .collect();
        special.sort_unstable_by_key(|s| s.1);
        // The ids without a token lie between the last token and the special ones.
        let n = (special.iter().map(|s| s.1 + 1)).fold(self.n_ranks(), u32::max);
        let tokens: Vec<Vec<u8>> = (0..n)
            .map(|id| core.decode_bytes(&[id]).unwrap_or_default())
            .collect();
        Bpe::of_ranks(name, tokens, pattern, special)
    }

    /// One more than the highest id of a token that is not special.
    fn n_ranks(self) -> u32 {
        match self {
            Gpt::R50k => 50_256,
            Gpt::P50k => 50_281,
            Gpt::Cl100k => 100_256,
            Gpt::O200k => 199_998,
        }
    }
}

impl Bpe {
    /// A byte-pair encoding whose merges are not listed but follow from the tokens' ids.
    fn of_ranks(
        name: &str,
        tokens: Vec<Vec<u8>>,
        pattern: Pattern,
        special: Vec<(String, u32)>,
    ) -> Result<Self> {
        let all = Tokens::new(&tokens);
        let is_special = |id: u32| special.iter().any(|s| s.1 == id);
        let mut ids = Box::new([0; 256]);
        for b in 0..=255_u8 {
            let problem = || format!("there is no token for the byte {b}");
            let missing = || Error::format(name, Location::Whole, problem());
            ids[usize::from(b)] = all.id(&[b]).ok_or_else(missing)?;
        }
        // Every way to make a token from two others is a merge with that token's rank.
        let merges: Vec<(u32, u32, u32)> = (tokens.par_iter().enumerate())
            .filter(|(id, _)| !is_special(*id as u32))
            .flat_map_iter(|(id, token)| {
                let all = &all;
                (1..token.len())
                    .filter_map(move |i| Some((all.id(&token[..i])?, all.id(&token[i..])?, id as u32)))
            })
            .collect();
        let scheme = Scheme {
            ranks: Ranks::Id,
            cut: Cut::Pattern(pattern),
            whole: true,
            special,
            ..Scheme::new(merges, Symbols::Bytes(ids))
        };
        Ok(Bpe::made(tokens, None, scheme)?.named(name))
    }
}
