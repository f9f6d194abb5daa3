//! Files that are broken.

use rand::Rng;

use super::pick;

/// Pieces that break a notebook, or its text, in the ways that matter to a reader.
const PIECES: [&[u8]; 32] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud800",
    b",",
    b":",
    b"null",
    b"1e400",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\"outputs\":",
    b"\"metadata\": {\"keep_output\": true},",
    b"\"cell_type\": \"code\",",
    b"<<<<<<< a\n",
    b"\0",
    b"\n// %%",
    b"\n// %% [markdown] ",
    b"\n// %% [raw]\n",
    b" id=\"a\"",
    b" tags=[",
    b"// ",
    b"\n// ---\n",
    b"\n# %%",
    b"\n:dep x\n",
    b"metadata.",
    b"\n\n",
    b"  ",
];

/// `text` with a few bytes taken out, doubled, replaced or put in.
pub(super) fn damaged(text: &[u8], rng: &mut impl Rng) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..rng.random_range(1..6) {
        let from = rng.random_range(0..=text.len());
        let to = (from + rng.random_range(0..40)).min(text.len());
        match rng.random_range(0..4) {
            0 => drop(text.drain(from..to)),
            1 => {
                let piece = pick(rng, &PIECES);
                text.splice(from..from, piece.iter().copied());
            }
            2 => {
                let copy = text[from..to].to_vec();
                let at = rng.random_range(0..=text.len());
                text.splice(at..at, copy);
            }
            _ => {
                if let Some(byte) = text.get_mut(from) {
                    *byte = rng.random();
                }
            }
        }
    }
    text
}
