//! `cargo course clean`: removes everything that set-up has made.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::tools::layout::Layout;
use crate::tools::progress::say;
use crate::{git, kernel};

/// Remove all that set-up made: the kernel, the library built for it, JupyterLab, and what git runs for
/// notebooks.
///
/// What cargo itself has compiled stays in `target`; `cargo clean` removes that. Notebooks and your work are
/// not touched.
#[derive(clap::Args)]
pub(crate) struct CleanArgs {
    /// Remove it although kernels are running.
    #[arg(long)]
    force: bool,
}

impl CleanArgs {
    pub(crate) fn run(&self) -> Result<()> {
        let layout = Layout::find()?;
        let made = layout.made();
        if !made.exists() {
            say("nothing to clean: set-up has made nothing here");
            return Ok(());
        }
        let running = kernel::running(&layout)?;
        if running > 0 && !self.force {
            bail!("{running} kernels of this clone are running: shut them down first, or add --force");
        }
        kernel::sweep(&layout)?;
        git::hooks::take_out(&layout)?;
        fs::remove_dir_all(&made).with_context(|| format!("cannot remove {}", made.display()))?;
        say("removed .course; `cargo clean` removes what cargo has compiled");
        Ok(())
    }
}
