//! The tokens of a vocabulary: from id to bytes and back; and what every tokenizer says of its own.

use rayon::prelude::*;

use crate::corpus::grouped;

/// Byte strings one after the other, and their order, so that one is found by binary search.
#[derive(Clone, Default)]
pub(super) struct Tokens {
    bytes: Vec<u8>,
    /// Where each begins and, at the end, where the last one ends.
    starts: Vec<usize>,
    /// The ids, in the order of the strings.
    order: Vec<u32>,
}

impl Tokens {
    /// An empty string means that no token has this id.
    pub(super) fn new<T: AsRef<[u8]>>(tokens: impl IntoIterator<Item = T>) -> Self {
        let (mut bytes, mut starts) = (Vec::new(), vec![0]);
        for token in tokens {
            bytes.extend_from_slice(token.as_ref());
            starts.push(bytes.len());
        }
        let mut all = Self {
            bytes,
            starts,
            order: Vec::new(),
        };
        let mut order: Vec<u32> = (0..all.len() as u32)
            .filter(|&id| all.get(id).is_some())
            .collect();
        order.par_sort_unstable_by_key(|&id| (all.get(id), id));
        all.order = order;
        all
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    #[inline]
    pub(super) fn get(&self, id: u32) -> Option<&[u8]> {
        let start = *self.starts.get(id as usize)?;
        let end = *self.starts.get(id as usize + 1)?;
        self.bytes.get(start..end).filter(|b| !b.is_empty())
    }

    /// The id of `token`; if there are several, the lowest.
    pub(super) fn id(&self, token: &[u8]) -> Option<u32> {
        let at = self.order.partition_point(|&id| self.get(id) < Some(token));
        let id = *self.order.get(at)?;
        (self.get(id) == Some(token)).then_some(id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        (0..self.len() as u32).filter_map(|id| Some((id, self.get(id)?)))
    }

    /// A token that occurs twice, if there is one.
    pub(super) fn twice(&self) -> Option<&[u8]> {
        let same = |w: &&[u32]| self.get(w[0]) == self.get(w[1]);
        self.order.windows(2).find(same).and_then(|w| self.get(w[0]))
    }
}

/// A tokenizer's name, its tokens, and which of them stands for what it cannot write.
#[derive(Clone)]
pub struct Vocab {
    pub(super) name: String,
    /// What each token puts into a text.
    pub(super) tokens: Tokens,
    /// How the tokens are written, where that differs.
    pub(super) written: Option<Tokens>,
    pub(super) unknown: Option<u32>,
}

impl Vocab {
    pub(super) fn new(name: &str, tokens: Tokens, written: Option<Tokens>, unknown: Option<u32>) -> Self {
        Self {
            name: name.to_owned(),
            tokens,
            written,
            unknown,
        }
    }

    /// How the tokens are written.
    pub(super) fn written(&self) -> &Tokens {
        self.written.as_ref().unwrap_or(&self.tokens)
    }

    /// How many tokens there are, for tables: `30,522`.
    pub(super) fn size(&self) -> String {
        grouped(self.tokens.len() as u64)
    }
}

crate::show::shown_as_line!(Vocab, |this| format!("{}: {} tokens", this.name, this.size()));
