//! title: A random index vector
//! concept: random indexing
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: Begin with zeros, and count the positions that you have filled.
//! hint: A position is filled if its number is not 0: then go on to the next drawn number and count nothing.
//! hint: The sign is +1 for the first, third, … filled position and −1 for the second, fourth, …
//!
//! An index vector has `dimension` entries: a few are +1 or −1, and all others are 0. Their positions
//! come from `drawn`, a list of random numbers: number r means position r modulo `dimension` (the
//! remainder of the division). If that position is filled already, skip the number. The first position
//! that is filled gets +1, the second −1, the third +1, and so on; a skipped number does not change the
//! sign that comes next. `dimension` is at least 1.

/// The index vector that the numbers of `drawn` choose.
pub fn index_row(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    // solution
    let mut row = vec![0.0; dimension];
    let mut sign = 1.0;
    for number in drawn {
        let place = number % dimension;
        if row[place] == 0.0 {
            row[place] = sign;
            sign = -sign;
        }
    }
    row
    // end
}
