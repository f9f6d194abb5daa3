//! What a contextual model makes of a text: tokens, each with its place in the text, and a matrix a layer.
//!
//! ```text
//!     text  →  n tokens with their places,  H⁰, H¹, … Hᴸ          each (n, d): row i belongs to token i
//! ```
//!
//! H⁰ is what goes into the first layer, Hᴸ what leaves the last. A static model would have H⁰ alone, the
//! same row for the same token in every text; from H¹ on a row also depends on what stands around the token.
//!
//! Models cut words into pieces. The vector of a word is the mean of the rows of its tokens, those whose
//! place overlaps the word's. Tokens that a model adds, as `[CLS]`, have no place: they stand for nothing in
//! the text.
//!
//! Source: the layers as several vectors of one word are Peters et al. (2018), *Deep contextualized word
//! representations*; the mean over pieces is common practice.

use std::ops::Range;

use ndarray::Array2;

use crate::embeddings::cosine;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// A model that gives the tokens of a text vectors that depend on the text. Every picture and measure of
/// layers takes `&dyn Contextual`, so that they work with all models.
pub trait Contextual {
    /// Its name in tables.
    fn name(&self) -> &str;

    /// How many matrices a text gets: one more than there are layers, for the input of the first counts.
    fn n_layers(&self) -> usize;

    /// How many numbers a vector has.
    fn dimension(&self) -> usize;

    /// The tokens of `text` and their vectors at each layer.
    ///
    /// # Errors
    /// The text is longer than the model's positions, or the model adds nothing to a text without tokens.
    fn states(&self, text: &str) -> Result<States>;
}

/// A text as a contextual model sees it: its tokens and their vectors at each layer.
///
/// ```
/// use course::context::States;
/// use ndarray::array;
/// // Two layers of a model that cuts "tables" into two pieces.
/// let tokens = [("the", 0..3), ("table", 4..9), ("##s", 9..10)];
/// let input = array![[1.0, 0.0], [0.0, 2.0], [4.0, 0.0]];
/// let output = array![[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]];
/// let states = States::new("The tables", tokens, vec![input, output])?;
/// assert_eq!(states.vector("tables", 0)?, [2.0, 1.0]); // the mean of two rows
/// assert_eq!(states.vector("the", 1)?, [1.0, 1.0]);
/// assert!(states.vector("table", 1).is_err()); // no word of this text
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct States {
    text: String,
    tokens: Vec<String>,
    places: Vec<Range<usize>>,
    layers: Vec<Array2<f32>>,
}

