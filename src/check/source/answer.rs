//! The answer to an exercise: its function and what comes along; and the name that it must not use.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::foreign::{is_of_library, strange};
use super::items::{Item, Items, blanked, items};

/// A cell or file that an answer may need something of.
pub struct Source {
    /// Its name in messages.
    pub shown: String,
    /// What is in it.
    pub items: Items,
}

/// An answer as it is compiled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The text of its own cell or file.
    pub text: String,
    /// The function that answers.
    pub function: String,
    /// What comes along of other cells or files: each one's name, and its text with all else blank.
    pub along: Vec<(String, String)>,
    /// Why it cannot be compiled with the standard library alone, if that is known.
    pub foreign: Option<String>,
}

/// The most bytes that come along. An exercise needs a few thousand; a notebook may have millions.
const MOST: usize = 1 << 20;

/// The answer to the exercise `name` in `cells[own]`, one of a notebook's cells in order.
///
/// ```
/// use course::check::source::{Source, items, of_cell};
/// let cell = |text: &str| Source { shown: String::new(), items: items(text) };
/// let cells = [
///     cell("fn my_norm(x: &[f32]) -> f32 { my_dot(x, x).sqrt() }\ncheck::norm(my_norm)"),
///     cell("fn my_dot(x: &[f32], y: &[f32]) -> f32 { dot(x, y) }"),
/// ];
/// let answer = of_cell(&cells, 0, "norm");
/// assert_eq!(answer.along[0].1, "fn my_dot(x: &[f32], y: &[f32]) -> f32 { dot(x, y) }");
/// assert!(answer.foreign.unwrap().starts_with("`dot` in `my_dot` is the course library's"));
/// ```
pub fn of_cell(cells: &[Source], own: usize, name: &str) -> Answer {
    let Some(cell) = cells.get(own) else {
        return Answer::default();
    };
    let function = cell.items.answering(name);
    let start = named(&cell.items, &function).map(|at| (own, at));
    let reached = reach(cells, own, start.into_iter().collect());
    // What is not needed does no harm, unless it needs the library.
    let mut blank = vec![false; cell.items.text.len()];
    for (at, item) in cell.items.all.iter().enumerate() {
        let is_needed = reached.contains(&(own, at));
        if !is_needed && strange(item, &BTreeSet::new()).is_some() {
            blank[item.place.clone()].fill(true);
        }
    }
    let text = blanked(&cell.items.text, &blank);
    Answer {
        text: cell.items.with_public(text, &function),
        function,
        along: along(cells, own, &reached),
        foreign: foreign(cells, &reached),
    }
}

/// The answer in a file that has the exercise's `name`, with what it needs of the lecture's other files.
pub fn of_file(text: String, name: &str, others: Vec<Source>) -> Answer {
    let mut sources = others;
    let own = sources.len();
    sources.push(Source {
        shown: String::new(),
        items: items(&text),
    });
    let start = (0..sources[own].items.all.len()).map(|at| (own, at)).collect();
    let reached = reach(&sources, own, start);
    Answer {
        text,
        function: name.to_owned(),
        along: along(&sources, own, &reached),
        foreign: foreign(&sources, &reached),
    }
}

/// Why grading could not compile `function`, if `cell` is all that the kernel compiles for a cell.
pub fn refused(cell: &str, function: &str) -> Option<String> {
    let sources = [Source {
        shown: String::new(),
        items: items(cell),
    }];
    let start = named(&sources[0].items, function).map(|at| (0, at))?;
    foreign(&sources, &reach(&sources, 0, vec![start]))
}

/// The item that declares `name`: the last one, if there are several.
fn named(items: &Items, name: &str) -> Option<usize> {
    items
        .all
        .iter()
        .rposition(|item| item.names.iter().any(|other| other == name))
}

type Reached = BTreeSet<(usize, usize)>;

