//! title: A vector for a word never seen
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Go through the pieces, add up the vectors of those that are known, and count them.
//! hint: Without a known piece there is nothing to divide by: the answer is all zeros.
//!
//! A word that the training never saw still has pieces that it did see. Its vector is the mean of the vectors
//! of its known pieces. `pieces` are the word's n-grams; one that comes twice counts twice. `known` has
//! pieces with their vectors, each piece once, all vectors of one length, at least one entry. A piece that is
//! not in `known` does not count at all. If none is known, the vector is all zeros.

/// The mean of the known pieces' vectors.
pub fn unknown_vector(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    // solution
    let mut mean = vec![0.0; known[0].1.len()];
    let mut n = 0.0;
    for piece in pieces {
        for (other, vector) in known {
            if piece == other {
                n += 1.0;
                for (sum, x) in mean.iter_mut().zip(vector) {
                    *sum += x;
                }
            }
        }
    }
    if n > 0.0 {
        for x in &mut mean {
            *x /= n;
        }
    }
    mean
    // end
}
