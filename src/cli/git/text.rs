//! stub
use anyhow::Result;
#[derive(clap::Args)]
pub(crate) struct NbArgs {}
impl NbArgs { pub(crate) fn run(&self) -> Result<()> { Ok(()) } }
pub(crate) fn conversion(_: &std::path::Path) -> Result<()> { Ok(()) }
