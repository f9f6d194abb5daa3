//! The parts of a `tokenizer.json` file. There are five, and each kind of tokenizer has its own.
//!
//! | part | does |
//! |---|---|
//! | `added_tokens` | tokens that are taken out of the text first |
//! | `normalizer` | changes the text |
//! | `pre_tokenizer` | cuts it into pieces |
//! | `model` | cuts pieces into tokens |
//! | `decoder` | puts tokens together again |

use std::collections::HashSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::error::Location;
use crate::{Error, Result};

/// A whole file.
#[derive(Serialize)]
pub(super) struct File<M> {
    version: &'static str,
    truncation: Option<()>,
    padding: Option<()>,
    added_tokens: Vec<Value>,
    pub(super) normalizer: Value,
    pub(super) pre_tokenizer: Value,
    post_processor: Option<()>,
    pub(super) decoder: Value,
    pub(super) model: M,
}

impl<M: Serialize> File<M> {
    pub(super) fn new(model: M, special: &[(String, u32)]) -> Self {
        let added = |(content, id): &(String, u32)| {
            json!({
                "id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true,
            })
        };
        let mut special: Vec<&(String, u32)> = special.iter().collect();
        special.sort_by_key(|s| s.1);
        Self {
            version: "1.0",
            truncation: None,
            padding: None,
            added_tokens: special.into_iter().map(added).collect(),
            normalizer: Value::Null,
            pre_tokenizer: Value::Null,
            post_processor: None,
            decoder: Value::Null,
            model,
        }
    }

    pub(super) fn write(&self) -> Result<String> {
        serde_json::to_string_pretty(self)
            .map_err(|e| Error::format("tokenizer.json", Location::Whole, e.to_string()))
    }
}

/// A vocabulary as an object, in the order of the ids.
pub(super) struct Vocab(pub(super) Vec<(String, u32)>);

impl Serialize for Vocab {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (token, id) in &self.0 {
            map.serialize_entry(token, id)?;
        }
        map.end()
    }
}

/// What was read, and its name in errors.
pub(super) struct Json {
    name: String,
    root: Value,
}

impl Json {
    pub(super) fn parse(name: &str, text: &str) -> Result<Self> {
        let root: Value = serde_json::from_str(text).map_err(|e| {
            let place = Location::Line(e.line() as u64);
            Error::format(name, place, format!("not JSON: {e}"))
        })?;
        Ok(Self {
            name: name.to_owned(),
            root,
        })
    }

    /// An error in this file.
    pub(super) fn wrong(&self, path: &str, expected: &str, got: impl std::fmt::Display) -> Error {
        let problem = format!("{path}: expected {expected}, got {got}");
        Error::format(&self.name, Location::Whole, problem)
    }

    /// The value at `path`, which is names with dots between them; `null` if there is none.
    pub(super) fn at(&self, path: &str) -> &Value {
        static NULL: Value = Value::Null;
        (path.split('.')).fold(&self.root, |value, name| value.get(name).unwrap_or(&NULL))
    }

    pub(super) fn text(&self, path: &str) -> Result<&str> {
        let value = self.at(path);
        value
            .as_str()
            .ok_or_else(|| self.wrong(path, "a text", shown(value)))
    }

    /// The flag at `path`; false if there is none.
    pub(super) fn flag(&self, path: &str) -> Result<bool> {
        match self.at(path) {
            Value::Null => Ok(false),
            Value::Bool(b) => Ok(*b),
            other => Err(self.wrong(path, "true or false", shown(other))),
        }
    }

    /// The model must be of this type.
    pub(super) fn expect_model(&self, kind: &str) -> Result<()> {
        match self.at("model.type").as_str() {
            Some(found) if found == kind => Ok(()),
            // Older files do not say it.
            None if kind == "BPE" && self.at("model.merges").is_array() => Ok(()),
            _ => Err(self.wrong("model.type", &format!("{kind:?}"), shown(self.at("model.type")))),
        }
    }

