//! title: Byte fallback
//! concept: bytes
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A character that is in the list of known tokens is itself. Any other becomes the bytes of its UTF-8, each
//! written as `<0xC3>`: two hexadecimal digits in capital letters.

/// The characters of `text`, and the bytes of those that have no token.
#[allow(unused_variables, reason = "not written yet")]
pub fn byte_fallback(text: &str, known: &[String]) -> Vec<String> {
    todo!()
}
