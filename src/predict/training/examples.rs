//! The training examples of one step: windows, each with its inputs and its targets.

use crate::predict::noise::Noise;
use crate::rng::Rng;

/// The windows of one step. Each row of the two matrices that takes part has a slot, 0, 1, 2, …, so that it
/// is read and written once, however many windows it is in. The memory is kept from one step to the next.
#[derive(Default)]
pub(crate) struct Examples {
    pub(super) inputs: Slots,
    pub(super) outputs: Slots,
    /// The slots of the inputs of all windows, one window after the other.
    window_inputs: Vec<usize>,
    targets: Vec<Target>,
    /// Where the inputs and the targets of each window end.
    ends: Vec<(usize, usize)>,
    pub(super) learning_rate: f32,
}

/// An output that a window is scored against `count` times. In `positive` of these it is the right one; in
/// the others it is a negative sample.
#[derive(Clone, Copy)]
pub(super) struct Target {
    pub(super) slot: usize,
    pub(super) count: f32,
    pub(super) positive: f32,
}

impl Examples {
    /// The slot of input row `id`.
    #[inline]
    pub(crate) fn input(&mut self, id: u32) -> usize {
        self.inputs.of(id)
    }

    /// The slot of output row `id`.
    #[inline]
    pub(crate) fn output(&mut self, id: u32) -> usize {
        self.outputs.of(id)
    }

    /// `n` negative samples, each with its slot.
    pub(crate) fn noise(&mut self, noise: &Noise, n: usize, rng: &mut Rng) -> Vec<(u32, usize)> {
        let draw = |_| {
            let word = noise.draw(rng);
            (word, self.output(word))
        };
        (0..n).map(draw).collect()
    }

    /// Adds an input to the open window.
    #[inline]
    pub(crate) fn add_input(&mut self, slot: usize) {
        self.window_inputs.push(slot);
    }

    /// Adds a target to the open window: see [`Target`].
    #[inline]
    pub(crate) fn add_target(&mut self, slot: usize, count: f32, positive: f32) {
        self.targets.push(Target {
            slot,
            count,
            positive,
        });
    }

    /// Closes the window. A window without inputs or without targets is dropped.
    #[inline]
    pub(crate) fn end_window(&mut self) {
        let (inputs, targets) = self.ends.last().copied().unwrap_or_default();
        if self.window_inputs.len() == inputs || self.targets.len() == targets {
            self.window_inputs.truncate(inputs);
            self.targets.truncate(targets);
        } else {
            self.ends.push((self.window_inputs.len(), self.targets.len()));
        }
    }

    /// How many windows there are.
    pub(super) fn n_windows(&self) -> usize {
        self.ends.len()
    }

    /// The inputs and the targets of each window.
    #[inline]
    pub(super) fn windows(&self) -> impl Iterator<Item = (&[usize], &[Target])> {
        let starts = std::iter::once((0, 0)).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|((i, j), &(to_i, to_j))| (&self.window_inputs[i..to_i], &self.targets[j..to_j]))
    }

    /// The targets of all windows, one window after the other.
    pub(super) fn targets(&self) -> &[Target] {
        &self.targets
    }

    pub(super) fn clear(&mut self) {
        self.inputs.clear();
        self.outputs.clear();
        self.window_inputs.clear();
        self.targets.clear();
        self.ends.clear();
    }
}

/// The rows of a step and the slot of each, by a small hash table with open addressing.
#[derive(Default)]
pub(super) struct Slots {
    /// The row in each slot.
    pub(super) ids: Vec<u32>,
    /// Each entry: the step that last used it, and a slot. The length is a power of two.
    table: Vec<(u32, u32)>,
    step: u32,
}

impl Slots {
    #[inline]
    fn of(&mut self, id: u32) -> usize {
        if 2 * self.ids.len() >= self.table.len() {
            self.grow();
        }
        let n = self.ids.len();
        let slot = self.find(id, n);
        if slot == n {
            self.ids.push(id);
        }
        slot
    }

    /// The slot of `id`; if it has none yet, it gets `new`.
    #[inline]
    fn find(&mut self, id: u32, new: usize) -> usize {
        let mask = self.table.len() - 1;
        // Fibonacci hashing: multiples of the golden ratio are spread evenly.
        let mut at = (id.wrapping_mul(0x9e37_79b1) >> 12) as usize & mask;
        loop {
            let (step, slot) = self.table[at];
            if step != self.step {
                self.table[at] = (self.step, new as u32);
                return new;
            }
            if self.ids[slot as usize] == id {
                return slot as usize;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let n = (2 * self.table.len()).max(64);
        self.table.clear();
        self.table.resize(n, (0, 0));
        self.step = 1;
        for slot in 0..self.ids.len() {
            self.find(self.ids[slot], slot);
        }
    }

    fn clear(&mut self) {
        self.ids.clear();
        self.step = self.step.wrapping_add(1);
        if self.step == 0 {
            self.table.fill((0, 0));
            self.step = 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_slot_in_a_step() {
        let mut slots = Slots::default();
        for round in 0..3_u32 {
            for id in (0..500).chain(0..500) {
                assert_eq!(slots.of(id * 7_919 + round), id as usize);
            }
            slots.clear();
        }
        slots.step = u32::MAX;
        slots.clear();
        assert_eq!((slots.of(5), slots.of(6), slots.of(5)), (0, 1, 0));
    }

    #[test]
    fn a_window_without_inputs_or_targets_is_dropped() {
        let mut examples = Examples::default();
        for (inputs, outputs) in [(vec![], vec![1]), (vec![7, 8], vec![1, 2]), (vec![7], vec![])] {
            for id in inputs {
                let slot = examples.input(id);
                examples.add_input(slot);
            }
            for id in outputs {
                let slot = examples.output(id);
                examples.add_target(slot, 1.0, 0.0);
            }
            examples.end_window();
        }
        let windows: Vec<_> = examples
            .windows()
            .map(|(inputs, targets)| (inputs.to_vec(), targets.len()))
            .collect();
        assert_eq!(windows, [(vec![0, 1], 2)]);
    }
}
