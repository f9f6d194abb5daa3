//! What a step asks: windows, each with the inputs that are around and the outputs that they are asked about.

/// The questions of one step. Rows of the two matrices take part under their place in the step, 0, 1, 2, …, so that each is
/// read and written once, however many windows it is in. Kept from one step to the next for its room.
#[derive(Default)]
pub(crate) struct Questions {
    pub(super) inputs: Places,
    pub(super) outputs: Places,
    /// The places of the inputs of all windows, one window after the other.
    around: Vec<usize>,
    asked: Vec<Asked>,
    /// Where the inputs and the questions of each window end.
    ends: Vec<(usize, usize)>,
    /// The size of the step.
    pub(super) alpha: f32,
}

/// The inputs of a window are asked about the output at `place`, so many times `all`, and the answer is so many times `yes`.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) place: usize,
    pub(super) all: f32,
    pub(super) yes: f32,
}

impl Questions {
    /// Input row `id` takes part; its place.
    #[inline]
    pub(crate) fn input(&mut self, id: u32) -> usize {
        self.inputs.of(id)
    }

    /// Output row `id` takes part; its place.
    #[inline]
    pub(crate) fn output(&mut self, id: u32) -> usize {
        self.outputs.of(id)
    }

    /// The input at `place` is around in the window that is being written.
    #[inline]
    pub(crate) fn around(&mut self, place: usize) {
        self.around.push(place);
    }

    /// The window that is being written is asked `all` times about the output at `place`, and `yes` times it is right.
    #[inline]
    pub(crate) fn ask(&mut self, place: usize, all: f32, yes: f32) {
        self.asked.push(Asked { place, all, yes });
    }

    /// The window is done. One without inputs or without questions is none.
    #[inline]
    pub(crate) fn end_window(&mut self) {
        let (inputs, asked) = self.ends.last().copied().unwrap_or_default();
        if self.around.len() == inputs || self.asked.len() == asked {
            self.around.truncate(inputs);
            self.asked.truncate(asked);
        } else {
            self.ends.push((self.around.len(), self.asked.len()));
        }
    }

    /// How many windows there are.
    pub(super) fn n_windows(&self) -> usize {
        self.ends.len()
    }

    /// The inputs and the questions of each window.
    #[inline]
    pub(super) fn windows(&self) -> impl Iterator<Item = (&[usize], &[Asked])> {
        let starts = std::iter::once((0, 0)).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|((i, j), &(to_i, to_j))| (&self.around[i..to_i], &self.asked[j..to_j]))
    }

    /// The questions of all windows, one after the other.
    pub(super) fn asked(&self) -> &[Asked] {
        &self.asked
    }

    pub(super) fn clear(&mut self) {
        self.inputs.clear();
        self.outputs.clear();
        self.around.clear();
        self.asked.clear();
        self.ends.clear();
    }
}

/// Numbers of rows, each with its place: a small table of hashes with open addressing.
#[derive(Default)]
pub(super) struct Places {
    pub(super) ids: Vec<u32>,
    /// The step that a slot was last used in, and the place that it holds. A power of two of slots.
    slots: Vec<(u32, u32)>,
    step: u32,
}

impl Places {
    #[inline]
    fn of(&mut self, id: u32) -> usize {
        if 2 * self.ids.len() >= self.slots.len() {
            self.grow();
        }
        let n = self.ids.len();
        let place = self.find(id, n);
        if place == n {
            self.ids.push(id);
        }
        place
    }

    /// The place of `id`, or `new`, which it then has.
    #[inline]
    fn find(&mut self, id: u32, new: usize) -> usize {
        let mask = self.slots.len() - 1;
        // Fibonacci hashing: the golden ratio's multiples are spread evenly.
        let mut at = (id.wrapping_mul(0x9e37_79b1) >> 12) as usize & mask;
        loop {
            let (step, place) = self.slots[at];
            if step != self.step {
                self.slots[at] = (self.step, new as u32);
                return new;
            }
            if self.ids[place as usize] == id {
                return place as usize;
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let n = (2 * self.slots.len()).max(64);
        self.slots.clear();
        self.slots.resize(n, (0, 0));
        self.step = 1;
        for place in 0..self.ids.len() {
            self.find(self.ids[place], place);
        }
    }

    fn clear(&mut self) {
        self.ids.clear();
        self.step = self.step.wrapping_add(1);
        if self.step == 0 {
            self.slots.fill((0, 0));
            self.step = 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_place_in_a_step() {
        let mut places = Places::default();
        for round in 0..3_u32 {
            for id in (0..500).chain(0..500) {
                assert_eq!(places.of(id * 7_919 + round), id as usize);
            }
            places.clear();
        }
        places.step = u32::MAX;
        places.clear();
        assert_eq!((places.of(5), places.of(6), places.of(5)), (0, 1, 0));
    }

    #[test]
    fn a_window_without_company_is_none() {
        let mut questions = Questions::default();
        for (inputs, outputs) in [(vec![], vec![1]), (vec![7, 8], vec![1, 2]), (vec![7], vec![])] {
            for id in inputs {
                let place = questions.input(id);
                questions.around(place);
            }
            for id in outputs {
                let place = questions.output(id);
                questions.ask(place, 1.0, 0.0);
            }
            questions.end_window();
        }
        let windows: Vec<_> = questions
            .windows()
            .map(|(inputs, asked)| (inputs.to_vec(), asked.len()))
            .collect();
        assert_eq!(windows, [(vec![0, 1], 2)]);
    }
}
