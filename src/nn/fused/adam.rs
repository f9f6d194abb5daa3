//! A step of Adam or AdamW as one operation: the formulas are in `train/optimiser/`. candle needs twelve
//! operations for it, each of which reads and writes memory.

use candle_core::{Device, Tensor, Var};
use rayon::prelude::*;

use super::number::{Number, has_fused_form, numbers_of, of_type};
use crate::Result;

/// How many numbers a thread takes at a time.
const PIECE: usize = 1 << 14;

/// The numbers of a step.
pub(crate) struct AdamStep {
    /// β₁ and β₂.
    pub(crate) betas: [f64; 2],
    pub(crate) epsilon: f64,
    /// 1 / (1 − βᵗ) for both.
    pub(crate) scales: [f64; 2],
    pub(crate) learning_rate: f64,
    /// What x is multiplied by first: 1, or less with decay.
    pub(crate) keep: f64,
}

/// The parameter x and both means, `[m, v]`, after the step; none where there is no fused form.
pub(crate) fn adam_step(
    x: &Var,
    g: &Tensor,
    state: [&Tensor; 2],
    step: &AdamStep,
) -> Result<Option<[Tensor; 3]>> {
    let alike = |t: &Tensor| t.dtype() == x.dtype() && t.dims() == x.dims() && t.device().is_cpu();
    if !(has_fused_form(x)? && [g, state[0], state[1]].into_iter().all(alike)) {
        return Ok(None);
    }
    let after = |x: &Tensor, g: &Tensor| of_type!(x.dtype(), T => step.of::<T>([x, g, state[0], state[1]]));
    Ok(Some(after(&x.contiguous()?, &g.contiguous()?)?))
}

impl AdamStep {
    fn of<T: Number>(&self, inputs: [&Tensor; 4]) -> candle_core::Result<[Tensor; 3]> {
        let all = inputs.map(Tensor::storage_and_layout);
        let numbers = |i: usize| numbers_of::<T>(&all[i].0, all[i].1);
        let [x, g, m, v] = [numbers(0)?, numbers(1)?, numbers(2)?, numbers(3)?];
        let (mut new_x, mut new_m, mut new_v) = (x.to_vec(), m.to_vec(), v.to_vec());
        let pieces = new_x.par_chunks_mut(PIECE).zip(new_m.par_chunks_mut(PIECE));
        let pieces = pieces.zip(new_v.par_chunks_mut(PIECE)).zip(g.par_chunks(PIECE));
        pieces.for_each(|(((x, m), v), g)| self.of_piece(x, m, v, g));
        let tensor = |numbers: Vec<T>| Tensor::from_vec(numbers, inputs[0].shape(), &Device::Cpu);
        Ok([tensor(new_x)?, tensor(new_m)?, tensor(new_v)?])
    }

    fn of_piece<T: Number>(&self, x: &mut [T], m: &mut [T], v: &mut [T], g: &[T]) {
        let both = |x: [f64; 2]| x.map(T::from_f64);
        let ([b1, b2], [m_scale, v_scale]) = (both(self.betas), both(self.scales));
        let [rest1, rest2] = both(self.betas.map(|b| 1.0 - b));
        let [rate, keep] = both([self.learning_rate, self.keep]);
        let epsilon = T::from_f64(self.epsilon);
        for (((x, m), v), &g) in x.iter_mut().zip(m).zip(v).zip(g) {
            *m = *m * b1 + g * rest1;
            *v = *v * b2 + g * g * rest2;
            let by = *m * m_scale / ((*v * v_scale).sqrt() + epsilon);
            *x = *x * keep - by * rate;
        }
    }
}
