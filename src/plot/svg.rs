//! A canvas as SVG.
//!
//! In a notebook the ink is the page's own text colour and there is no background, so a picture is legible in
//! a light and in a dark theme. In a file the ink is dark and the page white. Nothing in the SVG has an id,
//! so pictures on one page cannot disturb each other.

use std::fmt::Write;

use plotters::style::RGBAColor;

use super::canvas::{Canvas, Form, Position, Shape, Text};

/// What the SVG is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Page {
    Notebook,
    File,
}

/// The colour of text in files.
const INK: &str = "#111";

/// `alt` is what a screen reader says of the picture.
pub(super) fn write(canvas: &Canvas, page: Page, alt: &str) -> String {
    let (w, h) = canvas.size;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
         aria-label=\"{}\" ",
        escape(alt)
    );
    out.push_str(match page {
        Page::Notebook => {
            "style=\"max-width:100%;height:auto;color:var(--jp-content-font-color1,currentColor);\
             font-family:var(--jp-content-font-family,sans-serif)\">\n"
        }
        Page::File => "color=\"#111\" font-family=\"DejaVu Sans,Verdana,sans-serif\">\n",
    });
    if page == Page::File {
        let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>");
    }
    // Shapes that follow each other and look alike share a group. This halves the file of a scatter of
    // thousands.
    let mut rest = canvas.shapes.as_slice();
    while let Some(first) = rest.first() {
        let look = look(first);
        let n = rest.iter().take_while(|s| self::look(s) == look).count();
        let _ = writeln!(out, "<g{look}>");
        for same in rest[..n].chunk_by(|a, b| a.colour == b.colour) {
            let paint = paint(&same[0], page);
            match same {
                [one] => write_shape(&mut out, one, &paint),
                many => {
                    let _ = writeln!(out, "<g{paint}>");
                    many.iter().for_each(|shape| write_shape(&mut out, shape, ""));
                    out.push_str("</g>\n");
                }
            }
        }
        out.push_str("</g>\n");
        rest = &rest[n..];
    }
    out.push_str("</svg>\n");
    out
}

/// The attributes other than colour.
fn look(shape: &Shape) -> String {
    match (shape.stroke, &shape.form) {
        (Some(width), _) => format!(
            " fill=\"none\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
            number(width)
        ),
        (None, Form::Text(text)) => {
            let weight = if text.bold { " font-weight=\"600\"" } else { "" };
            format!(" font-size=\"{}\"{weight}", number(text.size))
        }
        // With smoothed edges, the page would show between neighbouring cells of a heat map.
        (None, Form::Rect { .. }) => " shape-rendering=\"crispEdges\"".to_owned(),
        (None, _) => String::new(),
    }
}

/// The attributes of colour.
fn paint(shape: &Shape, page: Page) -> String {
    let RGBAColor(r, g, b, alpha) = shape.colour;
    let name = match ((r, g, b), page) {
        ((0, 0, 0), Page::Notebook) => "currentColor".to_owned(),
        ((0, 0, 0), Page::File) => INK.to_owned(),
        ((255, 255, 255), Page::Notebook) => "var(--jp-layout-color0,Canvas)".to_owned(),
        _ => format!("#{r:02x}{g:02x}{b:02x}"),
    };
    let what = if shape.stroke.is_some() { "stroke" } else { "fill" };
    match alpha < 1.0 {
        true => format!(" {what}=\"{name}\" {what}-opacity=\"{}\"", number(alpha)),
        false => format!(" {what}=\"{name}\""),
    }
}

fn write_shape(out: &mut String, shape: &Shape, paint: &str) {
    let name = match &shape.form {
        Form::Circle { at, radius } => {
            let (x, y, r) = (number(at.0), number(at.1), number(*radius));
            let _ = write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{paint}");
            "circle"
        }
        Form::Rect { at, size } => {
            let [x, y, w, h] = [at.0, at.1, size.0, size.1].map(number);
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{paint}"
            );
            "rect"
        }
        Form::Path(points) => {
            let _ = write!(out, "<polyline points=\"{}\"{paint}", list(points));
            "polyline"
        }
        Form::Polygon(points) => {
            let _ = write!(out, "<polygon points=\"{}\"{paint}", list(points));
            "polygon"
        }
        Form::Text(text) => return write_text(out, text, shape.title.as_deref(), paint),
    };
    match &shape.title {
        Some(title) => {
            let _ = writeln!(out, "><title>{}</title></{name}>", escape(title));
        }
        None => out.push_str("/>\n"),
    }
}

fn write_text(out: &mut String, text: &Text, title: Option<&str>, paint: &str) {
    let (x, y) = (number(text.at.0), number(text.at.1));
    let _ = write!(out, "<text x=\"{x}\" y=\"{y}\"{paint}");
    if text.align > 0.0 {
        let anchor = if text.align < 1.0 { "middle" } else { "end" };
        let _ = write!(out, " text-anchor=\"{anchor}\"");
    }
    if text.quarters > 0 {
        let angle = match text.quarters {
            1 => 90,
            2 => 180,
            _ => -90,
        };
        let _ = write!(out, " transform=\"rotate({angle} {x} {y})\"");
    }
    let title = title.map_or(String::new(), |t| format!("<title>{}</title>", escape(t)));
    let _ = writeln!(out, ">{}{title}</text>", escape(&text.text));
}

fn list(points: &[Position]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|p| format!("{},{}", number(p.0), number(p.1)))
        .collect();
    points.join(" ")
}

/// With at most three digits after the point, and no trailing zeros.
fn number(v: f64) -> String {
    let text = format!("{v:.3}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

/// Escaped, on one line, and without the characters that XML forbids even when they are escaped.
fn escape(text: &str) -> String {
    let legal: String = (text.chars())
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect();
    crate::show::escape(&legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(100.0), "100");
        assert_eq!(number(-0.0001), "0");
        assert_eq!(number(2.125), "2.125");
    }

    #[test]
    fn what_xml_forbids_is_replaced() {
        assert_eq!(escape("a\0<b>\n\u{FFFE}'"), "a\u{FFFD}&lt;b&gt; \u{FFFD}&#39;");
    }
}
