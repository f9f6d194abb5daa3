//! Colours: a palette for groups, and scales for numbers.
//!
//! Readers who do not see red and green as different can tell all of them apart. Each colour of the palette
//! also has a contrast of at least 3 to 1, which the eye needs to find a mark, on a white page as well as on
//! a black one (WCAG 2.1, 1.4.11).

use plotters::style::{BLACK, RGBAColor, RGBColor};

/// The colours of groups and series. The first three are those of Okabe and Ito (2008). Each of the others
/// was searched for: its smallest difference from all before it is as large as possible, for usual and for
/// colour-blind eyes.
pub(super) const PALETTE: [RGBColor; 8] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xac, 0x77, 0xfa),
    RGBColor(0x63, 0x63, 0x63),
    RGBColor(0xbe, 0x25, 0x17),
    RGBColor(0x7d, 0x93, 0xb7),
    RGBColor(0x7e, 0x55, 0xf0),
];

/// The page's text colour.
pub(super) const INK: RGBAColor = faded(1.0);
/// For secondary text: the numbers at ticks, notes.
pub(super) const SOFT: RGBAColor = faded(0.78);
/// For axes and leader lines.
pub(super) const LINE: RGBAColor = faded(0.5);
/// For the grid.
pub(super) const GRID: RGBAColor = faded(0.13);

const fn faded(alpha: f64) -> RGBAColor {
    RGBAColor(BLACK.0, BLACK.1, BLACK.2, alpha)
}

/// The colour of group or series number `i`, for pictures drawn with [`draw`](super::draw). Some of plotters'
/// own colours cannot be seen on a dark page.
///
/// ```
/// assert_eq!(course::plot::colour(0), course::plot::plotters::style::RGBColor(0, 0x72, 0xb2));
/// ```
pub fn colour(i: usize) -> RGBColor {
    PALETTE[i % PALETTE.len()]
}

/// A scale that turns numbers between 0 and 1 into colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
    /// From dark to light: viridis (van der Walt and Smith 2015).
    Sequential,
    /// From orange over white to blue, for numbers below and above a middle.
    Diverging,
}

/// Eleven colours at equal distances on viridis.
const VIRIDIS: [u32; 11] = [
    0x440154, 0x482576, 0x414487, 0x35608d, 0x2a788e, 0x21908c, 0x22a884, 0x43bf71, 0x7ad151, 0xbbdf27,
    0xfde725,
];
const ORANGE_BLUE: [u32; 9] = [
    0x8a3a0a, 0xc8590f, 0xee9648, 0xfacfa0, 0xf6f6f6, 0xb9daee, 0x64aad8, 0x1f6fb0, 0x0b3c6f,
];

impl Scale {
    /// The colour at `t`, which is between 0 and 1.
    pub(super) fn at(self, t: f64) -> RGBColor {
        let stops: &[u32] = match self {
            Self::Sequential => &VIRIDIS,
            Self::Diverging => &ORANGE_BLUE,
        };
        let t = if t.is_nan() { 0.0 } else { t.clamp(0.0, 1.0) } * (stops.len() - 1) as f64;
        let i = (t as usize).min(stops.len() - 2);
        let (from, to, part) = (stops[i], stops[i + 1], t - i as f64);
        let channel = |shift: u32| {
            let at = |stop: u32| f64::from(stop >> shift & 0xff);
            (at(from) + part * (at(to) - at(from))).round() as u8
        };
        RGBColor(channel(16), channel(8), channel(0))
    }
}

/// The colour of a text on `background`: nearly black or nearly white, whichever is easier to read. Not pure
/// black or white: those change with the page, and the background does not.
pub(super) fn text_on(background: RGBColor) -> RGBColor {
    let (dark, light) = (RGBColor(0x01, 0x01, 0x01), RGBColor(0xfe, 0xfe, 0xfe));
    match contrast(background, dark) >= contrast(background, light) {
        true => dark,
        false => light,
    }
}

/// How much brighter one colour is than the other, from 1 to 21 (WCAG 2.1).
pub(super) fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
    let [r, g, b] = [r, g, b].map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn linear(channel: u8) -> f64 {
    let v = f64::from(channel) / 255.0;
    if v <= 0.04045 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_seen_on_a_light_and_on_a_dark_page() {
        assert!((contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)) - 21.0).abs() < 1e-9);
        for colour in PALETTE {
            for page in [RGBColor(0xff, 0xff, 0xff), RGBColor(0x11, 0x11, 0x11)] {
                let c = contrast(colour, page);
                assert!(c >= 3.0, "{colour:?} on {page:?}: {c:.2}");
            }
        }
    }

    #[test]
    fn text_in_cells_is_legible() {
        for scale in [Scale::Sequential, Scale::Diverging] {
            for i in 0..=200 {
                let background = scale.at(f64::from(i) / 200.0);
                let c = contrast(background, text_on(background));
                assert!(c >= 4.5, "{background:?}: {c:.2}");
            }
        }
    }

    #[test]
    fn the_sequential_scale_only_gets_brighter() {
        let brightness: Vec<f64> = (0..=100)
            .map(|i| luminance(Scale::Sequential.at(f64::from(i) / 100.0)))
            .collect();
        assert!(brightness.windows(2).all(|w| w[0] < w[1]));
    }

    /// What a colour looks like to eyes without one kind of cone (Machado, Oliveira and Fernandes 2009,
    /// severity 1).
    fn seen(colour: RGBColor, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
        let v = [colour.0, colour.1, colour.2].map(linear);
        eyes.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    }

    /// A space in which distances are about as large as they look (Ottosson 2020, Oklab).
    fn oklab([r, g, b]: [f64; 3]) -> [f64; 3] {
        let l = (0.412_221_5 * r + 0.536_332_5 * g + 0.051_446 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_397 * b).cbrt();
        let s = (0.088_302_5 * r + 0.281_718_8 * g + 0.629_978_7 * b).cbrt();
        [
            0.210_454_3 * l + 0.793_617_8 * m - 0.004_072 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904 * l + 0.782_771_8 * m - 0.808_675_8 * s,
        ]
    }

    #[test]
    fn colour_blind_readers_tell_the_palette_apart() {
        let usual = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let no_red = [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ];
        let no_green = [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ];
        let no_blue = [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ];
        for eyes in [usual, no_red, no_green, no_blue] {
            for (i, &a) in PALETTE.iter().enumerate() {
                for &b in &PALETTE[..i] {
                    let (p, q) = (oklab(seen(a, &eyes)), oklab(seen(b, &eyes)));
                    let d: f64 = p.iter().zip(q).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt();
                    // Two just distinguishable colours are 0.02 apart.
                    assert!(d >= 0.065, "{a:?} {b:?}: {d:.3}");
                }
            }
        }
    }
}
