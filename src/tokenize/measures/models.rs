//! How large the matrix of embeddings is, in well-known models.
//!
//! The matrix has a row of h numbers for each of V tokens: V·h parameters. At the end of the model, the
//! scores of the next token need a matrix of the same shape. It is the same matrix if the embeddings are
//! *tied*, and another one otherwise. In a small model the vocabulary has most of the parameters. In a large
//! one it hardly matters, because the layers grow with h² and the vocabulary only with h. So a small model
//! pays a high price for sharing a vocabulary that was made for large ones.
//!
//! V, h, layers, context and tying are taken from the `config.json` that was published with each model's
//! weights. V is the number of rows of the matrix (often rounded up so that it divides well). The exceptions
//! are GPT-3, whose weights are not published (its paper's table 2.1, with GPT-2's vocabulary); Gemma 1,
//! whose paper's table 2 counts 128 more rows than its configuration; and Mistral 7B, whose context is from
//! table 1 of its paper. The parameters of the newer decoders are counted from the configuration, matrix by
//! matrix, in a test below; those of the others are as counted by their authors.
//!
//! Source: the paper of each, named in the table. Press and Wolf (2017), *Using the Output Embedding to
//! Improve Language Models*, for tying.

use super::ModelSize;
use crate::plot::{self, Bars, Cell, Column, Table};
use crate::{Error, Result};

/// A model's figures as published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownModel {
    /// Its name.
    pub name: &'static str,
    /// The year in which it came out.
    pub year: u16,
    /// V: rows of the embedding matrix.
    pub vocab_size: usize,
    /// h: numbers in an embedding.
    pub width: usize,
    /// Layers. For an encoder with a decoder, those of both.
    pub layers: usize,
    /// Tokens that it reads at once.
    pub context: usize,
    /// Whether the matrix at the end is that of the embeddings, or there is none.
    pub tied: bool,
    /// All parameters, in millions.
    pub millions: f64,
    /// Where the figures are published.
    pub source: &'static str,
}

crate::plot::shown_as_record!(KnownModel);

impl KnownModel {
    /// Parameters of the embedding matrix, and of the matrix at the end if that is another one.
    pub fn vocabulary_parameters(&self) -> u64 {
        let once = self.vocab_size as u64 * self.width as u64;
        if self.tied { once } else { 2 * once }
    }

    /// The share of all parameters that the vocabulary takes.
    pub fn vocabulary_share(&self) -> f64 {
        self.vocabulary_parameters() as f64 / (self.millions * 1e6)
    }

    /// Its dimensions, for what a token costs.
    pub fn transformer(&self) -> ModelSize {
        ModelSize {
            layers: self.layers,
            width: self.width,
            context: self.context,
        }
    }
}

/// One line of the table below: V, h, layers and context in brackets.
#[rustfmt::skip]
const fn model(
    name: &'static str, year: u16, [vocab_size, width, layers, context]: [usize; 4], tied: bool, millions: f64,
    source: &'static str,
) -> KnownModel {
    KnownModel { name, year, vocab_size, width, layers, context, tied, millions, source }
}

const TIED: bool = true;
const APART: bool = false;

