//! `cargo course doctor`: what is there, what is missing, and how to get it.

use std::fmt::Write as _;
use std::process::Command;

use anyhow::{Result, bail};

use crate::tools::finding::Finding;
use crate::tools::layout::Layout;
use crate::{git, kernel, lab};

/// Explain what is there, what is missing, and how to get it.
///
/// Fails if something is missing without which notebooks do not run.
#[derive(clap::Args)]
pub(crate) struct DoctorArgs {
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

impl DoctorArgs {
    pub(crate) fn run(&self) -> Result<()> {
        let layout = Layout::find()?;
        let mut findings = vec![rust()];
        findings.extend(kernel::findings(&layout)?);
        findings.push(python());
        findings.push(lab::finding(&layout));
        findings.push(git::hooks::finding(&layout));
        if self.json {
            println!("{}", serde_json::to_string_pretty(&findings)?);
        } else {
            print!("{}", table(&findings));
        }
        let missing = findings.iter().filter(|f| !f.good && !f.optional).count();
        if missing > 0 {
            bail!(
                "{missing} of {} things that notebooks need are missing",
                findings.len()
            );
        }
        Ok(())
    }
}

fn table(findings: &[Finding]) -> String {
    let wide = findings.iter().map(|f| f.what.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for f in findings {
        let mark = match (f.good, f.optional) {
            (true, _) => "ok     ",
            (false, true) => "absent ",
            (false, false) => "MISSING",
        };
        let _ = writeln!(text, "{mark}  {:wide$}  {}", f.what, f.found);
        if !f.remedy.is_empty() {
            let _ = writeln!(text, "         {:wide$}  -> {}", "", f.remedy);
        }
    }
    text
}

/// The first line that a program prints about its version.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .next()
        .map(str::to_owned)
}

fn rust() -> Finding {
    match version("rustc") {
        Some(found) => Finding::good("Rust", found),
        None => Finding::missing(
            "Rust",
            "no rustc on the PATH",
            "install it from https://rustup.rs",
        ),
    }
}

fn python() -> Finding {
    match version("python3").or_else(|| version("python")) {
        Some(found) => Finding::good("Python", found),
        None => Finding::missing(
            "Python",
            "no python3 on the PATH",
            "install Python 3.10 or newer for JupyterLab; `cargo course run` needs none",
        )
        .optional(),
    }
}
