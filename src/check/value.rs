//! What goes into an exercise's function and what comes out: a value that can be written, sent and compared.
//!
//! This file uses only the standard library, because it is compiled twice: as part of the library, which
//! judges, and beside a student's file in a process of its own, which only answers.
//!
//! On the wire a value is a letter and what it says, all numbers little-endian:
//!
//! | letter | value | then |
//! |---|---|---|
//! | `u` | nothing | |
//! | `o` | something, where there could be nothing | the value |
//! | `b` | a truth value | one byte |
//! | `i` | a whole number | 8 bytes |
//! | `f` | a real number | 8 bytes |
//! | `s` | a text | its length in 8 bytes, UTF-8 |
//! | `l` | a list, or several values together | how many in 8 bytes, the values |
//!
//! The judge sees values and not types. So judging, shrinking, comparing and reporting are written once and
//! compiled once.

use std::fmt;

/// A value that crosses the border between judge and student.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `()` or `None`.
    Nothing,
    /// `Some(x)`.
    Something(Box<Value>),
    /// `bool`.
    Truth(bool),
    /// Whole numbers of every size up to 63 bits.
    Whole(i64),
    /// `f32` and `f64`.
    Real(f64),
    /// `String` and `char`.
    Text(String),
    /// Slices, vectors, arrays, tuples.
    List(Vec<Value>),
}

/// How deeply values within values are read. A deeper value is an attack on the stack.
const DEEPEST: usize = 16;

impl Value {
    /// Appends the value to `out`, as in the table above.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Nothing => out.push(b'u'),
            Value::Something(inner) => {
                out.push(b'o');
                inner.write(out);
            }
            Value::Truth(truth) => out.extend([b'b', u8::from(*truth)]),
            Value::Whole(n) => {
                out.push(b'i');
                out.extend(n.to_le_bytes());
            }
            Value::Real(x) => {
                out.push(b'f');
                out.extend(x.to_le_bytes());
            }
            Value::Text(text) => {
                out.push(b's');
                out.extend((text.len() as u64).to_le_bytes());
                out.extend(text.as_bytes());
            }
            Value::List(values) => {
                out.push(b'l');
                out.extend((values.len() as u64).to_le_bytes());
                values.iter().for_each(|value| value.write(out));
            }
        }
    }

    /// Reads a value from the front of `bytes`; `None` if they are not what [`write`](Self::write) writes.
    pub fn read(bytes: &mut &[u8]) -> Option<Value> {
        let mut room = usize::MAX;
        Self::read_within(bytes, &mut room)
    }

    /// The same, in at most `room` bytes of memory. What the value takes is subtracted from `room`. If the
    /// room is not enough, there is no value, and no room is left.
    pub fn read_within(bytes: &mut &[u8], room: &mut usize) -> Option<Value> {
        Self::read_at(bytes, room, 0)
    }

    fn read_at(bytes: &mut &[u8], room: &mut usize, depth: usize) -> Option<Value> {
        fn take(room: &mut usize, bytes: usize) -> Option<()> {
            let left = room.checked_sub(bytes);
            *room = left.unwrap_or(0);
            left.map(|_| ())
        }
        fn eight(bytes: &mut &[u8]) -> Option<[u8; 8]> {
            let (first, rest) = bytes.split_first_chunk::<8>()?;
            *bytes = rest;
            Some(*first)
        }
        take(room, size_of::<Value>())?;
        let (&letter, rest) = bytes.split_first()?;
        *bytes = rest;
        Some(match letter {
            b'u' => Value::Nothing,
            b'o' if depth < DEEPEST => {
                take(room, size_of::<Value>())?;
                Value::Something(Box::new(Self::read_at(bytes, room, depth + 1)?))
            }
            b'b' => {
                let (&truth, rest) = bytes.split_first()?;
                *bytes = rest;
                Value::Truth(match truth {
                    0 => false,
                    1 => true,
                    _ => return None,
                })
            }
            b'i' => Value::Whole(i64::from_le_bytes(eight(bytes)?)),
            b'f' => Value::Real(f64::from_le_bytes(eight(bytes)?)),
            b's' => {
                let length = usize::try_from(u64::from_le_bytes(eight(bytes)?)).ok()?;
                let text = std::str::from_utf8(bytes.get(..length)?).ok()?;
                take(room, length)?;
                let text = text.to_owned();
                *bytes = &bytes[length..];
                Value::Text(text)
            }
            b'l' if depth < DEEPEST => {
                let length = usize::try_from(u64::from_le_bytes(eight(bytes)?)).ok()?;
                // Each value takes at least one byte, so a false length cannot cost memory.
                if length > bytes.len() {
                    return None;
                }
                let values: Option<Vec<Value>> = (0..length)
                    .map(|_| Self::read_at(bytes, room, depth + 1))
                    .collect();
                Value::List(values?)
            }
            _ => return None,
        })
    }
}

