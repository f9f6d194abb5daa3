//! GloVe's vectors, 50 numbers each, for the 20,000 most frequent words of a corpus of 6 billion tokens.
//!
//! Their authors trained them on Wikipedia (2014) and Gigaword 5. Here they are in half precision, which
//! changes no number by more than 0.002 or by more than one part in 2,048. The other 380,000 words, in full
//! precision, are fetched.
//!
//! Source: Pennington, Socher and Manning (2014), *GloVe: Global Vectors for Word Representation*.

use half::f16;
use ndarray::Array2;

use super::vendored::{File, built_in, sound};
use crate::Result;
use crate::error::Location;

static WORDS: File = built_in!("glove/words.txt.gz");
static VECTORS: File = built_in!("glove/vectors.npy.gz");

/// How many numbers the vector of a word has.
const N_NUMBERS: usize = 50;

/// The words, the most frequent first, and a matrix with one row for each: (20,000, 50).
///
/// ```
/// let (words, matrix) = course::data::glove::vectors();
/// assert_eq!(words[..3], ["the", ",", "."]);
/// assert_eq!(matrix.dim(), (20_000, 50));
/// ```
pub fn vectors() -> (Vec<String>, Array2<f32>) {
    let words: Vec<String> = sound(WORDS.text()).lines().map(str::to_owned).collect();
    let matrix = sound(VECTORS.bytes().and_then(|npy| parse(&npy, words.len())));
    (words, matrix)
}

/// NumPy's format, version 1, as the script writes it: a header of 128 bytes, then the numbers row by row.
fn parse(npy: &[u8], n_words: usize) -> Result<Array2<f32>> {
    let about = format!("{{'descr': '<f2', 'fortran_order': False, 'shape': ({n_words}, {N_NUMBERS}), }}");
    let header = [b"\x93NUMPY\x01\x00\x76\x00", format!("{about:<117}\n").as_bytes()].concat();
    let Some(numbers) = npy.strip_prefix(header.as_slice()) else {
        return Err(VECTORS.wrong(Location::Byte(0), format!("expected the header {about}")));
    };
    let numbers: Vec<f32> = (numbers.chunks_exact(2))
        .map(|two| f16::from_le_bytes([two[0], two[1]]).to_f32())
        .collect();
    let expected = header.len() + 2 * n_words * N_NUMBERS;
    Array2::from_shape_vec((n_words, N_NUMBERS), numbers)
        .ok()
        .filter(|_| npy.len() == expected)
        .ok_or_else(|| {
            let problem = format!("expected {expected} bytes, got {}", npy.len());
            VECTORS.wrong(Location::Byte(npy.len() as u64), problem)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cut_short_is_an_error() {
        let npy = VECTORS.bytes().unwrap();
        assert!(parse(&npy, 20_000).is_ok());
        let error = |npy: &[u8], n| parse(npy, n).unwrap_err().to_string();
        let file = "built-in glove/vectors.npy.gz, byte";
        assert_eq!(
            error(&npy[..npy.len() - 1], 20_000),
            format!("{file} 2000127: expected 2000128 bytes, got 2000127")
        );
        assert!(error(&npy[..npy.len() - 2], 20_000).contains("got 2000126"));
        assert!(error(&npy, 19_999).starts_with(&format!("{file} 0: expected the header ")));
    }
}
