//! The vocabulary of BERT base uncased: 30,522 pieces of words, from which WordPiece builds every word.
//!
//! A piece that begins with `##` continues a word that another piece began. The first piece is `[PAD]`;
//! `[UNK]` has number 100, `[CLS]` 101, `[SEP]` 102 and `[MASK]` 103.
//!
//! Source: Devlin, Chang, Lee and Toutanova (2018), *BERT: Pre-training of Deep Bidirectional Transformers
//! for Language Understanding*.

use std::sync::LazyLock;

use super::vendored::{File, built_in, sound};

static FILE: File = built_in!("bert/vocab.txt.gz");

/// The pieces; a piece's position in the list is its number.
///
/// ```
/// use course::data::bert_vocab;
/// assert_eq!(bert_vocab::tokens().len(), 30_522);
/// assert_eq!(bert_vocab::tokens()[101], "[CLS]");
/// ```
pub fn tokens() -> &'static [String] {
    static TOKENS: LazyLock<Vec<String>> =
        LazyLock::new(|| sound(FILE.text()).lines().map(str::to_owned).collect());
    &TOKENS
}
