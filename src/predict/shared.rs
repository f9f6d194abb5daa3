//! A matrix that many threads read and write without locks.
//!
//! This is Hogwild (Niu, Recht, Ré and Wright 2011). Each step of stochastic gradient descent touches only a
//! few of many rows, so two threads seldom touch the same row at the same time. If they do, one update is
//! lost, and later steps make up for it. So there are no locks. Numbers lie in atomic cells, two in each,
//! which are read and written with relaxed ordering. On ordinary processors that costs no more than a plain
//! read or write, and in Rust it makes the race defined.
//!
//! On one thread no update is lost, and the result is the same bytes every time. On several threads the
//! result depends a little on which comes first.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ndarray::Array2;

/// Rows are padded with zeros to a multiple of this many numbers.
pub(super) const LANES: usize = 16;

/// A cache line: [`LANES`] numbers, two in each cell.
#[repr(align(64))]
struct Line([AtomicU64; LANES / 2]);

/// Rows of `d` numbers, each padded to [`Shared::stride`].
pub(crate) struct Shared {
    lines: Vec<Line>,
    d: usize,
    stride: usize,
}

impl Shared {
    /// The rows of a matrix.
    pub(super) fn of(matrix: &Array2<f32>) -> Self {
        let mut numbers = matrix.iter();
        Self::drawn(matrix.nrows(), matrix.ncols(), || {
            numbers.next().copied().unwrap_or_default()
        })
    }

    /// `n` rows of `d` numbers from `draw`.
    pub(super) fn drawn(n: usize, d: usize, mut draw: impl FnMut() -> f32) -> Self {
        let stride = d.next_multiple_of(LANES);
        let mut padded = vec![0.0; stride];
        let mut lines = Vec::with_capacity(n * stride / LANES);
        for _ in 0..n {
            padded[..d].iter_mut().for_each(|to| *to = draw());
            lines.extend(padded.as_chunks().0.iter().map(line));
        }
        Self { lines, d, stride }
    }

    /// The matrix, without the padding.
    pub(crate) fn matrix(&self) -> Array2<f32> {
        let n = self.lines.len() / (self.stride / LANES).max(1);
        let mut matrix = Array2::zeros((n, self.d));
        let mut padded = vec![0.0; self.stride];
        for (i, mut row) in matrix.rows_mut().into_iter().enumerate() {
            self.read(i as u32, &mut padded);
            row.iter_mut().zip(&padded).for_each(|(to, x)| *to = *x);
        }
        matrix
    }

    /// How many numbers a row has, padding included.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    fn row(&self, i: u32) -> &[Line] {
        let n = self.stride / LANES;
        &self.lines[i as usize * n..][..n]
    }

    /// Asks the processor to fetch row `i` into its cache, because it will be read soon.
    #[inline]
    pub(super) fn prefetch(&self, i: u32) {
        #[cfg(target_arch = "x86_64")]
        for line in self.row(i) {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            let address: *const Line = line;
            #[allow(unsafe_code, reason = "there is no safe prefetch yet")]
            // SAFETY: the address is that of cells that are borrowed here, and a prefetch neither reads nor
            // writes them.
            unsafe {
                _mm_prefetch::<_MM_HINT_T0>(address.cast());
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = i;
    }

    /// Copies row `i` into `to`, `stride` numbers.
    #[inline]
    pub(super) fn read(&self, i: u32, to: &mut [f32]) {
        for (to, line) in to.as_chunks_mut::<LANES>().0.iter_mut().zip(self.row(i)) {
            for (to, pair) in to.as_chunks_mut().0.iter_mut().zip(&line.0) {
                *to = parts(pair.load(Relaxed));
            }
        }
    }

    /// Writes `from`, `stride` numbers, to row `i`.
    #[inline]
    pub(super) fn write(&self, i: u32, from: &[f32]) {
        for (from, line) in from.as_chunks::<LANES>().0.iter().zip(self.row(i)) {
            for (&from, pair) in from.as_chunks().0.iter().zip(&line.0) {
                pair.store(joined(from), Relaxed);
            }
        }
    }
}

/// The cells of so many numbers.
fn line(numbers: &[f32; LANES]) -> Line {
    let (pairs, _) = numbers.as_chunks();
    Line(std::array::from_fn(|i| AtomicU64::new(joined(pairs[i]))))
}

#[inline]
fn joined([a, b]: [f32; 2]) -> u64 {
    u64::from(a.to_bits()) | u64::from(b.to_bits()) << 32
}

#[inline]
fn parts(pair: u64) -> [f32; 2] {
    [f32::from_bits(pair as u32), f32::from_bits((pair >> 32) as u32)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for d in [1, 15, 16, 17, 100] {
            let matrix = Array2::from_shape_fn((5, d), |(i, j)| (i * 100 + j) as f32 - 7.5);
            let shared = Shared::of(&matrix);
            assert_eq!(shared.matrix(), matrix);
            let mut row = vec![f32::NAN; shared.stride()];
            shared.read(3, &mut row);
            assert!(row[d..].iter().all(|x| *x == 0.0));
            row[0] = 1.25;
            shared.write(3, &row);
            assert_eq!(shared.matrix()[[3, 0]], 1.25);
        }
    }
}
