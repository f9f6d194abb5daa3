//! Pretraining: a GPT learns to predict the next token of texts.
//!
//! **Packing.** All texts become one row of tokens, each text with its end behind it, cut into windows of
//! context + 1 tokens: all but the last are read, all but the first are predicted. Windows overlap by that
//! one token, so that each token is predicted once. No place is filling. What is left at the end is too short
//! for a window and is left out.
//!
//! **Order.** A step takes `batch` windows. The windows come in an order that the seed fixes, each as often
//! as each other, up to one.
//!
//! **The recipe** is that of GPT-3 in small: AdamW with β₂ = 0.95 and decay of matrices alone, a warm-up,
//! half a wave of the cosine down to a tenth, gradients no longer than 1 (Brown et al. 2020, *Language models
//! are few-shot learners*, appendix B).

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{GptConfig, GptModel, TextTokens};
use crate::corpus::Texts;
use crate::lm::TokenSet as _;
use crate::tokenize::encode_each;
use crate::train::{Adam, AdamW, Along, Checkpoint, Decays, Fall, Optimiser, Progress, Schedule, Training};
use crate::{Error, Result};

/// How a GPT learns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pretraining {
    /// How many steps there are.
    pub steps: usize,
    /// How many windows a step has.
    pub batch: usize,
    /// At most this many of them are in memory at a time. None: all.
    pub micro_batch: Option<usize>,
    /// The largest learning rate.
    pub learning_rate: f64,
    /// The part of the steps in which the learning rate rises; then it falls to a tenth.
    pub warm_up: f64,
    /// AdamW's λ, for matrices.
    pub weight_decay: f64,
    /// A gradient that is longer than this is shortened to it.
    pub clip: Option<f64>,
    /// The seed of the first parameters, of the order of the windows, and of dropout.
    pub seed: u64,
}

crate::plot::shown_as_record!(Pretraining);

impl Default for Pretraining {
    fn default() -> Self {
        Self {
            steps: 1000,
            batch: 16,
            micro_batch: None,
            learning_rate: 3e-3,
            warm_up: 0.05,
            weight_decay: 0.1,
            clip: Some(1.0),
            seed: 1,
        }
    }
}

