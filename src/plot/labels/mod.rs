//! Labels beside points: none covers another label or a point.
//!
//! Each label tries places around its point: first close to it, then further and further away, connected by a
//! thin line. It takes the cheapest free one. The most crowded points choose first. Then every label that had
//! to move away, or found no place, tries twice more, since the others have settled by then. A label without
//! a place may take that of a neighbour, if the neighbour finds another. A label that still has no place is
//! left out. This is the greedy method with a few rounds of repair (Christensen, Marks and Shieber 1995, "An
//! empirical study of algorithms for point-feature label placement"). It gives the same labels for the same
//! points.

mod board;
mod geometry;

use crate::plot::canvas::Position;
use crate::plot::frame::Bounds;
use board::Board;

/// A label that wants a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    /// Its point, and the radius of what is drawn there.
    pub at: Position,
    pub radius: f64,
    /// Its width and height.
    pub size: Position,
}

/// The place that a label got.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Put {
    pub bounds: Bounds,
    /// A line from the point to the label, if the label is not close to the point.
    pub leader: Option<(Position, Position)>,
}

/// What is already drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Obstacles<'a> {
    /// Points with their radii: no label covers one.
    pub dots: &'a [(Position, f64)],
    /// Lines: labels avoid them where they can.
    pub lines: &'a [(Position, Position)],
}

/// Distances from a point at which its label is tried.
const GAPS: [f64; 11] = [2.5, 8.0, 14.0, 22.0, 32.0, 45.0, 62.0, 84.0, 110.0, 140.0, 180.0];
/// Beyond this distance a line connects the label and its point.
const CLOSE: f64 = 4.0;
/// Directions in which a label is tried, in sixteenths of a turn clockwise from the right, and what each
/// costs. A label is best to the right or left of its point.
const DIRECTIONS: [(u8, f64); 16] = [
    (0, 0.0),
    (8, 1.0),
    (14, 1.5),
    (2, 1.5),
    (10, 2.0),
    (6, 2.0),
    (12, 2.0),
    (4, 2.0),
    (15, 2.5),
    (1, 2.5),
    (9, 2.5),
    (7, 2.5),
    (13, 3.0),
    (3, 3.0),
    (11, 3.0),
    (5, 3.0),
];
/// No picture has room for more labels than this.
const MOST: usize = 800;
/// When more labels than this have no place, the picture is full, and another round would change little.
const HOPELESS: usize = 60;

/// Finds a place inside `inside` for each label, or none.
pub(super) fn place(wants: &[Want], obstacles: Obstacles<'_>, inside: Bounds) -> Vec<Option<Put>> {
    let mut puts: Vec<Option<Put>> = vec![None; wants.len()];
    let mut order: Vec<usize> = (0..wants.len().min(MOST)).collect();
    let crowd: Vec<usize> = order
        .iter()
        .map(|&i| neighbours(wants[i].at, obstacles.dots))
        .collect();
    order.sort_by_key(|&i| std::cmp::Reverse(crowd[i]));

    let mut board = Board::new(obstacles, inside);
    for round in 0..3 {
        let n_lost = order.iter().filter(|&&i| puts[i].is_none()).count();
        if round > 0 && n_lost > HOPELESS {
            break;
        }
        for &i in &order {
            let settled = puts[i].is_some_and(|p| p.leader.is_none());
            if round > 0 && settled {
                continue;
            }
            if let Some(old) = puts[i].take() {
                board.remove(i, &old);
            }
            puts[i] = board.best(&wants[i]);
            if let Some(new) = puts[i] {
                board.add(i, new);
            } else if round > 0
                && let Some((new, other, moved)) = board.best_after_moving(i, wants)
            {
                if let Some(old) = puts[other].replace(moved) {
                    board.remove(other, &old);
                }
                board.add(other, moved);
                board.add(i, new);
                puts[i] = Some(new);
            }
        }
    }
    puts
}

/// How many points are near this one.
fn neighbours(at: Position, dots: &[(Position, f64)]) -> usize {
    const NEAR: f64 = 40.0;
    let near = |d: &&(Position, f64)| (d.0.0 - at.0).abs() < NEAR && (d.0.1 - at.1).abs() < NEAR;
    dots.iter().filter(near).count()
}

/// The places to try, and the least that each costs.
fn candidates(want: &Want) -> impl Iterator<Item = (f64, Put)> + use<> {
    let want = *want;
    GAPS.into_iter().flat_map(move |gap| {
        DIRECTIONS
            .into_iter()
            .map(move |(direction, price)| (gap + price, candidate(&want, gap, direction)))
    })
}

