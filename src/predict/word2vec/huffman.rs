//! Huffman's code: short codes for frequent words, for hierarchical softmax.
//!
//! The words are the leaves of a binary tree. To predict a word is to decide, at each node on the path to it,
//! between left and right. Each decision is a sigmoid with a vector of the node's own. So there are as many
//! decisions as the code has bits, instead of one for each word of the vocabulary (Morin and Bengio 2005).
//! Huffman's tree (1952) has the smallest mean number of decisions: it joins the two least frequent nodes
//! again and again.
//!
//! The counts come sorted, so two queues are enough for linear time: one of words, and one of nodes in the
//! order in which they are made (van Leeuwen 1976). If a word and a node have the same count, the word goes
//! first, which keeps the longest code short.

/// The path to a word: the number of each node from the root down, and whether to go right.
pub(crate) type Path = Vec<(u32, bool)>;

/// The paths to words with these counts, the largest count first. There is one inner node fewer than there
/// are words.
pub(crate) fn huffman(counts: &[u64]) -> Vec<Path> {
    let n = counts.len();
    if n < 2 {
        return vec![Path::new(); n];
    }
    // Leaves are 0..n; inner nodes are n..2n-1 in the order in which they are made, the root last.
    let mut weight: Vec<u64> = counts.to_vec();
    let mut parent = vec![(0_usize, false); 2 * n - 1];
    let (mut leaf, mut inner) = (n, n);
    for node in n..2 * n - 1 {
        let mut sum = 0;
        for right in [false, true] {
            let take_leaf = leaf > 0 && (inner == node || weight[leaf - 1] <= weight[inner]);
            let child = if take_leaf {
                leaf -= 1;
                leaf
            } else {
                inner += 1;
                inner - 1
            };
            parent[child] = (node, right);
            sum += weight[child];
        }
        weight.push(sum);
    }
    let root = 2 * n - 2;
    (0..n)
        .map(|word| {
            let (mut at, mut path) = (word, Path::new());
            while at != root {
                let (above, right) = parent[at];
                path.push(((root - above) as u32, right));
                at = above;
            }
            path.reverse();
            path
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(path: &Path) -> String {
        path.iter()
            .map(|(_, right)| if *right { '1' } else { '0' })
            .collect()
    }

    /// Counts 4, 2, 1, 1 on paper: lengths 1, 2, 3, 3.
    #[test]
    fn four_words_on_paper() {
        let paths = huffman(&[4, 2, 1, 1]);
        assert_eq!(paths.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 3, 3]);
        assert!(paths.iter().all(|path| path[0].0 == 0), "all begin at the root");
        assert_eq!(huffman(&[7]), [Path::new()]);
        assert!(huffman(&[]).is_empty());
    }

    /// No code begins another, the lengths fill the tree (Kraft's sum is 1), and the mean length is within
    /// one bit of the entropy, as Huffman's is.
    #[test]
    fn it_is_a_shortest_prefix_code() {
        let counts: Vec<u64> = (1..=200).map(|rank| 100_000 / rank).collect();
        let codes: Vec<String> = huffman(&counts).iter().map(code).collect();
        for (i, a) in codes.iter().enumerate() {
            assert!(
                codes
                    .iter()
                    .enumerate()
                    .all(|(j, b)| i == j || !b.starts_with(a.as_str()))
            );
        }
        let kraft: f64 = codes.iter().map(|code| 0.5_f64.powi(code.len() as i32)).sum();
        assert!((kraft - 1.0).abs() < 1e-9);
        let total = counts.iter().sum::<u64>() as f64;
        let share = counts.iter().map(|&n| n as f64 / total);
        let mean: f64 = share
            .clone()
            .zip(&codes)
            .map(|(p, code)| p * code.len() as f64)
            .sum();
        let entropy: f64 = share.map(|p| -p * p.log2()).sum();
        assert!((entropy..entropy + 1.0).contains(&mean), "{entropy} {mean}");
    }
}
