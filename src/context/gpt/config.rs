//! The sizes of a GPT, and what follows from them before there is one: how many parameters, how many
//! operations.
//!
//! ```text
//!     parameters   V d + (context · d) + L (12 d² + 13 d) + 2 d          GPT-2's form, tied
//!     operations   2 · weights for each token, + 4 L m d for m tokens looked at; the way back takes twice that
//! ```
//!
//! So a step of training takes about 6 operations for each weight and token (Kaplan et al. 2020, *Scaling
//! laws for neural language models*).

use serde::{Deserialize, Serialize};

use crate::context::attention::HeadSizes;
use crate::context::positions::Positions;
use crate::context::{Activation, BlockSizes, NormKind};
use crate::{Error, Result};

/// The sizes of a GPT.
///
/// ```
/// use course::context::GptConfig;
/// assert_eq!(GptConfig::gpt2().parameters(), 124_439_808);
/// assert_eq!(GptConfig::smollm2_135m().parameters(), 134_515_008);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GptConfig {
    /// V: how many tokens there are.
    pub vocab_size: usize,
    /// How many tokens the model sees at most.
    pub context: usize,
    /// L: how many blocks there are.
    pub blocks: usize,
    /// Their sizes; the width is that of the table.
    pub block: BlockSizes,
    /// How it is told where tokens stand.
    pub positions: Positions,
    /// Whether the head is the table again (Press and Wolf 2017, *Using the output embedding to improve
    /// language models*).
    pub tied: bool,
}

crate::plot::shown_as_record!(GptConfig);

impl GptConfig {
    /// GPT-2's form, in any size: learned positions, tied.
    pub fn new(vocab_size: usize, context: usize, blocks: usize, heads: usize, width: usize) -> Self {
        Self {
            vocab_size,
            context,
            blocks,
            block: BlockSizes::gpt2(width, heads),
            positions: Positions::Learned,
            tied: true,
        }
    }

    /// The smallest GPT-2.
    pub fn gpt2() -> Self {
        Self::new(50_257, 1024, 12, 12, 768)
    }

    /// The first GPT: norms after the sums.
    pub fn gpt1() -> Self {
        let sizes = Self::new(40_478, 512, 12, 12, 768);
        Self {
            block: BlockSizes {
                norm_first: false,
                ..sizes.block
            },
            ..sizes
        }
    }

    /// SmolLM2-135M, in Llama's form: grouped queries, SwiGLU, RMS norm, rotary positions, no biases.
    pub fn smollm2_135m() -> Self {
        Self {
            block: BlockSizes {
                attention: HeadSizes {
                    width: 576,
                    heads: 9,
                    kv_heads: 3,
                    bias: false,
                },
                hidden: 1536,
                activation: Activation::SwiGlu,
                norm: NormKind::Rms { epsilon: 1e-5 },
                norm_first: true,
                dropout: 0.0,
            },
            positions: Positions::Rotary { base: 100_000.0 },
            ..Self::new(49_152, 8192, 30, 9, 576)
        }
    }

    /// Numbers in a token's vector.
    pub fn width(&self) -> usize {
        self.block.attention.width
    }

    /// How many parameters the model has.
    pub fn parameters(&self) -> usize {
        let (v, d) = (self.vocab_size, self.width());
        let tables = if self.tied { v * d } else { 2 * v * d };
        let positions = match self.positions {
            Positions::Learned => self.context * d,
            _ => 0,
        };
        let norm = match self.block.norm_first {
            true => self.block.norm.parameters(d),
            false => 0,
        };
        tables + positions + self.blocks * self.block.parameters() + norm
    }

    /// Operations of a pass over `n` tokens, each of which looks at all n (the half that a causal mask would
    /// save is counted), with logits for each. A step of training takes three times as many.
    ///
    /// ```
    /// use course::context::GptConfig;
    /// let (d, v) = (128, 1000);
    /// let sizes = GptConfig::new(v, 64, 2, 4, d);
    /// let weights = 2 * 12 * d * d + v * d;
    /// assert_eq!(sizes.flops(64), (2 * 64 * weights + 2 * 4 * 64 * 64 * d) as u64);
    /// ```
    pub fn flops(&self, n: usize) -> u64 {
        self.blocks as u64 * self.block.flops(n, n) + 2 * (n * self.vocab_size * self.width()) as u64
    }

    /// Bytes of the cache of keys and values for `n` tokens, in `f32`.
    pub fn cache_bytes(&self, n: usize) -> u64 {
        let attention = self.block.attention;
        let of_token = 2 * attention.kv_heads * attention.head_width();
        (4 * n * self.blocks * of_token) as u64
    }

    /// # Errors
    /// A size is 0, or sizes do not fit each other.
    pub fn check(&self) -> Result<()> {
        Error::at_least(1, "the number of tokens", self.vocab_size)?;
        Error::at_least(1, "the context", self.context)?;
        Error::at_least(1, "the number of blocks", self.blocks)?;
        self.block.check()?;
        let (even, what) = match self.positions {
            Positions::Rotary { .. } => (self.block.attention.head_width(), "the width of a head"),
            Positions::Sinusoidal => (self.width(), "the width"),
            _ => return Ok(()),
        };
        match even % 2 {
            0 => Ok(()),
            _ => Err(Error::value(what, "an even number, for these positions", even)),
        }
    }
}
