//! A tokenizer from a file, of any kind.

use std::path::Path;

use super::file::Json;
use super::sentencepiece::{Algorithm, Model};
use crate::error::Location;
#[cfg(feature = "nn")]
use crate::tokenize::Hf;
use crate::tokenize::vocab::Vocab;
use crate::tokenize::{Bpe, Token, Tokenizer, Unigram, WordPiece};
use crate::{Error, Result, fetched as cache};

/// A tokenizer that was read from a file. It is one of this pack's own if that does all that the file asks
/// for.
#[derive(Clone)]
pub enum AnyTokenizer {
    /// A byte-pair encoding.
    Bpe(Bpe),
    /// WordPiece.
    WordPiece(WordPiece),
    /// A unigram model.
    Unigram(Unigram),
    /// The `tokenizers` library, for what this pack's tokenizers do not do.
    #[cfg(feature = "nn")]
    Hf(Box<Hf>),
}

/// Reads a tokenizer from a `tokenizer.json` or a SentencePiece model, whichever the file is. The tokenizer
/// is named after its file or, if that is `tokenizer.json`, after its folder.
///
/// # Errors
/// The file cannot be read; it is of neither kind, or broken; it asks for something that nothing here does.
///
/// ```
/// use course::tokenize::{Tokenizer, WordPiece, formats};
/// let path = std::env::temp_dir().join(format!("bert-{}.json", std::process::id()));
/// std::fs::write(&path, WordPiece::bert().to_json()?).unwrap();
/// let bert = formats::load(&path)?;
/// assert_eq!(bert.encode("unaffable").written(), ["una", "##ffa", "##ble"]);
/// # std::fs::remove_file(&path).unwrap();
/// # Ok::<(), course::Error>(())
/// ```
pub fn load(path: impl AsRef<Path>) -> Result<AnyTokenizer> {
    let path = path.as_ref();
    let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let part = |p: Option<&std::ffi::OsStr>| p.map(|n| n.to_string_lossy().into_owned());
    let file = part(path.file_name()).unwrap_or_default();
    let name = match file.as_str() {
        "tokenizer.json" => part(path.parent().and_then(Path::file_name)).unwrap_or(file.clone()),
        _ => part(path.file_stem()).unwrap_or(file.clone()),
    };
    read(&file, &bytes).map(|t| t.named(name))
}

/// The tokenizer of a [fetched](crate::fetched) item, such as `"llama3"` or `"mistral"`.
///
/// # Errors
/// The item has not been fetched (the message says how), or has no tokenizer; or an error of [`load`].
///
/// ```
/// match course::tokenize::formats::fetched("llama3") {
///     Ok(llama) => println!("{llama}"),
///     Err(e) => println!("{e}"), // llama3 (…) is not here: run `cargo course fetch llama3` (9.1 MB)
/// }
/// let e = course::tokenize::formats::fetched("word-pairs").unwrap_err();
/// assert_eq!(e.to_string(), "the item \"word-pairs\": expected one with a tokenizer, got wordsim353.tsv and 2 others");
/// ```
pub fn fetched(name: &str) -> Result<AnyTokenizer> {
    let item = cache::item(name)?;
    let is_one = |f: &str| f == "tokenizer.json" || f.contains(".model.");
    let files: Vec<_> = item.files.iter().filter(|f| is_one(&f.name)).collect();
    if files.is_empty() {
        let first = item.files.first().map_or("", |f| f.name.as_str());
        return Err(Error::value(
            format!("the item {name:?}"),
            "one with a tokenizer",
            format!("{first} and {} others", item.files.len().saturating_sub(1)),
        ));
    }
    // If there are several, the newest that can be read; the newest is the last.
    let mut why = None;
    for file in files.into_iter().rev() {
        match load(cache::path(name, &file.name)?) {
            Ok(t) => return Ok(t.named(name)),
            Err(e) => why = why.or(Some(e)),
        }
    }
    Err(why.unwrap_or_else(|| Error::value(format!("the item {name:?}"), "a tokenizer", "none")))
}

fn read(file: &str, bytes: &[u8]) -> Result<AnyTokenizer> {
    let looks_like_json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    if !looks_like_json {
        let model = Model::read(file, bytes)?;
        return match model.algorithm {
            Algorithm::Bpe => Bpe::of_model(file, &model).map(AnyTokenizer::Bpe),
            _ => Unigram::of_model(file, &model).map(AnyTokenizer::Unigram),
        };
    }
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let place = Location::Byte(e.valid_up_to() as u64);
        Error::format(file, place, "expected JSON in UTF-8, got other bytes")
    })?;
    let json = Json::parse(file, text)?;
    let ours = match json.at("model.type").as_str() {
        Some("WordPiece") => WordPiece::from_json_named(file, text).map(AnyTokenizer::WordPiece),
        Some("Unigram") => Unigram::from_json_named(file, text).map(AnyTokenizer::Unigram),
        _ => Bpe::from_json_named(file, text).map(AnyTokenizer::Bpe),
    };
    #[cfg(feature = "nn")]
    let ours = ours.or_else(|e| {
        Hf::from_json(text)
            .map(|t| AnyTokenizer::Hf(Box::new(t)))
            .map_err(|_| e)
    });
    ours
}

impl AnyTokenizer {
    /// The same tokenizer under another name, for tables.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        match self {
            Self::Bpe(t) => Self::Bpe(t.named(name)),
            Self::WordPiece(t) => Self::WordPiece(t.named(name)),
            Self::Unigram(t) => Self::Unigram(t.named(name)),
            #[cfg(feature = "nn")]
            Self::Hf(t) => Self::Hf(Box::new(t.named(name))),
        }
    }

    fn inner(&self) -> &dyn Tokenizer {
        match self {
            Self::Bpe(t) => t,
            Self::WordPiece(t) => t,
            Self::Unigram(t) => t,
            #[cfg(feature = "nn")]
            Self::Hf(t) => t.as_ref(),
        }
    }
}

impl Tokenizer for AnyTokenizer {
    fn vocab(&self) -> &Vocab {
        self.inner().vocab()
    }

    fn token_bytes(&self, id: u32) -> Option<&[u8]> {
        self.inner().token_bytes(id)
    }

    fn push_tokens(&self, text: &str, tokens: &mut Vec<Token>) {
        self.inner().push_tokens(text, tokens);
    }

    fn push_ids(&self, text: &str, ids: &mut Vec<u32>) {
        self.inner().push_ids(text, ids);
    }

    fn decode_bytes(&self, ids: &[u32]) -> Result<Vec<u8>> {
        self.inner().decode_bytes(ids)
    }

    fn decode(&self, ids: &[u32]) -> Result<String> {
        self.inner().decode(ids)
    }
}

crate::show::shown_as_line!(AnyTokenizer, |this| match this {
    Self::Bpe(t) => t.to_string(),
    Self::WordPiece(t) => t.to_string(),
    Self::Unigram(t) => t.to_string(),
    #[cfg(feature = "nn")]
    Self::Hf(t) => t.to_string(),
});
