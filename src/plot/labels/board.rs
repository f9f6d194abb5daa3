//! What is drawn where while labels are placed, and what a place costs.

use std::collections::HashMap;

use super::geometry::{Squares, around, crosses, grown, meet, overlap, span, touches};
use super::{Obstacles, Put, Want, candidates};
use crate::plot::canvas::Position;
use crate::plot::frame::Bounds;

/// The space between two labels.
const BETWEEN: f64 = 2.0;
/// How many places of other labels a label without a place tries to take.
const TRIES: usize = 48;
/// What it costs when a leader crosses another, when it passes over a point, and when a label covers a line.
const CROSSING: f64 = 30.0;
const OVER_DOT: f64 = 15.0;
const OVER_LINE: f64 = 25.0;

/// What is drawn where.
pub(super) struct Board<'a> {
    obstacles: Obstacles<'a>,
    inside: Bounds,
    dots: Squares,
    labels: Squares,
    leaders: Squares,
    puts: HashMap<usize, Put>,
}

impl<'a> Board<'a> {
    pub(super) fn new(obstacles: Obstacles<'a>, inside: Bounds) -> Self {
        let mut dots = Squares::default();
        for (i, &(at, radius)) in obstacles.dots.iter().enumerate() {
            dots.add(i, &around(at, radius));
        }
        Self {
            obstacles,
            inside,
            dots,
            labels: Squares::default(),
            leaders: Squares::default(),
            puts: HashMap::new(),
        }
    }

    pub(super) fn add(&mut self, i: usize, put: Put) {
        self.labels.add(i, &put.bounds);
        if let Some(leader) = put.leader {
            self.leaders.add(i, &span(leader));
        }
        self.puts.insert(i, put);
    }

    pub(super) fn remove(&mut self, i: usize, put: &Put) {
        self.labels.remove(i, &put.bounds);
        if let Some(leader) = put.leader {
            self.leaders.remove(i, &span(leader));
        }
        self.puts.remove(&i);
    }

    /// The cheapest free place.
    pub(super) fn best(&self, want: &Want) -> Option<Put> {
        let mut best: Option<(f64, Put)> = None;
        for (least, put) in candidates(want) {
            if best.is_some_and(|(cost, _)| cost <= least) {
                continue;
            }
            if self.is_free(&put) {
                let cost = least + self.cost(&put);
                if best.is_none_or(|(other, _)| cost < other) {
                    best = Some((cost, put));
                }
            }
        }
        best.map(|(_, put)| put)
    }

    /// A place that becomes free once one other label has moved, and where that label moves to.
    pub(super) fn best_after_moving(&mut self, i: usize, wants: &[Want]) -> Option<(Put, usize, Put)> {
        let mut places: Vec<(f64, Put, usize)> = Vec::new();
        for (least, put) in candidates(&wants[i]) {
            if let Some(&[other]) = self.blockers(&put).as_deref() {
                places.push((least + self.cost(&put), put, other));
            }
        }
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, put, other) in places.into_iter().take(TRIES) {
            let Some(&old) = self.puts.get(&other) else {
                continue;
            };
            self.remove(other, &old);
            self.add(i, put);
            let new = self.best(&wants[other]);
            self.remove(i, &put);
            self.add(other, old);
            if let Some(new) = new {
                return Some((put, other, new));
            }
        }
        None
    }

    /// Whether nothing is in the way of a label here, or of its line.
    fn is_free(&self, put: &Put) -> bool {
        let b = &put.bounds;
        let wide = grown(b, BETWEEN);
        self.is_on_page(b)
            && !self.labels.any(&wide, |i| self.on_label(i, &wide))
            && !self
                .leaders
                .any(b, |i| self.leader(i).is_some_and(|l| crosses(l, b)))
            && !(put.leader).is_some_and(|l| self.labels.any(&span(l), |i| self.through_label(i, l)))
    }

    /// Whether a label here is inside and on no point.
    fn is_on_page(&self, b: &Bounds) -> bool {
        let inside = &self.inside;
        let on_dot = |i: usize| (self.obstacles.dots.get(i)).is_some_and(|d| touches(b, d.0, d.1 + 1.0));
        b.left >= inside.left
            && b.right <= inside.right
            && b.top >= inside.top
            && b.bottom <= inside.bottom
            && !self.dots.any(b, on_dot)
    }

    fn on_label(&self, i: usize, b: &Bounds) -> bool {
        self.puts.get(&i).is_some_and(|p| overlap(&p.bounds, b))
    }

    fn through_label(&self, i: usize, leader: (Position, Position)) -> bool {
        (self.puts.get(&i)).is_some_and(|p| crosses(leader, &grown(&p.bounds, 1.0)))
    }

    /// The labels that keep a place from being free, or nothing if something else blocks it.
    fn blockers(&self, put: &Put) -> Option<Vec<usize>> {
        let b = &put.bounds;
        if !self.is_on_page(b) {
            return None;
        }
        let wide = grown(b, BETWEEN);
        let mut all = self.labels.in_reach(&wide);
        all.retain(|&i| self.on_label(i, &wide));
        let on_leader = |i: &usize| self.leader(*i).is_some_and(|l| crosses(l, b));
        all.extend(self.leaders.in_reach(b).into_iter().filter(on_leader));
        if let Some(leader) = put.leader {
            let through = |i: &usize| self.through_label(*i, leader);
            all.extend(self.labels.in_reach(&span(leader)).into_iter().filter(through));
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    /// What a place costs, apart from its distance.
    fn cost(&self, put: &Put) -> f64 {
        let mut cost = OVER_LINE
            * (self.obstacles.lines.iter())
                .filter(|&&l| crosses(l, &put.bounds))
                .count() as f64;
        if let Some(leader) = put.leader {
            let along = span(leader);
            let over =
                |i: &usize| (self.obstacles.dots.get(*i)).is_some_and(|d| crosses(leader, &around(d.0, d.1)));
            cost += OVER_DOT * self.dots.in_reach(&along).into_iter().filter(over).count() as f64;
            let cross = |i: &usize| self.leader(*i).is_some_and(|l| meet(l, leader));
            cost += CROSSING * self.leaders.in_reach(&along).into_iter().filter(cross).count() as f64;
        }
        cost
    }

    fn leader(&self, i: usize) -> Option<(Position, Position)> {
        self.puts.get(&i).and_then(|p| p.leader)
    }
}
