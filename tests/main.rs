//! The integration tests: one binary, one module for each part.

mod comments;
mod context;
mod corpus;
mod count;
mod counts;
mod data;
mod dedup;
mod embeddings;
#[cfg(unix)]
mod fetch;
#[cfg(unix)]
mod git;
// not released
#[cfg(target_os = "linux")]
mod grade;
// released again
mod gpts;
mod house;
#[cfg(unix)]
mod kernel;
mod map;
mod nn;
mod plot;
mod predict;
mod ranking;
#[cfg(unix)]
mod runner;
mod tokenize;
mod topic;
mod words;

// not released
mod check;
#[cfg(unix)]
mod marks;
#[cfg(unix)]
mod release;
// released again
