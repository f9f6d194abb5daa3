//! SentencePiece's models.
//!
//! A model is a list of pieces, each with a score and a kind (normal, unknown, control, given by the user,
//! unused, a byte), and the settings of training and normalisation. For the unigram model a score is a
//! log-probability. For BPE it is minus the rank, and any two pieces whose joined text is a piece may merge.
//!
//! What is read: unigram and BPE models, with or without byte fallback, that leave the text as it is
//! (`identity`) except for spaces. Other normalisations are tables of a thousand replacements and are
//! refused; Llama and Mistral have none. Also refused are models of words or of characters, tables for
//! decoding, and BPE models that do not use some of their pieces.
//!
//! Pieces that the user gave are cut out of every text. In a BPE nothing merges with them; in a unigram model
//! each scores more than any cut of it. Control pieces are special tokens, which are never made from text.
//!
//! Source: Kudo and Richardson (2018), *SentencePiece*; its file `sentencepiece_model.proto`.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::bpe_json::{Characters, characters_of};
use super::protobuf::{Message, Value};
use crate::error::Location;
use crate::tokenize::bpe::{Ranks, Scheme};
use crate::tokenize::decode::Decoding;
use crate::tokenize::spaces::{Prefix, SPACE, Spaces};
use crate::tokenize::unigram::trie::Trie;
use crate::tokenize::unigram::{self, Piece, Role, byte_of};
use crate::tokenize::{Bpe, Unigram};
use crate::{Error, Result};

