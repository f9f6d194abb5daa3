//! Bars of block characters, for a terminal.

/// Parts of a full block, from one eighth to eight.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar from `zero` to `place`, both between 0 and 1, in at most `columns` columns. A bar below zero is
/// drawn light, in whole blocks.
pub(super) fn bar(place: f64, zero: f64, columns: usize) -> String {
    let eighths = |p: f64| (p.clamp(0.0, 1.0) * (8 * columns) as f64).round() as usize;
    // Zero is between two columns, so bars on either side begin there.
    let start = eighths(zero).div_ceil(8);
    if place < zero {
        let from = eighths(place) / 8;
        return format!("{}{}", " ".repeat(from), "░".repeat(start.saturating_sub(from)));
    }
    let length = eighths(place).saturating_sub(8 * start);
    let mut out = " ".repeat(start) + &"█".repeat(length / 8);
    if !length.is_multiple_of(8) {
        out.push(EIGHTHS[length % 8 - 1]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_zero() {
        assert_eq!(bar(1.0, 0.0, 8), "████████");
        assert_eq!(bar(0.0, 0.0, 8), "");
        assert_eq!(bar(1.0 / 64.0, 0.0, 8), "▏");
        assert_eq!(bar(0.75, 0.5, 8), "    ██");
        assert_eq!(bar(0.25, 0.5, 8), "  ░░");
        assert_eq!(bar(0.0, 1.0, 8), "░░░░░░░░");
        assert_eq!(bar(f64::NAN, 0.0, 8), "");
    }
}
