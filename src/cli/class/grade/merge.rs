//! Puts the shards of a class together. Each was graded by its own job, with the same seed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::class::record::{self, Record};
use crate::tools::files::listed;
use crate::tools::save;

/// Copies the records of `shards` to `out`.
///
/// # Errors
/// A student has different records in two shards, or the shards were graded with different seeds.
pub(super) fn merge(shards: &[PathBuf], out: &Path) -> Result<usize> {
    let mut seed: Option<(String, &Path)> = None;
    let mut n_students = 0;
    for shard in shards {
        for record in record::read_all(shard)? {
            let (id, of) = seed.get_or_insert((record.seed_id.clone(), shard));
            if *id != record.seed_id {
                bail!(
                    "expected one seed, got {id} in {} and {} in {}: grade each shard with the same --seed-file",
                    of.display(),
                    record.seed_id,
                    shard.display()
                );
            }
        }
    }
    for folder in [record::results, record::instructors] {
        fs::create_dir_all(folder(out))?;
        for shard in shards {
            for path in listed(&folder(shard))? {
                let name = path.file_name().unwrap_or_default();
                if name == "lock" || name.to_string_lossy().starts_with(".course-") {
                    continue;
                }
                let bytes = fs::read(&path)?;
                let to = folder(out).join(name);
                let is_there = fs::read(&to).ok();
                if is_there.as_ref().is_some_and(|other| *other != bytes) {
                    bail!(
                        "expected one result of a student, got another in {} than in {}",
                        path.display(),
                        to.display()
                    );
                }
                if is_there.is_none() {
                    save::create(&to, &bytes, false)?;
                }
                n_students +=
                    usize::from(serde_json::from_slice::<Record>(&bytes).is_ok() && is_there.is_none());
            }
        }
    }
    Ok(n_students)
}
