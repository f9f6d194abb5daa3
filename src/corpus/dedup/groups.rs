//! Documents that belong together, and the first of each group.

use crate::plot::{Column, Table};

/// Groups of documents with the same, or nearly the same, text. A document is given by its index in the texts
/// that were searched.
#[derive(Clone, PartialEq, Eq)]
pub struct Groups {
    n_documents: usize,
    /// Groups of two or more, each in rising order, sorted by their first document.
    groups: Vec<Vec<usize>>,
}

impl Groups {
    /// Made from the first document of each document's group.
    pub(super) fn of_firsts(firsts: &[usize]) -> Self {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); firsts.len()];
        for (i, &first) in firsts.iter().enumerate() {
            groups[first].push(i);
        }
        groups.retain(|g| g.len() > 1);
        Self {
            n_documents: firsts.len(),
            groups,
        }
    }

    /// Made from pairs that belong together: all documents connected by a chain of pairs form one group.
    ///
    /// ```
    /// use course::corpus::dedup::Groups;
    /// let g = Groups::of_pairs(6, [(4, 1), (1, 5), (2, 3)]);
    /// assert_eq!(g.groups(), [vec![1, 4, 5], vec![2, 3]]);
    /// assert_eq!(g.kept(), [0, 1, 2]);
    /// ```
    pub fn of_pairs(n_documents: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        // Union by the lower number, with path halving: nearly constant time per pair.
        let mut parent: Vec<usize> = (0..n_documents).collect();
        fn root(parent: &mut [usize], mut i: usize) -> usize {
            while parent[i] != i {
                parent[i] = parent[parent[i]];
                i = parent[i];
            }
            i
        }
        for (i, j) in pairs {
            if i < n_documents && j < n_documents {
                let (a, b) = (root(&mut parent, i), root(&mut parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
        let firsts: Vec<usize> = (0..n_documents).map(|i| root(&mut parent, i)).collect();
        Self::of_firsts(&firsts)
    }

    /// The groups of two or more documents, each in rising order, sorted by their first document.
    pub fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// How many documents were searched.
    pub fn n_documents(&self) -> usize {
        self.n_documents
    }

    /// The documents that are not the first of their group: those to leave out, in rising order.
    pub fn dropped(&self) -> Vec<usize> {
        let mut dropped: Vec<usize> = self.groups.iter().flat_map(|g| g[1..].to_vec()).collect();
        dropped.sort_unstable();
        dropped
    }

    /// The documents that stay: those without a group, and the first of each group, in rising order.
    pub fn kept(&self) -> Vec<usize> {
        let dropped = self.dropped();
        (0..self.n_documents)
            .filter(|i| dropped.binary_search(i).is_err())
            .collect()
    }

    /// `all` without the documents that are dropped.
    ///
    /// ```
    /// use course::corpus::dedup::same_documents;
    /// let texts = ["a b", "c", "a b"];
    /// assert_eq!(same_documents(&texts).keep(&texts), ["a b", "c"]);
    /// ```
    pub fn keep<T: Clone>(&self, all: &[T]) -> Vec<T> {
        self.kept()
            .into_iter()
            .filter_map(|i| all.get(i).cloned())
            .collect()
    }

    /// The largest groups first.
    pub fn table(&self) -> Table {
        let mut order: Vec<&Vec<usize>> = self.groups.iter().collect();
        order.sort_by_key(|g| (std::cmp::Reverse(g.len()), g[0]));
        let some = |g: &[usize]| {
            let mut all: Vec<String> = g.iter().take(8).map(usize::to_string).collect();
            if g.len() > 8 {
                all.push("…".to_owned());
            }
            all.join(" ")
        };
        let dropped: usize = self.groups.iter().map(|g| g.len() - 1).sum();
        Table::new([Column::new("documents").bars(), Column::new("numbers")])
            .rows(order.iter().map(|g| (g.len(), some(g))))
            .at_most(20)
            .note(format!(
                "{} groups; {dropped} of {} documents are copies of an earlier one",
                self.groups.len(),
                self.n_documents
            ))
    }
}

crate::show::shown_as_table!(Groups);
