//! Pre-tokenisation: the cuts that no token may cross.
//!
//! Before a byte-pair encoding merges anything, the text is cut into pieces (words with the space before
//! them, numbers, runs of punctuation, runs of white space), and merges stay within a piece. GPT's cuts are
//! published as regular expressions:
//!
//! | pattern | models | expression |
//! |---|---|---|
//! | [`Pattern::Gpt2`] | GPT-2, GPT-3 (r50k, p50k) | `'(?:[sdmt]\|ll\|ve\|re)\| ?\p{L}+\| ?\p{N}+\| ?[^\s\p{L}\p{N}]+\|\s+(?!\S)\|\s+` |
//! | [`Pattern::Cl100k`] | GPT-3.5, GPT-4 | any case of `'s` …, `[^\r\n\p{L}\p{N}]?\p{L}+\|\p{N}{1,3}\| ?[^\s\p{L}\p{N}]+[\r\n]*\|\s+$\|\s*[\r\n]\|\s+(?!\S)\|\s` |
//! | [`Pattern::O200k`] | GPT-4o | as cl100k, but a word is cut where a capital follows a small letter, and takes its `'s` along |
//! | [`Pattern::Llama3`], [`Pattern::Qwen2`] | Llama 3; Qwen | as cl100k with the last alternatives in another order; Qwen has one digit a piece |
//! | [`Pattern::Lines`] | none; to see what a pattern is for | `[^\n]*\n\|[^\n]+` |
//!
//! A regex engine that tries the alternatives one after the other reads the same characters many times. One
//! that backtracks may read a run of n characters n times, once from each start. Here each pattern is a
//! scanner written by hand: one look at the first character says which alternatives are possible, and then a
//! run is read to its end. Every character is read a bounded number of times, so the time is linear in the
//! length of any text.
//!
//! Source: the patterns of OpenAI's `tiktoken`, and Radford et al. (2019), *Language Models are Unsupervised
//! Multitask Learners*, section 2.2.

use std::ops::Range;

use super::classes::{Classes, LETTER, LOWER, NEWLINE, NUMBER, OTHER, SPACE, UPPER};

/// Where a text is cut before any merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// GPT-2's.
    Gpt2,
    /// GPT-4's.
    Cl100k,
    /// GPT-4o's.
    O200k,
    /// Llama 3's.
    Llama3,
    /// Qwen 2's and 3's.
    Qwen2,
    /// After each line end and nowhere else: merges cross spaces, and a sequence of words may become a token.
    Lines,
}

/// The pieces of a text, one after the other. Together they are the whole text.
#[derive(Clone)]
pub struct Pieces<'a> {
    scan: Scan<'a>,
    pattern: Pattern,
    at: usize,
}

impl Pattern {
    /// The regular expression that the scanner implements, as tokenizer files have it. Here it is run only in
    /// the tests.
    ///
    /// ```
    /// use course::tokenize::Pattern;
    /// assert!(Pattern::Qwen2.expression().contains(r"|\p{N}|"));
    /// ```
    pub fn expression(self) -> &'static str {
        match self {
            Pattern::Gpt2 => {
                r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
            }
            Pattern::Cl100k => {
                r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
            }
            Pattern::O200k => {
                r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
            }
            Pattern::Llama3 => {
                r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
            }
            Pattern::Qwen2 => {
                r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
            }
            Pattern::Lines => r"[^\n]*\n|[^\n]+",
        }
    }

    /// The pieces of `text`, as ranges of bytes that follow one another without a gap.
    ///
    /// ```
    /// use course::tokenize::Pattern;
    /// let text = "Don't pay 12345 dollars.\n";
    /// let cut = |p: Pattern| p.pieces(text).map(|r| &text[r]).collect::<Vec<_>>();
    /// assert_eq!(cut(Pattern::Gpt2), ["Don", "'t", " pay", " 12345", " dollars", ".", "\n"]);
    /// assert_eq!(cut(Pattern::O200k), ["Don't", " pay", " ", "123", "45", " dollars", ".\n"]);
    /// ```
    pub fn pieces(self, text: &str) -> Pieces<'_> {
        Pieces {
            scan: Scan {
                text,
                classes: Classes::get(),
            },
            pattern: self,
            at: 0,
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.scan.text.len() {
            return None;
        }
        self.at = match self.pattern {
            Pattern::Gpt2 => self.scan.gpt2(start),
            Pattern::Cl100k => self.scan.cl100k(start, 3, true),
            Pattern::O200k => self.scan.o200k(start),
            Pattern::Llama3 => self.scan.cl100k(start, 3, false),
            Pattern::Qwen2 => self.scan.cl100k(start, 1, false),
            Pattern::Lines => {
                let rest = self.scan.text.as_bytes().get(start..).unwrap_or_default();
                let end = rest.iter().position(|&b| b == b'\n');
                end.map_or(self.scan.text.len(), |n| start + n + 1)
            }
        };
        Some(start..self.at)
    }
}

#[derive(Clone)]
struct Scan<'a> {
    text: &'a str,
    classes: &'static Classes,
}

