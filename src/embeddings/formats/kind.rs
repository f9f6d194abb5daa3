//! What a file is when it is not a file of vectors. Its first bytes tell, so that an error can say it.

/// The longest piece of a file that an error shows, in characters.
const SHOWN: usize = 40;

/// What kind of file begins with these bytes, if it is one that people confuse with files of vectors.
pub(crate) fn of(start: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (
            &[0xba, 0x16, 0x4f, 0x2f],
            "a model of fastText (.bin), which `FastTextModel::read_bin` reads",
        ),
        (b"\x93NUMPY", "an array of NumPy (.npy)"),
        (b"PK\x03\x04", "a zip archive (.zip, .npz, .pt): unpack it first"),
        (b"\x1f\x8b", "a file packed by gzip: its name must end in .gz"),
        (b"\x80\x02}", "a pickle of Python"),
        (b"\x80\x04\x95", "a pickle of Python"),
        (b"PAR1", "a table (.parquet)"),
    ];
    (kinds.iter())
        .find(|(magic, _)| start.starts_with(magic))
        .map(|&(_, what)| what)
}

/// Bytes of a file as an error shows them: as text, and no more than fits on a line.
pub(crate) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * SHOWN)]);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?} …", &text[..end]),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_piece_is_shown_in_part() {
        assert_eq!(shown(b"caf\xc3\xa9"), "\"café\"");
        let shown = shown(&b"\xff\xfe".repeat(1 << 20));
        assert_eq!(shown.chars().filter(|&c| c == '\u{fffd}').count(), SHOWN);
        assert!(shown.ends_with("\" …"));
    }
}
