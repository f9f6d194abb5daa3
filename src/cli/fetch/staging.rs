//! The place of unfinished work, and the one rename that makes an item complete.
//!
//! ```text
//! CACHE/partial/packages/SHA256        package files that were checked
//! CACHE/partial/NAME-VERSION/lock      held by the process that fetches the item
//! CACHE/partial/NAME-VERSION/files/    files that were checked, and `.part` files that are still growing
//! CACHE/partial/NAME-VERSION/client-*  where a registry's client works; of no use after a kill
//! CACHE/NAME/VERSION/                  complete
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use course::fetched::{self, Item};
use sha2::{Digest, Sha256};

/// The unfinished work on one item; no other process works on it while this lives.
pub(crate) struct Staging<'a> {
    item: &'a Item,
    partial: PathBuf,
    dir: PathBuf,
    _lock: File,
}

impl<'a> Staging<'a> {
    /// Makes the place, waits for a process that uses it, and removes what a killed one has left.
    pub(crate) fn open(item: &'a Item) -> Result<Self> {
        let cache = fetched::cache_folder()?;
        let partial = cache.join("partial");
        let dir = partial.join(format!("{}-{}", item.name, item.version));
        let setting_up = || {
            format!(
                "cannot write to {} (COURSE_CACHE names another folder)",
                cache.display()
            )
        };
        fs::create_dir_all(dir.join("files")).with_context(setting_up)?;
        let lock = File::create(dir.join("lock")).with_context(setting_up)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("  another process is fetching {}; waiting", item.name);
                lock.lock()?;
            }
            // Some network file systems have no locks. Two processes then do the work twice, and each checks
            // its own files.
            Err(TryLockError::Error(_)) => {}
        }
        fs::create_dir_all(dir.join("files")).with_context(setting_up)?;
        for entry in fs::read_dir(&dir)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with("client-") {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(Self {
            item,
            partial,
            dir,
            _lock: lock,
        })
    }

    /// Where the item's files are gathered.
    pub(crate) fn files(&self) -> PathBuf {
        self.dir.join("files")
    }

    /// The item's package; `download` gets it if it is not there yet. The arguments of `download` are the
    /// path of the file to make and a folder to work in.
    pub(crate) fn package(&self, download: impl FnOnce(&Path, &Path) -> Result<()>) -> Result<PathBuf> {
        let Item {
            package_bytes,
            package_sha256,
            ..
        } = self.item;
        let package = self.package_path();
        if check(&package, *package_bytes, package_sha256).is_ok() {
            return Ok(package);
        }
        fs::create_dir_all(self.partial.join("packages"))?;
        let work = tempfile::Builder::new().prefix("client-").tempdir_in(&self.dir)?;
        let brought = work.path().join("package");
        download(&brought, work.path())?;
        fs::rename(&brought, &package)?;
        Ok(package)
    }

    /// Checks that every file is there, and moves them all to where the library looks for them.
    pub(crate) fn put_in_place(self, package_is_needed_later: bool) -> Result<()> {
        for file in &self.item.files {
            check(&self.files().join(&file.name), file.bytes, &file.sha256)?;
        }
        let folder = fetched::folder(self.item)?;
        let parent = folder.parent().context("the cache folder is the root")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let old = tempfile::Builder::new().prefix("client-").tempdir_in(&self.dir)?;
        match fs::rename(&folder, old.path().join("old")) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot replace {}", folder.display()));
            }
            _ => {}
        }
        fs::rename(self.files(), &folder).with_context(|| format!("cannot make {}", folder.display()))?;
        drop(old);
        if !package_is_needed_later {
            remove_file(&self.package_path())?;
        }
        self.sweep()
    }

    /// Removes the item, in every version, and the unfinished work on it; returns how many bytes that freed.
    pub(crate) fn remove_item(self) -> Result<u64> {
        let mut freed = 0;
        let cache = fetched::cache_folder()?;
        let item = cache.join(&self.item.name);
        if item.exists() {
            freed += size(&item);
            fs::remove_dir_all(&item).with_context(|| format!("cannot remove {}", item.display()))?;
        }
        let package = self.package_path();
        freed += size(&package) + size(&self.files());
        remove_file(&package)?;
        self.sweep()?;
        Ok(freed)
    }

    fn package_path(&self) -> PathBuf {
        self.partial.join("packages").join(&self.item.package_sha256)
    }

    /// Removes the place, except the lock: another process may be waiting for it.
    fn sweep(self) -> Result<()> {
        for entry in fs::read_dir(&self.dir)?.flatten() {
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Writes what `from` gives to `path`, by way of `path.part`, and keeps it only if it is what it should be.
pub(crate) fn write_checked(mut from: impl Read, path: &Path, bytes: u64, sha256: &str) -> Result<()> {
    let part = part_of(path);
    let writing = || format!("cannot write {}", part.display());
    if let Some(folder) = part.parent() {
        fs::create_dir_all(folder).with_context(writing)?;
    }
    let mut out = File::create(&part).with_context(writing)?;
    let mut buffer = vec![0; 1 << 16];
    let mut left = bytes;
    loop {
        let n = from
            .read(&mut buffer)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
        if n == 0 {
            break;
        }
        let Some(after) = left.checked_sub(n as u64) else {
            remove_file(&part)?;
            bail!("{}: expected {bytes} bytes, got more", path.display());
        };
        left = after;
        out.write_all(&buffer[..n]).with_context(writing)?;
    }
    out.sync_all().with_context(writing)?;
    keep_if_right(&part, path, bytes, sha256)
}

/// Moves the finished `part` to `path` when it is what it should be, and removes it otherwise.
pub(crate) fn keep_if_right(part: &Path, path: &Path, bytes: u64, sha256: &str) -> Result<()> {
    if let Err(e) = check(part, bytes, sha256) {
        remove_file(part)?;
        return Err(e);
    }
    fs::rename(part, path).with_context(|| format!("cannot make {}", path.display()))
}

/// Where `path` grows until it is complete.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Whether the file at `path` has this size and this hash.
pub(crate) fn check(path: &Path, bytes: u64, sha256: &str) -> Result<()> {
    let reading = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(reading)?;
    let got_bytes = file.metadata().with_context(reading)?.len();
    if got_bytes != bytes {
        bail!("{}: expected {bytes} bytes, got {got_bytes}", path.display());
    }
    let mut hash = Sha256::new();
    io::copy(&mut file, &mut hash).with_context(reading)?;
    let got = format!("{:x}", hash.finalize());
    if got != sha256 {
        bail!("{}: expected SHA-256 {sha256}, got {got}", path.display());
    }
    Ok(())
}

/// Bytes of a file, or of all that is in a folder.
pub(crate) fn size(path: &Path) -> u64 {
    match fs::symlink_metadata(path) {
        Ok(m) if m.is_dir() => {
            fs::read_dir(path).map_or(0, |entries| entries.flatten().map(|e| size(&e.path())).sum())
        }
        Ok(m) => m.len(),
        Err(_) => 0,
    }
}

/// A size as people read it.
pub(crate) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(e).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}
