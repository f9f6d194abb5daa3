//! A GPT with its tokens: a language model, which continues texts and says how probable they are.
//!
//! The model sees the end of a text before the first token, and of a longer text the last tokens that fit
//! into its context. Generating keeps keys and values; where the text outgrows the context, all positions
//! move with each token, and everything is computed anew.
//!
//! For the probability of a long text it is read in windows that overlap by half: so each token is given at
//! least half a context of tokens before it, at twice the cost.

use super::{Gpt, GptCache, GptConfig, TextTokens};
use crate::context::attention::AttentionWeights;
use crate::corpus::Texts;
use crate::lm::{LanguageModel, NextLogits, TokenSet};
use crate::nn::{DType, Device, Tensor, log_softmax};
use crate::{Error, Result};

/// How many windows are computed at a time.
const TOGETHER: usize = 16;

/// A network and its tokens.
///
/// ```
/// use course::context::{GptConfig, GptModel, Pretraining, TextTokens};
/// use course::lm::{LanguageModel, Sampling};
/// use course::tokenize::{Bpe, BpeTraining};
/// let texts = ["the cat sat on the mat", "the dog sat on the log"].repeat(8);
/// let bpe = Bpe::train(&texts, &BpeTraining { vocab_size: 270, ..Default::default() })?;
/// let sizes = GptConfig::new(0, 16, 1, 2, 16); // The tokens say how many there are.
/// let training = Pretraining { steps: 60, batch: 4, learning_rate: 1e-2, ..Pretraining::default() };
/// let model = training.train(&sizes, TextTokens::new(bpe), &texts)?;
/// assert!(model.log_probability("the cat sat")? > model.log_probability("sat cat the")?);
/// assert!(model.generate("the", 5, &Sampling::greedy(), 1)?.len() > 4);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct GptModel {
    gpt: Gpt,
    tokens: TextTokens,
}

impl GptModel {
    /// A model of these sizes that has learned nothing. The number of tokens is that of `tokens`.
    ///
    /// # Errors
    /// The sizes do not fit each other.
    pub fn new(config: &GptConfig, tokens: TextTokens, seed: u64) -> Result<Self> {
        let config = GptConfig {
            vocab_size: tokens.len(),
            ..*config
        };
        Ok(Self {
            gpt: Gpt::new(&config, seed)?,
            tokens,
        })
    }

    /// A network with its tokens.
    ///
    /// # Errors
    /// The network has fewer tokens than there are.
    pub fn of(gpt: Gpt, tokens: TextTokens) -> Result<Self> {
        let n = gpt.config().vocab_size;
        match n >= tokens.len() {
            true => Ok(Self { gpt, tokens }),
            false => {
                let expected = format!("{} or more", tokens.len());
                Err(Error::value("the tokens of a network", expected, n))
            }
        }
    }

    /// The network.
    pub fn gpt(&self) -> &Gpt {
        &self.gpt
    }

    /// What it computes ids from, and back.
    pub fn text_tokens(&self) -> &TextTokens {
        &self.tokens
    }

    /// How much each token of a text looks at each token: for each block the weights of its heads. The first
    /// token is the end of the text before.
    ///
    /// # Errors
    /// The text is longer than the context.
    pub fn attention(&self, text: &str) -> Result<Vec<AttentionWeights>> {
        let ids = self.seen(&self.tokens.ids(text), usize::MAX);
        let names: Vec<String> = ids.iter().map(|&id| self.tokens.text(id)).collect();
        let ids = Tensor::new(vec![ids], self.gpt.parameters().device())?;
        let of_block = |p: &Tensor| {
            let heads = p.squeeze(0)?.to_dtype(DType::F32)?.to_vec3::<f32>()?;
            AttentionWeights::new(&names, heads)
        };
        self.gpt.attention_weights(&ids)?.iter().map(of_block).collect()
    }

    /// −Σ log₂ P of all tokens, their ends among them, for each byte of the texts. Unlike a perplexity it can
    /// be compared between models with different tokens.
    ///
    /// # Errors
    /// There is no text, or it cannot be read.
    pub fn bits_per_byte(&self, texts: &dyn Texts) -> Result<f64> {
        let mut bytes = 0;
        texts.each(&mut |text| {
            bytes += text.len();
            Ok(())
        })?;
        if bytes == 0 {
            return Err(Error::value("the texts", "at least one byte", "none"));
        }
        let logs = self.log_probabilities(&self.tokens.sequences(texts)?)?;
        let nats = -logs.iter().flatten().sum::<f64>();
        Ok(nats / std::f64::consts::LN_2 / bytes as f64)
    }

