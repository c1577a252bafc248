//! Names of environment variables, keys of ConfigMaps and Secrets, paths to fields of the pod.

use super::names::{annotation_key, qualified_name};
use super::{Verdict, ensure};

/// The name of an environment variable since Kubernetes 1.32: printable ASCII but `=`.
pub fn name(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(!text.contains('='), "contains `=`")?;
    ensure(
        text.bytes().all(|byte| (0x20..0x7F).contains(&byte)),
        "contains non-printable characters",
    )
}

/// The name of an environment variable up to Kubernetes 1.31.
pub fn strict_name(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(!text.starts_with(|first: char| first.is_ascii_digit()), "starts with a digit")?;
    ensure(text.bytes().all(key_byte), WRONG_CHARACTER)?;
    dots(text)
}

/// A key of a ConfigMap or a Secret.
pub fn config_key(text: &str) -> Verdict {
    ensure(!text.is_empty(), "is empty")?;
    ensure(text.bytes().all(key_byte), WRONG_CHARACTER)?;
    ensure(text.len() <= 253, "is longer than 253 bytes")?;
    dots(text)
}

const WRONG_CHARACTER: &str = "contains characters other than letters, digits, `-`, `_` and `.`";

fn key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

fn dots(text: &str) -> Verdict {
    ensure(text != ".", "is `.`")?;
    ensure(!text.starts_with(".."), "starts with `..`")
}

/// Where a path to a field of the pod stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `env[].valueFrom.fieldRef.fieldPath`
    Env,
    /// `items[].fieldRef.fieldPath` of a downwardAPI volume
    Volume,
}

const BOTH: [&str; 3] = ["metadata.name", "metadata.namespace", "metadata.uid"];
/// `spec.host` is an old name of `spec.nodeName` that still works.
const ENV_ONLY: [&str; 7] = [
    "spec.nodeName",
    "spec.host",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];
const MAPS: [&str; 2] = ["metadata.labels", "metadata.annotations"];

/// A path to a field of the pod: `metadata.name`, `metadata.labels['app']`.
pub fn field_path(text: &str, place: Place) -> Verdict {
    if let Some((path, key)) = text.strip_suffix("']").and_then(|text| text.split_once("['")) {
        return match path {
            "metadata.labels" => qualified_name(key).map_err(|_| "contains no valid label key"),
            "metadata.annotations" => {
                annotation_key(key).map_err(|_| "contains no valid annotation key")
            }
            _ => Err("has a key, which only labels and annotations allow"),
        };
    }
    if MAPS.contains(&text) {
        return ensure(place == Place::Volume, "must have a key: `metadata.labels['app']`");
    }
    if ENV_ONLY.contains(&text) {
        return ensure(place == Place::Env, "is only available in environment variables");
    }
    ensure(!MAPS.iter().any(|map| text.starts_with(map)), "must have its key as in `['app']`")?;
    ensure(BOTH.contains(&text), "is not a supported field path")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{Place, config_key, field_path, name, strict_name};

    #[test]
    fn names_of_variables() {
        check(
            name,
            &["PATH", "my.env-name", "1A", "A B", "a:b/c!", "~"],
            &["A=B", "é", "a\tb", "a\nb", "\u{7f}", ""],
        );
        check(
            strict_name,
            &["PATH", "my.env-name", "_A", "-x", ".hidden"],
            &["1A", "A B", "A=B", "..", "..x", ".", "a:b", ""],
        );
    }

    #[test]
    fn keys_of_config_maps() {
        let (good, bad) = ("k".repeat(253), "k".repeat(254));
        check(
            config_key,
            &["tls.crt", "KEY_NAME", "a-b", ".hidden", "1", &good],
            &["a b", "a/b", "..", "..data", ".", &bad, ""],
        );
    }

    #[test]
    fn paths_to_fields() {
        check(
            |text| field_path(text, Place::Env),
            &[
                "metadata.name",
                "spec.nodeName",
                "status.podIPs",
                "metadata.labels['app']",
                "metadata.annotations['a.b/C']",
                "spec.host",
            ],
            &[
                "metadata.labels",
                "metadata.labels[\"app\"]",
                "metadata.labels[app]",
                "metadata.labels['']",
                "status.phase",
                "spec.containers",
                "metadata.name['x']",
                "",
            ],
        );
        check(
            |text| field_path(text, Place::Volume),
            &["metadata.name", "metadata.labels", "metadata.annotations['A.b/c']"],
            &["spec.nodeName", "status.podIP", "metadata.labels['A.b/c']", "metadata"],
        );
    }
}
