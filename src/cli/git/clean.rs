//! The clean filter for one notebook: a process that reads standard input and writes standard output.
//!
//! A git that does not know the long-running protocol uses it; scripts can use it anywhere. A notebook that
//! cannot be read is an error, and nothing is written. git then reports the error and stores the file as it
//! is, so `git status` and `git merge --abort` still work while a merge is unfinished. `pre-commit` stops
//! what the filter let through.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::input::Input;
use super::options::StripArgs;
use super::settings::Settings;
use super::strip::strip;

/// Arguments of the one-shot filter.
#[derive(Args)]
pub(crate) struct CleanArgs {
    /// The path of the notebook, as git's `%f` gives it.
    #[arg(default_value = "<standard input>")]
    path: PathBuf,
    #[command(flatten)]
    options: StripArgs,
}

impl CleanArgs {
    pub(crate) fn run(&self) -> Result<()> {
        // git answers while the notebook comes through the pipe.
        let settings = std::thread::spawn(|| Settings::at(Path::new(".")));
        let input = Input::keep(io::stdin().lock());
        let mut settings = match settings.join() {
            Ok(settings) => settings,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let options = self
            .options
            .over(&settings.of(&self.path))
            .map_err(anyhow::Error::msg)?;
        let stripped = input.and_then(|mut input| strip(&mut input, &options));
        let stripped = stripped.map_err(|fault| fault.of(&self.path))?;
        to_standard_output(&stripped.text)
    }
}

/// Writes to standard output. A reader that closes it has read enough; that is no error.
pub(crate) fn to_standard_output(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}
