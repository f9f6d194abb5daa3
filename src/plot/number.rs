//! Numbers as a reader wants them: no more digits than are meaningful, and aligned in a column.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) enum Format {
    /// As many decimals as the numbers beside it need.
    #[default]
    Auto,
    /// This many digits after the point.
    Decimals(usize),
    /// Times 100, this many digits after the point, and a `%`.
    Percent(usize),
    /// One digit, the point, this many digits, and a power of ten.
    Scientific(usize),
    /// Whole, with a comma after every three digits.
    Grouped,
}

/// How many digits [`Format::Auto`] shows of the largest number in a column.
const DIGITS: i32 = 3;

impl Format {
    /// The format that suits `values` together: `Auto` becomes one of the others.
    pub(crate) fn settle(self, values: impl Iterator<Item = f64> + Clone) -> Self {
        if self != Self::Auto {
            return self;
        }
        let finite = values.filter(|v| v.is_finite());
        let largest = finite.clone().map(f64::abs).fold(0.0, f64::max);
        if finite.clone().all(|v| v == v.trunc()) && largest < 1e15 {
            return Self::Decimals(0);
        }
        let magnitude = largest.log10().floor() as i32;
        if !(-4..15).contains(&magnitude) {
            return Self::Scientific(2);
        }
        let most = (DIGITS - 1 - magnitude).clamp(1, 6) as usize;
        // Zeros at the end of every number in the column say nothing.
        let needed = finite.map(|v| decimals_of(v, most)).max().unwrap_or(0);
        Self::Decimals(needed)
    }

    /// `value` in this format. `Auto` must have been settled; it writes like `Decimals(3)`.
    pub(crate) fn write(self, value: f64) -> String {
        if value.is_nan() {
            return "NaN".to_owned();
        }
        if value.is_infinite() {
            return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
        }
        let text = match self {
            Self::Auto => format!("{value:.3}"),
            Self::Decimals(n) => format!("{value:.n$}"),
            Self::Percent(n) => format!("{:.n$}%", value * 100.0),
            Self::Scientific(n) => format!("{value:.n$e}"),
            Self::Grouped => group_digits(&format!("{value:.0}")),
        };
        minus(&text)
    }

    /// Like [`write`](Format::write), with all digits of a whole number.
    pub(crate) fn write_whole(self, value: i128) -> String {
        match self {
            Self::Auto | Self::Decimals(0) => minus(&value.to_string()),
            Self::Grouped => minus(&group_digits(&value.to_string())),
            _ => self.write(value as f64),
        }
    }
}

/// A proper minus sign, and none before a number that was rounded to zero.
fn minus(text: &str) -> String {
    let Some(digits) = text.strip_prefix('-') else {
        return text.to_owned();
    };
    let zero = !digits.contains('e') && digits.chars().all(|c| !c.is_ascii_digit() || c == '0');
    if zero {
        digits.to_owned()
    } else {
        format!("−{digits}").replace("e-", "e−")
    }
}

/// How many of `most` decimals `value` needs.
fn decimals_of(value: f64, most: usize) -> usize {
    let text = format!("{value:.most$}");
    let zeros = text.bytes().rev().take_while(|&b| b == b'0').count();
    most.saturating_sub(zeros)
}

/// A comma after every three digits before the point, counted from the right.
pub(crate) fn group_digits(number: &str) -> String {
    let start = number.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (sign, rest) = number.split_at(start);
    let (whole, after) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut out = sign.to_owned();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + after
}

/// A small raised number, as in 10⁶.
pub(crate) fn superscript(n: i32) -> String {
    let raised = |c| match c {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    n.to_string().chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Vec<String> {
        let format = Format::Auto.settle(values.iter().copied());
        values.iter().map(|&v| format.write(v)).collect()
    }

    #[test]
    fn a_column_has_the_decimals_that_it_needs() {
        assert_eq!(column(&[1.0, 20.0, 300.0]), ["1", "20", "300"]);
        assert_eq!(column(&[0.5, 0.25]), ["0.50", "0.25"]);
        assert_eq!(column(&[0.1 + 0.2, 0.5]), ["0.3", "0.5"]);
        assert_eq!(column(&[0.912_34, -0.1]), ["0.912", "−0.100"]);
        assert_eq!(column(&[123.4, 0.5]), ["123.4", "0.5"]);
        assert_eq!(column(&[1.5e-7]), ["1.50e-7"]);
        assert_eq!(column(&[-1.5e-7]), ["−1.50e−7"]);
    }

    #[test]
    fn what_is_no_number_is_written() {
        assert_eq!(column(&[f64::NAN, 1.0, f64::NEG_INFINITY]), ["NaN", "1", "−∞"]);
        assert_eq!(column(&[]), Vec::<String>::new());
        assert_eq!(column(&[1e300]), ["1.00e300"]);
    }

    #[test]
    fn no_negative_zero() {
        assert_eq!(Format::Decimals(1).write(-0.01), "0.0");
        assert_eq!(Format::Percent(0).write(-0.001), "0%");
        assert_eq!(Format::Grouped.write(-1_234_567.0), "−1,234,567");
        assert_eq!(Format::Grouped.write(123.0), "123");
        assert_eq!(group_digits("−1234.5678"), "−1,234.5678");
        assert_eq!(superscript(-12), "⁻¹²");
    }
}
