//! A learning rate that rises and falls.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::train::{Fall, Schedule};

exercise! {
    /// The learning rate of a step.
    "09_attention/warm_up_cosine": warm_up_cosine(
        step: usize as *usize, warm_up: usize as *usize, steps: usize as *usize, most: f32 as *f32, least: f32 as *f32
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("half of the warm-up", [5_usize, 10_usize, 30_usize, 1.0_f32, 0.0_f32]),
        ("the first step of all", [0_usize, 10_usize, 30_usize, 1.0_f32, 0.5_f32]),
        ("the top", [10_usize, 10_usize, 30_usize, 1.0_f32, 0.0_f32]),
        ("half of the fall", [20_usize, 10_usize, 30_usize, 1.0_f32, 0.5_f32]),
        ("the end", [30_usize, 10_usize, 30_usize, 1.0_f32, 0.25_f32]),
        ("without a warm-up", [0_usize, 0_usize, 4_usize, 2.0_f32, 1.0_f32]),
    ],
    mistakes: [
        ("step + 1", "The warm-up is one step ahead: step 0 has the rate 0.", ahead),
        ("fall from the start", "The fall is measured from step 0: it begins after the warm-up.", from_start),
        ("warm-up in the way", "The way of the fall is `steps` long: it is `steps − warm_up`.", long_way),
        ("to 0", "The rate falls to 0: it ends at `least`.", to_zero),
        ("least added", "`least` is added to the whole wave, so that the top is too high: the wave goes from most to least.", least_added),
        ("linear", "The rate falls linearly: it follows half a wave of the cosine.", linear),
        ("quarter of a wave", "This is cos(πp/2): the rate is that of (1 + cos πp)/2.", quarter),
        ("no warm-up", "There is no warm-up: the rate rises from 0 to `most` in the first `warm_up` steps.", no_warm_up),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let n = |i: usize| get::<usize>(values, i).unwrap_or(0);
    let rate = |i: usize| get::<f32>(values, i).unwrap_or(-1.0);
    n(1) < n(2) && n(0) <= n(2) && rate(3) > 0.0 && rate(4) >= 0.0 && rate(4) <= rate(3)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let (warm_up, fall) = (whole(rng, 0..=n), whole(rng, 1..=2 * n));
    let step = whole(rng, 0..=warm_up + fall);
    let most = [1.0_f32, 0.5, 2.0][whole(rng, 0..=2)];
    let least = most * [0.0_f32, 0.125, 0.5][whole(rng, 0..=2)];
    vec![
        step.to_value(),
        warm_up.to_value(),
        (warm_up + fall).to_value(),
        most.to_value(),
        least.to_value(),
    ]
}

fn truth(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    let done = |n: usize| n as f64 / steps as f64;
    let to = f64::from(least) / f64::from(most);
    let schedule = Schedule {
        warm_up: done(warm_up),
        fall: Fall::Cosine { to },
    };
    (f64::from(most) * schedule.factor(done(step))) as f32
}

/// From most to least, where `wave` goes from 1 to 0.
fn between(most: f32, least: f32, wave: f32) -> f32 {
    least + (most - least) * wave
}

fn wave(p: f32) -> f32 {
    (1.0 + (std::f32::consts::PI * p).cos()) / 2.0
}

/// The truth's warm-up, and another fall, of the part of the fall that is done.
fn falling(
    step: usize,
    warm_up: usize,
    steps: usize,
    most: f32,
    least: f32,
    fall: impl Fn(f32) -> f32,
) -> f32 {
    if step < warm_up {
        return truth(step, warm_up, steps, most, least);
    }
    fall((step - warm_up) as f32 / (steps - warm_up) as f32)
}

fn ahead(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    match step < warm_up {
        true => most * (step + 1) as f32 / warm_up as f32,
        false => truth(step, warm_up, steps, most, least),
    }
}

fn from_start(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    falling(step, warm_up, steps, most, least, |_| {
        between(most, least, wave(step as f32 / steps as f32))
    })
}

fn long_way(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    falling(step, warm_up, steps, most, least, |_| {
        between(most, least, wave((step - warm_up) as f32 / steps as f32))
    })
}

fn to_zero(step: usize, warm_up: usize, steps: usize, most: f32, _: f32) -> f32 {
    truth(step, warm_up, steps, most, 0.0)
}

fn least_added(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    falling(step, warm_up, steps, most, least, |p| least + most * wave(p))
}

fn linear(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    falling(step, warm_up, steps, most, least, |p| {
        between(most, least, 1.0 - p)
    })
}

fn quarter(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    falling(step, warm_up, steps, most, least, |p| {
        between(most, least, (std::f32::consts::FRAC_PI_2 * p).cos())
    })
}

fn no_warm_up(step: usize, warm_up: usize, steps: usize, most: f32, least: f32) -> f32 {
    match step < warm_up {
        true => most,
        false => truth(step, warm_up, steps, most, least),
    }
}
