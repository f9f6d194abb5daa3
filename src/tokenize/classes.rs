//! The class of a character: one table look-up for every question that a tokenizer asks.
//!
//! The table is made once, from the Unicode tables of `regex-syntax`. So `\p{L}` means here exactly what it
//! means to the regex engines that the published patterns were written for. There are sixteen bits for each
//! character, in pages of 256 characters; equal pages are kept only once, which takes about 150 kB instead of
//! 2 MB.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// `\p{L}`: a letter.
pub(super) const LETTER: u16 = 1;
/// `\p{N}`: a number.
pub(super) const NUMBER: u16 = 1 << 1;
/// `\s`: white space.
pub(super) const SPACE: u16 = 1 << 2;
/// `[^\s\p{L}\p{N}]`: none of the three, such as punctuation, symbols, marks and controls.
pub(super) const OTHER: u16 = 1 << 3;
/// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`: what the beginning of a capitalised word may consist of.
pub(super) const UPPER: u16 = 1 << 4;
/// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`: what the rest of it may consist of.
pub(super) const LOWER: u16 = 1 << 5;
/// `[\r\n]`: the end of a line.
pub(super) const NEWLINE: u16 = 1 << 6;
/// `\p{P}` or the other printing characters of ASCII that are neither letters nor digits: what BERT calls
/// punctuation.
pub(super) const PUNCTUATION: u16 = 1 << 7;
/// `\p{Mn}`: a mark that takes up no space of its own, such as an accent.
pub(super) const MARK: u16 = 1 << 8;
/// `[\p{Cc}\p{Cf}\p{Co}]` without tab and line ends: what BERT's cleaning removes.
pub(super) const CONTROL: u16 = 1 << 9;

const PAGE: usize = 256;
const N_CHARS: usize = 0x11_0000;

/// The table.
pub(super) struct Classes {
    ascii: [u16; 128],
    page: Vec<u16>,
    flags: Vec<u16>,
}

impl Classes {
    /// The one table.
    pub(super) fn get() -> &'static Self {
        static CLASSES: LazyLock<Classes> = LazyLock::new(Classes::new);
        &CLASSES
    }

    fn new() -> Self {
        let mut all = vec![0_u16; N_CHARS];
        let classes = [
            (r"\p{L}", LETTER),
            (r"\p{N}", NUMBER),
            (r"\s", SPACE),
            (r"[^\s\p{L}\p{N}]", OTHER),
            (r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", UPPER),
            (r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]", LOWER),
            (r"[\r\n]", NEWLINE),
            (r"[\p{P}$+<=>^`|~]", PUNCTUATION),
            (r"\p{Mn}", MARK),
            (r"[\p{Cc}\p{Cf}\p{Co}--\t\r\n]", CONTROL),
        ];
        for (class, flag) in classes {
            for (first, last) in ranges(class) {
                for flags in &mut all[first as usize..=last as usize] {
                    *flags |= flag;
                }
            }
        }
        let mut ascii = [0; 128];
        ascii.copy_from_slice(&all[..128]);
        let mut seen = HashMap::new();
        let (mut page, mut flags) = (Vec::new(), Vec::new());
        for chunk in all.chunks_exact(PAGE) {
            let number = *seen.entry(chunk).or_insert_with(|| {
                flags.extend_from_slice(chunk);
                (flags.len() / PAGE - 1) as u16
            });
            page.push(number);
        }
        Self { ascii, page, flags }
    }

    /// The flags of `c`.
    #[inline]
    pub(super) fn of(&self, c: char) -> u16 {
        let c = c as usize;
        self.flags[usize::from(self.page[c / PAGE]) * PAGE + c % PAGE]
    }

    /// The flags of the character that begins at byte `i` of `text`, and its length in bytes. At the end of
    /// the text there are no flags and the length is 0.
    #[inline]
    pub(super) fn at(&self, text: &str, i: usize) -> (u16, usize) {
        match text.as_bytes().get(i) {
            Some(&b) if b < 128 => (self.ascii[usize::from(b)], 1),
            Some(_) => match text.get(i..).and_then(|rest| rest.chars().next()) {
                Some(c) => (self.of(c), c.len_utf8()),
                None => (0, 1),
            },
            None => (0, 0),
        }
    }
}

/// The characters of a class, as ranges that include both ends.
fn ranges(class: &str) -> Vec<(char, char)> {
    match regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(set))) => set.iter().map(|r| (r.start(), r.end())).collect(),
        // The classes are constants; the test below reads every one of them.
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_its_characters() {
        let t = Classes::get();
        let cases = [
            ('a', LETTER | LOWER),
            ('A', LETTER | UPPER),
            ('語', LETTER | UPPER | LOWER),
            ('7', NUMBER),
            ('½', NUMBER),
            (' ', SPACE),
            ('\n', SPACE | NEWLINE),
            ('\u{301}', OTHER | UPPER | LOWER | MARK),
            ('+', OTHER | PUNCTUATION),
            ('。', OTHER | PUNCTUATION),
            ('\0', OTHER | CONTROL),
            ('\u{200d}', OTHER | CONTROL),
            ('🙂', OTHER),
        ];
        for (c, flags) in cases {
            let control = t.of(c) & if c == '\n' { !CONTROL } else { !0 };
            assert_eq!(control, flags, "{c:?}");
            assert_eq!(t.at(&format!("é{c}"), 2), (t.of(c), c.len_utf8()));
        }
        assert_eq!(t.of('\t') & CONTROL, 0);
        assert_eq!(t.at("", 0), (0, 0));
    }

    #[test]
    fn white_space_and_the_rest_are_as_the_standard_library_has_them() {
        let t = Classes::get();
        for c in '\0'..=char::MAX {
            let flags = t.of(c);
            assert_eq!(flags & SPACE != 0, c.is_whitespace(), "{c:?}");
            assert_eq!(
                flags & OTHER != 0,
                flags & (LETTER | NUMBER | SPACE) == 0,
                "{c:?}"
            );
        }
    }
}