    /// The end before a text and the text, of which the last `most` at most.
    fn seen(&self, context: &[u32], most: usize) -> Vec<u32> {
        let before = std::iter::once(self.tokens.boundary());
        let all: Vec<u32> = before.chain(context.iter().copied()).collect();
        all[all.len().saturating_sub(most)..].to_vec()
    }

    /// The windows of a sequence: where each begins, and from where on its predictions count.
    fn windows(&self, n: usize) -> Vec<Window> {
        let context = self.gpt.config().context;
        let mut windows = vec![Window {
            from: 0,
            to: n.min(context),
            new: 0,
        }];
        let step = (context / 2).max(1);
        while let Some(&Window { to, .. }) = windows.last().filter(|w| w.to < n) {
            let next = (to + step).min(n);
            windows.push(Window {
                from: next.saturating_sub(context),
                to: next,
                new: to,
            });
        }
        windows
    }
}

/// Inputs `from..to` of a sequence, of which those from `new` on have not been in a window before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    from: usize,
    to: usize,
    new: usize,
}

impl LanguageModel for GptModel {
    fn tokens(&self) -> &dyn TokenSet {
        &self.tokens
    }

    fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
        let seen = self.seen(context, self.gpt.config().context);
        let mut logits = self.gpt.next_logits(&seen, &mut self.gpt.cache())?;
        logits.truncate(self.tokens.len());
        Ok(logits)
    }

    fn next_logits(&self) -> NextLogits<'_> {
        let (mut cache, mut kept) = (self.gpt.cache(), Vec::new());
        Box::new(move |context| self.logits_with(context, &mut cache, &mut kept))
    }

    fn log_probabilities(&self, sequences: &[Vec<u32>]) -> Result<Vec<Vec<f64>>> {
        let mut all: Vec<Vec<f64>> = sequences.iter().map(|s| Vec::with_capacity(s.len())).collect();
        let windows = sequences.iter().enumerate();
        let windows = windows.filter(|(_, s)| !s.is_empty());
        let windows: Vec<(usize, Window)> = windows
            .flat_map(|(i, s)| self.windows(s.len()).into_iter().map(move |w| (i, w)))
            .collect();
        for batch in windows.chunks(TOGETHER) {
            let logs = self.log_probabilities_of(sequences, batch)?;
            for (&(i, _), logs) in batch.iter().zip(logs) {
                all[i].extend(logs);
            }
        }
        Ok(all)
    }
}

impl GptModel {
    /// The logits after `context`, with what is kept of the tokens `kept`.
    fn logits_with(&self, context: &[u32], cache: &mut GptCache, kept: &mut Vec<u32>) -> Result<Vec<f64>> {
        let seen = self.seen(context, self.gpt.config().context);
        if !(seen.len() > kept.len() && seen.starts_with(kept)) {
            (*cache, *kept) = (self.gpt.cache(), Vec::new());
        }
        let mut logits = self.gpt.next_logits(&seen[kept.len()..], cache)?;
        logits.truncate(self.tokens.len());
        *kept = seen;
        Ok(logits)
    }

    /// ln P of the tokens that the windows are the first to predict.
    fn log_probabilities_of(
        &self,
        sequences: &[Vec<u32>],
        batch: &[(usize, Window)],
    ) -> Result<Vec<Vec<f64>>> {
        let width = batch.iter().map(|(_, w)| w.to - w.from).max().unwrap_or(0);
        let mut ids = Vec::with_capacity(batch.len() * width);
        for &(i, Window { from, to, .. }) in batch {
            let inputs = self.seen(&sequences[i][..to - 1], usize::MAX);
            ids.extend(&inputs[from..to]);
            // What fills a row stands behind its tokens, which do not see it.
            ids.extend(std::iter::repeat_n(0, width - (to - from)));
        }
        let ids = Tensor::from_vec(ids, (batch.len(), width), self.gpt.parameters().device())?;
        let logs = log_softmax(&self.known(&self.gpt.forward(&ids, None)?)?)?;
        let logs = logs.to_device(&Device::Cpu)?;
        let of_window = |(row, &(i, w)): (usize, &(usize, Window))| {
            let targets = &sequences[i][w.new..w.to];
            if let Some(wrong) = targets.iter().find(|&&id| id as usize >= self.tokens.len()) {
                let expected = format!("a number below {}", self.tokens.len());
                return Err(Error::value("a token", expected, wrong));
            }
            let right = Tensor::new(targets, &Device::Cpu)?.unsqueeze(1)?;
            let rows = logs.get(row)?.narrow(0, w.new - w.from, targets.len())?;
            Ok(rows
                .contiguous()?
                .gather(&right, 1)?
                .squeeze(1)?
                .to_dtype(DType::F64)?
                .to_vec1()?)
        };
        batch.iter().enumerate().map(of_window).collect()
    }

