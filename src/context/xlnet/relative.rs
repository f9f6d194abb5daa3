//! Attention by relative positions, as in Transformer-XL: how far apart two tokens are counts, not where they
//! stand.
//!
//! ```text
//!     S_ij = [ (q_i + u)·k_j  +  (q_i + v)·r_{i−j}  +  (q_i + w)·s_{same or not} ] / √e
//!             by content         by distance           by part of the text
//! ```
//!
//! r_t is W_r times the sinusoids of the distance t; u, v, w are learned, as is s, a vector for "of the same
//! part" and one for "of another". A memory of m tokens goes before the n tokens of the text, so i counts
//! from m on. The parts are relative as well: swapping part 0 and part 1 changes nothing.
//!
//! All distances of all pairs are products of n queries with n + K vectors r, from K down to −n + 1, for
//! K = m + n keys. Row i then has its distances in other columns than row i + 1: the **relative shift** moves
//! each row by one more to the left, by reading the numbers with another row length.
//!
//! ```text
//!     0 1 2 3 4      two queries, three keys: row 0 begins at column 2, row 1 at column 1
//!     5 6 7 8 9          2 3 4 | 6 7 8
//! ```
//!
//! Source: Dai et al. (2019), *Transformer-XL: Attentive Language Models beyond a Fixed-Length Context*.

use crate::Result;
use crate::nn::{D, Tensor};

/// Of `x` `(heads, n, n + keys)`, the part `(heads, n, keys)` in which column j of row i is what was in
/// column n − i + j.
pub(super) fn relative_shift(x: &Tensor, keys: usize) -> Result<Tensor> {
    let (heads, n, wide) = x.dims3()?;
    if n == 0 {
        return Ok(x.narrow(2, 0, keys)?);
    }
    let x = x
        .contiguous()?
        .reshape((heads, wide, n))?
        .narrow(1, 1, wide - 1)?;
    Ok(x.contiguous()?
        .reshape((heads, n, wide - 1))?
        .narrow(2, 0, keys)?)
}

/// The sinusoids of the distances from `keys` down to −n + 1, `(keys + n, d)`: sines in the first half of a
/// row, cosines in the second.
pub(super) fn distances(n: usize, keys: usize, d: usize, like: &Tensor) -> Result<Tensor> {
    let mut rows = Vec::with_capacity((keys + n) * d);
    for distance in (1 - n as i64..=keys as i64).rev() {
        let angle = |i: usize| distance as f64 / 10_000_f64.powf(2.0 * i as f64 / d as f64);
        rows.extend((0..d.div_ceil(2)).map(|i| angle(i).sin()));
        rows.extend((0..d / 2).map(|i| angle(i).cos()));
    }
    Ok(Tensor::from_vec(rows, (keys + n, d), like.device())?.to_dtype(like.dtype())?)
}

/// `x` `(rows, d)` by a weight `(d, heads, e)`: `(heads, rows, e)`.
pub(super) fn by_heads(x: &Tensor, weight: &Tensor) -> Result<Tensor> {
    let (d, heads, e) = weight.dims3()?;
    let y = x.contiguous()?.matmul(&weight.reshape((d, heads * e))?)?;
    Ok(y.reshape((x.dim(0)?, heads, e))?.transpose(0, 1)?.contiguous()?)
}

/// (q + bias) kᵀ for q `(heads, n, e)`, bias `(heads, e)` and k `(heads, m, e)`: `(heads, n, m)`.
pub(super) fn scores(q: &Tensor, bias: &Tensor, k: &Tensor) -> Result<Tensor> {
    let q = q.broadcast_add(&bias.unsqueeze(1)?)?;
    Ok(q.matmul(&k.transpose(D::Minus2, D::Minus1)?.contiguous()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device};

    #[test]
    fn the_shift_moves_each_row_by_one_more() {
        let x = Tensor::arange(0_f64, 10.0, &Device::Cpu)
            .unwrap()
            .reshape((1, 2, 5))
            .unwrap();
        let shifted = relative_shift(&x, 3).unwrap().to_vec3::<f64>().unwrap();
        assert_eq!(shifted, [[[2.0, 3.0, 4.0], [6.0, 7.0, 8.0]]]);
    }

    /// Column j of row i is column n − i + j of before, for many sizes and several heads.
    #[test]
    fn the_shift_is_a_column_for_each_distance() {
        for (n, keys) in [(1, 1), (1, 4), (3, 3), (4, 7)] {
            let wide = n + keys;
            let all: Vec<f64> = (0..2 * n * wide).map(|i| i as f64).collect();
            let x = Tensor::from_vec(all, (2, n, wide), &Device::Cpu).unwrap();
            let (before, after) = (x.to_vec3::<f64>().unwrap(), relative_shift(&x, keys).unwrap());
            for (h, rows) in after.to_vec3::<f64>().unwrap().into_iter().enumerate() {
                for (i, row) in rows.into_iter().enumerate() {
                    assert_eq!(row, before[h][i][n - i..n - i + keys]);
                }
            }
        }
    }

    /// The distance 0 has sines of 0 and cosines of 1; a distance and its negative have opposite sines.
    #[test]
    fn distances_fall_from_the_oldest_key() {
        let like = Tensor::zeros(1, DType::F64, &Device::Cpu).unwrap();
        let rows = distances(2, 3, 4, &like).unwrap().to_vec2::<f64>().unwrap();
        assert_eq!(rows.len(), 5); // 3, 2, 1, 0, −1
        assert_eq!(rows[3], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!([rows[4][0], rows[4][2]], [-rows[2][0], rows[2][2]]);
        assert!((rows[0][1] - 0.03_f64.sin()).abs() < 1e-12);
    }
}
