//! An axis: the range of numbers it shows, where its ticks are, and what their labels say.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::number::{Format, group_digits, superscript};

/// Numbers larger than this are not drawn, because differences of larger ones are infinite. On a logarithmic
/// axis, numbers nearer to zero than its inverse are not drawn either.
const LARGEST: f64 = 1e150;
/// Room at both ends of an axis, as a fraction of its length: a mark at an end is drawn whole.
const ROOM: f64 = 0.04;

/// A linear or logarithmic axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    log: bool,
    /// Numbers with a label.
    pub ticks: Vec<(f64, String)>,
    /// Numbers with a thin line only.
    pub minor: Vec<f64>,
}

/// How an axis is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub log: bool,
    /// Whether zero must be on the axis. It is at an end if all numbers are on one side of it.
    pub from_zero: bool,
    /// Whether there is room between the outermost numbers and the ends.
    pub room: bool,
    /// About how many ticks fit.
    pub ticks: usize,
}

/// Whether a number can be drawn on an axis.
pub(super) fn drawable(v: f64, log: bool) -> bool {
    v.abs() <= LARGEST && (!log || v >= 1.0 / LARGEST)
}

/// A note on `n` points that cannot be drawn on axes of which these are logarithmic; none where `n` is 0.
pub(super) fn lost_points(n: usize, log: (bool, bool)) -> Option<String> {
    let why = match log {
        (false, false) => "numbers",
        _ => "positive numbers",
    };
    match n {
        0 => None,
        1 => Some(format!("1 point is not shown: its coordinates are not {why}.")),
        n => Some(format!(
            "{n} points are not shown: their coordinates are not {why}."
        )),
    }
}

impl Axis {
    /// An axis that holds all drawable `values`. Without any it goes from 0 to 1, or from 1 to 10.
    pub(super) fn fit(values: impl Iterator<Item = f64>, plan: Plan) -> Self {
        let zero = Some(0.0).filter(|_| plan.from_zero && !plan.log);
        let (mut low, mut high) = (values.filter(|&v| drawable(v, plan.log)).chain(zero))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
                (a.min(v), b.max(v))
            });
        if low > high {
            (low, high) = if plan.log { (1.0, 10.0) } else { (0.0, 1.0) };
        }
        if plan.log {
            let (mut a, mut b) = (low.log10(), high.log10());
            if b - a < 1e-9 {
                (a, b) = (a - 0.5, b + 0.5);
            } else if plan.room {
                (a, b) = (a - ROOM * (b - a), b + ROOM * (b - a));
            }
            Self::over(10f64.powf(a), 10f64.powf(b), true, plan.ticks)
        } else {
            let same = (high - low) <= 1e-12 * low.abs().max(high.abs()) || high - low < 1e-150;
            if same {
                let half = if low.abs() < 1e-150 { 1.0 } else { low.abs() / 2.0 };
                let (a, b) = (low - half, high + half);
                (low, high) = match plan.from_zero && low == 0.0 {
                    true => (0.0, 1.0),
                    false => (a, b),
                };
            } else if plan.room {
                let room = ROOM * (high - low);
                // An axis from zero begins exactly there.
                let at_zero = |v: f64| plan.from_zero && v == 0.0;
                low -= if at_zero(low) { 0.0 } else { room };
                high += if at_zero(high) { 0.0 } else { room };
            }
            Self::over(low, high, false, plan.ticks)
        }
    }

    /// From `low` to `high`, with about `ticks` ticks.
    pub(super) fn over(low: f64, high: f64, log: bool, ticks: usize) -> Self {
        let (ticks, minor) = match log {
            true => log_ticks(low, high, ticks.max(2)),
            false => (linear_ticks(low, high, ticks.max(2)), Vec::new()),
        };
        Self {
            low,
            high,
            log,
            ticks,
            minor,
        }
    }

    /// Where `v` is on the axis: 0 is the low end, 1 the high end.
    pub(super) fn place(&self, v: f64) -> f64 {
        let at = match self.log {
            true => (v / self.low).ln() / (self.high / self.low).ln(),
            false => (v - self.low) / (self.high - self.low),
        };
        if at.is_nan() { 0.0 } else { at.clamp(-1.0, 2.0) }
    }

    /// The number at a place on the axis, from 0 to 1.
    pub(super) fn number(&self, place: f64) -> f64 {
        match self.log {
            true => self.low * (self.high / self.low).powf(place),
            false => self.low + place * (self.high - self.low),
        }
    }

    pub(super) fn is_log(&self) -> bool {
        self.log
    }

    pub(super) fn extent(&self) -> f64 {
        self.high - self.low
    }

    /// The same axis with about `n` ticks.
    pub(super) fn with_ticks(&self, n: usize) -> Self {
        Self::over(self.low, self.high, self.log, n)
    }

    /// Without the ticks between whole numbers, for counts.
    pub(super) fn whole(mut self) -> Self {
        if self.ticks.iter().any(|t| t.0.fract() != 0.0) {
            self.ticks.retain(|t| t.0.fract() == 0.0);
            for (v, label) in &mut self.ticks {
                *label = Format::Decimals(0).write(*v);
            }
        }
        self
    }

    /// The same middle, with `factor` times the extent on both sides. For linear axes.
    pub(super) fn widened(&self, factor: f64, ticks: usize) -> Self {
        let (middle, half) = ((self.low + self.high) / 2.0, self.extent() / 2.0 * factor);
        Self::over(middle - half, middle + half, self.log, ticks)
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let (from, to) = (f64::from(limit.0), f64::from(limit.1));
        (from + self.place(*value) * (to - from)).round() as i32
    }

    fn key_points<H: KeyPointHint>(&self, _: H) -> Vec<f64> {
        self.ticks.iter().map(|t| t.0).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let known = self.ticks.iter().find(|t| t.0 == *value);
        known.map_or_else(|| Format::Auto.write(*value), |t| t.1.clone())
    }
}

