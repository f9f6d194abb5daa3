//! The clean filter for many notebooks: one process for all that `git add` or `git status` looks at.
//!
//! git says hello, each side says what it can do, and then git sends one notebook after the other. We can
//! only clean: a working copy gets what git stores, so checking out needs no filter.

use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::input::Input;
use super::packets::{Content, lines, write_content, write_lines};
use super::settings::Settings;
use super::strip::strip;
use crate::tools::progress::say;

/// Serves git until it hangs up.
pub(crate) fn run() -> Result<()> {
    let mut pipe = BufReader::with_capacity(128 * 1024, io::stdin().lock());
    let mut out = BufWriter::with_capacity(128 * 1024, io::stdout().lock());
    match serve(&mut pipe, &mut out) {
        // git hangs up when it has all it wants, or when it is interrupted; both are its right.
        Err(error)
            if error.downcast_ref::<io::Error>().is_some_and(|error| {
                matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe)
            }) =>
        {
            Ok(())
        }
        done => done,
    }
}

fn serve(pipe: &mut impl Read, out: &mut impl Write) -> Result<()> {
    let hello = lines(pipe)?;
    if hello.first().map(String::as_str) != Some("git-filter-client")
        || !hello.iter().any(|line| line == "version=2")
    {
        bail!("expected git's filter protocol, version 2, got {hello:?}");
    }
    write_lines(out, &["git-filter-server", "version=2"])?;
    out.flush()?;
    let abilities = lines(pipe)?;
    let ours: Vec<&str> = ["capability=clean"]
        .into_iter()
        .filter(|ours| abilities.iter().any(|theirs| theirs == ours))
        .collect();
    write_lines(out, &ours)?;
    out.flush()?;
    let mut settings = Settings::at(Path::new("."));
    loop {
        let request = lines(pipe)?;
        let field = |name: &str| request.iter().find_map(|line| line.strip_prefix(name));
        let mut content = Content::new(pipe);
        let (Some("clean"), Some(path)) = (field("command="), field("pathname=")) else {
            content.skip()?;
            write_lines(out, &["status=error"])?;
            out.flush()?;
            continue;
        };
        let path = PathBuf::from(path);
        let kept = Input::keep(&mut content);
        // Whatever went wrong with this notebook, the next one begins after it.
        content.skip()?;
        match kept.and_then(|mut input| strip(&mut input, &settings.of(&path))) {
            Ok(stripped) => {
                write_lines(out, &["status=success"])?;
                write_content(out, &stripped.text)?;
                // An empty list: the status at the beginning still holds.
                write_lines(out, &[])?;
            }
            Err(fault) => {
                say(&fault.said_of(&path.display()));
                write_lines(out, &["status=error"])?;
            }
        }
        out.flush()?;
    }
}
