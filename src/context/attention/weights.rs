//! Weights of attention over tokens, to be looked at: a heat map for each head.

use crate::plot::{Column, Drawing, HeatMap, Links, Table, heat_map, links, side_by_side};
use crate::{Error, Result};

/// How much each token looks at each token, by head.
///
/// ```
/// use course::context::attention::AttentionWeights;
/// let weights = AttentionWeights::new(["the", "cat"], vec![vec![vec![1.0, 0.0], vec![0.25, 0.75]]])?;
/// assert_eq!(weights.head(0)?[1], [0.25, 0.75]);
/// assert!(weights.plot().to_svg().contains("cat, the: 0.25"));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct AttentionWeights {
    tokens: Vec<String>,
    /// For each head a row for each query, a number for each token.
    heads: Vec<Vec<Vec<f32>>>,
}

impl AttentionWeights {
    /// The weights of some heads, each `(queries, tokens)`. The last query is the last token: with fewer
    /// queries than tokens, as with a cache, the rows are the last tokens.
    ///
    /// # Errors
    /// A row does not have a number for each token, or there are more queries than tokens.
    pub fn new<S: AsRef<str>>(
        tokens: impl IntoIterator<Item = S>,
        heads: Vec<Vec<Vec<f32>>>,
    ) -> Result<Self> {
        let tokens: Vec<String> = tokens.into_iter().map(|t| t.as_ref().to_owned()).collect();
        for row in heads.iter().flatten() {
            Error::same("the numbers of a row of weights", tokens.len(), row.len())?;
        }
        let most = heads.iter().map(Vec::len).max().unwrap_or(0);
        if most > tokens.len() {
            let expected = format!("at most {} queries, the tokens", tokens.len());
            return Err(Error::shape("the weights of a head", expected, most));
        }
        Ok(Self { tokens, heads })
    }

    /// The tokens.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// How many heads there are.
    pub fn n_heads(&self) -> usize {
        self.heads.len()
    }

    /// The weights of head `i`: a row for each query.
    ///
    /// # Errors
    /// There is no such head.
    pub fn head(&self, i: usize) -> Result<&[Vec<f32>]> {
        let head = self.heads.get(i);
        head.map(Vec::as_slice).ok_or_else(|| {
            let expected = format!("a number below {}", self.heads.len());
            Error::value("a head", expected, i)
        })
    }

    /// One head alone.
    ///
    /// # Errors
    /// There is no such head.
    pub fn only(&self, i: usize) -> Result<Self> {
        let heads = vec![self.head(i)?.to_vec()];
        Ok(Self {
            tokens: self.tokens.clone(),
            heads,
        })
    }

    /// The mean over the heads, as one head. Heads do different things, so look at them one by one first.
    pub fn mean(&self) -> Self {
        let n = self.heads.len().max(1) as f32;
        let mut heads = self.heads.iter();
        let mut mean = heads.next().cloned().unwrap_or_default();
        for head in heads {
            for (to, x) in mean.iter_mut().flatten().zip(head.iter().flatten()) {
                *to += x;
            }
        }
        mean.iter_mut().flatten().for_each(|x| *x /= n);
        Self {
            tokens: self.tokens.clone(),
            heads: vec![mean],
        }
    }

    /// The tokens that are queries: the last ones.
    fn queries(&self, head: &[Vec<f32>]) -> &[String] {
        &self.tokens[self.tokens.len() - head.len()..]
    }

    fn heat_map(&self, head: &[Vec<f32>]) -> HeatMap {
        heat_map(head.to_vec())
            .rows(self.queries(head))
            .columns(&self.tokens)
            .sequential()
            .range(0.0, 1.0)
            .decimals(2)
            .written(self.tokens.len() <= 8 && self.heads.len() == 1)
    }

    /// A heat map for each head, two beside each other: a row looks at the columns.
    pub fn plot(&self) -> Drawing {
        let maps = self.heads.iter().enumerate().map(|(i, head)| {
            let map = self.heat_map(head);
            match self.heads.len() {
                1 => map,
                _ => map.title(format!("Head {i}")).size(440, 400),
            }
        });
        side_by_side(2, maps)
    }

    /// Lines from each token to what it looks at, the more the darker; a colour for each head.
    pub fn lines(&self) -> Links {
        let queries = self.heads.first().map_or(&[][..], |head| self.queries(head));
        let heads = self.heads.iter().enumerate();
        links(
            queries,
            &self.tokens,
            heads.map(|(i, head)| (format!("head {i}"), head.clone())),
        )
    }

    /// What each token looks at most, by head: a row for each query.
    pub fn table(&self) -> Table {
        let names = (0..self.heads.len()).map(|i| Column::new(format!("head {i}")));
        let mut table = Table::new(std::iter::once(Column::new("token")).chain(names));
        let rows = self.heads.iter().map(Vec::len).max().unwrap_or(0);
        for i in 0..rows {
            let most = |head: &Vec<Vec<f32>>| {
                let row = head.get(i)?.iter().enumerate();
                let (at, p) = row.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
                Some(format!("{} {p:.2}", self.tokens[at]))
            };
            let token = self.tokens[self.tokens.len() - rows + i].clone();
            let cells = self.heads.iter().map(|head| most(head).unwrap_or_default());
            table.push(std::iter::once(token).chain(cells).collect::<Vec<String>>());
        }
        table
    }

    /// Shows it in a notebook, as pictures.
    pub fn evcxr_display(&self) {
        self.plot().evcxr_display();
    }
}

impl std::fmt::Display for AttentionWeights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::debug_shows!(AttentionWeights);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_query_is_the_last_token() {
        let heads = vec![vec![vec![0.5, 0.25, 0.25]], vec![vec![0.0, 1.0, 0.0]]];
        let weights = AttentionWeights::new(["a", "b", "c"], heads).unwrap();
        assert_eq!(
            weights.to_string(),
            "token  head 0  head 1\n─────  ──────  ──────\nc      a 0.50  b 1.00\n"
        );
        assert_eq!(weights.mean().head(0).unwrap(), [[0.25, 0.625, 0.125]]);
        assert_eq!(weights.only(1).unwrap().n_heads(), 1);
        let lines = weights.lines().to_string();
        assert_eq!(lines, "head 0\nc → a 0.50, b 0.25, c 0.25\nhead 1\nc → b 1.00\n");
        assert_eq!(
            weights.head(2).unwrap_err().to_string(),
            "a head: expected a number below 2, got 2"
        );
    }

    #[test]
    fn weights_must_fit_their_tokens() {
        let e = AttentionWeights::new(["a"], vec![vec![vec![0.5, 0.5]]]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the numbers of a row of weights: expected 1, got 2"
        );
        assert!(AttentionWeights::new(["a"], vec![vec![vec![1.0], vec![1.0]]]).is_err());
    }
}
