//! SentencePiece's models.
//!
//! A model is a list of pieces, each with a score and a kind (normal, unknown, control, given by the user, unused, a
//! byte), and the settings of training and normalisation. For the unigram model a score is a log-probability; for BPE it
//! is minus the rank, and any two pieces whose joined text is a piece may merge.
//!
//! What is read: unigram and BPE models, with and without byte fallback, that leave the text as it is (`identity`) but for
//! spaces. Other normalisations are tables of a thousand replacements, and are refused; Llama's and Mistral's have none.
//! Pieces given by the user are read as special tokens.
//!
//! Source: Kudo and Richardson (2018), *SentencePiece*; its file `sentencepiece_model.proto`.

use std::collections::HashMap;

use rayon::prelude::*;

use super::bpe_json::characters_of;
use super::protobuf::{Message, Value};
use crate::error::Place;
use crate::tokenize::bpe::{Cut, Made, Prefix};
use crate::tokenize::{Bpe, Unigram};
use crate::{Error, Result};

/// A model as it lies in a file.
pub(super) struct Model {
    pieces: Vec<(String, f32, Kind)>,
    pub(super) algorithm: Algorithm,
    byte_fallback: bool,
    dummy_prefix: bool,
    collapse: bool,
    normalization: String,
    /// Whether there is a table of replacements.
    replaces: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Normal,
    Unknown,
    Control,
    User,
    Unused,
    Byte,
}

/// How pieces are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Unigram,
    Bpe,
    Other(u64),
}

