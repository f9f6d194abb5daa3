//! Training: what everything that learns from data has in common.
//!
//! | what | where |
//! |---|---|
//! | a file to go on from after a stop | [`Checkpoint`] |
//! | how far a training is, as a line or a bar | [`Progress`], [`show_progress`] |
//! | how the learning rate rises and falls | [`Schedule`], [`linear`], [`cosine`] |
//! | the loop in which networks learn | `Training`, in `fit.rs` |
//! | batches chosen in another way than by chance | `BatchSampler` |
//! | Adam, AdamW, gradient descent with momentum | `Optimiser`, a file each in `optimiser/` |
//! | gradients: accumulated, clipped | `Gradients` |
//! | a step and clipping on plain numbers | [`AdamWNumbers`], [`clip_numbers`] |
//!
//! The loop, optimisers and gradients exist with the feature `nn`.

#[cfg(feature = "nn")]
mod batches;
pub(crate) mod checkpoint;
#[cfg(feature = "nn")]
mod fit;
#[cfg(feature = "nn")]
mod gradients;
mod numbers;
#[cfg(feature = "nn")]
mod optimiser;
mod progress;
#[cfg(feature = "nn")]
mod saved;
mod schedule;
#[cfg(test)]
#[cfg(feature = "nn")]
mod tests;

#[cfg(feature = "nn")]
pub use batches::BatchSampler;
pub use checkpoint::Checkpoint;
#[cfg(feature = "nn")]
pub use fit::{Along, LossOf, Training};
#[cfg(feature = "nn")]
pub use gradients::Gradients;
pub use numbers::{AdamWNumbers, clip_numbers};
#[cfg(feature = "nn")]
pub use optimiser::{Adam, AdamW, Decays, Optimiser, OptimiserState, Sgd};
pub use progress::{Progress, show_progress};
pub use schedule::{Fall, Schedule, cosine, linear};
