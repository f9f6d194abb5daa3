//! title: Projecting with a sparse ternary matrix
//! concept: random projection
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: An entry (i, j, sign) adds sign · x[i] to y[j].
//! hint: Add everything up first and multiply by the factor once, at the end.
//!
//! A very sparse projection matrix R has D rows and k columns, and nearly all of its entries are 0.
//! `entries` holds the others as (row, column, sign), where the sign is 1 or −1; no (row, column) occurs
//! twice. The value of such an entry is sign · √(s / k), so that squared lengths are kept on average.
//! Return y = xR, k numbers:
//!
//!     y[j] = √(s / k) · Σ sign · x[i]     over the entries (i, j, sign) of column j.
//!
//! `x` has D numbers, and k and s are at least 1.

/// The projection of `x` to `k` dimensions.
pub fn project_ternary(x: &[f32], entries: &[(usize, usize, f32)], k: usize, s: f32) -> Vec<f32> {
    // solution
    let mut y = vec![0.0; k];
    for &(row, column, sign) in entries {
        y[column] += sign * x[row];
    }
    let factor = (s / k as f32).sqrt();
    y.iter().map(|sum| factor * sum).collect()
    // end
}
