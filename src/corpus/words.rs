//! What a word is, in this pack.
//!
//! A **word** is a run of letters and digits with at least one letter among them, in lower case.
//!
//! - Letters are those of every script (Unicode's `Alphabetic`), with the marks that are written on them:
//!   *café* is one word, whether the accent is a character of its own or not, and so is *हिन्दी*.
//! - An apostrophe, straight or curly, belongs to the word if a letter or digit is before it and a letter
//!   after it. It comes out straight: *don't*, *nation's*. Every other sign ends a word: *well-known* is two
//!   words, and so is *U.S.*
//! - A run of digits only is dropped: hardly any number is frequent enough to learn something about it, and
//!   *1,000.50* would come out as three. *1970s* and *mp3* are words.
//! - Chinese, Japanese, Thai, … put no space between words, so a run of letters is a clause. The tokenizers
//!   of chapter 7 are made for that.
//!
//! A text that is already cut into words is read with [`Cut::Spaces`]. For words of the letters `a` to `z`,
//! both cuts give the same, at about the same speed.

use std::borrow::Cow;
use std::ops::Range;

/// How a text is cut into words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// As [`words`] does.
    #[default]
    Words,
    /// At white space (ASCII's) and nowhere else, and case is kept. This is for a text that is already cut
    /// into words, such as *new_york has 8 million people .*
    Spaces,
}

impl Cut {
    /// The words of `text` in order. A word is not copied if it is in the text in its final form.
    ///
    /// ```
    /// use course::corpus::Cut;
    /// assert_eq!(Cut::Words.iter("New_York, 8 million").collect::<Vec<_>>(), ["new", "york", "million"]);
    /// assert_eq!(Cut::Spaces.iter("new_york , 8 million").collect::<Vec<_>>(), ["new_york", ",", "8", "million"]);
    /// ```
    pub fn iter(self, text: &str) -> CutWords<'_> {
        CutWords {
            cut: self,
            text,
            start: 0,
            at: 0,
        }
    }
}

impl Cut {
    /// The positions of the words of `text`, in bytes, in order.
    pub(crate) fn places(self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let mut words = self.iter(text);
        std::iter::from_fn(move || words.next().map(|_| words.last_place()))
    }
}

/// The words of `text` in order, in lower case. The top of this file says what a word is.
///
/// ```
/// use course::corpus::words;
/// assert_eq!(
///     words("Don't PANIC: it’s the well-known 1970s, not 1984."),
///     ["don't", "panic", "it's", "the", "well", "known", "1970s", "not"]
/// );
/// ```
pub fn words(text: &str) -> Vec<String> {
    Cut::Words.iter(text).map(Cow::into_owned).collect()
}

/// The iterator that [`Cut::iter`] gives.
#[derive(Clone, Debug)]
pub struct CutWords<'a> {
    cut: Cut,
    text: &'a str,
    /// Where the last word begins.
    start: usize,
    /// Where the unread part begins: always between two characters.
    at: usize,
}

impl<'a> Iterator for CutWords<'a> {
    type Item = Cow<'a, str>;

    #[inline]
    fn next(&mut self) -> Option<Cow<'a, str>> {
        match self.cut {
            Cut::Words => self.next_word(),
            Cut::Spaces => self.next_piece().map(Cow::Borrowed),
        }
    }
}

/// Written into a text where a word may be hyphenated.
const SOFT_HYPHEN: char = '\u{ad}';

/// The classes of characters for [`CutWords::next_word`]. A set of them says what a word contains.
mod class {
    pub(super) const OTHER: u8 = 0;
    pub(super) const DIGIT: u8 = 1;
    pub(super) const LETTER: u8 = 2;
    /// It is written differently in the final word: a capital letter, a curly apostrophe.
    pub(super) const CHANGES: u8 = 4;
    pub(super) const APOSTROPHE: u8 = 8;
    /// It can continue a word but not begin one.
    pub(super) const MARK: u8 = 16;
    /// A byte that is not a whole character: the character must be looked up.
    pub(super) const WIDE: u8 = 32;
}

