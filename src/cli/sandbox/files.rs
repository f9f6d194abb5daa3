//! Which files a process may use: Landlock, since Linux 5.13. It holds for all that the process starts, and
//! cannot be undone.

use std::path::PathBuf;

use anyhow::{Result, bail};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, LandlockStatus, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus, Scope, path_beneath_rules,
};

use super::limits::Limits;

/// The newest rules that are asked for: TCP (4), devices (5), signals and abstract sockets (6). An older
/// kernel keeps those that it knows.
const RULES: ABI = ABI::V6;

/// Takes everything away that `limits` does not give.
pub(super) fn restrict(limits: &Limits) -> Result<String> {
    let read: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::ReadDir;
    let write = AccessFs::from_all(RULES) & !AccessFs::Execute;
    let devices = ["/dev/null"].map(PathBuf::from);
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(RULES))?
        .handle_access(AccessNet::from_all(RULES))?
        .scope(Scope::from_all(RULES))?
        .create()?
        .add_rules(path_beneath_rules(&limits.read, read))?
        .add_rules(path_beneath_rules(&limits.run, read | AccessFs::Execute))?
        .add_rules(path_beneath_rules(&limits.write, write))?
        .add_rules(path_beneath_rules(
            &devices,
            AccessFs::ReadFile | AccessFs::WriteFile,
        ))?
        .restrict_self()?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => bail!("this kernel does not have it, or it is switched off"),
        (_, LandlockStatus::Available { effective_abi, .. }) => {
            Ok(format!("files (Landlock {})", effective_abi as i32))
        }
        _ => Ok("files (Landlock)".to_owned()),
    }
}