    /// The logits of the tokens that there are: a network may have a few rows more.
    fn known(&self, logits: &Tensor) -> Result<Tensor> {
        let n = self.tokens.len();
        match logits.dim(2)? == n {
            true => Ok(logits.clone()),
            false => Ok(logits.narrow(2, 0, n)?.contiguous()?),
        }
    }
}

impl std::fmt::Display for GptModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.gpt, self.tokens)
    }
}

crate::show::shown_as_line!(GptModel);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lm::Sampling;
    use crate::tokenize::{Bpe, BpeTraining};

    /// Bytes, with large random weights: the model has learned nothing, but its distributions are far from
    /// even.
    fn model(context: usize) -> GptModel {
        let training = BpeTraining {
            vocab_size: 256,
            ..BpeTraining::default()
        };
        let bytes = TextTokens::new(Bpe::train(&["a"], &training).unwrap());
        let model = GptModel::new(&GptConfig::new(0, context, 2, 2, 16), bytes, 1).unwrap();
        for (name, variable) in model.gpt.parameters().iter() {
            if !name.contains("ln_") {
                let larger = (variable.as_tensor() * 12.0).unwrap();
                model.gpt.parameters().set(name, &larger).unwrap();
            }
        }
        model
    }

    /// Over seeds, and beyond the context, where the window moves.
    #[test]
    fn generating_with_the_cache_is_generating_without() {
        let model = model(24);
        for seed in 0..5 {
            let sampling = Sampling {
                top_k: Some(20),
                repetition_penalty: 1.1,
                ..Sampling::default()
            };
            let with = model.generate("the cat", 40, &sampling, seed).unwrap();
            let mut rng = crate::rng::seeded(seed);
            let mut context = model.tokens.ids("the cat");
            let prompt = context.len();
            for _ in 0..40 {
                let logits = model.logits(&context).unwrap();
                let id = sampling.token(&logits, &context, &mut rng).unwrap();
                if Some(id) == model.tokens.end() {
                    break;
                }
                context.push(id);
            }
            assert_eq!(with, model.tokens.decode(&context[prompt..]).unwrap());
        }
    }

    /// One pass over a text gives what asking token by token gives, as long as it fits into the context; of
    /// several texts in a batch, too.
    #[test]
    fn a_texts_probability_is_that_of_its_tokens() {
        let model = model(16);
        let sequences = model
            .tokens
            .sequences(&["the cat", "", "a", "fifteen letters"])
            .unwrap();
        assert_eq!(sequences.len(), 3);
        let logs = model.log_probabilities(&sequences).unwrap();
        for (sequence, logs) in sequences.iter().zip(&logs) {
            assert_eq!(sequence.len(), logs.len());
            for (at, log) in logs.iter().enumerate() {
                let p = model.next_probabilities(&sequence[..at]).unwrap();
                let expected = p[sequence[at] as usize].ln();
                assert!((log - expected).abs() < 1e-4, "{log} {expected}");
            }
        }
        let of_text: f64 = logs[0].iter().sum();
        assert!((model.log_probability("the cat").unwrap() - of_text).abs() < 1e-5);
        let bits = model.bits_per_byte(&["the cat"]).unwrap();
        assert!((bits + of_text / 2_f64.ln() / 7.0).abs() < 1e-6);
        assert!(model.bits_per_byte(&[""]).is_err());
        assert!(model.log_probabilities(&[vec![257]]).is_err());
        assert!(model.log_probabilities(&[vec![300, 1]]).is_err());
    }

    /// Each token of a long text is predicted once, from at least half a context.
    #[test]
    fn windows_overlap_by_half() {
        let model = model(8);
        for n in 1..40 {
            let mut next = 0;
            for w in model.windows(n) {
                assert!(w.new == next && w.to > w.new && w.to - w.from <= 8, "{w:?}");
                assert!(w.from == 0 || w.new - w.from >= 4, "{w:?}");
                next = w.to;
            }
            assert_eq!(next, n);
        }
        let long = vec![vec![5; 100]];
        assert_eq!(model.log_probabilities(&long).unwrap()[0].len(), 100);
    }

    #[test]
    fn attention_is_over_the_texts_tokens() {
        let model = model(8);
        let blocks = model.attention("cat").unwrap();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].tokens(), ["(end)", "c", "a", "t"]);
        assert_eq!(blocks[1].n_heads(), 2);
        assert!(model.attention("too long a text").is_err());
    }
}
