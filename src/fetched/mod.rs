//! Files that are too large, or not free enough, to be in the repository: word pairs with human ratings,
//! large vectors, tokenizers, two small models. `cargo course fetch NAME` checks them and puts them into a
//! cache folder of the user. This module says where they are. Nothing here uses the network.
//!
//! The cache folder is `$COURSE_CACHE` (an absolute path; a class may share one). Otherwise it is
//! `llm-course` in the system's folder for caches: `$XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches` on a
//! Mac, `%LOCALAPPDATA%` on Windows. An item's files are in `NAME/VERSION/` below it. One rename puts them
//! there after all of them have been checked, so a folder that exists is complete.
//!
//! ```
//! use course::error::ErrorKind;
//! match course::fetched::path("word-pairs", "wordsim353.tsv") {
//!     Ok(path) => assert!(path.is_file()),
//!     Err(e) => {
//!         assert_eq!(e.kind(), ErrorKind::Missing);
//!         assert!(e.to_string().ends_with("is not here: run `cargo course fetch word-pairs` (0.6 MB)"));
//!     }
//! }
//! ```

pub mod bible;
mod table;

use std::env;
use std::path::{Path, PathBuf};

pub use table::{File, Item, Registry, item, items};

use crate::error::Location;
use crate::{Error, Result};

/// The path of `file` in the item `name`, once the item has been fetched.
///
/// # Errors
/// The item has not been fetched (the message says how), there is no such item or file, or the file has been
/// changed since then (only its size is compared).
pub fn path(name: &str, file: &str) -> Result<PathBuf> {
    path_in(&cache_folder()?, item(name)?, file)
}

/// Whether all files of the item `name` have been fetched.
///
/// # Errors
/// There is no such item, or no location for a cache folder.
///
/// ```
/// let e = course::fetched::is_here("word-pair").unwrap_err();
/// assert_eq!(e.to_string(), r#"no item "word-pair"; did you mean "word-pairs"?"#);
/// ```
pub fn is_here(name: &str) -> Result<bool> {
    let (root, item) = (cache_folder()?, item(name)?);
    Ok((item.files.iter()).all(|file| path_in(&root, item, &file.name).is_ok()))
}

/// The folder that holds the files of `item` once they have been fetched.
///
/// # Errors
/// There is no location for a cache folder.
pub fn folder(item: &Item) -> Result<PathBuf> {
    Ok(folder_in(&cache_folder()?, item))
}

/// The folder that holds everything that has been fetched.
///
/// # Errors
/// Neither `COURSE_CACHE` nor the system's own variables name a folder.
pub fn cache_folder() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(own) = set("COURSE_CACHE") {
        return if own.is_absolute() {
            Ok(own)
        } else {
            // The working folder of a notebook differs from that of the command line.
            Err(Error::value("COURSE_CACHE", "an absolute path", own.display()))
        };
    }
    let caches = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else {
        set("XDG_CACHE_HOME").filter(|p| p.is_absolute()).or_else(|| {
            let home = set("HOME")?;
            Some(home.join(if cfg!(target_os = "macos") {
                "Library/Caches"
            } else {
                ".cache"
            }))
        })
    };
    caches
        .map(|c| c.join("llm-course"))
        .ok_or_else(|| Error::missing("a folder for caches", "set COURSE_CACHE to an absolute path"))
}

fn folder_in(root: &Path, item: &Item) -> PathBuf {
    root.join(&item.name).join(&item.version)
}

fn path_in(root: &Path, item: &Item, file: &str) -> Result<PathBuf> {
    let file = item.file(file)?;
    let path = folder_in(root, item).join(&file.name);
    match path.metadata() {
        Ok(found) if found.len() == file.bytes => Ok(path),
        Ok(found) => Err(Error::format(
            path.display(),
            Location::Whole,
            format!(
                "expected {} bytes, got {}; run `cargo course fetch {}` again",
                file.bytes,
                found.len(),
                item.name
            ),
        )),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(Error::missing(
            format!("{} ({})", item.name, item.what),
            format!(
                "run `cargo course fetch {}` ({})",
                item.name,
                megabytes(item.bytes())
            ),
        )),
        Err(e) => Err(Error::io("look at", path, e)),
    }
}

/// A size in readable form: `0.6 MB`.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use std::fs;

    #[test]
    fn a_file_is_here_when_it_has_its_size() {
        let root = tempfile::tempdir().unwrap();
        let pairs = item("word-pairs").unwrap();
        let missing = path_in(root.path(), pairs, "simlex999.txt").unwrap_err();
        assert_eq!(missing.kind(), ErrorKind::Missing);
        assert_eq!(
            missing.to_string(),
            "word-pairs (WordSim-353, SimLex-999 and the Google analogies: what people say about pairs of words) \
             is not here: run `cargo course fetch word-pairs` (0.6 MB)"
        );

        let folder = folder_in(root.path(), pairs);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("simlex999.txt"), vec![b'x'; 100]).unwrap();
        let short = path_in(root.path(), pairs, "simlex999.txt").unwrap_err();
        assert_eq!(short.kind(), ErrorKind::Format);
        assert!(
            short.to_string().ends_with(
                "simlex999.txt: expected 18126 bytes, got 100; run `cargo course fetch word-pairs` again"
            ),
            "{short}"
        );

        fs::write(folder.join("simlex999.txt"), vec![b'x'; 18126]).unwrap();
        let path = path_in(root.path(), pairs, "simlex999.txt").unwrap();
        assert_eq!(path, folder.join("simlex999.txt"));
    }

    #[test]
    fn an_unknown_file_is_named() {
        let pairs = item("word-pairs").unwrap();
        let e = path_in(Path::new("/"), pairs, "simlex99.txt").unwrap_err();
        assert_eq!(
            e.to_string(),
            r#"no file "simlex99.txt"; did you mean "simlex999.txt"?"#
        );
    }
}
