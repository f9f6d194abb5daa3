//! The bundled font: how wide a text is, and where to break one.
//!
//! DejaVu Sans is among the widest of the common sans-serif fonts, so a label that fits in it fits in the
//! font of the notebook as well. For letters that it does not have (Chinese, Arabic, …) the widths are
//! estimates, on the large side.

use std::sync::{LazyLock, Once};

use ab_glyph::{Font, FontRef, GlyphId};
use plotters::style::{FontStyle, register_font};
use unicode_width::UnicodeWidthChar;

/// The name under which plotters knows the font.
pub(super) const NAME: &str = "course";
/// In plotters the size of a font is the height of a line; everywhere else, and in this crate, it is the em.
pub(super) const LINE_HEIGHT: f64 = 1.164;
/// From a line of text to the next one, in em.
pub(super) const LEADING: f64 = 1.3;
/// The height of a capital letter, in em.
pub(super) const CAPITAL: f64 = 0.73;
/// How far letters reach below the baseline, in em.
pub(super) const DESCENT: f64 = 0.21;
/// How much wider bold letters are, at most.
pub(super) const BOLD: f64 = 1.2;

static BYTES: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");
static FONT: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::try_from_slice(BYTES).ok());

/// Makes the font known to plotters, once.
pub(super) fn register() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // The font is part of the program, and a test shows that it can be read.
        let _ = register_font(NAME, FontStyle::Normal, BYTES);
    });
}

/// The width of `text` in letters of `size` pixels to the em.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of a letter in em.
fn advance(c: char) -> f64 {
    let own = FONT.as_ref().and_then(|font| {
        let glyph = font.glyph_id(c);
        let em = font.units_per_em().filter(|_| glyph != GlyphId(0))?;
        Some(f64::from(font.h_advance_unscaled(glyph) / em))
    });
    own.unwrap_or(match c.width() {
        None | Some(0) => 0.0,
        Some(1) => 0.75,
        Some(_) => 1.05,
    })
}

/// `text` cut to at most `most` pixels, with `…` where it was cut.
pub(super) fn cut(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut room = most - width("…", size);
    let mut out = String::new();
    for c in text.chars() {
        room -= advance(c) * size;
        if room < 0.0 {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// `text` broken between words into at most `lines` lines of at most `most` pixels. The last line is cut if
/// the rest does not fit.
pub(super) fn wrap(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > lines {
        let rest = out.split_off(lines.saturating_sub(1)).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| cut(line, size, most)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_there_and_its_widths_are_known() {
        assert!(FONT.is_some());
        // DejaVu Sans: an "e" is 1260 of 2048 units wide, which is 0.615 em to three digits.
        assert!((width("e", 1000.0) - 615.2).abs() < 0.1, "{}", width("e", 1000.0));
        assert!((width("ee", 12.0) - 2.0 * width("e", 12.0)).abs() < 1e-9);
        assert!(width("語", 10.0) >= 10.0);
        assert_eq!(width("", 10.0), 0.0);
    }

    #[test]
    fn texts_are_cut_and_broken_where_they_do_not_fit() {
        assert_eq!(cut("cat", 12.0, 100.0), "cat");
        let short = cut("a very long name of something", 12.0, 80.0);
        assert!(short.ends_with('…') && width(&short, 12.0) <= 80.0, "{short}");
        let lines = wrap("one two three four five six", 12.0, 70.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(
            lines[1].ends_with('…') && lines.iter().all(|l| width(l, 12.0) <= 70.0),
            "{lines:?}"
        );
        assert!(wrap("", 12.0, 70.0, 2).is_empty());
        assert_eq!(cut("abc", 12.0, 0.0), "…");
    }
}
