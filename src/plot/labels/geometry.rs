//! Rectangles, circles and lines: which of them meet.

use std::collections::HashMap;

use crate::plot::canvas::Position;
use crate::plot::frame::Bounds;

pub(super) fn around((x, y): Position, radius: f64) -> Bounds {
    Bounds {
        left: x - radius,
        top: y - radius,
        right: x + radius,
        bottom: y + radius,
    }
}

pub(super) fn grown(b: &Bounds, by: f64) -> Bounds {
    Bounds {
        left: b.left - by,
        top: b.top - by,
        right: b.right + by,
        bottom: b.bottom + by,
    }
}

/// The smallest rectangle around a line.
pub(super) fn span((a, b): (Position, Position)) -> Bounds {
    Bounds {
        left: a.0.min(b.0),
        top: a.1.min(b.1),
        right: a.0.max(b.0),
        bottom: a.1.max(b.1),
    }
}

pub(super) fn overlap(a: &Bounds, b: &Bounds) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Whether a circle and a rectangle have a point in common.
pub(super) fn touches(b: &Bounds, (x, y): Position, radius: f64) -> bool {
    let (dx, dy) = (x - x.clamp(b.left, b.right), y - y.clamp(b.top, b.bottom));
    dx * dx + dy * dy < radius * radius
}

/// Whether a line goes through a rectangle (Liang and Barsky 1984).
pub(super) fn crosses((p, q): (Position, Position), b: &Bounds) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, end, low, high) in [(p.0, q.0, b.left, b.right), (p.1, q.1, b.top, b.bottom)] {
        let d = end - start;
        if d == 0.0 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (t0, t1) = ((low - start) / d, (high - start) / d);
        enter = enter.max(t0.min(t1));
        leave = leave.min(t0.max(t1));
    }
    enter < leave
}

/// Whether two lines cross.
pub(super) fn meet((a, b): (Position, Position), (c, d): (Position, Position)) -> bool {
    let side = |p: Position, q: Position, r: Position| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The plane in squares, each with what is in it, so that only near things are compared.
#[derive(Default)]
pub(super) struct Squares(HashMap<(i32, i32), Vec<usize>>);

impl Squares {
    const SIDE: f64 = 32.0;

    fn covered(b: &Bounds) -> impl Iterator<Item = (i32, i32)> + use<> {
        let square = |v: f64| (v / Self::SIDE).floor() as i32;
        let (x0, x1, y0, y1) = (square(b.left), square(b.right), square(b.top), square(b.bottom));
        (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (x, y)))
    }

    pub(super) fn add(&mut self, i: usize, b: &Bounds) {
        for square in Self::covered(b) {
            self.0.entry(square).or_default().push(i);
        }
    }

    pub(super) fn remove(&mut self, i: usize, b: &Bounds) {
        for square in Self::covered(b) {
            if let Some(there) = self.0.get_mut(&square) {
                there.retain(|&j| j != i);
            }
        }
    }

    /// Whether anything near `b` has this property.
    pub(super) fn any(&self, b: &Bounds, property: impl Fn(usize) -> bool) -> bool {
        Self::covered(b).any(|square| {
            self.0
                .get(&square)
                .is_some_and(|there| there.iter().any(|&i| property(i)))
        })
    }

    /// Everything near `b`, each once.
    pub(super) fn in_reach(&self, b: &Bounds) -> Vec<usize> {
        let mut all: Vec<usize> =
            (Self::covered(b).filter_map(|s| self.0.get(&s)).flatten().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_boxes() {
        let b = Bounds {
            left: 10.0,
            top: 10.0,
            right: 20.0,
            bottom: 20.0,
        };
        assert!(crosses(((0.0, 0.0), (30.0, 30.0)), &b));
        assert!(!crosses(((0.0, 15.0), (9.0, 15.0)), &b));
        assert!(!crosses(((0.0, 21.0), (30.0, 21.0)), &b));
        assert!(meet(((0.0, 0.0), (2.0, 2.0)), ((0.0, 2.0), (2.0, 0.0))));
        assert!(!meet(((0.0, 0.0), (1.0, 1.0)), ((0.0, 2.0), (2.0, 1.5))));
        assert!(touches(&b, (22.0, 15.0), 3.0) && !touches(&b, (22.0, 22.0), 2.5));
    }
}
