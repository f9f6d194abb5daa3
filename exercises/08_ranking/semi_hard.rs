//! title: Negatives that are neither easy nor hard
//! concept: mining
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! `positive` is the distance of an anchor from its positive, and `negatives` are its distances from the
//! negatives. A negative is semi-hard if it is farther away than the positive, but by less than `margin`: the
//! order is right, and still the triplet loss is not 0. Return the indices of the semi-hard negatives in
//! `negatives`, in rising order. A negative exactly as far away as the positive is not semi-hard, nor is one
//! that is farther by exactly `margin`.

/// The numbers of the negatives that are farther than the positive by less than the margin.
#[allow(unused_variables, reason = "not written yet")]
pub fn semi_hard(positive: f32, negatives: &[f32], margin: f32) -> Vec<usize> {
    todo!()
}
