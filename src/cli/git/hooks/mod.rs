//! `cargo course hooks`: puts filter, diff, merge and hooks into a repository, and takes them out again.
//!
//! | what | where | how it is found again |
//! |---|---|---|
//! | scripts, the same as in `git-hooks/`, with the program's path | `.git/course-notebook/` | the folder |
//! | which filter and drivers to run | the repository's configuration | the name `course-notebook` |
//! | that notebooks have them | `.git/info/attributes`, or a file of the user's choice | a marked block |
//! | hooks | where git looks for hooks | their second line; an earlier hook is renamed and still called |
//!
//! Installing twice is the same as installing once, and uninstalling leaves every file as it was before. All
//! worktrees of a repository share the installation.
//!
//! A linked worktree may be gone tomorrow. So installing from one puts a copy of the program into the common
//! folder, where it outlives the worktree.

mod attributes;
mod config;
mod scripts;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use super::recheck;
use super::repository::{Repository, line};
use crate::tools::finding::Finding;
use crate::tools::layout::{self, Layout};
use crate::tools::progress::say;

/// Install, remove or look at what git runs for notebooks, in any repository.
#[derive(Args)]
#[command(after_help = "Examples:
  cargo course hooks install                       in this repository
  cargo course hooks install -C ../other           in another one
  cargo course hooks install --attributes .gitattributes
                                                   for all who clone it; each of them installs, too
  cargo course hooks status                        exit 1 if something is missing
  cargo course hooks uninstall                     everything as it was before")]
pub(crate) struct HooksArgs {
    #[command(subcommand)]
    action: Action,
    /// The repository, if it is not the one around the current folder.
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".", global = true)]
    repository: PathBuf,
    /// The file that says which files are notebooks; .git/info/attributes if none is given.
    #[arg(long, value_name = "FILE", global = true)]
    attributes: Option<PathBuf>,
    /// The program that git is to run, if not this one.
    #[arg(long, value_name = "PROGRAM", global = true)]
    program: Option<PathBuf>,
}

#[derive(Clone, Copy, Subcommand)]
enum Action {
    /// Install the filter, diff, merge and hooks; does nothing twice.
    Install,
    /// Remove all of it; files that were there before are as they were.
    Uninstall,
    /// Say what is installed; exit 1 if something is missing.
    Status,
}

impl HooksArgs {
    /// Runs it, and returns the exit code.
    pub(crate) fn run(&self) -> Result<i32> {
        let repository = Repository::at(&self.repository)?;
        let attributes = self.attributes.as_deref();
        match self.action {
            Action::Install => {
                let program = match &self.program {
                    Some(program) => std::path::absolute(program)?,
                    None => program(&repository)?,
                };
                let notes = install(&repository, &program, attributes)?;
                for note in notes {
                    say(&note);
                }
                say(&format!(
                    "git strips, compares and merges the notebooks of {} by cells",
                    repository.common.display()
                ));
                Ok(0)
            }
            Action::Uninstall => {
                uninstall(&repository, attributes)?;
                say(&format!("removed from {}", repository.common.display()));
                Ok(0)
            }
            Action::Status => {
                let rows = status(&repository)?;
                let mut code = 0;
                for (what, found) in rows {
                    match found {
                        Ok(found) => println!("ok       {what:12} {found}"),
                        Err(missing) => {
                            println!("MISSING  {what:12} {missing}");
                            code = 1;
                        }
                    }
                }
                Ok(code)
            }
        }
    }
}

/// The program for git to run. This one may be rebuilt while git runs it, so a clone of the course has a
/// copy.
fn program(repository: &Repository) -> Result<PathBuf> {
    let me = std::env::current_exe().context("cannot find this program's own file")?;
    let clone = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !me.starts_with(clone.join("target")) {
        return Ok(me);
    }
    let place = Layout::at(clone.to_owned());
    match Repository::at(clone) {
        Ok(own) if own.common == repository.common => lasting_copy(&place, repository),
        _ => layout::install_program(&place),
    }
}

/// The copy that git runs in a clone of the course: in `.course/bin`. A linked worktree may be gone tomorrow,
/// but all worktrees share the hooks. So its copy lies beside the hooks, unless they have another one
/// already.
fn lasting_copy(place: &Layout, repository: &Repository) -> Result<PathBuf> {
    if !repository.is_linked {
        return layout::install_program(place);
    }
    let shared = scripts::folder(repository).join(format!("course{}", std::env::consts::EXE_SUFFIX));
    match scripts::program(repository).map(PathBuf::from) {
        Ok(other) if other != shared => Ok(other),
        _ => layout::copy_program(shared),
    }
}

