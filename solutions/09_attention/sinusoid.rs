//! title: A clock for each pair
//! concept: sinusoidal positions
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: Pair i has the angle position / 10000^(2i/d).
//! hint: `10_000_f32.powf(x)` is a power.
//!
//! Return the vector of d numbers that stands for a position: for each pair i = 0, 1, …, d/2 − 1 the sine
//! and then the cosine of position · 10000^(−2i/d). Positions begin at 0, and d is even and above 0.

/// The sines and cosines of a position.
pub fn sinusoid(position: usize, d: usize) -> Vec<f32> {
    // solution
    let mut numbers = Vec::new();
    for i in 0..d / 2 {
        let exponent = (2 * i) as f32 / d as f32;
        let angle = position as f32 / 10_000_f32.powf(exponent);
        numbers.push(angle.sin());
        numbers.push(angle.cos());
    }
    numbers
    // end
}