#[rustfmt::skip]
static MODELS: [KnownModel; 20] = [
    model("BERT base",      2018, [ 30_522,    768, 12,     512], TIED,      110.0, "Devlin et al. 2018"),
    model("BERT large",     2018, [ 30_522,  1_024, 24,     512], TIED,      340.0, "Devlin et al. 2018"),
    model("GPT-2",          2019, [ 50_257,    768, 12,   1_024], TIED,      124.0, "Radford et al. 2019, published weights"),
    model("GPT-2 XL",       2019, [ 50_257,  1_600, 48,   1_024], TIED,    1_558.0, "Radford et al. 2019, published weights"),
    model("T5 base",        2019, [ 32_128,    768, 24,     512], TIED,      220.0, "Raffel et al. 2019"),
    model("XLM-R base",     2019, [250_002,    768, 12,     512], TIED,      270.0, "Conneau et al. 2019"),
    model("XLM-R large",    2019, [250_002,  1_024, 24,     512], TIED,      550.0, "Conneau et al. 2019"),
    model("GPT-3",          2020, [ 50_257, 12_288, 96,   2_048], TIED,  175_000.0, "Brown et al. 2020"),
    model("mT5 small",      2020, [250_112,    512, 16,   1_024], APART,     300.0, "Xue et al. 2020"),
    model("BLOOM",          2022, [250_880, 14_336, 70,   2_048], TIED,  176_247.0, "Le Scao et al. 2022, model card"),
    model("Llama 1 7B",     2023, [ 32_000,  4_096, 32,   2_048], APART,   6_738.0, "Touvron et al. 2023"),
    model("Mistral 7B",     2023, [ 32_000,  4_096, 32,   8_192], APART,   7_242.0, "Jiang et al. 2023"),
    model("Gemma 2B",       2024, [256_128,  2_048, 18,   8_192], TIED,    2_506.0, "Gemma Team 2024, table 2"),
    model("Gemma 7B",       2024, [256_128,  3_072, 28,   8_192], TIED,    8_538.0, "Gemma Team 2024, table 2"),
    model("Llama 3 8B",     2024, [128_256,  4_096, 32,   8_192], APART,   8_030.0, "Dubey et al. 2024"),
    model("Llama 3.2 1B",   2024, [128_256,  2_048, 16, 131_072], TIED,    1_236.0, "Meta 2024, model card"),
    model("Qwen2.5 0.5B",   2024, [151_936,    896, 24,  32_768], TIED,      494.0, "Qwen Team 2024"),
    model("Qwen2.5 7B",     2024, [152_064,  3_584, 28, 131_072], APART,   7_616.0, "Qwen Team 2024"),
    model("SmolLM2 135M",   2025, [ 49_152,    576, 30,   8_192], TIED,      134.5, "Ben Allal et al. 2025"),
    model("Gemma 3 1B",     2025, [262_144,  1_152, 26,  32_768], TIED,    1_000.0, "Gemma Team 2025, table 1"),
];

/// The sizes of embedding matrices, as a table. [`known_models`] makes one for the models that the pack
/// knows.
#[derive(Clone, PartialEq)]
pub struct EmbeddingSizes(Vec<KnownModel>);

/// Well-known models, by year, with the sizes of their vocabularies.
///
/// ```
/// use course::tokenize::measures::known_models;
/// let models = known_models();
/// let gemma = models.get("Gemma 2B")?;
/// assert_eq!(gemma.vocabulary_parameters(), 524_550_144); // as its paper says
/// println!("{models}");
/// # Ok::<(), course::Error>(())
/// ```
pub fn known_models() -> EmbeddingSizes {
    EmbeddingSizes(MODELS.to_vec())
}

impl EmbeddingSizes {
    /// The models.
    pub fn models(&self) -> &[KnownModel] {
        &self.0
    }

    /// The model with this name.
    ///
    /// # Errors
    /// There is none; the error names those that are known.
    pub fn get(&self, name: &str) -> Result<KnownModel> {
        let names = || self.0.iter().map(|m| m.name.to_owned()).collect();
        (self.0.iter().find(|m| m.name == name).copied())
            .ok_or_else(|| Error::unknown("model", name, names()))
    }

    /// The same, sorted so that the model whose vocabulary takes the largest share of its parameters comes
    /// first.
    #[must_use]
    pub fn by_share(mut self) -> Self {
        self.0
            .sort_by(|x, y| y.vocabulary_share().total_cmp(&x.vocabulary_share()));
        self
    }