impl Model {
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let mut model = Self {
            pieces: Vec::new(),
            algorithm: Algorithm::Unigram,
            byte_fallback: false,
            dummy_prefix: true,
            collapse: true,
            normalization: String::new(),
            replaces: false,
        };
        let mut message = Message::new(name, bytes, 0);
        while let Some((field, value)) = message.field()? {
            match (field, value) {
                (1, Value::Bytes(bytes, at)) => model.pieces.push(piece(name, bytes, at)?),
                (2, Value::Bytes(bytes, at)) => model.training(Message::new(name, bytes, at))?,
                (3, Value::Bytes(bytes, at)) => model.normalizer(Message::new(name, bytes, at))?,
                _ => {}
            }
        }
        if model.pieces.is_empty() {
            let problem = "expected pieces, got none; is it a SentencePiece model?";
            return Err(Error::format(name, Place::Whole, problem));
        }
        if model.replaces {
            let problem = format!(
                "normalisation: expected \"identity\", got {:?}, whose replacements this pack does not do",
                model.normalization
            );
            return Err(Error::format(name, Place::Whole, problem));
        }
        Ok(model)
    }

    fn training(&mut self, mut spec: Message<'_>) -> Result<()> {
        while let Some((field, value)) = spec.field()? {
            match (field, value) {
                (3, Value::Number(1)) => self.algorithm = Algorithm::Unigram,
                (3, Value::Number(2)) => self.algorithm = Algorithm::Bpe,
                (3, Value::Number(n)) => self.algorithm = Algorithm::Other(n),
                (35, Value::Number(n)) => self.byte_fallback = n != 0,
                _ => {}
            }
        }
        Ok(())
    }

    fn normalizer(&mut self, mut spec: Message<'_>) -> Result<()> {
        while let Some((field, value)) = spec.field()? {
            match (field, value) {
                (1, Value::Bytes(name, _)) => self.normalization = String::from_utf8_lossy(name).into_owned(),
                (2, Value::Bytes(table, _)) => self.replaces = !table.is_empty(),
                (3, Value::Number(n)) => self.dummy_prefix = n != 0,
                (4, Value::Number(n)) => self.collapse = n != 0,
                _ => {}
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> Result<u32> {
        let place = self.pieces.iter().position(|p| p.2 == Kind::Unknown);
        place
            .map(|id| id as u32)
            .ok_or_else(|| Error::format(name, Place::Whole, "expected a piece for the unknown, got none"))
    }

    fn special(&self) -> Vec<(String, u32)> {
        (self.pieces.iter().zip(0..))
            .filter(|(p, _)| matches!(p.2, Kind::Control | Kind::User))
            .map(|(p, id)| (p.0.clone(), id))
            .collect()
    }

    fn only(&self, name: &str, algorithm: Algorithm) -> Result<()> {
        if self.algorithm == algorithm {
            return Ok(());
        }
        let problem = format!("expected a model of kind {algorithm:?}, got {:?}", self.algorithm);
        Err(Error::format(name, Place::Whole, problem))
    }
}

fn piece(name: &str, bytes: &[u8], at: usize) -> Result<(String, f32, Kind)> {
    let (mut text, mut score, mut kind) = (String::new(), 0.0, Kind::Normal);
    let mut message = Message::new(name, bytes, at);
    let wrong = |problem: String| Error::format(name, Place::Byte(at as u64), problem);
    while let Some((field, value)) = message.field()? {
        match (field, value) {
            (1, Value::Bytes(bytes, _)) => {
                text = String::from_utf8(bytes.to_vec())
                    .map_err(|_| wrong("expected a piece in UTF-8, got other bytes".to_owned()))?;
            }
            (2, Value::Float(x)) => score = x,
            (3, Value::Number(n)) => {
                kind = match n {
                    1 => Kind::Normal,
                    2 => Kind::Unknown,
                    3 => Kind::Control,
                    4 => Kind::User,
                    5 => Kind::Unused,
                    6 => Kind::Byte,
                    n => return Err(wrong(format!("expected a kind of piece from 1 to 6, got {n}"))),
                }
            }
            _ => {}
        }
    }
    Ok((text, score, kind))
}

impl Unigram {
    /// Reads a SentencePiece model of the unigram kind.
    ///
    /// # Errors
    /// The bytes are no such model, or one of another kind; it normalises texts by a table of replacements.
    pub fn from_sentencepiece(bytes: &[u8]) -> Result<Self> {
        Self::of_model("SentencePiece model", &Model::read("SentencePiece model", bytes)?)
    }

    pub(super) fn of_model(name: &str, model: &Model) -> Result<Self> {
        model.only(name, Algorithm::Unigram)?;
        let unknown = model.unknown(name)?;
        let usable = |kind| matches!(kind, Kind::Normal | Kind::User);
        let mut made = Unigram::read(
            model.pieces.iter().map(|p| (p.0.clone(), p.1)).collect(),
            unknown,
            model.byte_fallback,
            model.collapse,
            false,
        )?;
        let unusable: Vec<u32> = (model.pieces.iter().zip(0..))
            .filter(|(p, _)| !usable(p.2))
            .map(|(_, id)| id)
            .collect();
        made.leave_out(&unusable);
        if !model.dummy_prefix {
            made = made.without_prefix();
        }
        Ok(made)
    }
}

impl Bpe {
    /// Reads a SentencePiece model of the BPE kind, as Llama 2's and Mistral's are.
    ///
    /// # Errors
    /// The bytes are no such model, or one of another kind; it normalises texts by a table of replacements, or takes
    /// spaces away.
    pub fn from_sentencepiece(bytes: &[u8]) -> Result<Self> {
        Self::of_model("SentencePiece model", &Model::read("SentencePiece model", bytes)?)
    }

    pub(super) fn of_model(name: &str, model: &Model) -> Result<Self> {
        model.only(name, Algorithm::Bpe)?;
        let unknown = model.unknown(name)?;
        let names: Vec<String> = model.pieces.iter().map(|p| p.0.clone()).collect();
        let normal = |p: &(String, f32, Kind)| p.2 == Kind::Normal;
        let ids: HashMap<&str, u32> = (model.pieces.iter().zip(0..))
            .filter(|(p, _)| normal(p))
            .map(|(p, id)| (p.0.as_str(), id))
            .collect();
        let falls = |w: &[f32]| w[0] >= w[1];
        let scores: Vec<f32> = model.pieces.iter().filter(|p| normal(p)).map(|p| p.1).collect();
        if !scores.windows(2).all(falls) {
            let problem = "expected the pieces of a BPE in the order of their scores, got another order";
            return Err(Error::format(name, Place::Whole, problem));
        }
        if model.collapse {
            let problem = "expected spaces to be left as they are, got a model that takes some away";
            return Err(Error::format(name, Place::Whole, problem));
        }
        // Every way to make a piece out of two others is a merge of the piece's rank, which is its number's.
        let merges = (model.pieces.par_iter().enumerate())
            .filter(|(_, p)| normal(p))
            .flat_map_iter(|(id, (text, ..))| {
                let ids = &ids;
                (text.char_indices().skip(1))
                    .filter_map(move |(i, _)| Some((*ids.get(&text[..i])?, *ids.get(&text[i..])?, id as u32)))
            })
            .collect();
        let (tokens, symbols) = characters_of(&names, Some(unknown), model.byte_fallback, true);
        Bpe::made(Made {
            name: "BPE".to_owned(),
            tokens,
            written: Some(names),
            merges,
            rank_is_id: true,
            symbols,
            cut: Cut::Nowhere,
            prefix: if model.dummy_prefix {
                Prefix::Always
            } else {
                Prefix::None
            },
            whole: false,
            special: model.special(),
        })
    }
}
