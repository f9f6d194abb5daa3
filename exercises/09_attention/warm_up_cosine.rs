//! title: Slowly up, slowly down
//! concept: schedules
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Return the learning rate of a step. In the first `warm_up` steps it rises from 0 to `most` in equal
//! steps: it is 0 at step 0, and `most` at step `warm_up`. From there it falls to `least`, which it reaches
//! at step `steps`, along half a wave of the cosine: slowly, then fast, then slowly. There may be no
//! warm-up, and it is shorter than `steps`; `step` is at most `steps`.

/// The learning rate of a step.
#[allow(unused_variables, reason = "not written yet")]
pub fn warm_up_cosine(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    todo!()
}
