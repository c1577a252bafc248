//! What the files beside a manifest tell about it.

use std::borrow::Cow;
use std::fs;
use std::io;
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

/// How much text a rename reads, in bytes.
const MOST_TEXT: u64 = 64 * 1024 * 1024;

/// The YAML files in the folder of `path` that hold `word`, with their texts, or a sentence about why
/// not all of them can be known: what changes in some files must change in all.
pub fn manifests_with(path: &Path, word: &str) -> Result<Vec<(PathBuf, String)>, String> {
    let Some(folder) = path.parent() else { return Ok(Vec::new()) };
    let failed =
        |path: &Path, error: &io::Error| format!("cannot read {}: {error}", path.display());
    let mut left = MOST_TEXT;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|it| failed(folder, &it))? {
        let path = entry.map_err(|it| failed(folder, &it))?.path();
        let Some(len) = fs::metadata(&path).ok().filter(fs::Metadata::is_file).map(|it| it.len())
        else {
            continue;
        };
        if !is_yaml(&path) {
            continue;
        }
        left = left.checked_sub(len).ok_or_else(|| {
            format!("{} holds too much YAML to rename in all of it", folder.display())
        })?;
        let bytes = fs::read(&path).map_err(|it| failed(&path, &it))?;
        let text = String::from_utf8_lossy(&bytes);
        if !text.contains(word) {
            continue;
        }
        match text {
            Cow::Borrowed(text) => found.push((path, text.to_owned())),
            Cow::Owned(_) => return Err(format!("{} is not UTF-8", path.display())),
        }
    }
    found.sort();
    Ok(found)
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
