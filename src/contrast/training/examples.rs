//! What is trained on: examples with labels, or pairs of examples; and how batches of them are chosen.

/// How batches are chosen; `samplers.rs` says why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Batches {
    /// By chance.
    #[default]
    Shuffled,
    /// This many examples of each class; a batch has as many classes as fit. For labels.
    ByClass(usize),
    /// No two with the same label; no two pairs that share an example.
    WithoutDuplicates,
}

/// Examples with labels.
#[derive(Clone)]
pub struct Labelled {
    /// The label of each example.
    pub labels: Vec<u32>,
    /// The examples that are evaluated and filmed instead of trained on. None of them: all are trained on,
    /// and evaluated.
    pub held_out: Vec<u32>,
}

impl Labelled {
    /// All examples are trained on.
    pub fn new(labels: impl IntoIterator<Item = u32>) -> Self {
        Self {
            labels: labels.into_iter().collect(),
            held_out: Vec::new(),
        }
    }

    /// Every `n`-th example is held out, beginning with the first.
    #[must_use]
    pub fn hold_out_every(mut self, n: usize) -> Self {
        self.held_out = (0..self.labels.len() as u32).step_by(n.max(1)).collect();
        self
    }

    /// The labels of the examples that are evaluated, in their order.
    pub fn evaluated_labels(&self) -> Vec<u32> {
        let held_out = self.held_out.iter();
        match self.held_out.is_empty() {
            true => self.labels.clone(),
            false => held_out
                .filter_map(|&i| self.labels.get(i as usize).copied())
                .collect(),
        }
    }
}

crate::show::shown_as_line!(Labelled, |this| {
    let (n, held_out) = (this.labels.len(), this.held_out.len());
    format!("{n} examples with labels, {held_out} of them held out")
});

/// Pairs of examples that belong together.
#[derive(Clone, Default)]
pub struct Paired {
    /// The pairs that are trained on, as numbers of examples.
    pub pairs: Vec<(u32, u32)>,
    /// The pairs that are evaluated and filmed. None: those that are trained on.
    pub held_out: Vec<(u32, u32)>,
    /// Pairs with a grade of how alike they are, in any unit: an evaluation compares the order of their
    /// similarities with that of the grades. They are not trained on.
    pub graded: Vec<(u32, u32, f32)>,
}

crate::show::shown_as_line!(Paired, |this| {
    format!("{} pairs, and {} held out", this.pairs.len(), this.held_out.len())
});