/// All items that those of `start` need: each source's number, and the item's.
///
/// A name is looked up in the own source, then in those before it from the nearest on, then in those after
/// it, since a notebook's cells may have run in any order.
fn reach(sources: &[Source], own: usize, start: Vec<(usize, usize)>) -> Reached {
    let order: Vec<usize> = (0..=own).rev().chain(own + 1..sources.len()).collect();
    let mut declared: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut impls = Vec::new();
    for &source in &order {
        let all = &sources[source].items.all;
        // The last of a source's items of one name counts.
        for (at, item) in all.iter().enumerate().rev() {
            for name in &item.names {
                declared.entry(name).or_insert((source, at));
            }
            if item.is_impl {
                impls.push((source, at));
            }
        }
    }
    let item = |(source, at): (usize, usize)| &sources[source].items.all[at];
    let mut reached: Reached = start.iter().copied().collect();
    let mut next: VecDeque<(usize, usize)> = start.into();
    loop {
        while let Some(place) = next.pop_front() {
            for (name, _) in &item(place).mentions {
                if let Some(&found) = declared.get(name.as_str())
                    && reached.insert(found)
                {
                    next.push_back(found);
                }
            }
        }
        // An `impl` comes with its type.
        impls.retain(|&place| {
            let needed = item(place).mentions.iter().any(|(name, _)| {
                name.starts_with(char::is_uppercase)
                    && declared
                        .get(name.as_str())
                        .is_some_and(|found| reached.contains(found))
            });
            if needed && reached.insert(place) {
                next.push_back(place);
            }
            !needed
        });
        if next.is_empty() {
            return reached;
        }
    }
}

/// The texts of the other sources of which something is needed.
fn along(sources: &[Source], own: usize, reached: &Reached) -> Vec<(String, String)> {
    let mut declared: BTreeSet<&str> = sources[own].items.all.iter().flat_map(names).collect();
    for &(source, at) in reached {
        let item = &sources[source].items.all[at];
        if item.uses.is_empty() {
            declared.extend(names(item));
        }
    }
    let mut texts = Vec::new();
    let mut size = 0;
    for (number, source) in sources.iter().enumerate().filter(|(number, _)| *number != own) {
        let mut text = String::new();
        let mut at = 0;
        let lines = |between: &str| "\n".repeat(between.matches('\n').count());
        let mut is_empty = true;
        for (i, item) in source.items.all.iter().enumerate() {
            text += &lines(&source.items.text[at..item.place.start]);
            let whole = &source.items.text[item.place.clone()];
            let is_needed = reached.contains(&(number, i));
            if item.uses.is_empty() && is_needed {
                text += whole;
                is_empty = false;
            } else {
                // A trait is needed for its methods, and nothing names it.
                for one in item.uses.iter().filter(|one| {
                    let is_trait = one.name == "_" || one.name.starts_with(char::is_uppercase);
                    is_needed || (one.is_standard() && (is_trait || one.name == "*"))
                }) {
                    let is_new = ["*", "_"].contains(&one.name.as_str()) || declared.insert(&one.name);
                    if is_new {
                        text += &format!("use {};", one.path);
                        is_empty = false;
                    }
                }
                text += &lines(whole);
            }
            at = item.place.end;
        }
        size += text.len();
        if !is_empty && size <= MOST {
            texts.push((source.shown.clone(), text));
        }
    }
    texts
}

fn names(item: &Item) -> impl Iterator<Item = &str> {
    item.names.iter().map(String::as_str)
}

