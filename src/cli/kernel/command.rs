//! What starts a kernel of this clone.

use anyhow::{Context, Result};

use crate::tools::layout::Layout;

/// How to start a kernel: what a kernelspec holds.
#[derive(Clone, Debug)]
pub(crate) struct KernelCommand {
    /// The program and its arguments; `{connection_file}` stands for the path of Jupyter's connection file.
    pub(crate) argv: Vec<String>,
    /// Variables to set.
    pub(crate) env: Vec<(String, String)>,
}

/// The command that starts a kernel.
pub(crate) fn command(place: &Layout) -> Result<KernelCommand> {
    let program = place.program();
    let program = program.to_str().context("the path of the clone is not UTF-8")?;
    let argv = [program, "kernel", "{connection_file}"]
        .map(String::from)
        .to_vec();
    let root = place
        .root()
        .to_str()
        .context("the path of the clone is not UTF-8")?;
    Ok(KernelCommand {
        argv,
        env: vec![("COURSE_ROOT".into(), root.into())],
    })
}
