//! From tokens back to a text, where tokens write `▁` for a space and may be single bytes.
//!
//! Two programs do this, and they differ where it hardly matters. A tokenizer that was read from a file does
//! what the program that wrote the file does.
//!
//! | | SentencePiece | the `tokenizers` library |
//! |---|---|---|
//! | the space in front | each piece at the beginning of the text loses one, until one was lost (all, if spaces are collapsed) | the text loses one |
//! | bytes that are no character | a `�` for each | a `�` for every byte of the run that it is in |
//! | control tokens | nothing | their text |

use super::tokenizer::no_token;
use super::vocab::Tokens;
use crate::Result;

/// Which program's way is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoding {
    /// That of the `tokenizers` library. `strip`: whether the text loses a space in front.
    Fused { strip: bool },
    /// That of SentencePiece. `strip`: whether pieces lose the space in front. `all`: whether all of them do.
    Pieces { strip: bool, all: bool },
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A byte of a character.
    Byte,
    /// The unknown token. What it decodes to does not come from the original text.
    Unknown,
    /// A mark for the model.
    Control,
}

impl Decoding {
    /// The bytes of the text.
    pub(super) fn bytes(self, ids: &[u32], tokens: &Tokens, kind: impl Fn(u32) -> Kind) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(ids.len() * 4);
        self.each(ids, tokens, kind, |bytes, _| out.extend_from_slice(bytes))?;
        if self == (Self::Fused { strip: true }) && out.first() == Some(&b' ') {
            out.remove(0);
        }
        Ok(out)
    }

    /// The text, with `�` for bytes that are not a character.
    pub(super) fn text(self, ids: &[u32], tokens: &Tokens, kind: impl Fn(u32) -> Kind) -> Result<String> {
        let (mut out, mut run) = (String::with_capacity(ids.len() * 4), Vec::new());
        self.each(ids, tokens, kind, |bytes, is_byte| {
            if is_byte {
                run.extend_from_slice(bytes);
                return;
            }
            self.end_run(&mut run, &mut out);
            out.push_str(&String::from_utf8_lossy(bytes));
        })?;
        self.end_run(&mut run, &mut out);
        if self == (Self::Fused { strip: true }) && out.starts_with(' ') {
            out.remove(0);
        }
        Ok(out)
    }

    fn end_run(self, run: &mut Vec<u8>, out: &mut String) {
        match (self, std::str::from_utf8(run)) {
            (_, Ok(text)) => out.push_str(text),
            (Self::Fused { .. }, Err(_)) => out.extend(run.iter().map(|_| '\u{fffd}')),
            (Self::Pieces { .. }, Err(_)) => {
                for chunk in run.utf8_chunks() {
                    out.push_str(chunk.valid());
                    out.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
                }
            }
        }
        run.clear();
    }

    /// Calls `f` with what each token puts into the text, and whether that is a byte.
    fn each(
        self,
        ids: &[u32],
        tokens: &Tokens,
        kind: impl Fn(u32) -> Kind,
        mut f: impl FnMut(&[u8], bool),
    ) -> Result<()> {
        let (strip, all) = match self {
            Self::Fused { .. } => (false, false),
            Self::Pieces { strip, all } => (strip, all),
        };
        // Whether a space in front is still to be removed: nothing is written yet, and none has been removed.
        let mut at_start = strip || all;
        for &id in ids {
            let mut bytes = tokens.get(id).ok_or_else(|| no_token(tokens.len(), id))?;
            let kind = kind(id);
            match kind {
                Kind::Control if matches!(self, Self::Pieces { .. }) => continue,
                Kind::Text if at_start && bytes.first() == Some(&b' ') => {
                    bytes = &bytes[1..];
                    at_start = all;
                }
                _ => {}
            }
            f(bytes, kind == Kind::Byte);
            at_start &= bytes.is_empty();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ` ▁▁`, `▁a`, the bytes of の, a control token and the unknown token, both ways.
    #[test]
    fn the_two_ways_differ_as_the_table_says() {
        let names: [&[u8]; 7] = [
            b"  ",
            b" a",
            &[0xe3],
            &[0x81],
            b"<s>",
            " \u{2047} ".as_bytes(),
            b"A",
        ];
        let tokens = Tokens::new(names);
        let kind = |id| match id {
            2 | 3 | 6 => Kind::Byte,
            4 => Kind::Control,
            5 => Kind::Unknown,
            _ => Kind::Text,
        };
        let (fused, one) = (
            Decoding::Fused { strip: true },
            Decoding::Pieces {
                strip: true,
                all: false,
            },
        );
        let all = Decoding::Pieces {
            strip: true,
            all: true,
        };
        let cases: [(&[u32], &str, &str, &str); 5] = [
            (&[0, 1], "  a", "  a", "  a"),
            (&[1, 1], "a a", "a a", "a a"),
            (
                &[2, 3, 6, 1],
                "\u{fffd}\u{fffd}\u{fffd} a",
                "\u{fffd}\u{fffd}A a",
                "\u{fffd}\u{fffd}A a",
            ),
            (&[4, 1], "<s> a", "a", "a"),
            (&[5, 1], "\u{2047}  a", " \u{2047}  a", " \u{2047}  a"),
        ];
        for (ids, by_library, by_pieces, collapsed) in cases {
            assert_eq!(fused.text(ids, &tokens, kind).unwrap(), by_library, "{ids:?}");
            assert_eq!(one.text(ids, &tokens, kind).unwrap(), by_pieces, "{ids:?}");
            assert_eq!(all.text(ids, &tokens, kind).unwrap(), collapsed, "{ids:?}");
        }
        let e = one.text(&[9], &tokens, kind).unwrap_err().to_string();
        assert_eq!(
            e,
            "the number of a token: expected a token's number, below 7, got 9"
        );
    }
}
