//! Neural networks.

mod init;
mod parameters;

pub use candle_core::{D, DType, Device, IndexOp, Tensor, Var};
pub use init::Init;
pub use parameters::{Parameters, Scope};
