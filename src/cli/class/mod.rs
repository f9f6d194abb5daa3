//! An instructor's commands: what students get, grading what they hand in, and the marks.
//!
//! | file | what is in it |
//! |---|---|
//! | `release/` | the course without solutions, and the proof that none is left |
//! | `grade/` | submissions, which are not trusted, become records |
//! | `record.rs` | a record: what grading leaves of a submission |
//! | `marks/` | records, lateness and decisions become marks, feedback and the class's page |
//! | `names.rs` | names of files for students |

#[cfg(unix)]
pub(crate) mod grade;
pub(crate) mod marks;
mod names;
mod record;
pub(crate) mod release;
