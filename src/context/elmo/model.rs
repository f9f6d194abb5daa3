//! An ELMo that takes texts: the cut into words, and the common form of its states.
//!
//! Its tokens are words: what is between spaces, without the punctuation at both ends, each mark of which is
//! a word of its own. (The models of the paper's authors have read texts of the Penn Treebank's cut, which
//! also makes two words of `don't`.)
//!
//! Every text starts from an empty memory, so a text has the same states whatever came before. The original
//! program goes on from the sentence before; [`ElmoEncoder::states`] can do that.

use std::ops::Range;

use super::{ElmoEncoder, ElmoMemory};
use crate::Result;
use crate::context::bert::matrix;
use crate::context::{Contextual, States};

/// An ELMo under a name.
#[derive(Clone)]
pub struct Elmo {
    name: String,
    encoder: ElmoEncoder,
}

impl Elmo {
    /// A model of this network.
    pub fn new(name: &str, encoder: ElmoEncoder) -> Self {
        Self {
            name: name.to_owned(),
            encoder,
        }
    }

    /// The network.
    pub fn encoder(&self) -> &ElmoEncoder {
        &self.encoder
    }
}

impl Contextual for Elmo {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_layers(&self) -> usize {
        self.encoder.sizes().layers + 1
    }

    fn dimension(&self) -> usize {
        2 * self.encoder.sizes().projection
    }

    fn states(&self, text: &str) -> Result<States> {
        let places = words(text);
        let words: Vec<&str> = places.iter().map(|at| &text[at.clone()]).collect();
        let layers = self.encoder.states(&words, &mut ElmoMemory::default())?;
        let layers = layers.iter().map(matrix).collect::<Result<Vec<_>>>()?;
        States::new(text, words.into_iter().zip(places), layers)
    }
}

impl std::fmt::Display for Elmo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.encoder)
    }
}

crate::show::shown_as_line!(Elmo);

/// Where the words of a text are, in bytes.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for chunk in text.split_whitespace() {
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let is_letter = |c: char| c.is_alphanumeric();
        // Without a letter or digit, all of it is marks.
        let from = chunk.find(is_letter).unwrap_or(chunk.len());
        let to = chunk.rfind(is_letter).map_or(from, |last| {
            last + chunk[last..].chars().next().map_or(0, char::len_utf8)
        });
        let mark = |(i, c): (usize, char)| start + i..start + i + c.len_utf8();
        places.extend(chunk[..from].char_indices().map(mark));
        places.extend((from < to).then_some(start + from..start + to));
        places.extend(chunk[to..].char_indices().map(|(i, c)| mark((to + i, c))));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_at_the_ends_is_apart() {
        let of = |text: &'static str| -> Vec<&str> { words(text).into_iter().map(|at| &text[at]).collect() };
        assert_eq!(
            of("“The cat,” (it's said) cost\t$1,024.—É!"),
            [
                "“",
                "The",
                "cat",
                ",",
                "”",
                "(",
                "it's",
                "said",
                ")",
                "cost",
                "$",
                "1,024.—É",
                "!"
            ]
        );
        assert_eq!(of(" … -- "), ["…", "-", "-"]);
        assert!(of("").is_empty());
    }
}
