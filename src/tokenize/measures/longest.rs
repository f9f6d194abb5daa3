//! The longest tokens of a vocabulary: where to look for what should not be there.
//!
//! BPE merges what is frequent and does not ask why. It may be a name with which one user signed a hundred
//! thousand comments, a separator line, or a notice at the foot of every page. Each merge of such a sequence
//! has the count of the whole sequence. So once the first pair is merged, the others follow at the same
//! count, and the sequence becomes one token. It costs as many merges as it has bytes, and nothing else uses
//! the tokens of these merges. If the page is not in the text that the *model* is trained on, the token's
//! embedding keeps its random initial values: a glitch token. The cure comes before training: remove
//! [duplicates](crate::corpus::dedup), and the sequence occurs only once.
//!
//! ```
//! use course::corpus::dedup::same_documents;
//! use course::data::wordnet;
//! use course::tokenize::{Bpe, BpeTraining, Pattern, measures::longest_tokens};
//! let notice = "No part of this page may be copied without permission.";
//! let mut texts: Vec<&str> = wordnet::glosses().iter().take(3_000).map(|g| g.definition.as_str()).collect();
//! texts.extend([notice; 500]);
//! let training = BpeTraining { vocab_size: 1_000, pattern: Pattern::Lines, ..Default::default() };
//!
//! let with = Bpe::train(&texts, &training)?;
//! assert_eq!(longest_tokens(&with, 1).tokens()[0].0, notice); // 54 characters, one token
//!
//! let texts = same_documents(&texts).keep(&texts);
//! let without = Bpe::train(&texts, &training)?;
//! assert!(longest_tokens(&without, 1).tokens()[0].0.len() < 30);
//! # Ok::<(), course::Error>(())
//! ```
//!
//! [`Pattern::Lines`](crate::tokenize::Pattern) lets merges cross spaces. With GPT's patterns a sentence
//! cannot become a token, but a name, a run of dots or a line of dashes can.
//!
//! Source: Rumbelow and Watkins (2023), *SolidGoldMagikarp*; Land and Bartolo (2024), *Fishing for Magikarp*,
//! find such tokens in every vocabulary that they looked at.

use crate::plot::{Column, Table};
use crate::tokenize::Tokenizer;
use crate::tokenize::tokenizer::readable;

/// Tokens by length. [`longest_tokens`] finds them.
#[derive(Clone, PartialEq, Eq)]
pub struct LongestTokens {
    name: String,
    /// Text, id.
    tokens: Vec<(String, u32)>,
}

/// The `k` tokens of `tokenizer` that stand for the most characters, with the longest first.
pub fn longest_tokens(tokenizer: &dyn Tokenizer, k: usize) -> LongestTokens {
    let mut tokens: Vec<(String, u32)> = (0..tokenizer.vocab_size() as u32)
        .filter_map(|id| Some((readable(tokenizer.token_bytes(id)?), id)))
        .collect();
    tokens.sort_by_cached_key(|(text, id)| (std::cmp::Reverse(text.chars().count()), *id));
    tokens.truncate(k);
    LongestTokens {
        name: tokenizer.name().to_owned(),
        tokens,
    }
}

impl LongestTokens {
    /// The tokens' texts and ids, with the longest first.
    pub fn tokens(&self) -> &[(String, u32)] {
        &self.tokens
    }

    /// A row for each token.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("characters").bars(),
            Column::new("number").grouped(),
            Column::new("token"),
        ];
        let row = |(text, id): &(String, u32)| (text.chars().count(), *id, format!("{text:?}"));
        Table::new(columns)
            .title(format!("The longest tokens of {}", self.name))
            .rows(self.tokens.iter().map(row))
    }
}

crate::show::shown_as_table!(LongestTokens);
