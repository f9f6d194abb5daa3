//! What happens to spaces before a text is cut, as in SentencePiece.
//!
//! If a model writes the space before a word as part of the word's first token, it reads a text as if there
//! were a space in front. Vocabularies write `▁` for a space. Internally it is a plain space, and a `▁` in
//! the text becomes one too.
//!
//! | setting | does | SentencePiece's name |
//! |---|---|---|
//! | [`Spaces::prefix`] | a space is put in front | `add_dummy_prefix` |
//! | [`Spaces::suffix`] | at the end instead | `treat_whitespace_as_suffix` |
//! | [`Spaces::collapse`] | spaces at the ends go, and several are one | `remove_extra_whitespaces` |
//!
//! Source: Kudo and Richardson (2018), *SentencePiece*; its file `normalizer.cc`.

/// The character that stands for a space in vocabularies.
pub(super) const SPACE: char = '▁';

/// Whether a text gets a space in front, so that its first word is a word like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    None,
    /// If the text does not begin with one.
    IfMissing,
    /// Even if the text begins with one.
    Always,
}

/// What is done to spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spaces {
    pub(super) prefix: Prefix,
    pub(super) suffix: bool,
    pub(super) collapse: bool,
    /// Whether positions are those of the `tokenizers` library. Of several spaces, it keeps the last one and
    /// not the first. A token ends where its last character ends, so the space in front has the position of
    /// the first character.
    pub(super) by_library: bool,
}

impl Spaces {
    /// No space more and none less, except for this prefix.
    pub(super) const fn with(prefix: Prefix) -> Self {
        Self {
            prefix,
            suffix: false,
            collapse: false,
            by_library: false,
        }
    }

    /// Whether nothing is done except to put a space in front.
    pub(super) fn only_in_front(self) -> bool {
        !self.collapse && !self.suffix
    }

    /// Whether a space is to be put in front of `text`.
    pub(super) fn in_front(self, text: &str) -> bool {
        !text.is_empty()
            && match self.prefix {
                Prefix::None => false,
                Prefix::Always => true,
                Prefix::IfMissing => self.collapse || !text.starts_with([' ', SPACE]),
            }
    }

    /// The text that is to be cut. If asked for, also the position that each of its bytes came from, and the
    /// position where the last one ends.
    pub(super) fn prepare(self, text: &str, with_entries: bool) -> (String, Vec<usize>) {
        let (mut out, mut places) = (String::with_capacity(text.len() + 1), Vec::new());
        // If the text is only `▁`, the space at the end stays, though not the one in front.
        let ends = self.suffix
            && self.in_front(if self.collapse {
                text.trim_start_matches(' ')
            } else {
                text
            });
        let text = match self.collapse {
            true => text.trim_end_matches([' ', SPACE]),
            false => text,
        };
        let begin = match self.collapse {
            true => text.len() - text.trim_start_matches(' ').len(),
            false => 0,
        };
        if self.in_front(text) && !self.suffix {
            out.push(' ');
            if with_entries {
                places.push(begin);
            }
        }
        // Most texts are copied as they are.
        if !with_entries && self.is_plain(text) {
            out.push_str(text);
        } else {
            let mut after_space = false;
            for (i, c) in text.char_indices().skip_while(|&(i, _)| i < begin) {
                if self.collapse && c == ' ' && after_space {
                    if let Some(last) = places.last_mut().filter(|_| self.by_library) {
                        *last = i;
                    }
                    continue;
                }
                after_space = c == ' ';
                out.push(if c == SPACE { ' ' } else { c });
                if with_entries {
                    places.resize(out.len(), i);
                }
            }
        }
        if ends {
            out.push(' ');
            if with_entries {
                places.push(text.len());
            }
        }
        if with_entries {
            places.push(text.len());
        }
        (out, places)
    }

    /// Whether nothing in `text` is to be replaced: it has no `▁` and, where spaces are collapsed, no two
    /// spaces side by side.
    fn is_plain(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let doubles = || {
            let pairs = bytes.iter().zip(bytes.iter().skip(1));
            pairs.filter(|&(&a, &b)| a == b' ' && b == b' ').count()
        };
        (bytes.is_ascii() || !text.contains(SPACE))
            && (!self.collapse || bytes.first() != Some(&b' ') && doubles() == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_prepared_as_sentencepiece_does() {
        let all = Spaces {
            prefix: Prefix::Always,
            suffix: false,
            collapse: true,
            by_library: false,
        };
        let plain = Spaces::with(Prefix::Always);
        let cases = [
            (all, "  a  b ", " a b", vec![2, 2, 3, 5, 6]),
            (all, "▁a", "  a", vec![0, 0, 3, 4]),
            (all, " ▁ ", "", vec![0]),
            (plain, " a", "  a", vec![0, 0, 1, 2]),
            (plain, "", "", vec![0]),
            (Spaces::with(Prefix::IfMissing), "▁é", " é", vec![0, 3, 3, 5]),
            (
                Spaces {
                    suffix: true,
                    ..plain
                },
                "a b",
                "a b ",
                vec![0, 1, 2, 3, 3],
            ),
        ];
        for (spaces, text, expected, places) in cases {
            assert_eq!(
                spaces.prepare(text, true),
                (expected.to_owned(), places),
                "{text:?}"
            );
            assert_eq!(spaces.prepare(text, false).0, expected, "{text:?}");
        }
    }
}
