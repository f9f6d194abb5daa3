//! Names that no answer may use: those of the library, and of crates other than the standard library.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::items::{Item, items};

/// A name in the item that is of the library or of another crate.
pub(super) fn strange<'a>(item: &'a Item, declared: &BTreeSet<&str>) -> Option<&'a str> {
    let is_strange = |(name, is_path): &&(String, bool)| {
        if declared.contains(name.as_str()) {
            return false;
        }
        let is_crate = *is_path && name.starts_with(char::is_lowercase) && !KNOWN.contains(&name.as_str());
        is_crate || LIBRARY.contains(name)
    };
    item.mentions
        .iter()
        .find(is_strange)
        .map(|(name, _)| name.as_str())
}

/// Whether a name is the library's.
pub(super) fn is_of_library(name: &str) -> bool {
    name == "course" || LIBRARY.contains(name)
}

/// What a path may begin with: crates of the standard library, and primitive types.
const KNOWN: [&str; 17] = [
    "std", "core", "alloc", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// The names that a lecture's notebook has from the library. `Result` is not among them: it is mostly the
/// standard library's.
static LIBRARY: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let text = include_str!("../../prelude.rs");
    let mut all = BTreeSet::new();
    // Each `use`, also those inside the lectures' modules.
    let mut rest = text;
    while let Some(at) = rest.find("pub use ") {
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
        let brought = items(&rest[at..end]);
        all.extend(brought.all.into_iter().flat_map(|item| item.names));
        rest = &rest[end..];
    }
    all.extend(
        items(text)
            .all
            .into_iter()
            .filter(|item| item.uses.is_empty())
            .flat_map(|item| item.names),
    );
    for no in ["Result", "_", "*"] {
        all.remove(no);
    }
    all
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_has_the_names_of_its_prelude() {
        for name in [
            "dot",
            "cosine",
            "spearman",
            "check",
            "circular_convolution",
            "Table",
            "vectors",
        ] {
            assert!(LIBRARY.contains(name), "{name}");
        }
        for name in ["Result", "Vec", "my_dot", "crate"] {
            assert!(!LIBRARY.contains(name), "{name}");
        }
    }
}
