//! A block of a transformer: first the tokens look at each other, then each is thought over on its own.
//!
//! ```text
//!     norm before    x ← x + attention(norm(x))        x ← x + hidden(norm(x))          GPT-2, Llama
//!     norm after     x ← norm(x + attention(x))        x ← norm(x + hidden(x))          Vaswani, GPT, BERT
//!
//!     hidden(x)  =  W₂ gelu(W₁ x + b₁) + b₂      or SwiGLU
//! ```
//!
//! The sums are the stream that each part reads from and writes to. With the norm before, it runs through
//! unchanged, and so do gradients: deep models learn without a careful warm-up (Xiong et al. 2020, *On layer
//! normalization in the transformer architecture*).
//!
//! Parameters, by GPT-2's names: `ln_1`, `attn` (see [`MultiHead`]), `ln_2`, `mlp.c_fc`, `mlp.c_proj`; with
//! SwiGLU those of [`SwiGlu`] under `mlp`. While it learns, what attention and the hidden layer give is
//! dropped with a probability. It leaves out dropping weights of attention, which GPT-2 also does.

use serde::{Deserialize, Serialize};

use super::attention::{HeadSizes, KeysValues, MultiHead};
use super::positions::Rotary;
use crate::nn::{Init, LayerNorm, Linear, Mask, RmsNorm, Scope, SwiGlu, Tensor, dropout, gelu, gelu_tanh};
use crate::rng::Rng;
use crate::{Error, Result};

/// Which norm, with its ε.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum NormKind {
    /// [`LayerNorm`]: 1e-5 in GPT-2, 1e-12 in BERT.
    Layer {
        /// ε.
        epsilon: f64,
    },
    /// [`RmsNorm`]: 1e-5 or 1e-6 in Llama's family.
    Rms {
        /// ε.
        epsilon: f64,
    },
}

impl NormKind {
    /// How many parameters it has for `width` numbers.
    pub fn parameters(self, width: usize) -> usize {
        match self {
            Self::Layer { .. } => 2 * width,
            Self::Rms { .. } => width,
        }
    }
}

/// A norm of either kind.
#[derive(Clone)]
pub(super) enum Norm {
    Layer(LayerNorm),
    Rms(RmsNorm),
}

impl Norm {
    pub(super) fn new(scope: Scope, width: usize, kind: NormKind, rng: &mut Rng) -> Result<Self> {
        Ok(match kind {
            NormKind::Layer { epsilon } => Self::Layer(LayerNorm::new(scope, width, epsilon, rng)?),
            NormKind::Rms { epsilon } => Self::Rms(RmsNorm::new(scope, width, epsilon, rng)?),
        })
    }

    pub(super) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Layer(norm) => norm.forward(x),
            Self::Rms(norm) => norm.forward(x),
        }
    }
}

/// What the hidden layer does between its products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activation {
    /// [`gelu`], with the error function: BERT.
    Gelu,
    /// [`gelu_tanh`]: GPT, GPT-2.
    GeluTanh,
    /// [`SwiGlu`], which has a third product: Llama.
    SwiGlu,
}

/// The sizes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockSizes {
    /// Width, heads, and whether linear layers have a bias.
    pub attention: HeadSizes,
    /// How many numbers the hidden layer has.
    pub hidden: usize,
    /// What it does with them.
    pub activation: Activation,
    /// Which norm.
    pub norm: NormKind,
    /// Whether the norm comes before attention and the hidden layer, or after the sum.
    pub norm_first: bool,
    /// The probability with which a number is dropped while the block learns.
    pub dropout: f64,
}

crate::plot::shown_as_record!(BlockSizes);

impl BlockSizes {
    /// GPT-2's form: four times as wide inside, GELU with tanh, layer norm with ε = 1e-5 before.
    ///
    /// ```
    /// use course::context::BlockSizes;
    /// // 12 d² weights, and 13 d biases, scales and shifts.
    /// assert_eq!(BlockSizes::gpt2(768, 12).parameters(), 12 * 768 * 768 + 13 * 768);
    /// ```
    pub fn gpt2(width: usize, heads: usize) -> Self {
        Self {
            attention: HeadSizes::new(width, heads),
            hidden: 4 * width,
            activation: Activation::GeluTanh,
            norm: NormKind::Layer { epsilon: 1e-5 },
            norm_first: true,
            dropout: 0.0,
        }
    }

    /// Weights of the hidden layer, without biases.
    fn hidden_weights(&self) -> usize {
        let products = if self.activation == Activation::SwiGlu {
            3
        } else {
            2
        };
        products * self.attention.width * self.hidden
    }

