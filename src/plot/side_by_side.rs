//! Several pictures as one: small multiples.

use super::canvas::{Canvas, FINE, Form, Position, Shape};
use super::drawing::Drawing;

/// Puts pictures beside each other, `columns` in a row.
///
/// They keep their sizes; two of 440 pixels each fit a notebook.
///
/// ```
/// use course::plot::{curves, side_by_side};
/// let all = side_by_side(2, (1..=3).map(|power| {
///     let points: Vec<(f64, f64)> = (0..10).map(|x| (x as f64, (x as f64).powi(power))).collect();
///     curves().line("", points).title(format!("x to the {power}")).size(300, 200)
/// }));
/// assert_eq!(all.size(), (600, 400));
/// ```
pub fn side_by_side<D: Into<Drawing>>(columns: usize, pictures: impl IntoIterator<Item = D>) -> Drawing {
    let pictures: Vec<Drawing> = pictures.into_iter().map(Into::into).collect();
    let (mut shapes, mut texts, mut alts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut width, mut top) = (0, 0);
    for row in pictures.chunks(columns.max(1)) {
        let mut left = 0;
        for picture in row {
            let by = (f64::from(left), f64::from(top));
            shapes.extend(picture.canvas().shapes.iter().map(|s| moved(s, by)));
            texts.push(picture.to_string());
            alts.push(picture.alt());
            left += picture.size().0;
        }
        width = width.max(left);
        top += row.iter().map(|p| p.size().1).max().unwrap_or(0);
    }
    let mut canvas = Canvas::new((width.max(1), top.max(1)), FINE);
    canvas.shapes = shapes;
    Drawing::new(canvas, alts.join("; "), texts.join("\n"))
}

fn moved(shape: &Shape, (dx, dy): Position) -> Shape {
    let by = |(x, y): Position| (x + dx, y + dy);
    let form = match &shape.form {
        &Form::Circle { at, radius } => Form::Circle { at: by(at), radius },
        &Form::Rect { at, size } => Form::Rect { at: by(at), size },
        Form::Path(points) => Form::Path(points.iter().map(|&p| by(p)).collect()),
        Form::Polygon(points) => Form::Polygon(points.iter().map(|&p| by(p)).collect()),
        Form::Text(text) => {
            let mut text = text.clone();
            text.at = by(text.at);
            Form::Text(text)
        }
    };
    Shape {
        form,
        ..shape.clone()
    }
}
