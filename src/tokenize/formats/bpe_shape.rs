//! Where a `tokenizer.json` cuts texts before the merges of a BPE, and what it does to them first.
//!
//! Files say the same in many ways: a cut is an expression, or a step that has one built in; a space is put in front by a
//! normalizer or by a pre-tokenizer. What this pack's BPE does is recognised, and all else is an error that names the part.

use serde_json::{Value, json};

use super::file::{Json, shown};
use crate::Result;
use crate::tokenize::Pattern;
use crate::tokenize::bpe::{Cut, Prefix};

const PATTERNS: [Pattern; 6] = [
    Pattern::Gpt2,
    Pattern::Cl100k,
    Pattern::O200k,
    Pattern::Llama3,
    Pattern::Qwen2,
    Pattern::Lines,
];

/// GPT-2's expression as its program has it.
const GPT2_PLAIN: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

/// The pre-tokenizer that puts `▁` for spaces and cuts before each.
pub(super) fn metaspace() -> Value {
    json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true})
}

/// Where texts are cut, and what is done to them before.
pub(super) struct Shape {
    pub(super) byte_level: bool,
    pub(super) cut: Cut,
    pub(super) prefix: Prefix,
}

impl Shape {
    pub(super) fn of(json: &Json) -> Result<Self> {
        let (normalizer, pre) = (json.at("normalizer"), json.at("pre_tokenizer"));
        let kind = |v: &Value| {
            v.get("type")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let steps = |v: &Value, of: &str| match kind(v).as_str() {
            "Sequence" => v.get(of).and_then(Value::as_array).cloned().unwrap_or_default(),
            "" => Vec::new(),
            _ => vec![v.clone()],
        };
        let normalizers = steps(normalizer, "normalizers");
        let cuts = steps(pre, "pretokenizers");
        let byte_level = cuts.iter().any(|c| kind(c) == "ByteLevel");
        let unknown_normalizer =
            || json.wrong("normalizer", "one that this pack's BPE has", shown(normalizer));
        let unknown_cut = || json.wrong("pre_tokenizer", "one that this pack's BPE has", shown(pre));
        if byte_level {
            if !normalizers.is_empty() {
                return Err(unknown_normalizer());
            }
            let mut cut = Cut::Nowhere;
            for c in &cuts {
                if kind(c) == "ByteLevel" {
                    if c.get("add_prefix_space").and_then(Value::as_bool) == Some(true) {
                        return Err(json.wrong("pre_tokenizer", "no space put in front", shown(c)));
                    }
                    if c.get("use_regex").and_then(Value::as_bool) != Some(false) && cut == Cut::Nowhere {
                        cut = Cut::Pattern(Pattern::Gpt2);
                    }
                } else {
                    let regex = c
                        .get("pattern")
                        .and_then(|p| p.get("Regex"))
                        .and_then(Value::as_str);
                    let found = PATTERNS.into_iter().find(|p| {
                        Some(p.expression()) == regex || (*p == Pattern::Gpt2 && regex == Some(GPT2_PLAIN))
                    });
                    cut = Cut::Pattern(found.ok_or_else(unknown_cut)?);
                }
            }
            return Ok(Self {
                byte_level,
                cut,
                prefix: Prefix::None,
            });
        }
        let (mut prefix, mut replaced) = (Prefix::None, false);
        for n in &normalizers {
            match kind(n).as_str() {
                "Prepend" if n.get("prepend").and_then(Value::as_str) == Some("▁") => {
                    prefix = Prefix::Always
                }
                "Replace"
                    if n.get("content").and_then(Value::as_str) == Some("▁")
                        && n.get("pattern") == Some(&json!({"String": " "})) =>
                {
                    replaced = true
                }
                _ => return Err(unknown_normalizer()),
            }
        }
        let metaspace_ends = |c: &Value| {
            let scheme = c.get("prepend_scheme").and_then(Value::as_str);
            matches!(scheme, Some("always" | "first"))
                && c.get("split").and_then(Value::as_bool) != Some(false)
        };
        let space_only = |c: &Value| c.get("pattern") == Some(&json!({"String": " "}));
        match cuts.as_slice() {
            [] if replaced => Ok(Self {
                byte_level,
                cut: Cut::Nowhere,
                prefix,
            }),
            // No space is left to cut at.
            [c] if replaced && kind(c) == "Split" && space_only(c) => Ok(Self {
                byte_level,
                cut: Cut::Nowhere,
                prefix,
            }),
            [c] if normalizers.is_empty() && kind(c) == "Metaspace" && metaspace_ends(c) => Ok(Self {
                byte_level,
                cut: Cut::Spaces,
                prefix: Prefix::IfMissing,
            }),
            _ => Err(unknown_cut()),
        }
    }
}