    /// How many parameters a block has.
    pub fn parameters(&self) -> usize {
        let width = self.attention.width;
        let biases = match (self.attention.bias, self.activation) {
            (true, Activation::Gelu | Activation::GeluTanh) => width + self.hidden,
            _ => 0,
        };
        self.attention.parameters() + self.hidden_weights() + biases + 2 * self.norm.parameters(width)
    }

    /// Operations of the products for `n` tokens that look at `m` each, 2 for each multiplication with its
    /// sum: twice the weights for each token, and 4 m width for the scores and the weighted sums. Norms,
    /// softmax and activations are left out; they are a few percent.
    ///
    /// ```
    /// use course::context::BlockSizes;
    /// let d = 64;
    /// assert_eq!(BlockSizes::gpt2(d, 4).flops(1, 10), 2 * 12 * 64 * 64 + 4 * 10 * 64);
    /// ```
    pub fn flops(&self, n: usize, m: usize) -> u64 {
        self.attention.flops(n, m) + 2 * (n * self.hidden_weights()) as u64
    }

    /// # Errors
    /// The sizes do not fit each other.
    pub fn check(&self) -> Result<()> {
        Error::at_least(1, "the width of the hidden layer", self.hidden)?;
        if !(0.0..1.0).contains(&self.dropout) {
            return Err(Error::value(
                "dropout",
                "a share of at least 0 and below 1",
                self.dropout,
            ));
        }
        self.attention.check()
    }
}

#[derive(Clone)]
enum Hidden {
    Two { up: Linear, down: Linear },
    Gated(SwiGlu),
}

/// Attention and a hidden layer, each with its norm and its sum.
#[derive(Clone)]
pub struct Block {
    sizes: BlockSizes,
    norms: [Norm; 2],
    attention: MultiHead,
    hidden: Hidden,
}

/// What a block needs to know besides its tokens.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) mask: &'a Mask,
    pub(super) turned: Option<&'a Rotary>,
}

impl Block {
    /// A block whose weights begin as `init` says, those that write to the stream as `init_out`.
    ///
    /// # Errors
    /// The sizes do not fit each other; the names are taken.
    pub fn new(mut scope: Scope, sizes: BlockSizes, init: [Init; 2], rng: &mut Rng) -> Result<Self> {
        sizes.check()?;
        let (width, hidden) = (sizes.attention.width, sizes.hidden);
        let first = Norm::new(scope.scope("ln_1"), width, sizes.norm, rng)?;
        let attention = MultiHead::new(scope.scope("attn"), sizes.attention, init, rng)?;
        let second = Norm::new(scope.scope("ln_2"), width, sizes.norm, rng)?;
        let mut mlp = scope.scope("mlp");
        let linear = match sizes.attention.bias {
            true => Linear::new,
            false => Linear::without_bias,
        };
        let hidden = match sizes.activation {
            Activation::SwiGlu => Hidden::Gated(SwiGlu::new(mlp, width, hidden, init[0], rng)?),
            _ => Hidden::Two {
                up: linear(mlp.scope("c_fc"), width, hidden, init[0], rng)?,
                down: linear(mlp.scope("c_proj"), hidden, width, init[1], rng)?,
            },
        };
        Ok(Self {
            sizes,
            norms: [first, second],
            attention,
            hidden,
        })
    }

    /// The block for x `(batch, n, width)`, in the same shape. With a generator, numbers are dropped.
    ///
    /// # Errors
    /// The shapes do not fit.
    pub fn forward(
        &self,
        x: &Tensor,
        mask: &Mask,
        turned: Option<&Rotary>,
        cache: Option<&mut KeysValues>,
        rng: Option<&mut Rng>,
    ) -> Result<Tensor> {
        self.pass(x, Seen { mask, turned }, cache, rng)
    }

    pub(super) fn pass(
        &self,
        x: &Tensor,
        seen: Seen,
        cache: Option<&mut KeysValues>,
        mut rng: Option<&mut Rng>,
    ) -> Result<Tensor> {
        let p = self.sizes.dropout;
        let [first, second] = &self.norms;
        let attention = |x: &Tensor, cache| self.attention.forward(x, seen.mask, seen.turned, cache);
        if self.sizes.norm_first {
            let taken = attention(&first.forward(x)?, cache)?;
            let x = (x + dropped(&taken, p, &mut rng)?)?;
            let thought = self.hidden(&second.forward(&x)?)?;
            return Ok((&x + dropped(&thought, p, &mut rng)?)?);
        }
        let taken = attention(x, cache)?;
        let x = first.forward(&(x + dropped(&taken, p, &mut rng)?)?)?;
        let thought = self.hidden(&x)?;
        second.forward(&(&x + dropped(&thought, p, &mut rng)?)?)
    }

