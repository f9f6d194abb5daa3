//! What a student has written, as text: the pieces of a source, the items of a cell, and which of them an
//! answer needs.
//!
//! In a notebook every function sees all that was defined before, and the whole library. Grading compiles an
//! answer apart, with the standard library alone. So that right means right in both, an answer is everywhere
//! the same: its function, and whatever it names of what the student has written in the same notebook, or in
//! the lecture's other files. If it needs anything else, it is refused everywhere, with the name.
//!
//! | file | what is in it |
//! |---|---|
//! | `lex.rs` | a source as pieces |
//! | `words.rs` | its words, without comments and spaces |
//! | `names.rs` | what an item names |
//! | `items.rs` | a cell or file as items: what each declares and names |
//! | `foreign.rs` | the names that no answer may use |
//! | `answer.rs` | an exercise's answer: what comes along |
//!
//! This is not a compiler: it knows no types. It does not see a method that only the library's traits have,
//! and takes a name for the answer's own wherever the same item binds it.

mod answer;
mod foreign;
mod items;
mod lex;
mod names;
mod words;

pub use answer::{Answer, Source, of_cell, of_file, refused};
pub use items::{Item, Items, has_todo, items};
pub use lex::{Kind, pieces};
pub use names::Use;
