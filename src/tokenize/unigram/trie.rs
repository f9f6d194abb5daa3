//! All tokens that begin at a position: a tree with one edge for each byte.

/// The tree. The children of a node lie side by side, in the order of their bytes.
#[derive(Clone)]
pub(in super::super) struct Trie {
    /// For each node, where its edges begin; they end where those of the next node begin.
    starts: Vec<u32>,
    /// The byte of an edge and the node that it leads to.
    edges: Vec<(u8, u32)>,
    /// The token that ends at a node, or `NONE`.
    ends: Vec<u32>,
    /// The children of the root, by byte; 0 for none.
    first: Box<[u32; 256]>,
    /// Their children, by both bytes. The nodes with the most edges are near the root, and each walk passes
    /// through them.
    second: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Trie {
    /// The tree of `tokens`, each with its id.
    pub(in super::super) fn new<'a>(tokens: impl IntoIterator<Item = (&'a [u8], u32)>) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = tokens.into_iter().collect();
        sorted.sort_unstable();
        let mut trie = Self {
            starts: Vec::new(),
            edges: Vec::new(),
            ends: Vec::new(),
            first: Box::new([0; 256]),
            second: vec![0; 1 << 16],
        };
        // Breadth first: a node is a range of the sorted tokens, those that share their first `depth` bytes.
        let mut level = vec![(0, sorted.len())];
        let (mut depth, mut n_nodes) = (0, 1_u32);
        while !level.is_empty() {
            let mut next = Vec::new();
            for (mut from, to) in level {
                trie.starts.push(trie.edges.len() as u32);
                let mut end = NONE;
                while from < to && sorted[from].0.len() == depth {
                    end = sorted[from].1;
                    from += 1;
                }
                trie.ends.push(end);
                while from < to {
                    let byte = sorted[from].0[depth];
                    let len = sorted[from..to].partition_point(|t| t.0[depth] == byte);
                    trie.edges.push((byte, n_nodes));
                    n_nodes += 1;
                    next.push((from, from + len));
                    from += len;
                }
            }
            (level, depth) = (next, depth + 1);
        }
        trie.starts.push(trie.edges.len() as u32);
        for &(byte, node) in &trie.edges[..trie.starts[1] as usize] {
            trie.first[usize::from(byte)] = node;
            let children = trie.starts[node as usize] as usize..trie.starts[node as usize + 1] as usize;
            for &(next, child) in &trie.edges[children] {
                trie.second[usize::from(byte) << 8 | usize::from(next)] = child;
            }
        }
        trie
    }

    /// Calls `f` with the length and the id of each token that `bytes` begins with, with the shortest first.
    #[inline]
    pub(in super::super) fn each(&self, bytes: &[u8], mut f: impl FnMut(usize, u32)) {
        let Some(&first) = bytes.first() else { return };
        let mut node = self.first[usize::from(first)] as usize;
        for (i, &b) in bytes.iter().enumerate() {
            if i == 1 {
                node = self.second[usize::from(first) << 8 | usize::from(b)] as usize;
            } else if i > 1 {
                let edges = &self.edges[self.starts[node] as usize..self.starts[node + 1] as usize];
                node = match edges.iter().find(|e| e.0 >= b) {
                    Some(&(byte, child)) if byte == b => child as usize,
                    _ => 0,
                };
            }
            if node == 0 {
                return;
            }
            if self.ends[node] != NONE {
                f(i + 1, self.ends[node]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_begins_here(words in prop::collection::btree_set("[abé]{1,5}", 0..30), text in "[abé]{0,9}") {
            let words: Vec<String> = words.into_iter().collect();
            let trie = Trie::new(words.iter().zip(0..).map(|(w, id)| (w.as_bytes(), id)));
            let mut found = Vec::new();
            trie.each(text.as_bytes(), |len, id| found.push((len, id)));
            let mut expected: Vec<(usize, u32)> = words.iter().zip(0..)
                .filter(|(w, _)| text.starts_with(w.as_str()))
                .map(|(w, id)| (w.len(), id))
                .collect();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
