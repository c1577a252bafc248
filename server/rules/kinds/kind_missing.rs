//! A manifest does not say what it is.
//!
//! Every object has an `apiVersion` and a `kind`. Only documents that have one of the two and look like
//! an object otherwise are reported.
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
//! Writes the version of the kind, or the kind that fits the fields.

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

fn report(
    root: Node<'_>,
    field: &str,
    value: Option<&str>,
    place: Place<'_>,
    out: &mut Checker<'_>,
) {
    // A misspelt key is another rule's, and it knows the right one.
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
