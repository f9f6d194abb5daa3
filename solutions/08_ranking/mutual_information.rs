//! title: How much one tells of the other
//! concept: mutual information
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: First the sums of the rows, p(x), and the sums of the columns, p(c).
//! hint: 0 · ln 0 is not a number to a computer: skip the cells with 0.
//!
//! `joint[x][c]` is the probability p(x, c) that x and c occur together. All cells sum to 1. The sum of row x
//! is p(x), and the sum of column c is p(c). Return the mutual information
//!
//!     I = Σ_x Σ_c p(x, c) · ln( p(x, c) / (p(x) · p(c)) )
//!
//! in nats, so with the natural logarithm. A cell with 0 adds nothing. All rows have the same length.

/// The mutual information of a table, in nats.
pub fn mutual_information(joint: &[Vec<f32>]) -> f32 {
    // solution
    let mut of_column = vec![0.0; joint[0].len()];
    for row in joint {
        for (sum, p) in of_column.iter_mut().zip(row) {
            *sum += p;
        }
    }
    let mut information = 0.0;
    for row in joint {
        let of_row: f32 = row.iter().sum();
        for (&p, by_chance) in row.iter().zip(&of_column) {
            if p > 0.0 {
                information += p * (p / (of_row * by_chance)).ln();
            }
        }
    }
    information
    // end
}
