//! What `check::NAME` says to a function of another type.
//!
//! Were its argument a function pointer, rustc would say `mismatched types`, with the two types in a note
//! that a notebook does not show. So it takes whatever [`Fits`], and the message is this trait's own: which
//! type is expected, and which came.
//!
//! Two details of the compiler make that so. A trait's own message is told where it is not implemented at
//! all. With a single implementation rustc takes it and complains about what that needs; among several it
//! looks for one that holds, and finds none: hence the second one, which never holds, and the parameter
//! `Way`, which keeps the two apart. And `{Arguments}` is written without lifetimes where it was inferred
//! from [`Takes`], which each exercise implements once.

use super::value::Value;

/// A student's function, which answers to values.
pub(super) type Answering = Box<dyn Fn(&[Value]) -> Option<Value> + Send>;

/// The exercise's function takes these arguments, as a tuple.
pub trait Takes<Arguments> {}

/// A function of the type that an exercise asks for.
#[diagnostic::on_unimplemented(
    message = "expected a function of type `fn{Arguments} -> {Returns}`",
    label = "expected `fn{Arguments} -> {Returns}`, got `{Self}`"
)]
pub trait Fits<Exercise, Arguments, Returns, Way> {
    /// As a function of values.
    fn answering(self) -> Answering;
}

/// The way of functions: the types are those of the exercise.
pub struct Directly;

/// The way that nothing goes.
pub struct Never;

/// What nothing is.
pub trait Nothing {}

impl<F: Nothing, Exercise, Arguments, Returns> Fits<Exercise, Arguments, Returns, Never> for F {
    fn answering(self) -> Answering {
        Box::new(|_| None)
    }
}
