//! The norms and the gate of a transformer on plain numbers, one row at a time: to read, and to check
//! others by. Networks use those of `nn`, which tests compare with these. Attention, heads and positions in
//! this form are in [`context`](crate::context).

mod gelu;
mod norm;

pub use gelu::gelu_tanh;
pub use norm::{layer_norm, layer_norm_gradient, rms_norm};
