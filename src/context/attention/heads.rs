//! Heads: attention several times beside each other, each with its own part of the vectors.
//!
//! ```text
//!     (n, heads · e)   →   heads × (n, e)   →   attention in each   →   (n, heads · e)
//! ```
//!
//! One softmax makes one mean: a token that looks at its verb cannot look at its article with the same
//! weights. Head h takes the numbers h · e to (h + 1) · e of each row. The cost is the same as for one head
//! of full width.

use crate::{Error, Result};

/// Cuts each row into `heads` parts: `(n, heads · e)` to `heads` matrices `(n, e)`.
///
/// ```
/// use course::context::attention::{join_heads, split_heads};
/// let x = [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]];
/// let heads = split_heads(&x, 2)?;
/// assert_eq!(heads[1], [[3.0, 4.0], [7.0, 8.0]]);
/// assert_eq!(join_heads(&heads)?, x);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `heads` is 0 or does not divide the length of a row, or the rows have different lengths.
pub fn split_heads(x: &[impl AsRef<[f32]>], heads: usize) -> Result<Vec<Vec<Vec<f32>>>> {
    Error::at_least(1, "the number of heads", heads)?;
    let width = x.first().map_or(0, |row| row.as_ref().len());
    if !width.is_multiple_of(heads) {
        let expected = format!("a multiple of {heads} heads");
        return Err(Error::shape("the width of a row", expected, width));
    }
    for row in x {
        Error::same("the width of a row", width, row.as_ref().len())?;
    }
    let e = width / heads;
    let part = |h: usize| x.iter().map(move |row| row.as_ref()[h * e..][..e].to_vec());
    Ok((0..heads).map(|h| part(h).collect()).collect())
}

/// Puts the rows of the heads beside each other again: the reverse of [`split_heads`].
///
/// # Errors
/// The heads have different numbers of rows.
pub fn join_heads(heads: &[Vec<Vec<f32>>]) -> Result<Vec<Vec<f32>>> {
    let n = heads.first().map_or(0, Vec::len);
    for head in heads {
        Error::same("the number of rows of a head", n, head.len())?;
    }
    Ok((0..n)
        .map(|i| heads.iter().flat_map(|head| head[i].iter().copied()).collect())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_must_divide_a_row() {
        assert_eq!(
            split_heads(&[[1.0; 3]], 2).unwrap_err().to_string(),
            "the width of a row: expected a multiple of 2 heads, got 3"
        );
        assert!(split_heads(&[[1.0; 3]], 0).is_err());
        let uneven = vec![vec![vec![1.0]; 2], vec![vec![1.0]; 3]];
        assert!(join_heads(&uneven).is_err());
        assert_eq!(join_heads(&[]).unwrap().len(), 0);
    }
}
