//! The surface that pictures are drawn on: a plotters backend that records what is drawn.
//!
//! plotters counts in whole pixels, which makes a smooth curve jagged on a fine screen. The canvas therefore
//! tells plotters that there are [`FINE`] times as many, and records positions in fractions of a pixel. Both
//! the SVG (`svg.rs`) and the PNG (`png.rs`) are made from this record.
//!
//! Black is ink and white is paper: in a notebook, black becomes the colour of its text and white that of its
//! page.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters::style::RGBAColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    FontTransform,
};

use super::font;

/// How many positions within a pixel the course's own pictures distinguish, in each direction.
pub(super) const FINE: f64 = 8.0;

/// A part of a [`Canvas`] that plotters draws on.
pub type Area = DrawingArea<Canvas, Shift>;
/// The result of drawing with plotters on an [`Area`].
pub type Drawn<T = ()> = Result<T, DrawingAreaErrorKind<Infallible>>;
/// A plotters backend that keeps what is drawn on it. [`draw`](super::draw) gives one.
#[derive(Clone, Debug)]
pub struct Canvas {
    /// In pixels of the page.
    pub(super) size: (u32, u32),
    /// plotters' pixels in a pixel of the page.
    fine: f64,
    pub(super) shapes: Vec<Shape>,
    /// What hovering over the next shapes shows.
    title: Option<String>,
}

/// Something drawn. All lengths are in pixels of the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub form: Form,
    pub colour: RGBAColor,
    /// The width of a line, or none for a filled form.
    pub stroke: Option<f64>,
    pub title: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    Circle {
        at: Position,
        radius: f64,
    },
    /// The upper left corner, the width and the height.
    Rect {
        at: Position,
        size: Position,
    },
    Path(Vec<Position>),
    Polygon(Vec<Position>),
    Text(Text),
}

/// A point: pixels to the right of the upper left corner, and down from it.
pub(super) type Position = (f64, f64);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub text: String,
    /// On the baseline of the text.
    pub at: Position,
    /// Pixels per em.
    pub size: f64,
    /// Where `at` is in the text: 0 at its beginning, 0.5 in its middle, 1 at its end.
    pub align: f64,
    /// Quarters of a turn, clockwise.
    pub quarters: u8,
    pub bold: bool,
}

impl Canvas {
    /// An empty canvas; `fine` is how many of plotters' pixels make one pixel of the page.
    pub(super) fn new(size: (u32, u32), fine: f64) -> Self {
        font::register();
        Self {
            size,
            fine,
            shapes: Vec::new(),
            title: None,
        }
    }

    fn place(&self, (x, y): BackendCoord) -> Position {
        // Nothing far outside can be seen, and other formats have limits.
        let near = |v: i32| f64::from(v).clamp(-1e6, 1e6) / self.fine;
        (near(x), near(y))
    }

    fn add(&mut self, form: Form, colour: BackendColor, stroke: Option<f64>) {
        if colour.alpha > 0.0 {
            let (r, g, b) = colour.rgb;
            let colour = RGBAColor(r, g, b, colour.alpha.min(1.0));
            let title = self.title.clone();
            self.shapes.push(Shape {
                form,
                colour,
                stroke,
                title,
            });
        }
    }

    fn stroke<S: BackendStyle>(&self, style: &S) -> Option<f64> {
        Some(f64::from(style.stroke_width().max(1)) / self.fine)
    }
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let fine = |v: u32| (f64::from(v) * self.fine) as u32;
        (fine(self.size.0), fine(self.size.1))
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Done {
        let (at, side) = (self.place(point), 1.0 / self.fine);
        self.add(
            Form::Rect {
                at,
                size: (side, side),
            },
            colour,
            None,
        );
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        let ends = vec![self.place(from), self.place(to)];
        self.add(Form::Path(ends), style.color(), self.stroke(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        let (a, b) = (self.place(a), self.place(b));
        let at = (a.0.min(b.0), a.1.min(b.1));
        let size = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
        let stroke = if fill { None } else { self.stroke(style) };
        self.add(Form::Rect { at, size }, style.color(), stroke);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        let points = path.into_iter().map(|p| self.place(p)).collect();
        self.add(Form::Path(points), style.color(), self.stroke(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done {
        let (at, radius) = (self.place(center), f64::from(radius) / self.fine);
        let stroke = if fill { None } else { self.stroke(style) };
        self.add(Form::Circle { at, radius }, style.color(), stroke);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Done {
        let points = vert.into_iter().map(|p| self.place(p)).collect();
        self.add(Form::Polygon(points), style.color(), None);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Done {
        let size = style.size() / self.fine;
        let quarters = match style.transform() {
            FontTransform::None => 0,
            FontTransform::Rotate90 => 1,
            FontTransform::Rotate180 => 2,
            FontTransform::Rotate270 => 3,
        };
        let down = size
            * match style.anchor().v_pos {
                VPos::Top => 0.8,
                VPos::Center => font::CAPITAL / 2.0,
                VPos::Bottom => -font::DESCENT,
            };
        let at = self.place(pos);
        let at = match quarters {
            0 => (at.0, at.1 + down),
            1 => (at.0 - down, at.1),
            2 => (at.0, at.1 - down),
            _ => (at.0 + down, at.1),
        };
        let align = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => 0.5,
            HPos::Right => 1.0,
        };
        let bold = matches!(style.style(), FontStyle::Bold);
        let text = Text {
            text: text.to_owned(),
            at,
            size,
            align,
            quarters,
            bold,
        };
        self.add(Form::Text(text), style.color(), None);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let (width, height) = (font::width(text, style.size()), style.size());
        Ok(match style.transform() {
            FontTransform::None | FontTransform::Rotate180 => (width as u32, height as u32),
            FontTransform::Rotate90 | FontTransform::Rotate270 => (height as u32, width as u32),
        })
    }
}

/// A plotters element with a title: hovering over it in a notebook shows the title.
///
/// ```
/// use course::plot::{draw, plotters::prelude::*, titled};
/// let picture = draw(100, 100, |area| area.draw(&titled("a dot", Circle::new((50, 50), 4, BLUE.filled()))))?;
/// assert!(picture.to_svg().contains("<title>a dot</title>"));
/// # Ok::<(), course::Error>(())
/// ```
pub fn titled<E>(title: impl Into<String>, element: E) -> Titled<E> {
    Titled {
        title: title.into(),
        element,
    }
}

/// What [`titled`] makes.
#[derive(Clone, Debug)]
pub struct Titled<E> {
    title: String,
    element: E,
}

impl<'a, E, Coord, M> PointCollection<'a, Coord, M> for &'a Titled<E>
where
    &'a E: PointCollection<'a, Coord, M>,
{
    type Point = <&'a E as PointCollection<'a, Coord, M>>::Point;
    type IntoIter = <&'a E as PointCollection<'a, Coord, M>>::IntoIter;

    fn point_iter(self) -> Self::IntoIter {
        self.element.point_iter()
    }
}

impl<E, M> Drawable<Canvas, M> for Titled<E>
where
    M: CoordMapper,
    E: Drawable<Canvas, M>,
{
    fn draw<I: Iterator<Item = M::Output>>(&self, pos: I, canvas: &mut Canvas, dim: (u32, u32)) -> Done {
        canvas.title = Some(self.title.clone());
        let done = self.element.draw(pos, canvas, dim);
        canvas.title = None;
        done
    }
}
