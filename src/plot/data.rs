//! What can be drawn: numbers, points and matrices, in their usual forms.

use ndarray::{Array1, Array2, ArrayView1};

/// A number that can be drawn.
pub trait Value {
    /// The number in the type that pictures use.
    fn value(&self) -> f64;
}

macro_rules! numbers {
    ($($t:ty)*) => { $(
        impl Value for $t {
            fn value(&self) -> f64 {
                *self as f64
            }
        }

        impl Point for $t {
            fn point(&self, i: usize) -> (f64, f64) {
                (i as f64, *self as f64)
            }
        }
    )* };
}
numbers!(f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl<V: Value + ?Sized> Value for &V {
    fn value(&self) -> f64 {
        (**self).value()
    }
}

/// A point of the plane: a pair, or a number, whose x is then its position in the list.
pub trait Point {
    /// Its x and y, if it is number `i` in its list.
    fn point(&self, i: usize) -> (f64, f64);
}

impl<A: Value, B: Value> Point for (A, B) {
    fn point(&self, _: usize) -> (f64, f64) {
        (self.0.value(), self.1.value())
    }
}

impl<A: Value> Point for [A; 2] {
    fn point(&self, _: usize) -> (f64, f64) {
        (self[0].value(), self[1].value())
    }
}

impl<P: Point + ?Sized> Point for &P {
    fn point(&self, i: usize) -> (f64, f64) {
        (**self).point(i)
    }
}

/// A list of points: of pairs, of numbers, or the first two columns of a matrix.
///
/// ```
/// use course::plot::Points;
/// assert_eq!([(1, 2.5), (3, 4.0)].points(), [(1.0, 2.5), (3.0, 4.0)]);
/// assert_eq!(vec![0.5_f32, 0.25].points(), [(0.0, 0.5), (1.0, 0.25)]);
/// assert_eq!(ndarray::array![[1.0_f32, 2.0], [3.0, 4.0]].points(), [(1.0, 2.0), (3.0, 4.0)]);
/// ```
pub trait Points {
    /// The points, in their order.
    fn points(&self) -> Vec<(f64, f64)>;
}

impl<P: Point> Points for [P] {
    fn points(&self) -> Vec<(f64, f64)> {
        self.iter().enumerate().map(|(i, p)| p.point(i)).collect()
    }
}

impl<P: Point> Points for Vec<P> {
    fn points(&self) -> Vec<(f64, f64)> {
        self.as_slice().points()
    }
}

impl<P: Point, const N: usize> Points for [P; N] {
    fn points(&self) -> Vec<(f64, f64)> {
        self.as_slice().points()
    }
}

impl<A: Point> Points for Array1<A> {
    fn points(&self) -> Vec<(f64, f64)> {
        self.iter().enumerate().map(|(i, p)| p.point(i)).collect()
    }
}

impl<A: Value> Points for Array2<A> {
    /// A matrix with one column is a list of numbers; columns after the second are not drawn.
    fn points(&self) -> Vec<(f64, f64)> {
        let point = |(i, row): (usize, ArrayView1<'_, A>)| match (row.get(0), row.get(1)) {
            (Some(x), Some(y)) => Some((x.value(), y.value())),
            (Some(y), None) => Some((i as f64, y.value())),
            _ => None,
        };
        self.rows().into_iter().enumerate().filter_map(point).collect()
    }
}

impl<P: Points + ?Sized> Points for &P {
    fn points(&self) -> Vec<(f64, f64)> {
        (**self).points()
    }
}

/// Rows of numbers: a matrix, or lists of the same length.
///
/// ```
/// use course::plot::Matrix;
/// assert_eq!(vec![vec![1, 2], vec![3, 4]].rows_of_numbers(), [[1.0, 2.0], [3.0, 4.0]]);
/// ```
pub trait Matrix {
    /// The numbers, row by row.
    fn rows_of_numbers(&self) -> Vec<Vec<f64>>;
}

impl<A: Value> Matrix for Array2<A> {
    fn rows_of_numbers(&self) -> Vec<Vec<f64>> {
        (self.rows().into_iter())
            .map(|row| row.iter().map(Value::value).collect())
            .collect()
    }
}

impl<A: Value> Matrix for Vec<Vec<A>> {
    fn rows_of_numbers(&self) -> Vec<Vec<f64>> {
        self.iter()
            .map(|row| row.iter().map(Value::value).collect())
            .collect()
    }
}

impl<A: Value, const N: usize, const M: usize> Matrix for [[A; M]; N] {
    fn rows_of_numbers(&self) -> Vec<Vec<f64>> {
        self.iter()
            .map(|row| row.iter().map(Value::value).collect())
            .collect()
    }
}

impl<M: Matrix + ?Sized> Matrix for &M {
    fn rows_of_numbers(&self) -> Vec<Vec<f64>> {
        (**self).rows_of_numbers()
    }
}

/// Names as owned strings.
pub(super) fn names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Vec<String> {
    names.into_iter().map(|s| s.as_ref().to_owned()).collect()
}

/// Numbers in the type that pictures use.
pub(super) fn numbers(values: impl IntoIterator<Item: Value>) -> Vec<f64> {
    values.into_iter().map(|v| v.value()).collect()
}
