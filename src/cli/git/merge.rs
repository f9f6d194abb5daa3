//! stub
use anyhow::Result;
#[derive(clap::Args)]
pub(crate) struct MergeArgs {}
impl MergeArgs { pub(crate) fn run(&self) -> Result<i32> { anyhow::bail!("not there yet") } }
