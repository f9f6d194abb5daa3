//! Reading files and folders; the errors name them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// What is in a folder, in alphabetical order.
pub(crate) fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// The notebooks in a folder, in alphabetical order.
pub(crate) fn notebooks(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = listed(folder)?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ipynb"));
    Ok(paths)
}