impl Scan<'_> {
    #[inline]
    fn class(&self, i: usize) -> (u16, usize) {
        self.classes.at(self.text, i)
    }

    /// The end of the run of characters of `class` that begins at `i`.
    #[inline]
    fn run(&self, mut i: usize, class: u16) -> usize {
        loop {
            let (flags, n) = self.class(i);
            if flags & class == 0 {
                return i;
            }
            i += n;
        }
    }

    #[inline]
    fn byte(&self, i: usize) -> u8 {
        self.text.as_bytes().get(i).copied().unwrap_or(0)
    }

    /// The end of `'s`, `'t`, `'re` … at `i`, in lower case only.
    fn contraction(&self, i: usize) -> Option<usize> {
        match (self.byte(i), self.byte(i + 1), self.byte(i + 2)) {
            (b'\'', b's' | b'd' | b'm' | b't', _) => Some(i + 2),
            (b'\'', b'l', b'l') | (b'\'', b'v' | b'r', b'e') => Some(i + 3),
            _ => None,
        }
    }

    /// The same in any case. The long s (ſ) counts as an s in another case.
    fn any_contraction(&self, i: usize) -> Option<usize> {
        let lower = |i| self.byte(i).to_ascii_lowercase();
        match (self.byte(i), lower(i + 1), lower(i + 2)) {
            (b'\'', b's' | b'd' | b'm' | b't', _) => Some(i + 2),
            (b'\'', b'l', b'l') | (b'\'', b'v' | b'r', b'e') => Some(i + 3),
            (b'\'', 0xC5, 0xBF) => Some(i + 3),
            _ => None,
        }
    }

    /// `\s+(?!\S)|\s+`: white space to the end of the text, or otherwise without its last character, which
    /// may belong to the next word. If there is only that one character, it is taken.
    #[inline]
    fn space(&self, start: usize) -> usize {
        let (mut i, mut last) = (start, start);
        loop {
            let (flags, n) = self.class(i);
            if flags & SPACE == 0 {
                return if n == 0 || last == start { i } else { last };
            }
            last = i;
            i += n;
        }
    }

    /// The same, but `\s*[\r\n]+` is tried before these two, and `\s+$` before all three if `end_first`.
    #[inline]
    fn space_and_lines(&self, start: usize, end_first: bool) -> usize {
        let (mut i, mut last, mut line) = (start, start, None);
        loop {
            let (flags, n) = self.class(i);
            if flags & SPACE == 0 {
                return match line {
                    _ if end_first && n == 0 => i,
                    Some(end) => end,
                    None if n == 0 || last == start => i,
                    None => last,
                };
            }
            last = i;
            i += n;
            if flags & NEWLINE != 0 {
                line = Some(i);
            }
        }
    }

    #[inline]
    fn gpt2(&self, start: usize) -> usize {
        if let Some(end) = self.contraction(start) {
            return end;
        }
        let i = start + usize::from(self.byte(start) == b' ');
        let (flags, n) = self.class(i);
        match flags & (LETTER | NUMBER | OTHER) {
            0 => self.space(start),
            class => self.run(i + n, class),
        }
    }

    #[inline]
    fn cl100k(&self, start: usize, digits: usize, end_first: bool) -> usize {
        if let Some(end) = self.any_contraction(start) {
            return end;
        }
        let (flags, n) = self.class(start);
        if flags & LETTER != 0 {
            return self.run(start + n, LETTER);
        }
        if flags & NUMBER != 0 {
            return self.digits(start, digits);
        }
        if flags & NEWLINE == 0 {
            let (after, m) = self.class(start + n);
            if after & LETTER != 0 {
                return self.run(start + n + m, LETTER);
            }
        }
        match self.others(start) {
            Some(end) => self.run(end, NEWLINE),
            None => self.space_and_lines(start, end_first),
        }
    }

    /// ` ?[^\s\p{L}\p{N}]+`, if it matches here.
    fn others(&self, start: usize) -> Option<usize> {
        let i = start + usize::from(self.byte(start) == b' ');
        let end = self.run(i, OTHER);
        (end > i).then_some(end)
    }

    fn digits(&self, start: usize, most: usize) -> usize {
        let mut i = start;
        for _ in 0..most {
            match self.class(i) {
                (flags, n) if flags & NUMBER != 0 => i += n,
                _ => break,
            }
        }
        i
    }

    #[inline]
    fn o200k(&self, start: usize) -> usize {
        let (flags, n) = self.class(start);
        let prefix = flags & (LETTER | NUMBER | NEWLINE) == 0;
        // One character that is not a letter may come before the word. If no word follows it and it is a
        // mark, the mark itself is the word.
        let with = prefix.then(|| self.small_word(start + n)).flatten();
        if let Some(end) = with.or_else(|| self.small_word(start)) {
            return self.any_contraction(end).unwrap_or(end);
        }
        let with = prefix.then(|| self.capitals(start + n)).flatten();
        if let Some(end) = with.or_else(|| self.capitals(start)) {
            return self.any_contraction(end).unwrap_or(end);
        }
        if flags & NUMBER != 0 {
            return self.digits(start, 3);
        }
        let Some(mut end) = self.others(start) else {
            return self.space_and_lines(start, false);
        };
        loop {
            match self.byte(end) {
                b'\r' | b'\n' | b'/' => end += 1,
                _ => return end,
            }
        }
    }

    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`. Some characters are in both sets. The
    /// first run takes as many characters as it can. If nothing is left for the second run, the match ends
    /// after the last character that is in both sets.
    #[inline]
    fn small_word(&self, start: usize) -> Option<usize> {
        let (mut i, mut both) = (start, None);
        loop {
            let (flags, n) = self.class(i);
            if flags & UPPER == 0 {
                return if flags & LOWER != 0 {
                    Some(self.run(i + n, LOWER))
                } else {
                    both
                };
            }
            i += n;
            if flags & LOWER != 0 {
                both = Some(i);
            }
        }
    }

    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`.
    fn capitals(&self, start: usize) -> Option<usize> {
        let end = self.run(start, UPPER);
        (end > start).then(|| self.run(end, LOWER))
    }
}
