//! Notebooks: read, run in a kernel, written as notebooks and as pages.
//!
//! Markdown, formulas (LaTeX to MathML, without a script or a font), terminal colours and the page's template
//! come from crates. Colouring Rust and finding a `?` share one small lexer, that of
//! `src/check/source/`.

pub(crate) mod cell;
pub(crate) mod client;
pub(crate) mod command;
pub(crate) mod notebook;
pub(crate) mod observer;
pub(crate) mod output;
pub(crate) mod page;
mod process;
pub(crate) mod report;
pub(crate) mod runner;
pub(crate) mod solutions;
pub(crate) mod terminal;
mod text;
pub(crate) mod verdict;