impl States {
    /// The tokens as the vocabulary writes them, each with its place in `text` in bytes (an empty one for a
    /// token that the model adds), and a matrix `(n, d)` for each layer.
    ///
    /// # Errors
    /// A matrix has not a row for each token, or they differ in shape; a place is outside the text.
    pub fn new<T: Into<String>>(
        text: &str,
        tokens: impl IntoIterator<Item = (T, Range<usize>)>,
        layers: Vec<Array2<f32>>,
    ) -> Result<Self> {
        let (tokens, places): (Vec<String>, Vec<_>) =
            tokens.into_iter().map(|(token, at)| (token.into(), at)).unzip();
        if let Some(at) = places.iter().find(|at| text.get((*at).clone()).is_none()) {
            let expected = format!("whole characters of {} bytes", text.len());
            return Err(Error::value("the place of a token", expected, format!("{at:?}")));
        }
        let d = layers.first().map_or(0, Array2::ncols);
        if let Some(layer) = layers.iter().find(|h| h.dim() != (tokens.len(), d)) {
            let (expected, got) = (format!("{:?}", (tokens.len(), d)), format!("{:?}", layer.dim()));
            return Err(Error::shape("the vectors of a layer", expected, got));
        }
        Ok(Self {
            text: text.to_owned(),
            tokens,
            places,
            layers,
        })
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens, as the vocabulary writes them.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Where each token is in the text, in bytes; empty for a token that the model has added.
    pub fn places(&self) -> &[Range<usize>] {
        &self.places
    }

    /// How many layers there are, the input counted.
    pub fn n_layers(&self) -> usize {
        self.layers.len()
    }

    /// The vectors of all tokens at a layer, `(n, d)`; layer 0 is the input of the first.
    ///
    /// # Errors
    /// There is no such layer.
    pub fn layer(&self, layer: usize) -> Result<&Array2<f32>> {
        let found = self.layers.get(layer);
        found.ok_or_else(|| Error::value("a layer", format!("below {}", self.layers.len()), layer))
    }

    /// Where `word` is in the text, in bytes, upper and lower case being the same: between characters that
    /// are no letters or digits.
    pub fn places_of(&self, word: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut before = None;
        for (start, c) in self.text.char_indices() {
            let end = end_of(&self.text[start..], word).map(|n| start + n);
            let is_alone = |end: &usize| {
                let next = self.text[*end..].chars().next();
                ![before, next].into_iter().flatten().any(char::is_alphanumeric)
            };
            found.extend(end.filter(is_alone).map(|end| start..end));
            before = Some(c);
        }
        found
    }

    /// The vector of `word` at a layer, where it is first in the text: the mean of its tokens, d numbers.
    ///
    /// # Errors
    /// The word is not in the text, or none of its tokens is; there is no such layer.
    pub fn vector(&self, word: &str, layer: usize) -> Result<Vec<f32>> {
        let places = self.places_of(word);
        let first = places.first().cloned();
        self.vector_at(first.ok_or_else(|| self.no_word(word))?, layer)
    }

    /// The mean of the tokens that overlap a place of the text, at a layer: d numbers.
    ///
    /// # Errors
    /// No token does; there is no such layer.
    pub fn vector_at(&self, place: Range<usize>, layer: usize) -> Result<Vec<f32>> {
        let rows = self.layer(layer)?;
        let is_in = |at: &Range<usize>| at.start < place.end && place.start < at.end;
        let of: Vec<usize> = (0..self.tokens.len())
            .filter(|&i| is_in(&self.places[i]))
            .collect();
        let mean = rows.select(ndarray::Axis(0), &of).mean_axis(ndarray::Axis(0));
        match mean {
            Some(mean) => Ok(mean.to_vec()),
            None => Err(self.no_word(self.text.get(place).unwrap_or_default())),
        }
    }

    /// The cosine of the vectors of `word` here and of `other_word` in another text, at each layer.
    ///
    /// # Errors
    /// A word is not in its text; the other text has been given to another model.
    pub fn cosines(&self, word: &str, other: &Self, other_word: &str) -> Result<Vec<f32>> {
        if self.n_layers() != other.n_layers() {
            return Err(Error::shape(
                "the other text",
                format!("{} layers", self.n_layers()),
                other.n_layers(),
            ));
        }
        let of_layer = |i| cosine(&self.vector(word, i)?, &other.vector(other_word, i)?);
        (0..self.n_layers()).map(of_layer).collect()
    }

    fn no_word(&self, word: &str) -> Error {
        let near = self
            .tokens
            .iter()
            .zip(&self.places)
            .filter(|(_, at)| !at.is_empty());
        Error::unknown(
            "token of the text for",
            word,
            near.map(|(token, _)| token.clone()).take(3).collect(),
        )
    }

    /// Each token with its place, its length at the first layer and the last, and the cosine of the two.
    fn table(&self) -> Table {
        let columns = [
            Column::new("token"),
            Column::new("place"),
            Column::new("|h| first").decimals(2),
            Column::new("|h| last").decimals(2),
            Column::new("cosine").decimals(2),
        ];
        let norm = |row: ndarray::ArrayView1<f32>| row.dot(&row).sqrt();
        let mut table = Table::new(columns);
        if let (Some(first), Some(last)) = (self.layers.first(), self.layers.last()) {
            let rows = first.outer_iter().zip(last.outer_iter());
            for ((token, at), (first, last)) in self.tokens.iter().zip(&self.places).zip(rows) {
                let cosine = cosine(&first.to_vec(), &last.to_vec()).unwrap_or(f32::NAN);
                let place = format!("{}..{}", at.start, at.end);
                table.push((token.as_str(), place, norm(first), norm(last), cosine));
            }
        }
        let d = self.layers.first().map_or(0, Array2::ncols);
        table.note(format!("{} layers, {d} numbers a vector", self.layers.len()))
    }
}

crate::show::shown_as_table!(States);

/// How many bytes of `text` are `word` at its beginning, upper and lower case being the same.
fn end_of(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.chars();
    let same = |a: char, b: char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let all = word.chars().all(|b| rest.next().is_some_and(|a| same(a, b)));
    (all && !word.is_empty()).then(|| text.len() - rest.as_str().len())
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn states() -> States {
        let text = "Table, table-top; Ätable TABLE";
        let tokens = [
            ("[CLS]", 0..0),
            ("table", 0..5),
            (",", 5..6),
            ("table", 7..12),
            ("-top", 12..16),
            ("ätab", 18..23),
            ("##le", 23..25),
            ("table", 26..31),
        ];
        let rows = Array2::from_shape_fn((8, 2), |(i, j)| (i + 10 * j) as f32);
        States::new(text, tokens, vec![rows.clone(), rows * 2.0]).unwrap()
    }

    #[test]
    fn a_word_stands_alone_and_in_any_case() {
        let states = states();
        assert_eq!(states.places_of("table"), [0..5, 7..12, 26..31]);
        assert_eq!(states.places_of("ÄTABLE"), std::slice::from_ref(&(18..25)));
        assert!(states.places_of("able").is_empty());
        assert!(states.places_of("").is_empty());
    }

    /// An added token, whose place is empty, belongs to no word.
    #[test]
    fn a_vector_is_the_mean_of_the_tokens_that_overlap() {
        let states = states();
        assert_eq!(states.vector("table", 0).unwrap(), [1.0, 11.0]);
        assert_eq!(states.vector("ätable", 1).unwrap(), [11.0, 31.0]);
        assert_eq!(states.vector_at(0..31, 0).unwrap(), [4.0, 14.0]);
        for layer in states.cosines("table", &states, "TABLE").unwrap() {
            assert!((layer - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let states = states();
        let message = |e: Error| e.to_string();
        assert_eq!(
            message(states.vector("chair", 0).unwrap_err()),
            r#"no token of the text for "chair"; did you mean "table", ",", "table"?"#
        );
        assert_eq!(
            message(states.vector("table", 2).unwrap_err()),
            "a layer: expected below 2, got 2"
        );
        assert!(states.vector_at(6..7, 0).is_err());
        let e = States::new("é", [("e", 0..1)], vec![]).map(|_| ()).unwrap_err();
        assert_eq!(
            message(e),
            "the place of a token: expected whole characters of 2 bytes, got 0..1"
        );
        let e = States::new("ab", [("ab", 0..2)], vec![array![[1.0], [2.0]]])
            .map(|_| ())
            .unwrap_err();
        assert_eq!(message(e), "the vectors of a layer: expected (1, 1), got (2, 1)");
    }

    #[test]
    fn it_shows_how_far_context_moved_a_token() {
        let states = States::new(
            "a b",
            [("a", 0..1), ("b", 2..3)],
            vec![array![[3.0, 4.0], [1.0, 0.0]], array![[6.0, 8.0], [0.0, 2.0]]],
        );
        assert_eq!(
            states.unwrap().to_string(),
            "\
token  place  |h| first  |h| last  cosine
─────  ─────  ─────────  ────────  ──────
a      0..1        5.00     10.00    1.00
b      2..3        1.00      2.00    0.00
2 layers, 2 numbers a vector
"
        );
    }
}
