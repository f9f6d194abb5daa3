//! Points in the plane, with names beside them: maps of words.

mod draw;

use crate::plot::axis::{Axis, Plan, drawable, lost_points};
use crate::plot::canvas::{Canvas, Drawn, FINE};
use crate::plot::chars;
use crate::plot::data::{Points, Value, names, numbers};
use crate::plot::drawing::record;
use crate::plot::frame::Common;
use crate::plot::number::Format;
use crate::plot::picture::{Picture, picture};
use crate::plot::width;

/// The most points that are all drawn. If there are more, those that lie on another one are left out.
const MOST_POINTS: usize = 4000;

/// Points in the plane. [`scatter`] makes one.
#[derive(Clone)]
pub struct Scatter {
    common: Common,
    points: Vec<(f64, f64)>,
    labels: Vec<String>,
    titles: Vec<String>,
    groups: Vec<String>,
    sizes: Vec<f64>,
    arrows: Vec<(usize, usize)>,
    log: (bool, bool),
    same_scale: bool,
}

picture!(Scatter);

/// Points in the plane: pairs, or the first two columns of a matrix.
///
/// Names beside the points do not cover each other or a point. A name that has no room is left out, and the
/// picture says so. Hovering over a point in a notebook shows its name and coordinates.
///
/// ```
/// use course::plot::scatter;
/// let map = scatter(&[(0.0, 1.0), (2.0, 0.5), (1.0, 3.0)]).labels(["cat", "dog", "whale"]).title("Animals");
/// assert!(map.to_svg().contains(">whale</text>"));
/// assert!(map.to_string().contains("• whale"));
/// ```
pub fn scatter(points: impl Points) -> Scatter {
    Scatter {
        common: Common::default(),
        points: points.points(),
        labels: Vec::new(),
        titles: Vec::new(),
        groups: Vec::new(),
        sizes: Vec::new(),
        arrows: Vec::new(),
        log: (false, false),
        same_scale: false,
    }
}

impl Scatter {
    /// With a name beside each point. An empty name is none.
    pub fn labels<S: AsRef<str>>(mut self, labels: impl IntoIterator<Item = S>) -> Self {
        self.labels = names(labels);
        self.expect(self.labels.len(), "labels");
        self
    }

    /// With a text for each point, which hovering shows instead of its name and coordinates.
    pub fn titles<S: AsRef<str>>(mut self, titles: impl IntoIterator<Item = S>) -> Self {
        self.titles = names(titles);
        self.expect(self.titles.len(), "titles");
        self
    }

    /// With the name of each point's group: groups have their own colour and marker, and a legend names them.
    pub fn groups<S: AsRef<str>>(mut self, groups: impl IntoIterator<Item = S>) -> Self {
        self.groups = names(groups);
        self.expect(self.groups.len(), "groups");
        self
    }

    /// With a number for each point: the area of the point stands for it.
    pub fn sizes(mut self, sizes: impl IntoIterator<Item: Value>) -> Self {
        self.sizes = numbers(sizes);
        self.expect(self.sizes.len(), "sizes");
        self
    }

    /// With arrows from one point to another, both by their numbers.
    pub fn arrows(mut self, arrows: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let n = self.points.len();
        let (there, lost): (Vec<_>, Vec<_>) = arrows.into_iter().partition(|&(a, b)| a < n && b < n);
        if let Some((a, b)) = lost.first() {
            let more = if lost.len() > 1 { " and others" } else { "" };
            let note = format!("No arrow {a} → {b}{more}: there are {n} points.");
            self.common.notes.push(note);
        }
        self.arrows = there;
        self
    }

    /// With a logarithmic x axis.
    pub fn log_x(mut self) -> Self {
        self.log.0 = true;
        self
    }

    /// With a logarithmic y axis.
    pub fn log_y(mut self) -> Self {
        self.log.1 = true;
        self
    }

    /// With the same scale on both axes, so that distances and angles are true.
    pub fn same_scale(mut self) -> Self {
        self.same_scale = true;
        self
    }

    /// Adds a note to the picture if there are not as many as there are points.
    fn expect(&mut self, n: usize, what: &str) {
        if n != self.points.len() {
            let note = format!("There are {} points, but {n} {what}.", self.points.len());
            self.common.notes.push(note);
        }
    }

    fn drawable(&self, i: usize) -> bool {
        let (x, y) = self.points[i];
        drawable(x, self.log.0) && drawable(y, self.log.1)
    }

    /// The numbers of the points that can be drawn.
    fn drawn(&self) -> Vec<usize> {
        (0..self.points.len()).filter(|&i| self.drawable(i)).collect()
    }

