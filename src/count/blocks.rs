//! Rows shared out to threads: ranges of rows with about equally many entries, which do not depend on the
//! number of threads.

use std::ops::Range;

/// How many entries a block has, about.
const BLOCK: usize = 1 << 15;

/// Some rows, and what belongs to them.
type Block<'a, T> = (Range<usize>, &'a mut [T]);

/// Blocks of rows, each with its part of `out`, in which a row has `width` numbers. `starts` says where the
/// entries of each row begin, and where the last row ends.
pub(super) fn row_blocks<'a, T>(starts: &[usize], out: &'a mut [T], width: usize) -> Vec<Block<'a, T>> {
    split(starts, out, |rows| rows.len() * width)
}

/// Blocks of rows, each with its part of `entries`, in which a row has as many entries as `starts` says.
pub(super) fn entry_blocks<'a, T>(starts: &[usize], entries: &'a mut [T]) -> Vec<Block<'a, T>> {
    split(starts, entries, |rows| starts[rows.end] - starts[rows.start])
}

fn split<'a, T>(
    starts: &[usize],
    mut rest: &'a mut [T],
    length: impl Fn(&Range<usize>) -> usize,
) -> Vec<Block<'a, T>> {
    let n_rows = starts.len() - 1;
    let mut blocks = Vec::new();
    let mut from = 0;
    while from < n_rows {
        let most = starts[from] + BLOCK;
        // At least one row. Rows may be empty, so at most as many rows as a block has entries.
        let ends = starts[from + 1..].iter().take(BLOCK);
        let rows = from..from + ends.take_while(|&&end| end <= most).count().max(1);
        let (own, others) = rest.split_at_mut(length(&rows));
        from = rows.end;
        blocks.push((rows, own));
        rest = others;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_all_rows_once() {
        // Three long rows, many short ones, and empty ones at the end.
        let lengths = [BLOCK + 1, 1, 2 * BLOCK]
            .into_iter()
            .chain((0..90_000).map(|i| if i < 20_000 { 5 } else { 0 }));
        let mut starts = vec![0];
        for length in lengths {
            starts.push(starts[starts.len() - 1] + length);
        }
        let n_rows = starts.len() - 1;
        let mut entries = vec![0_u8; starts[n_rows]];
        let mut next = 0;
        for (rows, own) in entry_blocks(&starts, &mut entries) {
            assert_eq!(
                (rows.start, own.len()),
                (next, starts[rows.end] - starts[rows.start])
            );
            assert!(rows.len() == 1 || own.len() <= BLOCK);
            next = rows.end;
        }
        assert_eq!(next, n_rows);
        let blocks = row_blocks(&starts, &mut entries, 2);
        assert!(blocks.len() > 6 && blocks.iter().all(|(rows, own)| own.len() == 2 * rows.len()));
    }
}
