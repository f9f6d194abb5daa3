//! title: Slowly up, slowly down
//! concept: schedules
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: In the warm-up the rate is most · step / warm_up.
//! hint: After it p = (step − warm_up) / (steps − warm_up) goes from 0 to 1, and (1 + cos πp)/2 from 1 to 0.
//!
//! Return the learning rate of a step. In the first `warm_up` steps it rises from 0 to `most` in equal
//! steps: it is 0 at step 0, and `most` at step `warm_up`. From there it falls to `least`, which it reaches
//! at step `steps`, along half a wave of the cosine: slowly, then fast, then slowly. There may be no
//! warm-up, and it is shorter than `steps`; `step` is at most `steps`.

/// The learning rate of a step.
pub fn warm_up_cosine(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    // solution
    if step < warm_up {
        return most * step as f32 / warm_up as f32;
    }
    let p = (step - warm_up) as f32 / (steps - warm_up) as f32;
    let wave = (1.0 + (std::f32::consts::PI * p).cos()) / 2.0;
    least + (most - least) * wave
    // end
}
