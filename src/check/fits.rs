//! What `check::NAME` says to a function of another type.
//!
//! If its argument were a function pointer, rustc would say `mismatched types`, and the two types would be in
//! a note that a notebook does not show. So it takes whatever [`Fits`], and the message is that of this
//! trait: which type was expected, and which came.
//!
//! Two details of the compiler make this work. First, a trait's own message is shown only where the trait is
//! not implemented at all. With a single implementation, rustc takes it and complains about its conditions.
//! Among several, it looks for one that holds and finds none. Hence the second implementation, which never
//! holds, and the parameter `Way`, which keeps the two apart. Second, `{Arguments}` is written without
//! lifetimes where it was inferred from [`Takes`], which each exercise implements once.

use super::value::Value;

/// A student's function, called with values.
pub(super) type Answering = Box<dyn Fn(&[Value]) -> Option<Value> + Send>;

/// The exercise's function takes these arguments, as a tuple.
pub trait Takes<Arguments> {}

/// A function of the type that an exercise asks for.
#[diagnostic::on_unimplemented(
    message = "expected a function of type `fn{Arguments} -> {Returns}`",
    label = "expected `fn{Arguments} -> {Returns}`, got `{Self}`"
)]
pub trait Fits<Exercise, Arguments, Returns, Way> {
    /// The function as a function of values.
    fn answering(self) -> Answering;
}

/// The way for functions whose types are those of the exercise.
pub struct Directly;

/// The way that is never taken.
pub struct Never;

/// A trait that nothing implements.
pub trait Nothing {}

impl<F: Nothing, Exercise, Arguments, Returns> Fits<Exercise, Arguments, Returns, Never> for F {
    fn answering(self) -> Answering {
        Box::new(|_| None)
    }
}