/// The place in this direction.
fn candidate(want: &Want, gap: f64, direction: u8) -> Put {
    let angle = std::f64::consts::TAU * f64::from(direction) / 16.0;
    let (cos, sin) = (angle.cos(), angle.sin());
    let (w, h) = want.size;
    let reach = want.radius + gap;
    let x = want.at.0 + reach * cos + w / 2.0 * (1.5 * cos).clamp(-1.0, 1.0);
    let y = want.at.1 + reach * sin + h / 2.0 * (1.5 * sin).clamp(-1.0, 1.0);
    let bounds = Bounds {
        left: x - w / 2.0,
        top: y - h / 2.0,
        right: x + w / 2.0,
        bottom: y + h / 2.0,
    };
    let leader = (gap > CLOSE).then(|| {
        let end = (
            want.at.0.clamp(bounds.left, bounds.right),
            want.at.1.clamp(bounds.top, bounds.bottom),
        );
        let length = (end.0 - want.at.0).hypot(end.1 - want.at.1).max(1e-9);
        let part = (want.radius / length).min(1.0);
        let start = (
            want.at.0 + part * (end.0 - want.at.0),
            want.at.1 + part * (end.1 - want.at.1),
        );
        (start, end)
    });
    Put { bounds, leader }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::geometry::{crosses, overlap, touches};
    use super::*;

    const PAGE: Bounds = Bounds {
        left: 0.0,
        top: 0.0,
        right: 600.0,
        bottom: 400.0,
    };

    fn want(x: f64, y: f64) -> Want {
        Want {
            at: (x, y),
            radius: 4.0,
            size: (40.0, 13.0),
        }
    }

    fn dots(wants: &[Want]) -> Vec<(Position, f64)> {
        wants.iter().map(|w| (w.at, w.radius)).collect()
    }

    #[test]
    fn a_lonely_label_stands_at_the_right_of_its_point() {
        let wants = [want(100.0, 200.0)];
        let puts = place(
            &wants,
            Obstacles {
                dots: &dots(&wants),
                lines: &[],
            },
            PAGE,
        );
        // 100 + radius 4 + gap 2.5 = 106.5.
        let expected = Bounds {
            left: 106.5,
            top: 193.5,
            right: 146.5,
            bottom: 206.5,
        };
        assert_eq!(
            puts,
            [Some(Put {
                bounds: expected,
                leader: None
            })]
        );
    }

    #[test]
    fn at_the_right_edge_it_stands_at_the_left() {
        let wants = [want(590.0, 200.0)];
        let puts = place(
            &wants,
            Obstacles {
                dots: &dots(&wants),
                lines: &[],
            },
            PAGE,
        );
        assert_eq!(puts[0].unwrap().bounds.right, 590.0 - 6.5);
    }

    #[test]
    fn labels_of_points_in_one_place_get_lines() {
        let wants = vec![want(300.0, 200.0); 10];
        let puts = place(
            &wants,
            Obstacles {
                dots: &dots(&wants),
                lines: &[],
            },
            PAGE,
        );
        assert!(puts.iter().all(Option::is_some));
        assert!(puts.iter().flatten().filter(|p| p.leader.is_some()).count() >= 5);
    }

    #[test]
    fn a_page_without_room_drops_labels() {
        let tiny = Bounds { right: 30.0, ..PAGE };
        assert_eq!(place(&[want(15.0, 15.0)], Obstacles::default(), tiny), [None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_label_covers_another_or_a_point(
            points in prop::collection::vec((0.0..600.0, 0.0..400.0, 10.0..120.0_f64), 0..150)
        ) {
            let wants: Vec<Want> = points.iter().map(|&(x, y, w)| Want { size: (w, 13.0), ..want(x, y) }).collect();
            let dots = dots(&wants);
            let puts = place(&wants, Obstacles { dots: &dots, lines: &[] }, PAGE);
            let placed: Vec<Put> = puts.into_iter().flatten().collect();
            for (i, a) in placed.iter().enumerate() {
                let b = a.bounds;
                prop_assert!(b.left >= 0.0 && b.right <= 600.0 && b.top >= 0.0 && b.bottom <= 400.0);
                prop_assert!(dots.iter().all(|d| !touches(&b, d.0, d.1)));
                for other in &placed[..i] {
                    prop_assert!(!overlap(&b, &other.bounds), "{b:?} {:?}", other.bounds);
                    prop_assert!(other.leader.is_none_or(|l| !crosses(l, &b)));
                    prop_assert!(a.leader.is_none_or(|l| !crosses(l, &other.bounds)));
                }
            }
        }

        #[test]
        fn a_few_labels_all_have_a_place(points in prop::collection::vec((50.0..550.0, 20.0..380.0), 0..25)) {
            let wants: Vec<Want> = points.iter().map(|&(x, y)| want(x, y)).collect();
            let puts = place(&wants, Obstacles { dots: &dots(&wants), lines: &[] }, PAGE);
            prop_assert!(puts.iter().all(Option::is_some));
        }
    }
}