/// The class of every byte.
const CLASS: [u8; 256] = {
    let mut table = [class::OTHER; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'0'..=b'9' => class::DIGIT,
            b'a'..=b'z' => class::LETTER,
            b'A'..=b'Z' => class::LETTER | class::CHANGES,
            b'\'' => class::APOSTROPHE,
            0x80.. => class::WIDE,
            _ => class::OTHER,
        };
        b += 1;
    }
    table
};

impl<'a> CutWords<'a> {
    fn next_piece(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let blank = u8::is_ascii_whitespace;
        self.start = self.at + bytes[self.at..].iter().position(|b| !blank(b))?;
        self.at = bytes[self.start..]
            .iter()
            .position(blank)
            .map_or(bytes.len(), |n| self.start + n);
        Some(&self.text[self.last_place()])
    }

    fn next_word(&mut self) -> Option<Cow<'a, str>> {
        loop {
            let seen = self.skip_to_word()? | self.run_through_word();
            if seen & class::LETTER != 0 {
                let word = &self.text[self.last_place()];
                return Some(if seen & class::CHANGES == 0 {
                    Cow::Borrowed(word)
                } else {
                    lower(word).into()
                });
            }
        }
    }

    /// The position of the last word in the text.
    pub(super) fn last_place(&self) -> Range<usize> {
        self.start..self.at
    }

    /// Moves past the next letter or digit, and returns its class.
    #[inline]
    fn skip_to_word(&mut self) -> Option<u8> {
        loop {
            self.start = self.at;
            let class = self.step()?;
            if class & (class::LETTER | class::DIGIT) != 0 {
                return Some(class);
            }
        }
    }

    /// Moves to the end of the word that has begun, and returns the classes that it meets.
    #[inline]
    fn run_through_word(&mut self) -> u8 {
        let mut seen = 0;
        let mut end = self.at;
        while let Some(class) = self.step() {
            // An apostrophe is inside the word if a letter follows it: what comes before it is the word.
            let inner =
                class & class::APOSTROPHE == 0 || self.text[self.at..].starts_with(char::is_alphabetic);
            if class == class::OTHER || !inner {
                break;
            }
            seen |= class;
            end = self.at;
        }
        self.at = end;
        seen
    }

    /// Moves past the next character, and returns its class.
    #[inline]
    fn step(&mut self) -> Option<u8> {
        let class = CLASS[usize::from(*self.text.as_bytes().get(self.at)?)];
        if class == class::WIDE {
            return self.wide_step();
        }
        self.at += 1;
        Some(class)
    }

    /// [`Self::step`] for a character outside ASCII.
    #[inline(never)]
    fn wide_step(&mut self) -> Option<u8> {
        let c = self.text[self.at..].chars().next()?;
        self.at += c.len_utf8();
        Some(match c {
            '’' => class::APOSTROPHE | class::CHANGES,
            SOFT_HYPHEN => class::MARK | class::CHANGES,
            c if c.is_alphabetic() && c.to_lowercase().next() == Some(c) => class::LETTER,
            c if c.is_alphabetic() => class::LETTER | class::CHANGES,
            c if c.is_numeric() => class::DIGIT,
            c if is_mark(c) => class::MARK,
            _ => class::OTHER,
        })
    }
}

/// `word` in lower case, with straight apostrophes and without soft hyphens.
fn lower(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if !word.is_ascii() {
        lower = lower.replace('’', "'").replace(SOFT_HYPHEN, "");
    }
    lower
}

