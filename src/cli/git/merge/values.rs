//! Any value but a source: objects by their keys, tags by what was added and removed, all else as a whole.

use super::Merge;
use crate::git::tree::Json;

impl Merge {
    /// Merges the values of `key`, a path such as `metadata.tags`, at `place`, which is for messages.
    pub(super) fn value(
        &mut self,
        place: &str,
        key: &str,
        base: Option<&Json>,
        ours: Option<&Json>,
        theirs: Option<&Json>,
    ) -> Option<Json> {
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        // Whoever ran the notebook last has written these; nobody chooses them.
        if place == "the notebook" && matches!(key, "metadata.kernelspec" | "metadata.language_info") {
            return ours.or(theirs).cloned();
        }
        match (ours, theirs) {
            (Some(o @ Json::Object(_)), Some(t @ Json::Object(_))) => {
                let mut merged = Vec::new();
                for written in keys(o, t) {
                    let inner = name(&written);
                    let path = format!("{key}.{inner}");
                    let b = base.and_then(|b| b.get(inner));
                    let value = self.value(place, &path, b, o.get(inner), t.get(inner));
                    merged.extend(value.map(|value| (written, value)));
                }
                Some(Json::Object(merged))
            }
            (Some(Json::Array(o)), Some(Json::Array(t))) if key == "metadata.tags" => {
                let b = base.map(Json::items).unwrap_or_default();
                let stays = |tag: &&Json| !b.contains(tag) || (o.contains(tag) && t.contains(tag));
                let new = t.iter().filter(|tag| !o.contains(tag));
                Some(Json::Array(o.iter().chain(new).filter(stays).cloned().collect()))
            }
            _ => {
                self.conflicts
                    .push(format!("{place}: {key} changed by both; ours is kept"));
                ours.or(theirs).cloned()
            }
        }
    }
}

/// The keys of two objects, as they are written: ours, and those that only theirs has, each in its
/// alphabetical place if ours are in order.
pub(super) fn keys(ours: &Json, theirs: &Json) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in ours.members() {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    for (key, _) in theirs.members() {
        if !keys.contains(key) {
            let is_sorted = keys.is_sorted_by_key(|key| name(key));
            let at = if is_sorted {
                keys.partition_point(|other| name(other) < name(key))
            } else {
                keys.len()
            };
            keys.insert(at, key.clone());
        }
    }
    keys
}

/// A key without its quotes.
pub(super) fn name(written: &str) -> &str {
    written
        .strip_prefix('"')
        .and_then(|key| key.strip_suffix('"'))
        .unwrap_or(written)
}