/// Installs everything, and returns what the user should know.
fn install(repository: &Repository, program: &Path, attributes: Option<&Path>) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    scripts::write(repository, program)?;
    config::set(repository)?;
    attributes::add(repository, attributes)?;
    scripts::hook(repository, program, &mut notes)?;
    recheck::all(repository)?;
    Ok(notes)
}

fn uninstall(repository: &Repository, attributes: Option<&Path>) -> Result<()> {
    scripts::unhook(repository)?;
    attributes::remove(repository, attributes)?;
    config::unset(repository)?;
    scripts::remove(repository)
}

/// What is installed, and what is missing.
type Row = (&'static str, Result<String, String>);

fn status(repository: &Repository) -> Result<Vec<Row>> {
    let mut rows = vec![
        ("program", scripts::program(repository)),
        ("git config", config::status(repository)),
        ("attributes", attributes::status(repository)),
    ];
    rows.extend(scripts::status(repository)?);
    Ok(rows)
}

/// Installs into the clone of the course, as a part of set-up. A copy without git needs none of it. A copy
/// inside another repository, such as where a release is proved, leaves that repository as it is.
pub(crate) fn set_up(place: &Layout) -> Result<()> {
    let Ok(repository) = Repository::at(place.root()) else {
        return Ok(());
    };
    if line(place.root(), &["rev-parse", "--show-prefix"]).as_deref() != Some("") {
        return Ok(());
    }
    let program = lasting_copy(place, &repository)?;
    for note in install(&repository, &program, None)? {
        say(&note);
    }
    Ok(())
}

/// Takes it out of the clone of the course again, if git runs this clone's own program.
pub(crate) fn take_out(place: &Layout) -> Result<()> {
    let Ok(repository) = Repository::at(place.root()) else {
        return Ok(());
    };
    match scripts::program(&repository) {
        Ok(program) if Path::new(&program).starts_with(place.made()) => uninstall(&repository, None),
        _ => Ok(()),
    }
}

/// What `cargo course doctor` says about it.
pub(crate) fn finding(place: &Layout) -> Finding {
    let remedy = "`cargo course hooks install` installs them";
    let rows = Repository::at(place.root()).and_then(|repository| status(&repository));
    match rows {
        Err(error) => Finding::missing("git hooks", format!("{error:#}"), remedy).optional(),
        Ok(rows) => {
            let missing: Vec<&str> = rows.iter().filter(|(_, r)| r.is_err()).map(|(w, _)| *w).collect();
            if missing.is_empty() {
                Finding::good("git hooks", "filter, diff, merge and hooks for notebooks")
            } else {
                let missing = format!("missing: {}", missing.join(", "));
                Finding::missing("git hooks", missing, remedy).optional()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_inside_another_repository_leaves_that_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        super::super::repository::ask(folder.path(), &["init", "--quiet"]).unwrap();
        let inside = folder.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        set_up(&Layout::at(inside.clone())).unwrap();
        let repository = Repository::at(&inside).unwrap();
        assert!(!scripts::folder(&repository).exists() && !inside.join(".course").exists());
    }

    /// Installs no hooks: git would start this test program as one. git is only asked.
    #[test]
    fn a_linked_worktree_leaves_a_program_that_outlives_it() {
        let folder = tempfile::tempdir().unwrap();
        let (main, linked) = (folder.path().join("a clone"), folder.path().join("a worktree"));
        std::fs::create_dir(&main).unwrap();
        let git = |arguments: &[&str]| {
            let person = ["-c", "user.name=n", "-c", "user.email=e@example.org"];
            super::super::repository::ask(&main, &[&person, arguments].concat()).unwrap();
        };
        git(&["init", "--quiet"]);
        git(&["commit", "--quiet", "--allow-empty", "-m", "one"]);
        git(&["worktree", "add", "--quiet", "--detach", linked.to_str().unwrap()]);
        let [main, linked] = [main, linked].map(|root| (Repository::at(&root).unwrap(), Layout::at(root)));
        assert_eq!([main.0.is_linked, linked.0.is_linked], [false, true]);

        let shared = lasting_copy(&linked.1, &linked.0).unwrap();
        assert!(shared.starts_with(&main.0.common) && shared.is_file());
        scripts::write(&linked.0, &shared).unwrap();
        assert_eq!(lasting_copy(&linked.1, &linked.0).unwrap(), shared);
        // The clone itself has its own copy, which a worktree then leaves alone.
        let own = lasting_copy(&main.1, &main.0).unwrap();
        assert!(own.starts_with(main.1.made()) && own.is_file());
        scripts::write(&main.0, &own).unwrap();
        assert_eq!(lasting_copy(&linked.1, &linked.0).unwrap(), own);
    }
}