/// As in a Rust program: `[1, 2.5, "a"]`, `Some(1)`, `None`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Nothing => f.write_str("None"),
            Value::Something(inner) => write!(f, "Some({inner})"),
            Value::Truth(truth) => write!(f, "{truth}"),
            Value::Whole(n) => write!(f, "{n}"),
            Value::Real(x) if x.is_nan() => f.write_str("NaN"),
            // As many digits as are useful to a student; `-0` is shown as 0.
            Value::Real(x) if *x == 0.0 => f.write_str("0.0"),
            Value::Real(x) if x.abs() >= 1e7 || x.abs() < 1e-4 => write!(f, "{x:.3e}"),
            Value::Real(x) => {
                let text = format!("{x:.4}");
                let short = text.trim_end_matches('0');
                write!(f, "{short}{}", if short.ends_with('.') { "0" } else { "" })
            }
            Value::Text(text) => write!(f, "{text:?}"),
            Value::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
        }
    }
}

/// A type that an exercise's function takes or returns.
pub trait Crosses: Sized {
    /// From a value of the right kind.
    fn from_value(value: &Value) -> Option<Self>;
    /// As a value.
    fn to_value(&self) -> Value;
}

macro_rules! whole {
    ($($type:ty)*) => {$(
        impl Crosses for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Whole(n) => <$type>::try_from(*n).ok(),
                    _ => None,
                }
            }
            fn to_value(&self) -> Value {
                // No exercise needs more than 63 bits; the largest number stands for everything beyond.
                Value::Whole(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
whole!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

macro_rules! real {
    ($($type:ty)*) => {$(
        impl Crosses for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Real(x) => Some(*x as $type),
                    _ => None,
                }
            }
            fn to_value(&self) -> Value {
                Value::Real(f64::from(*self))
            }
        }
    )*};
}
real!(f32 f64);

impl Crosses for () {
    fn from_value(value: &Value) -> Option<Self> {
        matches!(value, Value::Nothing).then_some(())
    }
    fn to_value(&self) -> Value {
        Value::Nothing
    }
}

impl Crosses for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Truth(truth) => Some(*truth),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Truth(*self)
    }
}

impl Crosses for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl<T: Crosses> Crosses for Vec<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(values) => values.iter().map(T::from_value).collect(),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        Value::List(self.iter().map(T::to_value).collect())
    }
}

impl<T: Crosses> Crosses for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Nothing => Some(None),
            Value::Something(inner) => T::from_value(inner).map(Some),
            _ => None,
        }
    }
    fn to_value(&self) -> Value {
        match self {
            None => Value::Nothing,
            Some(inner) => Value::Something(Box::new(inner.to_value())),
        }
    }
}

macro_rules! several {
    ($($type:ident $at:tt),*) => {
        impl<$($type: Crosses),*> Crosses for ($($type,)*) {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::List(values) if values.len() == [$($at),*].len() => {
                        Some(($($type::from_value(&values[$at])?,)*))
                    }
                    _ => None,
                }
            }
            fn to_value(&self) -> Value {
                Value::List(vec![$(self.$at.to_value()),*])
            }
        }
    };
}
several!(A 0, B 1);
several!(A 0, B 1, C 2);
several!(A 0, B 1, C 2, D 3);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let value = (vec![Some(1.5_f32), None], "ä\n".to_owned(), (true, -3_i64)).to_value();
        let mut bytes = Vec::new();
        value.write(&mut bytes);
        let mut rest = bytes.as_slice();
        assert_eq!(Value::read(&mut rest), Some(value));
        assert!(rest.is_empty());
        for cut in 0..bytes.len() {
            assert_eq!(Value::read(&mut &bytes[..cut]), None);
        }
        // A list that claims to be longer than memory, and values nested a million deep.
        assert_eq!(
            Value::read(&mut [b"l".as_slice(), &[255; 8]].concat().as_slice()),
            None
        );
        let deep = [b'o'; 1_000_000];
        assert_eq!(Value::read(&mut deep.as_slice()), None);
    }

    #[test]
    fn numbers_are_short() {
        let shown = |x: f64| Value::Real(x).to_string();
        assert_eq!(
            [1.0, 0.5, -0.0, 1.0 / 3.0, 1e-5, 2.5e9, f64::NAN, f64::INFINITY].map(shown),
            ["1.0", "0.5", "0.0", "0.3333", "1.000e-5", "2.500e9", "NaN", "inf"]
        );
    }
}
