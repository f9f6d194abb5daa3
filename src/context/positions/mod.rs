//! Positions: attention alone does not know in which order its keys stand, so a model is told.
//!
//! | form | where it enters | what it says | source |
//! |---|---|---|---|
//! | learned | added to a token's vector | "I am the 7th"; nothing beyond the table | Gehring et al. 2017; GPT |
//! | [`sinusoidal`] | added to a token's vector | the 7th, by waves of many lengths | Vaswani et al. 2017 |
//! | [`rotate`], rotary | turns queries and keys | how far they stand apart | Su et al. 2021, *RoFormer* |
//! | [`alibi_bias`], ALiBi | added to the scores | far is less | Press, Smith and Lewis 2022 |
//!
//! The learned form is a table, an `nn::Embedding`, and has no formula. Relative positions as in
//! Transformer-XL are not here.

mod alibi;
mod rotary;
mod sinusoidal;
#[cfg(feature = "nn")]
mod tables;

use serde::{Deserialize, Serialize};

pub use alibi::{alibi_bias, alibi_slopes};
pub use rotary::{RotaryPairs, rotate};
pub use sinusoidal::sinusoidal;
#[cfg(feature = "nn")]
pub use tables::{Rotary, alibi_mask, sinusoidal_table};

/// How a network is told where its tokens stand.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Positions {
    /// Not at all. A causal mask alone still tells a little: the first token sees one key, the second two.
    None,
    /// By a table that is learned.
    Learned,
    /// By sines and cosines.
    Sinusoidal,
    /// By turning queries and keys: 10,000 is the usual base, larger ones are for longer texts.
    Rotary {
        /// The slowest pair turns about once in 2π · base tokens.
        base: f64,
    },
    /// By a penalty for distance.
    Alibi,
}
