//! The repository's configuration: which scripts are the filter and the drivers.

use anyhow::Result;

use super::scripts;
use crate::git::NAME;
use crate::git::repository::{Repository, ask, line};

/// What is set. The filter is not `required`: git takes a notebook that cannot be read as it is, for example
/// in the middle of a merge. So `git status` and `git merge --abort` still work.
fn entries(repository: &Repository) -> Vec<(String, String)> {
    let script = |name: &str| scripts::quoted(&scripts::folder(repository).join(name));
    [
        ("filter", "process", script("filter")),
        ("filter", "clean", script("clean") + " %f"),
        ("diff", "textconv", script("diff")),
        ("diff", "xfuncname", "^// %%.*$".to_owned()),
        ("merge", "name", "notebooks, by cells".to_owned()),
        ("merge", "driver", script("merge") + " %O %A %B %L %P"),
    ]
    .map(|(section, key, value)| (format!("{section}.{NAME}.{key}"), value))
    .into()
}

pub(super) fn set(repository: &Repository) -> Result<()> {
    for (key, value) in entries(repository) {
        if line(&repository.here, &["config", "--local", "--get", &key]).as_deref() != Some(&value) {
            ask(
                &repository.here,
                &["config", "--local", "--replace-all", &key, &value],
            )?;
        }
    }
    Ok(())
}

pub(super) fn unset(repository: &Repository) -> Result<()> {
    for (key, _) in entries(repository) {
        if line(&repository.here, &["config", "--local", "--get-all", &key]).is_some() {
            ask(&repository.here, &["config", "--local", "--unset-all", &key])?;
        }
    }
    Ok(())
}

pub(super) fn status(repository: &Repository) -> Result<String, String> {
    for (key, value) in entries(repository) {
        let found = line(&repository.here, &["config", "--get", &key]);
        if found.as_deref() != Some(&value) {
            return Err(format!(
                "{key}: expected {value}, got {}",
                found.unwrap_or_default()
            ));
        }
    }
    Ok("filter, diff and merge driver".to_owned())
}
