//! What the files beside a manifest tell about it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::Namespaces;
use crate::ide::enforced_levels;

/// How many files of a folder are looked at, and how large they may be in bytes: opening a manifest
/// must not wait for a folder that holds thousands.
const MOST: usize = 100;
const LARGEST: u64 = 64 * 1024;

/// What the Namespaces in the folder of `path` enforce, as far as their files can be read.
pub fn namespaces_beside(path: &Path) -> Namespaces {
    manifests_beside(path).flat_map(|(_, text)| enforced_levels(&text)).collect()
}

/// The YAML files in the folder of `path` with their texts, itself among them.
pub fn manifests_beside(path: &Path) -> impl Iterator<Item = (PathBuf, String)> {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    let is_manifest = |it: &fs::DirEntry| {
        let path = it.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_small = it.metadata().is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
        matches!(extension, Some("yaml" | "yml")) && is_small
    };
    let files = entries.into_iter().flatten().flatten().filter(is_manifest).take(MOST);
    files.filter_map(|file| {
        let path = file.path();
        let text = fs::read_to_string(&path).ok()?;
        Some((path, text))
    })
}
