//! What the API server calls a place, where that is not what the manifest calls it.
//!
//! A finding sits on the node that the user would edit, and its `path` leads there. The server leaves
//! indexes out, names maps instead of their keys, and calls a few fields by names that no manifest has. From
//! the catalogue of its validation.

use std::borrow::Cow;

use crate::check::Finding;

/// The codes it holds for (none: all), the end of the path, and what the server says instead. `#`
/// stands for an index, `*` for any last key.
type ServerName = (&'static [&'static str], &'static str, &'static str);

const PATHS: &[&str] = &["path-relative", "path-backsteps"];
const AMOUNTS: &[&str] = &["request-exceeds-limit", "request-not-equal-limit"];
const RESIZES: &[&str] = &["enum-value", "required-field", "resize-never"];
const CLAIM_SIZE: &[&str] = &["quantity-positive", "required-field"];

/// What is found while the manifest is read; there the server still calls things what they are called.
const DECODED: [&str; 3] = ["duplicate-key", "unknown-field", "wrong-type"];

#[rustfmt::skip]
static ROWS: &[ServerName] = &[
    (PATHS, "volumeMounts[#].subPath", "volumeMounts.subPath"),
    (PATHS, "volumeMounts[#].subPathExpr", "volumeMounts.subPathExpr"),
    (&["mount-propagation", "enum-value"], "volumeMounts[#].mountPropagation", "volumeMounts.mountPropagation"),
    (&["recursive-read-only", "enum-value"], "volumeMounts[#].recursiveReadOnly", "volumeMounts.recursiveReadOnly"),
    (AMOUNTS, "resources.requests.*", "resources.requests"),
    (&["missing-limit"], "resources.requests.*", "resources.limits"),
    (&["missing-limit"], "resources.limits.*", "resources.limits"),
    (&["pod-limit-too-small"], "spec.resources.limits.*", "spec.resources.requests"),
    (RESIZES, "resizePolicy[#].resourceName", "resizePolicy"),
    (RESIZES, "resizePolicy[#].restartPolicy", "resizePolicy"),
    (&[], "resources.claims[#].name", "resources.claims[#]"),
    (&["host-users-conflict"], "spec.hostPID", "spec.HostPID"),
    (&["host-users-conflict"], "spec.hostIPC", "spec.HostIPC"),
    (&["share-process-host-pid"], "spec.shareProcessNamespace", "spec.securityContext.shareProcessNamespace"),
    (&["toleration-value", "label-format"], "tolerations[#].value", "tolerations[#].operator"),
    (&["match-label-keys"], "podAffinityTerm.matchLabelKeys[#]", "podAffinityTerm[#]"),
    (&["match-label-keys"], "IgnoredDuringExecution[#].matchLabelKeys[#]", "IgnoredDuringExecution[#][#]"),
    (&["match-label-keys"], "topologySpreadConstraints[#].matchLabelKeys[#]", "topologySpreadConstraints[#][#]"),
    (&["name-format"], "podAffinityTerm.namespaces[#]", "podAffinityTerm.namespace"),
    (&["name-format"], "IgnoredDuringExecution[#].namespaces[#]", "IgnoredDuringExecution[#].namespace"),
    (&["iscsi-name"], "iscsi.initiatorName", "iscsi.initiatorname"),
    (&["required-field", "path-relative", "path-backsteps"], "downwardAPI.items[#].path", "downwardAPI.path"),
    (&["file-mode"], "downwardAPI.items[#].mode", "downwardAPI.mode"),
    (&["field-ref", "required-field"], "downwardAPI.items[#].fieldRef.fieldPath", "downwardAPI.fieldRef.fieldPath"),
    (&["required-field"], "downwardAPI.items[#].resourceFieldRef.containerName", "downwardAPI.resourceFieldRef.containerName"),
    (&["downward-item"], "downwardAPI.items[#]", "downwardAPI"),
    (&[], "projected.sources[#].serviceAccountToken.path", "projected.path"),
    (&["required-field"], "ownerReferences[#].apiVersion", "ownerReferences.apiVersion"),
    (&["required-field"], "ownerReferences[#].kind", "ownerReferences.kind"),
    (&["required-field"], "ownerReferences[#].name", "ownerReferences.name"),
    (&["required-field"], "ownerReferences[#].uid", "ownerReferences.uid"),
    (&["deprecated-volume"], "volumes[#].storageos", "volumes[#].storageOS"),
    (&["fractional-bytes"], "volumeClaimTemplates[#].spec.resources.requests.storage", "volumeClaimTemplates[#].resources.requests[storage]"),
    (&["fractional-bytes"], "volumeClaimTemplates[#].spec.resources.limits.storage", "volumeClaimTemplates[#].resources.limits[storage]"),
    (CLAIM_SIZE, "resources.requests.storage", "resources[storage]"),
    (&["enum-value"], "strategy.type", "strategy"),
    (&["enum-value"], "updateStrategy.type", "updateStrategy"),
    (&["enum-value"], "accessModes[#]", "accessModes"),
    (&["enum-value"], "os.name", "os"),
    (&[], "gcePersistentDisk.*", "persistentDisk.*"),
    (&["env-from-source"], "envFrom[#]", "envFrom"),
    (&["http-header-name"], "httpHeaders[#].name", "httpHeaders"),
    (&["sleep-range"], "sleep.seconds", "sleep"),
    (&["required-field"], "dnsConfig.options[#].name", "dnsConfig.options[#]"),
    (&["label-format"], "schedulingGates[#].name", "schedulingGates[#]"),
    (&["name-format"], "csi.nodePublishSecretRef.name", "csi.name"),
    (&["finalizer-format"], "metadata.finalizers[#]", "metadata.finalizers"),
    (&["label-format"], "template.metadata.labels[*]", "template.labels"),
    (&["label-format"], "metadata.labels[*]", "metadata.labels"),
    (&["annotation-format"], "template.metadata.annotations[*]", "template.annotations"),
    (&["annotation-format"], "metadata.annotations[*]", "metadata.annotations"),
    (&[], "template.metadata.annotations[*]", "template.annotations[*]"),
    (&["label-format"], "matchLabels[*]", "matchLabels"),
    (&["label-format"], "nodeSelector[*]", "nodeSelector"),
];

