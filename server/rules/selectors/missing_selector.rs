//! A workload has no selector, or an empty one.
//!
//! The selector defines which pods belong to the workload. Since `apps/v1` it is no longer derived
//! from the labels of the template, and an empty one, which would select every pod, is refused. A
//! ReplicationController needs one only if its template has no labels; a Job only if it has
//! `manualSelector: true`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
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
//! Adds a selector with all labels of the template.

use super::matching::is_empty;
use super::selector_mismatch::is_manual;
use crate::check::{Check, Checker, DiagnosticBuilder, Echo, Fixes, Rule};
use crate::pod::{Manifest, Workload};
use crate::syntax::Node;
use crate::syntax::write::{self, New, Place};
use crate::text::Edit;

pub(crate) static RULE: Rule = Rule {
    code: "missing-selector",
    fixes: Fixes::Suggested,
    since: "0.1.0",
    checks: &[Check::Manifest(check)],
    ..Rule::DEFAULT
};

fn check(manifest: &Manifest<'_>, out: &mut Checker<'_>) {
    let Some(spec) = manifest.root.field("spec").filter(|it| it.is_map()) else { return };
    match manifest.workload() {
        Some(
            Workload::Deployment
            | Workload::ReplicaSet
            | Workload::StatefulSet
            | Workload::DaemonSet,
        ) => check_required(manifest, spec, out),
        Some(Workload::ReplicationController) => check_controller(spec, out),
        Some(Workload::Job) if is_manual(spec) && spec.field("selector").is_none() => {
            let message = "`manualSelector: true` requires `selector`";
            let manual = spec.get("manualSelector");
            out.missing(spec, "selector", message)
                .suggest("Remove `manualSelector`", || manual.and_then(write::remove));
        }
        _ => {}
    }
}

fn check_required(manifest: &Manifest<'_>, spec: Node<'_>, out: &mut Checker<'_>) {
    if is_fragment(spec) {
        return;
    }
    let kind = manifest.kind;
    let diagnostic = match spec.entry("selector").map(|it| (it.key, it.value.resolved())) {
        None => out.missing(spec, "selector", format!("missing field `selector` in the {kind}")),
        Some((key, Some(value))) if value.is_null() => {
            out.report_absence(key, format!("missing field `selector` in the {kind}"))
        }
        Some((key, Some(value))) if is_empty(value) => {
            out.report_absence(key, format!("empty `selector` in the {kind}"))
        }
        Some(_) => return,
    };
    // For a DaemonSet the server reports that a missing selector does not match.
    let mismatch =
        manifest.workload() == Some(Workload::DaemonSet) && spec.field("selector").is_none();
    let absent = spec.field("selector").is_none();
    let diagnostic = match (mismatch, absent) {
        (true, _) => diagnostic.path("spec.template.metadata.labels"),
        (_, true) => diagnostic.echo(Echo::Selector(spec.id())),
        _ => diagnostic,
    };
    add_fix(diagnostic, spec);
}

fn check_controller(spec: Node<'_>, out: &mut Checker<'_>) {
    let is_empty = |map: Option<Node<'_>>| map.is_none_or(|map| map.children().next().is_none());
    if !is_empty(spec.field("selector")) || !is_empty(template_labels(spec)) {
        return;
    }
    let message =
        "missing field `selector` in the ReplicationController, and its template has no labels";
    out.unset(spec, "selector", message);
}

/// Whether it looks like a part of a workload, such as a patch: it neither labels its pods nor has
/// all of their images.
fn is_fragment(spec: Node<'_>) -> bool {
    let containers = spec.field("template").and_then(|it| it.field("spec")?.field("containers"));
    let mut containers = containers.into_iter().flat_map(Node::items).filter_map(Node::resolved);
    let images = |container: Node<'_>| container.field("image").is_some();
    template_labels(spec).is_none()
        && !containers.next().is_some_and(|first| images(first) && containers.all(images))
}

fn template_labels(spec: Node<'_>) -> Option<Node<'_>> {
    spec.field("template")?.field("metadata")?.field("labels")
}

fn add_fix(diagnostic: DiagnosticBuilder<'_>, spec: Node<'_>) {
    let Some(labels) = template_labels(spec).filter(|labels| labels.is_map()) else { return };
    let pairs = labels.fields().filter_map(|entry| {
        let value = entry.value.resolved()?.as_str()?;
        Some((entry.key.text()?.to_owned(), New::text(value)))
    });
    let pairs: Vec<_> = pairs.collect();
    if !pairs.is_empty() {
        diagnostic.suggest("Set the selector to the template's labels", || edits(spec, pairs));
    }
}

fn edits(spec: Node<'_>, labels: Vec<(String, New)>) -> Option<Edit> {
    let new = New::Map(vec![("matchLabels".to_owned(), New::Map(labels))]);
    write::put(spec, "selector", &new, Place::Before("template"))
}
