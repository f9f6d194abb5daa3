//! A canvas as PNG. What was drawn is replayed on plotters' bitmap backend, larger than needed, and then made
//! smaller. That smooths all edges alike.

use std::f64::consts::PI;

use plotters::prelude::{BitMapBackend, DrawingBackend};
use plotters::style::{Color, FontTransform, IntoFont, RGBAColor, TextStyle};

use super::canvas::{Canvas, Form, Position, Shape, Text};
use super::font;
use crate::{Error, Result};

/// Pixels of the file for each pixel of the page, so that the file is sharp on a fine screen and on paper.
const SCALE: u32 = 2;
/// Pixels drawn for each pixel of the file.
const SMOOTH: u32 = 2;
/// Both together.
const ZOOM: f64 = (SCALE * SMOOTH) as f64;
/// The colour of text, as in an SVG file.
const INK: u8 = 0x11;

pub(super) fn write(canvas: &Canvas) -> Result<Vec<u8>> {
    let (w, h) = (canvas.size.0 * SCALE, canvas.size.1 * SCALE);
    let (wide, high) = (w * SMOOTH, h * SMOOTH);
    let mut pixels = vec![255; 3 * wide as usize * high as usize];
    {
        let mut bitmap = BitMapBackend::with_buffer(&mut pixels, (wide, high));
        let drawn = canvas
            .shapes
            .iter()
            .try_for_each(|shape| replay(&mut bitmap, shape));
        drawn.map_err(|e| Error::value("the picture", "one that can be drawn", e))?;
    }
    let small = shrink(&pixels, wide as usize);
    encode(&small, w, h).map_err(|e| Error::value("the picture", "one that PNG can hold", e))
}

fn encode(rgb: &[u8], w: u32, h: u32) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, w, h);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(out)
}

/// Turns every `SMOOTH`×`SMOOTH` pixels into one, their mean.
fn shrink(pixels: &[u8], wide: usize) -> Vec<u8> {
    let n = SMOOTH as usize;
    let mut out = Vec::with_capacity(pixels.len() / (n * n));
    for rows in pixels.chunks_exact(3 * wide * n) {
        for x in (0..3 * wide).step_by(3 * n) {
            for channel in 0..3 {
                let block = (0..n * n).map(|i| rows[i / n * 3 * wide + x + i % n * 3 + channel]);
                let sum: usize = block.map(usize::from).sum();
                out.push(((sum + n * n / 2) / (n * n)) as u8);
            }
        }
    }
    out
}

type Drawn<'a> = std::result::Result<
    (),
    plotters_backend::DrawingErrorKind<<BitMapBackend<'a> as DrawingBackend>::ErrorType>,
>;

fn replay<'a>(bitmap: &mut BitMapBackend<'a>, shape: &Shape) -> Drawn<'a> {
    let RGBAColor(r, g, b, alpha) = shape.colour;
    let colour = match (r, g, b) {
        (0, 0, 0) => RGBAColor(INK, INK, INK, alpha),
        _ => shape.colour,
    };
    let fill = colour.filled();
    match (&shape.form, shape.stroke) {
        (Form::Circle { at, radius }, None) => bitmap.fill_polygon(circle(*at, *radius), &colour),
        (Form::Circle { at, radius }, Some(width)) => {
            let mut points = circle_places(*at, *radius);
            points.extend(points.first().copied());
            path(bitmap, &points, width, &colour)
        }
        (&Form::Rect { at, size }, None) => {
            let (x0, y0) = pixel(at);
            let (x1, y1) = pixel((at.0 + size.0, at.1 + size.1));
            bitmap.draw_rect((x0, y0), (x1, y1), &fill, true)
        }
        (
            &Form::Rect {
                at: (x, y),
                size: (w, h),
            },
            Some(width),
        ) => {
            let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
            path(bitmap, &corners, width, &colour)
        }
        (Form::Polygon(points), _) => bitmap.fill_polygon(points.iter().map(|&p| pixel(p)), &colour),
        (Form::Path(points), width) => path(bitmap, points, width.unwrap_or(1.0), &colour),
        (Form::Text(text), _) => draw_text(bitmap, text, &colour),
    }
}

fn pixel((x, y): Position) -> (i32, i32) {
    ((x * ZOOM).round() as i32, (y * ZOOM).round() as i32)
}

fn circle_places(at: Position, radius: f64) -> Vec<Position> {
    let n = (8.0 * (radius * ZOOM).sqrt()).clamp(12.0, 200.0) as usize;
    let angle = |i: usize| 2.0 * PI * i as f64 / n as f64;
    (0..n)
        .map(|i| (at.0 + radius * angle(i).cos(), at.1 + radius * angle(i).sin()))
        .collect()
}

fn circle(at: Position, radius: f64) -> impl Iterator<Item = (i32, i32)> {
    circle_places(at, radius).into_iter().map(pixel)
}

/// A line, drawn piece by piece with round joints: plotters' own thick lines have holes at sharp corners.
fn path<'a>(
    bitmap: &mut BitMapBackend<'a>,
    points: &[Position],
    width: f64,
    colour: &RGBAColor,
) -> Drawn<'a> {
    let half = width / 2.0;
    let mut joint = false;
    for ends in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (ends[0], ends[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        if length == 0.0 {
            continue;
        }
        let (across_x, across_y) = (half * (y1 - y0) / length, half * (x0 - x1) / length);
        let corners = [
            (x0 + across_x, y0 + across_y),
            (x1 + across_x, y1 + across_y),
            (x1 - across_x, y1 - across_y),
            (x0 - across_x, y0 - across_y),
        ];
        bitmap.fill_polygon(corners.map(pixel), colour)?;
        if joint && width * ZOOM > 3.0 && colour.alpha() == 1.0 {
            bitmap.fill_polygon(circle((x0, y0), half), colour)?;
        }
        joint = true;
    }
    Ok(())
}

fn draw_text<'a>(bitmap: &mut BitMapBackend<'a>, text: &Text, colour: &RGBAColor) -> Drawn<'a> {
    let size = text.size * font::LINE_HEIGHT * ZOOM;
    // plotters puts the baseline half the font's size below the point where the text begins.
    let before = text.align * font::width(&text.text, text.size) * ZOOM;
    let above = size / 2.0;
    let (x, y) = (text.at.0 * ZOOM, text.at.1 * ZOOM);
    let (transform, at) = match text.quarters {
        0 => (FontTransform::None, (x - before, y - above)),
        1 => (FontTransform::Rotate90, (x + above, y - before)),
        2 => (FontTransform::Rotate180, (x + before, y + above)),
        _ => (FontTransform::Rotate270, (x - above, y + before)),
    };
    let style = TextStyle::from((font::NAME, size).into_font())
        .color(colour)
        .transform(transform);
    bitmap.draw_text(&text.text, &style, (at.0.round() as i32, at.1.round() as i32))
}
