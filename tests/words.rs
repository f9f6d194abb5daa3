//! Expressions and senses of words.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod phrases;
mod senses;