    fn notes(&self, n_drawn: usize) -> Vec<String> {
        let lost = self.points.len() - n_drawn;
        lost_points(lost, self.log).into_iter().collect()
    }

    fn axes(&self, drawn: &[usize], ticks: (usize, usize)) -> (Axis, Axis) {
        let plan = |log, ticks| Plan {
            log,
            from_zero: false,
            room: true,
            ticks,
        };
        let x = Axis::fit(drawn.iter().map(|&i| self.points[i].0), plan(self.log.0, ticks.0));
        let y = Axis::fit(drawn.iter().map(|&i| self.points[i].1), plan(self.log.1, ticks.1));
        (x, y)
    }

    /// The names of the groups in order of appearance, and the group of each point.
    fn grouped(&self) -> (Vec<&str>, Vec<usize>) {
        let mut order: Vec<&str> = Vec::new();
        let mut index = std::collections::HashMap::new();
        let numbers = (0..self.points.len())
            .map(|i| {
                let Some(name) = self.groups.get(i) else { return 0 };
                *index.entry(name.as_str()).or_insert_with(|| {
                    order.push(name);
                    order.len() - 1
                })
            })
            .collect();
        (order, numbers)
    }

    fn label(&self, i: usize) -> &str {
        self.labels.get(i).map_or("", String::as_str)
    }

    /// What hovering over a point shows.
    fn hover(&self, i: usize, group: &str) -> String {
        if let Some(title) = self.titles.get(i) {
            return title.clone();
        }
        let (x, y) = self.points[i];
        let short = |v: f64| Format::Auto.settle(std::iter::once(v)).write(v);
        let place = format!("({}, {})", short(x), short(y));
        let size = self.sizes.get(i).map(|&s| format!("size {}", short(s)));
        let label = Some(self.label(i).to_owned());
        let parts = [label, Some(group.to_owned()), Some(place), size];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        parts.join(" · ")
    }
}

impl Picture for Scatter {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "scatter plot"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let size = self.common.size.unwrap_or_else(|| self.room());
        let n_drawn = self.drawn().len();
        let mut notes = self.notes(n_drawn);
        if n_drawn > MOST_POINTS {
            notes.push(format!(
                "Of {n_drawn} points those that lie on another are not drawn."
            ));
        }
        let mut lost = 0;
        let canvas = record(size, FINE, |area| {
            lost = self.draw_on(area, size, &notes, false)?;
            Ok(())
        })?;
        if lost == 0 {
            return Ok(canvas);
        }
        // The line that says how many labels are lost takes room itself, so one more may be lost.
        record(size, FINE, |area| {
            self.draw_on(area, size, &notes, true).map(drop)
        })
    }

    fn text(&self) -> String {
        let drawn = self.drawn();
        let (x, y) = self.axes(&drawn, (6, 5));
        let (names, groups) = self.grouped();
        let marks: Vec<chars::Mark<'_>> = (drawn.iter())
            .map(|&i| chars::Mark {
                x: self.points[i].0,
                y: self.points[i].1,
                sign: chars::sign(groups[i]),
                label: self.label(i),
            })
            .collect();
        let legend: Vec<(char, String)> = (names.iter().enumerate())
            .map(|(i, name)| (chars::sign(i), (*name).to_owned()))
            .collect();
        let mut notes = self.notes(drawn.len());
        let arrow = |&(a, b): &(usize, usize)| match (self.label(a), self.label(b)) {
            ("", _) | (_, "") => format!("{a} → {b}"),
            (a, b) => format!("{a} → {b}"),
        };
        if !self.arrows.is_empty() {
            let all: Vec<String> = self.arrows.iter().map(arrow).collect();
            notes.push(width::cut(&all.join(", "), chars::COLUMNS));
        }
        chars::scatter(&self.common, (&x, &y), &marks, &legend, &notes)
    }
}

/// Arrows between points, as in analogies: from *man* to *king* as from *woman* to *queen*. The scale is the
/// same on both axes, so that parallel arrows look parallel.
///
/// ```
/// use course::plot::arrows;
/// let picture = arrows([(0.0, 0.0), (1.0, 2.0), (2.0, 0.0), (3.0, 2.0)], [(0, 1), (2, 3)])
///     .labels(["man", "king", "woman", "queen"]);
/// assert!(picture.to_string().contains("man → king, woman → queen"));
/// ```
pub fn arrows(points: impl Points, arrows: impl IntoIterator<Item = (usize, usize)>) -> Scatter {
    scatter(points).arrows(arrows).same_scale()
}
