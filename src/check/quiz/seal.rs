//! Sealing a text so that it opens with the answer that it belongs to.
//!
//! For an answer `a` to question `q` of quiz `z`:
//!
//! ```text
//! key      = SHA-256(z, 0, q, 0, a)
//! stream   = SHA-256(key, 0) SHA-256(key, 1) …          the block's number in four bytes, the most significant first
//! sealed   = hex((mark, text, spaces) xor stream)       to a multiple of 64 bytes, so that the length tells little
//! ```
//!
//! The key of another answer gives other bytes; these begin with the mark once in 2³² times. There are few
//! answers, and the method is described here, so anybody who wants to can try them all.
//!
//! For a number, the answer is a cell of a grid. The right number `v` with tolerance `t` is in the middle of
//! a cell of width `w = 2t`. Where the grid begins, `v mod w`, is public; which of its cells it is, is the
//! key. So exactly the numbers within the tolerance open the seal.

use sha2::{Digest, Sha256};

/// What every sealed text begins with.
const MARK: &[u8] = b"quiz";

/// The length of a sealed text is a multiple of this.
const STEP: usize = 64;

/// The question that a seal belongs to: the quiz's name and the question's.
#[derive(Clone, Copy)]
pub(super) struct Lock<'a> {
    pub(super) quiz: &'a str,
    pub(super) question: &'a str,
}

impl Lock<'_> {
    fn key(self, answer: &str) -> [u8; 32] {
        Sha256::digest([self.quiz, "\0", self.question, "\0", answer].concat()).into()
    }

    /// Seals `text` for `answer`.
    pub(super) fn seal(self, answer: &str, text: &str) -> String {
        let mut bytes = [MARK, text.as_bytes()].concat();
        bytes.resize(bytes.len().next_multiple_of(STEP), b' ');
        stream(&self.key(answer), &mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The text that was sealed for `answer`, if `sealed` was sealed for this answer.
    pub(super) fn open(self, answer: &str, sealed: &str) -> Option<String> {
        let digit = |at: usize| u8::from_str_radix(sealed.get(at..at + 2)?, 16).ok();
        let mut bytes: Vec<u8> = (0..sealed.len()).step_by(2).map(digit).collect::<Option<_>>()?;
        stream(&self.key(answer), &mut bytes);
        let text = std::str::from_utf8(bytes.strip_prefix(MARK)?).ok()?;
        Some(text.trim_end().to_owned())
    }
}

fn stream(key: &[u8; 32], bytes: &mut [u8]) {
    for (i, block) in bytes.chunks_mut(32).enumerate() {
        let pad = Sha256::new()
            .chain_update(key)
            .chain_update((i as u32).to_be_bytes())
            .finalize();
        for (byte, pad) in block.iter_mut().zip(pad) {
            *byte ^= pad;
        }
    }
}

/// A short name for a choice that depends only on its text: six hexadecimal digits.
pub(super) fn name_of(question: &str, text: &str) -> String {
    let digest = Sha256::digest([question, "\0", text].concat());
    digest.iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

/// The width of the cells for a tolerance. Both ends belong to the cell of the middle, even where `f64`
/// rounds them. A tolerance of 0 still allows for rounding in what a student computes.
pub(super) fn width(tolerance: f64) -> f64 {
    (2.0 * tolerance * (1.0 + 1e-9)).max(2e-9)
}

/// Where the grid begins if `value` is in the middle of a cell.
pub(super) fn offset(value: f64, width: f64) -> f64 {
    value - width * (value / width).floor()
}

/// The number of the cell that contains `x`. The page computes the same, operation by operation.
pub(super) fn cell(x: f64, offset: f64, width: f64) -> f64 {
    ((x - offset) / width + 0.5).floor()
}

/// The answer that opens grid number `i` for `x`.
pub(super) fn number(i: usize, x: f64, offset: f64, width: f64) -> String {
    // Without the sign that a zero may have.
    format!("number {i} {}", cell(x, offset, width) + 0.0)
}

/// The answer that a list of names stands for.
pub(super) fn list(kind: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("{kind} {}", names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LOCK: Lock = Lock {
        quiz: "01_vectors",
        question: "length",
    };

    /// Computed by `tests/oracles/seal.py`.
    #[test]
    fn a_seal_is_that_of_the_published_method() {
        assert_eq!(LOCK.seal("choice 5c1f09", "right\nYes."), ORACLE);
        assert_eq!(name_of("length", "5"), NAME);
    }
    const ORACLE: &str = "7371359ece7bca6a4aebef57e01de01103b26527647cc35be595f60df6382203\
                          a02e980a4768e523be3f18e71aa1c8ff7bbb5efd293d7e37bbd5e1e74dfe2c39";
    const NAME: &str = "01f0a9";

    proptest! {
        #[test]
        fn what_is_sealed_opens_with_its_own_answer_alone(text in "\\PC{0,200}", answer in "[a-z]{1,9}", other in "[a-z]{1,9}") {
            let sealed = LOCK.seal(&answer, &text);
            prop_assert_eq!(LOCK.open(&answer, &sealed), Some(text.trim_end().to_owned()));
            prop_assert_eq!(sealed.len() % (2 * STEP), 0);
            if other != answer {
                prop_assert_eq!(LOCK.open(&other, &sealed), None);
            }
        }

        #[test]
        fn exactly_the_tolerance_is_in_the_cell(value in -1e4..1e4_f64, tolerance in 1e-3..10.0_f64, at in -3.0..3.0_f64) {
            let width = width(tolerance);
            let offset = offset(value, width);
            prop_assert!((0.0..=width).contains(&offset));
            let inside = cell(value + at * tolerance, offset, width) == cell(value, offset, width);
            prop_assume!((at.abs() - 1.0).abs() > 1e-6);
            prop_assert_eq!(inside, at.abs() < 1.0);
        }
    }

    #[test]
    fn both_ends_are_within_the_tolerance() {
        for (value, tolerance) in [
            (1.414, 0.005),
            (0.25, 0.01),
            (-3.0, 0.1),
            (20_000.0, 0.5),
            (0.0, 0.0),
            (7.0, 0.0),
        ] {
            let width = width(tolerance);
            let offset = offset(value, width);
            for x in [value - tolerance, value + tolerance] {
                assert_eq!(
                    cell(x, offset, width),
                    cell(value, offset, width),
                    "{value} ± {tolerance}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_seal_does_not_open() {
        for broken in ["", "00", "zz", "0", "é0", "00112233445566778899"] {
            assert_eq!(LOCK.open("a", broken), None, "{broken}");
        }
    }
}
