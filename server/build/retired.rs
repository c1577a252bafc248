//! Reads which versions of which kinds are deprecated or gone.

use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::facts::{check_keys, load, minor, string, strings};
use crate::model::Model;

/// One version of one kind. Versions are minor numbers, 0 for none.
pub(crate) struct Retired {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) deprecated: u8,
    pub(crate) removed: u8,
    pub(crate) replacement: String,
    pub(crate) replacement_kind: String,
    pub(crate) rename_only: bool,
    pub(crate) changes: String,
}

/// Reads `retired.yaml`, sorted by kind, then apiVersion.
pub(crate) fn read(data: &Path, model: &Model) -> Vec<Retired> {
    let file = load(data, "retired.yaml");
    let blocks = file.as_sequence().expect("retired.yaml is a list");
    let mut all: Vec<Retired> = blocks.iter().flat_map(block).collect();
    all.sort_by(|a, b| (&a.kind, &a.api_version).cmp(&(&b.kind, &b.api_version)));
    for entry in &all {
        check(entry, model);
    }
    all
}

fn block(value: &Value) -> Vec<Retired> {
    let block = value.as_mapping().expect("retired.yaml: an entry is a map");
    let known = ["version", "kinds", "deprecated", "removed", "use", "rename_only", "changes"];
    check_keys(block, &known, "retired.yaml");
    let text = |key: &str| block.get(key).map(|value| string(value, key)).unwrap_or_default();
    let version = |key: &str| block.get(key).map_or(0, minor);
    let used = text("use");
    let (replacement, replacement_kind) = used.split_once(' ').unwrap_or((&used, ""));
    kinds(block)
        .into_iter()
        .map(|kind| Retired {
            api_version: text("version"),
            kind,
            deprecated: version("deprecated"),
            removed: version("removed"),
            replacement: replacement.to_owned(),
            replacement_kind: replacement_kind.to_owned(),
            rename_only: block.get("rename_only").is_some_and(|value| *value == true),
            changes: text("changes"),
        })
        .collect()
}

fn kinds(block: &Mapping) -> Vec<String> {
    strings(&block["kinds"], "retired.yaml: kinds")
}

/// What is to be written instead has to exist, unless that is gone as well.
fn check(entry: &Retired, model: &Model) {
    if entry.replacement.is_empty() || entry.kind == "ResourceClass" {
        return;
    }
    let kind =
        if entry.replacement_kind.is_empty() { &entry.kind } else { &entry.replacement_kind };
    let known = |candidate: &crate::model::Kind| {
        candidate.kind == kind && candidate.api_version == entry.replacement
    };
    assert!(
        model.kinds.iter().any(known),
        "retired.yaml: there is no {} {kind} to replace {} {}",
        entry.replacement,
        entry.api_version,
        entry.kind
    );
}
