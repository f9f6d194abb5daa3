//! title: From bytes to text
//! concept: bytes
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: `tokens.concat()` puts all bytes into one list.
//! hint: The standard library decodes with replacement: `String::from_utf8_lossy`.
//!
//! At byte level a token is a list of bytes, and it can end in the middle of a character. Put the bytes of
//! all tokens together and decode them as UTF-8. What is no UTF-8 becomes the replacement character U+FFFD:
//! one for each longest beginning of a character that is cut off, and one for each byte that cannot begin
//! one.

/// The text that `tokens` stand for.
pub fn decode_tokens(tokens: &[Vec<u8>]) -> String {
    // solution
    String::from_utf8_lossy(&tokens.concat()).into_owned()
    // end
}
