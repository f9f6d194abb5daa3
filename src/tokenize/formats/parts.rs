//! The parts of a `tokenizer.json` that come after the model, and the tokens that were added to it. A part is
//! accepted if the ids, positions and decoded texts stay as this pack's tokenizers have them. Anything else
//! is an error that names the part.

use serde_json::{Value, json};

use super::file::{Json, shown};
use crate::Result;
use crate::tokenize::unigram::byte_of;

/// The type of a part, or an empty string.
pub(super) fn kind(part: &Value) -> &str {
    part.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// The steps of a part: those of a sequence, or the part itself.
pub(super) fn steps<'a>(part: &'a Value, of: &str) -> Vec<&'a Value> {
    match kind(part) {
        "Sequence" => {
            (part.get(of).and_then(Value::as_array)).map_or_else(Vec::new, |all| all.iter().collect())
        }
        "" => Vec::new(),
        _ => vec![part],
    }
}

/// Decoding by joining: `▁` becomes a space, then bytes are decoded, all is joined, and a space in front is
/// removed.
pub(super) fn joining(bytes: bool, strip: bool) -> Value {
    let mut steps = vec![json!({"type": "Replace", "pattern": {"String": "▁"}, "content": " "})];
    if bytes {
        steps.push(json!({"type": "ByteFallback"}));
    }
    steps.push(json!({"type": "Fuse"}));
    if strip {
        steps.push(json!({"type": "Strip", "content": " ", "start": 1, "stop": 0}));
    }
    json!({"type": "Sequence", "decoders": steps})
}

impl Json {
    /// The post-processor may put special tokens around a text, which is not done here. But it must not lose
    /// any of the text's own tokens or change their positions.
    pub(super) fn check_post_processor(&self) -> Result<()> {
        let all = self.at("post_processor");
        for step in steps(all, "processors") {
            let keeps = match kind(step) {
                "BertProcessing" => true,
                "ByteLevel" | "RobertaProcessing" => step.get("trim_offsets") == Some(&Value::Bool(false)),
                "TemplateProcessing" => {
                    let single = step.get("single").and_then(Value::as_array);
                    let is_text = |piece: &&Value| piece.get("Sequence").is_some();
                    single.is_some_and(|pieces| pieces.iter().filter(is_text).count() == 1)
                }
                _ => false,
            };
            if !keeps {
                let expected = "one that leaves places as they are";
                return Err(self.wrong("post_processor", expected, shown(step)));
            }
        }
        match (all, kind(all)) {
            (Value::Null, _) => Ok(()),
            (other, "") => Err(self.wrong("post_processor", "a part with a type", shown(other))),
            _ => Ok(()),
        }
    }

    /// How a vocabulary with `▁` for spaces is decoded: whether a space in front is removed.
    ///
    /// # Errors
    /// Any other way than joining the tokens; bytes that are decoded but not encoded, or the other way round.
    pub(super) fn joins(&self, names: &[String], fallback: bool) -> Result<bool> {
        let decoder = self.at("decoder");
        let wrong = |expected: &str| self.wrong("decoder", expected, shown(decoder));
        // Read leniently: the library accepts lower-case letters, and even signs, as digits.
        let is_byte = |name: &String| {
            let digits = name.strip_prefix("<0x").and_then(|n| n.strip_suffix('>'));
            digits.is_some_and(|d| d.len() == 2 && u8::from_str_radix(d, 16).is_ok())
        };
        let mut odd = (names.iter()).filter(|n| is_byte(n) && (!fallback || byte_of(n).is_none()));
        for (bytes, strip) in [(false, false), (false, true), (true, false), (true, true)] {
            if *decoder == joining(bytes, strip) {
                return match (bytes, odd.next()) {
                    (true, Some(name)) => Err(wrong(&format!("{name:?} as it is written"))),
                    (false, _) if fallback => Err(wrong("bytes decoded as bytes")),
                    _ => Ok(strip),
                };
            }
        }
        // The same, where tokens have a space only at their beginning, and none is a byte.
        let plain = |name: &String| !name.chars().skip(1).any(|c| c == '▁');
        let metaspace = kind(decoder) == "Metaspace" && decoder.get("replacement") == Some(&json!("▁"));
        let scheme = decoder
            .get("prepend_scheme")
            .and_then(Value::as_str)
            .unwrap_or("always");
        if metaspace && decoder.get("add_prefix_space").is_none() && !fallback && names.iter().all(plain) {
            return Ok(scheme != "never");
        }
        Err(wrong("one that puts the tokens side by side"))
    }
}
