//! Checks for GitHub and GitLab. A student's repository checks its exercises at every push; a class's
//! repository grades what was handed in. Each runs one command of the course; the rest of the file fetches
//! and caches.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

/// Whose repository.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Template {
    /// A student's: checks the exercises. A release has it already.
    Student,
    /// A class's: grades the folder `submissions`.
    Class,
}

/// The files, with paths from the top of the repository, and their contents.
pub(super) fn files(template: Template) -> [(&'static str, &'static str); 2] {
    match template {
        Template::Student => [
            (
                ".github/workflows/exercises.yml",
                include_str!("templates/student.github.yml"),
            ),
            (".gitlab-ci.yml", include_str!("templates/student.gitlab.yml")),
        ],
        Template::Class => [
            (
                ".github/workflows/grade.yml",
                include_str!("templates/class.github.yml"),
            ),
            (".gitlab-ci.yml", include_str!("templates/class.gitlab.yml")),
        ],
    }
}

/// Writes the files below `dir`. If one exists with other content, that is an error, and nothing is written.
pub(super) fn write(template: Template, dir: &Path) -> Result<Vec<PathBuf>> {
    let files = files(template).map(|(path, text)| (dir.join(path), text));
    for (path, text) in &files {
        if fs::read(path).is_ok_and(|there| there != text.as_bytes()) {
            bail!("{} is there and differs; nothing was written", path.display());
        }
    }
    for (path, text) in &files {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        crate::tools::write(path, text)?;
    }
    Ok(files.map(|(path, _)| path).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use saphyr_parser::{Event, Parser};

    /// The scalars of a YAML file, each with whether it is plain or quoted; an error if it is not YAML.
    fn scalars(text: &str) -> Vec<String> {
        Parser::new_from_str(text)
            .filter_map(|event| match event.expect("the template is YAML").0 {
                Event::Scalar(text, ..) => Some(text.into_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn each_template_is_yaml_and_calls_one_command_that_exists() {
        for (template, name) in [(Template::Student, "check"), (Template::Class, "grade")] {
            for (path, text) in files(template) {
                let commands: Vec<String> = scalars(text)
                    .into_iter()
                    .filter(|text| text.starts_with("cargo course "))
                    .collect();
                let [command] = commands.as_slice() else {
                    panic!("{path}: expected one command, got {commands:?}")
                };
                let words: Vec<&str> = command.split_whitespace().skip(1).collect();
                assert_eq!(words[1], name, "{path}");
                let parsed = crate::Course::command().try_get_matches_from(&words);
                assert!(parsed.is_ok(), "{path}: {command}: {}", parsed.unwrap_err());
            }
        }
    }
}
