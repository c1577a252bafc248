//! A field path that is not supported in this place.
//!
//! Containers can get only a few fields of the pod, and volumes fewer than variables. In variables,
//! labels and annotations need their key in single quotes: `metadata.labels['app']`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: APP
//!       valueFrom:
//!         fieldRef:
//!           fieldPath: metadata.labels["app"]
//! ```
//!
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: nginx:1.27
//!     env:
//!     - name: APP
//!       valueFrom:
//!         fieldRef:
//!           fieldPath: metadata.labels['app']
//! ```
//!
//! ## Fix
//!
//! Adds the missing quotes, or changes to the nearest path.

use crate::check::{Check, Checker, Fixes, Rule};
use crate::formats::env::{self, Place};
use crate::pod::Object;
use crate::schema::Version;
use crate::schema::core::{DOWNWARD_API_VOLUME_FILE, OBJECT_FIELD_SELECTOR};
use crate::syntax::Node;
use crate::syntax::write::{self, New};
use crate::text::nearest;

const MAPS: [&str; 2] = ["metadata.labels", "metadata.annotations"];
/// Known since 1.29.
const HOST_IPS: &str = "status.hostIPs";

pub(crate) static RULE: Rule = Rule {
    code: "field-ref",
    fixes: Fixes::Safe,
    since: "0.1.0",
    checks: &[Check::Object(&[OBJECT_FIELD_SELECTOR], check)],
    ..Rule::DEFAULT
};

fn check(selector: &Object<'_>, out: &mut Checker<'_>) {
    let other = |node: &Node<'_>| node.as_str().is_some_and(|it| !matches!(it, "" | "v1"));
    if let Some(node) = selector.field("apiVersion").filter(other) {
        out.report(node, "invalid `apiVersion`: expected `v1`")
            .suggest("Remove `apiVersion`", || write::remove(node));
        return;
    }
    let Some(node) = selector.field("fieldPath") else { return };
    let Some(path) = node.as_str().filter(|path| !path.is_empty()) else { return };
    let place = if selector.within(DOWNWARD_API_VOLUME_FILE).is_some() {
        Place::Volume
    } else {
        Place::Env
    };
    if path == HOST_IPS && place == Place::Env && out.version < Version::new(29) {
        out.report(node, format!("field path `{path}` requires Kubernetes 1.29"));
        return;
    }
    if let Err(fault) = env::field_path(path, place) {
        report(node, path, place, fault, out);
    }
}

fn report(node: Node<'_>, path: &str, place: Place, fault: &str, out: &mut Checker<'_>) {
    let mut diagnostic = out.report(node, format!("invalid field path `{path}`: it {fault}"));
    // The server reports an invalid label key for the complete reference.
    if fault.contains("valid") {
        diagnostic = diagnostic.path(node.parent().map(Node::path).unwrap_or_default());
    }
    if let Some(corrected_path) = corrected_path(path, place) {
        diagnostic.fix(format!("Change to `{corrected_path}`"), || {
            write::replace(node, &New::text(corrected_path))
        });
    }
}

/// The corrected path, if there is one.
fn corrected_path(path: &str, place: Place) -> Option<String> {
    let known = || {
        let paths =
            OBJECT_FIELD_SELECTOR.field("fieldPath").into_iter().flat_map(|field| field.values());
        let paths = paths.map(|value| value.value);
        paths.filter(move |it| !it.contains('<') && env::field_path(it, place).is_ok())
    };
    quoted(path)
        .filter(|made| env::field_path(made, place).is_ok())
        .or_else(|| nearest(path, known()).map(str::to_owned))
        .or_else(|| known().find(|it| last(it) == last(path)).map(str::to_owned))
}

/// A field name without its path, which users often place in the wrong part of the pod.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// `metadata.labels['app']` of the same with other quotes or a dot.
fn quoted(path: &str) -> Option<String> {
    let map = MAPS.into_iter().find(|map| path.starts_with(map))?;
    let rest = path.get(map.len()..)?;
    let inner = rest.strip_prefix('.').or_else(|| rest.strip_prefix('[')?.strip_suffix(']'))?;
    let key = inner.trim_matches(['"', '\'']);
    (!key.is_empty()).then(|| format!("{map}['{key}']"))
}

#[cfg(test)]
mod tests {
    use super::{Place, RULE, corrected_path};
    use crate::schema::Version;
    use crate::testing::{check_rule, check_rule_for};

    #[test]
    fn knows_the_place() {
        let pod = "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: x
    env:
    - {name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}
                                                  ^^^^^^^^^^^^^^^ invalid field path `metadata.labels`: it must have a key: `metadata.labels['app']`
    - {name: B, valueFrom: {fieldRef: {fieldPath: metadata.name, apiVersion: v2}}}
                                                                             ^^ invalid `apiVersion`: expected `v1`
    - {name: C, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}
  volumes:
  - name: info
    downwardAPI:
      items:
      - {path: labels, fieldRef: {fieldPath: metadata.labels}}
      - {path: ip, fieldRef: {fieldPath: status.podIP}}
                                         ^^^^^^^^^^^^ invalid field path `status.podIP`: it is only available in environment variables
";
        check_rule(&RULE, pod);
        let old = pod.replace(
            "status.hostIPs}}}\n",
            "status.hostIPs}}}
                                                  ^^^^^^^^^^^^^^ field path `status.hostIPs` requires Kubernetes 1.29
",
        );
        check_rule_for(&RULE, Version::new(28), &old);
    }

    #[test]
    fn knows_what_was_meant() {
        for (path, right) in [
            ("metadata.labels.app", "metadata.labels['app']"),
            ("metadata.annotations[a.b/c]", "metadata.annotations['a.b/c']"),
            ("metadata.nmae", "metadata.name"),
            ("spec.nodename", "spec.nodeName"),
        ] {
            assert_eq!(corrected_path(path, Place::Env).as_deref(), Some(right), "{path}");
        }
        assert_eq!(corrected_path("spec.replicas", Place::Env), None);
        assert_eq!(corrected_path("spec.nodename", Place::Volume), None);
    }
}
