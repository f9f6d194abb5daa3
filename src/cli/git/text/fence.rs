//! Blocks of code in Markdown, between two fences. A diagram in such a block may have lines that begin with
//! `%%`; these begin no cell.

use super::command::uncommented;

/// A block of code in a text, between two fences: a diagram in it may have lines that begin with `%%`.
#[derive(Default)]
pub(super) struct Fence {
    open: Option<(char, usize)>,
    /// For each of the two signs: fences of this length or longer are known to have no end.
    without_end: [Option<usize>; 2],
}

impl Fence {
    /// Whether this line belongs to a block; `rest` are the lines after it.
    pub(super) fn holds(&mut self, line: &str, rest: &[&str], comment: &str) -> bool {
        let bare = |line: &str| uncommented(line, comment).unwrap_or(line).to_owned();
        let text = bare(line);
        if let Some(open) = self.open {
            if closes(&text, open) {
                self.open = None;
            }
            return true;
        }
        let Some((sign, length, behind)) = fence(&text) else {
            return false;
        };
        if sign == '`' && behind.contains('`') {
            return false;
        }
        let known = &mut self.without_end[usize::from(sign == '~')];
        if known.is_some_and(|shortest| length >= shortest) {
            return false;
        }
        if !rest.iter().any(|line| closes(&bare(line), (sign, length))) {
            *known = Some(length);
            return false;
        }
        self.open = Some((sign, length));
        true
    }
}

/// The sign of a fence, how many of them there are, and what follows.
fn fence(text: &str) -> Option<(char, usize, &str)> {
    let inner = text.trim_start_matches(' ');
    let sign = inner.chars().next().filter(|c| "`~".contains(*c))?;
    let behind = inner.trim_start_matches(sign);
    let length = inner.len() - behind.len();
    (length >= 3 && text.len() - inner.len() <= 3).then_some((sign, length, behind))
}

fn closes(text: &str, (sign, length): (char, usize)) -> bool {
    fence(text).is_some_and(|(s, n, behind)| s == sign && n >= length && behind.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_lasts_from_fence_to_fence_if_it_ends() {
        let lines = [
            "# ```a", "# %%", "# ~~~", "# ```", "# b", "# ````", "# ```", "# ~~~",
        ];
        let mut fence = Fence::default();
        let held: Vec<bool> = (0..lines.len())
            .map(|i| fence.holds(lines[i], &lines[i + 1..], "#"))
            .collect();
        assert_eq!(held, [true, true, true, true, false, false, false, false]);
    }
}
