//! Quizzes at the command line: asked in a terminal, marked from a file, made from those with a key.

pub(crate) mod make;
