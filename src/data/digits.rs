//! 1,797 handwritten digits of 8 x 8 pixels, each with its label: pictures that are small enough to learn
//! from in seconds.
//!
//! Thirteen people wrote them. A pixel says how many points of a 4 x 4 block were inked, from 0 to 16.
//!
//! Source: the test set of Alpaydin and Kaynak (1998), *Optical Recognition of Handwritten Digits*, as
//! scikit-learn has it.

use std::fmt;
use std::sync::LazyLock;

use ndarray::Array2;

use super::vendored::{File, built_in, sound};
use crate::error::Location;
use crate::{Result, show};

static FILE: File = built_in!("digits/digits.csv.gz");

/// The width and height of a picture, in pixels.
pub const SIDE: usize = 8;
/// How many pixels a picture has.
pub const PIXELS: usize = SIDE * SIDE;
/// The darkest that a pixel can be.
pub const DARKEST: u8 = 16;

/// One picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Digit {
    /// The pixels, row by row from the top, each from 0 (paper) to 16 (ink).
    pub pixels: [u8; PIXELS],
    /// What was written, from 0 to 9.
    pub label: u8,
}

/// The pictures.
///
/// ```
/// use course::data::digits;
/// let first = &digits::digits()[0];
/// assert_eq!(first.label, 0);
/// assert_eq!(first.pixels[..8], [0, 0, 5, 13, 9, 1, 0, 0]);
/// ```
pub fn digits() -> &'static [Digit] {
    static DIGITS: LazyLock<Vec<Digit>> = LazyLock::new(|| sound(FILE.text().and_then(|text| parse(&text))));
    &DIGITS
}

/// The pictures as a matrix of 1,797 rows and 64 columns, each pixel from 0 to 1.
///
/// ```
/// assert_eq!(course::data::digits::matrix().dim(), (1797, 64));
/// ```
pub fn matrix() -> Array2<f32> {
    Array2::from_shape_fn((digits().len(), PIXELS), |(i, j)| {
        f32::from(digits()[i].pixels[j]) / f32::from(DARKEST)
    })
}

/// Parses the lines: 64 pixels and the label.
fn parse(text: &str) -> Result<Vec<Digit>> {
    (1..)
        .zip(text.lines())
        .map(|(n, line)| {
            let wrong = |problem: String| FILE.wrong(Location::Line(n), problem);
            let row: Vec<u8> = line
                .split(',')
                .map(|x| x.parse().map_err(|e| wrong(format!("{x:?}: {e}"))))
                .collect::<Result<_>>()?;
            let [pixels @ .., label] = row.as_slice() else {
                return Err(wrong("nothing is here".into()));
            };
            let pixels: [u8; PIXELS] = (pixels.try_into())
                .map_err(|_| wrong(format!("expected {PIXELS} pixels, got {}", pixels.len())))?;
            if pixels.iter().any(|&p| p > DARKEST) || *label > 9 {
                return Err(wrong("a pixel is above 16 or the label above 9".into()));
            }
            Ok(Digit {
                pixels,
                label: *label,
            })
        })
        .collect()
}

impl Digit {
    /// Shows the picture in a notebook.
    pub fn evcxr_display(&self) {
        let squares: String =
            (0..)
                .zip(self.pixels)
                .filter(|&(_, p)| p > 0)
                .fold(String::new(), |svg, (i, p)| {
                    let (x, y) = (i % SIDE, i / SIDE);
                    let ink = f32::from(p) / f32::from(DARKEST);
                    svg + &format!(
                        "<rect x='{x}' y='{y}' width='1.02' height='1.02' fill-opacity='{ink:.2}'/>"
                    )
                });
        let html = format!(
            "<svg width='96' height='96' viewBox='0 0 {SIDE} {SIDE}' role='img' \
             style='color: var(--jp-content-font-color1, currentColor)' fill='currentColor'>\
             <title>{}</title>{squares}</svg>",
            self.label
        );
        show::display(&html, &self.to_string());
    }
}

impl fmt::Display for Digit {
    /// The picture in characters, two for each pixel.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.label)?;
        for row in self.pixels.chunks(SIDE) {
            let line: String = (row.iter())
                .map(|&p| match p {
                    0..=2 => "  ",
                    3..=6 => "░░",
                    7..=10 => "▒▒",
                    11..=14 => "▓▓",
                    _ => "██",
                })
                .collect();
            write!(f, "\n{}", line.trim_end())?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(Digit, |this, f| { write!(f, "Digit({})", this.label) });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_row_is_an_error() {
        let error = |row: &str| parse(&format!("{row}\n")).unwrap_err().to_string();
        let file = "built-in digits/digits.csv.gz, line 1: ";
        assert_eq!(error("1,2,3"), format!("{file}expected 64 pixels, got 2"));
        assert!(error("1,x").starts_with(&format!("{file}\"x\": ")));
        assert!(error(&format!("{}7", "17,".repeat(64))).contains("above 16"));
        assert!(parse(&format!("{}7\n", "16,".repeat(64))).is_ok());
    }

    #[test]
    fn a_picture_in_characters() {
        let mut pixels = [0; PIXELS];
        pixels[0] = 16;
        pixels[10] = 8;
        let shown = Digit { pixels, label: 4 }.to_string();
        assert!(shown.starts_with("4\n██\n    ▒▒\n"), "{shown}");
        assert_eq!(shown.split('\n').count(), 9);
    }
}
