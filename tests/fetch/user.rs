//! A user of `cargo course fetch`, and what there is to fetch.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::{Digest, Sha256};

pub(super) const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/fetch");

/// A user: a cache, a table, and a folder of programs, which is the whole `PATH`.
pub(super) struct User {
    pub(super) dir: tempfile::TempDir,
}

impl User {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        let user = Self { dir };
        for program in ["sh", "cp", "dpkg-deb", "tar", "curl"] {
            let real = (std::env::split_paths(&std::env::var_os("PATH").unwrap()))
                .map(|folder| folder.join(program))
                .find(|path| path.exists());
            if let Some(real) = real {
                std::os::unix::fs::symlink(real, user.bin(program)).unwrap();
            }
        }
        user
    }

    pub(super) fn bin(&self, name: &str) -> PathBuf {
        self.dir.path().join("bin").join(name)
    }

    pub(super) fn cache(&self) -> PathBuf {
        self.dir.path().join("cache")
    }

    /// Makes a program with this name that records how it was called and then does `what`.
    pub(super) fn program(&self, name: &str, what: &str) {
        let log = self.dir.path().join(format!("{name}.log"));
        let script = format!("#!/bin/sh\necho \"$@\" >> {}\n{what}\n", log.display());
        let _ = fs::remove_file(self.bin(name));
        fs::write(self.bin(name), script).unwrap();
        fs::set_permissions(self.bin(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// How often the program was called, and with which arguments.
    pub(super) fn calls(&self, name: &str) -> Vec<String> {
        let log = fs::read_to_string(self.dir.path().join(format!("{name}.log"))).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    pub(super) fn table(&self, items: &[String]) {
        fs::write(self.dir.path().join("table.toml"), items.concat()).unwrap();
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .arg("fetch")
            .args(args)
            .env_clear()
            .env("PATH", self.dir.path().join("bin"))
            .env("HOME", self.dir.path())
            .env("COURSE_CACHE", self.cache())
            .env("COURSE_FETCH_TABLE", self.dir.path().join("table.toml"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(super) fn fetch(&self, args: &[&str]) -> Said {
        self.command(args).output().unwrap().into()
    }

    pub(super) fn read(&self, path: &str) -> String {
        let path = self.cache().join(path);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.cache().join(path).exists()
    }
}

/// What a command printed on both streams, and whether it succeeded.
pub(super) struct Said {
    pub(super) ok: bool,
    pub(super) text: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = [output.stdout, output.stderr].concat();
        Self {
            ok: output.status.success(),
            text: String::from_utf8(text).unwrap(),
        }
    }
}

impl Said {
    #[track_caller]
    pub(super) fn good(self, expected: &[&str]) -> Self {
        assert!(self.ok, "{}", self.text);
        self.says(expected)
    }

    #[track_caller]
    pub(super) fn bad(self, expected: &[&str]) -> Self {
        assert!(!self.ok, "{}", self.text);
        self.says(expected)
    }

    #[track_caller]
    pub(super) fn says(self, expected: &[&str]) -> Self {
        for part in expected {
            assert!(self.text.contains(part), "{part:?} is not in:\n{}", self.text);
        }
        self
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// A row of the table for a package file of the fixtures. `files` has name, path in the package, and content.
pub(super) fn item(name: &str, registry: &str, package_file: &str, files: &[(&str, &str, &str)]) -> String {
    let package = fs::read(Path::new(FIXTURES).join(package_file)).unwrap();
    let files: String = (files.iter())
        .map(|(name, from, content)| {
            format!(
                "  [{name:?}, {from:?}, {}, {:?}],\n",
                content.len(),
                sha256(content.as_bytes())
            )
        })
        .collect();
    format!(
        "[[item]]\nname = {name:?}\nwhat = \"a small {registry} package\"\nlicence = \"licence of {name}\"\n\
         lectures = [\"07\"]\nregistry = {registry:?}\npackage = \"tiny\"\nversion = \"1.0\"\nfile = {package_file:?}\n\
         bytes = {}\nsha256 = {:?}\nfiles = [\n{files}]\n\n",
        package.len(),
        sha256(&package),
    )
}

/// The same, with a home.
pub(super) fn with_home(item: String, url: &str) -> String {
    item.replace("registry = ", &format!("url = {url:?}\nregistry = "))
}

pub(super) fn words() -> String {
    "one two three\n".repeat(100)
}

pub(super) const WHEEL: &str = "tiny-1.0-py3-none-any.whl";

pub(super) fn wheel_item() -> String {
    item(
        "w",
        "pypi",
        WHEEL,
        &[
            ("in/words.txt", "tiny/words.txt", &words()),
            ("s.txt", "tiny/stored.txt", "stored\n"),
        ],
    )
}

/// A client that puts a fixture where the last argument but one says. pip is called in this way.
pub(super) fn pip(file: &str) -> String {
    format!("for a; do dest=$b; b=$a; done\ncp {FIXTURES}/{file} \"$dest/\"")
}
