//! A BERT with its tokenizer: texts in, states, words for a gap, or sentence vectors out.
//!
//! A text becomes `[CLS]`, its pieces, `[SEP]`. The two that are added have a state as any other token, and
//! are looked at as any other.

use std::ops::Range;

use ndarray::Array2;

use super::{BertBatch, BertEncoder, BertSizes};
use crate::context::{Contextual, States};
use crate::fetched;
use crate::nn::{DType, Tensor, softmax};
use crate::plot::{Column, Table};
use crate::tokenize::{Token, Tokenizer, WordPiece};
use crate::{Error, Result};

/// A BERT encoder with a WordPiece tokenizer.
#[derive(Clone)]
pub struct Bert {
    name: String,
    tokenizer: WordPiece,
    encoder: BertEncoder,
    special: Special,
}

/// The ids of the tokens that are no text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Special {
    pub(super) begin: u32,
    pub(super) end: u32,
    pub(super) mask: Option<u32>,
}

impl Bert {
    /// A model of both parts; the tokenizer has `[CLS]` and `[SEP]`, and `[MASK]` if gaps are to be filled.
    ///
    /// # Errors
    /// The tokenizer lacks one of the two, or has more tokens than the encoder.
    pub fn new(name: &str, tokenizer: WordPiece, encoder: BertEncoder) -> Result<Self> {
        let (n, rows) = (tokenizer.vocab_size(), encoder.sizes().vocab_size);
        if n > rows {
            let expected = format!("at most {rows}, the rows of the encoder's table");
            return Err(Error::shape("the tokens of a tokenizer", expected, n));
        }
        let id = |token: &str| {
            let found = tokenizer.token_id(token);
            found.ok_or_else(|| Error::value("the tokens of a BERT", format!("{token} among them"), n))
        };
        Ok(Self {
            name: name.to_owned(),
            special: Special {
                begin: id("[CLS]")?,
                end: id("[SEP]")?,
                mask: id("[MASK]").ok(),
            },
            tokenizer,
            encoder,
        })
    }

    /// all-MiniLM-L6-v2, a sentence encoder of 6 layers and 384 numbers: the [fetched](crate::fetched) item
    /// `minilm`.
    ///
    /// # Errors
    /// It has not been fetched (the message says how), or its files are broken.
    ///
    /// ```
    /// use course::context::{Bert, Contextual as _};
    /// use course::error::ErrorKind;
    /// match Bert::minilm() {
    ///     Ok(minilm) => assert_eq!((minilm.n_layers(), minilm.dimension()), (7, 384)),
    ///     Err(e) => assert_eq!(e.kind(), ErrorKind::Missing),
    /// }
    /// ```
    pub fn minilm() -> Result<Self> {
        let sizes = BertSizes::read(fetched::path("minilm", "config.json")?)?;
        let encoder = BertEncoder::load(&sizes, false, fetched::path("minilm", "model.safetensors")?)?;
        Self::new("MiniLM L6", WordPiece::bert(), encoder)
    }

    /// The network.
    pub fn encoder(&self) -> &BertEncoder {
        &self.encoder
    }

    /// The tokenizer.
    pub fn tokenizer(&self) -> &WordPiece {
        &self.tokenizer
    }

    pub(super) fn special(&self) -> Special {
        self.special
    }

    /// The most probable tokens for the one `[MASK]` in `text`.
    ///
    /// # Errors
    /// There is no `[MASK]` in the text, or more than one; `k` is 0; the encoder has no heads; the text is
    /// longer than the positions.
    pub fn fill_in(&self, text: &str, k: usize) -> Result<FillIn> {
        Error::at_least(1, "the number of words for a gap", k)?;
        let gaps = text.matches("[MASK]").count();
        let (Some((before, after)), 1, Some(mask)) = (text.split_once("[MASK]"), gaps, self.special.mask)
        else {
            return Err(Error::value("a text with a gap", "one [MASK]", gaps));
        };
        let mut ids = vec![self.special.begin];
        self.tokenizer.push_ids(before, &mut ids);
        let gap = ids.len() as u32;
        ids.push(mask);
        self.tokenizer.push_ids(after, &mut ids);
        ids.push(self.special.end);
        let last = self.encoder.encode(&BertBatch::packed(&[ids]))?;
        let logits = self.encoder.masked_logits(&last, &[gap])?.squeeze(0)?;
        let p = softmax(&logits.to_dtype(DType::F64)?)?.to_vec1::<f64>()?;
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_by(|&i, &j| p[j].total_cmp(&p[i]));
        let token = |i: usize| (self.tokenizer.token_text(i as u32).unwrap_or_default(), p[i]);
        Ok(FillIn {
            text: text.to_owned(),
            tokens: order.into_iter().take(k).map(token).collect(),
        })
    }
}

impl Contextual for Bert {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_layers(&self) -> usize {
        self.encoder.sizes().num_hidden_layers + 1
    }

    fn dimension(&self) -> usize {
        self.encoder.sizes().hidden_size
    }

    fn states(&self, text: &str) -> Result<States> {
        let mut tokens = vec![Token {
            id: self.special.begin,
            start: 0,
            end: 0,
        }];
        self.tokenizer.push_tokens(text, &mut tokens);
        tokens.push(Token {
            id: self.special.end,
            start: text.len(),
            end: text.len(),
        });
        let ids: Vec<u32> = tokens.iter().map(|token| token.id).collect();
        let layers = self.encoder.states(&BertBatch::packed(&[ids]))?;
        let layers = layers.iter().map(matrix).collect::<Result<Vec<_>>>()?;
        let written = tokens.iter().map(|token| -> (String, Range<usize>) {
            let text = self.tokenizer.token_text(token.id).unwrap_or_default();
            (text, token.start..token.end)
        });
        States::new(text, written, layers)
    }
}

impl std::fmt::Display for Bert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.encoder)
    }
}

crate::show::shown_as_line!(Bert);

/// The numbers of a tensor of two dimensions.
pub(in crate::context) fn matrix(x: &Tensor) -> Result<Array2<f32>> {
    let numbers = x.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?;
    let matrix = Array2::from_shape_vec(x.dims2()?, numbers);
    matrix.map_err(|e| Error::shape("a matrix", "its rows and columns", e.to_string()))
}

/// The most probable tokens for a gap, the most probable first: [`Bert::fill_in`] makes it.
#[derive(Clone, PartialEq)]
pub struct FillIn {
    text: String,
    tokens: Vec<(String, f64)>,
}

impl FillIn {
    /// The tokens with their probabilities.
    pub fn tokens(&self) -> &[(String, f64)] {
        &self.tokens
    }

    fn table(&self) -> Table {
        let columns = [
            Column::new("token"),
            Column::new("probability").decimals(3).bars(),
        ];
        Table::new(columns)
            .title(self.text.as_str())
            .rows(self.tokens.iter().cloned())
    }
}

crate::show::shown_as_table!(FillIn);
