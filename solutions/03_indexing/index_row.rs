//! title: A random index vector
//! concept: random indexing
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: Begin with zeros, and keep a count of the places that you have filled.
//! hint: A place is taken if its number is not 0: then go to the next drawn number and count nothing.
//! hint: The sign is +1 for the first, third, … filled place and −1 for the second, fourth, …
//!
//! An index vector has `dimension` places, a few of them +1 or −1 and all others 0. The places come from
//! `drawn`, a list of random numbers: number r means place r modulo `dimension` (the remainder of the
//! division). A place that is already filled is drawn in vain: skip the number. The first place that is
//! filled gets +1, the second −1, the third +1, and so on; a skipped number does not change whose turn it is.
//! `dimension` is at least 1.

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