/// What the items need that is neither theirs nor of the standard library.
fn foreign(sources: &[Source], reached: &Reached) -> Option<String> {
    let all = || reached.iter().map(|&(source, at)| &sources[source].items.all[at]);
    let declared: BTreeSet<&str> = all().flat_map(names).collect();
    all().find_map(|item| {
        let name = strange(item, &declared)?;
        let within = match item.names.first() {
            Some(of) if item.uses.is_empty() => format!(" in `{of}`"),
            _ => String::new(),
        };
        Some(format!(
            "`{name}`{within} is {}. An answer uses the standard library and your own functions alone: write it \
             yourself.",
            if is_of_library(name) { "the course library's" } else { "not of the standard library" }
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Source> {
        let source = |(i, text): (usize, &&str)| Source {
            shown: format!("cell {i}"),
            items: items(text),
        };
        texts.iter().enumerate().map(source).collect()
    }

    #[test]
    fn helpers_come_along_with_their_types_and_lines() {
        let found = of_cell(
            &cells(&[
                "use std::collections::{HashMap, HashSet};\nuse std::fmt::Write;",
                "struct Sum(f32);\nfn unused() { dot(); }\nimpl Sum {\n  fn get(&self) -> f32 { self.0 }\n}",
                "fn add(x: &[f32]) -> Sum { Sum(x.iter().sum()) }\nlet a = 3;",
                "fn my_norm(x: &[f32]) -> f32 {\n  let _: HashSet<u8>;\n  add(x).get()\n}\ncheck::norm(my_norm)",
            ]),
            3,
            "norm",
        );
        assert_eq!(found.foreign, None);
        assert!(found.text.starts_with("pub fn my_norm("), "{}", found.text);
        let along: Vec<(&str, &str)> = found
            .along
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            along,
            [
                (
                    "cell 0",
                    "use std::collections::HashMap;use std::collections::HashSet;\nuse std::fmt::Write;"
                ),
                (
                    "cell 1",
                    "struct Sum(f32);\n\nimpl Sum {\n  fn get(&self) -> f32 { self.0 }\n}"
                ),
                ("cell 2", "fn add(x: &[f32]) -> Sum { Sum(x.iter().sum()) }"),
            ]
        );
    }

    #[test]
    fn the_nearest_cell_before_counts_and_else_one_after() {
        let found = of_cell(
            &cells(&[
                "fn a() { 1 }",
                "fn a() { 2 }",
                "fn my_x() { a(); b() }",
                "fn b() {}",
                "fn a() { 3 }",
            ]),
            2,
            "x",
        );
        let texts: Vec<&str> = found.along.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["fn a() { 2 }", "fn b() {}"]);
    }

    #[test]
    fn the_library_is_named_and_own_names_are_not() {
        let refused =
            |cell: &str| refused(cell, "my_x").map(|why| why.split(" is ").next().unwrap().to_owned());
        for (cell, expected) in [
            ("fn my_x() { dot(a, b) }", Some("`dot` in `my_x`")),
            (
                "fn my_x() { xs.iter().map(course::norm) }",
                Some("`course` in `my_x`"),
            ),
            (
                "use course::embeddings::norm;\nfn my_x() { norm() }",
                Some("`course`"),
            ),
            (
                "fn f() { Table::new() }\nfn my_x() { f() }",
                Some("`Table` in `f`"),
            ),
            ("fn my_x() { rand::random() }", Some("`rand` in `my_x`")),
            // Declared, bound, a method, a field, or not needed.
            ("fn dot() {}\nfn my_x() { dot() }", None),
            (
                "fn my_x(words: &[usize]) { let dot = |x| x; dot(words); words.cosine().dot }",
                None,
            ),
            (
                "use course::prelude::*;\nfn other() { dot() }\nfn my_x() { f32::MAX; std::mem::take(x) }",
                None,
            ),
            ("mod dot { pub fn f() {} }\nfn my_x() { dot::f() }", None),
            ("fn my_x() -> Result<f32, String> { vec![1]; Ok(1.0) }", None),
        ] {
            assert_eq!(refused(cell).as_deref(), expected, "{cell}");
        }
    }

    #[test]
    fn a_file_has_the_lectures_other_files() {
        let file = "pub fn cosine() -> f32 { norm() }".to_owned();
        let others = cells(&[
            "//! title: x\npub fn norm() -> f32 { half() }\nfn half() -> f32 { 0.5 }",
            "pub fn dot() {}",
        ]);
        let found = of_file(file.clone(), "cosine", others);
        assert_eq!((found.text, found.function.as_str()), (file, "cosine"));
        assert_eq!(
            found.along,
            [(
                "cell 0".to_owned(),
                "\npub fn norm() -> f32 { half() }\nfn half() -> f32 { 0.5 }".to_owned()
            )]
        );
    }
}