/// A round step that divides the extent into about `n` parts. The step is 1, 2 or 5 times a power of ten; the
/// result is that number and the power.
fn step(extent: f64, n: usize) -> (f64, i32) {
    let rough = extent / n as f64;
    let mut exponent = rough.log10().floor() as i32;
    let mantissa = rough / 10f64.powi(exponent);
    let nice = match mantissa {
        // Halfway between two round numbers is the root of their product.
        m if m < 2f64.sqrt() => 1.0,
        m if m < 10f64.sqrt() => 2.0,
        m if m < 50f64.sqrt() => 5.0,
        _ => {
            exponent += 1;
            1.0
        }
    };
    (nice * 10f64.powi(exponent), exponent)
}

/// Multiples of a round step between `low` and `high`.
fn linear_ticks(low: f64, high: f64, n: usize) -> Vec<(f64, String)> {
    let (step, exponent) = step(high - low, n);
    // A tick exactly at an end must not be lost to rounding.
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    if !(first.is_finite() && last.is_finite()) || last - first > 1000.0 {
        return Vec::new();
    }
    let values = (0..=(last - first) as i64).map(|i| (first + i as f64) * step);
    let largest = low.abs().max(high.abs());
    let power = largest.log10().floor() as i32;
    values.map(|v| (v, linear_label(v, exponent, power))).collect()
}

/// The label of a tick. `exponent` is the power of ten of the step, `power` that of the largest number.
fn linear_label(v: f64, exponent: i32, power: i32) -> String {
    let decimals = (-exponent).max(0) as usize;
    if (-4..6).contains(&power) {
        let text = Format::Decimals(decimals).write(v);
        return if power >= 4 { group_digits(&text) } else { text };
    }
    let decimals = (power - exponent).clamp(0, 12) as usize;
    let mantissa = v / 10f64.powi(power);
    match Format::Decimals(decimals).write(mantissa) {
        zero if zero.chars().all(|c| matches!(c, '0' | '.')) => "0".to_owned(),
        text => format!("{text}×10{}", superscript(power)),
    }
}

/// Powers of ten, with thin lines between them. Where there are few powers, their multiples by 2 and 5 are
/// ticks too.
fn log_ticks(low: f64, high: f64, n: usize) -> (Vec<(f64, String)>, Vec<f64>) {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let inside = |v: &f64| *v >= low * (1.0 - 1e-9) && *v <= high * (1.0 + 1e-9);
    let decades = high.log10() - low.log10();
    if decades < 0.7 {
        // The axis covers so little of a decade that the ticks of a linear axis suit it.
        return (linear_ticks(low, high, n), Vec::new());
    }
    let every = (decades / n as f64).ceil().max(1.0) as usize;
    let times: &[f64] = match decades {
        d if d < 1.5 => &[1.0, 2.0, 3.0, 5.0],
        d if d < 3.0 && n >= 6 => &[1.0, 2.0, 5.0],
        _ => &[1.0],
    };
    let ticks = ((first..=last).filter(|e| e.rem_euclid(every as i32) == 0))
        .flat_map(|e| times.iter().map(move |t| (t * 10f64.powi(e), *t, e)))
        .filter(|(v, _, _)| inside(v))
        .map(|(v, t, e)| (v, log_label(t, e)))
        .collect();
    let minor = match every {
        1 if decades < 7.0 => (first..=last)
            .flat_map(|e| (2..10).map(move |t| f64::from(t) * 10f64.powi(e)))
            .filter(inside)
            .collect(),
        1 => Vec::new(),
        _ => (first..=last).map(|e| 10f64.powi(e)).filter(inside).collect(),
    };
    (ticks, minor)
}

