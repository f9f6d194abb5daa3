//! The sizes of an ELMo, and the file that names them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::characters::{CHARACTERS, ROOM};
use crate::error::Location;
use crate::{Error, Result};

/// The sizes of an ELMo.
#[derive(Clone, Debug, PartialEq)]
pub struct ElmoSizes {
    /// Numbers of a character.
    pub character: usize,
    /// The filters: how many characters each sees, and how many there are of this width.
    pub filters: Vec<(usize, usize)>,
    /// Layers between the filters and the projection.
    pub highways: usize,
    /// Whether a filter's result goes through tanh, or relu.
    pub tanh: bool,
    /// p: numbers of a word, and of the state of one direction.
    pub projection: usize,
    /// Numbers of an LSTM's memory.
    pub cell: usize,
    /// LSTM layers.
    pub layers: usize,
    /// The memory stays between minus this and this. None: no limit.
    pub cell_clip: Option<f64>,
    /// So does the state.
    pub projection_clip: Option<f64>,
}

crate::plot::shown_as_record!(ElmoSizes);

impl Default for ElmoSizes {
    /// The small model of the paper's authors: 13.6 million numbers.
    fn default() -> Self {
        Self {
            character: 16,
            filters: vec![(1, 32), (2, 32), (3, 64), (4, 128), (5, 256), (6, 512), (7, 1024)],
            highways: 1,
            tanh: false,
            projection: 128,
            cell: 1024,
            layers: 2,
            cell_clip: Some(3.0),
            projection_clip: Some(3.0),
        }
    }
}

/// The file, as the original program writes it.
#[derive(Serialize, Deserialize)]
struct Options {
    lstm: LstmOptions,
    char_cnn: CharacterOptions,
}

#[derive(Serialize, Deserialize)]
struct LstmOptions {
    dim: usize,
    projection_dim: usize,
    n_layers: usize,
    cell_clip: Option<f64>,
    proj_clip: Option<f64>,
    use_skip_connections: bool,
}

#[derive(Serialize, Deserialize)]
struct CharacterOptions {
    embedding: EmbeddingOptions,
    filters: Vec<(usize, usize)>,
    n_highway: usize,
    n_characters: usize,
    max_characters_per_token: usize,
    activation: String,
}

#[derive(Serialize, Deserialize)]
struct EmbeddingOptions {
    dim: usize,
}

impl ElmoSizes {
    /// Reads an `options.json`.
    ///
    /// # Errors
    /// The file cannot be read, lacks a size, or asks for what is not done here: other characters than the
    /// usual 261, layers without a bridge over them.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        let wrong = |problem: String| Error::format(path.display(), Location::Whole, problem);
        let options: Options = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        Self::of(options).map_err(|e| wrong(e.to_string()))
    }

    fn of(Options { lstm, char_cnn }: Options) -> Result<Self> {
        // The number in the file counts a character for masked words, where it is that of the trained model.
        if ![CHARACTERS, CHARACTERS + 1].contains(&char_cnn.n_characters) {
            return Err(Error::value("n_characters", "261 or 262", char_cnn.n_characters));
        }
        if char_cnn.max_characters_per_token != ROOM {
            return Err(Error::value(
                "max_characters_per_token",
                ROOM,
                char_cnn.max_characters_per_token,
            ));
        }
        if !lstm.use_skip_connections {
            return Err(Error::value("use_skip_connections", "true", "false"));
        }
        let tanh = match char_cnn.activation.as_str() {
            "tanh" => true,
            "relu" => false,
            other => return Err(Error::value("activation", "tanh or relu", other)),
        };
        let sizes = Self {
            character: char_cnn.embedding.dim,
            filters: char_cnn.filters,
            highways: char_cnn.n_highway,
            tanh,
            projection: lstm.projection_dim,
            cell: lstm.dim,
            layers: lstm.n_layers,
            cell_clip: lstm.cell_clip,
            projection_clip: lstm.proj_clip,
        };
        sizes.check()?;
        Ok(sizes)
    }

    pub(super) fn check(&self) -> Result<()> {
        for (name, n) in [
            ("the numbers of a character", self.character),
            ("the numbers of a word", self.projection),
            ("the numbers of a memory", self.cell),
            ("the number of filters", self.n_filters()),
        ] {
            Error::at_least(1, name, n)?;
        }
        match self.filters.iter().find(|(width, _)| !(1..=ROOM).contains(width)) {
            Some((width, _)) => Err(Error::value(
                "the width of a filter",
                format!("1 to {ROOM}"),
                width,
            )),
            None => Ok(()),
        }
    }

    /// Filters of all widths together.
    pub(super) fn n_filters(&self) -> usize {
        self.filters.iter().map(|(_, n)| n).sum()
    }
}
