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
        let is_small = it.metadata().is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
        is_yaml(&it.path()) && is_small
    };
    let files = entries.into_iter().flatten().flatten().filter(is_manifest).take(MOST);
    files.filter_map(|file| {
        let path = file.path();
        let text = fs::read_to_string(&path).ok()?;
        Some((path, text))
    })
}

/// The names and the texts of the YAML files in `folder`, by name.
pub fn yaml_files(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let file = |entry: fs::DirEntry| {
        let path = Some(entry.path()).filter(|path| is_yaml(path))?;
        let name = path.file_name()?.to_str()?.to_owned();
        Some((name, String::from_utf8_lossy(&fs::read(&path).ok()?).into_owned()))
    };
    let mut files: Vec<_> = entries.flatten().filter_map(file).collect();
    files.sort();
    files
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "yaml" || it == "yml")
}
