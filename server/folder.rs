//! What the files beside a manifest tell about it.

use std::fs;
use std::path::Path;

use crate::config::Namespaces;
use crate::ide::enforced_levels;

/// How many files of a folder are looked at, and how large they may be in bytes: opening a manifest
/// must not wait for a folder that holds thousands.
const MOST: usize = 100;
const LARGEST: u64 = 64 * 1024;

/// What the Namespaces in the folder of `path` enforce, as far as their files can be read.
pub fn namespaces_beside(path: &Path) -> Namespaces {
    let Some(entries) = path.parent().and_then(|folder| fs::read_dir(folder).ok()) else {
        return Namespaces::new();
    };
    let is_manifest = |it: &fs::DirEntry| {
        let path = it.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let is_small = it.metadata().is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
        matches!(extension, Some("yaml" | "yml")) && is_small
    };
    let files = entries.flatten().filter(is_manifest).take(MOST);
    files
        .filter_map(|file| fs::read_to_string(file.path()).ok())
        .flat_map(|text| enforced_levels(&text))
        .collect()
}