/// What the server calls the place of `finding`.
pub fn server_path(finding: &Finding) -> Cow<'_, str> {
    let path = finding.path.as_str();
    match finding.is_server_path {
        true => Cow::Borrowed(path),
        false => renamed(finding.code, path).map_or(Cow::Borrowed(path), Cow::Owned),
    }
}

/// The server's path for a finding of `code` at `path`, if it is another one.
fn renamed(code: &str, path: &str) -> Option<String> {
    if code == "projected-path-conflict"
        && let Some(at) = path.find(".projected.")
    {
        return Some(path[..at + ".projected".len()].to_owned());
    }
    if code == "volume-path-overlap" || code == "projected-source-empty" {
        return volume_of(path).map(str::to_owned);
    }
    if code == "container-exceeds-pod-limit"
        && let Some(path) = of_pod_limit(path)
    {
        return Some(path);
    }
    if code == "unknown-field" && !path.chars().all(is_plain) {
        return Some(path.chars().map(quoted).collect());
    }
    if DECODED.contains(&code) {
        return None;
    }
    let fits = |row: &&ServerName| row.0.is_empty() || row.0.contains(&code);
    ROWS.iter().filter(fits).find_map(|row| replaced(path, row.1, row.2))
}

/// Whether the server writes it as it is when it quotes an unknown field.
fn is_plain(char: char) -> bool {
    let blank = char.is_whitespace() && char != ' ';
    !(char.is_control() || blank || matches!(char, '"' | '\\'))
}

/// How the server writes it: as Go's `%q` does.
fn quoted(char: char) -> String {
    match char {
        '\t' => "\\t".to_owned(),
        '"' | '\\' => format!("\\{char}"),
        char if is_plain(char) => char.to_string(),
        char => format!("\\u{:04x}", u32::from(char)),
    }
}

/// `spec.volumes[0]` for all that is in it.
fn volume_of(path: &str) -> Option<&str> {
    let list = path.find("volumes[")?;
    let end = path.get(list..)?.find(']')?;
    path.get(..=list + end)
}

/// `spec.resources.containers[0][cpu].limits` for the limit of a container.
fn of_pod_limit(path: &str) -> Option<String> {
    let (spec, rest) = path.split_once("containers[")?;
    let (index, rest) = rest.split_once(']')?;
    let resource = rest.strip_prefix(".resources.limits")?.trim_start_matches('.');
    let resource = resource.trim_start_matches('[').trim_end_matches(']');
    Some(format!("{spec}resources.containers[{index}][{resource}].limits"))
}

