//! The engine of the losses that compare all vectors of a batch: similarities by matrix products, a loss for
//! each row of them, gradients by matrix products again.
//!
//! ```text
//!     S = X Yᵀ,   L = Σᵢ ℓ(Sᵢ),   G = ∂L/∂S           ∂L/∂X = G Y,   ∂L/∂Y = Gᵀ X
//! ```
//!
//! A row of S is all that ℓ needs, so S is never whole in memory: a band of rows is computed, turned into G
//! in its place, multiplied, and the next band takes its place. For n rows, m candidates and d numbers:
//! time 6nmd, memory (n + m) d and a band of a fixed size (or [`TILE`] rows of m for each thread), not nm.
//! There may be several pairs (X, Y), or *blocks*, side by side in a row.
//!
//! Each sum has an order that does not depend on the number of threads.

use ndarray::{Array2, ArrayView2, Axis, s};
use rayon::prelude::*;

use crate::Result;
use crate::nn::Real;

/// How many numbers a band has, if that is more than a tile for each thread: 4 MB in `f32`.
const BAND: usize = 1 << 20;

/// How many rows one thread takes at a time. The product packs all candidates anew for each tile, which would
/// cost much for fewer rows.
const TILE: usize = 256;

/// The matrices of a product, by their numbers; its similarities stand at `columns` of each row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) left: usize,
    pub(super) right: usize,
    /// Whether a gradient comes from here.
    pub(super) learns: bool,
}

/// What a row adds to the loss.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub(super) loss: f64,
    /// ∂/∂ ln(1/τ), if the temperature is learned.
    pub(super) of_log_scale: f64,
}

/// What all rows give.
pub(super) struct Sum<T> {
    pub(super) parts: Vec<Part>,
    /// By each matrix; `None` where no gradient was asked for.
    pub(super) gradients: Vec<Option<Array2<T>>>,
}

/// Matrices with rows of the same length, and which of them need a gradient.
pub(super) struct Bands<'a, T> {
    pub(super) matrices: &'a [ArrayView2<'a, T>],
    pub(super) tracked: &'a [bool],
    pub(super) blocks: &'a [Block],
}

