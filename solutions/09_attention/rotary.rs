//! title: Pairs that turn
//! concept: rotary positions
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: A pair (a, b) turned by the angle t is (a cos t − b sin t, a sin t + b cos t).
//! hint: `x.chunks(2).enumerate()` gives the pairs with their numbers.
//!
//! Turn each pair of neighbours, (x_0, x_1), (x_2, x_3), …: pair i turns by the angle position ·
//! base^(−2i/d), where d is the length of `x`, from the first number's axis towards the second one's.
//! Positions begin at 0, and d is even and above 0.

/// The vector with each pair turned.
pub fn rotary(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    // solution
    let mut turned = Vec::new();
    for (i, pair) in x.chunks(2).enumerate() {
        let exponent = (2 * i) as f32 / x.len() as f32;
        let (sin, cos) = (position as f32 / base.powf(exponent)).sin_cos();
        turned.push(pair[0] * cos - pair[1] * sin);
        turned.push(pair[0] * sin + pair[1] * cos);
    }
    turned
    // end
}
