//! Training: what everything that learns from data has in common.
//!
//! | what | where |
//! |---|---|
//! | a file to go on from after a stop | [`Checkpoint`] |
//! | how far a training is, as a line or a bar | [`Progress`], [`show_progress`] |
//! | how the learning rate rises and falls | [`Schedule`], [`linear`], [`cosine`] |
//! | the loop in which networks learn | `Training`, in `fit.rs` |
//! | Adam, AdamW, gradient descent with momentum | `Optimiser`, a file each in `optimiser/` |
//! | gradients: accumulated, clipped | `Gradients` |
//!
//! The last three exist with the feature `nn`.

pub(crate) mod checkpoint;
#[cfg(feature = "nn")]
mod fit;
#[cfg(feature = "nn")]
mod gradients;
#[cfg(feature = "nn")]
mod optimiser;
mod progress;
#[cfg(feature = "nn")]
mod saved;
mod schedule;
#[cfg(test)]
#[cfg(feature = "nn")]
mod tests;

pub use checkpoint::Checkpoint;
#[cfg(feature = "nn")]
pub use fit::{Along, LossOf, Training};
#[cfg(feature = "nn")]
pub use gradients::Gradients;
#[cfg(feature = "nn")]
pub use optimiser::{Adam, AdamW, Decays, Optimiser, OptimiserState, Sgd};
pub use progress::{Progress, show_progress};
pub use schedule::{Fall, Schedule, cosine, linear};
