//! A text, token by token: each token is drawn, and is then part of the context of the next one.

use super::{LanguageModel, NextLogits, Sampling};
use crate::Result;
use crate::rng::{Rng, seeded};

/// Draws one token after the other. It is an iterator: `take` says how many tokens are wanted. It ends when
/// the model ends the text; the end itself is not among the tokens. The token for unknown words is never
/// drawn.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::{LanguageModel, NGram, Sampling, TokenStream};
/// let texts = ["The cat sat. The dog sat. The cat ran."];
/// let model = NGram { order: 2, ..NGram::default() }.train(&texts, &Vocabulary::of(&texts, 1)?)?;
/// for token in TokenStream::new(&model, "the", &Sampling::default(), 1)?.take(20) {
///     print!("{} ", model.tokens().text(token?));
/// }
/// # Ok::<(), course::Error>(())
/// ```
pub struct TokenStream<'a, M: ?Sized> {
    model: &'a M,
    next_logits: NextLogits<'a>,
    context: Vec<u32>,
    sampling: Sampling,
    rng: Rng,
    ended: bool,
}

impl<'a, M: LanguageModel + ?Sized> TokenStream<'a, M> {
    /// The tokens with which `model` continues `prompt`. The same seed gives the same tokens.
    ///
    /// # Errors
    /// A setting of `sampling` is out of range.
    pub fn new(model: &'a M, prompt: &str, sampling: &Sampling, seed: u64) -> Result<Self> {
        sampling.check()?;
        Ok(Self {
            model,
            next_logits: model.next_logits(),
            context: model.tokens().ids(prompt),
            sampling: sampling.clone(),
            rng: seeded(seed),
            ended: false,
        })
    }

    fn draw(&mut self) -> Result<u32> {
        let mut logits = (self.next_logits)(&self.context)?;
        let unknown = self.model.tokens().unknown().map(|id| id as usize);
        if let Some(logit) = unknown.and_then(|id| logits.get_mut(id)) {
            *logit = f64::NEG_INFINITY;
        }
        self.sampling.token(&logits, &self.context, &mut self.rng)
    }
}

impl<M: LanguageModel + ?Sized> Iterator for TokenStream<'_, M> {
    type Item = Result<u32>;

    /// The next token; after an error or an end, none.
    fn next(&mut self) -> Option<Result<u32>> {
        if self.ended {
            return None;
        }
        let token = self.draw();
        match token {
            Ok(id) if self.model.tokens().end() != Some(id) => self.context.push(id),
            Ok(_) => {
                self.ended = true;
                return None;
            }
            Err(_) => self.ended = true,
        }
        Some(token)
    }
}