    /// A row for each model.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("model"),
            Column::new("V").grouped(),
            Column::new("h").grouped(),
            Column::new("tied"),
            Column::new("vocabulary, M").decimals(1),
            Column::new("model, M").grouped(),
            Column::new("share").percent(1).bars().range(0.0, 1.0),
            Column::new("source"),
        ];
        let row = |m: &KnownModel| -> Vec<Cell> {
            let millions = m.vocabulary_parameters() as f64 / 1e6;
            vec![
                m.name.into(),
                m.vocab_size.into(),
                m.width.into(),
                if m.tied { "yes" } else { "no" }.into(),
                millions.into(),
                m.millions.into(),
                m.vocabulary_share().into(),
                m.source.into(),
            ]
        };
        Table::new(columns)
            .title("The vocabulary's part of the parameters")
            .rows(self.0.iter().map(row))
            .note("Millions of parameters; where the matrix at the end is another one, both are counted.")
    }

    /// The share of the parameters that the vocabulary takes, as bars.
    pub fn plot(&self) -> Bars {
        plot::bars(
            self.0.iter().map(|m| m.name),
            self.0.iter().map(KnownModel::vocabulary_share),
        )
        .percent(1)
        .title("Share of the parameters that belong to the vocabulary")
    }
}

crate::show::shown_as_table!(EmbeddingSizes);

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters of the embedding matrix as the papers give them.
    #[test]
    fn the_products_are_the_published_numbers() {
        let all = known_models();
        let once = |name: &str| {
            let m = all.get(name).unwrap();
            m.vocab_size * m.width
        };
        assert_eq!(once("Gemma 2B"), 524_550_144);
        assert_eq!(once("Gemma 7B"), 786_825_216);
        assert_eq!(once("BLOOM"), 3_596_615_680);
        // "302M embedding parameters".
        assert_eq!(once("Gemma 3 1B") / 1_000_000, 301);
        // BERT's word_embeddings.
        assert_eq!(once("BERT base"), 23_440_896);
        assert_eq!(all.get("mT5 small").unwrap().vocabulary_parameters(), 256_114_688);
    }

    /// Matrix by matrix, from the configurations: the width of the feed-forward part, of all queries and of
    /// all keys, whether these three have a bias, and the number of vectors of h and of 256 per layer for
    /// norms.
    #[test]
    fn parameters_counted_from_the_configurations() {
        let configurations = [
            ("Llama 1 7B", 11_008, 4_096, 4_096, false, 2, 0),
            ("Mistral 7B", 14_336, 4_096, 1_024, false, 2, 0),
            ("Llama 3 8B", 14_336, 4_096, 1_024, false, 2, 0),
            ("Llama 3.2 1B", 8_192, 2_048, 512, false, 2, 0),
            ("Qwen2.5 0.5B", 4_864, 896, 128, true, 2, 0),
            ("Qwen2.5 7B", 18_944, 3_584, 512, true, 2, 0),
            ("SmolLM2 135M", 1_536, 576, 192, false, 2, 0),
            ("Gemma 3 1B", 6_912, 1_024, 256, false, 4, 2),
        ];
        for (name, inner, queries, keys, biased, norms, small_norms) in configurations {
            let m = known_models().get(name).unwrap();
            let h = m.width;
            let attention = 2 * h * queries + 2 * h * keys + usize::from(biased) * (queries + 2 * keys);
            let layer = attention + 3 * h * inner + norms * h + small_norms * 256;
            let all = (m.layers * layer + h) as u64 + m.vocabulary_parameters();
            let millions = (all as f64 / 1e6 * 10.0).round() / 10.0;
            assert!((millions - m.millions).abs() < 0.6, "{name}: {all}");
        }
    }

    /// Twelve h² per layer and the vocabulary are a decoder's parameters, except for biases, norms and
    /// positions.
    #[test]
    fn the_figures_agree_with_each_other() {
        for name in ["GPT-2", "GPT-2 XL", "GPT-3", "BERT base", "BERT large"] {
            let m = known_models().get(name).unwrap();
            let counted =
                12.0 * m.layers as f64 * (m.width * m.width) as f64 + m.vocabulary_parameters() as f64;
            let ratio = counted / (m.millions * 1e6);
            // BERT large has 335 M; its paper says 340.
            assert!((0.97..1.01).contains(&ratio), "{name}: {ratio}");
        }
        for m in known_models().models() {
            assert!((0.0..0.9).contains(&m.vocabulary_share()), "{}", m.name);
        }
    }
}
