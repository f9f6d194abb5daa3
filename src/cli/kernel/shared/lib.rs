//! All of the course's library, and all that it is made of, in one shared library.

pub use course::*;
