//! Small things that all commands use. Nothing here knows a command.
//!
//! | file | what is in it |
//! |---|---|
//! | `layout.rs` | where things lie in a clone of the course |
//! | `progress.rs` | bars, and lines on standard error |
//! | `print.rs` | standard output: text, JSON |
//! | `words.rs` | names of strangers in one line, the nearest of known names, the first of many |
//! | `building.rs` | how cargo is run and its progress read, also by `start/` |
//! | `process.rs` | running cargo, becoming another program |
//! | `files.rs` | reading files and folders |
//! | `save.rs` | writing a file whole or not at all |
//! | `rows.rs` | reading CSV |
//! | `finding.rs` | what `cargo course doctor` says of a part |

pub(crate) mod building;
pub(crate) mod files;
pub(crate) mod finding;
pub(crate) mod layout;
pub(crate) mod print;
mod process;
pub(crate) mod progress;
pub(crate) mod rows;
pub(crate) mod save;
pub(crate) mod words;

pub(crate) use building::fresh_environment;
pub(crate) use process::{become_it, cargo, run_with_progress, sysroot};
pub(crate) use save::write;
