//! Where a `tokenizer.json` cuts texts before the merges of a BPE, and what it does to them first.
//!
//! Files say the same thing in many ways. A cut is a regular expression, or a step that has one built in. A
//! space is put in front by a normalizer or by a pre-tokenizer. What this pack's BPE does is recognised;
//! anything else is an error that names the part.

use serde_json::{Value, json};

use super::file::{Json, shown};
use super::parts::{kind, steps};
use crate::tokenize::Pattern;
use crate::tokenize::bpe::Cut;
use crate::tokenize::spaces::Prefix;
use crate::{Error, Result};

const PATTERNS: [Pattern; 6] = [
    Pattern::Gpt2,
    Pattern::Cl100k,
    Pattern::O200k,
    Pattern::Llama3,
    Pattern::Qwen2,
    Pattern::Lines,
];

/// GPT-2's expression as written in its program.
const GPT2_PLAIN: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The pre-tokenizer that writes `▁` for spaces and cuts before each.
pub(super) fn metaspace() -> Value {
    json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true})
}

/// Where texts are cut, and what is done to them first.
pub(super) struct Shape {
    pub(super) byte_level: bool,
    pub(super) cut: Cut,
    pub(super) prefix: Prefix,
}

impl Shape {
    pub(super) fn of(json: &Json) -> Result<Self> {
        let (normalizer, pre) = (json.at("normalizer"), json.at("pre_tokenizer"));
        let (normalizers, cuts) = (steps(normalizer, "normalizers"), steps(pre, "pretokenizers"));
        let both = [
            ("normalizer", normalizer, &normalizers),
            ("pre_tokenizer", pre, &cuts),
        ];
        for (path, part, steps) in both {
            if steps.is_empty() && !part.is_null() {
                return Err(unknown(json, path));
            }
        }
        if cuts.iter().any(|c| kind(c) == "ByteLevel") {
            Self::of_bytes(json, &normalizers, &cuts)
        } else {
            Self::of_characters(json, &normalizers, &cuts)
        }
    }

    /// A cut by an expression, or none, followed by bytes as letters; or the step for bytes with its own
    /// expression.
    fn of_bytes(json: &Json, normalizers: &[&Value], cuts: &[&Value]) -> Result<Self> {
        if !normalizers.is_empty() {
            return Err(unknown(json, "normalizer"));
        }
        let bytes = |c: &Value, own: bool| {
            kind(c) == "ByteLevel" && c.get("use_regex").and_then(Value::as_bool).unwrap_or(true) == own
        };
        let cut = match cuts {
            [c] if bytes(c, true) => Cut::Pattern(Pattern::Gpt2),
            [c] if bytes(c, false) => Cut::Nowhere,
            [split, c] if bytes(c, false) => {
                Cut::Pattern(pattern(split).ok_or_else(|| unknown(json, "pre_tokenizer"))?)
            }
            _ => return Err(unknown(json, "pre_tokenizer")),
        };
        let prefix = |c: &&Value| c.get("add_prefix_space").and_then(Value::as_bool) != Some(false);
        if let Some(c) = cuts.last().filter(|c| prefix(c)) {
            return Err(json.wrong("pre_tokenizer", "no space put in front", shown(c)));
        }
        if kind(json.at("decoder")) != "ByteLevel" {
            return Err(json.wrong("decoder", "\"ByteLevel\"", shown(json.at("decoder"))));
        }
        Ok(Self {
            byte_level: true,
            cut,
            prefix: Prefix::None,
        })
    }

    /// `▁` for spaces, written by the normalizer without a cut, or by a pre-tokenizer that cuts before each.
    fn of_characters(json: &Json, normalizers: &[&Value], cuts: &[&Value]) -> Result<Self> {
        let replace = json!({"type": "Replace", "pattern": {"String": " "}, "content": "▁"});
        let prepend = json!({"type": "Prepend", "prepend": "▁"});
        let (cut, prefix) = match (normalizers, cuts) {
            ([a], []) if **a == replace => (Cut::Nowhere, Prefix::None),
            // No space is left to cut at.
            ([a], [c]) if **a == replace && cuts_at_spaces(c) => (Cut::Nowhere, Prefix::None),
            ([a, b], []) if is_pair((a, b), (&prepend, &replace)) => (Cut::Nowhere, Prefix::Always),
            ([a, b], [c]) if is_pair((a, b), (&prepend, &replace)) && cuts_at_spaces(c) => {
                (Cut::Nowhere, Prefix::Always)
            }
            ([], [c]) if **c == metaspace() => (Cut::Spaces, Prefix::IfMissing),
            (_, []) => return Err(unknown(json, "normalizer")),
            _ => return Err(unknown(json, "pre_tokenizer")),
        };
        Ok(Self {
            byte_level: false,
            cut,
            prefix,
        })
    }
}

/// The error for a part that a BPE of this pack does not have.
fn unknown(json: &Json, path: &str) -> Error {
    json.wrong(path, "one that this pack's BPE has", shown(json.at(path)))
}

/// The pattern that a `Split` cuts by, if it is known. The matches of a pattern cover the whole text, so
/// isolating the matches and removing what lies between them give the same pieces.
fn pattern(split: &Value) -> Option<Pattern> {
    let behavior = split.get("behavior").and_then(Value::as_str)?;
    let inverted = split.get("invert").and_then(Value::as_bool)?;
    if kind(split) != "Split" || !matches!((behavior, inverted), ("Isolated", false) | ("Removed", true)) {
        return None;
    }
    let regex = split.get("pattern")?.get("Regex")?.as_str()?;
    let is = |p: &Pattern| p.expression() == regex || (*p == Pattern::Gpt2 && regex == GPT2_PLAIN);
    PATTERNS.into_iter().find(is)
}

/// Whether a `Split` looks only for spaces.
fn cuts_at_spaces(split: &Value) -> bool {
    kind(split) == "Split"
        && split.get("pattern") == Some(&json!({"String": " "}))
        && split.get("invert") == Some(&Value::Bool(false))
}

/// Whether the first two are the second two, in either order.
fn is_pair((a, b): (&Value, &Value), (x, y): (&Value, &Value)) -> bool {
    (a, b) == (x, y) || (b, a) == (x, y)
}
