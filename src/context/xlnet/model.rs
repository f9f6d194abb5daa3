//! An XLNet with a tokenizer: texts in, content states out.
//!
//! Every token looks at all others, before it and after it. Nothing is added to a text, and no memory goes
//! before it.

use std::sync::Arc;

use super::{XlnetEncoder, XlnetMemory};
use crate::context::bert::matrix;
use crate::context::{Contextual, States};
use crate::tokenize::Tokenizer;
use crate::{Error, Result};

/// An XLNet with a tokenizer of any kind.
#[derive(Clone)]
pub struct Xlnet {
    name: String,
    tokenizer: Arc<dyn Tokenizer + Send>,
    encoder: XlnetEncoder,
}

impl Xlnet {
    /// A model of both parts.
    ///
    /// # Errors
    /// The tokenizer has more tokens than the encoder.
    pub fn new(name: &str, tokenizer: Arc<dyn Tokenizer + Send>, encoder: XlnetEncoder) -> Result<Self> {
        let (n, rows) = (tokenizer.vocab_size(), encoder.sizes().vocab_size);
        if n > rows {
            let expected = format!("at most {rows}, the rows of the encoder's table");
            return Err(Error::shape("the tokens of a tokenizer", expected, n));
        }
        Ok(Self {
            name: name.to_owned(),
            tokenizer,
            encoder,
        })
    }

    /// The network.
    pub fn encoder(&self) -> &XlnetEncoder {
        &self.encoder
    }
}

impl Contextual for Xlnet {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_layers(&self) -> usize {
        self.encoder.sizes().n_layer + 1
    }

    fn dimension(&self) -> usize {
        self.encoder.sizes().d_model
    }

    fn states(&self, text: &str) -> Result<States> {
        let encoding = self.tokenizer.encode(text);
        let states = self
            .encoder
            .states(&encoding.ids(), &[], None, &mut XlnetMemory::default())?;
        let layers = states.content.iter().map(matrix).collect::<Result<Vec<_>>>()?;
        let tokens = encoding.written().iter().cloned().zip(encoding.spans());
        States::new(text, tokens, layers)
    }
}

impl std::fmt::Display for Xlnet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.encoder)
    }
}

crate::show::shown_as_line!(Xlnet);
