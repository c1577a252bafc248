//! Files beside a manifest: other manifests, and templates.

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{HEIGHT, KUSTOMIZATIONS, Kustomization, Namespaces};
use crate::folder::{SMALL, read_small};
use crate::ide::{FileProblem, Templates, enforced_levels};

/// How many files of a folder are looked at, and how large they may be in bytes: opening a manifest
/// must not wait for a folder with thousands.
const MOST: usize = 100;
const LARGEST: u64 = 64 * 1024;

/// How many names of a folder are looked at.
const MOST_NAMES: usize = 10_000;

/// The levels that the Namespaces in the folder of `path` enforce, as far as their files can be read.
pub fn namespaces_beside(path: &Path) -> Namespaces {
    manifests_beside(path).flat_map(|(_, text)| enforced_levels(&text)).collect()
}

/// The YAML files in the folder of `path` with their texts, itself among them.
pub fn manifests_beside(path: &Path) -> impl Iterator<Item = (PathBuf, String)> {
    let folder = path.parent().unwrap_or(path).to_owned();
    let is_small =
        |it: &fs::DirEntry| it.metadata().is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
    let files = entries(&folder).filter(move |it| is_yaml(&it.path()) && is_small(it)).take(MOST);
    files.filter_map(move |file| {
        let text = read_small(&folder, file.file_name(), LARGEST).ok()?;
        Some((file.path(), text))
    })
}

/// The YAML files in the folder of `path` with their texts, and those that the kustomizations which may
/// use it name as resources: what it may be a patch of.
pub fn manifests_around(path: &Path) -> Vec<(PathBuf, String)> {
    let mut found: Vec<_> = manifests_beside(path).collect();
    for (folder, file) in resources_around(path) {
        if found.len() < MOST
            && is_yaml(&file)
            && found.iter().all(|(known, _)| *known != file)
            && let Ok(text) = read_small(&folder, &file, LARGEST)
        {
            found.push((file, text));
        }
    }
    found
}

/// How many kustomizations are followed.
const MOST_KUSTOMIZATIONS: usize = 20;

/// The files that the kustomizations around `path` name as resources, each with the folder that names
/// it: directly, or by naming a folder with a kustomization of its own.
fn resources_around(path: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut folders: Vec<PathBuf> =
        path.ancestors().skip(1).take(HEIGHT).map(Path::to_owned).collect();
    let (mut at, mut files) = (0, Vec::new());
    while let Some(folder) = folders.get(at).filter(|_| at < MOST_KUSTOMIZATIONS).cloned() {
        at += 1;
        for resource in kustomization(&folder).resources() {
            if is_yaml(resource) {
                files.push((folder.clone(), resource.to_owned()));
            } else if !folders.iter().any(|it| it == resource) {
                folders.push(resource.to_owned());
            }
        }
    }
    files
}

/// The resources of the kustomization of `folder`; none if it cannot be read.
pub(super) fn kustomization(folder: &Path) -> Kustomization {
    let mut found = Kustomization::default();
    for name in KUSTOMIZATIONS {
        if let Ok(text) = read_small(folder, name, SMALL) {
            found.add(folder, &text);
        }
    }
    found
}

/// How much text a rename reads, in bytes.
const MOST_TEXT: u64 = 64 << 20;

/// The YAML files in the folder of `path` that hold `word`, with their texts. What changes in some files
/// must change in all.
///
/// # Errors
///
/// A message about why not all of them can be read.
pub fn manifests_with(path: &Path, word: &str) -> Result<Vec<(PathBuf, String)>, String> {
    let Some(folder) = path.parent() else { return Ok(Vec::new()) };
    let failed =
        |path: &Path, error: &io::Error| format!("cannot read {}: {error}", path.display());
    let mut left = MOST_TEXT;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|it| failed(folder, &it))? {
        let path = entry.map_err(|it| failed(folder, &it))?.path();
        let known = fs::metadata(&path).ok().filter(|it| it.is_file() && is_yaml(&path));
        let Some(known) = known else { continue };
        left = left.checked_sub(known.len()).ok_or_else(|| {
            format!("{} contains too much YAML to rename in all of it", folder.display())
        })?;
        let text = read_small(folder, &path, MOST_TEXT).map_err(|it| failed(&path, &it))?;
        if text.contains(word) {
            found.push((path, text));
        }
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_NAMES)
}

/// The templates for the manifest at `path`: those in its folder and in the ones above, up to the one
/// for which `is_root` holds; and their faults.
pub fn templates_near(
    path: &Path,
    is_root: impl Fn(&Path) -> bool,
) -> (Templates, Vec<FileProblem>) {
    let unread = RefCell::new(Vec::new());
    let (templates, mut problems) = Templates::near(path, is_root, |folder| {
        let (files, mut more) = yaml_files(folder);
        unread.borrow_mut().append(&mut more);
        files
    });
    problems.extend(unread.into_inner());
    (templates, problems)
}

/// The names and the texts of the YAML files in `folder`, which is two below the one that it is for,
/// by name; and those that cannot be read.
fn yaml_files(folder: &Path) -> (Vec<(String, String)>, Vec<FileProblem>) {
    let base = folder.ancestors().nth(2).unwrap_or(folder);
    let mut paths: Vec<_> = entries(folder).map(|it| it.path()).filter(|it| is_yaml(it)).collect();
    paths.sort();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for file in paths.into_iter().take(MOST) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()).map(str::to_owned) else {
            continue;
        };
        match read_small(base, &file, LARGEST) {
            Ok(text) => files.push((name, text)),
            Err(error) => problems.push(FileProblem { file, line: 1, message: error.to_string() }),
        }
    }
    (files, problems)
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "yaml" || it == "yml")
}
