//! Several texts as one matrix of rows: one text behind the other, with or without padding.
//!
//! ```text
//!     padded   the cat sat [PAD]      packed   the cat sat | it sat
//!              it  sat [PAD] [PAD]
//! ```
//!
//! All layers but attention look at one row at a time, so it does not matter to them where a text ends. In
//! attention the texts of one length that lie side by side are taken together, `(texts, heads, n, d)`.
//! Packed texts that are sorted by length thus waste nothing: no row is computed that nobody looks at. Padded
//! ones are all of one length, and a mask keeps the others from looking at what fills them up.

use crate::nn::{DType, Device, Mask, Tensor, attention};
use crate::{Error, Result};

/// Texts as ids, one behind the other.
#[derive(Clone, PartialEq)]
pub struct BertBatch {
    pub(super) ids: Vec<u32>,
    /// The part of the text that each token belongs to: 0, or 1 in the second sentence of a pair.
    pub(super) types: Vec<u32>,
    /// Whether a token may be looked at: padding may not. Empty if all may.
    seen: Vec<bool>,
    /// The number of rows of each text.
    lengths: Vec<usize>,
}

impl BertBatch {
    /// Each text as long as it is.
    pub fn packed<T: AsRef<[u32]>>(texts: &[T]) -> Self {
        let ids: Vec<u32> = texts.iter().flat_map(|text| text.as_ref()).copied().collect();
        Self {
            types: vec![0; ids.len()],
            ids,
            seen: Vec::new(),
            lengths: texts.iter().map(|text| text.as_ref().len()).collect(),
        }
    }

    /// Each text as long as the longest, by tokens `pad` that nobody looks at.
    pub fn padded<T: AsRef<[u32]>>(texts: &[T], pad: u32) -> Self {
        let longest = texts.iter().map(|text| text.as_ref().len()).max().unwrap_or(0);
        let (mut ids, mut seen) = (Vec::new(), Vec::new());
        for text in texts.iter().map(AsRef::as_ref) {
            ids.extend_from_slice(text);
            seen.extend(std::iter::repeat_n(true, text.len()));
            ids.resize(ids.len() + longest - text.len(), pad);
            seen.resize(ids.len(), false);
        }
        Self {
            types: vec![0; ids.len()],
            ids,
            seen,
            lengths: vec![longest; texts.len()],
        }
    }

    /// The same with the part of each token, for all rows.
    ///
    /// # Errors
    /// There are not as many as rows.
    pub fn with_types(self, types: Vec<u32>) -> Result<Self> {
        match types.len() == self.ids.len() {
            true => Ok(Self { types, ..self }),
            false => Err(Error::shape("parts of tokens", self.ids.len(), types.len())),
        }
    }

    /// How many rows all texts have together.
    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    /// The rows of each text.
    pub fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    /// The first row of each text: that of `[CLS]`.
    pub(super) fn starts(&self) -> Vec<u32> {
        let ends = self.lengths.iter().scan(0, |end, n| {
            *end += *n as u32;
            Some(*end - *n as u32)
        });
        ends.collect()
    }

    /// The position of each row in its text.
    pub(super) fn positions(&self) -> Vec<u32> {
        self.lengths.iter().flat_map(|&n| 0..n as u32).collect()
    }

    /// Attention of `heads` heads within each text; all three are `(rows, d)`, and so is the result.
    pub(super) fn attention(&self, q: &Tensor, k: &Tensor, v: &Tensor, heads: usize) -> Result<Tensor> {
        let d = q.dim(1)?;
        let (mut outputs, mut start) = (Vec::new(), 0);
        for alike in self.lengths.chunk_by(|a, b| a == b) {
            let (texts, n) = (alike.len(), alike[0]);
            let mask = self.mask(start, texts, n)?;
            // (texts · n, d) -> (texts, heads, n, d / heads)
            let split = |x: &Tensor| -> Result<Tensor> {
                let rows = x.narrow(0, start, texts * n)?;
                Ok(rows
                    .reshape((texts, n, heads, d / heads))?
                    .transpose(1, 2)?
                    .contiguous()?)
            };
            let o = attention(&split(q)?, &split(k)?, &split(v)?, &mask)?;
            outputs.push(o.transpose(1, 2)?.reshape((texts * n, d))?);
            start += texts * n;
        }
        match outputs.as_slice() {
            [] => Ok(v.clone()),
            [one] => Ok(one.clone()),
            several => Ok(Tensor::cat(several, 0)?),
        }
    }

    /// What the texts that begin at row `start` may look at: not at padding, whichever token asks.
    fn mask(&self, start: usize, texts: usize, n: usize) -> Result<Mask> {
        let Some(seen) = self.seen.get(start..start + texts * n) else {
            return Ok(Mask::None);
        };
        if seen.iter().all(|&seen| seen) {
            return Ok(Mask::None);
        }
        let allowed: Vec<u8> = seen.iter().map(|&seen| seen.into()).collect();
        Mask::allowed(&Tensor::from_vec(allowed, (texts, 1, 1, n), &Device::Cpu)?.to_dtype(DType::F32)?)
    }
}

impl std::fmt::Display for BertBatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} texts in {} rows", self.lengths.len(), self.ids.len())
    }
}

crate::show::shown_as_line!(BertBatch);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_fills_up_and_packing_does_not() {
        let texts = [vec![7, 8, 9], vec![5], vec![]];
        let packed = BertBatch::packed(&texts);
        assert_eq!(
            (packed.ids.as_slice(), packed.lengths()),
            (&[7, 8, 9, 5][..], &[3, 1, 0][..])
        );
        assert_eq!(
            (packed.positions(), packed.starts()),
            (vec![0, 1, 2, 0], vec![0, 3, 4])
        );
        let padded = BertBatch::padded(&texts, 0);
        assert_eq!(padded.ids, [7, 8, 9, 5, 0, 0, 0, 0, 0]);
        assert_eq!(padded.starts(), [0, 3, 6]);
        assert_eq!(padded.to_string(), "3 texts in 9 rows");
        let e = padded.with_types(vec![1]).map(|_| ()).unwrap_err();
        assert_eq!(e.to_string(), "parts of tokens: expected 9, got 1");
    }
}