/// A model as it is in a file.
pub(super) struct Model {
    pieces: Vec<(String, f32, Kind)>,
    pub(super) algorithm: Algorithm,
    byte_fallback: bool,
    dummy_prefix: bool,
    suffix: bool,
    collapse: bool,
    unknown_text: String,
    normalization: String,
    /// Something that the model asks for and that is not done here.
    not_done: Option<&'static str>,
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
            suffix: false,
            collapse: true,
            unknown_text: " \u{2047} ".to_owned(),
            normalization: String::new(),
            not_done: None,
        };
        let mut message = Message::new(name, bytes, 0);
        while let Some((field, value)) = message.field()? {
            match (field, value) {
                (1, Value::Bytes(bytes, at)) => model.pieces.push(piece(name, bytes, at)?),
                (2, Value::Bytes(bytes, at)) => model.training(Message::new(name, bytes, at))?,
                (3, Value::Bytes(bytes, at)) => model.normalizer(Message::new(name, bytes, at))?,
                (5, Value::Bytes(bytes, at)) => model.denormalizer(Message::new(name, bytes, at))?,
                _ => {}
            }
        }
        if model.pieces.is_empty() {
            let problem = "expected pieces, got none; is it a SentencePiece model?";
            return Err(Error::format(name, Location::Whole, problem));
        }
        if let Some(what) = model.not_done {
            let problem = format!("{what} (normalisation {:?})", model.normalization);
            return Err(Error::format(name, Location::Whole, problem));
        }
        model.sound(name)?;
        Ok(model)
    }

    fn training(&mut self, mut spec: Message<'_>) -> Result<()> {
        while let Some((field, value)) = spec.field()? {
            match (field, value) {
                (3, Value::Number(1)) => self.algorithm = Algorithm::Unigram,
                (3, Value::Number(2)) => self.algorithm = Algorithm::Bpe,
                (3, Value::Number(n)) => self.algorithm = Algorithm::Other(n),
                (24, Value::Number(n)) => self.suffix = n != 0,
                (35, Value::Number(n)) => self.byte_fallback = n != 0,
                (44, Value::Bytes(text, _)) => self.unknown_text = String::from_utf8_lossy(text).into_owned(),
                _ => {}
            }
        }
        Ok(())
    }

    fn denormalizer(&mut self, mut spec: Message<'_>) -> Result<()> {
        while let Some((field, value)) = spec.field()? {
            if let (2, Value::Bytes([_, ..], _)) = (field, value) {
                self.not_done =
                    Some("expected no table for decoding, got one, whose replacements this pack does not do");
            }
        }
        Ok(())
    }

    /// Checks that each piece has a text and a finite score, that the bytes are all there or none is, and
    /// that spaces are written only as `▁`.
    fn sound(&self, name: &str) -> Result<()> {
        let wrong = |problem: String| Err(Error::format(name, Location::Whole, problem));
        if let Some(p) = self.pieces.iter().find(|p| p.0.is_empty() || !p.1.is_finite()) {
            let got = format!("{:?} with {}", p.0, p.1);
            return wrong(format!(
                "expected a piece of a text and a finite score, got {got}"
            ));
        }
        let spaced = |p: &&(String, f32, Kind)| p.2 == Kind::User && p.0.contains(' ');
        if let Some(p) = self.pieces.iter().find(spaced) {
            return wrong(format!("expected spaces in pieces as {SPACE}, got {:?}", p.0));
        }
        let bytes: HashSet<u8> = (self.pieces.iter())
            .filter(|p| p.2 == Kind::Byte)
            .filter_map(|p| byte_of(&p.0))
            .collect();
        let expected = if self.byte_fallback { 256 } else { 0 };
        let n = self.pieces.iter().filter(|p| p.2 == Kind::Byte).count();
        if (bytes.len(), n) != (expected, expected) {
            return wrong(format!("expected {expected} pieces of one byte each, got {n}"));
        }
        if self.byte_fallback && !self.pieces.iter().any(|p| p.0.chars().eq([SPACE])) {
            return wrong(format!("expected a piece {SPACE} for a space, got none"));
        }
        if self.unknown_text.is_empty() {
            return wrong("unk_surface: expected a text, got an empty one".to_owned());
        }
        Ok(())
    }

    fn spaces(&self) -> Spaces {
        Spaces {
            prefix: match self.dummy_prefix {
                true => Prefix::Always,
                false => Prefix::None,
            },
            suffix: self.suffix,
            collapse: self.collapse,
            by_library: false,
        }
    }

    fn decoding(&self) -> Decoding {
        Decoding::Pieces {
            strip: self.dummy_prefix,
            all: self.collapse,
        }
    }

    fn normalizer(&mut self, mut spec: Message<'_>) -> Result<()> {
        while let Some((field, value)) = spec.field()? {
            match (field, value) {
                (1, Value::Bytes(name, _)) => self.normalization = String::from_utf8_lossy(name).into_owned(),
                (2, Value::Bytes([_, ..], _)) => {
                    self.not_done =
                        Some("expected \"identity\", got a table whose replacements this pack does not do");
                }
                (3, Value::Number(n)) => self.dummy_prefix = n != 0,
                (4, Value::Number(n)) => self.collapse = n != 0,
                (5, Value::Number(0)) => self.not_done = Some("expected spaces as ▁, got spaces as they are"),
                _ => {}
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> Result<u32> {
        let place = self.pieces.iter().position(|p| p.2 == Kind::Unknown);
        let problem = "expected a piece for the unknown, got none";
        place
            .map(|id| id as u32)
            .ok_or_else(|| Error::format(name, Location::Whole, problem))
    }

    fn special(&self) -> Vec<(String, u32)> {
        (self.pieces.iter().zip(0..))
            .filter(|(p, _)| p.2 == Kind::Control)
            .map(|(p, id)| (p.0.clone(), id))
            .collect()
    }

    fn only(&self, name: &str, algorithm: Algorithm) -> Result<()> {
        if self.algorithm == algorithm {
            return Ok(());
        }
        let problem = format!("expected a model of kind {algorithm:?}, got {:?}", self.algorithm);
        Err(Error::format(name, Location::Whole, problem))
    }
}

fn piece(name: &str, bytes: &[u8], at: usize) -> Result<(String, f32, Kind)> {
    let (mut text, mut score, mut kind) = (String::new(), 0.0, Kind::Normal);
    let mut message = Message::new(name, bytes, at);
    let wrong = |problem: String| Error::format(name, Location::Byte(at as u64), problem);
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
    /// The bytes are not such a model, or one of another kind; it asks for something that is not done here,
    /// such as a table of replacements (the message says what).
    pub fn from_sentencepiece(bytes: &[u8]) -> Result<Self> {
        Self::of_model("SentencePiece model", &Model::read("SentencePiece model", bytes)?)
    }

    pub(super) fn of_model(name: &str, model: &Model) -> Result<Self> {
        model.only(name, Algorithm::Unigram)?;
        let unknown = model.unknown(name)?;
        let role = |text: &str, kind| match (kind, byte_of(text)) {
            (Kind::Normal, _) => Role::Normal,
            (Kind::Unknown, _) => Role::Unknown,
            (Kind::User, _) => Role::Given,
            (Kind::Byte, Some(b)) => Role::Byte(b),
            (Kind::Control, _) => Role::Control,
            (Kind::Unused | Kind::Byte, _) => Role::Unused,
        };
        let pieces = (model.pieces.iter())
            .map(|(text, score, kind)| Piece {
                text: text.clone(),
                score: f64::from(*score),
                role: role(text, *kind),
            })
            .collect();
        Unigram::made(unigram::Made {
            pieces,
            unknown,
            unknown_text: model.unknown_text.clone(),
            spaces: model.spaces(),
            split: false,
            decoding: model.decoding(),
            single: true,
            by_letters: false,
        })
    }
}

impl Bpe {
    /// Reads a SentencePiece model of the BPE kind, such as those of Llama 2 and Mistral.
    ///
    /// # Errors
    /// The bytes are not such a model, or one of another kind; it asks for something that is not done here,
    /// such as a table of replacements (the message says what).
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
        if let Some(p) = model.pieces.iter().find(|p| p.2 == Kind::Unused) {
            let piece = &p.0;
            let problem = format!("expected a BPE that uses its pieces, got {piece:?}, which it does not");
            return Err(Error::format(name, Location::Whole, problem));
        }
        // Every way to make a piece from two others is a merge with that piece's rank.
        let merges = (model.pieces.par_iter().enumerate())
            .filter(|(_, p)| normal(p))
            .flat_map_iter(|(id, (text, ..))| {
                let ids = &ids;
                (text.char_indices().skip(1))
                    .filter_map(move |(i, _)| Some((*ids.get(&text[..i])?, *ids.get(&text[i..])?, id as u32)))
            })
            .collect();
        let (tokens, symbols) = characters_of(Characters {
            names: &names,
            unknown: Some(unknown),
            unknown_text: &model.unknown_text,
            fallback: model.byte_fallback,
            fuse: true,
            is_piece: &|id| model.pieces.get(id as usize).is_some_and(normal),
        });
        let given: Vec<(String, u32)> = (model.pieces.iter().zip(0..))
            .filter(|(p, _)| p.2 == Kind::User)
            .map(|(p, id)| (p.0.replace(SPACE, " "), id))
            .collect();
        let scheme = Scheme {
            ranks: ranks(&model.pieces),
            spaces: model.spaces(),
            decoding: model.decoding(),
            given: (!given.is_empty()).then(|| Trie::new(given.iter().map(|(t, id)| (t.as_bytes(), *id)))),
            special: model.special(),
            ..Scheme::new(merges, symbols)
        };
        Bpe::made(tokens, Some(names), scheme)
    }
}

/// The higher the score of a piece, the lower its rank. The scores of trained pieces fall. Pieces that
/// somebody has appended often all have the same score.
fn ranks(pieces: &[(String, f32, Kind)]) -> Ranks {
    let normal = || pieces.iter().filter(|p| p.2 == Kind::Normal).map(|p| p.1);
    let mut scores: Vec<f32> = normal().collect();
    if scores.is_sorted_by(|a, b| a > b) {
        return Ranks::Id;
    }
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    scores.dedup();
    let rank = |score: f32| scores.partition_point(|&s| s > score) as u32;
    Ranks::OfToken(pieces.iter().map(|p| rank(p.1)).collect())
}
