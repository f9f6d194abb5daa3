//! Coloured backgrounds in HTML and in a terminal.

use plotters::style::RGBColor;

/// The most pieces or words that are shown; a page of more is of use to nobody.
pub(super) const MOST: usize = 4000;
/// The opacity of a piece's background, and the highest opacity of a word's. Text stays legible on it, on a
/// light and on a dark page.
pub(super) const PIECE: f64 = 0.4;
pub(super) const STRONGEST: f64 = 0.5;
/// The number of colours that alternate from piece to piece.
pub(super) const COLOURS: usize = 4;

pub(super) const STYLE: &str = "<style>.course-text{line-height:1.9;white-space:pre-wrap;overflow-wrap:anywhere;\
    color:var(--jp-content-font-color1,currentColor);font-size:14px}\
    .course-text span{border-radius:3px;padding:.15em 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}\
    .course-text .w{opacity:.55}</style>";

pub(super) fn more(n: usize, what: &str) -> Option<String> {
    (n > MOST).then(|| format!(" … and {} {what} more", n - MOST))
}

pub(super) fn rgba(RGBColor(r, g, b): RGBColor, alpha: f64) -> String {
    format!("rgba({r},{g},{b},{alpha:.2})")
}

/// A colour between dark grey and `colour`.
pub(super) fn mixed(RGBColor(r, g, b): RGBColor, strength: f64) -> RGBColor {
    let mix = |v: u8| (48.0 + strength * (f64::from(v) - 48.0)).round() as u8;
    RGBColor(mix(r), mix(g), mix(b))
}

/// White text on this background, for terminals that know 16 million colours.
pub(super) fn ansi(RGBColor(r, g, b): RGBColor, text: &str) -> String {
    format!("\x1b[38;2;255;255;255;48;2;{r};{g};{b}m{text}\x1b[0m")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::colour::{PALETTE, contrast};

    #[test]
    fn text_is_legible_on_every_background() {
        let over = |RGBColor(r, g, b): RGBColor, page: u8, alpha: f64| {
            let mix = |v: u8| (f64::from(page) + alpha * (f64::from(v) - f64::from(page))).round() as u8;
            RGBColor(mix(r), mix(g), mix(b))
        };
        for (page, text) in [
            (0xff, RGBColor(0x21, 0x21, 0x21)),
            (0x11, RGBColor(0xff, 0xff, 0xff)),
        ] {
            for &colour in &PALETTE[..COLOURS] {
                let c = contrast(over(colour, page, PIECE.max(STRONGEST)), text);
                assert!(c >= 4.5, "{colour:?} on {page}: {c:.1}");
            }
        }
    }
}
