//! The few strokes that all pictures are made of, in pixels of the page, drawn with plotters' elements.

use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, FontTransform, IntoFont, RGBAColor, TextStyle};

use super::canvas::{Area, Drawn, FINE, Position, titled};
use super::font;

/// The size of most text, in pixels. Smaller text is hard to read on a projector.
pub(super) const TEXT: f64 = 12.0;
/// The size of a picture's title.
pub(super) const TITLE: f64 = 15.0;

/// A place in the numbers that plotters counts in.
pub(super) fn fine(at: Position) -> (i32, i32) {
    (length(at.0), length(at.1))
}

/// A length in the numbers that plotters counts in.
pub(super) fn length(pixels: f64) -> i32 {
    (pixels * FINE).round() as i32
}

/// The inverse: from plotters' numbers to pixels.
pub(super) fn pixels(at: (i32, i32)) -> Position {
    (f64::from(at.0) / FINE, f64::from(at.1) / FINE)
}

/// How a text looks, and which point of it is at its place.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    pub size: f64,
    pub colour: RGBAColor,
    pub h: HPos,
    pub v: VPos,
    pub upwards: bool,
    pub bold: bool,
}

impl Letters {
    pub(super) fn new(colour: RGBAColor, h: HPos, v: VPos) -> Self {
        Self {
            size: TEXT,
            colour,
            h,
            v,
            upwards: false,
            bold: false,
        }
    }

    pub(super) fn text(self, area: &Area, text: &str, at: Position) -> Drawn {
        let style = TextStyle::from((font::NAME, self.size * FINE).into_font())
            .color(&self.colour)
            .pos(Pos::new(self.h, self.v))
            .transform(match self.upwards {
                true => FontTransform::Rotate270,
                false => FontTransform::None,
            });
        let style = match self.bold {
            true => TextStyle {
                font: style.font.style(FontStyle::Bold),
                ..style
            },
            false => style,
        };
        area.draw_text(text, &style, fine(at))
    }
}

pub(super) fn line(area: &Area, points: &[Position], colour: &RGBAColor, width: f64) -> Drawn {
    let points: Vec<(i32, i32)> = points.iter().map(|&p| fine(p)).collect();
    area.draw(&PathElement::new(
        points,
        colour.stroke_width(length(width).max(1) as u32),
    ))
}

/// A filled rectangle between two corners.
pub(super) fn rect(area: &Area, a: Position, b: Position, colour: &RGBAColor, title: &str) -> Drawn {
    let element = Rectangle::new([fine(a), fine(b)], colour.filled());
    match title {
        "" => area.draw(&element),
        title => area.draw(&titled(title, element)),
    }
}

/// The shape drawn at a point: groups differ in it as well as in colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Marker {
    Circle,
    Square,
    Up,
    Diamond,
    Cross,
    Down,
    Plus,
    Star,
}

const MARKERS: [Marker; 8] = [
    Marker::Circle,
    Marker::Square,
    Marker::Up,
    Marker::Diamond,
    Marker::Cross,
    Marker::Down,
    Marker::Plus,
    Marker::Star,
];

impl Marker {
    /// The marker of group number `i`. Groups that share a colour do not share a marker.
    pub(super) fn of(i: usize) -> Self {
        let n = MARKERS.len();
        MARKERS[(i + i / n) % n]
    }

    /// Draws it at `at`; all markers of one `radius` look about equally large.
    pub(super) fn draw(
        self,
        area: &Area,
        at: Position,
        radius: f64,
        colour: &RGBAColor,
        title: &str,
    ) -> Drawn {
        if self == Self::Circle {
            let element = Circle::new(fine(at), length(radius), colour.filled());
            return match title {
                "" => area.draw(&element),
                title => area.draw(&titled(title, element)),
            };
        }
        let corners: Vec<(i32, i32)> = (self.corners().into_iter())
            .map(|(x, y)| fine((at.0 + x * radius, at.1 + y * radius)))
            .collect();
        let element = Polygon::new(corners, *colour);
        match title {
            "" => area.draw(&element),
            title => area.draw(&titled(title, element)),
        }
    }

    /// Its corners, around a circle of radius 1.
    fn corners(self) -> Vec<Position> {
        /// The half width of a cross's arms.
        const ARM: f64 = 0.32;
        let plus = |reach: f64| {
            vec![
                (-ARM, -reach),
                (ARM, -reach),
                (ARM, -ARM),
                (reach, -ARM),
                (reach, ARM),
                (ARM, ARM),
                (ARM, reach),
                (-ARM, reach),
                (-ARM, ARM),
                (-reach, ARM),
                (-reach, -ARM),
                (-ARM, -ARM),
            ]
        };
        match self {
            Self::Circle => Vec::new(),
            Self::Square => vec![(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            Self::Up => vec![(0.0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
            Self::Down => vec![(0.0, 1.2), (1.1, -0.8), (-1.1, -0.8)],
            Self::Diamond => vec![(0.0, -1.25), (1.0, 0.0), (0.0, 1.25), (-1.0, 0.0)],
            Self::Plus => plus(1.15),
            Self::Cross => {
                let s = std::f64::consts::FRAC_1_SQRT_2;
                plus(1.2)
                    .into_iter()
                    .map(|(x, y)| (s * (x - y), s * (x + y)))
                    .collect()
            }
            Self::Star => (0..10)
                .map(|i| {
                    let angle = std::f64::consts::PI * (f64::from(i) / 5.0 - 0.5);
                    let reach = if i % 2 == 0 { 1.35 } else { 0.6 };
                    (reach * angle.cos(), reach * angle.sin())
                })
                .collect(),
        }
    }
}
