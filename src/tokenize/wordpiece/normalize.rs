//! What BERT does to a text before it looks for pieces: cleaning, lower case, removing accents, and cutting
//! into words.
//!
//! 1. Control characters are removed, and every kind of white space becomes a space.
//! 2. A Chinese character is a word of its own.
//! 3. Characters are taken apart (é is e and an accent, Unicode's NFD) and the accents are removed.
//! 4. Capitals become lower case.
//! 5. Words are what is between white space, and each punctuation mark is a word of its own.
//!
//! The classes are those of the current Unicode version. The `tokenizers` library has those of an older one,
//! so it does not treat a few newer characters as marks or punctuation.
//!
//! Source: Devlin et al. (2018) and the file `tokenization.py` of their program.

use unicode_normalization::char::decompose_canonical;

use crate::tokenize::classes::{CONTROL, Classes, MARK, PUNCTUATION, SPACE};

/// Which of BERT's steps are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Normalization {
    /// Control characters are removed, and every kind of white space becomes a space.
    pub clean: bool,
    /// A Chinese character is a word of its own.
    pub split_chinese: bool,
    /// Accents are removed.
    pub strip_accents: bool,
    /// Capitals become lower case.
    pub lowercase: bool,
}

crate::plot::shown_as_record!(Normalization);

impl Default for Normalization {
    /// All steps, as for the uncased BERT.
    fn default() -> Self {
        Self {
            clean: true,
            split_chinese: true,
            strip_accents: true,
            lowercase: true,
        }
    }
}

impl Normalization {
    /// The steps of a BERT that keeps capitals and accents.
    pub fn cased() -> Self {
        Self {
            strip_accents: false,
            lowercase: false,
            ..Self::default()
        }
    }

    /// Calls `word` with each word of `text` after these steps. For each byte of the word, `places` says
    /// where the character that it came from begins and ends in `text`. It is empty unless `with_entries`.
    pub(super) fn words(self, text: &str, with_entries: bool, mut word: impl FnMut(&str, &[(usize, usize)])) {
        let classes = Classes::get();
        let (mut now, mut places) = (String::new(), Vec::new());
        let mut end_word = |now: &mut String, places: &mut Vec<(usize, usize)>| {
            if !now.is_empty() {
                word(now, places);
                now.clear();
                places.clear();
            }
        };
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if c.is_ascii_alphanumeric() {
                now.push(if self.lowercase { c.to_ascii_lowercase() } else { c });
                if with_entries {
                    places.push((start, end));
                }
                continue;
            }
            let flags = classes.of(c);
            if self.clean && (flags & CONTROL != 0 || c == '\u{fffd}') {
                continue;
            }
            if flags & SPACE != 0 {
                end_word(&mut now, &mut places);
                continue;
            }
            let alone = self.split_chinese && is_chinese(c);
            if alone {
                end_word(&mut now, &mut places);
            }
            let mut push = |c: char| {
                let flags = classes.of(c);
                if flags & SPACE != 0 {
                    end_word(&mut now, &mut places);
                    return;
                }
                let mark = flags & PUNCTUATION != 0;
                if mark {
                    end_word(&mut now, &mut places);
                }
                now.push(c);
                if with_entries {
                    places.resize(now.len(), (start, end));
                }
                if mark {
                    end_word(&mut now, &mut places);
                }
            };
            let mut push = |c: char| {
                if self.lowercase {
                    c.to_lowercase().for_each(&mut push);
                } else {
                    push(c);
                }
            };
            if self.strip_accents {
                decompose_canonical(c, |c| {
                    if classes.of(c) & MARK == 0 {
                        push(c);
                    }
                });
            } else {
                push(c);
            }
            if alone {
                end_word(&mut now, &mut places);
            }
        }
        end_word(&mut now, &mut places);
    }
}

/// Whether `c` is in one of the blocks of Chinese characters that BERT names. Japanese and Korean letters are
/// not.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(n: Normalization, text: &str) -> Vec<String> {
        let mut all = Vec::new();
        n.words(text, true, |word, places| {
            assert_eq!(word.len(), places.len());
            all.push(word.to_owned());
        });
        all
    }

    #[test]
    fn the_steps_one_by_one() {
        let all = Normalization::default();
        assert_eq!(words(all, "Héllo,\tWÖRLD!"), ["hello", ",", "world", "!"]);
        assert_eq!(words(all, "語言 ab\u{0}c\u{200d}"), ["語", "言", "abc"]);
        assert_eq!(
            words(all, "don't e-mail a+b"),
            ["don", "'", "t", "e", "-", "mail", "a", "+", "b"]
        );
        assert_eq!(
            words(all, "İstanbul ǅ 각"),
            ["istanbul", "ǆ", "\u{1100}\u{1161}\u{11a8}"]
        );
        assert_eq!(words(Normalization::cased(), "Héllo 語x"), ["Héllo", "語", "x"]);
        assert_eq!(words(all, " \u{301}"), [""; 0]);
    }
}