impl<T: Real> Bands<'_, T> {
    /// Where the similarities of each block begin, and the length of a row.
    pub(super) fn offsets(&self) -> (Vec<usize>, usize) {
        let mut width = 0;
        let offsets = self.blocks.iter().map(|block| {
            let from = width;
            width += self.matrices[block.right].nrows();
            from
        });
        (offsets.collect(), width)
    }

    /// For each of `n` rows `row(i, similarities)` turns the similarities into ∂L/∂s. All left matrices
    /// have n rows.
    pub(super) fn run(&self, n: usize, row: impl Fn(usize, &mut [T]) -> Part + Sync) -> Result<Sum<T>> {
        let (offsets, width) = self.offsets();
        let mut of_left = self.zeros(|block| block.left);
        let mut of_right = self.zeros(|block| block.right);
        let mut parts = vec![Part::default(); n];
        // A tile for each thread at least: the sums are those of the tiles, however many are in a band.
        let rows = (BAND / width.max(1) / TILE).max(rayon::current_num_threads()) * TILE;
        for from in (0..n).step_by(rows) {
            let to = (from + rows).min(n);
            let band = self.band(from, width, &offsets, &mut of_left, &mut parts[from..to], &row)?;
            for (block, &offset) in self.blocks.iter().zip(&offsets) {
                let Some(gradient) = of_right[block.right].as_mut().filter(|_| block.learns) else {
                    continue;
                };
                let left = self.matrices[block.left].slice(s![from..to, ..]);
                add_product(&band, offset, left, gradient)?;
            }
        }
        let gradients = of_left.into_iter().zip(of_right).map(|pair| match pair {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        });
        let mut gradients: Vec<_> = gradients.collect();
        for (i, gradient) in gradients.iter_mut().enumerate() {
            if gradient.is_none() && self.tracked[i] {
                *gradient = Some(Array2::zeros(self.matrices[i].dim()));
            }
        }
        Ok(Sum { parts, gradients })
    }

    /// A gradient for each matrix that is on this side of a block, if one is needed.
    fn zeros(&self, side: impl Fn(&Block) -> usize) -> Vec<Option<Array2<T>>> {
        let is_used = |i: usize| self.blocks.iter().any(|b| b.learns && side(b) == i);
        let matrices = self.matrices.iter().enumerate();
        matrices
            .map(|(i, x)| (self.tracked[i] && is_used(i)).then(|| Array2::zeros(x.dim())))
            .collect()
    }

    /// The similarities of a band, turned into ∂L/∂s, by tiles of rows; G Y is written into `of_left`.
    fn band(
        &self,
        from: usize,
        width: usize,
        offsets: &[usize],
        of_left: &mut [Option<Array2<T>>],
        parts: &mut [Part],
        row: &(impl Fn(usize, &mut [T]) -> Part + Sync),
    ) -> Result<Vec<Array2<T>>> {
        // A band begins with a tile.
        let mut gradients: Vec<_> = of_left
            .iter_mut()
            .map(|g| {
                g.as_mut()
                    .map(|g| g.axis_chunks_iter_mut(Axis(0), TILE).skip(from / TILE))
            })
            .collect();
        let tiles: Vec<_> = parts
            .chunks_mut(TILE)
            .enumerate()
            .map(|(i, parts)| {
                let of_left: Vec<_> = gradients
                    .iter_mut()
                    .map(|g| g.as_mut().and_then(Iterator::next))
                    .collect();
                (from + i * TILE, parts, of_left)
            })
            .collect();
        let columns = |i: usize| offsets[i]..offsets[i] + self.matrices[self.blocks[i].right].nrows();
        let tiles = tiles
            .into_par_iter()
            .map(|(first, parts, mut of_left)| -> Result<Array2<T>> {
                let rows = s![first..first + parts.len(), ..];
                let mut tile = Array2::zeros((parts.len(), width));
                for (i, block) in self.blocks.iter().enumerate() {
                    let (left, right) = (self.matrices[block.left], self.matrices[block.right]);
                    T::matmul_into(left.slice(rows), right.t(), tile.slice_mut(s![.., columns(i)]))?;
                }
                for (i, (mut line, part)) in tile.outer_iter_mut().zip(parts).enumerate() {
                    if let Some(line) = line.as_slice_mut() {
                        *part = row(first + i, line);
                    }
                }
                let mut fresh = vec![true; self.matrices.len()];
                for (i, block) in self.blocks.iter().enumerate() {
                    let Some(gradient) = of_left[block.left].as_mut().filter(|_| block.learns) else {
                        continue;
                    };
                    let of_row = tile.slice(s![.., columns(i)]);
                    let right = self.matrices[block.right];
                    match std::mem::replace(&mut fresh[block.left], false) {
                        true => T::matmul_into(of_row, right, gradient.view_mut())?,
                        false => T::matmul_add(of_row, right, gradient.view_mut())?,
                    }
                }
                Ok(tile)
            });
        tiles.collect()
    }
}

/// `out += Gᵀ X` for the columns of the band G that begin at `from`, in parallel over tiles of rows of `out`.
fn add_product<T: Real>(
    band: &[Array2<T>],
    from: usize,
    x: ArrayView2<T>,
    out: &mut Array2<T>,
) -> Result<()> {
    let outs: Vec<_> = out.axis_chunks_iter_mut(Axis(0), TILE).enumerate().collect();
    outs.into_par_iter().try_for_each(|(i, mut out)| -> Result<()> {
        let columns = from + i * TILE..from + i * TILE + out.nrows();
        let mut pieces = band.iter().zip(x.axis_chunks_iter(Axis(0), TILE));
        pieces.try_for_each(|(g, x)| T::matmul_add(g.slice(s![.., columns.clone()]).t(), x, out.view_mut()))
    })
}
