//! A small GPT, made only with `nn`: embeddings of words and positions; blocks of attention and a hidden
//! layer, each with a normalisation before it and added to its input; and a head that uses the table of words
//! again.

use course::Result;
use course::nn::{
    Embedding, Init, LayerNorm, Linear, Mask, Parameters, Tensor, attention, dropout, gelu_tanh,
};
use course::rng::Rng;

pub(crate) struct Sizes {
    pub(crate) words: usize,
    pub(crate) context: usize,
    pub(crate) d: usize,
    pub(crate) heads: usize,
    pub(crate) blocks: usize,
}

pub(crate) struct Gpt {
    wte: Embedding,
    wpe: Embedding,
    blocks: Vec<Block>,
    ln_f: LayerNorm,
    head: Linear,
}

struct Block {
    heads: usize,
    ln_1: LayerNorm,
    c_attn: Linear,
    attn_proj: Linear,
    ln_2: LayerNorm,
    c_fc: Linear,
    mlp_proj: Linear,
}

const EPSILON: f64 = 1e-5;

impl Gpt {
    /// The parameters have the names in GPT-2's files.
    pub(crate) fn new(parameters: &mut Parameters, sizes: &Sizes, rng: &mut Rng) -> Result<Self> {
        let (d, small) = (sizes.d, Init::Normal(0.02));
        let wte = Embedding::new(parameters.scope("wte"), sizes.words, d, small, rng)?;
        let mut blocks = Vec::new();
        for i in 0..sizes.blocks {
            let mut h = parameters.scope(&format!("h.{i}"));
            blocks.push(Block {
                heads: sizes.heads,
                ln_1: LayerNorm::new(h.scope("ln_1"), d, EPSILON, rng)?,
                c_attn: Linear::new(h.scope("attn.c_attn"), d, 3 * d, small, rng)?,
                attn_proj: Linear::new(h.scope("attn.c_proj"), d, d, small, rng)?,
                ln_2: LayerNorm::new(h.scope("ln_2"), d, EPSILON, rng)?,
                c_fc: Linear::new(h.scope("mlp.c_fc"), d, 4 * d, small, rng)?,
                mlp_proj: Linear::new(h.scope("mlp.c_proj"), 4 * d, d, small, rng)?,
            });
        }
        Ok(Self {
            wpe: Embedding::new(parameters.scope("wpe"), sizes.context, d, small, rng)?,
            blocks,
            ln_f: LayerNorm::new(parameters.scope("ln_f"), d, EPSILON, rng)?,
            head: Linear::from_variables(wte.weight(), None),
            wte,
        })
    }

    /// Logits `(batch · n, words)` for ids `(batch, n)`. Each number is dropped with probability `p`.
    pub(crate) fn forward(&self, ids: &Tensor, p: f64, rng: &mut Rng) -> Result<Tensor> {
        let (batch, n) = ids.dims2()?;
        let positions = Tensor::arange(0, n as u32, ids.device())?;
        let x = self.wte.forward(ids)?; // (batch, n, d)
        let x = x.broadcast_add(&self.wpe.forward(&positions)?)?;
        let mut x = dropout(&x, p, rng)?;
        for block in &self.blocks {
            x = block.forward(&x, p, rng)?;
        }
        let logits = self.head.forward(&self.ln_f.forward(&x)?)?;
        Ok(logits.reshape((batch * n, ()))?)
    }
}

impl Block {
    fn forward(&self, x: &Tensor, p: f64, rng: &mut Rng) -> Result<Tensor> {
        let (batch, n, d) = x.dims3()?;
        let qkv = self.c_attn.forward(&self.ln_1.forward(x)?)?; // (batch, n, 3d)
        let part = |i: usize| -> Result<Tensor> {
            let part = qkv
                .narrow(2, i * d, d)?
                .reshape((batch, n, self.heads, d / self.heads))?;
            Ok(part.transpose(1, 2)?) // (batch, heads, n, d / heads)
        };
        let o = attention(&part(0)?, &part(1)?, &part(2)?, &Mask::Causal)?;
        let o = o.transpose(1, 2)?.reshape((batch, n, d))?;
        let x = (x + dropout(&self.attn_proj.forward(&o)?, p, rng)?)?;
        let inner = gelu_tanh(&self.c_fc.forward(&self.ln_2.forward(&x)?)?)?;
        Ok((&x + dropout(&self.mlp_proj.forward(&inner)?, p, rng)?)?)
    }
}
