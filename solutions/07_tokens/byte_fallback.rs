//! title: Byte fallback
//! concept: bytes
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: `text.chars()` gives the characters; `c.to_string()` is a text of one.
//! hint: `c.to_string().bytes()` gives the bytes of its UTF-8.
//! hint: `format!("<0x{byte:02X}>")` writes two hexadecimal digits in capital letters.
//!
//! A character that is in the list of known tokens is itself. Any other becomes the bytes of its UTF-8, each
//! written as `<0xC3>`: two hexadecimal digits in capital letters.

/// The characters of `text`, and the bytes of those that have no token.
pub fn byte_fallback(text: &str, known: &[String]) -> Vec<String> {
    // solution
    let mut tokens = Vec::new();
    for token in text.chars().map(String::from) {
        if known.contains(&token) {
            tokens.push(token);
        } else {
            tokens.extend(token.bytes().map(|byte| format!("<0x{byte:02X}>")));
        }
    }
    tokens
    // end
}
