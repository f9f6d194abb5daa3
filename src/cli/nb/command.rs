//! What starts a kernel that somebody else has set up: a kernelspec.

use crate::kernel::command::KernelCommand;
use crate::tools::files::read;
use anyhow::{Context, Result, bail};
use jupyter_protocol::JupyterKernelspec;
use std::path::Path;

/// The name that the pack's notebooks ask for, and that evcxr installs itself under.
const SPEC: &str = "rust";

/// Reads `kernel.json` of a kernelspec. `folder` is the kernelspec's own folder, or one that can be on
/// `JUPYTER_PATH`, with the spec in `kernels/rust`.
pub(crate) fn from_spec(folder: &Path) -> Result<KernelCommand> {
    let own = folder.to_owned();
    let on_path = folder.join("kernels").join(SPEC);
    let Some(folder) = [own, on_path]
        .into_iter()
        .find(|f| f.join("kernel.json").is_file())
    else {
        bail!(
            "{} has neither kernel.json nor kernels/{SPEC}/kernel.json",
            folder.display()
        );
    };
    let file = folder.join("kernel.json");
    let text = read(&file)?;
    let spec: JupyterKernelspec =
        serde_json::from_str(&text).with_context(|| format!("{} is no kernelspec", file.display()))?;
    let resources = folder.to_string_lossy();
    Ok(KernelCommand {
        argv: spec
            .argv
            .iter()
            .map(|part| part.replace("{resource_dir}", &resources))
            .collect(),
        env: spec.env.unwrap_or_default().into_iter().collect(),
    })
}

/// The program and its arguments, with the connection file put in.
pub(super) fn line(command: &KernelCommand, connection_file: &Path) -> Result<(String, Vec<String>)> {
    let file = connection_file
        .to_str()
        .context("the temporary folder's name is not UTF-8")?;
    let mut parts = command
        .argv
        .iter()
        .map(|part| part.replace("{connection_file}", file));
    let program = parts.next().context("the kernelspec names no program")?;
    Ok((program, parts.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_is_found_in_its_own_folder_and_in_one_on_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("kernels/rust");
        std::fs::create_dir_all(&own).unwrap();
        let spec = r#"{"argv": ["{resource_dir}/k", "{connection_file}"], "display_name": "R", "language": "rust",
            "env": {"A": "b"}}"#;
        std::fs::write(own.join("kernel.json"), spec).unwrap();
        for given in [folder.path(), own.as_path()] {
            let command = from_spec(given).unwrap();
            let (program, arguments) = line(&command, Path::new("/c.json")).unwrap();
            assert_eq!(Path::new(&program), own.join("k"));
            assert_eq!(arguments, ["/c.json"]);
            assert_eq!(command.env, [("A".to_owned(), "b".to_owned())]);
        }
    }

    #[test]
    fn a_folder_without_a_spec_says_what_was_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let error = from_spec(folder.path()).unwrap_err().to_string();
        assert!(
            error.ends_with("has neither kernel.json nor kernels/rust/kernel.json"),
            "{error}"
        );
        std::fs::write(folder.path().join("kernel.json"), "{}").unwrap();
        let error = from_spec(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("kernel.json is no kernelspec"), "{error}");
    }
}