    /// The tokens of `model.vocab` and `added_tokens`.
    pub(super) fn tokens(&self) -> Result<Names> {
        let vocab = self.at("model.vocab");
        let Some(vocab) = vocab.as_object() else {
            return Err(self.wrong("model.vocab", "tokens with numbers", shown(vocab)));
        };
        let list = vocab.iter().map(|(token, id)| (token.as_str(), id));
        self.tokens_of(vocab.len(), list)
    }

    /// The same for a model whose `n` tokens are these.
    pub(super) fn tokens_of<'a>(
        &self,
        n: usize,
        vocab: impl Iterator<Item = (&'a str, &'a Value)>,
    ) -> Result<Names> {
        let mut names: Vec<String> = vec![String::new(); n];
        let mut put = |token: &str, id: &Value, path: &str| -> Result<(u32, bool)> {
            // An id far above the number of tokens would ask for memory that nothing needs.
            let most = 4 * n as u64 + 65_536;
            let number = id.as_u64().filter(|&n| n < most);
            let number = number
                .ok_or_else(|| self.wrong(path, &format!("a number below {most} for {token:?}"), shown(id)))?
                as usize;
            if names.len() <= number {
                names.resize(number + 1, String::new());
            }
            if !names[number].is_empty() && names[number] != token {
                let got = format!("{number} for {:?} and for {token:?}", names[number]);
                return Err(self.wrong(path, "a number for each token", got));
            }
            let is_new = names[number].is_empty();
            token.clone_into(&mut names[number]);
            Ok((number as u32, is_new))
        };
        let mut known = HashSet::with_capacity(n);
        for (token, id) in vocab {
            put(token, id, "model.vocab")?;
            known.insert(token);
        }
        let (mut added, mut outside, mut seen) = (Vec::new(), HashSet::new(), HashSet::new());
        for token in self.at("added_tokens").as_array().map_or(&[][..], Vec::as_slice) {
            let content = token
                .get("content")
                .and_then(Value::as_str)
                .filter(|c| !c.is_empty());
            let content =
                content.ok_or_else(|| self.wrong("added_tokens", "a text as content", shown(token)))?;
            self.check_added(token)?;
            let (id, is_new) = put(content, token.get("id").unwrap_or(&Value::Null), "added_tokens")?;
            // The library numbers the tokens that the model lacks in their order, whatever ids the file
            // gives.
            let next = n + outside.len();
            if !seen.insert(content) || is_new == known.contains(content) || (is_new && id as usize != next) {
                let expected = format!("each token once, with the model's number or {next}");
                return Err(self.wrong("added_tokens", &expected, shown(token)));
            }
            if is_new {
                outside.insert(id);
            }
            added.push((content.to_owned(), id));
        }
        Ok(Names {
            names,
            added,
            outside,
        })
    }

    /// An added token must be special, because only special tokens can be text here, and it must be found
    /// exactly where its letters are.
    fn check_added(&self, token: &Value) -> Result<()> {
        let flag = |name: &str| token.get(name).and_then(Value::as_bool).unwrap_or(false);
        let problem = match () {
            () if !flag("special") => "special, got one that is found in every text (special: false)",
            () if flag("lstrip") => "without spaces, got one that takes those before it (lstrip)",
            () if flag("rstrip") => "without spaces, got one that takes those after it (rstrip)",
            () if flag("single_word") => "anywhere, got one that is found only as a word (single_word)",
            () if flag("normalized") && !self.at("normalizer").is_null() => {
                "as it is, got one that is looked for in the normalised text (normalized)"
            }
            () => return Ok(()),
        };
        Err(self.wrong("added_tokens", &format!("a token {problem}"), shown(token)))
    }
}

/// The tokens of a file.
pub(super) struct Names {
    /// The tokens by id, as they are written; ids without a token are empty.
    pub(super) names: Vec<String>,
    /// The added tokens.
    pub(super) added: Vec<(String, u32)>,
    /// Those added tokens that the model itself does not have, so that it never makes them from text.
    pub(super) outside: HashSet<u32>,
}

/// A value of JSON, shortened for a message.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        value => {
            let text = value.to_string();
            match text.char_indices().nth(120) {
                Some((at, _)) => format!("{} …", &text[..at]),
                None => text,
            }
        }
    }
}