impl Pretraining {
    /// A new model, trained on `texts`. The same seed gives the same numbers.
    ///
    /// # Errors
    /// An option is out of range, sizes do not fit each other, the texts cannot be read or have fewer tokens
    /// than a window, or the loss is no longer finite.
    pub fn train(&self, config: &GptConfig, tokens: TextTokens, texts: &dyn Texts) -> Result<GptModel> {
        self.train_with(config, tokens, texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports and a checkpoint. `report` is called now and then, and can end the training;
    /// what has been learned is kept. With a checkpoint, training resumes where it stopped, with the same
    /// numbers as without a stop.
    ///
    /// # Errors
    /// As for [`train`](Self::train). Or the checkpoint cannot be read or written, or belongs to another
    /// training.
    pub fn train_with(
        &self,
        config: &GptConfig,
        tokens: TextTokens,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<GptModel> {
        let model = GptModel::new(config, tokens, self.seed)?;
        let along = Along {
            checkpoint,
            report: Some(report),
            ..Along::default()
        };
        self.fit(&model, texts, along)?;
        Ok(model)
    }

    /// Trains a model that is there, which can be asked in between, in `along.report` or `along.after_step`.
    ///
    /// ```
    /// use course::context::{GptConfig, GptModel, Pretraining, TextTokens};
    /// use course::tokenize::{Bpe, BpeTraining};
    /// use course::train::Along;
    /// let texts = ["abababababababab"];
    /// let bytes = Bpe::train(&texts, &BpeTraining { vocab_size: 256, ..Default::default() })?;
    /// let model = GptModel::new(&GptConfig::new(0, 4, 1, 2, 8), TextTokens::new(bytes), 1)?;
    /// let mut bits = Vec::new();
    /// let mut measure = |_| Ok(bits.push(model.bits_per_byte(&texts)?));
    /// let along = Along { after_step: Some(&mut measure), ..Along::default() };
    /// Pretraining { steps: 30, learning_rate: 0.03, ..Default::default() }.fit(&model, &texts, along)?;
    /// assert!(bits[30] < 0.7 * bits[0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`train_with`](Self::train_with).
    pub fn fit(&self, model: &GptModel, texts: &dyn Texts, along: Along) -> Result<()> {
        let examples = self.examples()?;
        let windows = Windows::read(model.text_tokens(), texts, model.gpt().config().context)?;
        let config = serde_json::to_string(model.gpt().config());
        let config = config.map_err(|e| Error::value("the sizes", "what JSON can hold", e))?;
        let along = Along {
            name: if along.name.is_empty() { "GPT" } else { along.name },
            of: format!("{} windows, {config} {}", windows.n, along.of),
            ..along
        };
        self.training()
            .fit(model.gpt().parameters(), examples, along, &|batch, rng| {
                let batch: Vec<&[u32]> = batch.iter().map(|&i| windows.get(i as usize)).collect();
                model.gpt().loss(&batch, Some(rng))
            })
    }

    /// Windows of all steps.
    fn examples(&self) -> Result<usize> {
        Error::at_least(1, "the number of steps", self.steps)?;
        let all = self.steps.checked_mul(self.batch);
        all.ok_or_else(|| Error::value("the number of steps", "fewer", self.steps))
    }

    fn training(&self) -> Training {
        let adam = Adam {
            beta2: 0.95,
            ..Adam::default()
        };
        Training {
            epochs: 1,
            batch: self.batch,
            micro_batch: self.micro_batch,
            learning_rate: self.learning_rate,
            schedule: Schedule {
                warm_up: self.warm_up,
                fall: Fall::Cosine { to: 0.1 },
            },
            optimiser: Optimiser::AdamW(AdamW {
                adam,
                weight_decay: self.weight_decay,
                decays: Decays::Matrices,
            }),
            clip: self.clip,
            patience: None,
            seed: self.seed,
        }
    }
}

/// All texts as one row of tokens, and its windows.
struct Windows {
    ids: Vec<u32>,
    context: usize,
    n: usize,
}

impl Windows {
    fn read(tokens: &TextTokens, texts: &dyn Texts, context: usize) -> Result<Self> {
        let end = tokens.boundary();
        let mut ids = vec![end];
        encode_each(tokens.tokenizer(), texts, &mut |text| {
            ids.extend_from_slice(text);
            ids.push(end);
            Ok(())
        })?;
        let n = (ids.len() - 1) / context;
        if n == 0 {
            let expected = format!("at least {context} tokens, the context");
            return Err(Error::value("the texts", expected, ids.len() - 1));
        }
        debug_assert!(ids.iter().all(|&id| (id as usize) < tokens.len()));
        Ok(Self { ids, context, n })
    }

    /// Window number `i`, counted on and on.
    fn get(&self, i: usize) -> &[u32] {
        &self.ids[i % self.n * self.context..][..=self.context]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::{Bpe, BpeTraining};

    fn bytes() -> TextTokens {
        let training = BpeTraining {
            vocab_size: 256,
            ..BpeTraining::default()
        };
        TextTokens::new(Bpe::train(&["a"], &training).unwrap())
    }

    /// Two texts of 3 and 4 letters with their ends, and a window of 4: read end a b c, then end d e f; the
    /// last letter and its end are left out.
    #[test]
    fn texts_are_packed_without_filling() {
        let tokens = bytes();
        let windows = Windows::read(&tokens, &["abc", "defg"], 4).unwrap();
        let shown = |i| {
            let ids = windows.get(i).iter();
            ids.map(|&id| tokens.text(id)).collect::<Vec<_>>().join("")
        };
        assert_eq!(
            (windows.n, shown(0), shown(1)),
            (2, "(end)abc(end)".into(), "(end)defg".into())
        );
        assert_eq!(shown(2), shown(0));
        let e = Windows::read(&tokens, &["abc"], 5).map(|w| w.n).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the texts: expected at least 5 tokens, the context, got 4"
        );
    }

    #[test]
    fn every_token_is_predicted_once() {
        let tokens = bytes();
        let windows = Windows::read(&tokens, &["abcdefghijk"], 3).unwrap();
        let predicted: Vec<u32> = (0..windows.n)
            .flat_map(|i| windows.get(i)[1..].to_vec())
            .collect();
        assert_eq!(predicted, windows.ids[1..]);
    }

    #[test]
    fn what_cannot_be_is_told() {
        let told = |training: Pretraining| {
            let sizes = GptConfig::new(0, 4, 1, 1, 4);
            let model = training.train(&sizes, bytes(), &["some text"]);
            model.map(|m| m.to_string()).unwrap_err().to_string()
        };
        let all = Pretraining::default;
        assert_eq!(
            told(Pretraining { steps: 0, ..all() }),
            "the number of steps: expected 1 or more, got 0"
        );
        let wrong = told(Pretraining { batch: 0, ..all() });
        assert!(wrong.contains("expected 1"), "{wrong}");
        assert!(
            told(Pretraining {
                clip: Some(0.0),
                ..all()
            })
            .starts_with("the limit")
        );
    }
}