/// `path` with `to` in the place of its end, if that fits `from`.
fn replaced(path: &str, from: &str, to: &str) -> Option<String> {
    let (head, taken) = matched(path, from)?;
    let mut out = head.to_owned();
    let mut taken = taken.iter();
    for char in to.chars() {
        match char {
            '#' | '*' => out.push_str(taken.next().copied().unwrap_or_default()),
            char => out.push(char),
        }
    }
    Some(out)
}

/// What of `path` stands in front of an end that fits `from`, and what its `#` and `*` stand for.
fn matched<'a>(path: &'a str, from: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let mut rest = path;
    let mut taken = Vec::new();
    let (from, key) = match (from.strip_suffix("[*]"), from.strip_suffix(".*")) {
        (Some(head), _) => (head, last_key(rest)),
        (_, Some(head)) => (head, last_key(rest)),
        _ => (from, None),
    };
    if let Some((head, key)) = key {
        taken.push(key);
        rest = head;
    } else if from.ends_with('*') {
        return None;
    }
    for (number, piece) in from.rsplit("[#]").enumerate() {
        if number > 0 {
            let (head, index) = rest.strip_suffix(']')?.rsplit_once('[')?;
            index.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
            taken.insert(0, index);
            rest = head;
        }
        rest = rest.strip_suffix(piece)?;
    }
    let whole = rest.is_empty() || rest.ends_with(['.', ']']) || from.starts_with("Ignored");
    whole.then_some((rest, taken))
}

/// The path without its last key, and that: `a.b` or `a[x.io/y]`.
fn last_key(path: &str) -> Option<(&str, &str)> {
    if let Some(inner) = path.strip_suffix(']') {
        return inner.rsplit_once('[');
    }
    path.rsplit_once('.')
}

#[cfg(test)]
mod tests {
    use super::server_path;
    use crate::check::{Finding, Severity};
    use crate::text::Span;

    fn named(code: &'static str, path: &str) -> String {
        let finding = Finding::new(code, Severity::Error, Span::at(0), String::new());
        server_path(&Finding { path: path.to_owned(), ..finding }).into_owned()
    }

    #[test]
    fn places_are_called_what_the_server_calls_them() {
        for (code, path, expected) in [
            (
                "path-relative",
                "spec.containers[0].volumeMounts[1].subPath",
                "spec.containers[0].volumeMounts.subPath",
            ),
            (
                "required-field",
                "spec.containers[0].volumeMounts[1].name",
                "spec.containers[0].volumeMounts[1].name",
            ),
            (
                "request-exceeds-limit",
                "spec.containers[0].resources.requests.memory",
                "spec.containers[0].resources.requests",
            ),
            (
                "request-exceeds-limit",
                "spec.containers[0].resources.requests[a.io/b]",
                "spec.containers[0].resources.requests",
            ),
            (
                "match-label-keys",
                "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[3].matchLabelKeys[4]",
                "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[3][4]",
            ),
            ("label-format", "spec.template.metadata.labels.a", "spec.template.labels"),
            ("label-format", "metadata.labels[a.io/b]", "metadata.labels"),
            (
                "seccomp-annotation",
                "spec.template.metadata.annotations[a.io/b]",
                "spec.template.annotations[a.io/b]",
            ),
            (
                "required-field",
                "spec.volumes[2].gcePersistentDisk.pdName",
                "spec.volumes[2].persistentDisk.pdName",
            ),
            (
                "projected-path-conflict",
                "spec.volumes[0].projected.sources[1].secret.items[0].path",
                "spec.volumes[0].projected",
            ),
            (
                "container-exceeds-pod-limit",
                "spec.containers[0].resources.limits.cpu",
                "spec.resources.containers[0][cpu].limits",
            ),
            ("enum-value", "spec.strategy.type", "spec.strategy"),
            ("unknown-field", "spec.\u{a0}\"a\"", "spec.\\u00a0\\\"a\\\""),
            ("volume-path-overlap", "spec.volumes[3].projected.sources[1]", "spec.volumes[3]"),
            ("required-field", "metadata.ownerReferences[0].uid", "metadata.ownerReferences.uid"),
            (
                "enum-value",
                "spec.containers[0].imagePullPolicy",
                "spec.containers[0].imagePullPolicy",
            ),
        ] {
            assert_eq!(named(code, path), expected, "{code} {path}");
        }
    }
}
