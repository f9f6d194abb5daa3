//! A step of AdamW.

use super::is_counted;
use crate::check::cases::{exercise, real, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::train::AdamWNumbers;

exercise! {
    /// The parameter, m and v after the step.
    "09_attention/adamw_step": adamw_step(
        x: f32 as *f32, gradient: f32 as *f32, m: f32 as *f32, v: f32 as *f32, t: usize as *usize,
        learning_rate: f32 as *f32, weight_decay: f32 as *f32
    ) -> (f32, f32, f32),
    nearly, allowed, random,
    public: [
        ("the first step is as long as the learning rate", [1.0_f32, 4.0_f32, 0.0_f32, 0.0_f32, 1_usize, 0.5_f32, 0.0_f32]),
        ("… whatever the gradient's length", [1.0_f32, -2.0_f32, 0.0_f32, 0.0_f32, 1_usize, 0.5_f32, 0.0_f32]),
        ("the decay alone: 2 − 0.5 · 0.1 · 2", [2.0_f32, 0.0_f32, 0.0_f32, 0.0_f32, 1_usize, 0.5_f32, 0.1_f32]),
        ("both", [2.0_f32, 1.0_f32, 0.0_f32, 0.0_f32, 1_usize, 0.5_f32, 0.1_f32]),
        ("a later step", [1.0_f32, 1.0_f32, 0.5_f32, 0.25_f32, 3_usize, 0.5_f32, 0.0_f32]),
    ],
    mistakes: [
        ("not corrected", "m and v begin at 0 and are too small at first: divide them by 1 − β₁ᵗ and 1 − β₂ᵗ before the step.", not_corrected),
        ("corrected ones kept", "The corrected m and v are returned: keep them as they are, and correct them for the step alone.", corrected_kept),
        ("decay in the gradient", "The decay is added to the gradient, so that it is divided by √v: AdamW subtracts it apart.", in_gradient),
        ("decay without the rate", "The decay is subtracted without the learning rate: η λ x.", without_rate),
        ("no decay", "The weight decay is missing: η λ x is subtracted as well.", no_decay),
        ("uphill", "The step goes up: subtract it.", uphill),
        ("no root", "The step is divided by v: take its square root.", no_root),
        ("v of g", "v is the running mean of the gradient's square: here it is that of the gradient.", not_squared),
        ("βs swapped", "β₁ = 0.9 belongs to m, β₂ = 0.999 to v: they have changed places.", swapped),
        ("grows away", "The decay pushes x away from 0: subtract it.", grows),
    ],
}

type Answer = (f32, f32, f32);

fn allowed(values: &[Value]) -> bool {
    let number = |i: usize| get::<f32>(values, i).unwrap_or(-1.0);
    let (g, m, v) = (number(1), number(2), number(3));
    // Where v stays 0, a step by anything but 0 has no meaning.
    is_counted(values, 4)
        && v >= 0.0
        && (v > 0.0 || g != 0.0 || m == 0.0)
        && number(5) > 0.0
        && number(6) >= 0.0
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let v = [0.25_f32, 1.0, 4.0][whole(rng, 0..=2)];
    let rate = [0.5_f32, 0.25, 1.0][whole(rng, 0..=2)];
    let decay = [0.0_f32, 0.125, 0.5][whole(rng, 0..=2)];
    let t = whole(rng, 1..=n + 1);
    let [x, g, m] = [0; 3].map(|_| real(rng));
    vec![
        x,
        g,
        m,
        v.to_value(),
        t.to_value(),
        rate.to_value(),
        decay.to_value(),
    ]
}

fn truth(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let steps = u32::try_from(t - 1).unwrap_or(u32::MAX);
    let mut state = AdamWNumbers {
        m: m.into(),
        v: v.into(),
        steps,
    };
    let x = state.step(x.into(), g.into(), rate.into(), decay.into());
    (x as f32, state.m as f32, state.v as f32)
}

/// A running mean.
fn running(old: f64, new: f64, beta: f64) -> f64 {
    beta * old + (1.0 - beta) * new
}

/// m and v, corrected.
fn corrected(m: f64, v: f64, t: usize) -> (f64, f64) {
    let left = |beta: f64| 1.0 - beta.powf(t as f64);
    (m / left(0.9), v / left(0.999))
}

fn not_corrected(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let (_, m, v) = truth(x, g, m, v, t, rate, decay);
    (x - rate * decay * x - rate * m / (v.sqrt() + 1e-8), m, v)
}

fn corrected_kept(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let (x, m, v) = truth(x, g, m, v, t, rate, decay);
    let (m, v) = corrected(m.into(), v.into(), t);
    (x, m as f32, v as f32)
}

fn in_gradient(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    truth(x, g + decay * x, m, v, t, rate, 0.0)
}

fn without_rate(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    truth(x, g, m, v, t, rate, decay / rate)
}

fn no_decay(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, _: f32) -> Answer {
    truth(x, g, m, v, t, rate, 0.0)
}

fn uphill(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let (new, m, v) = truth(x, g, m, v, t, rate, decay);
    let kept = x - rate * decay * x;
    (2.0 * kept - new, m, v)
}

fn no_root(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let (_, m, v) = truth(x, g, m, v, t, rate, decay);
    let (m_hat, v_hat) = corrected(m.into(), v.into(), t);
    let by = m_hat / (v_hat + 1e-8);
    (x - rate * decay * x - rate * by as f32, m, v)
}

fn not_squared(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let (_, m, _) = truth(x, g, m, v, t, rate, decay);
    let v = running(v.into(), g.into(), 0.999);
    let (m_hat, v_hat) = corrected(m.into(), v, t);
    let by = m_hat / (v_hat.sqrt() + 1e-8);
    (x - rate * decay * x - rate * by as f32, m, v as f32)
}

fn swapped(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    let g = f64::from(g);
    let (m, v) = (running(m.into(), g, 0.999), running(v.into(), g * g, 0.9));
    let left = |beta: f64| 1.0 - beta.powf(t as f64);
    let by = (m / left(0.999)) / ((v / left(0.9)).sqrt() + 1e-8);
    (x - rate * decay * x - rate * by as f32, m as f32, v as f32)
}

fn grows(x: f32, g: f32, m: f32, v: f32, t: usize, rate: f32, decay: f32) -> Answer {
    truth(x, g, m, v, t, rate, -decay)
}
