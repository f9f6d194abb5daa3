//! Bytes as letters, as byte-level vocabularies write them in JSON. A printing character of Latin-1 stands
//! for itself. The 68 other bytes are the characters from U+0100 on: a space is Ġ, a line end Ċ.
//!
//! Source: Radford et al. (2019), the file `encoder.py` of their program.

/// The letter of a byte.
pub(in crate::tokenize) fn letter(b: u8) -> char {
    let code = match b {
        33..=126 | 161..=172 | 174..=255 => u32::from(b),
        0..=32 => 256 + u32::from(b),
        127..=160 => 256 + 33 + u32::from(b) - 127,
        173 => 256 + 67,
    };
    char::from_u32(code).unwrap_or('?')
}

/// The byte of a letter, if it is one.
pub(in crate::tokenize) fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (33..=126 | 161..=172 | 174..=255) => u8::try_from(code).ok(),
        code @ 256..=288 => u8::try_from(code - 256).ok(),
        code @ 289..=322 => u8::try_from(code - 289 + 127).ok(),
        323 => Some(173),
        _ => None,
    }
}

/// Bytes as letters.
pub(in crate::tokenize) fn written(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| letter(b)).collect()
}

/// Letters as bytes.
pub(in crate::tokenize) fn read(letters: &str) -> Option<Vec<u8>> {
    letters.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_a_letter_of_its_own() {
        let all: std::collections::BTreeSet<char> = (0..=255).map(letter).collect();
        assert_eq!(all.len(), 256);
        assert!((0..=255_u8).all(|b| byte(letter(b)) == Some(b)));
        assert!(('\0'..='\u{1000}').all(|c| byte(c).is_none_or(|b| letter(b) == c)));
        assert_eq!(written(b"a \n"), "aĠĊ");
    }
}
