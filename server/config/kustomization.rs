//! Which files are partial: patches that a `kustomization.yaml` names, and expectations of tests.
//!
//! Such a file holds only what it changes or compares, so what it lacks is not missing.

use std::path::{Component, Path, PathBuf};

use serde_yaml::Value;

/// The names a kustomization file may have.
const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// How many folders above a patch its kustomization may be.
const HEIGHT: usize = 4;

/// Whether a kustomization in the folder of `path`, or in one above it, uses the file as a patch, or
/// its name says so: `image-patch.yaml`, `patches/image.yaml`; or that it is compared with a cluster,
/// as kuttl's `00-assert.yaml` and `00-errors.yaml` are.
/// `read` gives the text of a file, if it is there.
pub fn is_partial(path: &Path, read: impl Fn(&Path) -> Option<String>) -> bool {
    let path = normal(path);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let partial = |word: &str| matches!(word, "assert" | "errors" | "patch" | "patches");
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    if stem.split(['-', '_', '.']).any(partial) || folder.is_some_and(partial) {
        return true;
    }
    path.ancestors().skip(1).take(HEIGHT).any(|folder| {
        FILE_NAMES.iter().any(|name| {
            let text = read(&folder.join(name));
            text.is_some_and(|text| {
                patches(&text).iter().any(|it| normal(&folder.join(it)) == path)
            })
        })
    })
}

/// The files that a kustomization uses as patches, as it writes them.
fn patches(text: &str) -> Vec<String> {
    let Ok(value) = serde_yaml::from_str::<Value>(text) else { return Vec::new() };
    let list = |key: &str| value.get(key).and_then(Value::as_sequence).cloned().unwrap_or_default();
    let paths = |item: Value| match item {
        Value::String(path) => Some(path),
        other => other.get("path").and_then(Value::as_str).map(str::to_owned),
    };
    let keys = ["patches", "patchesStrategicMerge", "patchesJson6902", "configurations"];
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
                "resources: [deploy.yaml]\npatches:\n- path: ./p/one.yaml\n- {patch: 'x: 1'}\npatchesStrategicMerge:\n- two.yaml\n".to_owned()
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
        ] {
            assert_eq!(is_partial(Path::new(path), read), expected, "{path}");
        }
    }
}