/// Whether `c`, which is not itself a letter, is written on the letter before it or joins it to the next one.
///
/// These are the characters of Unicode's categories Mn, Mc and Me that are not `Alphabetic`, for the scripts
/// of living languages, and the two joiners.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' // Latin, Greek, Cyrillic
        | '\u{591}'..='\u{5bd}' | '\u{658}' | '\u{6df}'..='\u{6e0}' | '\u{6ea}'..='\u{6ec}' // Hebrew, Arabic
        | '\u{740}'..='\u{74a}' | '\u{7eb}'..='\u{7f3}' | '\u{898}'..='\u{89f}' | '\u{8ca}'..='\u{8ff}'
        | '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}' | '\u{9fe}' // India
        | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{afd}'..='\u{aff}' | '\u{b3c}' | '\u{b4d}' | '\u{b55}'
        | '\u{bcd}' | '\u{c3c}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}' | '\u{d3b}'..='\u{d3c}' | '\u{d4d}' | '\u{dca}'
        | '\u{e47}'..='\u{e4e}' | '\u{eba}' | '\u{ec8}'..='\u{ecc}' // Thai, Lao
        | '\u{f18}'..='\u{f19}' | '\u{f35}' | '\u{f37}' | '\u{f39}' | '\u{f3e}'..='\u{f3f}' // Tibetan
        | '\u{f84}' | '\u{f86}'..='\u{f87}' | '\u{1037}' | '\u{1039}'..='\u{103a}' // Burmese
        | '\u{135d}'..='\u{135f}' | '\u{17c9}'..='\u{17d3}' | '\u{17dd}' // Ethiopic, Khmer
        | '\u{1ab0}'..='\u{1acb}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}'..='\u{309a}' // Japanese
        | '\u{200c}' | '\u{200d}') // Persian, and again India
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One row for each rule.
    #[test]
    fn what_a_word_is() {
        let table: [(&str, &[&str]); 15] = [
            ("", &[]),
            (" .,;-'’ ", &[]),
            ("The cat, the CAT.", &["the", "cat", "the", "cat"]),
            (
                "don't don’t o'clock rock'n'roll",
                &["don't", "don't", "o'clock", "rock'n'roll"],
            ),
            ("'tis the dogs' ''a''", &["tis", "the", "dogs", "a"]),
            (
                "well-known snake_case e-mail@x.org",
                &["well", "known", "snake", "case", "e", "mail", "x", "org"],
            ),
            ("1984 3.5 1,000.50 ½", &[]),
            (
                "the 1970s 1970's mp3 3rd m²",
                &["the", "1970s", "1970's", "mp3", "3rd", "m²"],
            ),
            (
                "CAFÉ cafe\u{301} co\u{ad}operate",
                &["café", "cafe\u{301}", "cooperate"],
            ),
            ("ΟΔΟΣ Straße ЁЛКА", &["οδος", "straße", "ёлка"]),
            ("हिन्दी में", &["हिन्दी", "में"]),
            ("می‌خواهم", &["می‌خواهم"]),
            ("全ての人間は、自由", &["全ての人間は", "自由"]),
            ("👩‍💻 1️⃣ a™b", &["a", "b"]),
            ("\u{301}a", &["a"]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_word_is_borrowed_where_it_can_be() {
        let borrowed = |text| matches!(Cut::Words.iter(text).next(), Some(Cow::Borrowed(_)));
        assert!(borrowed("don't") && borrowed("été") && borrowed("全て"));
        assert!(!borrowed("Don't") && !borrowed("don’t"));
    }

    proptest! {
        /// Words that are cut again stay the same.
        #[test]
        fn cutting_is_idempotent(text in "(\\PC|[a-zA-Z0-9'’ .\u{301}\u{ad}ΣİÉ-])*") {
            let once = words(&text);
            prop_assert_eq!(&words(&once.join(" ")), &once);
            prop_assert!(once.iter().all(|w| w.chars().any(char::is_alphabetic) && w.to_lowercase() == *w));
        }

        /// On a text of `a` to `z` and spaces, the two cuts are the same, and equal to the standard
        /// library's.
        #[test]
        fn both_cuts_agree_on_plain_words(text in "[a-z \n\t]*") {
            let plain: Vec<_> = text.split_whitespace().collect();
            prop_assert_eq!(Cut::Words.iter(&text).collect::<Vec<_>>(), plain.clone());
            prop_assert_eq!(Cut::Spaces.iter(&text).collect::<Vec<_>>(), plain);
        }

        /// The cut of the peers, runs of `a` to `z`, on a text with no other letters, digits or apostrophes.
        #[test]
        fn it_is_the_benchmark_cut_on_english(text in "[a-zA-Z .,;:!?()\"\n-]*") {
            let lower = text.to_lowercase();
            let peers: Vec<_> = lower.split(|c: char| !c.is_ascii_lowercase()).filter(|w| !w.is_empty()).collect();
            prop_assert_eq!(words(&text), peers);
        }
    }
}
