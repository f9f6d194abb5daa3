//! Tables and pictures, as they are shown.

#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod gallery;
mod pictures;
mod table;
