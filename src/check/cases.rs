//! What the exercises' files share: the macro that makes an exercise from a truth, cases and mistakes; random
//! arguments; and checks of which arguments are allowed.

use ndarray::Array2;

use super::value::Value;
use crate::rng::Rng;

/// Makes the static `EXERCISE` and the function that a notebook calls. An argument is written
/// `x: &[f32] as &Vec<f32>`: first its type, then the type that is read from the judge's value and passed as
/// a reference (`&`) or a copy (`*`).
macro_rules! exercise {
    (
        $(#[$doc:meta])*
        $id:literal: $name:ident($($argument:ident: $type:ty as $by:tt $owned:ty),*) -> $returns:ty,
        $agrees:expr, $allowed:expr, $random:expr,
        public: [$(($about:literal, [$($value:expr),*])),* $(,)?],
        mistakes: [$(($mistake:literal, $message:literal, $wrong:ident)),* $(,)?] $(,)?
    ) => {
        fn call(
            function: &dyn Fn($($type),*) -> $returns,
            values: &[$crate::check::value::Value],
        ) -> Option<$crate::check::value::Value> {
            let mut at = 0..;
            $(let $argument = $crate::check::exercise::get::<$owned>(values, at.next()?)?;)*
            Some($crate::check::value::Crosses::to_value(&function($($by(&$argument)),*)))
        }

        /// This exercise, for the compiler's message about a function of another type.
        pub struct This;

        impl $crate::check::fits::Takes<($($type,)*)> for This {}

        impl<F, A> $crate::check::fits::Fits<This, A, $returns, $crate::check::fits::Directly> for F
        where
            F: Fn($($type),*) -> $returns + Send + 'static,
        {
            fn answering(self) -> $crate::check::fits::Answering {
                answering(Box::new(self))
            }
        }

        /// This is not generic, so that a notebook's cell need not compile it.
        fn answering(yours: Box<dyn Fn($($type),*) -> $returns + Send>) -> $crate::check::fits::Answering {
            Box::new(move |values| call(&yours, values))
        }

        $(#[$doc])*
        ///
        #[doc = concat!("Hand it your function of type `fn", stringify!(($($type),*)), " -> ", stringify!($returns),
            "`; it says whether that is right.")]
        pub fn $name<A, W, F>(yours: F) -> $crate::check::Report
        where
            This: $crate::check::fits::Takes<A>,
            F: $crate::check::fits::Fits<This, A, $returns, W>,
        {
            $crate::check::notebook::check(&EXERCISE, yours.answering(), std::any::type_name::<F>())
        }

        pub(in crate::check) static EXERCISE: $crate::check::Exercise = $crate::check::Exercise {
            id: $id,
            stub: $crate::check::handed_out::$name.0,
            hints: $crate::check::handed_out::$name.1,
            arguments: &[$((stringify!($argument), stringify!($type))),*],
            returns: stringify!($returns),
            truth: |values| call(&truth, values),
            agrees: $agrees,
            public: || vec![$($crate::check::Case {
                about: $about,
                arguments: vec![$($crate::check::value::Crosses::to_value(&$value)),*],
            }),*],
            random: $random,
            allowed: $allowed,
            mistakes: &[$($crate::check::Mistake {
                name: $mistake,
                message: $message,
                wrong: |values| call(&$wrong, values),
            }),*],
        };
    };
}
pub(super) use exercise;

/// The table of contents of a lecture: its exercises in order. Each has a file with its name.
macro_rules! lecture {
    ($($name:ident),* $(,)?) => {
        $(pub use $name::$name;)*

        pub(in crate::check) static ALL: &[&$crate::check::Exercise] = &[$(&$name::EXERCISE),*];
    };
}
pub(super) use lecture;

/// Any arguments are allowed.
pub(super) fn any(_: &[Value]) -> bool {
    true
}

/// A multiple of ½ from −4 to 4: such numbers can be added up on paper, and their sums are exact.
pub(super) fn real(rng: &mut Rng) -> Value {
    use rand::Rng as _;
    Value::Real(f64::from(rng.random_range(-8..=8)) / 2.0)
}

/// `n` of them.
pub(super) fn reals(rng: &mut Rng, n: usize) -> Value {
    Value::List((0..n).map(|_| real(rng)).collect())
}

/// A whole number in a range.
pub(super) fn whole(rng: &mut Rng, range: std::ops::RangeInclusive<usize>) -> usize {
    use rand::Rng as _;
    rng.random_range(range)
}

/// The length of a list; `None` for any other value.
pub(super) fn length(value: &Value) -> Option<usize> {
    match value {
        Value::List(values) => Some(values.len()),
        _ => None,
    }
}

/// Rows of equal length, with at least one number in each.
pub(super) fn is_matrix(value: &Value) -> bool {
    let Value::List(rows) = value else { return false };
    let width = rows.first().and_then(length).unwrap_or(0);
    width > 0 && rows.iter().all(|row| length(row) == Some(width))
}

/// Rows of equal length as the library takes them, shape `(n_rows, n_columns)`.
pub(super) fn matrix(rows: &[Vec<f32>]) -> Array2<f32> {
    let width = rows.first().map_or(0, Vec::len);
    Array2::from_shape_fn((rows.len(), width), |(i, j)| rows[i][j])
}

/// The rows of a matrix of the library.
pub(super) fn rows_of(matrix: &Array2<f32>) -> Vec<Vec<f32>> {
    matrix.outer_iter().map(|row| row.to_vec()).collect()
}

/// A list whose numbers are not all 0.
pub(super) fn is_not_zero(value: &Value) -> bool {
    matches!(value, Value::List(values) if values.iter().any(|x| *x != Value::Real(0.0)))
}

/// The first two arguments have the same length, and are not empty.
pub(super) fn same_length(values: &[Value]) -> bool {
    matches!((length(&values[0]), length(&values[1])), (Some(m), Some(n)) if m == n && m > 0)
}
