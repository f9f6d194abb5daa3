//! What the fused operations need of `f32` and `f64`, and how they access the numbers of a tensor.

use candle_core::{CpuStorage, DType, Layout, Result, Storage, Tensor, WithDType};
use ndarray::{ArrayView2, ArrayViewMut2};

use crate::Error;

/// `f32` or `f64`.
pub(in crate::nn) trait Number: WithDType {
    fn exp(self) -> Self;
    fn ln(self) -> Self;
    fn sqrt(self) -> Self;
    fn erf(self) -> Self;

    /// Replaces each x by tanh x, to about 1e-7 of 1 in `f32`.
    fn tanhs(x: &mut [Self]);

    /// Overwrites `out` with `a · b`, on this thread.
    fn multiply(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()>;
}

impl Number for f32 {
    fn exp(self) -> Self {
        f32::exp(self)
    }

    fn ln(self) -> Self {
        f32::ln(self)
    }

    fn sqrt(self) -> Self {
        f32::sqrt(self)
    }

    fn erf(self) -> Self {
        candle_core::cpu::erf::erf_f32(self)
    }

    /// tanh |x| = (1 − e) / (1 + e) with e = exp(−2 |x|), many exponentials at a time.
    fn tanhs(x: &mut [Self]) {
        let mut e: Vec<Self> = x.iter().map(|x| x.abs()).collect();
        crate::math::exponentials(&mut e, -2.0, 0.0);
        for (x, e) in x.iter_mut().zip(e) {
            *x = ((1.0 - e) / (1.0 + e)).copysign(*x);
        }
    }

    fn multiply(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()> {
        crate::math::matmul_into(a, b, out).map_err(candle_core::Error::wrap)
    }
}

impl Number for f64 {
    fn exp(self) -> Self {
        f64::exp(self)
    }

    fn ln(self) -> Self {
        f64::ln(self)
    }

    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }

    fn erf(self) -> Self {
        candle_core::cpu::erf::erf_f64(self)
    }

    fn tanhs(x: &mut [Self]) {
        x.iter_mut().for_each(|x| *x = x.tanh());
    }

    fn multiply(a: ArrayView2<Self>, b: ArrayView2<Self>, mut out: ArrayViewMut2<Self>) -> Result<()> {
        ndarray::linalg::general_mat_mul(1.0, &a, &b, 0.0, &mut out);
        Ok(())
    }
}

/// Runs `$body` with `$T` as the type that `$dtype` names.
macro_rules! of_type {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            candle_core::DType::F32 => {
                type $T = f32;
                $body
            }
            candle_core::DType::F64 => {
                type $T = f64;
                $body
            }
            other => candle_core::bail!("expected f32 or f64, got {}", other.as_str()),
        }
    };
}
pub(in crate::nn) use of_type;

/// Whether there is a fused form for the device and the type of this tensor.
///
/// # Errors
/// The tensor holds whole numbers, with which candle would panic.
pub(super) fn has_fused_form(x: &Tensor) -> crate::Result<bool> {
    if !x.dtype().is_float() {
        let expected = "floating-point numbers";
        return Err(Error::value("a tensor", expected, x.dtype().as_str()));
    }
    Ok(x.device().is_cpu() && matches!(x.dtype(), DType::F32 | DType::F64))
}

/// The numbers of a tensor that is on the CPU and contiguous.
pub(in crate::nn) fn numbers<'a, T: Number>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [T]> {
    let Some((from, to)) = layout.contiguous_offsets() else {
        candle_core::bail!("expected numbers that lie one behind the other");
    };
    Ok(&storage.as_slice::<T>()?[from..to])
}

/// As [`numbers`], for the storage of a tensor.
pub(in crate::nn) fn numbers_of<'a, T: Number>(storage: &'a Storage, layout: &Layout) -> Result<&'a [T]> {
    match storage {
        Storage::Cpu(storage) => numbers(storage, layout),
        _ => candle_core::bail!("expected a tensor on the CPU"),
    }
}

/// Sums that a compiler computes in parallel: as many as two registers hold in `f32`.
const LANES: usize = 16;

/// Σ `f(a)`, in an order that depends on the length alone.
pub(super) fn sum<T: Number>(a: &[T], f: impl Fn(T) -> T) -> T {
    let (chunks, rest) = a.as_chunks::<LANES>();
    let mut lanes = [T::zero(); LANES];
    for chunk in chunks {
        for (lane, &a) in lanes.iter_mut().zip(chunk) {
            *lane += f(a);
        }
    }
    let start = rest.iter().fold(T::zero(), |sum, &a| sum + f(a));
    lanes.iter().fold(start, |sum, &lane| sum + lane)
}

/// Σ `f(a, b)`, in an order that depends on the length alone.
pub(super) fn sum2<T: Number>(a: &[T], b: &[T], f: impl Fn(T, T) -> T) -> T {
    let ((a_chunks, a_rest), (b_chunks, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut lanes = [T::zero(); LANES];
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for ((lane, &a), &b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += f(a, b);
        }
    }
    let start = a_rest
        .iter()
        .zip(b_rest)
        .fold(T::zero(), |sum, (&a, &b)| sum + f(a, b));
    lanes.iter().fold(start, |sum, &lane| sum + lane)
}

/// The largest number of a row; NaN counts only if it is first, and for an empty row it is −∞.
pub(super) fn largest<T: Number>(row: &[T]) -> T {
    let first = row
        .first()
        .copied()
        .unwrap_or_else(|| T::from_f64(f64::NEG_INFINITY));
    row.iter().copied().fold(first, |a, b| if b > a { b } else { a })
}
