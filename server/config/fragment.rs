//! Which files are partial: patches that a `kustomization.yaml` names, files of overlays, and what
//! tests expect.
//!
//! Such a file holds only what it changes, compares or knows before it is filled in, so what it
//! lacks is not missing.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::config::yaml;

/// The names a kustomization file may have.
pub const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Where a kustomization names patches.
const PATCHES: [&str; 4] =
    ["patches", "patchesStrategicMerge", "patchesJson6902", "configurations"];

/// The extensions of what Jinja, Go and the like fill in.
const TEMPLATES: [&str; 8] = ["j2", "jinja", "jinja2", "tpl", "tmpl", "gotmpl", "template", "erb"];

/// How many folders above a patch its kustomization may be.
pub const HEIGHT: usize = 4;

/// Whether the file at `path` holds only a part of its objects:
/// * a kustomization in its folder or in one above it uses it as a patch,
/// * its name says so: `image-patch.yaml`, `patches/image.yaml`,
/// * it is in an overlay of kustomize, and no kustomization takes it as a resource,
/// * by its extension it is a template that a tool fills in: `web.yaml.j2`,
/// * it is what a test expects: kuttl's `00-assert.yaml` and `00-errors.yaml`, `web.golden.yaml`.
///
/// `kustomization` gives what the one of a folder names.
pub fn is_fragment(
    path: &Path,
    mut kustomization: impl FnMut(&Path) -> Arc<Kustomization>,
) -> bool {
    let path = normal(path);
    let folder = path.parent().and_then(folder_name);
    if is_named_fragment(&path) || folder.is_some_and(is_patch) {
        return true;
    }
    let folders = || path.ancestors().skip(1).take(HEIGHT);
    let around: Vec<_> = folders().map(&mut kustomization).collect();
    let in_overlay =
        folders().filter_map(folder_name).any(|it| matches!(it, "overlay" | "overlays"));
    around.iter().any(|it| it.patches.contains(&path))
        || (in_overlay && !around.iter().any(|it| it.resources.contains(&path)))
}

/// Whether a kustomization in the folder of the file at `path`, or in one above it, adds labels to its
/// selectors.
pub fn gets_selectors(
    path: &Path,
    mut kustomization: impl FnMut(&Path) -> Arc<Kustomization>,
) -> bool {
    let path = normal(path);
    let mut folders = path.ancestors().skip(1).take(HEIGHT);
    folders.any(|folder| kustomization(folder).adds_selectors_to(&path))
}

/// The files that a kustomization names.
#[derive(Debug, Default)]
pub struct Kustomization {
    patches: HashSet<PathBuf>,
    resources: HashSet<PathBuf>,
    /// Whether it adds labels to the selectors and the templates of its resources.
    selects: bool,
}

impl Kustomization {
    /// Adds what `text`, the kustomization of `folder`, names; nothing when it is not YAML.
    pub fn add(&mut self, folder: &Path, text: &str) {
        let Ok(value) = yaml::read(text) else { return };
        self.patches.extend(PATCHES.iter().flat_map(|key| listed(&value, key, folder)));
        self.resources.extend(listed(&value, "resources", folder));
        let common = value.get("commonLabels").and_then(Value::as_object);
        let mut labels = value.get("labels").and_then(Value::as_array).into_iter().flatten();
        self.selects |= common.is_some_and(|it| !it.is_empty())
            || labels.any(|it| it.get("includeSelectors") == Some(&Value::Bool(true)));
    }

    /// Whether it adds labels to the selectors in the file at `path`.
    fn adds_selectors_to(&self, path: &Path) -> bool {
        self.selects && self.resources.contains(path)
    }

    /// The files and folders that it takes its objects from, by name.
    pub fn resources(&self) -> Vec<&Path> {
        let mut all: Vec<_> = self.resources.iter().map(PathBuf::as_path).collect();
        all.sort();
        all
    }
}

fn folder_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn is_patch(word: &str) -> bool {
    matches!(word, "patch" | "patches")
}

fn is_named_fragment(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if TEMPLATES.contains(&extension) {
        return true;
    }
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut words = stem.split(['-', '_', '.']);
    let expected = |word| matches!(word, "assert" | "errors" | "expected");
    words.clone().next_back() == Some("golden")
        || words.any(|word| is_patch(word) || expected(word))
}

/// The files that a kustomization of `folder` names under `key`.
fn listed<'a>(
    kustomization: &'a Value,
    key: &str,
    folder: &'a Path,
) -> impl Iterator<Item = PathBuf> + use<'a> {
    let items = kustomization.get(key).and_then(Value::as_array).into_iter().flatten();
    let path = |item: &'a Value| item.as_str().or_else(|| item.get("path")?.as_str());
    items.filter_map(path).map(|path| normal(&folder.join(path)))
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kustomizations_add_selectors() {
        for (text, adds) in [
            ("resources: [a.yaml]\ncommonLabels: {app: web}\n", true),
            ("resources: [a.yaml]\nlabels:\n- pairs: {app: web}\n  includeSelectors: true\n", true),
            ("resources: [a.yaml]\nlabels:\n- pairs: {app: web}\n", false),
            ("resources: [a.yaml]\ncommonLabels: {}\n", false),
            ("resources: [b.yaml]\ncommonLabels: {app: web}\n", false),
        ] {
            let mut found = Kustomization::default();
            found.add(Path::new("/k"), text);
            let found = Arc::new(found);
            let gets = gets_selectors(Path::new("/k/./a.yaml"), |_| Arc::clone(&found));
            assert_eq!(gets, adds, "{text}");
        }
    }

    #[test]
    fn patches_and_expectations_are_partial() {
        let text = "resources: [deploy.yaml, overlays/dev/job.yaml]\npatches:\n- path: ./p/one.yaml\n- {patch: 'x: 1'}\npatchesStrategicMerge:\n- two.yaml\n";
        let read = |folder: &Path| {
            let mut found = Kustomization::default();
            if folder == Path::new("/a") {
                found.add(folder, text);
            }
            Arc::new(found)
        };
        for (path, expected) in [
            ("/a/p/one.yaml", true),
            ("/a/two.yaml", true),
            ("/a/b/../two.yaml", true),
            ("/a/deploy.yaml", false),
            ("/b/two.yaml", false),
            ("/b/00-assert.yaml", true),
            ("/b/assertion.yaml", false),
            ("/b/image_patch.yaml", true),
            ("/b/patches/image.yaml", true),
            ("/b/dispatch.yaml", false),
            ("/b/overlays/replicas.yaml", true),
            ("/b/overlays/dev/replicas.yaml", true),
            ("/a/overlays/dev/job.yaml", false),
            ("/b/web.golden.yml", true),
            ("/b/expected.yaml", true),
            ("/b/golden-gate.yaml", false),
            ("/b/web.yaml.j2", true),
        ] {
            assert_eq!(is_fragment(Path::new(path), read), expected, "{path}");
        }
    }
}
