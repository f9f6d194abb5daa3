//! The secret seed of the hidden cases. It stays with the instructor's files. Records contain only a name for
//! it, which says nothing about it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The file in the instructor's folder that holds the seed.
const FILE: &str = "seed.txt";

/// A secret.
#[derive(Clone)]
pub(super) struct Seed {
    text: String,
}

impl Seed {
    /// The seed from the command line or a file; otherwise the one that an earlier run in `folder` used, or
    /// else a fresh one. It is kept there for the next run.
    pub(super) fn get(given: Option<&str>, file: Option<&Path>, folder: &Path) -> Result<Self> {
        let kept = folder.join(FILE);
        let text = match (given, file) {
            (Some(text), _) => text.to_owned(),
            (None, Some(file)) => std::fs::read_to_string(file)
                .with_context(|| format!("cannot read the seed in {}", file.display()))?,
            (None, None) if kept.exists() => std::fs::read_to_string(&kept)
                .with_context(|| format!("cannot read the seed in {}", kept.display()))?,
            (None, None) => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes)
                    .map_err(|error| anyhow::anyhow!("the system has no random numbers: {error}"))?;
                HEXLOWER.encode(&bytes)
            }
        };
        let text = text.trim().to_owned();
        if text.is_empty() {
            bail!("expected a seed, got nothing");
        }
        crate::tools::save::create(&kept, format!("{text}\n").as_bytes(), false)?;
        Ok(Self { text })
    }

    /// The seed itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A name, the same for the same seed.
    pub(super) fn id(&self) -> String {
        HEXLOWER.encode(&self.digest("its name")[..4])
    }

    /// The seed of an exercise's hidden cases, the same for every student.
    pub(super) fn of(&self, exercise: &str) -> u64 {
        let digest = self.digest(exercise);
        digest
            .iter()
            .take(8)
            .fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    }

    fn digest(&self, of: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.text.as_bytes());
        hash.update([0]);
        hash.update(of.as_bytes());
        hash.finalize().into()
    }
}
