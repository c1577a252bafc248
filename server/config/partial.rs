//! Which files are partial: patches that a `kustomization.yaml` names, files of overlays, and what
//! tests expect.
//!
//! Such a file holds only what it changes, compares or knows before it is filled in, so what it
//! lacks is not missing.

use std::path::{Component, Path, PathBuf};

use serde_yaml::Value;

/// The names a kustomization file may have.
const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Where a kustomization names patches.
const PATCHES: [&str; 4] =
    ["patches", "patchesStrategicMerge", "patchesJson6902", "configurations"];

/// The extensions of what Jinja, Go and the like fill in.
const TEMPLATES: [&str; 8] = ["j2", "jinja", "jinja2", "tpl", "tmpl", "gotmpl", "template", "erb"];

/// How many folders above a patch its kustomization may be.
const HEIGHT: usize = 4;

/// Whether the file at `path` holds only a part of its objects:
/// * a kustomization in its folder or in one above it uses it as a patch,
/// * its name says so: `image-patch.yaml`, `patches/image.yaml`,
/// * it is in an overlay of kustomize, and no kustomization takes it as a resource,
/// * by its extension it is a template that a tool fills in: `web.yaml.j2`,
/// * it is what a test expects: kuttl's `00-assert.yaml` and `00-errors.yaml`, `web.golden.yaml`.
///
/// `read` gives the text of a file, if it is there.
pub fn is_partial(path: &Path, read: impl Fn(&Path) -> Option<String>) -> bool {
    let path = normal(path);
    let folder = path.parent().and_then(folder_name);
    if is_named_partial(&path) || folder.is_some_and(is_patch) {
        return true;
    }
    let folders = || path.ancestors().skip(1).take(HEIGHT);
    let names = |keys: &[&str]| {
        folders().any(|folder| {
            let texts = FILE_NAMES.iter().filter_map(|name| read(&folder.join(name)));
            texts.flat_map(|text| listed(&text, keys)).any(|it| normal(&folder.join(it)) == path)
        })
    };
    let in_overlay =
        folders().filter_map(folder_name).any(|it| matches!(it, "overlay" | "overlays"));
    names(&PATCHES) || (in_overlay && !names(&["resources"]))
}

fn folder_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn is_patch(word: &str) -> bool {
    matches!(word, "patch" | "patches")
}

fn is_named_partial(path: &Path) -> bool {
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

/// The files that a kustomization names under `keys`, as it writes them.
fn listed(text: &str, keys: &[&str]) -> Vec<String> {
    let Ok(value) = serde_yaml::from_str::<Value>(text) else { return Vec::new() };
    let list = |key: &str| value.get(key).and_then(Value::as_sequence).cloned().unwrap_or_default();
    let paths = |item: Value| match item {
        Value::String(path) => Some(path),
        other => other.get("path").and_then(Value::as_str).map(str::to_owned),
    };
    keys.iter().flat_map(|key| list(key)).filter_map(paths).collect()
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
    use std::path::Path;

    use super::is_partial;

    #[test]
    fn patches_and_expectations_are_partial() {
        let read = |file: &Path| {
            (file == Path::new("/a/kustomization.yaml")).then(|| {
                "resources: [deploy.yaml, overlays/dev/job.yaml]\npatches:\n- path: ./p/one.yaml\n- {patch: 'x: 1'}\npatchesStrategicMerge:\n- two.yaml\n".to_owned()
            })
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
            assert_eq!(is_partial(Path::new(path), read), expected, "{path}");
        }
    }
}
