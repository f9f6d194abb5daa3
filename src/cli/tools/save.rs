//! Writing a file so that nothing can be lost.
//!
//! The new content is written beside the old one, forced to the disk, and then takes its name: whatever happens before,
//! a full disk, a kill or a failure of the machine, the old file is as it was.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Replaces the content of the file at `path`, and keeps its permissions. A link stays a link.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let real = fs::canonicalize(path).with_context(|| format!("cannot write {}", path.display()))?;
    let permissions = fs::metadata(&real)?.permissions();
    if permissions.readonly() {
        bail!("cannot write {}: it is read-only", path.display());
    }
    take_the_name(&real, content, Some(permissions))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a text, which may be a new file; makes its folder.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a path without a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    create(path, text.as_bytes(), false)
}

/// Writes what can be made again, if it is not there with the same bytes. It need not be on the disk at once.
pub(crate) fn put(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    beside(path, content, None)
        .and_then(|file| Ok(file.persist(path)?))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Writes the file at `path`, which may be a new one.
pub(crate) fn create(path: &Path, content: &[u8], executable: bool) -> Result<()> {
    let old = fs::metadata(path).ok().map(|found| found.permissions());
    let permissions = if executable { may_run() } else { old };
    take_the_name(path, content, permissions).with_context(|| format!("cannot write {}", path.display()))
}

/// What a new file may be used for, before the user's mask.
#[cfg(unix)]
fn mode(bits: u32) -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(bits))
}

#[cfg(not(unix))]
fn mode(_: u32) -> Option<fs::Permissions> {
    None
}

fn may_run() -> Option<fs::Permissions> {
    mode(0o755)
}

/// The content in a file of another name, in the same folder.
fn beside(
    path: &Path,
    content: &[u8],
    permissions: Option<fs::Permissions>,
) -> Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".course-");
    if let Some(usual) = mode(0o666) {
        builder.permissions(usual);
    }
    let mut beside = builder.tempfile_in(folder(path))?;
    beside.write_all(content)?;
    if let Some(permissions) = permissions {
        beside.as_file().set_permissions(permissions)?;
    }
    Ok(beside)
}

fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

fn take_the_name(path: &Path, content: &[u8], permissions: Option<fs::Permissions>) -> Result<()> {
    let beside = beside(path, content, permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    // The name is on the disk when its folder is; not every system can do that.
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
    }
    Ok(())
}
