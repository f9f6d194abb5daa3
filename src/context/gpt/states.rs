//! A GPT as a contextual model: the stream before the first block and after each, as it is added up, without
//! the norm before the head.
//!
//! The first token is the end of the text before. It stands for nothing in the text, but all others look at
//! it. A state depends on what comes before its token alone: whatever follows, it stays the same.

use super::GptModel;
use crate::Result;
use crate::context::bert::matrix;
use crate::context::{Contextual, States};
use crate::lm::TokenSet as _;
use crate::nn::Tensor;
use crate::tokenize::Token;

impl Contextual for GptModel {
    fn name(&self) -> &str {
        "GPT"
    }

    fn n_layers(&self) -> usize {
        self.gpt().config().blocks + 1
    }

    fn dimension(&self) -> usize {
        self.gpt().config().width()
    }

    fn states(&self, text: &str) -> Result<States> {
        let end = self.text_tokens().boundary();
        let mut tokens = vec![Token {
            id: end,
            start: 0,
            end: 0,
        }];
        self.text_tokens().tokenizer().push_tokens(text, &mut tokens);
        let ids: Vec<u32> = tokens.iter().map(|token| token.id).collect();
        let ids = Tensor::new(vec![ids], self.gpt().parameters().device())?;
        let layers = self.gpt().layers(&ids)?;
        let layers = layers
            .iter()
            .map(|h| matrix(&h.squeeze(0)?))
            .collect::<Result<Vec<_>>>()?;
        let written = tokens
            .iter()
            .map(|token| (self.text_tokens().text(token.id), token.start..token.end));
        States::new(text, written, layers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::{GptConfig, TextTokens};
    use crate::tokenize::{Bpe, BpeTraining};

    #[test]
    fn the_same_beginning_has_the_same_states_whatever_follows() {
        let options = BpeTraining {
            vocab_size: 256,
            ..Default::default()
        };
        let tokens = TextTokens::new(Bpe::train(&["a"], &options).unwrap());
        let model = GptModel::new(&GptConfig::new(0, 16, 2, 2, 8), tokens, 1).unwrap();
        let (one, other) = (
            model.states("a table is").unwrap(),
            model.states("a table of").unwrap(),
        );
        assert_eq!(
            (one.n_layers(), model.dimension(), one.tokens().len()),
            (3, 8, 11)
        );
        assert_eq!(one.places()[..2], [0..0, 0..1]);
        let apart = |layer: usize, i: usize| {
            let (a, b) = (one.layer(layer).unwrap(), other.layer(layer).unwrap());
            (&a.row(i) - &b.row(i))
                .iter()
                .fold(0.0_f32, |most, x| most.max(x.abs()))
        };
        for layer in 0..3 {
            assert!((0..9).all(|i| apart(layer, i) < 1e-6), "{layer}");
            assert!(apart(layer, 9) > 1e-3, "{layer}");
        }
        assert_eq!(model.states("").unwrap().tokens().len(), 1);
        assert!(model.states("far too long for sixteen").is_err());
    }
}
