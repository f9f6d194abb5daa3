//! Expressions and senses of words.

mod phrases;
mod senses;
