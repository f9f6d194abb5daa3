//! The next token's distribution, to look at: as a table, and as a picture.

use super::TokenSet;
use crate::plot::{Bars, Column, Table, bars};
use crate::{Error, Result};

/// The most probable next tokens after a text, the most probable first; among equally probable ones, the
/// lower number comes first. [`LanguageModel::next`](super::LanguageModel::next) makes it.
#[derive(Clone, PartialEq)]
pub struct NextTokens {
    context: String,
    tokens: Vec<(String, f64)>,
}

impl NextTokens {
    /// The `k` most probable of all tokens, whose probabilities are `p`.
    ///
    /// # Errors
    /// `k` is 0.
    pub(super) fn new(context: &str, p: &[f64], k: usize, tokens: &dyn TokenSet) -> Result<Self> {
        Error::at_least(1, "the number of next tokens", k)?;
        let best = super::sampling::most_probable_first(p).into_iter().take(k);
        Ok(Self {
            context: context.to_owned(),
            tokens: best.map(|i| (tokens.text(i as u32), p[i])).collect(),
        })
    }

    /// The tokens with their probabilities.
    pub fn tokens(&self) -> &[(String, f64)] {
        &self.tokens
    }

    /// As a table, with a row for each token.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("next token"),
            Column::new("probability").decimals(3).bars(),
        ];
        Table::new(columns)
            .title(self.title())
            .rows(self.tokens.iter().cloned())
    }

    /// As a picture, a bar for each token.
    pub fn bars(&self) -> Bars {
        bars(
            self.tokens.iter().map(|(token, _)| token),
            self.tokens.iter().map(|(_, p)| *p),
        )
        .decimals(3)
        .title(self.title())
    }

    fn title(&self) -> String {
        format!("After “{}”", self.context)
    }
}

crate::show::shown_as_table!(NextTokens);
