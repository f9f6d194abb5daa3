//! A finished picture, and how any code that draws with plotters makes one.

use std::cell::RefCell;
use std::fmt;
use std::path::Path;
use std::rc::Rc;

use super::canvas::{Area, Canvas, Drawn};
use super::png;
use super::svg::{self, Page};
use crate::{Error, Result};

/// Sizes of a picture that make sense, in pixels of the page.
const SIZES: std::ops::RangeInclusive<u32> = 60..=2400;

/// A finished picture. It owns what it shows.
///
/// In a notebook it is an SVG in the colours of the page. It can be written to a file, and it prints as text.
#[derive(Clone)]
pub struct Drawing {
    canvas: Canvas,
    /// What a screen reader says.
    alt: String,
    text: String,
}

/// Draws anything with [`plotters`](super::plotters): black is the page's text colour, white its background.
///
/// Width and height are in pixels. The course's own pictures do not need this; it is for pictures that the
/// course does not have.
///
/// # Errors
/// Whatever plotters reports.
///
/// ```
/// use course::plot::{draw, plotters::prelude::*};
/// let picture = draw(320, 200, |area| {
///     let mut chart = ChartBuilder::on(area)
///         .x_label_area_size(30)
///         .y_label_area_size(40)
///         .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
///     chart.configure_mesh().draw()?;
///     chart.draw_series(LineSeries::new((0..=50).map(|i| (i as f64 / 50.0, (i as f64 / 50.0).powi(2))), &BLUE))?;
///     Ok(())
/// })?;
/// assert!(picture.to_svg().starts_with("<svg"));
/// # Ok::<(), course::Error>(())
/// ```
pub fn draw(width: u32, height: u32, with: impl FnOnce(&Area) -> Drawn) -> Result<Drawing> {
    record((width, height), 1.0, with)
        .map(|canvas| {
            Drawing::new(
                canvas,
                "a drawing".to_owned(),
                format!("a drawing, {width}×{height}\n"),
            )
        })
        .map_err(|e| Error::value("the picture", "one that plotters can draw", e))
}

/// Draws on a canvas of this size, and returns the canvas.
pub(super) fn record(size: (u32, u32), fine: f64, with: impl FnOnce(&Area) -> Drawn) -> Drawn<Canvas> {
    let size = (
        size.0.clamp(*SIZES.start(), *SIZES.end()),
        size.1.clamp(*SIZES.start(), *SIZES.end()),
    );
    let canvas = Rc::new(RefCell::new(Canvas::new(size, fine)));
    with(&Area::from(&canvas))?;
    // If the code keeps a part of the area alive, the canvas is copied.
    Ok(Rc::try_unwrap(canvas).map_or_else(|shared| shared.borrow().clone(), RefCell::into_inner))
}

impl Drawing {
    pub(super) fn new(canvas: Canvas, alt: String, text: String) -> Self {
        Self { canvas, alt, text }
    }

    pub(super) fn canvas(&self) -> &Canvas {
        &self.canvas
    }

    pub(super) fn alt(&self) -> &str {
        &self.alt
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.canvas.size
    }

    /// As an SVG file: dark ink on white.
    pub fn to_svg(&self) -> String {
        svg::write(&self.canvas, Page::File, &self.alt)
    }

    /// As an SVG for a web page, in the colours of the page.
    pub fn to_html(&self) -> String {
        svg::write(&self.canvas, Page::Notebook, &self.alt)
    }

    /// As a PNG file: dark ink on white, two pixels for each pixel of the page.
    ///
    /// # Errors
    /// The picture cannot be encoded; this does not happen with pictures of a sensible size.
    pub fn to_png(&self) -> Result<Vec<u8>> {
        png::write(&self.canvas)
    }

    /// Writes it to a file; the name ends in `.svg` or `.png`.
    ///
    /// # Errors
    /// Another ending, or a file that cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let bytes = match ending.as_deref() {
            Some("svg") => self.to_svg().into_bytes(),
            Some("png") => self.to_png()?,
            _ => {
                return Err(Error::value(
                    "the name of a picture",
                    "one that ends in .svg or .png",
                    path.display(),
                ));
            }
        };
        std::fs::write(path, bytes).map_err(|e| Error::io("write", path, e))
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.text);
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

crate::show::debug_shows!(Drawing, |this, f| {
    let (w, h) = this.size();
    write!(f, "{}, {w}×{h}, {} shapes", this.alt, this.canvas.shapes.len())
});