fn log_label(times: f64, exponent: i32) -> String {
    match exponent {
        0..=3 => format!("{}", times * 10f64.powi(exponent)),
        4..=5 => group_digits(&format!("{}", times * 10f64.powi(exponent))),
        -3..0 => Format::Decimals(exponent.unsigned_abs() as usize).write(times * 10f64.powi(exponent)),
        _ if times == 1.0 => format!("10{}", superscript(exponent)),
        _ => format!("{times:.0}×10{}", superscript(exponent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINEAR: Plan = Plan {
        log: false,
        from_zero: false,
        room: false,
        ticks: 6,
    };
    const LOG: Plan = Plan { log: true, ..LINEAR };

    fn labels(values: &[f64], plan: Plan) -> Vec<String> {
        let axis = Axis::fit(values.iter().copied(), plan);
        axis.ticks.into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(
            labels(&[0.0, 1.0], LINEAR),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            labels(&[-1.0, 1.0], LINEAR),
            ["−1.0", "−0.5", "0.0", "0.5", "1.0"]
        );
        assert_eq!(
            labels(&[1790.0, 2020.0], LINEAR),
            ["1800", "1850", "1900", "1950", "2000"]
        );
        assert_eq!(labels(&[0.0, 50_000.0], LINEAR)[1], "10,000");
        assert_eq!(labels(&[0.0, 3e7], LINEAR)[..2], ["0", "0.5×10⁷"]);
        assert_eq!(labels(&[0.0, 3e-7], LINEAR)[1], "0.5×10⁻⁷");
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        assert_eq!(
            labels(&[0.01, 1000.0], LOG),
            ["0.01", "0.1", "1", "10", "100", "1000"]
        );
        assert_eq!(
            labels(&[1.0, 100.0], LOG),
            ["1", "2", "5", "10", "20", "50", "100"]
        );
        assert_eq!(
            labels(&[1.0, 1e12], LOG),
            ["1", "100", "10,000", "10⁶", "10⁸", "10¹⁰", "10¹²"]
        );
        assert_eq!(labels(&[2.0, 4.0], LOG).len(), 5);
    }

    #[test]
    fn degenerate_data_has_an_axis() {
        for values in [
            &[][..],
            &[f64::NAN],
            &[0.0],
            &[5.0, 5.0],
            &[-3.0],
            &[f64::INFINITY, f64::NEG_INFINITY],
            &[f64::MAX, f64::MIN],
            &[1e149, -1e149],
            &[5e-324],
            &[1e-160, 2e-160],
            &[1e9, 1e9 + 1e-4],
            &[1e15, 1e15 + 1.0],
        ] {
            for log in [false, true] {
                for room in [false, true] {
                    for from_zero in [false, true] {
                        let plan = Plan {
                            log,
                            room,
                            from_zero,
                            ticks: 6,
                        };
                        let axis = Axis::fit(values.iter().copied(), plan);
                        assert!(axis.low < axis.high, "{values:?} {plan:?} {axis:?}");
                        assert!(axis.ticks.len() <= 30, "{values:?} {axis:?}");
                        assert!((0.0..=1.0).contains(&axis.place(axis.number(0.5))));
                    }
                }
            }
        }
    }

    #[test]
    fn places_and_numbers_are_inverse() {
        for plan in [LINEAR, LOG] {
            let axis = Axis::fit([2.0, 50.0].into_iter(), plan);
            assert_eq!((axis.place(2.0), axis.place(50.0)), (0.0, 1.0));
            assert!((axis.place(axis.number(0.3)) - 0.3).abs() < 1e-9);
        }
        assert!((Axis::fit([1.0, 100.0].into_iter(), LOG).place(10.0) - 0.5).abs() < 1e-12);
    }
}
