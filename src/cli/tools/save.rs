//! Writing a file so that nothing can be lost.
//!
//! The new content is written to a file beside the old one and forced to the disk; then that file takes the
//! old one's name. Whatever happens before, a full disk, a kill or a failure of the machine, the old file is
//! as it was.
//!
//! On Linux the new file has no name until it is complete, so a killed program leaves nothing behind.
//! Elsewhere it leaves a file `.course-…`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Replaces the content of the file at `path`, and keeps its permissions. A link stays a link.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let real = fs::canonicalize(path).with_context(|| format!("cannot write {}", path.display()))?;
    let permissions = fs::metadata(&real)?.permissions();
    if permissions.readonly() {
        bail!("cannot write {}: it is read-only", path.display());
    }
    durably(&real, content, Some(permissions)).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes a text file, which may be new, and makes its folder.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a path without a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    create(path, text.as_bytes(), false)
}

/// Writes a file that can be made again, unless it is there with the same bytes. It need not be on the disk
/// at once.
pub(crate) fn put(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    take_the_name(path, content, None, |_| Ok(())).with_context(|| format!("cannot write {}", path.display()))
}

/// Writes the file at `path`, which may be a new one.
pub(crate) fn create(path: &Path, content: &[u8], executable: bool) -> Result<()> {
    let old = fs::metadata(path).ok().map(|found| found.permissions());
    let permissions = if executable { may_run() } else { old };
    durably(path, content, permissions).with_context(|| format!("cannot write {}", path.display()))
}

/// The permissions of a new file, before the user's mask.
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

fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

/// Writes a file that is on the disk when this returns.
fn durably(path: &Path, content: &[u8], permissions: Option<fs::Permissions>) -> Result<()> {
    take_the_name(path, content, permissions, File::sync_all)?;
    // The name is on the disk when its folder is; not every system can do that.
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Writes the content into a new file of the same folder, which then takes the name.
fn take_the_name(
    path: &Path,
    content: &[u8],
    permissions: Option<fs::Permissions>,
    finish: impl Fn(&File) -> io::Result<()>,
) -> Result<()> {
    let folder = folder(path);
    let fill = |mut file: &File| -> io::Result<()> {
        file.write_all(content)?;
        if let Some(permissions) = &permissions {
            file.set_permissions(permissions.clone())?;
        }
        finish(file)
    };
    if let Some(file) = without_name(folder) {
        fill(&file)?;
        if let Some(beside) = named(&file, folder) {
            fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))?;
            return Ok(());
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".course-");
    if let Some(usual) = mode(0o666) {
        builder.permissions(usual);
    }
    let beside = builder.tempfile_in(folder)?;
    fill(beside.as_file())?;
    beside.persist(path)?;
    Ok(())
}

/// A file in `folder` that disappears with the process. Not every file system has such files.
#[cfg(target_os = "linux")]
fn without_name(folder: &Path) -> Option<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let file = openat(CWD, folder, flags, Mode::from_raw_mode(0o666)).ok()?;
    Some(File::from(file))
}

/// Gives a name to such a file, which is complete now.
#[cfg(target_os = "linux")]
fn named(file: &File, folder: &Path) -> Option<PathBuf> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let source = format!("/proc/self/fd/{}", file.as_raw_fd());
    (0..100).find_map(|n| {
        let name = folder.join(format!(".course-{}-{n}", std::process::id()));
        let linked = linkat(CWD, &source, CWD, &name, AtFlags::SYMLINK_FOLLOW);
        linked.is_ok().then_some(name)
    })
}

#[cfg(not(target_os = "linux"))]
fn without_name(_: &Path) -> Option<File> {
    None
}

#[cfg(not(target_os = "linux"))]
fn named(_: &File, _: &Path) -> Option<PathBuf> {
    None
}
