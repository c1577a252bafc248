//! A manifest without a valid `apiVersion` or `kind`.
//!
//! Every object needs both. The rule reports only documents that have one of the two and otherwise
//! look like an object.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     matchLabels:
//!       app: web
//!   template:
//!     metadata:
//!       labels:
//!         app: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Adds the version of the kind, or the kind that fits the fields, or changes the version 1 to `v1`.

use crate::check::{Check, Checker, Fixes, Rule, Severity};
use crate::schema::{kind, kinds};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};

pub(crate) static RULE: Rule = Rule {
    code: "kind-missing",
    severity: Severity::Error,
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Document(check)],
    ..Rule::DEFAULT
};

fn check(out: &mut Checker<'_>) {
    let parse = out.parse;
    let Some(root) = parse.tree.root().filter(|root| root.is_map()) else { return };
    check_types(root, out);
    check_items(root, out);
    if root.field("metadata").is_none_or(|metadata| !metadata.is_map()) {
        return;
    }
    let text = |field| root.field(field).and_then(Node::as_str).filter(|text| !text.is_empty());
    match (text("apiVersion"), text("kind")) {
        (Some(version), None) if kinds().any(|known| known.api_version == version) => {
            let fitting = fitting(root, version);
            report(root, "kind", fitting, Place::After("apiVersion"), out);
        }
        (None, Some(name)) => {
            let versions = kinds().filter(|known| known.kind == name);
            let mut versions = versions.map(|known| known.api_version);
            if let Some(version) = versions.next() {
                report(root, "apiVersion", Some(version), Place::First, out);
            }
        }
        _ => {}
    }
}

/// The server does not accept a number or a boolean as a name. A document without a valid `apiVersion`
/// or `kind` need not be a manifest.
fn check_types(root: Node<'_>, out: &mut Checker<'_>) {
    let is_text = |field| root.field(field).is_some_and(|it| it.as_str().is_some());
    for (field, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
        let value = root.field(field).filter(|it| it.is_scalar() && it.as_str().is_none());
        let Some(value) = value.filter(|_| is_text(other)) else { continue };
        let diagnostic =
            out.report(value, format!("`{field}` must be a string, not {}", got(value)));
        if field == "apiVersion" && value.as_int() == Some(1) {
            diagnostic.suggest("Change to `v1`", || write::replace(value, &New::text("v1")));
        }
    }
}

fn got(value: Node<'_>) -> &'static str {
    value.scalar().map_or("a map", crate::syntax::Scalar::name)
}

/// kubectl reads the items of a list one by one, and refuses all of them for one without a type.
fn check_items(root: Node<'_>, out: &mut Checker<'_>) {
    let is = |field: &str, wanted: &str| root.field(field).and_then(Node::as_str) == Some(wanted);
    if !is("apiVersion", "v1") || !is("kind", "List") {
        return;
    }
    let items = root.field("items").into_iter().flat_map(Node::items).filter_map(Node::resolved);
    for item in items.filter(|item| item.is_map()) {
        for (field, other) in [("apiVersion", "kind"), ("kind", "apiVersion")] {
            if item.field(field).is_none() && item.field(other).is_some() {
                out.missing(item, field, format!("missing field `{field}`"));
            }
        }
    }
}

fn report(
    root: Node<'_>,
    field: &str,
    value: Option<&str>,
    place: Place<'_>,
    out: &mut Checker<'_>,
) {
    // Another rule reports a misspelt key, with the right one.
    let misspelt = |entry: crate::syntax::Entry<'_>| {
        entry.key.text().is_some_and(|key| key != field && key.eq_ignore_ascii_case(field))
    };
    if root.entries().any(misspelt) {
        return;
    }
    let message = format!("missing field `{field}`");
    let diagnostic = match root.entry(field) {
        Some(entry) if !entry.value.is_null() => return,
        _ => out.unset(root, field, message),
    };
    let Some(value) = value else { return };
    diagnostic.suggest(format!("Add `{field}: {value}`"), || {
        write::put(root, field, &New::text(value), place)
    });
}

/// The kind whose spec has all the fields that are there.
fn fitting(root: Node<'_>, version: &str) -> Option<&'static str> {
    let fields: Vec<_> = root.field("spec")?.fields().filter_map(|it| it.key.text()).collect();
    let fits = |name: &str| {
        let spec = kind(version, name).and_then(|ty| ty.field("spec")?.ty().object());
        spec.is_some_and(|spec| fields.iter().all(|field| spec.field(field).is_some()))
    };
    ["Pod", "Deployment", "CronJob", "Job", "StatefulSet", "DaemonSet", "ReplicationController"]
        .into_iter()
        .find(|name| !fields.is_empty() && fits(name))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;

    #[test]
    fn types_are_strings() {
        check_rule(
            &RULE,
            "
apiVersion: 1
            ^ `apiVersion` must be a string, not a number
kind: Pod
metadata: {name: a}
---
apiVersion: v1
kind: yes
      ^^^ `kind` must be a string, not a boolean
metadata: {name: a}
---
version: 1
kind: 2
",
        );
    }

    #[test]
    fn items_have_a_type() {
        check_rule(
            &RULE,
            "
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
- kind: Pod
  ^^^^ missing field `apiVersion`
  metadata: {name: a}
- apiVersion: v1
  ^^^^^^^^^^ missing field `kind`
  metadata: {name: a}
",
        );
    }
}
