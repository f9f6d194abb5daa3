//! The plain form: one word of the text after the other, and its neighbours one by one.

use super::index_vector::index_vector;
use super::{Context, RandomIndex};
use crate::Result;
use crate::corpus::Texts;

impl RandomIndex {
    /// The same as [`read`](Self::read), written as in the formula at the top of `mod.rs`, on one thread.
    ///
    /// # Errors
    /// What reading the texts returns.
    pub fn read_plain(&mut self, texts: &dyn Texts) -> Result<()> {
        let (cut, d) = (texts.cut(), self.settings.dimension);
        texts.each(&mut |text| {
            let words: Vec<u32> = cut.iter(text).map(|word| self.row_of(&word)).collect();
            for (i, &word) in words.iter().enumerate() {
                self.counts[word as usize] += 1;
                let context = &mut self.contexts[word as usize * d..][..d];
                match self.settings.context {
                    Context::Window(window) => {
                        for (j, &neighbour) in words.iter().enumerate() {
                            let offset = j as isize - i as isize;
                            let turn = self.settings.turn(offset);
                            for (position, sign) in
                                self.index_vectors[neighbour as usize].iter().map(|s| s.parts())
                            {
                                context[(position + turn) % d] += window.weight_at(offset) * sign;
                            }
                        }
                    }
                    Context::Documents => {
                        let s = &self.settings;
                        for (position, sign) in
                            index_vector(s.seed, text, d, s.spikes).iter().map(|s| s.parts())
                        {
                            context[position] += sign;
                        }
                    }
                }
            }
            Ok(())
        })
    }
}