    /// How much each token looks at each token in each head, `(batch, heads, n, n)`, for the block's input x.
    pub(super) fn weights(&self, x: &Tensor, seen: Seen) -> Result<Tensor> {
        let x = match self.sizes.norm_first {
            true => self.norms[0].forward(x)?,
            false => x.clone(),
        };
        self.attention.weights(&x, seen.mask, seen.turned)
    }

    fn hidden(&self, x: &Tensor) -> Result<Tensor> {
        match &self.hidden {
            Hidden::Gated(gated) => gated.forward(x),
            Hidden::Two { up, down } => {
                let inner = up.forward(x)?;
                down.forward(&match self.sizes.activation {
                    Activation::GeluTanh => gelu_tanh(&inner)?,
                    _ => gelu(&inner)?,
                })
            }
        }
    }
}

/// `x` with numbers dropped, if there is a generator.
pub(super) fn dropped(x: &Tensor, p: f64, rng: &mut Option<&mut Rng>) -> Result<Tensor> {
    match rng {
        Some(rng) => dropout(x, p, rng),
        None => Ok(x.clone()),
    }
}

impl std::fmt::Display for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let n = self.sizes.parameters();
        write!(f, "a block with {n} parameters: {}", self.attention)
    }
}

crate::show::shown_as_line!(Block);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Parameters, gradient_check};
    use crate::rng::seeded;

    /// All combinations of what can be chosen.
    fn all() -> Vec<BlockSizes> {
        let mut all = Vec::new();
        for activation in [Activation::Gelu, Activation::GeluTanh, Activation::SwiGlu] {
            for (bias, norm_first) in [(true, true), (true, false), (false, true)] {
                let norm = match bias {
                    true => NormKind::Layer { epsilon: 1e-5 },
                    false => NormKind::Rms { epsilon: 1e-6 },
                };
                all.push(BlockSizes {
                    attention: HeadSizes {
                        kv_heads: 1,
                        bias,
                        ..HeadSizes::new(4, 2)
                    },
                    hidden: 6,
                    activation,
                    norm,
                    norm_first,
                    dropout: 0.25,
                });
            }
        }
        all
    }

    fn block(sizes: BlockSizes, init: Init) -> (Parameters, Block) {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let block = Block::new(parameters.scope("h.0"), sizes, [init; 2], &mut seeded(1));
        (parameters, block.unwrap())
    }

    fn x() -> Tensor {
        Init::Normal(1.0)
            .draw(&[2, 3, 4], DType::F64, &Device::Cpu, &mut seeded(2))
            .unwrap()
    }

    /// Every form: as many parameters as counted, and gradients that are the slopes, with dropout too.
    #[test]
    fn parameters_are_as_counted_and_gradients_are_the_slopes() {
        for sizes in all() {
            let (parameters, block) = block(sizes, Init::Normal(0.5));
            assert_eq!(parameters.count(), sizes.parameters(), "{sizes:?}");
            let weights = Init::Normal(1.0)
                .draw(&[2, 3, 4], DType::F64, &Device::Cpu, &mut seeded(3))
                .unwrap();
            let loss = || {
                let y = block.forward(&x(), &Mask::Causal, None, None, Some(&mut seeded(4)))?;
                Ok((y * &weights)?.sum_all()?)
            };
            gradient_check(parameters.iter(), loss)
                .unwrap()
                .within(1e-6)
                .unwrap();
        }
    }

    /// With weights of 0, a block with the norm before changes nothing; with the norm after, it is that norm
    /// twice.
    #[test]
    fn the_stream_runs_through() {
        for sizes in all() {
            let (_, block) = block(sizes, Init::Zeros);
            let y = block.forward(&x(), &Mask::Causal, None, None, None).unwrap();
            let same = (&y - x()).unwrap().abs().unwrap().max_all().unwrap();
            let same = same.to_scalar::<f64>().unwrap() == 0.0;
            assert_eq!(same, sizes.norm_first, "{sizes:?}");
            if !sizes.norm_first {
                let means: Vec<f64> = y.mean(2).unwrap().flatten_all().unwrap().to_vec1().unwrap();
                assert!(means.iter().all(|mean| mean.abs() < 1e-12));
            }
        }
    }

    #[test]
    fn sizes_must_fit() {
        let told = |sizes: BlockSizes| sizes.check().unwrap_err().to_string();
        let sizes = BlockSizes::gpt2(8, 2);
        assert_eq!(
            told(BlockSizes { hidden: 0, ..sizes }),
            "the width of the hidden layer: expected 1 or more, got 0"
        );
        let sizes = BlockSizes {
            dropout: 1.0,
            ..sizes
        };
        assert_eq!(
            told(sizes),
            "dropout: expected a share of at least 0 and below 1, got 1"
        );
    }
}
