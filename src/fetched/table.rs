//! The table of what can be fetched: `data/fetch.toml`, or a file of the same form that `COURSE_FETCH_TABLE`
//! names (an instructor's own items).

use std::path::{Component, Path};
use std::sync::OnceLock;
use std::{env, fmt, fs};

use serde::Deserialize;

use super::megabytes;
use crate::corpus::spelled_like;
use crate::error::Location;
use crate::{Error, Result, show};

/// One thing to fetch: some files of one package, and what one should know before fetching them.
#[derive(Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Item {
    /// Its name, as `cargo course fetch` takes it.
    pub name: String,
    /// What it is, in one line.
    pub what: String,
    /// The numbers of the lectures that use it.
    #[serde(default)]
    pub lectures: Vec<String>,
    /// Its licence, in words.
    pub licence: String,
    /// The page that it comes from.
    pub home: Option<String>,
    /// The address of the folder that holds each file under its own name, ending in a slash.
    pub url: Option<String>,
    /// The registry of its package.
    pub registry: Registry,
    /// The package's name there.
    pub package: String,
    /// The package's exact version.
    pub version: String,
    /// The name of the package's file.
    #[serde(rename = "file")]
    pub package_file: String,
    /// The size of the package's file, in bytes.
    #[serde(rename = "bytes")]
    pub package_bytes: u64,
    /// SHA-256 of the package's file, in hexadecimal.
    #[serde(rename = "sha256")]
    pub package_sha256: String,
    /// The files to extract.
    pub files: Vec<File>,
}

/// One file of an [`Item`].
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(from = "(String, String, u64, String)")]
#[non_exhaustive]
pub struct File {
    /// Its name in the cache; it may contain a folder.
    pub name: String,
    /// Its path in the package.
    pub from: String,
    /// Its size in the cache, in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content in the cache, in hexadecimal.
    pub sha256: String,
}

crate::plot::shown_as_record!(File);

/// The registries that packages come from.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Registry {
    /// The Python Package Index: wheels.
    Pypi,
    /// npm: gzipped tar files.
    Npm,
    /// Debian and its derivatives: `.deb` files.
    Debian,
    /// crates.io: gzipped tar files.
    Crates,
}

impl From<(String, String, u64, String)> for File {
    fn from((name, from, bytes, sha256): (String, String, u64, String)) -> Self {
        Self {
            name,
            from,
            bytes,
            sha256,
        }
    }
}

/// Everything that can be fetched, in the order of the table.
///
/// # Errors
/// The table that `COURSE_FETCH_TABLE` names cannot be read, or does not have the right form.
///
/// ```
/// let names: Vec<&str> = course::fetched::items()?.iter().map(|item| item.name.as_str()).collect();
/// assert!(names.contains(&"minilm"));
/// # Ok::<(), course::Error>(())
/// ```
pub fn items() -> Result<&'static [Item]> {
    static TABLE: OnceLock<Vec<Item>> = OnceLock::new();
    if let Some(items) = TABLE.get() {
        return Ok(items);
    }
    let items = match env::var_os("COURSE_FETCH_TABLE").filter(|v| !v.is_empty()) {
        None => parse("data/fetch.toml", include_str!("../../data/fetch.toml"))?,
        Some(path) => {
            let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
            parse(&Path::new(&path).display().to_string(), &text)?
        }
    };
    Ok(TABLE.get_or_init(|| items))
}

/// The item with this name.
///
/// # Errors
/// There is none; the message suggests names with a similar spelling.
pub fn item(name: &str) -> Result<&'static Item> {
    let items = items()?;
    (items.iter().find(|item| item.name == name))
        .ok_or_else(|| Error::unknown("item", name, near(name, items.iter().map(|i| &i.name))))
}

impl Item {
    /// The size of all its files, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Its file with this name.
    ///
    /// # Errors
    /// There is none; the message suggests names with a similar spelling.
    pub fn file(&self, name: &str) -> Result<&File> {
        (self.files.iter().find(|file| file.name == name))
            .ok_or_else(|| Error::unknown("file", name, near(name, self.files.iter().map(|f| &f.name))))
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let text = self.to_string();
        show::display(&format!("<p>{}</p>", show::escape(&text)), &text);
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name, what, licence, ..
        } = self;
        write!(
            f,
            "{name}: {what}; {}; licence: {licence}",
            megabytes(self.bytes())
        )
    }
}

crate::show::debug_shows!(Item);

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pypi => "PyPI",
            Self::Npm => "npm",
            Self::Debian => "Debian",
            Self::Crates => "crates.io",
        })
    }
}

fn parse(what: &str, text: &str) -> Result<Vec<Item>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Table {
        item: Vec<Item>,
    }
    let problem = |problem: String| Error::format(what, Location::Whole, problem);
    let items = toml::from_str::<Table>(text).map_err(|e| {
        let line = e.span().map_or(1, |s| 1 + text[..s.start].matches('\n').count());
        Error::format(what, Location::Line(line as u64), e.message())
    })?;
    for (i, item) in items.item.iter().enumerate() {
        let name = &item.name;
        if items.item[..i].iter().any(|other| other.name == *name) {
            return Err(problem(format!("{name:?} is there twice")));
        }
        if name == PARTIAL
            || [name, &item.version, &item.package_file]
                .into_iter()
                .any(|n| n.contains('/'))
        {
            return Err(problem(format!("{name:?} cannot be the name of a folder")));
        }
        let hashes = item.files.iter().map(|f| &f.sha256).chain([&item.package_sha256]);
        let paths = (item.files.iter().map(|f| &f.name)).chain([name, &item.version, &item.package_file]);
        if let Some(bad) = hashes.into_iter().find(|h| !is_sha256(h)) {
            return Err(problem(format!("{name}: {bad:?} is not a SHA-256 in lower case")));
        }
        if let Some(bad) = paths.into_iter().find(|p| !stays_inside(p)) {
            return Err(problem(format!("{name}: {bad:?} does not stay in its folder")));
        }
        if item.files.is_empty() {
            return Err(problem(format!("{name} has no files")));
        }
    }
    Ok(items.item)
}

/// The folder in the cache for unfinished downloads; no item may have this name.
pub(crate) const PARTIAL: &str = "partial";

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

/// The names in `known` that are spelled like `name`.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> Vec<String> {
    let known: Vec<String> = known.cloned().collect();
    spelled_like(name, &known, 3)
        .into_iter()
        .map(|i| known[i].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"
[[item]]
name = "a"
what = "an example"
licence = "MIT"
registry = "npm"
package = "p"
version = "1.0"
file = "p-1.0.tgz"
bytes = 10
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
files = [["x/y.txt", "package/y.txt", 3, "1111111111111111111111111111111111111111111111111111111111111111"]]
"#;

    #[test]
    fn the_table_of_the_pack_is_well_formed() {
        let items = items().unwrap();
        assert_eq!(items.len(), 14);
        for item in items {
            assert!(
                item.url
                    .iter()
                    .all(|u| u.starts_with("https://") && u.ends_with('/')),
                "{item}"
            );
            assert!(item.bytes() > 0 && !item.licence.is_empty(), "{item}");
        }
    }

    #[test]
    fn a_broken_table_says_where() {
        assert_eq!(parse("t", ONE).unwrap()[0].files[0].name, "x/y.txt");
        let broken = |from: &str, to: &str| {
            let text = ONE.replacen(from, to, 1);
            assert_ne!(text, ONE);
            parse("t", &text).unwrap_err().to_string()
        };
        assert_eq!(
            broken("\"MIT\"", "MIT"),
            "t, line 5: string values must be quoted, expected literal string"
        );
        assert!(broken("npm", "cpan").starts_with("t, line 6: unknown variant `cpan`"));
        assert_eq!(
            broken("x/y.txt", "../y.txt"),
            r#"t: a: "../y.txt" does not stay in its folder"#
        );
        assert_eq!(
            broken("\"x/y.txt\"", "\"/y\""),
            r#"t: a: "/y" does not stay in its folder"#
        );
        assert_eq!(
            broken("\"1.0\"", "\"..\""),
            r#"t: a: ".." does not stay in its folder"#
        );
        assert_eq!(
            broken("\"a\"", "\"partial\""),
            r#"t: "partial" cannot be the name of a folder"#
        );
        assert!(broken("1111", "1X11").ends_with("is not a SHA-256 in lower case"));
        assert_eq!(
            parse("t", &format!("{ONE}{ONE}")).unwrap_err().to_string(),
            r#"t: "a" is there twice"#
        );
    }
}
